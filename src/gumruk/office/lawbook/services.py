# SPDX-License-Identifier: Apache-2.0
"""Proposing and publishing law: one person proposes a whole law, another makes it the running one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.lawbook.comparison import compare, counted
from gumruk.office.accounts.permissions import Actor
from gumruk.office.accounts.queries import set_up_by
from gumruk.office.audit.moves import MoveLost, MoveRefused, move
from gumruk.office.audit.services import event_append, outbox_put
from gumruk.office.lawbook.labels import installed_pack
from gumruk.office.lawbook.models import LAW, Proposal, Publication
from gumruk.office.lawbook.queries import (
    book_of,
    content_of,
    law_by_digest,
    proposal_is_stale,
    proposal_waiting,
    remark_of,
    running_law_forget,
    running_publication,
)


class LawOverlaps(ValueError):
    """Two entries say something of one value on the same day."""

    def __init__(self, earlier: Entry, later: Entry) -> None:
        super().__init__(f"{later.table} {later.key}: {earlier.valid} overlaps {later.valid}")
        self.earlier, self.later = earlier, later


class ProposalRefused(ValueError):
    """A proposal cannot be made or decided so; `key` is the reason's text, filled with `params`."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.key, self.params = f"lawbook.refused.{reason}", params


#: Refusals that leave nothing to do: what is proposed runs, or waits, already.
SAME = ("nothing", "waits")


# One at a time proposes or publishes: numbers have no gaps, and what is approved is compared with what runs.
_LOCK = 0x6C6177


@transaction.atomic
def proposal_make(*, book: LawBook, title: str, by: Actor, at: datetime, remarks: Sequence[Finding] = ()) -> Proposal:
    """Propose a law book as the next publication; one that waits already is replaced.

    `remarks` are what whoever decides has to know beside the differences: what could not be taken over, and the like.

    Raises ProposalRefused for another country's law, where nothing would change and where the same waits already, and
    LawOverlaps.
    """
    if book.country != installed_pack().country:
        raise ProposalRefused("country", proposed=book.country, country=installed_pack().country)
    _overlap_refuse(book)
    _lock()
    base = running_publication()
    differences = compare(law_by_digest(base.digest) if base else None, book)
    if not differences:
        raise ProposalRefused("nothing", number=base.number if base else 0)
    number = 1 + (Proposal.objects.aggregate(last=Max("number"))["last"] or 0)
    waiting = proposal_waiting()
    if waiting is not None:
        if waiting.digest == book.digest and not proposal_is_stale(waiting):
            raise ProposalRefused("waits", number=waiting.number)
        _decide(waiting, "replaced", by, at, body={"by_proposal": number})
    proposal = Proposal.objects.create(
        number=number,
        country=book.country,
        title=title,
        digest=book.digest,
        content=content_of(book.entries),
        entries=len(book.entries),
        base=base.number if base else None,
        proposed_by=by.id,
        proposed_at=at,
        remarks=[remark_of(finding) for finding in remarks],
    )
    body = {
        "proposal": number,
        "digest": proposal.digest,
        "title": title,
        "entries": proposal.entries,
        "base": proposal.base,
        "differences": {
            table: {change.value: number for change, number in changes.items()}
            for table, changes in counted(differences).items()
        },
        "remarks": [finding.code for finding in remarks],
    }
    event_append(subject_kind=LAW, subject_id=book.country, kind="law.proposed", body=body, by=by, at=at)
    return proposal


@transaction.atomic
def proposal_approve(*, proposal: Proposal, by: Actor, at: datetime) -> Publication:
    """Publish what another person proposed. Raises ProposalRefused: the same person, one whose account the proposer
    set up, decided already, or other law runs by now than it was compared with."""
    _lock()
    _second_person(proposal, by)
    if proposal.proposed_by in set_up_by(by.id):
        raise ProposalRefused("dependent")
    if proposal_is_stale(proposal):
        running = running_publication()
        raise ProposalRefused("stale", number=proposal.number, running=running.number if running else 0)
    _decide(proposal, "approved", by, at)
    book = book_of(proposal)
    return _publish(book=book, title=proposal.title, proposed_by=proposal.proposed_by, approved_by=by, at=at)


