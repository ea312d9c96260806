# SPDX-License-Identifier: Apache-2.0
"""Goods items from a list: headers found, cells read by a mapping, everything doubtful told at row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gumruk.law.declarations import model
from gumruk.law.kernel import Finding, Severity
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.itemlists import values
from gumruk.wire.itemlists.fields import FIELDS, Kind, field_for
from gumruk.wire.itemlists.grid import GRID_LIMITS, Cell, CellKind, Grid, GridLimits, GridRow, column_letters
from gumruk.wire.itemlists.mapping import Mapping
from gumruk.wire.itemlists.separated import read_separated
from gumruk.wire.itemlists.workbook import read_workbook
from gumruk.wire.safety import LIMITS, Limits, examine_kind, size_check

_HEADERS_WITHIN = 25
_ZIP = b"PK\x03\x04"
_FORMULA_SIGNS = ("=", "+", "-", "@")
_NOTHING = frozenset({"", "-", "—", "–"})
_TOTALS = ("total", "итого", "всего", "ҳамагӣ", "ҷамъ", "grand total", "sum")
_KILOGRAM = "KGM"


@dataclass(frozen=True, slots=True)
class ItemList:
    """What was read: the goods items in their order, and all findings (an error marks a cell that was not read)."""

    items: tuple[model.GoodsItem, ...]
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether every cell was read: no finding is an error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def headers_of(content: bytes, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The headers of a list, for `guess_mapping` and for the page that shows a mapping; empty ones are "".

    Raises `WireError` for what is no list.
    """
    grid = _grid(content, limits)
    return _texts(grid.rows[_header_place(grid, None)])


def read_items(content: bytes, mapping: Mapping, limits: Limits = LIMITS) -> ItemList:
    """The goods items of a CSV or XLSX list, by a mapping of its columns.

    Raises `WireError` for what is no list: another kind of file (LIST-01), macros (LIST-02), damage, too many rows or
    items. Everything else is a finding with `row`, `column` (as spreadsheets name it) and `header`, its path the item's
    field (`items[3].commodity.item_charge_amount`). A cell with an error is left out of its item; formulas are never
    evaluated. Rows of totals are passed over and told.
    """
    grid = _grid(content, limits)
    place = _header_place(grid, mapping)
    reading = _Reading(mapping, _texts(grid.rows[place]))
    reading.look_at_columns(grid)
    items = [item for row in grid.rows[place + 1 :] if (item := reading.item(row)) is not None]
    if len(items) > limits.items_max:
        raise refusal("WIRE-13", "items", count=len(items), limit=limits.items_max)
    found = reading.findings.found
    if reading.findings.more:
        found = [*found, Finding("WIRE-23", params={"count": str(reading.findings.more)})]
    return ItemList(tuple(items), tuple(found))


def _grid(content: bytes, limits: Limits, of: GridLimits = GRID_LIMITS) -> Grid:
    size_check(len(content), limits)
    if content.startswith(_ZIP):
        grid = read_workbook(content, of)
    else:
        kind = examine_kind(content)
        if kind is not None:
            raise refusal("LIST-01", kind=kind)
        grid = read_separated(content, of)
    if not grid.rows:
        raise refusal("LIST-09")
    return grid


def _texts(row: GridRow) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split())[:200] for cell in row.cells)


def _header_place(grid: Grid, mapping: Mapping | None) -> int:
    """The row of the first ones that has the most headers: those of the mapping, else those that are known."""

    def count(place: int) -> int:
        texts = _texts(grid.rows[place])
        known = field_for if mapping is None or not mapping.columns else mapping.field_of
        return len({known(text) for text in texts} - {None})

    return max(range(min(len(grid.rows), _HEADERS_WITHIN)), key=count)


