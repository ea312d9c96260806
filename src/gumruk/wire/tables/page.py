# SPDX-License-Identifier: Apache-2.0
"""The page of a format of tables: each element, the model's field, the WCO's number for it, and the conversion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gumruk.law.declarations.model import Declaration, GoodsItem
from gumruk.wire.tables.paths import steps_of
from gumruk.wire.tables.table import Dialect, Echo, Entry, Many, Row, Same, Table
from gumruk.wire.wco.profile import PROFILE
from gumruk.wire.wco.roles import MEANS_IDS, PARTY_IDS
from gumruk.wire.wco.table import Kind
from gumruk.wire.wco.table import Row as WcoRow

_CLASSES = {Declaration: "42A", GoodsItem: "68A"}
_MEANS_PLACES = ("name", "id", "identification_type_code", "type_code", "mode_code")
_DIRECTIONS = {"IM": "import", "EX": "export", "TR": "transit"}


def page_text(dialect: Dialect, head: str) -> str:
    """The whole page: its head, then a table for each element that is an object."""
    lines = [head.rstrip("\n"), ""]
    shown: set[str] = set()
    first = dialect.tables["IM"]
    for direction, table in dialect.tables.items():
        others = set() if table is first else {_said(row) for row in first.rows}
        new = replace(table, rows=tuple(row for row in table.rows if _said(row) not in others))
        lines += [f"## {table.element}, {_DIRECTIONS[direction]}", "", *(["As above, but:", ""] if others else [])]
        lines += [*_table(new, _CLASSES.get(table.of, "")), *_inner(new, shown)]
    return "\n".join(lines).rstrip() + "\n"


def _said(row: Entry) -> tuple[object, ...]:
    """What a row says on the page."""
    if isinstance(row, Many):
        return (row.path, row.field)
    if isinstance(row, Same):
        return (row.element, row.field)
    return (row.element if isinstance(row, Echo) else row.elements, row.fields)


def _inner(table: Table, shown: set[str]) -> list[str]:
    lines: list[str] = []
    for row in table.rows:
        if isinstance(row, Many) and row.table.element not in shown:
            shown.add(row.table.element)
            number = _CLASSES.get(row.table.of) or wco_number(table.of, row.field, _CLASSES.get(table.of, ""))
            lines += [f"## {row.table.element}", "", f"`{row.table.of.__name__}` ({number})", ""]
            lines += [*_table(row.table, number), *_inner(row.table, shown)]
    return lines


def _table(table: Table, number: str) -> list[str]:
    lines = ["| element | field | WCO | becomes |", "| --- | --- | --- | --- |"]
    return [*lines, *(f"| {' | '.join(cells)} |" for cells in _rows(table, number)), ""]


def _rows(table: Table, number: str) -> Iterator[tuple[str, str, str, str]]:
    for row in table.rows:
        if isinstance(row, Many):
            yield f"`{row.path}`*", f"`{row.field}`", wco_number(table.of, row.field, number), row.table.of.__name__
        elif isinstance(row, Same):
            yield f"`{row.element}`", _quoted(row.field), wco_number(table.of, row.field, number), f"is `{row.other}`"
        elif isinstance(row, Echo):
            fields = " ".join(_quoted(field) for field in row.fields)
            yield f"`{row.element}`", f"from {fields}" if fields else "-", "-", "written only"
        else:
            yield from _row(row, table, number)


def _row(row: Row, table: Table, number: str) -> Iterator[tuple[str, str, str, str]]:
    elements = ", ".join(_quoted(element) for element in row.elements)
    follows = f"; with it {', '.join(f'`{element}`' for element in row.follows)}" if row.follows else ""
    becomes = row.conversion.name + follows
    for field in row.fields:
        yield elements, _quoted(field), wco_number(table.of, field, number), becomes
        elements = becomes = ""


def _quoted(path: str) -> str:
    return f"`{path}`".replace("|", "\\|")


def wco_number(of: type, path: str, own: str) -> str:
    """Class and element number of a field by its path (`23A/137`); "-" where the WCO's profile knows none.

    `own` is the number of the class `of`. A party's and a means' name and number depend on their role.
    """
    role, leaf = "", None
    for step in steps_of(path):
        row = _wco_row(PROFILE.get(of, ()), step.names[0])
        if row is None:
            return "-"
        if row.of is None:
            leaf = row
            break
        of, own, role = row.of, row.wco_id, row.element
    number = leaf.wco_id if leaf else ""
    if leaf is not None and not number:
        by_role = {
            **dict(zip(_MEANS_PLACES, MEANS_IDS.get(role, ()), strict=False)),
            **dict(zip(("name", "id"), PARTY_IDS.get(role, ()), strict=False)),
        }
        number = by_role.get(leaf.attribute, "")
    return "/".join(part for part in (own, number) if part) or "-"


def _wco_row(rows: tuple[WcoRow, ...], name: str) -> WcoRow | None:
    for row in rows:
        inner = _wco_row(row.rows, name) if row.kind is Kind.GROUP else row
        if inner is not None and inner.attribute == name:
            return inner
    return None
