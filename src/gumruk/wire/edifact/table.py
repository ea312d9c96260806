# SPDX-License-Identifier: Apache-2.0
"""What a row of the EDIFACT tables is: a segment with its qualifier, and the model's fields for its components."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gumruk.wire.edifact.syntax import Segment


class Kind(StrEnum):
    """How components become a value of the model."""

    TEXT = "text"
    LINES = "lines"
    """All components of an element, one text with spaces between: names, streets, descriptions."""
    INTEGER = "whole number"
    DECIMAL = "number"
    AMOUNT = "amount"
    MEASURE = "measure"
    MOMENT = "moment"
    CODES = "codes"
    """The customs identities of CST: classifications and procedures, told apart by their code list (1131)."""
    DOCUMENT = "document type"
    """BGM's document code and name, which are one type code of the model."""


Place = tuple[int, int]
"""Element and component, both counted from 0."""


@dataclass(frozen=True, slots=True)
class Part:
    """Components that are one field. `unit` is where an amount's currency, a measure's unit, a moment's format stands.

    `listed` is the code list (1131) that must stand in the next component: since D.10 a user may name one of his own.
    `without` is the one classification type that CST does not carry, because the directory has another place for it.
    """

    field: str
    at: Place
    kind: Kind = Kind.TEXT
    unit: Place = (0, 0)
    lines_max: int = 5
    length_max: int = 35
    without: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A component that says which row it is: the first value is written, each is read."""

    at: Place
    values: tuple[str, ...]

    def fits(self, one: Segment) -> bool:
        """Whether a segment is of this row."""
        return one.get(*self.at) in self.values


@dataclass(frozen=True, slots=True)
class Row:
    """One segment, or a group that it begins.

    Fields are of the section's own object (the declaration, an item), or of an object of class `of` at the path `to`;
    with `many` of one more of the objects there: only of those whose field `only[0]` is `only[1]`, where that is given.
    `inner` are the segments that may follow in the group. `repeats` says that a long text goes on in further segments.
    """

    tag: str
    fixed: tuple[Fixed, ...] = ()
    parts: tuple[Part, ...] = ()
    to: str = ""
    of: type | None = None
    many: bool = False
    inner: tuple[Row, ...] = ()
    repeats: bool = False
    only: tuple[str, str] | None = None
    note: str = ""

    def fits(self, one: Segment) -> bool:
        """Whether a segment begins this row."""
        return one.tag == self.tag and all(fixed.fits(one) for fixed in self.fixed)

    @property
    def shown(self) -> str:
        """The segment with its qualifiers, as a page names it: `NAD+CN`, `MEA+AAE or WT+G`."""
        if not self.fixed:
            return self.tag
        slots: dict[int, dict[int, str]] = {}
        for fixed in self.fixed:
            values = " or ".join(value or "(empty)" for value in fixed.values)
            slots.setdefault(fixed.at[0], {})[fixed.at[1]] = values
        elements = []
        for element in range(max(slots) + 1):
            parts = slots.get(element, {})
            elements.append(":".join(parts.get(place, "") for place in range(max(parts, default=-1) + 1)))
        return "+".join([self.tag, *elements])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the message: which segments begin groups in it, the rows, and where it ends."""

    name: str
    groups: dict[str, frozenset[str]]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """The tables of one directory, or of several that agree in what customs uses."""

    name: str
    directory: tuple[str, str]
    header: Section
    invoices: Section
    item: Section
    summary: Section


def qualified(tag: str, value: str | tuple[str, ...], *parts: Part, at: Place = (0, 0), note: str = "") -> Row:
    """A row whose segment has one qualifier."""
    values = (value,) if isinstance(value, str) else value
    return Row(tag, (Fixed(at, values),), parts, note=note)
