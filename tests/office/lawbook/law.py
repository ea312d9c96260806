# SPDX-License-Identifier: Apache-2.0
"""What Nekruz proposes and Farrukh decides on in these stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.office.declarations.stage import Stage, tajikistan

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook
from gumruk.office.lawbook import queries, services
from gumruk.office.lawbook.models import Proposal, Publication

LATER = datetime(2026, 12, 10, 4, tzinfo=UTC)
NEXT_DAY = datetime(2026, 12, 11, 4, tzinfo=UTC)


def book_with(changed: Entry) -> LawBook:
    """The pack with this entry in the place of the one under its table and key."""
    entries = tajikistan().book.entries
    here = (changed.table, changed.key)
    return LawBook("TJ", [changed if (entry.table, entry.key) == here else entry for entry in entries])


def tariff(code: str) -> Entry:
    """The one entry of the pack's tariff under this code."""
    (entry,) = (entry for entry in tajikistan().book.entries_of("tariff") if entry.key == code)
    return entry


def cheaper(duty: str = "8%") -> LawBook:
    """The pack with refrigerators at 8 instead of 10 %."""
    entry = tariff("8418")
    return book_with(replace(entry, fields={**entry.fields, "duty": duty}))


def ended() -> LawBook:
    """The pack with refrigerators dutiable until the end of the year."""
    entry = tariff("8418")
    return book_with(replace(entry, valid=DateRange(entry.valid.first, date(2026, 12, 31))))


def propose(stage: Stage, book: LawBook | None = None, by: str = "nekruz", at: datetime = LATER) -> Proposal:
    """A person proposes a law."""
    with stage.acting(by) as actor:
        return services.proposal_make(book=book or cheaper(), title="Tajikistan 2026.12", by=actor, at=at)


def approve(stage: Stage, number: int, by: str = "farrukh", at: datetime = NEXT_DAY) -> Publication:
    """A person publishes a proposal."""
    with stage.acting(by) as actor:
        publication = services.proposal_approve(proposal=proposal(number), by=actor, at=at)
    queries.running_law_forget()
    return publication


def proposal(number: int) -> Proposal:
    """A proposal as it stands now."""
    return Proposal.objects.get(number=number)
