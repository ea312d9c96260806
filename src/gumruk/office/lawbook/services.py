# SPDX-License-Identifier: Apache-2.0
"""Publishing law."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gumruk.law.lawbook import Entry, LawBook
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.services import event_append
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.queries import law_by_digest, running_law_forget

# The subject of all events on the running law: one chain.
LAW_SUBJECT = UUID("00000000-0000-7000-8000-000000000001")


@transaction.atomic
def publication_publish(
    *, book: LawBook, title: str, proposed_by: Actor, approved_by: Actor, at: datetime
) -> Publication:
    """Make a law book the running law: a new immutable snapshot, unless exactly this one runs already.

    What the last publication did not hold is known from this moment on; what it held keeps the moment it had. The
    first publication's entries are known from the start. Raises PermissionError where one person stands for two.
    """
    if proposed_by.id == approved_by.id:
        raise PermissionError("law is published by two persons: another one must approve it")
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


def _content(entry: Entry) -> str:
    """An entry without the moment it became known: what it says."""
    return json.dumps(replace(entry, known_from=None).canonical(), ensure_ascii=False)
