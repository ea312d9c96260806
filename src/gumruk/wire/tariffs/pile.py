# SPDX-License-Identifier: Apache-2.0
"""Records put in the order of their keys, however many: sorted runs, kept on disk when they are many, and merged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from gumruk.wire.errors import refusal
from gumruk.wire.tariffs.records import Operation, TariffRecord

#: How many kinds of record there may be, and fields of one kind: TARIC3 has some 90 kinds of 30 fields at most.
KINDS_MAX, COLUMNS_MAX = 300, 200
#: How many records are held in memory before they are put down.
RUN_MAX = 40_000


class Piled(NamedTuple):
    """A record in the pile: its key and its place in the order of arrival come first, so that it sorts by them."""

    key: tuple[str, ...]
    order: int
    known_from: str
    operation: Operation
    source: str
    line: int
    fields: dict[str, str]


class Pile:
    """What the files of one import bring, to be asked for by kind in the order of keys. `folder` takes the runs."""

    def __init__(self, folder: Path, run_max: int = RUN_MAX) -> None:
        self._folder, self._run_max = folder, run_max
        self._held: dict[str, list[Piled]] = {}
        self._runs: dict[str, list[Path]] = {}
        self._columns: dict[str, dict[str, None]] = {}
        self.count = 0
        self._in_memory = 0

    @property
    def kinds(self) -> set[str]:
        """The kinds of record that came."""
        return set(self._columns)

    def columns(self, kind: str) -> list[str]:
        """The fields that any record of a kind has."""
        return list(self._columns.get(kind, ()))

    def add(self, record: TariffRecord, known_from: str) -> None:
        """Take a record that is known from a moment on. Raises `WireError` for kinds or fields beyond all measure."""
        self.count += 1
        columns = self._columns.get(record.kind)
        if columns is None:
            columns = self._columns[record.kind] = {}
            self._held[record.kind] = []
        columns.update(dict.fromkeys(record.fields))
        if len(columns) > COLUMNS_MAX or len(self._columns) > KINDS_MAX:
            raise refusal("TARIFF-22", line=record.line)
        operation, fields = record.operation, dict(record.fields)
        piled = Piled(record.key, self.count, known_from, operation, record.source, record.line, fields)
        self._held[record.kind].append(piled)
        self._in_memory += 1
        if self._in_memory >= self._run_max:
            self._put_down()

    def sorted(self, kind: str) -> Iterator[Piled]:
        """The records of a kind in the order of their keys, those of one key as they came."""
        held = sorted(self._held.get(kind, ()), key=itemgetter(0, 1))
        runs = [_run(path) for path in self._runs.get(kind, ())]
        return merge(*runs, held, key=itemgetter(0, 1))

    def _put_down(self) -> None:
        for place, (kind, held) in enumerate(self._held.items()):
            if held:
                runs = self._runs.setdefault(kind, [])
                path = self._folder / f"run.{place}.{len(runs)}"
                _write(path, sorted(held, key=itemgetter(0, 1)))
                runs.append(path)
                held.clear()
        self._in_memory = 0


def _write(path: Path, rows: Iterable[Piled]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False))
            file.write("\n")


def _run(path: Path) -> Iterator[Piled]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            key, order, known_from, operation, source, number, fields = json.loads(line)
            yield Piled(tuple(key), order, known_from, Operation(operation), source, number, fields)
