# SPDX-License-Identifier: Apache-2.0
"""From a table's rows to entries of law, with the faults of each row by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, Scalar, Status
from gumruk.packs.cells import READERS, CellError, is_empty, nearest, read_day, read_value
from gumruk.packs.faults import Fault
from gumruk.packs.files import Row, Rows
from gumruk.packs.schema import LISTS, OPTIONAL_ROW_COLUMNS, ROW_COLUMNS, VALUE_FORMS, Column, Table, Type
from gumruk.packs.world import World


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a pack: the line each stands on, and which have an official text that two persons confirmed.

    Not `readable`: their file is broken, and what rows say of them cannot be judged.
    """

    lines: Mapping[str, int]
    confirmed: frozenset[str]
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of law with the row it was read from."""

    entry: Entry
    row: Row


def columns_faults(rows: Rows, required: Iterable[str], optional: Iterable[str], name: str) -> list[Fault]:
    """Columns that are missing, unknown or twice: of a CSV in its header, of TOML in each row."""
    known = (*required, *optional)
    if rows.columns is not None:
        groups = [(rows.columns, Row(name, 1, {}))]
    else:
        groups = [(tuple(row.cells), row) for row in rows.rows]
    faults = []
    for columns, row in groups:
        for column in columns:
            if column not in known:
                params = {"column": column, "nearest": nearest(column, known)}
                faults.append(Fault(row.file, row.line_of(column), "unknown_column", params))
        if rows.columns is not None:
            twice = {column for column in columns if columns.count(column) > 1}
            faults += [Fault(name, 1, "column_twice", {"column": column}) for column in sorted(twice)]
            faults += [
                Fault(name, 1, "missing_column", {"column": column}) for column in required if column not in columns
            ]
    return faults


def entries_of(table: Table, rows: Rows, name: str, acts: Acts, world: World) -> tuple[list[Placed], list[Fault]]:
    """Every row as an entry; a row with a fault gives no entry."""
    columns = tuple(column.name for column in table.columns)
    faults = columns_faults(rows, (*columns, *ROW_COLUMNS), OPTIONAL_ROW_COLUMNS, name)
    if any(fault.code == "missing_column" for fault in faults):
        return [], faults
    placed = []
    for row in rows.rows:
        reader = _RowReader(table, row, acts, world)
        entry = reader.entry()
        faults += reader.faults
        if entry is not None and not reader.faults:
            placed.append(Placed(entry, row))
    return placed, faults


class _RowReader:
    """Reads one row and gathers its faults."""

    def __init__(self, table: Table, row: Row, acts: Acts, world: World) -> None:
        self.table, self.row, self.acts, self.world = table, row, acts, world
        self.faults: list[Fault] = []

    def fault(self, column: str, code: str, **params: str) -> None:
        line = self.row.line_of(column)
        self.faults.append(Fault(self.row.file, line, code, {"column": column, **params}))

    def entry(self) -> Entry | None:
        """The row as an entry of law; None where a fault leaves nothing to make one of."""
        status = self._status()
        keys = [self._cell(column, known=True) for column in self.table.keys]
        fields = {column.name: self._field(column, status) for column in self.table.fields}
        valid = self._valid()
        act = self._act(status)
        if status is None or valid is None or self.faults:
            return None
        self._complete(status, fields)
        key = ".".join("" if part is None else str(part) for part in keys)
        return Entry(self.table.name, key, fields, valid, act, status)

    def _status(self) -> Status | None:
        cell = self.row.cells.get("status")
        if not isinstance(cell, str) or cell not in list(Status):
            words = ", ".join(Status)
            found = "" if cell is None else str(cell)
            self.fault("status", "unknown_word", found=found, known=words, nearest=nearest(found, list(Status)))
            return None
        return Status(cell)

    def _act(self, status: Status | None) -> str | None:
        cell = self.row.cells.get("act")
        if is_empty(cell):
            if status is not Status.TRAINING:
                self.fault("act", "missing_act", status=str(status or "-"))
            return None
        act = str(cell)
        if not self.acts.readable:
            return act
        if act not in self.acts.lines:
            self.fault("act", "unknown_act", found=act, nearest=nearest(act, self.acts.lines))
        elif status is Status.VERIFIED and act not in self.acts.confirmed:
            self.fault("status", "verified_without_text", act=act)
        return act

    def _valid(self) -> DateRange | None:
        ends: list[date | None] = []
        for column in ("valid_from", "valid_to"):
            cell = self.row.cells.get(column)
            try:
                ends.append(None if is_empty(cell) else read_day(cell))
            except CellError as error:
                self.fault(column, error.code, **error.params)
                return None
        first, last = ends
        if first is not None and last is not None and last < first:
            self.fault("valid_to", "ends_before_it_begins", first=first.isoformat(), last=last.isoformat())
            return None
        return DateRange(first, last)

    def _field(self, column: Column, status: Status | None) -> Scalar:
        return self._cell(column, known=status is not Status.UNKNOWN)

    def _cell(self, column: Column, *, known: bool) -> Scalar:
        cell = self.row.cells.get(column.name)
        if is_empty(cell):
            if known and column.required and column.type not in LISTS:
                self.fault(column.name, "empty_cell")
            if column in self.table.keys:
                return ""
            return () if column.type in LISTS else None
        try:
            return self._read(column, cell)
        except CellError as error:
            self.fault(column.name, error.code, **error.params)
            return None

    def _read(self, column: Column, cell: object) -> Scalar:
        if column.type is not Type.VALUE:
            value = READERS[column.type](cell, self.world)
            if column.choices and value not in column.choices:
                words, found = ", ".join(column.choices), str(value)
                raise CellError("unknown_word", found=found, known=words, nearest=nearest(found, column.choices))
            return value
        key, kind = str(self.row.cells.get("key")), str(self.row.cells.get("type"))
        for prefix, form in VALUE_FORMS.items():
            if key.startswith(prefix):
                return READERS[form](cell, self.world)
        return read_value(cell, kind, self.world)

    def _complete(self, status: Status, fields: Mapping[str, Scalar]) -> None:
        """An unknown row that leaves nothing open is not unknown."""
        asked = [column.name for column in self.table.fields if column.required]
        if status is Status.UNKNOWN and all(fields[name] not in (None, ()) for name in asked):
            self.fault("status", "unknown_but_given")
