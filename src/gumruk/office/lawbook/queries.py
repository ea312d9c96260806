# SPDX-License-Identifier: Apache-2.0
"""Which law runs, the law that a stored result was made with, and what is proposed."""

from __future__ import annotations

import json
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from gumruk.law.kernel import Finding, Severity
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.lawbook.comparison import Difference, compare
from gumruk.office.lawbook.models import WAITING, Proposal, Publication

# How long a process may go on with the law it holds before it asks whether a new publication runs.
LOOK_AGAIN_SECONDS = 2

_running: dict[str, tuple[float, str]] = {}


class NoLaw(Exception):
    """No law is published here yet: one person proposes a pack (`gumruk law propose tj`), another one publishes it."""


def running_law() -> LawBook:
    """The law that runs now. Raises NoLaw."""
    looked_at, digest = _running.get("law", (0, ""))
    if not digest or time.monotonic() - looked_at > LOOK_AGAIN_SECONDS:
        latest = Publication.objects.order_by("-number").values_list("digest", flat=True).first()
        if latest is None:
            raise NoLaw(NoLaw.__doc__)
        digest = latest
        _running["law"] = (time.monotonic(), digest)
    return law_by_digest(digest)


def running_law_forget() -> None:
    """Ask the database again at the next use: after a publication, and between tests."""
    _running.clear()
    law_by_digest.cache_clear()


@lru_cache(maxsize=8)
def law_by_digest(digest: str) -> LawBook:
    """The law of a publication, for replaying a stored result. Raises Publication.DoesNotExist."""
    return book_of(Publication.objects.get(digest=digest))


def book_of(stored: Publication | Proposal) -> LawBook:
    """The law book that a publication or a proposal holds."""
    return LawBook(stored.country, [Entry.from_canonical(row) for row in _rows(stored.content)])


def content_of(entries: Iterable[Entry]) -> bytes:
    """Entries as they are stored: their canonical JSON, compressed."""
    rows = json.dumps([entry.canonical() for entry in entries], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(rows.encode(), 6)


def running_publication() -> Publication | None:
    """The publication that runs, asked of the database; None before the first."""
    return Publication.objects.order_by("-number").first()


def publications() -> QuerySet[Publication]:
    """All publications without their content; the last one runs."""
    return Publication.objects.defer("content").order_by("number")


@lru_cache(maxsize=1000)
def standing_of(digest: str) -> Mapping[str, int]:
    """How many entries of a publication have which status. Raises Publication.DoesNotExist."""
    content = Publication.objects.values_list("content", flat=True).get(digest=digest)
    counts = Counter(str(row[6]) for row in _rows(content))
    return MappingProxyType({status.value: counts[status.value] for status in Status})


def proposals() -> QuerySet[Proposal]:
    """All proposals without their content, in their order."""
    return Proposal.objects.defer("content").order_by("number")


def proposal_waiting() -> Proposal | None:
    """The proposal that waits for a second person; there is one at most."""
    return proposals().filter(state=WAITING).first()


def proposal_is_stale(proposal: Proposal) -> bool:
    """Whether other law runs now than this proposal was compared with."""
    running = publications().last()
    return bool(proposal.base != (running.number if running else None))


def proposal_differences(proposal: Proposal) -> tuple[Difference, ...]:
    """What a proposal changes in the law that ran when it was made."""
    base = Publication.objects.filter(number=proposal.base).first()
    return compare(law_by_digest(base.digest) if base else None, book_of(proposal))


def remark_of(finding: Finding) -> dict[str, Any]:
    """A finding as a proposal keeps it: code, place, parameters and how much it weighs."""
    return {
        "code": finding.code,
        "path": finding.path,
        "params": dict(finding.params),
        "severity": finding.severity.value,
    }


def proposal_remarks(proposal: Proposal) -> list[Finding]:
    """What whoever proposed it was told: a second person reads it too."""
    return [
        Finding(row["code"], row["path"], row["params"], severity=Severity(row["severity"])) for row in proposal.remarks
    ]


def entries_of_day(book: LawBook, table: str, day: date) -> list[Entry]:
    """Every entry of a table whose period holds this day, training twins beside their values, by key."""
    held = [entry for entry in book.entries_of(table) if day in entry.valid]
    return sorted(held, key=lambda entry: (entry.key, entry.status is Status.TRAINING))


def uncollectable(book: LawBook, day: date) -> int:
    """How many values that production reads on this day are not verified: no charge that uses one is collected."""
    law = book.at(day)
    return sum(entry.status is not Status.VERIFIED for table in book.tables for entry in law.table(table).values())


def _rows(content: bytes | memoryview) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads(zlib.decompress(bytes(content)))
    return rows
