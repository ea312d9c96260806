# SPDX-License-Identifier: Apache-2.0
"""A tariff in a folder or a zip: a CSV for each kind of record, all versions, and `tariff.json` that names them.

A row is a version: since when it is known (UTC), its source in the file's order, what it does (insert, update,
delete), and the fields. Rows stand in the order of their keys, versions of one key as they came. `tariff.json` names
each file with its digest: it is put in place last, so that a folder is either the old tariff or the new one.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import IO, Any

from gumruk.wire.archive import opened
from gumruk.wire.errors import refusal
from gumruk.wire.tariffs.records import KEYS, Fields, Operation, key_of

MANIFEST = "tariff.json"
EDITION = 1
HEAD = ("known_from", "source", "operation")
Key = tuple[str, ...]
Cells = list[str]
_OPERATIONS = {operation.value: operation for operation in Operation}
_MOMENT = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T[0-2]\d:[0-5]\d:[0-5]\dZ", re.ASCII).fullmatch
_CELL_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record: what it says, since when it is known, and what it did to the one before."""

    key: Key
    known_from: str
    source: str
    operation: Operation
    fields: Fields

    @property
    def live(self) -> bool:
        """Whether the record stands: its latest version has not deleted it."""
        return self.operation is not Operation.DELETE


@dataclass(slots=True)
class Manifest:
    """What `tariff.json` says: the format, the files of the kinds (name, rows, digest), and the imports so far."""

    format: str = ""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    imports: list[dict[str, Any]] = field(default_factory=list)

    @property
    def known_from(self) -> str:
        """The moment of the latest import; empty before the first."""
        return max((held["known_from"] for held in self.imports), default="")

    @property
    def editions(self) -> dict[int, str]:
        """The numbers of the files applied, with their digests."""
        return {file["edition"]: file["sha256"] for held in self.imports for file in held["files"] if file["edition"]}

    def text(self) -> str:
        """The manifest as its file has it."""
        told = {"gumruk_tariff": EDITION, "format": self.format, "files": self.files, "imports": self.imports}
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class TariffFolder:
    """A tariff that is held. `open` raises `WireError` where it is none, or damaged."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path, self.manifest = path, manifest

    @classmethod
    def open(cls, path: Path) -> TariffFolder:
        """The tariff of a folder or a zip; every file is what its digest says."""
        held = cls(path, Manifest())
        try:
            with held._file(MANIFEST) as file:
                told = json.load(file)
            held.manifest = Manifest(told["format"], dict(told["files"]), list(told["imports"]))
            imports = isinstance(held.manifest.known_from, str) and isinstance(held.manifest.editions, dict)
            named = all(_named(entry) for entry in held.manifest.files.values())
            if told["gumruk_tariff"] != EDITION or not (imports and named):
                raise ValueError
        except (OSError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise refusal("TARIFF-07", str(path), file=MANIFEST) from error
        for entry in held.manifest.files.values():
            held._check(entry)
        return held

    @property
    def kinds(self) -> list[str]:
        """The kinds of record that are held."""
        return sorted(self.manifest.files)

    def columns(self, kind: str) -> list[str]:
        """The fields that records of a kind have here."""
        entry = self.manifest.files.get(kind)
        return [] if entry is None else list(entry["columns"])

    def rows(self, kind: str) -> Iterator[tuple[Key, Cells]]:
        """Each row of a kind's file as it stands there, with its key, in order. Raises `WireError` for damage."""
        entry = self.manifest.files.get(kind)
        if entry is None:
            return
        csv.field_size_limit(_CELL_MAX)  # of the whole process: every other reader has a limit of its own
        with self._file(entry["name"]) as file:
            rows = csv.reader(file)
            try:
                if next(rows, []) != [*HEAD, *entry["columns"]]:
                    raise ValueError
                key = _key_reader(kind, entry["columns"])
                width = len(HEAD) + len(entry["columns"])
                for row in rows:
                    if len(row) != width:
                        raise ValueError
                    yield key(row), row
            except (ValueError, IndexError, csv.Error) as error:
                raise refusal("TARIFF-07", str(self.path), file=entry["name"]) from error

    def version(self, kind: str, key: Key, row: Cells) -> Version:
        """What a row says. Raises `WireError` for one that no import wrote."""
        entry = self.manifest.files[kind]
        operation = _OPERATIONS.get(row[2])
        if operation is None or not _MOMENT(row[0]):
            raise refusal("TARIFF-07", str(self.path), file=entry["name"])
        return Version(key, row[0], row[1], operation, _fields(entry["columns"], row))

    def versions(self, kind: str) -> Iterator[Version]:
        """All versions of a kind in the order of keys, those of one key as they came. Raises `WireError` for damage."""
        return (self.version(kind, key, row) for key, row in self.rows(kind))

    def histories(self, kind: str) -> Iterator[tuple[Key, list[Version]]]:
        """Each key of a kind with all its versions."""
        for key, versions in groupby(self.versions(kind), key=attrgetter("key")):
            yield key, list(versions)

    def standing(self, kind: str, known_at: str = "") -> Iterator[Version]:
        """The version of each record that stands, as it was known at a moment (empty: as it is known now)."""
        for _, versions in self.histories(kind):
            known = [version for version in versions if not known_at or version.known_from <= known_at]
            if known and known[-1].live:
                yield known[-1]

    def packed(self, target: Path) -> None:
        """Write the tariff as a zip; the same tariff gives the same bytes. Raises OSError."""
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (MANIFEST, *sorted(entry["name"] for entry in self.manifest.files.values())):
                member = zipfile.ZipInfo(name)
                member.compress_type = zipfile.ZIP_DEFLATED
                with self._bytes(name) as file, archive.open(member, "w") as into:
                    while chunk := file.read(1 << 20):
                        into.write(chunk)

    @contextmanager
    def _bytes(self, name: str) -> Iterator[IO[bytes]]:
        if self.path.is_dir():
            with (self.path / name).open("rb") as file:
                yield file
            return
        with opened(self.path) as archive:
            if name not in archive.NameToInfo:
                raise FileNotFoundError(name)
            with archive.open(name) as member:
                yield member

    @contextmanager
    def _file(self, name: str) -> Iterator[TextIOWrapper]:
        with self._bytes(name) as file:
            text = TextIOWrapper(file, encoding="utf-8", newline="")
            try:
                yield text
            finally:
                text.detach()

    def _check(self, entry: dict[str, Any]) -> None:
        try:
            with self._bytes(entry["name"]) as file:
                digest = hashlib.sha256()
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            raise refusal("TARIFF-07", str(self.path), file=entry["name"]) from error
        if digest.hexdigest() != entry["sha256"]:
            raise refusal("TARIFF-07", str(self.path), file=entry["name"])


