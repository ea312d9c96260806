# SPDX-License-Identifier: Apache-2.0
"""Forms on paper as pack data: which boxes a form has, where they stand on its sheets and what fills them.

They lie in the folder `forms` of a pack: `forms.csv` names the forms, `sheets.csv` their sheets, `<form>.csv` the
boxes, `labels.csv` what is printed beside them. Lengths are millimetres from the upper left corner of an A4 sheet.
A form that `letters.csv` has rows of is a letter and has no boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from gumruk.law.lawbook import Status
from gumruk.packs.cells import CellError, nearest
from gumruk.packs.faults import Fault
from gumruk.packs.files import Row
from gumruk.packs.form_fields import ROWS, Fill, Piece, read_columns, read_fill
from gumruk.packs.form_rows import (
    FOLDER,
    FORM_COLUMNS,
    FORMS_FILE,
    LABELS_FILE,
    LETTERS_FILE,
    SHEETS_FILE,
    FormRow,
    Wanted,
    read_rows,
    unknown_code,
)
from gumruk.packs.letter_facts import LETTERS
from gumruk.packs.letters import Letter, read_letters
from gumruk.packs.rows import Acts
from gumruk.packs.schema import Column, Type
from gumruk.packs.world import World

PAPER_WIDTH, PAPER_HEIGHT = 210.0, 297.0
SIZE_DEFAULT, SIZE_MIN, SIZE_MAX = 7.5, 4.0, 24.0
MAIN, MORE, SUPPLEMENT = "main", "more", "supplement"
SHEETS = (MAIN, MORE, SUPPLEMENT)
KINDS = ("value", "table", "title", "rest")

SHEET_COLUMNS = (
    Column("form", Type.CODE),
    Column("sheet", Type.CODE, choices=SHEETS),
    Column("block", Type.CODE, required=False),
    Column("places", Type.LIST, required=False),
)
BOX_COLUMNS = (
    Column("sheet", Type.CODE, choices=SHEETS),
    Column("block", Type.CODE, required=False),
    Column("box", Type.TEXT, required=False),
    Column("kind", Type.CODE, choices=KINDS),
    *(Column(name, Type.DECIMAL) for name in ("x", "y", "w", "h")),
    Column("label", Type.CODE, required=False),
    Column("fill", Type.TEXT, required=False),
    Column("columns", Type.TEXT, required=False),
    Column("size", Type.DECIMAL, required=False),
)


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its number, its rectangle in millimetres, the key of its caption, and what fills it at which size (pt).

    A box of a block is measured from the block's place, and stands once for each goods item on the sheet. `rows` is
    what a table lists, `columns` its columns with their shares of the width.
    """

    sheet: str
    block: str
    box: str
    kind: str
    x: float
    y: float
    w: float
    h: float
    label: str
    fill: Fill
    rows: str
    columns: tuple[tuple[str, float], ...]
    size: float
    line: int

    @property
    def pieces(self) -> Iterator[Piece]:
        """All places of the fill."""
        return (piece for line in self.fill for piece in line)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its boxes by sheet, and the places of the blocks that stand once for each goods item.

    `status` is what the layout is worth: all but `verified` is told across every sheet.
    """

    id: str
    act: str
    status: Status
    boxes: tuple[Box, ...]
    places: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]
    sheets: frozenset[str]

    def items_on(self, sheet: str) -> int:
        """How many goods items one such sheet holds."""
        return max((len(places) for (of, block), places in self.places.items() if of == sheet and block), default=0)

    def boxes_on(self, sheet: str) -> tuple[Box, ...]:
        """The boxes of a sheet, in the order in which they are read."""
        return tuple(box for box in self.boxes if box.sheet == sheet)

    def box_of(self, path: str) -> str:
        """The number of the box that shows a field of the declaration, or holds all of it; "" where none does.

        A box that shows the code itself comes before one that names it, and of those the box made for the code (15a).
        Boxes without a number, such as the description beside its caption, bear that of the box before them.
        """
        number, named, coded = "", "", ""
        for box in self.boxes:
            number = box.box or number
            pieces = [piece for piece in box.pieces if piece.path == path]
            if f"@{box.rows}" == path or any(not piece.name for piece in pieces):
                if number[-1:].isalpha():
                    return number
                coded = coded or number
            named = named or (number if pieces else "")
        if coded:
            return coded
        head = path.rpartition(".")[0]
        return named or (self.box_of(head) if head and head != "items" and not path.startswith("@") else "")


@dataclass(slots=True)
class FormsRead:
    """The forms and letters of a pack, what is wrong with them, and the labels that they need."""

    forms: dict[str, Form] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)


def read_forms(folder: Path, acts: Acts, world: World) -> FormsRead:
    """The forms in a pack's folder; none where it has no folder `forms`. Never raises for bad data."""
    read = FormsRead()
    if not (folder / FOLDER).is_dir():
        return read
    listed = read_rows(folder, FORMS_FILE, FORM_COLUMNS, world, read.faults)
    letters = read_letters(folder, listed, world)
    read.letters, read.faults, read.wanted = letters.letters, [*read.faults, *letters.faults], letters.wanted
    known = [name for name in (str(cells["form"]) for _, cells in listed) if name not in letters.letters]
    sheets: list[FormRow] = []
    if (folder / SHEETS_FILE).exists() or not set(known) <= set(LETTERS):
        sheets = read_rows(folder, SHEETS_FILE, SHEET_COLUMNS, world, read.faults)
    read.faults += _stray(folder, known)
    for row, cells in sheets:
        if cells["form"] not in known:
            read.faults.append(unknown_code(row, "form", str(cells["form"]), FORMS_FILE, known))
    seen: set[str] = set()
    for row, cells in listed:
        name = str(cells["form"])
        if name in seen:
            read.faults.append(Fault(row.file, row.line, "key_twice", {"column": "form", "key": name}))
            continue
        seen.add(name)
        read.faults += _standing(row, str(cells["act"] or ""), Status(str(cells["status"])), acts)
        own = [(each, found) for each, found in sheets if found["form"] == name]
        file = f"{FOLDER}/{name}.csv"
        if name in LETTERS and name in known and not own and not (folder / file).exists():
            read.faults.append(Fault(row.file, row.line, "letter_empty", {"form": name}))
        elif name in known:
            _form(row, cells, own, read_rows(folder, file, BOX_COLUMNS, world, read.faults), read)
    return read


