# SPDX-License-Identifier: Apache-2.0
"""The files of the audit: an export of the history, a root, a proof. Read and written without database or Django.

An export is text in lines (`.jsonl`), each one canonical JSON: first a line that names the format, then the seals, then
the leaves in their order, then the events that are not sealed yet. A line that is not canonical is refused, so that
not one bit of the file can be changed unnoticed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from gumruk.law import audit
from gumruk.law.audit.canonical import hash_read, id_read, plain_text
from gumruk.law.audit.events import event_plain
from gumruk.law.audit.history import Recorded
from gumruk.law.audit.seals import seal_plain

FORMAT_LINE = '{"format":"gumruk audit export 1"}\n'
_SEAL = '{"seal":'


class FileRefused(ValueError):
    """The file is not what it should be; `line` counts from 1, 0 where the file is one value."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: line {line} is not canonical or not of this format")
        self.path = path
        self.line = line


def export_write(file: TextIO, seals: Iterable[tuple[audit.Seal, bytes]], records: Iterable[Recorded]) -> int:
    """Write an export; returns how many leaves and events it holds."""
    file.write(FORMAT_LINE)
    for seal, found in seals:
        file.write(plain_text({"seal": seal_plain(seal), "seal_hash": found.hex()}) + "\n")
    count = 0
    for count, record in enumerate(records, 1):  # noqa: B007 - counted, and used after the loop
        file.write(plain_text(_record_plain(record)) + "\n")
    return count


def export_seals(path: Path) -> Iterator[tuple[audit.Seal, bytes]]:
    """The seals of an export, with the hash stored beside each."""
    for number, line in _lines(path):
        if not line.startswith(_SEAL):
            return
        record = _canonical(path, number, line)
        try:
            yield audit.seal_read(_table(record["seal"])), hash_read(record["seal_hash"])
        except (KeyError, ValueError) as error:
            raise FileRefused(path, number) from error


def export_records(path: Path) -> Iterator[Recorded]:
    """The leaves and events of an export, in its order."""
    for number, line in _lines(path):
        if line.startswith(_SEAL):
            continue
        record = _canonical(path, number, line)
        try:
            yield _record_read(record)
        except (KeyError, ValueError) as error:
            raise FileRefused(path, number) from error


def value_write(path: Path, value: Mapping[str, object]) -> None:
    """Write a root or a proof, indented for people."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def value_read(path: Path) -> Mapping[str, object]:
    """Read a root or a proof; raises `FileRefused` where the file is not a JSON object."""
    try:
        return _table(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise FileRefused(path, 0) from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                if number == 1:
                    if line != FORMAT_LINE:
                        raise FileRefused(path, 1)
                    continue
                yield number, line
            if not number:
                raise FileRefused(path, 1)
    except UnicodeDecodeError as error:
        raise FileRefused(path, 0) from error


def _canonical(path: Path, number: int, line: str) -> Mapping[str, object]:
    try:
        record = _table(json.loads(line))
        if plain_text(record) + "\n" == line:
            return record
    except (ValueError, RecursionError) as error:
        raise FileRefused(path, number) from error
    raise FileRefused(path, number)


def _record_plain(record: Recorded) -> dict[str, object]:
    event = None if record.event is None else event_plain(record.event)
    return {
        "event": event,
        "event_id": str(record.event_id),
        "hash": _hex(record.hash),
        "leaf": _hex(record.leaf),
        "position": record.position,
    }


def _record_read(record: Mapping[str, object]) -> Recorded:
    position = record["position"]
    if position is not None and not isinstance(position, int):
        raise audit.CanonicalError("position")
    event = None if record["event"] is None else audit.event_read(_table(record["event"]))
    event_id = id_read(record["event_id"])
    return Recorded(event_id, event, _bytes(record["hash"]), position, _bytes(record["leaf"]))


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise audit.CanonicalError("not_a_table")
    return value


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def _bytes(value: object) -> bytes | None:
    return None if value is None else hash_read(value)