def _fields(names: list[str], row: Cells) -> dict[str, str]:
    return {name: cell for name, cell in zip(names, row[len(HEAD) :], strict=True) if cell}


def _key_reader(kind: str, names: list[str]) -> Callable[[Cells], Key]:
    """What finds the key in a row: the cells that the kind's key names, without a look at the others."""
    wanted = KEYS.get(kind)
    if wanted is None or not set(wanted) <= set(names):
        return lambda row: key_of(kind, _fields(names, row))
    places = [names.index(name) + len(HEAD) for name in wanted]
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    cells = itemgetter(*places)
    return lambda row: tuple(cells(row))


def _named(entry: Any) -> bool:
    """Whether an entry of the manifest names a file of the folder itself."""
    name = entry["name"]
    plain = isinstance(name, str) and "/" not in name and "\\" not in name and name.endswith(".csv")
    return plain and isinstance(entry["sha256"], str) and isinstance(entry["columns"], list)


class KindWriter:
    """Writes the versions of one kind to a file, and says afterwards what it wrote."""

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        self._path, self._columns = path, list(columns)
        self._file = path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n")
        self._rows.writerow([*HEAD, *self._columns])
        self._count = self._standing = 0

    def write(self, held: Sequence[Cells], fresh: Sequence[Version]) -> None:
        """Write the versions of one key: rows of an older file, whose columns come first here too, and new ones."""
        width = len(HEAD) + len(self._columns)
        for row in held:
            self._rows.writerow([*row, *[""] * (width - len(row))])
        for version in fresh:
            cells = [version.fields.get(name, "") for name in self._columns]
            self._rows.writerow([version.known_from, version.source, version.operation.value, *cells])
        self._count += len(held) + len(fresh)
        self._standing += (fresh[-1].operation.value if fresh else held[-1][2]) != Operation.DELETE.value

    def __enter__(self) -> KindWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def entry(self) -> dict[str, Any]:
        """The entry of the closed file in the manifest, but for its name."""
        with self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"rows": self._count, "standing": self._standing, "columns": self._columns, "sha256": digest}
