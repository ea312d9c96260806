# SPDX-License-Identifier: Apache-2.0
"""A country pack, read from its folder whole or refused with all its faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.nomenclature import Nomenclature
from gumruk.law.reference import CodeLists
from gumruk.packs.cells import nearest
from gumruk.packs.checks import together_faults
from gumruk.packs.faults import Fault, PackError
from gumruk.packs.files import Row, Rows, rows_of_csv, rows_of_toml
from gumruk.packs.form_rows import FOLDER
from gumruk.packs.form_rows import LABELS_FILE as FORM_LABELS_FILE
from gumruk.packs.forms import Form, read_forms
from gumruk.packs.heading import (
    ACTS_FILE,
    LABELS_FILE,
    PACK_FILE,
    Act,
    Heading,
    Labels,
    label_faults,
    read_acts,
    read_heading,
    read_labels,
)
from gumruk.packs.letters import Letter, caption_faults, default_letters
from gumruk.packs.rows import Placed, entries_of
from gumruk.packs.rules import rule_faults
from gumruk.packs.schema import TABLES
from gumruk.packs.world import World, world

COUNTRIES = Path(__file__).parent.parent / "countries"
_SUFFIXES = (".csv", ".toml")
#: What tells one row of a pack from all others.
EntryName = tuple[str, str, DateRange, Status]


@dataclass(frozen=True, slots=True)
class Pack:
    """A country's law and code lists with their labels and acts, and the lists that all countries share.

    `letters` are the country's own, and for the others those of `world/forms` with their captions.
    """

    folder: Path
    heading: Heading
    book: LawBook
    labels: Labels
    acts: Mapping[str, Act]
    world: World
    forms: Mapping[str, Form]
    letters: Mapping[str, Letter]
    rows: Mapping[EntryName, Row] = field(default_factory=dict, repr=False)

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.heading.country

    @property
    def currency(self) -> str:
        """ISO 4217: what all charges are computed in."""
        return self.heading.currency

    @property
    def time_zone(self) -> str:
        """IANA name: the legal day is the civil date there."""
        return self.heading.time_zone

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that every label is given in."""
        return self.heading.languages

    @property
    def nomenclature(self) -> Nomenclature:
        """The Harmonized System's tree."""
        return self.world.nomenclature

    @property
    def code_lists(self) -> CodeLists:
        """The lists that declarations are checked against."""
        return self.world.code_lists

    def label(self, table: str, key: str, language: str) -> str:
        """What a code is called: in this language, else in English, else the code itself."""
        names = self.labels.get((table, key), {})
        return names.get(language) or names.get("en") or key

    def place_of(self, entry: Entry, column: str = "") -> tuple[Path, int] | None:
        """The file and the line from which an entry of the book was read, or one column of it."""
        row = self.rows.get(_name(entry))
        return None if row is None else (self.folder / row.file, row.line_of(column))


@dataclass(frozen=True, slots=True)
class _Read:
    pack: Pack | None
    faults: tuple[Fault, ...]


def pack_folder(name: str) -> Path:
    """The folder of a pack: of a country that Gumruk ships (`tj`), else the path itself."""
    shipped = COUNTRIES / name.lower()
    return shipped if len(name) == 2 and name.isalpha() and (shipped / PACK_FILE).is_file() else Path(name)


def time_zone_of(name: str) -> str:
    """The time zone of a pack, from its own description alone: law is not read for it. Raises PackError."""
    heading, faults = read_heading(pack_folder(name), world())
    if heading is None:
        raise PackError(tuple(faults))
    return heading.time_zone


def check(folder: Path) -> list[Fault]:
    """Every fault of a pack, sorted by file and line; empty when it can be loaded. Never raises for bad data."""
    return list(_read(folder).faults)


def load(folder: Path) -> Pack:
    """The pack in a folder. Raises PackError with all its faults."""
    read = _read(folder)
    if read.pack is None:
        raise PackError(read.faults)
    return read.pack