def _stray(folder: Path, known: Sequence[str]) -> Iterator[Fault]:
    expected = {FORMS_FILE, SHEETS_FILE, LETTERS_FILE, LABELS_FILE, *(f"{FOLDER}/{name}.csv" for name in known)}
    for path in sorted((folder / FOLDER).iterdir()):
        name = f"{FOLDER}/{path.name}"
        if name not in expected and not path.name.startswith(".") and path.suffix != ".md":
            yield Fault(name, 0, "unknown_file", {"file": name, "nearest": nearest(name, expected)})


def _standing(row: Row, act: str, status: Status, acts: Acts) -> Iterator[Fault]:
    """What is wrong with a form's act and status."""
    if not acts.readable:
        return
    if act and act not in acts.lines:
        yield Fault(row.file, row.line, "unknown_act", {"found": act, "nearest": nearest(act, acts.lines)})
    elif not act and status is not Status.TRAINING:
        yield Fault(row.file, row.line, "missing_act", {"status": status.value})
    elif status is Status.VERIFIED and act not in acts.confirmed:
        yield Fault(row.file, row.line, "verified_without_text", {"act": act})


def _form(
    row: Row,
    cells: Mapping[str, object],
    sheets: Sequence[FormRow],
    boxes: Sequence[FormRow],
    read: FormsRead,
) -> None:
    """Put a form together; its faults and the labels that it needs go into `read`."""
    name, places = str(cells["form"]), {}
    for each, found in sheets:
        try:
            places[str(found["sheet"]), str(found["block"] or "")] = _places(found["places"])
        except CellError as error:
            read.faults.append(Fault(each.file, each.line, error.code, {"column": "places", **error.params}))
    made = []
    for each, found in boxes:
        try:
            made.append(_box(each, found, places))
        except CellError as error:
            read.faults.append(Fault(each.file, each.line, error.code, error.params))
    act, status = str(cells["act"] or ""), Status(str(cells["status"]))
    form = Form(name, act, status, tuple(made), places, frozenset(sheet for sheet, _ in places))
    read.faults += _whole(form, row, f"{FOLDER}/{name}.csv")
    read.wanted += _labels(form)
    read.forms[name] = form


def _places(words: object) -> tuple[tuple[float, float], ...]:
    found = []
    for word in words if isinstance(words, tuple) else ():
        x, _, y = str(word).partition(":")
        try:
            found.append((float(Decimal(x)), float(Decimal(y))))
        except ArithmeticError:
            raise CellError("form_place", found=str(word)) from None
    return tuple(found)


