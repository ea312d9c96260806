# SPDX-License-Identifier: Apache-2.0
"""Reads files of worked cases: written out one by one, or as tables of many rows. All mistakes are named at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gumruk.law.assessment import ItemFacts
from gumruk.law.lawbook import Moments
from gumruk.packs.cases.goods_reading import ITEM, NAMED, goods_facts, item_facts, item_line, named_words
from gumruk.packs.cases.later import KINDS, later_expected, later_facts
from gumruk.packs.cases.model import ANYWHERE, PARTS, STATISTICAL, WHOLE, Case, Cell, Expected, LaterCase, ValueCase
from gumruk.packs.cases.tables import Line, TableRow, rows_of
from gumruk.packs.cases.value_reading import VALUE_CASE, value_expected, value_facts
from gumruk.packs.cases.words import day, number
from gumruk.packs.cases.yaml_nodes import CaseFault, Mapped, composed, line_of, refuse
from gumruk.packs.faults import Fault
from gumruk.packs.files import text_of

#: What may stand of a whole consignment: in a case, in a table's head, and for all cases at the top of a file.
SHARED = (
    *("country", "law", "day", "days", "mode", "freight", "insurance", "adjustments", "outside_hours", "outside_place"),
    *("service_hours", "working"),
)
CASE = ("case", *SHARED, "items", "expect", "findings")
AnyCase = Case | ValueCase | LaterCase
#: What a case of value shares with others: no consignment.
OF_VALUE = ("country", "law", "day", "days", "mode", "working")
TABLE = ("table", *SHARED, "item", "rows")
TOP = (*SHARED, "cases")
DAYS = ("registration", "acceptance", "arrival", "release")
MODES = ("training", "production")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file, and the mistakes of those that could not be read."""

    cases: tuple[AnyCase, ...]
    faults: tuple[Fault, ...]


def read_cases(path: Path, name: str = "") -> CaseFile:
    """Read one file of cases; `name` is what messages call it (else its path). Never raises for a bad file."""
    file = name or str(path)
    text = text_of(path, file)
    if isinstance(text, Fault):
        return CaseFile((), (text,))
    try:
        parts, top = _top(composed(text, file), file)
    except CaseFault as error:
        return CaseFile((), (error.fault,))
    cases: list[AnyCase] = []
    faults: list[Fault] = []
    for part in parts:
        try:
            for case in _cases(part, top, file):
                if isinstance(case, Fault):
                    faults.append(case)
                else:
                    cases.append(case)
        except CaseFault as error:
            faults.append(error.fault)
    return CaseFile(tuple(cases), tuple(faults))


def _top(node: yaml.Node, file: str) -> tuple[list[yaml.Node], Line]:
    """The file's cases, and what it says for all of them."""
    if isinstance(node, yaml.MappingNode):
        top = Mapped(node, file, TOP, "file")
        return top.list("cases"), _line(top)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise refuse(file, 1, "none")
    return list(node.value), {}


def _line(mapped: Mapped) -> Line:
    """What a case, a table or a file says of the whole consignment, word by word."""
    line: Line = {name: cell for name in SHARED if name not in NAMED and (cell := mapped.cell(name))}
    line.update(named_words(mapped, "days", DAYS))
    line.update(named_words(mapped, "adjustments", None))
    if "days" in mapped:
        line.pop("day", None)
    return line


def _cases(node: yaml.Node, top: Line, file: str) -> list[AnyCase | Fault]:
    if isinstance(node, yaml.MappingNode) and any(key.value == "table" for key, _ in node.value):
        table = Mapped(node, file, TABLE, "table")
        head = table.cell("table") or Cell("", table.line)
        shared = _over(top, _line(table))
        item = item_line(table.nodes["item"], file) if "item" in table else {}
        found: list[AnyCase | Fault] = []
        for row in rows_of(table.node("rows"), file):
            try:
                found.append(_of_row(row, head.text, shared, item, file))
            except CaseFault as error:
                found.append(error.fault)
        return found
    if isinstance(node, yaml.MappingNode) and any(key.value == "value" for key, _ in node.value):
        return [_of_value(Mapped(node, file, (*OF_VALUE, *VALUE_CASE), "value"), top, file)]
    for kind, entries in KINDS.items():
        if isinstance(node, yaml.MappingNode) and any(key.value == kind for key, _ in node.value):
            return [_of_later(Mapped(node, file, (*OF_VALUE, *entries), kind), kind, top, file)]
    return [_of_case(Mapped(node, file, CASE, "case"), top, file)]


def _of_later(told: Mapped, kind: str, top: Line, file: str) -> LaterCase:
    line = _over(top, _line(told))
    if kind == "interest" and not any(name.startswith("day") for name in line):
        line["day"] = told.cell("paid_on") or Cell("", told.line)  # its days are the debt's own
    name = told.cell(kind) or Cell("", told.line)
    facts, expected = later_facts(told, kind, file), later_expected(told, kind, file)
    return LaterCase(**_common(name.text, line, Cell("", told.line), file), facts=facts, expected=expected)


def _of_value(told: Mapped, top: Line, file: str) -> ValueCase:
    line = _over(top, _line(told))
    name = told.cell("value") or Cell("", told.line)
    facts, expected = value_facts(told, file), value_expected(told, file)
    return ValueCase(**_common(name.text, line, Cell("", told.line), file), facts=facts, expected=expected)


