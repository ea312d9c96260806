# SPDX-License-Identifier: Apache-2.0
"""A form laid out on its sheets: boxes, captions, values; what a box does not hold is continued, never cut.

A value that is too long is set smaller; what is still left goes on to the supplement, under a number that the box
names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from gumruk.office.documents.glyphs import POINT_MM, printable, width_mm
from gumruk.office.documents.strips import (
    ASCENT,
    BOLD,
    CELL_GAP,
    PLAIN,
    Column,
    Mark,
    Strip,
    head_strip,
    height_of,
    line_height,
    paragraphs_of,
    table_strips,
    text_strips,
    wrapped,
)
from gumruk.packs.form_fields import NUMBERS, Piece
from gumruk.packs.forms import MAIN, MORE, SUPPLEMENT, Box, Form, corners

CAPTION_SIZES = (5.0, 4.6, 4.2)
NUMBER_SIZE = 5.6
SMALLEST = 4.8
STEP = 0.4
REST_SIZE = 7.0
NUMBER_GAP = 0.9
PADDING, TOP = 0.8, 0.35
ONE_LINE_MM = 11.0
OF_SHEETS = ("sheet", "sheets")

Word = Callable[..., str]


class Filling(Protocol):
    """What fills a form: the words of each place, and the rows of each table. `item` is an item's place from zero."""

    @property
    def item_count(self) -> int: ...

    def text(self, piece: Piece, item: int | None) -> str:
        """The words of a place; empty where nothing is known."""
        ...

    def rows(self, name: str, columns: Sequence[str], item: int | None) -> list[list[str]]:
        """The rows of a table, with its columns in this order."""
        ...

    def caption(self, key: str) -> str:
        """What is printed beside a box."""
        ...


@dataclass(slots=True)
class Sheet:
    """One sheet of paper: its frames, its ruled lines and its texts, each at its place."""

    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def put(self, strips: Sequence[Strip], x: float, y: float, width: float) -> None:
        """Set lines below each other."""
        for strip in strips:
            self.marks += [Mark(x + m.x, y + m.y, m.size, m.weight, m.text) for m in strip.marks]
            y += strip.height
            if strip.ruled:
                self.rules.append((x, y - 0.3, width, 0.0))

    def plain(self) -> dict[str, Any]:
        """As the press takes it. The outline is drawn around all frames."""
        left, top = min(frame[0] for frame in self.frames), min(frame[1] for frame in self.frames)
        right, foot = max(x + w for x, _, w, _ in self.frames), max(y + h for _, y, _, h in self.frames)
        return {
            "outline": (left, top, right - left, foot - top),
            "frames": self.frames,
            "rules": self.rules,
            "marks": [[mark.x, mark.y, mark.size, mark.weight, mark.text, mark.lead] for mark in self.marks],
        }


