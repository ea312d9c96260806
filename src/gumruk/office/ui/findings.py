# SPDX-License-Identifier: Apache-2.0
"""Many findings for a reader: what one rule says of many places is said once, with the places below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gumruk.office.ui.words import finding_mend, finding_words, path_words

PLACES_OPEN_MAX = 10
_ITEM = re.compile(r"^(?:goods_shipment\.)?items\[(\d+)\]")


@dataclass(frozen=True)
class FoundPlace:
    """One place of a rule's findings: where, what is wrong there, and the address of its goods item on the page."""

    found: Any
    place: str
    words: str
    mend: str
    address: str


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one rule and grade. `words` and `mend` are what all places have in common, else empty."""

    code: str
    severity: str
    act: str
    places: tuple[FoundPlace, ...]

    @cached_property
    def words(self) -> str:
        """The sentence, where it is the same at every place."""
        said = {place.words for place in self.places}
        return said.pop() if len(said) == 1 else ""

    @cached_property
    def mend(self) -> str:
        """How to mend it, where that is the same at every place."""
        said = {place.mend for place in self.places}
        return said.pop() if len(said) == 1 else ""

    @property
    def first(self) -> tuple[FoundPlace, ...]:
        """The places that are shown at once."""
        return self.places[:PLACES_OPEN_MAX]

    @property
    def rest(self) -> tuple[FoundPlace, ...]:
        """The places that are shown when the reader asks for them."""
        return self.places[PLACES_OPEN_MAX:]


def finding_groups(language: str, found: Iterable[Any], *, linked: bool) -> list[FindingGroup]:
    """Findings grouped by rule and grade, in the order of their first places. `linked`: goods items are on the page."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for one in found:
        groups.setdefault((one.code, str(getattr(one, "severity", "error"))), []).append(one)
    return [
        FindingGroup(code, severity, group[0].act or "", tuple(_place(language, one, linked) for one in group))
        for (code, severity), group in groups.items()
    ]


def item_address(path: str) -> str:
    """The anchor of the goods item that a path lies in; empty for a place in the head."""
    match = _ITEM.match(path)
    return f"#item-{int(match[1]) + 1}" if match else ""


def _place(language: str, found: Any, linked: bool) -> FoundPlace:
    return FoundPlace(
        found,
        path_words(language, found.path),
        finding_words(language, found),
        finding_mend(language, found),
        item_address(found.path) if linked else "",
    )
