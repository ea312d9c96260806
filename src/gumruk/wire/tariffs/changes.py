# SPDX-License-Identifier: Apache-2.0
"""What an import changes: the versions of one record, and what comes to it, become its new versions and changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gumruk.wire.tariffs.folder import Version
from gumruk.wire.tariffs.pile import Piled
from gumruk.wire.tariffs.records import Fields, Operation


class What(StrEnum):
    """What happened to a record.

    `ended`: it got an end of its days. `without_target`: an update or a delete of what is not held, stored all the
    same, since increments may begin in the middle. `inserted_again`: an insert of what is held otherwise.
    """

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    WITHOUT_TARGET = "without_target"
    INSERTED_AGAIN = "inserted_again"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a change set: the record, before and after (None: it did not stand), and its place in the file."""

    what: What
    kind: str
    key: tuple[str, ...]
    before: Fields | None
    after: Fields | None
    known_from: str = ""
    source: str = ""
    line: int = 0

    def told(self) -> dict[str, Any]:
        """The change as an object of JSON."""
        return {
            "what": self.what.value,
            "kind": self.kind,
            "key": list(self.key),
            "before": None if self.before is None else dict(self.before),
            "after": None if self.after is None else dict(self.after),
            "known_from": self.known_from,
            "source": self.source,
            "line": self.line,
        }


END = "validity.end.date"


def applied(kind: str, held: Sequence[Version], brought: Iterable[Piled]) -> tuple[list[Version], list[Change]]:
    """The versions that are new, and the changes that they make; none for what was applied before or says the same."""
    latest = held[-1] if held else None
    newest = max((version.source for version in held), default="")
    versions: list[Version] = []
    changes: list[Change] = []
    seen = set[str]()
    for record in brought:
        if record.source and (record.source <= newest or record.source in seen):
            continue
        seen.add(record.source)
        what = _what(latest, record)
        if what is None:
            continue
        before = latest.fields if latest is not None and latest.live else None
        version = Version(record.key, record.known_from, record.source, record.operation, record.fields)
        after = version.fields if version.live else None
        moment, source = record.known_from, record.source
        changes.append(Change(what, kind, record.key, before, after, moment, source, record.line))
        versions.append(version)
        latest = version
    return versions, changes


def withdrawn(kind: str, held: Sequence[Version], known_from: str) -> tuple[list[Version], list[Change]]:
    """What it makes of a record that a file, which is the whole, does not have any more."""
    latest = held[-1]
    if not latest.live:
        return [], []
    version = Version(latest.key, known_from, "", Operation.DELETE, latest.fields)
    return [version], [Change(What.WITHDRAWN, kind, latest.key, latest.fields, None, known_from)]


def _what(latest: Version | None, record: Piled) -> What | None:
    stands = latest is not None and latest.live
    if record.operation is Operation.DELETE:
        if stands:
            return What.WITHDRAWN
        return What.WITHOUT_TARGET if latest is None else None
    if latest is None or not latest.live:
        return What.ADDED if record.operation is Operation.INSERT else What.WITHOUT_TARGET
    if latest.fields == record.fields:
        return None
    if record.operation is Operation.INSERT and record.source:
        return What.INSERTED_AGAIN
    return What.ENDED if ends(latest.fields, record.fields) else What.CHANGED


def ends(before: Fields, after: Fields) -> bool:
    """Whether nothing changed but that the record got an end of its days."""
    return END not in before and END in after and {**before, END: after[END]} == after