@dataclass(frozen=True, slots=True)
class _Rest:
    """What a box did not hold."""

    title: str
    paragraphs: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A box that says which sheet it is on: filled when it is known how many there are."""

    sheet: int
    box: Box
    x: float
    y: float
    item: int | None


class FormSheets:
    """Lays a form out. `word` gives the words that every form has: `continued`, `box`, `of_item`."""

    def __init__(self, form: Form, filling: Filling, word: Word) -> None:
        self.form, self.filling, self.word = form, filling, word
        self.sheets: list[Sheet] = []
        self.rests: list[_Rest] = []
        self.numbered: list[_Numbered] = []

    def laid(self) -> list[Sheet]:
        """All sheets: the main one, those for further items, the supplements."""
        count, first = self.filling.item_count, self.form.items_on(MAIN)
        self._sheet(MAIN, range(min(first, count)))
        more = self.form.items_on(MORE)
        if more:
            for start in range(first, count, more):
                self._sheet(MORE, range(start, min(start + more, count)))
        self._supplements()
        for numbered in self.numbered:
            self._value(self.sheets[numbered.sheet], numbered.box, numbered.x, numbered.y, numbered.item)
        return self.sheets

    def _sheet(self, name: str, items: range) -> Sheet:
        sheet = Sheet()
        self.sheets.append(sheet)
        for box in self.form.boxes_on(name):
            for place, (x, y) in enumerate(corners(self.form, box)):
                item = items[place] if box.block and place < len(items) else None
                self._box(sheet, box, x, y, item, empty=bool(box.block) and item is None)
        return sheet

    def _box(self, sheet: Sheet, box: Box, x: float, y: float, item: int | None, *, empty: bool) -> None:
        if box.kind != "title":
            sheet.frames.append((x, y, box.w, box.h))
        top = self._caption(sheet, box, x, y)
        if empty or box.kind == "rest":
            return
        if any(piece.fact in OF_SHEETS for piece in box.pieces):
            self.numbered.append(_Numbered(len(self.sheets) - 1, box, x, y + top, item))
        elif box.kind == "table":
            self._table(sheet, box, x, y + top, item, box.h - top)
        else:
            self._value(sheet, box, x, y + top, item)

    def _caption(self, sheet: Sheet, box: Box, x: float, y: float) -> float:
        """Set a box's number and caption; how much of its height they take."""
        caption = printable(self.filling.caption(box.label)) if box.label else ""
        if box.kind == "title":
            sheet.put(text_strips([caption], box.w - 4, box.size, BOLD), x + 2, y + 1, box.w)
            return line_height(box.size)
        number = width_mm(box.box, NUMBER_SIZE, bold=True) + NUMBER_GAP if box.box else 0.0
        width = box.w - number - 2 * PADDING
        size = _caption_size(caption, width, box.h)
        first, *others = wrapped(caption, width, size)
        baseline = y + TOP + NUMBER_SIZE * ASCENT * POINT_MM
        if box.box or caption:
            sheet.marks.append(Mark(x + PADDING, baseline, size, PLAIN, first[0], box.box))
        for line, _ in others:
            baseline += line_height(size)
            sheet.marks.append(Mark(x + PADDING + number, baseline, size, PLAIN, line))
        if not caption:
            return TOP + (line_height(NUMBER_SIZE) if box.box else 0.0)
        return 0.7 + max(line_height(NUMBER_SIZE) if box.box else 0.0, (1 + len(others)) * line_height(size))

    def _value(self, sheet: Sheet, box: Box, x: float, y: float, item: int | None) -> None:
        paragraphs = self._paragraphs(box, item, len(self.sheets), sheet)
        if not paragraphs:
            return
        height, width = self._room(box, x, y), box.w - 2 * PADDING
        make = partial(text_strips, paragraphs, width)
        strips, fits = _fitted(make, box.size, height)
        if not fits:
            held = _held(strips, height - line_height(SMALLEST))
            rest = _Rest(self._title(box, item), tuple(paragraphs_of(strips[held:])))
            strips = [*strips[:held], *self._continued(rest, width)]
        sheet.put(strips, x + PADDING, y, width)

    def _room(self, box: Box, x: float, y: float) -> float:
        """The height below `y` in the box that stands there."""
        tops = [top for left, top in corners(self.form, box) if abs(left - x) < 0.01 and top <= y + 0.01]
        return max(tops) + box.h - y - 0.3

    def _table(self, sheet: Sheet, box: Box, x: float, y: float, item: int | None, height: float) -> None:
        rows = [[printable(cell) for cell in row] for row in self._rows(box, item)]
        width = box.w - 2 * PADDING
        columns = [
            Column(printable(self.filling.caption(f"{box.label}.{name}")), share, name in NUMBERS.get(box.rows, ()))
            for name, share in box.columns
        ]
        head = head_strip(columns, width, CAPTION_SIZES[0])
        room = height - head.height - 0.3
        strips, fits = _fitted(partial(table_strips, columns, rows, width), box.size, room)
        if not fits:
            held = _held(strips, room - line_height(SMALLEST))
            rest = _Rest(self._title(box, item), (), tuple(columns), tuple(map(tuple, rows[held:])))
            strips = [*strips[:held], *self._continued(rest, width)]
        sheet.put([head, *strips], x + PADDING, y, width)
        whole, left = sum(column.share for column in columns), x + PADDING - CELL_GAP / 2
        for column in columns[:-1]:
            left += width * column.share / whole
            sheet.rules.append((left, y, 0.0, height))

    def _rows(self, box: Box, item: int | None) -> list[list[str]]:
        return self.filling.rows(box.rows, [name for name, _ in box.columns], item)

    def _paragraphs(self, box: Box, item: int | None, count: int, sheet: Sheet) -> list[str]:
        """The lines of a fill that say something."""
        found: list[str] = []
        for line in box.fill:
            words = [piece.text or self._words(piece, item, count, sheet) for piece in line]
            if any(word for word, piece in zip(words, line, strict=True) if piece.path):
                found += (part for part in printable("".join(words).strip(" |/")).split("\n") if part.strip())
        return found

    def _words(self, piece: Piece, item: int | None, count: int, sheet: Sheet) -> str:
        if piece.fact == "sheet":
            return str(self.sheets.index(sheet) + 1)
        return str(count) if piece.fact == "sheets" else self.filling.text(piece, item)

    def _continued(self, rest: _Rest, width: float) -> list[Strip]:
        """The line that leads to the supplement. What heads every sheet is continued once."""
        if rest not in self.rests:
            self.rests.append(rest)
        return text_strips([self.word("continued", number=self.rests.index(rest) + 1)], width, SMALLEST, BOLD)

    def _title(self, box: Box, item: int | None) -> str:
        name = box.box or box.label.partition(".")[0]
        title = self.word("rest" if item is None else "rest_of_item", box=name, item=(item or 0) + 1)
        return f"{title} {self.filling.caption(box.label)}" if box.label else title

    def _supplements(self) -> None:
        """Continue on as many supplements as it takes."""
        if not self.rests:
            return
        box = next(box for box in self.form.boxes_on(SUPPLEMENT) if box.kind == "rest")
        width, top = box.w - 2 * PADDING, line_height(CAPTION_SIZES[0]) + 2
        sheet, y = self._sheet(SUPPLEMENT, range(0)), box.y + top
        for keep in self._rest_strips(width):
            if y + height_of(keep) > box.y + box.h:
                sheet, y = self._sheet(SUPPLEMENT, range(0)), box.y + top
            sheet.put(keep, box.x + PADDING, y, width)
            y += height_of(keep)

    def _rest_strips(self, width: float) -> Iterator[list[Strip]]:
        """What is left of each box, in pieces that may not be parted: a title stays with the line after it."""
        for number, rest in enumerate(list(self.rests), start=1):
            title = text_strips([printable(f"№ {number}. {rest.title}")], width, REST_SIZE, BOLD)
            if rest.columns:
                head = head_strip(rest.columns, width, CAPTION_SIZES[0])
                strips = table_strips(rest.columns, rest.rows, width, REST_SIZE)
                yield [Strip(1.5, ()), *title, head, *strips[:1]]
            else:
                strips = text_strips(rest.paragraphs, width, REST_SIZE)
                yield [Strip(1.5, ()), *title, *strips[:1]]
            for strip in strips[1:]:
                yield [strip]


def _caption_size(caption: str, width: float, height: float) -> float:
    """The largest size at which a caption takes one line of a low box; in a high one it may take more."""
    for size in CAPTION_SIZES:
        if height > ONE_LINE_MM or len(wrapped(caption, width, size)) == 1:
            return size
    return CAPTION_SIZES[-1]


def _fitted(make: Callable[[float], list[Strip]], size: float, height: float) -> tuple[list[Strip], bool]:
    """Lines at the largest size at which they fit and no word is parted, else one is; at the smallest if none fits."""
    parted: list[Strip] = []
    while True:
        strips = make(size)
        if height_of(strips) <= height:
            if not any(strip.glued for strip in strips):
                return strips, True
            parted = parted or strips
        if size <= SMALLEST:
            return (parted, True) if parted else (strips, False)
        size = max(size - STEP, SMALLEST)


def _held(strips: Sequence[Strip], height: float) -> int:
    """How many lines fit."""
    used = 0.0
    for place, strip in enumerate(strips):
        used += strip.height
        if used > height:
            return place
    return len(strips)
