# SPDX-License-Identifier: Apache-2.0
"""Letters on paper as pack data: which parts stand on a letter, in which order, and what fills them.

`forms/letters.csv` has a row for each part; they are set below each other and flow over pages. A pack lays out the
letters that it wants otherwise; the others are set as `world/forms` has them, until the country has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gumruk.law.lawbook import Status
from gumruk.packs.cells import CellError
from gumruk.packs.faults import Fault, PackError
from gumruk.packs.files import Row, rows_of_csv
from gumruk.packs.form_rows import (
    FOLDER,
    FORM_COLUMNS,
    FORMS_FILE,
    LABELS_FILE,
    LETTERS_FILE,
    FormRow,
    Wanted,
    read_rows,
    unknown_code,
)
from gumruk.packs.heading import Labels, label_faults, read_labels
from gumruk.packs.letter_facts import (
    CHARGES,
    FINDINGS,
    LETTERS,
    TOTALLED,
    check_fact,
    read_letter_columns,
    read_list,
    read_words,
)
from gumruk.packs.schema import Column, Type
from gumruk.packs.world import FOLDER as WORLD
from gumruk.packs.world import LANGUAGES, World, world

FACT, SUM, NOTE, SECTION, TABLE, SIGNATURE = "fact", "sum", "note", "section", "table", "signature"
#: What a part may be; `findings` and `charges` print the list of that name in a way of their own.
LETTER_KINDS = (FACT, SUM, NOTE, SECTION, TABLE, FINDINGS, CHARGES, SIGNATURE)
#: What a kind cannot do without; a section needs one of the two.
_NEEDED = {FACT: ("label", "fill"), SUM: ("label", "fill"), NOTE: ("fill",), TABLE: ("label", "fill", "columns")}
_NEEDED |= {FINDINGS: ("label",)}

LETTER_COLUMNS = (
    Column("form", Type.CODE, choices=tuple(LETTERS)),
    Column("kind", Type.CODE, choices=LETTER_KINDS),
    Column("each", Type.CODE, required=False),
    Column("label", Type.CODE, required=False),
    Column("fill", Type.TEXT, required=False),
    Column("columns", Type.TEXT, required=False),
    Column("when", Type.TEXT, required=False),
    Column("strong", Type.CODE, required=False, choices=("yes",)),
)


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of a letter: the key of its caption, and what fills it. Facts that follow each other stand in one table.

    `rows` is the list that a table prints, `columns` its columns with whether they take the rest of the width. A part
    with `each` stands once for each line of that list; one with `when` only where that is known, or with `!` before
    it, where it is not.
    """

    kind: str
    each: str
    label: str
    fill: str
    rows: str
    columns: tuple[tuple[str, bool], ...]
    when: str
    strong: bool
    line: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its parts in the order of the paper. `status` is what the layout is worth, as that of a form."""

    id: str
    act: str
    status: Status
    parts: tuple[LetterPart, ...]


@dataclass(slots=True)
class LettersRead:
    """The letters of a pack, what is wrong with them, and the labels that they need."""

    letters: dict[str, Letter] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)


def read_letters(folder: Path, listed: Sequence[FormRow], shared: World) -> LettersRead:
    """The letters of the file `letters.csv`, where a pack has it; `listed` are the rows of `forms.csv`."""
    read = LettersRead()
    if not (folder / LETTERS_FILE).exists():
        return read
    parts: dict[str, list[LetterPart]] = {}
    named = {str(cells["form"]): cells for _, cells in listed}
    for row, cells in read_rows(folder, LETTERS_FILE, LETTER_COLUMNS, shared, read.faults):
        form = str(cells["form"])
        if form not in named and form not in parts:
            read.faults.append(unknown_code(row, "form", form, FORMS_FILE, named))
        held = parts.setdefault(form, [])
        try:
            held.append(_part(row, cells, form))
        except CellError as error:
            read.faults.append(Fault(row.file, row.line, error.code, error.params))
    for form, held in parts.items():
        cells = named.get(form, {"act": "", "status": Status.TRAINING})
        read.letters[form] = Letter(form, str(cells["act"] or ""), Status(str(cells["status"])), tuple(held))
        read.wanted += [(FOLDER, key, LETTERS_FILE, line) for key, _, line in _captions(read.letters[form])]
    return read


def _part(row: Row, cells: Mapping[str, object], letter: str) -> LetterPart:
    """A row as a part. Raises CellError."""

    def text(column: str) -> str:
        return str(cells[column] or "")

    kind, each, label, fill, when = (text(name) for name in ("kind", "each", "label", "fill", "when"))
    for column in _NEEDED.get(kind, ()):
        if not text(column):
            raise CellError("empty_cell", column=column)
    if kind == SECTION and not (label or fill):
        raise CellError("empty_cell", column="label")
    rows = ""
    columns: tuple[tuple[str, bool], ...] = ()
    with _cell("each"):
        each = each and read_list(each, letter)
    with _cell("when"):
        if when:
            check_fact(when.removeprefix("!"), letter, each, LETTERS[letter].lists)
    with _cell("kind"):
        if kind in (FINDINGS, CHARGES):
            rows = read_list(kind, letter)
    with _cell("fill"):
        if kind == TABLE:
            rows, fill = read_list(fill.strip("{}").removeprefix("@"), letter), ""
        read_words(fill, letter, each)
    with _cell("columns"):
        if kind == TABLE:
            columns = read_letter_columns(text("columns"), rows, letter)
    return LetterPart(kind, each, label, fill, rows, columns, when, cells["strong"] == "yes", row.line)


@contextmanager
def _cell(column: str) -> Iterator[None]:
    """Say of a cell's fault which column it stands in."""
    try:
        yield
    except CellError as error:
        raise CellError(error.code, **{"column": column, **error.params}) from None


