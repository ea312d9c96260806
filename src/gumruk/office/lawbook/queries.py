# SPDX-License-Identifier: Apache-2.0
"""Which law runs, and the law that a stored result was made with."""

from __future__ import annotations

import json
import time
import zlib
from functools import lru_cache

from django.db.models import QuerySet

from gumruk.law.lawbook import Entry, LawBook
from gumruk.office.lawbook.models import Publication

# How long a process may go on with the law it holds before it asks whether a new publication runs.
LOOK_AGAIN_SECONDS = 2

_running: dict[str, tuple[float, str]] = {}


class NoLaw(Exception):
    """No law is published in this installation yet: publish a country pack first (`gumruk law publish`)."""


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


def publications() -> QuerySet[Publication]:
    """All publications; the last one runs."""
    return Publication.objects.order_by("number")


def running_law_forget() -> None:
    """Ask the database again at the next use: after a publication, and between tests."""
    _running.clear()
    law_by_digest.cache_clear()


@lru_cache(maxsize=8)
def law_by_digest(digest: str) -> LawBook:
    """The law of a publication, for replaying a stored result. Raises Publication.DoesNotExist."""
    publication = Publication.objects.get(digest=digest)
    rows = json.loads(zlib.decompress(bytes(publication.content)))
    return LawBook(publication.country, [Entry.from_canonical(row) for row in rows])
