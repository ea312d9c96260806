# SPDX-License-Identifier: Apache-2.0
"""The application's doors and the floor: a bare view that stores the rows of one lodgement, and does nothing else."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gumruk.office.audit.keys import uuid7
from gumruk.office.declarations import lodging, storing
from gumruk.office.project.clock import now
from gumruk.office.project.urls import handler400, handler403, handler404, handler500
from gumruk.office.project.urls import urlpatterns as application

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_kept: dict[str, Any] = {}
_local = threading.local()


@csrf_exempt
def floor(request: HttpRequest) -> HttpResponse:
    """Store the rows of the message that was lodged last here, under new keys, in one statement and one transaction."""
    lodgement, at = _kept["rows"]
    len(request.body)  # a body that is left unread costs its connection
    with connection.cursor() as cursor:
        if not getattr(_local, "seen", False):
            cursor.execute("SELECT set_config('gumruk.scope', 'all', false)")
            _local.seen = True
    storing.store(_renewed(lodgement, at), at)
    return HttpResponse(b"{}", content_type="application/json", status=201)


def _renewed(rows: storing.Lodgement, at: datetime) -> storing.Lodgement:
    """The same rows under new keys. Keys of one moment differ by chance in digits that stand at the end."""
    held, file = rows.file[0], uuid7(at)

    def again(row: tuple[Any, ...], subject: int) -> tuple[Any, ...]:
        fresh = [uuid7(at), *row[1:]]
        fresh[subject] = str(file) if isinstance(row[subject], str) else file
        return tuple(fresh)

    def renewed(text: str) -> str:
        # The first key stands at `{"id":"`; the last four digits count up within a run, the others are the run's own.
        first = text[8 : 8 + 32]
        return text.replace(first, str(uuid7(at))[:-4]).replace(str(held), str(file))

    return storing.Lodgement(
        file=(file, *rows.file[1:]),
        version=again(rows.version, 1),
        items=renewed(rows.items),
        charges=renewed(rows.charges),
        events=[again(row, 2) for row in rows.events],
        number=(file.hex, file) if rows.number else None,
        outbox=rows.outbox,
    )


@csrf_exempt
def remember(request: HttpRequest) -> HttpResponse:
    """Lodge the message of the request, and keep its rows for the floor (each process keeps its own)."""
    from gumruk.office.accounts.permissions import actor_apply, actor_of

    actor = actor_of(request)
    if actor is None:
        return HttpResponse(status=401)
    actor_apply(actor)
    store = storing.store

    def keeping(lodgement: storing.Lodgement, at: datetime) -> None:
        _kept["rows"] = (lodgement, at)
        store(lodgement, at)

    storing.store = keeping
    try:
        lodged = lodging.declaration_lodge(content=request.body, by=actor, at=now())
    finally:
        storing.store = store
    return HttpResponse(str(UUID(str(lodged.file))), status=201)


urlpatterns = [path("bench/floor", floor), path("bench/remember", remember), *application]