@dataclass(slots=True)
class _Reading:
    """One list being read: its mapping, its headers, what was found."""

    mapping: Mapping
    headers: tuple[str, ...]
    findings: Findings = field(default_factory=Findings)
    columns: dict[str, int] = field(default_factory=dict)
    read: int = 0

    def look_at_columns(self, grid: Grid) -> None:
        """Find the mapped columns; tell those that are missing, doubled or hidden."""
        for column, header in enumerate(self.headers):
            name = self.mapping.field_of(header)
            if name is None:
                continue
            if name in self.columns:
                self.tell("LIST-16", "", column, Severity.WARNING)
                continue
            self.columns[name] = column
            if column in grid.hidden_columns:
                self.tell("LIST-08", "", column, Severity.WARNING)
        for header, name in self.mapping.columns:
            if name not in self.columns:
                self.findings.add(Finding("LIST-03", "", {"header": header[:60]}))

    def item(self, row: GridRow) -> model.GoodsItem | None:
        """The goods item of a row; None where the row holds none."""
        cells = {name: cell for name, column in self.columns.items() if not _empty(cell := row.cell(column))}
        if not cells:
            return None
        if _is_total(row):
            self.tell("LIST-12", "", None, Severity.INFORMATION, row=row.number)
            return None
        if row.hidden:
            self.tell("LIST-07", f"items[{self.read}]", None, Severity.WARNING, row=row.number)
        held: dict[str, Any] = {}
        for name, cell in cells.items():
            value = self.value(name, cell, row)
            if value is not None:
                held[name] = value
        self.read += 1
        return _made(held, self.mapping.currency)

    def value(self, name: str, cell: Cell, row: GridRow) -> Any:
        """A cell's value; None, and a finding, where it has none."""
        if cell.kind in (CellKind.FORMULA, CellKind.ERROR):
            self.wrong("LIST-04" if cell.kind is CellKind.FORMULA else "LIST-14", name, cell, row)
            return None
        kind = FIELDS[name].kind
        if cell.text.startswith("=") or (kind is Kind.TEXT and cell.text.startswith(_FORMULA_SIGNS)):
            if cell.text.startswith("=") or cell.text[0] == "@":
                self.wrong("LIST-04", name, cell, row)
                return None
            self.wrong("LIST-11", name, cell, row, Severity.WARNING)
        try:
            return self.typed(kind, name, cell, row)
        except values.Ambiguous:
            self.wrong("LIST-06", name, cell, row)
        except ValueError:
            self.wrong(_WRONG[kind], name, cell, row)
        return None

    def typed(self, kind: Kind, name: str, cell: Cell, row: GridRow) -> Any:
        """A cell's text as the field's kind of value. Raises `ValueError`."""
        text = cell.text.strip()
        match kind:
            case Kind.NUMBER:
                return Decimal(text) if cell.kind is CellKind.NUMBER else values.number(text)
            case Kind.WHOLE:
                number = Decimal(text) if cell.kind is CellKind.NUMBER else values.number(text.rstrip("."))
                if number != int(number) or abs(number) > 10**9:
                    raise ValueError(text)
                return int(number)
            case Kind.DAY:
                return model.Moment(values.day(text).strftime("%Y%m%d"), "102")
            case Kind.GOODS_CODE:
                return self.goods_code(text, name, cell, row)
            case Kind.CODE:
                return "".join(text.split())
            case _:
                return text

    def goods_code(self, text: str, name: str, cell: Cell, row: GridRow) -> str:
        """A commodity code without spaces and points; a spreadsheet that takes it for a number takes its first zero."""
        code = "".join(sign for sign in text if not sign.isspace() and sign not in ".-")
        if cell.kind is CellKind.NUMBER and len(code) % 2 == 1:
            self.wrong("LIST-18", name, cell, row, Severity.WARNING)
            return f"0{code}"
        return code

    def wrong(self, code: str, name: str, cell: Cell, row: GridRow, severity: Severity = Severity.ERROR) -> None:
        """Tell of a cell."""
        path = f"items[{self.read}].{FIELDS[name].path}"
        self.tell(code, path, self.columns[name], severity, row=row.number, value=cell.text[:60])

    def tell(self, code: str, path: str, column: int | None, severity: Severity, **params: object) -> None:
        """Tell of a place in the list."""
        named = {"row": "-", "column": "-", "header": "-", **params}
        if column is not None:
            named |= {"column": column_letters(column), "header": self.headers[column][:60]}
        told = {name: str(value) for name, value in named.items()}
        self.findings.add(Finding(code, path, told, severity=severity))


_WRONG = {
    Kind.NUMBER: "LIST-05",
    Kind.WHOLE: "LIST-13",
    Kind.DAY: "LIST-19",
    Kind.GOODS_CODE: "LIST-05",
    Kind.CODE: "LIST-05",
    Kind.TEXT: "LIST-05",
}


def _empty(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and cell.text.strip() in _NOTHING


def _is_total(row: GridRow) -> bool:
    first = next((cell.text for cell in row.cells if cell.text.strip()), "")
    word = first.casefold().strip(" :.").split(" ")[0].rstrip(":.") if first else ""
    return word in _TOTALS


def _made(held: dict[str, Any], currency: str | None) -> model.GoodsItem:
    """The item of a row's values."""
    currency = held.get("currency") or currency
    measures = model.GoodsMeasure(
        gross_mass=_measure(held.get("gross_mass"), _KILOGRAM),
        net_mass=_measure(held.get("net_mass"), _KILOGRAM),
        tariff_quantity=_measure(held.get("quantity"), held.get("unit")),
    )
    commodity = model.Commodity(
        description=held.get("description"),
        classifications=tuple(
            _made_one(model.Classification, id=held.get("commodity_code"), identification_type_code="HS")
        ),
        goods_measure=None if measures == model.GoodsMeasure() else measures,
        item_charge_amount=_amount(held.get("price"), currency),
        invoice_id=held.get("invoice"),
        vehicles=tuple(_made_one(model.Vehicle, id=held.get("vehicle"))),
        transport_equipments=tuple(_made_one(model.TransportEquipment, id=held.get("container"))),
    )
    current, previous = held.get("procedure"), held.get("previous_procedure")
    if current and len(current) == 4 and previous is None:
        current, previous = current[:2], current[2:]
    return model.GoodsItem(
        sequence_numeric=held.get("sequence"),
        customs_value_amount=_amount(held.get("customs_value"), None),
        statistical_value_amount=_amount(held.get("statistical_value"), None),
        commodity=None if commodity == model.Commodity() else commodity,
        origins=tuple(_made_one(model.Origin, country_code=held.get("origin"))),
        government_procedures=tuple(_made_one(model.GovernmentProcedure, current_code=current, previous_code=previous)),
        packagings=tuple(
            _made_one(
                model.Packaging,
                quantity=held.get("packages"),
                type_code=held.get("package_type"),
                marks_numbers_id=held.get("marks"),
            )
        ),
        additional_documents=tuple(
            _made_one(
                model.AdditionalDocument,
                id=held.get("document_number"),
                type_code=held.get("document_type"),
                issue=held.get("document_day"),
            )
        ),
    )


def _made_one(of: type, **fields: Any) -> Iterator[Any]:
    """An object of these fields, or none where they hold nothing; what only says the kind of a code is nothing."""
    if any(value is not None for name, value in fields.items() if name != "identification_type_code"):
        yield of(**fields)


def _measure(value: Decimal | None, unit: str | None) -> model.Measure | None:
    return None if value is None else model.Measure(value, unit)


def _amount(value: Decimal | None, currency: str | None) -> model.Amount | None:
    return None if value is None else model.Amount(value, currency)
