# SPDX-License-Identifier: Apache-2.0
"""Lists as CSV: the encoding and the separator are found in the file."""

from __future__ import annotations

import csv
from io import StringIO

from gumruk.wire.errors import refusal
from gumruk.wire.itemlists.grid import GRID_LIMITS, Cell, Grid, GridLimits, GridRow
from gumruk.wire.safety import FORBIDDEN

SEPARATORS = (";", "\t", ",", "|")
_LOOKED_AT = 20
#: No cell is longer: a quotation mark was not closed.
_CELL_MAX = 100_000


def read_separated(content: bytes, limits: GridLimits = GRID_LIMITS) -> Grid:
    """The grid of a CSV file; raises `WireError` for what is no text or no table."""
    whole = decoded(content)
    separator, text = _separator(whole)
    before = 0 if text is whole else 1
    rows: list[GridRow] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            if any(len(value) > _CELL_MAX for value in values):
                raise refusal("LIST-17", row=reader.line_num)
            if len(rows) >= limits.rows_max:
                raise refusal("LIST-10", limit=limits.rows_max)
            cells = tuple(Cell(value.strip()[: limits.cell_length_max]) for value in values[: limits.columns_max])
            rows.append(GridRow(reader.line_num + before, cells))
    except csv.Error as error:
        raise refusal("LIST-17", row=reader.line_num) from error
    return Grid(tuple(rows))


def decoded(content: bytes) -> str:
    """The text of a CSV file: UTF-8 or UTF-16 with its mark, UTF-8 without, else Windows-1251 as offices write it."""
    codec = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1251")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise refusal("WIRE-05", byte=error.start, line=line) from error
    if FORBIDDEN.search(text):
        raise refusal("LIST-01", kind="-")
    return text


def _separator(text: str) -> tuple[str, str]:
    """The separator that divides the first rows most evenly, and the text without Excel's line `sep=`."""
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"')
    if named.lower().startswith("sep=") and len(named) == 5:
        return named[4], rest
    sample = text.split("\n")[:_LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator)), text


def _evenness(sample: list[str], separator: str) -> int:
    """How many cells the first rows have together where at least two of them have the same number; 0 for one column."""
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=separator) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0
    usual = max(widths, key=widths.count, default=0)
    return usual * widths.count(usual) if usual > 1 else 0