def _box(row: Row, cells: Mapping[str, object], places: Mapping[tuple[str, str], object]) -> Box:
    def text(column: str) -> str:
        return str(cells[column] or "")

    sheet, block, kind = text("sheet"), text("block"), text("kind")
    if (sheet, block) not in places:
        known = ", ".join(" ".join(place).strip() for place in places)
        raise CellError("form_block", found=f"{sheet} {block}".strip(), known=known)
    rows = text("fill").strip("{}").removeprefix("@") if kind == "table" else ""
    try:
        if kind == "table" and rows not in ROWS:
            raise CellError("form_field", found=text("fill"), nearest=f"{{@{nearest(rows, ROWS)}}}")
        fill = () if kind == "table" else read_fill(text("fill"))
        columns = read_columns(text("columns"), rows) if kind == "table" else ()
    except CellError as error:
        raise CellError(error.code, **{"column": "fill", **error.params}) from None
    x, y, w, h = (float(str(cells[name])) for name in ("x", "y", "w", "h"))
    size = float(str(cells["size"])) if cells["size"] is not None else SIZE_DEFAULT
    made = Box(sheet, block, text("box"), kind, x, y, w, h, text("label"), fill, rows, columns, size, row.line)
    named = rows.startswith("item.") or any(piece.of_item for piece in made.pieces)
    if named and not block:
        raise CellError("form_no_item", column="fill", found=text("fill"))
    if kind == "table" and not columns:
        raise CellError("empty_cell", column="columns")
    if not SIZE_MIN <= size <= SIZE_MAX:
        raise CellError("form_size", found=str(size), low=str(SIZE_MIN), high=str(SIZE_MAX))
    return made


def _whole(form: Form, row: Row, file: str) -> Iterator[Fault]:
    """What is wrong with a form as a whole: sheets that are missing, boxes beyond the paper or upon each other."""
    for sheet in (MAIN, SUPPLEMENT):
        if sheet not in form.sheets:
            yield Fault(SHEETS_FILE, 0, "form_no_sheet", {"form": form.id, "sheet": sheet})
    if SUPPLEMENT in form.sheets and not any(box.kind == "rest" for box in form.boxes_on(SUPPLEMENT)):
        yield Fault(file, 0, "form_no_rest", {"form": form.id})
    for sheet in sorted(form.sheets):
        counts = {len(places) for (of, block), places in form.places.items() if of == sheet and block}
        if len(counts) > 1 or 0 in counts:
            yield Fault(SHEETS_FILE, 0, "form_places", {"form": form.id, "sheet": sheet})
        placed = [(box, left, top) for box in form.boxes_on(sheet) for left, top in corners(form, box)]
        for box, left, top in placed:
            if min(left, top) < 0 or left + box.w > PAPER_WIDTH or top + box.h > PAPER_HEIGHT or min(box.w, box.h) <= 0:
                yield Fault(file, box.line, "form_outside", {"box": box.box or box.label or "-"})
                break
        yield from _upon(placed, file)


def corners(form: Form, box: Box) -> Iterator[tuple[float, float]]:
    """The upper left corners at which a box stands on its sheet."""
    for x, y in form.places[box.sheet, box.block] if box.block else ((0.0, 0.0),):
        yield x + box.x, y + box.y


def _upon(placed: Sequence[tuple[Box, float, float]], file: str) -> Iterator[Fault]:
    """Boxes that lie upon each other, by more than a line's thickness."""
    told = set()
    for place, (one, left, top) in enumerate(placed):
        for other, x, y in placed[place + 1 :]:
            wide = min(left + one.w, x + other.w) - max(left, x)
            high = min(top + one.h, y + other.h) - max(top, y)
            if min(wide, high) > 0.1 and (one.line, other.line) not in told:
                told.add((one.line, other.line))
                params = {"box": other.box or other.label or "-", "other": str(one.line)}
                yield Fault(file, other.line, "form_upon", params)


def _labels(form: Form) -> Iterator[Wanted]:
    file = f"{FOLDER}/{form.id}.csv"
    for box in form.boxes:
        if box.label:
            yield FOLDER, f"{form.id}.{box.label}", file, box.line
            for column, _ in box.columns:
                yield FOLDER, f"{form.id}.{box.label}.{column}", file, box.line
