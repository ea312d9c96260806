# SPDX-License-Identifier: Apache-2.0
"""A list of goods as a grid of cells, whatever file it came in: rows with their numbers, cells with what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """What a cell holds. A formula is never evaluated, and what a program last computed from it is not believed."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text (a number with a point, a day as 2026-11-25) and its kind."""

    text: str = ""
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number in the file, counted from 1, its cells from the first column on, and whether it is hidden."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column counted from 0; an empty one beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else _NOTHING


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows that hold something, and the columns (from 0) that are hidden."""

    rows: tuple[GridRow, ...]
    hidden_columns: frozenset[int] = frozenset()


_NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class GridLimits:
    """How large a list may be: it is read for at most 999 goods."""

    rows_max: int = 20_000
    columns_max: int = 300
    cell_length_max: int = 4_000
    part_bytes_max: int = 50_000_000
    tags_max: int = 1_000_000


GRID_LIMITS = GridLimits()


def column_letters(column: int) -> str:
    """A column counted from 0 as spreadsheets name it: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
