# SPDX-License-Identifier: Apache-2.0
"""The files of a pack's folder `forms`, row by row, with each cell read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from gumruk.law.lawbook import Status
from gumruk.packs.cells import READERS, CellError, is_empty, nearest
from gumruk.packs.faults import Fault
from gumruk.packs.files import Row, Rows, rows_of_csv
from gumruk.packs.rows import columns_faults
from gumruk.packs.schema import Column, Type
from gumruk.packs.world import World

FOLDER = "forms"
FORMS_FILE, SHEETS_FILE = f"{FOLDER}/forms.csv", f"{FOLDER}/sheets.csv"
LETTERS_FILE, LABELS_FILE = f"{FOLDER}/letters.csv", f"{FOLDER}/labels.csv"

FORM_COLUMNS = (
    Column("form", Type.CODE),
    Column("act", Type.CODE, required=False),
    Column("status", Type.CODE, choices=tuple(status.value for status in Status)),
)

#: A row as it was written, and its cells as they are read.
FormRow = tuple[Row, dict[str, object]]
#: A label that must be there: table, key, and the file and line that ask for it.
Wanted = tuple[str, str, str, int]


def read_rows(folder: Path, name: str, columns: Sequence[Column], world: World, faults: list[Fault]) -> list[FormRow]:
    """The rows of a file; a row with a fault is left out, and its faults are added to `faults`."""
    rows: Rows = rows_of_csv(folder / name, name)
    faults += rows.faults
    found = columns_faults(rows, [column.name for column in columns], (), name)
    faults += found
    if rows.columns is None or any(fault.code == "missing_column" for fault in found):
        return []
    good = []
    for row in rows.rows:
        cells: dict[str, object] = {}
        for column in columns:
            try:
                cells[column.name] = _cell(row.cells[column.name], column, world)
            except CellError as error:
                faults.append(Fault(name, row.line, error.code, {"column": column.name, **error.params}))
        if len(cells) == len(columns):
            good.append((row, cells))
    return good


def unknown_code(row: Row, column: str, found: str, table: str, known: Iterable[str]) -> Fault:
    """The fault of a cell that names a row which another file has not."""
    params = {"column": column, "found": found, "table": table, "nearest": nearest(found, list(known))}
    return Fault(row.file, row.line, "unknown_code", params)


def _cell(cell: object, column: Column, world: World) -> object:
    if is_empty(cell):
        if column.required:
            raise CellError("empty_cell")
        return None
    value = READERS[column.type](cell, world)
    if column.choices and value not in column.choices:
        near = nearest(str(value), column.choices)
        raise CellError("unknown_word", found=str(value), known=", ".join(column.choices), nearest=near)
    return value