def _over(below: Line, above: Line) -> Line:
    """What stands nearer holds; a day stands in place of days, and the other way."""
    days = {"day", *(f"days.{name}" for name in DAYS)}
    if days & above.keys():
        below = {name: cell for name, cell in below.items() if name not in days}
    return {**below, **above}


def _of_case(told: Mapped, top: Line, file: str) -> Case:
    name = told.cell("case")
    if name is None:
        raise refuse(file, told.line, "missing", field="case", of="case")
    line = _over(top, _line(told))
    items = []
    for place, node in enumerate(told.list("items"), start=1):
        items.append(item_facts(item_line(node, file), place, line_of(node), file))
    expected = _expected(told.node("expect"), len(items), file)
    findings = tuple(cell.text for cell in told.cells("findings"))
    return _case(name.text, line, tuple(items), expected, findings, Cell("", told.line), file)


def _of_row(row: TableRow, table: str, shared: Line, item: Line, file: str) -> Case:
    own: Line = {}
    of_item = dict(item)
    for column, cell in row.facts.items():
        if (column in SHARED or column.startswith(("days.", "adjustments."))) and column not in NAMED:
            own[column] = cell
        elif (column in ITEM or column.startswith(("quantities.", "returned."))) and column not in NAMED:
            of_item[column] = cell
        elif column.isupper():
            of_item[f"quantities.{column}"] = cell
        else:
            known = ", ".join((*ITEM, *SHARED))
            raise refuse(file, row.head_line, "column", found=column, known=known)
    line = _over(shared, own)
    if row.because is not None:
        line["working"] = row.because
    parts: dict[str, dict[str, Cell]] = {}
    findings: tuple[str, ...] = ()
    for column, cell in row.expected.items():
        name, _, part = column.partition(".")
        if name == "findings":
            findings = tuple(cell.text.split())
            continue
        if part and part not in PARTS:
            raise refuse(file, row.head_line, "column", found=column, known=", ".join(PARTS))
        parts.setdefault(name, {}).update({part: cell} if part else _amount_parts(cell))
    expected = tuple(Expected(ANYWHERE, name, found) for name, found in parts.items())
    name = f"{table}: {' '.join(cell.text for cell in row.facts.values())}"
    return _case(name, line, (item_facts(of_item, 1, row.line, file),), expected, findings, Cell("", row.line), file)


def _expected(node: yaml.Node, items: int, file: str) -> tuple[Expected, ...]:
    places = Mapped(node, file, (*map(str, range(1, items + 1)), WHOLE), "expect")
    found = []
    for place, part in places.nodes.items():
        charges = Mapped(part, file, None, place)
        for name, told in charges.nodes.items():
            if isinstance(told, yaml.MappingNode):
                named = Mapped(told, file, PARTS, name)
                parts = {key: cell for key in named.nodes if (cell := named.cell(key))}
            else:
                cell = charges.cell(name)
                parts = _amount_parts(cell) if cell else {}
            if not parts:
                raise refuse(file, line_of(told), "missing", field=name, of="expect")
            found.append(Expected(place, name, parts))
    return tuple(found)


def _amount_parts(cell: Cell) -> dict[str, Cell]:
    """One amount alone is to be paid; `1500 secured` or `1500 relieved`: that is the amount, and nothing to be paid."""
    amount, _, word = cell.text.rpartition(" ")
    if word not in ("secured", "relieved"):
        return {"payable": cell}
    stated = replace(cell, text=amount.strip())
    return {"computed": stated, word: stated, "payable": replace(cell, text="0")}


def _case(
    name: str,
    line: Line,
    items: tuple[ItemFacts, ...],
    expected: tuple[Expected, ...],
    findings: tuple[str, ...],
    place: Cell,
    file: str,
) -> Case:
    for each in expected:
        for part, cell in each.parts.items():
            if part not in ("rate", "relief") and cell.text != "unknown" and each.name != STATISTICAL:
                number(cell, file, each.name)
    facts = goods_facts(line, items, file)
    return Case(**_common(name, line, place, file), facts=facts, expected=expected, findings=findings)


def _common(name: str, line: Line, place: Cell, file: str) -> dict[str, Any]:
    """What every case has: where it stands, its name, its law and the days of it."""
    for needed in ("law", "working"):
        if needed not in line:
            raise refuse(file, place.line, "missing", field=needed, of="case")
    country, mode = line.get("country"), line.get("mode")
    if mode and mode.text not in MODES:
        raise refuse(file, mode.line, "value", field="mode", found=mode.text, example=", ".join(MODES))
    return {
        **{"file": file, "line": place.line, "name": name, "country": country.text if country else ""},
        **{"law": line["law"].text, "working": line["working"].text, "moments": _moments(line, place, file)},
        "training": mode is None or mode.text == "training",
    }


def _moments(line: Line, place: Cell, file: str) -> Moments:
    if "day" in line:
        only = day(line["day"], file)
        return Moments(only, only)
    days: dict[str, date] = {name: day(line[f"days.{name}"], file) for name in DAYS if f"days.{name}" in line}
    if "registration" not in days:
        raise refuse(file, place.line, "missing", field="day", of="case")
    return Moments(**days)
