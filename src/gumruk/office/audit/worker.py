# SPDX-License-Identifier: Apache-2.0
"""The worker: seals every second, delivers the outbox, makes next year's partition in time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Event as Signal
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils.module_loading import import_string

from gumruk.office.audit.sealing import SEAL_EVENTS_MAX, events_seal
from gumruk.office.audit.services import body_read
from gumruk.office.project import clock

Reaction = Callable[[Mapping[str, object], datetime], None]
"""Called with the payload and the moment, inside the transaction that takes the message out of the outbox."""

Reactions = Mapping[str, Sequence[Reaction]]

Jobs = Sequence[tuple[float, Callable[[], object]]]
"""What is looked at every so many seconds, outside a transaction; it begins work and does not wait for it."""

SEAL_SECONDS = 1
PAUSE_SECONDS = 1 / 4
PARTITION_SECONDS = 3600
RETRY_SECONDS_MAX = 300
ERROR_LENGTH_MAX = 2_000

log = logging.getLogger(__name__)


def worker_run(stop: Signal, reactions: Reactions | None = None) -> None:
    """Work until `stop` is set. A database that went away is waited for; a reaction that fails is tried again.

    `reactions` are those wired in `office/project/wiring.py` (setting `OUTBOX_REACTIONS`) unless others are given; the
    jobs wired there are done with the wired reactions only.
    """
    wired = reactions if reactions is not None else reactions_wired()
    jobs: list[tuple[float, Callable[[], object]]] = [
        (SEAL_SECONDS, _seal_all),
        (PARTITION_SECONDS, lambda: partition_make(at=clock.now())),
        *(jobs_wired() if reactions is None else ()),
    ]
    due = [time.monotonic()] * len(jobs)
    while not stop.is_set():
        try:
            for place, (seconds, job) in enumerate(jobs):
                if time.monotonic() >= due[place]:
                    due[place] = time.monotonic() + seconds
                    job()
            delivered = outbox_deliver(wired, at=clock.now())
        except (DatabaseError, InterfaceError):
            log.exception("the database did not answer the worker; it tries again")
            connection.close()
            delivered = False
            stop.wait(SEAL_SECONDS)
        if not delivered:
            stop.wait(PAUSE_SECONDS)
    connection.close()


def reactions_wired() -> Reactions:
    """The reactions of the installation, by topic."""
    found: Reactions = import_string(getattr(settings, "OUTBOX_REACTIONS", "gumruk.office.project.wiring.REACTIONS"))
    return found


def jobs_wired() -> Jobs:
    """What other areas have the worker look at."""
    found: Jobs = import_string("gumruk.office.project.wiring.JOBS")
    return found


def outbox_deliver(reactions: Reactions, *, at: datetime) -> bool:
    """Deliver the next message that is due, in a transaction of its own; False where there is none.

    The reactions are told that it is `at`, or the moment of the message if that is later (a training clock in another
    process): no reaction comes before its cause.

    What the reactions write and the end of the message are one transaction: each is heard once. If a reaction raises,
    all that the reactions wrote is undone, and the message is due again later, at most five minutes later.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, topic, payload::text, attempts, greatest(put_at, %s) FROM audit_outbox"
            " WHERE due_at <= clock_timestamp() ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
            [at],
        )
        found = cursor.fetchone()
        if found is None:
            return False
        key, topic, payload, attempts, moment = found
        try:
            with transaction.atomic():
                for reaction in _heard_by(reactions, topic):
                    reaction(body_read(payload), moment)
        except Exception as error:
            log.exception("a reaction to %s failed; it is tried again", topic)
            _put_off(cursor, key, attempts + 1, error)
        else:
            cursor.execute("DELETE FROM audit_outbox WHERE id = %s", [key])
    return True


def partition_make(*, at: datetime) -> bool:
    """Make the next year's partition of every table that grows for ever; whether one was missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gumruk_partitions_make(%s)", [at.year + 1])
        return bool(cursor.fetchone()[0])


def _seal_all() -> None:
    while events_seal(at=clock.now()) == SEAL_EVENTS_MAX:
        pass


def _heard_by(reactions: Reactions, topic: str) -> Sequence[Reaction]:
    if topic not in reactions:
        raise LookupError(f"nobody reacts to {topic}: name it in office/project/wiring.py")
    return reactions[topic]


def _put_off(cursor: Any, key: Any, attempts: int, error: Exception) -> None:
    seconds = min(2 ** min(attempts, 16), RETRY_SECONDS_MAX)
    reason = f"{type(error).__name__}: {error}".replace("\0", "")[:ERROR_LENGTH_MAX]
    cursor.execute(
        "UPDATE audit_outbox SET attempts = %s, last_error = %s,"
        " due_at = clock_timestamp() + make_interval(secs => %s) WHERE id = %s",
        [attempts, reason, seconds, key],
    )
