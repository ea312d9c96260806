# SPDX-License-Identifier: Apache-2.0
"""What would change if one law book ran instead of another: entry by entry, whatever the moment each became known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gumruk.law.lawbook.book import Entry, LawBook, Scalar, Status


class Change(StrEnum):
    """What happens to an entry.

    added: it was not there. ended: its last day is named, or an earlier one than before, and nothing else. removed: it
    is not there any more, as if it had never been. changed: it says something else of the same days.
    """

    ADDED = "added"
    ENDED = "ended"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that differs: as it was and as it would be; None where it is not there."""

    change: Change
    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry as it would be, or as it was where it would be gone."""
        entry = self.after or self.before
        assert entry is not None  # noqa: S101 - one of the two is always there
        return entry

    @property
    def parts(self) -> tuple[tuple[str, Scalar, Scalar], ...]:
        """What reads differently, as (name, before, after): fields, then `valid_to`, `act`, `status`."""
        if self.before is None or self.after is None:
            return ()
        before, after = dict(_parts(self.before)), dict(_parts(self.after))
        names = list(dict.fromkeys([*before, *after]))
        return tuple((name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))


def compare(before: LawBook | None, after: LawBook) -> tuple[Difference, ...]:
    """All differences, by table, key and first day. Without a book before, every entry is added.

    An entry is the same one as before when table, key and first day agree; a training twin is told from its value.
    """
    old = {} if before is None else {_identity(entry): entry for entry in before.entries}
    new = {_identity(entry): entry for entry in after.entries}
    found = [
        Difference(_change(old.get(name), new.get(name)), old.get(name), new.get(name))
        for name in {**old, **new}
        if _said(old.get(name)) != _said(new.get(name))
    ]
    return tuple(sorted(found, key=lambda one: _order(one.entry)))


def counted(differences: Iterable[Difference]) -> dict[str, dict[Change, int]]:
    """How many entries of each table change in which way; tables without a difference are not named."""
    tables: dict[str, dict[Change, int]] = {}
    for one in differences:
        counts = tables.setdefault(one.entry.table, dict.fromkeys(Change, 0))
        counts[one.change] += 1
    return tables


def _identity(entry: Entry) -> tuple[str, str, bool, date | None]:
    return entry.table, entry.key, entry.status is Status.TRAINING, entry.valid.first


def _order(entry: Entry) -> tuple[str, str, date, bool]:
    return entry.table, entry.key, entry.valid.first or date.min, entry.status is Status.TRAINING


def _said(entry: Entry | None) -> str:
    """What an entry says, without the moment it became known."""
    return "" if entry is None else repr(replace(entry, known_from=None).canonical())


def _change(before: Entry | None, after: Entry | None) -> Change:
    if before is None or after is None:
        return Change.ADDED if before is None else Change.REMOVED
    same = replace(before, valid=after.valid)
    last_before, last = before.valid.last, after.valid.last
    earlier = last is not None and (last_before is None or last < last_before)
    return Change.ENDED if earlier and _said(same) == _said(after) else Change.CHANGED


def _parts(entry: Entry) -> Iterator[tuple[str, Scalar]]:
    yield from entry.fields.items()
    yield "valid_to", entry.valid.last
    yield "act", entry.act
    yield "status", entry.status.value