def _read(folder: Path) -> _Read:
    try:
        if not folder.is_dir():
            return _Read(None, (Fault(".", 0, "no_folder", {"folder": folder.name}),))
        paths = sorted(folder.iterdir())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _Read(None, (Fault(".", 0, "unreadable", {"reason": reason}),))
    shared = world()
    heading, faults = read_heading(folder, shared)
    acts, standing, act_faults = read_acts(folder)
    labels, faults_of_labels = read_labels(folder)
    forms = read_forms(folder, standing, shared)
    if (folder / FOLDER).is_dir():
        of_forms, found = read_labels(folder, FORM_LABELS_FILE)
        labels.update({place: names for place, names in of_forms.items() if place[0] == FOLDER})
        faults_of_labels += found
    faults += [*act_faults, *faults_of_labels, *forms.faults]
    tables: dict[str, tuple[Placed, ...]] = {}
    broken = set()
    for table, (rows, name) in _files(paths, faults).items():
        placed, found = entries_of(TABLES[table], rows, name, standing, shared)
        faults += [*rows.faults, *found]
        tables[table] = tuple(placed)
        if rows.faults or found:
            broken.add(table)
    faults += [*together_faults(tables, broken), *rule_faults(tables, broken)]
    if heading is not None and not faults_of_labels:
        faults += label_faults(labels, [*_shown(tables, standing.lines), *forms.wanted], heading.languages)
    letters, captions = _with_defaults(forms.letters, labels)
    faults += caption_faults(letters, captions, folder)
    ordered = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.code)))
    if ordered or heading is None:
        return _Read(None, ordered)
    book = LawBook(heading.country, (placed.entry for rows in tables.values() for placed in rows))
    placed_rows = {_name(placed.entry): placed.row for rows in tables.values() for placed in rows}
    return _Read(Pack(folder, heading, book, captions, acts, shared, forms.forms, letters, placed_rows), ())


def _name(entry: Entry) -> EntryName:
    return entry.table, entry.key, entry.valid, entry.status


def _with_defaults(own: Mapping[str, Letter], labels: Labels) -> tuple[Mapping[str, Letter], Labels]:
    """A pack's letters and labels with the letters that it has not; of these it may still word captions anew."""
    letters, captions = default_letters()
    lent = {place: names for place, names in captions.items() if place[1].partition(".")[0] not in own}
    return {**letters, **own}, {
        **labels,
        **{place: {**names, **labels.get(place, {})} for place, names in lent.items()},
    }


def _files(paths: Sequence[Path], faults: list[Fault]) -> dict[str, tuple[Rows, str]]:
    """The rows of each table's file; faults for files that are no table, that are twice or missing."""
    found: dict[str, tuple[Rows, str]] = {}
    for path in paths:
        if (
            path.name in (PACK_FILE, ACTS_FILE, LABELS_FILE, FOLDER)
            or path.name.startswith(".")
            or path.suffix == ".md"
        ):
            continue
        table = path.stem
        if table not in TABLES or path.suffix not in _SUFFIXES:
            near = nearest(table, TABLES)
            faults.append(Fault(path.name, 0, "unknown_file", {"file": path.name, "nearest": near}))
        elif table in found:
            faults.append(Fault(path.name, 0, "table_twice", {"table": table, "other": found[table][1]}))
        elif path.suffix == ".csv":
            found[table] = rows_of_csv(path, path.name), path.name
        else:
            found[table] = rows_of_toml(path, path.name, table), path.name
    faults += [
        Fault(".", 0, "missing_table", {"table": table.name})
        for table in TABLES.values()
        if table.required and table.name not in found
    ]
    return found


def _shown(tables: Mapping[str, tuple[Placed, ...]], acts: Mapping[str, int]) -> list[tuple[str, str, str, int]]:
    """Everything that must have a label: table, key, and where it is named."""
    wanted = []
    for name, rows in tables.items():
        field = TABLES[name].labelled
        if field is None:
            continue
        for placed in rows:
            key = placed.entry.key if field == "" else str(placed.entry.fields[field])
            wanted.append((name, key, placed.row.file, placed.row.line))
            if name == "offices":
                region = str(placed.entry.fields["region"])
                wanted.append(("regions", region, placed.row.file, placed.row.line_of("region")))
    return [*wanted, *(("acts", act, ACTS_FILE, line) for act, line in acts.items())]