@transaction.atomic
def proposal_refuse(*, proposal: Proposal, reason: str, by: Actor, at: datetime) -> None:
    """Refuse what another person proposed. Raises ProposalRefused: the same person, or decided already."""
    _second_person(proposal, by)
    _decide(proposal, "refused", by, at, reason=reason)


@transaction.atomic
def publication_publish(
    *, book: LawBook, title: str, proposed_by: Actor, approved_by: Actor, at: datetime
) -> Publication:
    """Make a law book the running law: a new immutable snapshot, unless exactly this one runs already.

    What the last publication did not hold is known from this moment on; what it held keeps the moment it had. The
    first publication's entries are known from the start. Raises PermissionError where one person stands for two, or
    set up the account of the other, and LawOverlaps.
    """
    if proposed_by.id == approved_by.id or proposed_by.id in set_up_by(approved_by.id):
        raise PermissionError("law is published by two persons: another one must approve it")
    _overlap_refuse(book)
    _lock()
    return _publish(book=book, title=title, proposed_by=proposed_by.id, approved_by=approved_by, at=at)


def _publish(*, book: LawBook, title: str, proposed_by: UUID, approved_by: Actor, at: datetime) -> Publication:
    last = running_publication()
    entries = list(book.entries)
    if last is not None:
        held = {_content(entry): entry for entry in law_by_digest(last.digest).entries}
        entries = [held.get(_content(entry)) or replace(entry, known_from=at) for entry in entries]
    published = LawBook(book.country, entries)
    if last is not None and last.digest == published.digest:
        return last
    publication = Publication.objects.create(
        number=1 if last is None else last.number + 1,
        digest=published.digest,
        country=book.country,
        title=title,
        content=content_of(entries),
        entries=len(entries),
        published_at=at,
        proposed_by=proposed_by,
        approved_by=approved_by.id,
    )
    body = {
        "number": publication.number,
        "digest": publication.digest,
        "title": title,
        "entries": len(entries),
        "proposed_by": str(proposed_by),
    }
    event_append(subject_kind=LAW, subject_id=book.country, kind="law.published", body=body, by=approved_by, at=at)
    outbox_put("law.published", {"number": publication.number}, at=at)
    transaction.on_commit(running_law_forget)
    return publication


def _second_person(proposal: Proposal, by: Actor) -> None:
    if by.id == proposal.proposed_by:
        raise ProposalRefused("same_person")


def _decide(
    proposal: Proposal, event: str, by: Actor, at: datetime, reason: str = "", body: Mapping[str, object] | None = None
) -> None:
    """Move a proposal on. Raises ProposalRefused where it does not wait any more."""
    changes = {"decided_by": by.id, "decided_at": at, "reason": reason}
    try:
        move(proposal, event, by, at, reason, body={"proposal": proposal.number, **(body or {})}, changes=changes)
    except (MoveRefused, MoveLost):
        raise ProposalRefused("decided", number=proposal.number) from None


def _lock() -> None:
    """Wait for whoever proposes or publishes; until the transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _overlap_refuse(book: LawBook) -> None:
    """Of one value, and of its training twin, there is one at most on any day."""
    held: dict[tuple[str, str, bool], list[Entry]] = {}
    for entry in book.entries:
        held.setdefault((entry.table, entry.key, entry.status is Status.TRAINING), []).append(entry)
    for entries in held.values():
        in_order = sorted(entries, key=lambda entry: entry.valid.first or date.min)
        for earlier, later in pairwise(in_order):
            if earlier.valid.overlaps(later.valid):
                raise LawOverlaps(earlier, later)


def _content(entry: Entry) -> str:
    """An entry without the moment it became known: what it says."""
    return json.dumps(replace(entry, known_from=None).canonical(), ensure_ascii=False)