def _keys(part: LetterPart, letter: str) -> Iterator[str]:
    """The keys of the captions that a part prints."""
    if part.kind == TABLE:
        yield from (f"{part.label}.{column}" for column, _ in part.columns)
        if part.rows in TOTALLED:
            yield f"{part.label}.total"
    elif part.label:
        yield part.label
    yield from read_words(part.fill, letter, part.each)


def _captions(letter: Letter) -> Iterator[tuple[str, str, int]]:
    """The captions of a letter: the key, the list of whose lines it may speak, and the line that asks for it."""
    yield f"{letter.id}.title", "", letter.parts[0].line if letter.parts else 0
    for part in letter.parts:
        for key in _keys(part, letter.id):
            yield f"{letter.id}.{key}", part.each, part.line


def caption_faults(letters: Mapping[str, Letter], labels: Labels, folder: Path) -> list[Fault]:
    """The faults of captions that name what their letter does not know, each on its line of the labels."""
    found: dict[tuple[str, str], CellError] = {}
    for letter in letters.values():
        for key, each, _ in _captions(letter):
            for language, caption in labels.get((FOLDER, key), {}).items():
                try:
                    if inner := read_words(caption, letter.id, each):
                        raise CellError("letter_fact", found=inner[0], form=letter.id, nearest="-")
                except CellError as error:
                    found[key, language] = error
    if not found:
        return []
    lines = {
        (row.cells.get("key"), row.cells.get("lang")): row.line
        for row in rows_of_csv(folder / LABELS_FILE, LABELS_FILE).rows
    }
    return [
        Fault(LABELS_FILE, lines.get(place, 0), error.code, {"column": "label", **error.params})
        for place, error in found.items()
    ]


@cache
def default_letters() -> tuple[Mapping[str, Letter], Labels]:
    """The letters that a pack without its own is set with, and their captions. Raises PackError: they are ours."""
    faults: list[Fault] = []
    listed = read_rows(WORLD, FORMS_FILE, FORM_COLUMNS, world(), faults)
    read = read_letters(WORLD, listed, world())
    labels, found = read_labels(WORLD, LABELS_FILE)
    faults += [*read.faults, *found, *label_faults(labels, read.wanted, LANGUAGES)]
    faults += caption_faults(read.letters, labels, WORLD)
    if faults:
        raise PackError(faults)
    return read.letters, labels
