# SPDX-License-Identifier: Apache-2.0
"""The goods of a case: items, and what is stated of the whole consignment."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import yaml

from gumruk.law.assessment import ExportDocument, GoodsFacts, ItemFacts, Returned
from gumruk.law.kernel import HsCode
from gumruk.law.valuation import Adjustment, Extras
from gumruk.packs.cases.model import Cell
from gumruk.packs.cases.tables import Line
from gumruk.packs.cases.value_reading import answer
from gumruk.packs.cases.words import day, money, number
from gumruk.packs.cases.yaml_nodes import Mapped, line_of, refuse

ITEM = (
    *("code", "price", "origin", "procedure", "previous", "additional", "preference", "documents", "quantities"),
    *("gross_mass", "freight", "insurance", "adjustments", "stated_value", "decided_value", "returned"),
)
_RETURNED = ("document", "number", "exported_on", "changed")
_GOODS = ("items", "freight", "insurance", "outside_hours", "outside_place", "service_hours", "adjustments")
#: What holds words by their own names: days by event, quantities by unit, adjustments by code.
NAMED = ("days", "quantities", "adjustments", "returned")


def goods_facts(line: Line, items: tuple[ItemFacts, ...], file: str) -> GoodsFacts:
    """The consignment: its items, and what is shared out over them."""
    outside = [name in line and answer(line[name], file, name) for name in ("outside_hours", "outside_place")]
    hours = line.get("service_hours")
    return GoodsFacts(
        items,
        money(line.get("freight"), file, "freight"),
        money(line.get("insurance"), file, "insurance"),
        outside[0],
        _adjustments(line, file),
        outside[1],
        number(hours, file, "service_hours") if hours else Decimal(0),
    )


def goods_of(node: yaml.Node, file: str, known: tuple[str, ...] = _GOODS) -> GoodsFacts:
    """A consignment written out below a name: its items, and what is stated of the whole. Raises CaseFault."""
    told = Mapped(node, file, known, "goods")
    line = {name: cell for name in _GOODS[1:-1] if (cell := told.cell(name))}
    line.update(named_words(told, "adjustments", None))
    items = enumerate(told.list("items"), start=1)
    read = tuple(item_facts(item_line(each, file), place, line_of(each), file) for place, each in items)
    return goods_facts(line, read, file)


def item_line(node: yaml.Node, file: str) -> Line:
    """An item's words, each with its line. Raises CaseFault."""
    told = Mapped(node, file, ITEM, "item")
    lists = ("additional", "documents")
    line: Line = {name: cell for name in ITEM if name not in (*lists, *NAMED) and (cell := told.cell(name))}
    for name in lists:
        if cells := told.cells(name):
            line[name] = Cell(" ".join(cell.text for cell in cells), cells[0].line)
    line |= named_words(told, "returned", _RETURNED)
    return {**line, **named_words(told, "quantities", None), **named_words(told, "adjustments", None)}


def named_words(mapped: Mapped, name: str, known: tuple[str, ...] | None) -> Line:
    """Words by their own names, as days by event: `days.acceptance`."""
    if name not in mapped:
        return {}
    inner = Mapped(mapped.node(name), mapped.file, known, name)
    return {f"{name}.{key}": cell for key in inner.nodes if (cell := inner.cell(key))}


def item_facts(line: Line, place: int, at: int, file: str) -> ItemFacts:
    """The item that its words say; `place` counts from 1, `at` is its line in the file. Raises CaseFault."""

    def word(name: str) -> str | None:
        cell = line.get(name)
        return cell.text if cell else None

    for needed in ("code", "price", "procedure"):
        if needed not in line:
            raise refuse(file, at, "missing", field=needed, of="item")
    code, price = line["code"], money(line["price"], file, "price")
    try:
        digits = HsCode(code.text)
    except ValueError:
        raise refuse(file, code.line, "value", field="code", found=code.text, example="8450110000") from None
    quantities = _quantities(line, file)
    assert price is not None  # noqa: S101 - it was asked for above
    gross, decided = line.get("gross_mass"), line.get("decided_value")
    return ItemFacts(
        sequence=place,
        code=digits,
        price=price,
        origin=word("origin"),
        procedure=word("procedure") or "",
        previous_procedure=word("previous") or "00",
        additional_procedures=tuple((word("additional") or "").split()),
        preference=word("preference"),
        documents=tuple((word("documents") or "").split()),
        net_mass_kg=quantities.get("KGM"),
        gross_mass_kg=number(gross, file, "gross_mass") if gross else None,
        quantities=quantities,
        decided_value=number(decided, file, "decided_value") if decided else None,
        extras=_extras(line, file),
        stated_value=money(line.get("stated_value"), file, "stated_value"),
        returned=_returned(line, file),
    )


def _returned(line: Line, file: str) -> Returned | None:
    """What is stated of goods that come back: the export document, its day, whether they were changed."""
    stated = {name: cell for name in _RETURNED if (cell := line.get(f"returned.{name}"))}
    if not stated:
        return None
    words = {name: cell.text for name, cell in stated.items()}
    exported_on = day(stated["exported_on"], file) if "exported_on" in stated else None
    changed = "changed" in stated and answer(stated["changed"], file, "changed")
    document = ExportDocument(words.get("document", ""), words.get("number", ""), exported_on)
    return Returned((document,) if {"document", "number"} & stated.keys() else (), changed)


def _adjustments(line: Line, file: str) -> tuple[Adjustment, ...]:
    found = []
    for name, cell in line.items():
        head, _, code = name.partition(".")
        amount = money(cell, file, name) if head == "adjustments" else None
        if amount is not None:
            found.append(Adjustment(code, amount))
    return tuple(found)


def _extras(line: Line, file: str) -> Extras | None:
    """What is stated for one item alone; None where nothing is."""
    freight, insurance = (money(line.get(name), file, name) for name in ("freight", "insurance"))
    found = Extras(freight, insurance, _adjustments(line, file))
    return None if found == Extras() else found


def _quantities(line: Line, file: str) -> Mapping[str, Decimal]:
    head = "quantities."
    return {name.removeprefix(head): number(cell, file, name) for name, cell in line.items() if name.startswith(head)}
