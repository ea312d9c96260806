# SPDX-License-Identifier: Apache-2.0
"""Entries of law, and the book that finds the one in force on a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from gumruk.law.kernel import DateRange, HsCode

Scalar = str | Decimal | int | bool | date | tuple[str, ...] | None
Made = TypeVar("Made")


class Status(StrEnum):
    """How far a value may be trusted.

    verified: two persons, the official text kept by hash. unverified: a source is named, nobody confirmed it.
    training: invented for teaching. unknown: no source at hand, and therefore no number.
    """

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    TRAINING = "training"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of law: its table and key, its fields, the days it is in force, its act and its standing.

    `known_from` (aware UTC) is when it was published here: a rate changed backwards is a new entry known later.
    """

    table: str
    key: str
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    valid: DateRange = field(default_factory=DateRange)
    act: str | None = None
    status: Status = Status.UNVERIFIED
    known_from: datetime | None = None

    def canonical(self) -> list[object]:
        """This entry as plain JSON values, the same for equal entries: what the digest of a law book covers."""
        return [
            self.table,
            self.key,
            {name: _plain(self.fields[name]) for name in sorted(self.fields)},
            _plain(self.valid.first),
            _plain(self.valid.last),
            self.act,
            self.status.value,
            _plain(self.known_from),
        ]

    @classmethod
    def from_canonical(cls, row: list[Any]) -> Entry:
        """The entry that `canonical` wrote."""
        table, key, fields, first, last, act, status, known_from = row
        return cls(
            table,
            key,
            {name: _read(value) for name, value in fields.items()},
            DateRange(_read(first), _read(last)),
            act,
            Status(status),
            _read(known_from),
        )


def _read(value: Any) -> Any:
    if isinstance(value, dict):
        if "decimal" in value:
            return Decimal(value["decimal"])
        text = value["date"]
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return tuple(value) if isinstance(value, list) else value


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return {"decimal": f"{value:f}"}
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return list(value)
    return value


def _publication(entry: Entry) -> tuple[bool, str]:
    """An order of publication; entries that carry no moment come before those that do."""
    return (entry.known_from is not None, entry.known_from.isoformat() if entry.known_from else "")


class Law:
    """The law of one day, as it was known at one moment: `LawBook.at` makes it.

    In training mode a value that is unknown or unverified yields to its training twin.
    """

    def __init__(self, book: LawBook, day: date, known_at: datetime | None, training: bool) -> None:
        self.book, self.day, self.known_at, self.training = book, day, known_at, training
        self._tables: dict[str, Mapping[str, Entry]] = {}
        self._made: dict[object, Any] = {}

    def made(self, make: Callable[[Law], Made]) -> Made:
        """What `make` builds of this law (an index, a list of codes, patterns): built once, and kept beside it."""
        if make not in self._made:
            self._made[make] = make(self)
        held: Made = self._made[make]
        return held

    def table(self, name: str) -> Mapping[str, Entry]:
        """All entries of a table that are in force, by key."""
        found = self._tables.get(name)
        if found is None:
            chosen: dict[str, Entry] = {}
            for entry in self.book.entries_of(name):
                if self.day in entry.valid and self._known(entry):
                    chosen[entry.key] = self._better(chosen.get(entry.key), entry)
            found = self._tables[name] = MappingProxyType(
                {key: entry for key, entry in chosen.items() if self.training or entry.status != Status.TRAINING}
            )
        return found

    def _known(self, entry: Entry) -> bool:
        return self.known_at is None or entry.known_from is None or entry.known_from <= self.known_at

    def _better(self, held: Entry | None, entry: Entry) -> Entry:
        """Of two entries in force for one key: verified before its twin, then what was published later."""
        if held is None:
            return entry
        if (held.status == Status.TRAINING) != (entry.status == Status.TRAINING):
            twin, real = (held, entry) if held.status == Status.TRAINING else (entry, held)
            return real if real.status == Status.VERIFIED or not self.training else twin
        return entry if _publication(entry) > _publication(held) else held

    def find(self, table: str, key: str) -> Entry | None:
        """The entry in force for this key, or None."""
        return self.table(table).get(key)

    def withheld(self, table: str, key: str) -> bool:
        """Whether an entry stands for this key on the day that this mode does not read: unknown, or for training only.

        What it holds stays unread; that it stands says who must act: not who declares, but who keeps the law.
        """
        if self.find(table, key) is None:
            entries = self.book.entries_of(table)
            return any(entry.key == key and self.day in entry.valid and self._known(entry) for entry in entries)
        return False

    def value(self, key: str) -> Scalar:
        """The scalar of table `values` under this key; None where it is unknown or not there."""
        entry = self.find("values", key)
        return None if entry is None else entry.fields.get("value")

    def nearest(self, table: str, code: HsCode | str) -> Entry | None:
        """The entry whose key is the longest prefix of a commodity code (the empty key holds every code)."""
        digits, rows = str(code), self.table(table)
        for length in range(len(digits), -1, -1):
            entry = rows.get(digits[:length])
            if entry is not None:
                return entry
        return None


class LawBook:
    """All entries of one country's law, for all days. Immutable; `digest` names exactly this content."""

    def __init__(self, country: str, entries: Iterable[Entry]) -> None:
        self.country = country
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_table: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_table.setdefault(entry.table, []).append(entry)
        self._laws: dict[tuple[date, datetime | None, bool], Law] = {}

    def entries_of(self, table: str) -> tuple[Entry, ...]:
        """Every entry of a table, of all days."""
        return tuple(self._by_table.get(table, ()))

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that hold entries."""
        return tuple(sorted(self._by_table))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over the sorted canonical entries: what every stored result names as its law."""
        lines = sorted(
            json.dumps(entry.canonical(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            for entry in self.entries
        )
        return hashlib.sha256("\n".join([self.country, *lines]).encode()).hexdigest()

    def at(self, day: date, known_at: datetime | None = None, *, training: bool = False) -> Law:
        """The law in force on a legal day, as known at a moment (None: as known to this book)."""
        key = (day, known_at, training)
        law = self._laws.get(key)
        if law is None:
            if len(self._laws) >= 64:
                self._laws.pop(next(iter(self._laws)))
            law = self._laws[key] = Law(self, day, known_at, training)
        return law
