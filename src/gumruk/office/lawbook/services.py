# SPDX-License-Identifier: Apache-2.0
"""Publishing law."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.services import event_append
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.queries import law_by_digest, running_law_forget


class LawOverlaps(ValueError):
    """Two entries say something of one value on the same day."""

    def __init__(self, earlier: Entry, later: Entry) -> None:
        super().__init__(f"{later.table} {later.key}: {earlier.valid} overlaps {later.valid}")
        self.earlier, self.later = earlier, later


# The subject of all events on the running law: one chain.
LAW_SUBJECT = UUID("00000000-0000-7000-8000-000000000001")


@transaction.atomic
def publication_publish(
    *, book: LawBook, title: str, proposed_by: Actor, approved_by: Actor, at: datetime
) -> Publication:
    """Make a law book the running law: a new immutable snapshot, unless exactly this one runs already.

    What the last publication did not hold is known from this moment on; what it held keeps the moment it had. The
    first publication's entries are known from the start. Raises PermissionError where one person stands for two, and
    LawOverlaps.
    """
    if proposed_by.id == approved_by.id:
        raise PermissionError("law is published by two persons: another one must approve it")
    _overlap_refuse(book)
    last = Publication.objects.order_by("-number").first()
    entries = list(book.entries)
    if last is not None:
        held = {_content(entry): entry for entry in law_by_digest(last.digest).entries}
        entries = [held.get(_content(entry)) or replace(entry, known_from=at) for entry in entries]
    published = LawBook(book.country, entries)
    if last is not None and last.digest == published.digest:
        return last
    rows = json.dumps([entry.canonical() for entry in entries], ensure_ascii=False, separators=(",", ":"))
    publication = Publication.objects.create(
        number=1 if last is None else last.number + 1,
        digest=published.digest,
        country=book.country,
        title=title,
        content=zlib.compress(rows.encode(), 6),
        entries=len(entries),
        published_at=at,
        proposed_by=proposed_by.id,
        approved_by=approved_by.id,
    )
    event_append(
        subject_kind="law",
        subject_id=LAW_SUBJECT,
        kind="law.published",
        body={
            "number": publication.number,
            "digest": publication.digest,
            "title": title,
            "entries": len(entries),
            "proposed_by": str(proposed_by.id),
        },
        by=approved_by,
        at=at,
    )
    transaction.on_commit(running_law_forget)
    return publication


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
