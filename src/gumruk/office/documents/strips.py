# SPDX-License-Identifier: Apache-2.0
"""Lines of type of a known height, before they have a place: wrapped text and the rows of tables.

All is measured here with the font's own widths, so that a box knows what it holds before anything is printed.
Lengths are millimetres, sizes points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gumruk.office.documents.glyphs import POINT_MM, width_mm

LEADING = 1.2
ASCENT = 0.92
PLAIN, BOLD = 0, 1
CELL_GAP = 1.2
_PARTED_AFTER = "/-,;"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of text: its baseline's beginning, its size, its weight. `lead` is a box's number, set before it."""

    x: float
    y: float
    size: float
    weight: int
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a box, with marks measured from its own upper left corner. `ruled`: a line stands below it.

    `ends` says that a paragraph ends with it, `glued` that a word goes on in the next line.
    """

    height: float
    marks: tuple[Mark, ...]
    ruled: bool = False
    ends: bool = True
    glued: bool = False


def line_height(size: float) -> float:
    """From one baseline to the next."""
    return size * LEADING * POINT_MM


@lru_cache(maxsize=8192)
def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[tuple[str, bool], ...]:
    """The lines of a paragraph, each with whether the next goes on in the middle of a word that is too long."""
    lines: list[tuple[str, bool]] = []
    line, used = "", 0.0
    space = width_mm(" ", size, bold=bold)
    for whole in text.split(" "):
        word, wide = whole, width_mm(whole, size, bold=bold)
        if line and used + space + wide <= width:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append((line, False))
        while wide > width:
            head = _fitting(word, width, size, bold)
            lines.append((word[:head], True))
            word = word[head:]
            wide = width_mm(word, size, bold=bold)
        line, used = word, wide
    return (*lines, (line, False))


def _fitting(word: str, width: float, size: float, bold: bool) -> int:
    """How many characters of a word fit, rather up to a stroke or a hyphen; one at least."""
    used = 0.0
    for place, character in enumerate(word):
        used += width_mm(character, size, bold=bold)
        if used > width:
            parted = max(word.rfind(sign, 0, place) for sign in _PARTED_AFTER) + 1
            return parted or max(place, 1)
    return len(word)


def text_strips(paragraphs: Sequence[str], width: float, size: float, weight: int = PLAIN) -> list[Strip]:
    """Paragraphs as lines."""
    height = line_height(size)
    strips = []
    for paragraph in paragraphs:
        lines = wrapped(paragraph, width, size, weight == BOLD)
        for place, (line, glued) in enumerate(lines):
            mark = Mark(0.0, size * ASCENT * POINT_MM, size, weight, line)
            strips.append(Strip(height, (mark,), ends=place == len(lines) - 1, glued=glued))
    return strips


def paragraphs_of(strips: Sequence[Strip]) -> list[str]:
    """The paragraphs that lines of text were made of."""
    found, text = [], ""
    for strip in strips:
        text += strip.marks[0].text
        if strip.ends:
            found.append(text)
            text = ""
        elif not strip.glued:
            text += " "
    return [*found, text] if text else found


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its caption, its share of the width, whether its cells stand to the right."""

    caption: str
    share: float
    right: bool


def head_strip(columns: Sequence[Column], width: float, size: float) -> Strip:
    """The captions of a table."""
    return _row(columns, [column.caption for column in columns], width, size, captions=True)


def table_strips(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: float, size: float) -> list[Strip]:
    """The rows of a table; a cell that is too wide takes more lines."""
    return [_row(columns, row, width, size) for row in rows]


def _row(
    columns: Sequence[Column], cells: Sequence[str], width: float, size: float, *, captions: bool = False
) -> Strip:
    marks: list[Mark] = []
    whole = sum(column.share for column in columns)
    left, deepest, broken = 0.0, 1, False
    for column, cell in zip(columns, cells, strict=True):
        wide = width * column.share / whole
        lines = wrapped(cell, wide - CELL_GAP, size)
        deepest, broken = max(deepest, len(lines)), broken or any(glued for _, glued in lines)
        marks.extend(_cell(lines, left, wide, size, column.right))
        left += wide
    return Strip(deepest * line_height(size) + (0.5 if captions else 0.2), tuple(marks), ruled=captions, glued=broken)


def _cell(lines: Sequence[tuple[str, bool]], left: float, wide: float, size: float, right: bool) -> Iterator[Mark]:
    for place, (line, _) in enumerate(lines):
        if line:
            indent = wide - CELL_GAP - width_mm(line, size) if right else 0.0
            yield Mark(left + indent, size * ASCENT * POINT_MM + place * line_height(size), size, PLAIN, line)


def height_of(strips: Sequence[Strip]) -> float:
    """The height of lines that stand below each other."""
    return sum(strip.height for strip in strips)
