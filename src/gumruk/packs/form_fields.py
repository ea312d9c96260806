# SPDX-License-Identifier: Apache-2.0
"""What a box of a form may name: fields of the declaration, and what the office knows beside them.

A fill is text with places in braces: `{exporter}` is a field of the declaration by its path, `{items.ucr_id}` one of
the goods item that the box stands for, `{@number}` something that the office knows. `{...|country}` prints the name
that a code has. `\\n` begins a new line; a line whose places are all empty is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gumruk.law.declarations.rules.paths import ITEMS, field_names
from gumruk.packs.cells import CellError, nearest
from gumruk.packs.schema import TABLES

#: What the office knows of a file beside what was declared, by its name after `@`.
FACTS: Mapping[str, str] = {
    "number": "the file's registration number",
    "reference": "the declarant's own reference",
    "version": "the number of the version that is printed",
    "office": "the customs office, by its code",
    "registered": "the day of registration",
    "accepted": "the day of acceptance",
    "released": "that the goods are released, with the day",
    "sheet": "the number of this sheet",
    "sheets": "how many sheets there are",
    "exporter": "who sends the goods: the exporter, else the consignor",
    "importer": "who the goods are for: the importer, else the consignee",
    "item_count": "how many goods items there are",
    "package_count": "the total of packages, as declared",
    "gross_mass": "the total gross mass in kilograms, as declared",
    "currency": "the currency that charges are computed in",
    "exchange_rate": "the rate of the invoice's currency that the values were computed with",
    "customs_value": "the customs value of all goods",
    "payable": "what is to be paid in all",
    "decision": "the numbers of the decisions on the file",
    "grounds": "the grounds of the decisions",
    "decided": "the day of the last decision",
    "difference": "by how much what is to be paid changed",
}
#: What the office knows of one goods item.
ITEM_FACTS: Mapping[str, str] = {
    "item.number": "the item's number",
    "item.code": "the commodity code, grouped",
    "item.gross_mass": "gross mass in kilograms",
    "item.net_mass": "net mass in kilograms",
    "item.quantity": "the quantities in other units than kilograms",
    "item.customs_value": "the customs value as assessed, or as decided",
    "item.statistical_value": "the value in the pack's second currency",
    "item.documents": "the documents of the item; of the first item the whole declaration's too",
    "item.preference": "the preference that is claimed",
    "item.procedure": "the procedure with the previous and the additional ones",
}
#: What a table of a form may list, and its columns.
ROWS: Mapping[str, tuple[str, ...]] = {
    "payments": ("charge", "payable", "secured", "relieved"),
    "answers": ("question", "words", "answer"),
    "changes": ("item", "box", "was", "is", "decision"),
    "differences": ("item", "charge", "was", "is", "difference"),
    "item.payments": ("type", "base", "rate", "amount", "method"),
    "item.valuation": ("line", "words", "amount", "national"),
}
#: The columns that hold numbers, which stand to the right.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "payments": ("payable", "secured", "relieved"),
    "differences": ("was", "is", "difference"),
    "item.payments": ("base", "amount"),
    "item.valuation": ("amount", "national"),
}
#: What turns a code into a name, beside the tables of the pack that have labels.
NAMES = ("country", "unit", *(table.name for table in TABLES.values() if table.labelled is not None))

_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a fill: text, or a place. `fact` is what the office knows; else `names` lead to a field."""

    text: str = ""
    path: str = ""
    names: tuple[str, ...] = ()
    fact: str = ""
    name: str = ""

    @property
    def of_item(self) -> bool:
        """Whether it speaks of a goods item."""
        return self.path == ITEMS or self.path.startswith(f"{ITEMS}.") or self.fact in ITEM_FACTS


#: The pieces of each line.
Fill = tuple[tuple[Piece, ...], ...]


def read_fill(text: str) -> Fill:
    """A box's fill. Raises CellError for what cannot be read or is not known."""
    return tuple(_line(line) for line in text.split("\\n")) if text else ()


def places_of(text: str) -> list[str]:
    """Text and places in turn: every second piece is what stands in braces. Raises CellError."""
    found = _PLACE.split(text)
    if any("{" in part or "}" in part for part in found[::2]):
        raise CellError("form_braces", found=text[:80])
    return found


def _line(line: str) -> tuple[Piece, ...]:
    return tuple(
        _piece(part) if place % 2 else Piece(text=part)
        for place, part in enumerate(places_of(line))
        if place % 2 or part
    )


def _piece(text: str) -> Piece:
    path, _, name = text.partition("|")
    if name and name not in NAMES:
        raise CellError("unknown_word", found=name, known=", ".join(NAMES), nearest=nearest(name, NAMES))
    if path.startswith("@"):
        known = {**FACTS, **ITEM_FACTS}
        if path[1:] not in known:
            near = nearest(path[1:], known)
            raise CellError("form_field", found=path, nearest="-" if near == "-" else f"@{near}")
        return Piece(path=path, fact=path[1:], name=name)
    try:
        return Piece(path=path, names=field_names(path), name=name)
    except ValueError:
        raise CellError("form_field", found=path, nearest=_nearest_field(path)) from None


def _nearest_field(path: str) -> str:
    """The longest beginning of a path that is a field."""
    names = path.split(".")
    for count in range(len(names) - 1, 0, -1):
        try:
            field_names(".".join(names[:count]))
        except ValueError:
            continue
        return ".".join(names[:count])
    return "-"


def read_columns(text: str, rows: str) -> tuple[tuple[str, float], ...]:
    """The columns of a table with their shares of its width: `type:14 amount:30`. Raises CellError."""
    known = ROWS[rows]
    found = []
    for word in text.split():
        name, _, share = word.partition(":")
        if name not in known:
            raise CellError("unknown_word", found=name, known=", ".join(known), nearest=nearest(name, known))
        if not (share.isascii() and share.isdecimal() and int(share)):
            raise CellError("form_share", found=word)
        found.append((name, float(share)))
    return tuple(found)
