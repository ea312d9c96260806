# SPDX-License-Identifier: Apache-2.0
"""What other areas call: append an event, keep personal details apart and erase them, tell the outbox."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from gumruk.law import audit
from gumruk.office.audit.keys import uuid7

EVENT_COLUMNS = (
    "id",
    "subject_kind",
    "subject_id",
    "sequence",
    "previous_hash",
    "kind",
    "at",
    "actor",
    "body",
    "personal_commitment",
    "hash",
)
"""Columns of `audit_event` in the order of `event_row`. `xid` is not among them: its default is the transaction."""

EVENT_TYPES = (
    "uuid", "text", "text", "bigint", "bytea", "text", "timestamptz", "text", "jsonb", "bytea", "bytea",
)  # fmt: skip
"""The columns' types, for a statement that inserts many rows through `unnest`."""

SUBJECT_COLUMNS = ("subject_kind", "subject_id", "last_sequence", "last_hash")
"""Columns of `audit_subject` in the order of `subject_row`."""

_APPEND = (
    "WITH moved AS (UPDATE audit_subject SET last_sequence = %s, last_hash = %s"  # noqa: S608 - our own columns
    " WHERE subject_kind = %s AND subject_id = %s)"
    " INSERT INTO audit_event (" + ", ".join(EVENT_COLUMNS) + ") VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


class Actor(Protocol):
    """Whoever acts; the audit takes the opaque id and nothing else."""

    @property
    def id(self) -> object: ...


def event_append(
    *,
    subject_kind: str,
    subject_id: str | UUID,
    kind: str,
    body: Mapping[str, object],
    by: Actor | str,
    at: datetime,
    personal: Mapping[str, object] | None = None,
) -> audit.Event:
    """Append one event to the subject's chain, in the caller's transaction; the subject is locked until it ends.

    `body` holds text, whole numbers, booleans, None, `Decimal`, `date`, aware `datetime`, lists and dicts of these;
    names of persons and the like go into `personal`, which is kept apart and can be erased. Raises `CanonicalError`
    for anything else, and RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is appended in the transaction of what it tells of")
    subject_id = str(subject_id)
    salt, commitment = _commit(personal)
    with connection.cursor() as cursor:
        sequence, previous_hash = _subject_lock(cursor, subject_kind, subject_id)
        event = audit.event_make(
            id=uuid7(at),
            subject_kind=subject_kind,
            subject_id=subject_id,
            sequence=sequence + 1,
            previous_hash=previous_hash,
            kind=kind,
            at=at,
            actor=actor_id(by),
            body=body,
            personal_commitment=commitment,
        )
        row = _row(event)
        cursor.execute(_APPEND, [event.sequence, row[-1], subject_kind, subject_id, *row])
        if personal is not None:
            cursor.execute(
                "INSERT INTO audit_personal (event_id, salt, details) VALUES (%s, %s, %s)",
                [event.id, salt, audit.canonical_text(personal)],
            )
    return event


def event_row(
    *,
    subject_kind: str,
    subject_id: str | UUID,
    kind: str,
    body: Mapping[str, object],
    by: Actor | str,
    at: datetime,
    sequence: int = 1,
    previous_hash: bytes = audit.ZERO_HASH,
) -> tuple[Any, ...]:
    """The row of an event, in the order of `EVENT_COLUMNS`, for a caller that inserts it in a statement of his own.

    Without `sequence` it is the first event of a new subject; `subject_row` of the last event goes with it into
    `audit_subject`, whose primary key refuses a subject that is not new. The body is JSON text, to be cast to jsonb.
    A second event of the same statement has `sequence=2` and the first one's hash (`row[-1]`) as `previous_hash`.
    """
    return _row(
        audit.event_make(
            id=uuid7(at),
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            sequence=sequence,
            previous_hash=previous_hash,
            kind=kind,
            at=at,
            actor=actor_id(by),
            body=body,
        )
    )


def subject_row(row: tuple[Any, ...]) -> tuple[str, str, int, bytes]:
    """The row of `audit_subject` after the event with this row, in the order of `SUBJECT_COLUMNS`."""
    _, subject_kind, subject_id, sequence, *_, event_hash = row
    return subject_kind, subject_id, sequence, event_hash


def personal_erase(*, event_id: UUID, by: Actor | str, at: datetime, why: str) -> bool:
    """Erase the personal details of an event, as law demands; the erasure is an event of the same subject.

    False where there are none. The commitment stays in the chain and says nothing without the salt.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM audit_personal p USING audit_event e WHERE p.event_id = %s AND e.id = p.event_id"
            " RETURNING e.subject_kind, e.subject_id",
            [event_id],
        )
        found = cursor.fetchone()
    if found is None:
        return False
    event_append(
        subject_kind=found[0],
        subject_id=found[1],
        kind="personal.erased",
        body={"event": str(event_id), "why": why},
        by=by,
        at=at,
    )
    return True


def outbox_put(topic: str, payload: Mapping[str, object], *, at: datetime) -> None:
    """Tell the reactions of `topic` (wired in `office/project/wiring.py`), once this transaction is committed.

    When that is due goes by the database's clock and not by `at`: a training clock may stand in the future.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_outbox (id, topic, payload, put_at, due_at, attempts, last_error)"
            " VALUES (%s, %s, %s, %s, clock_timestamp(), 0, '')",
            [uuid7(at), topic, audit.canonical_text(payload), at],
        )


def actor_id(by: Actor | str) -> str:
    """The opaque id of whoever acts."""
    return by if isinstance(by, str) else str(by.id)


def _commit(personal: Mapping[str, object] | None) -> tuple[bytes | None, bytes | None]:
    if personal is None:
        return None, None
    salt = secrets.token_bytes(audit.SALT_BYTES)
    return salt, audit.personal_commitment(salt, personal)


def _subject_lock(cursor: Any, subject_kind: str, subject_id: str) -> tuple[int, bytes]:
    """Lock the subject's registry row, made where it is new: one statement, also against another's first event."""
    cursor.execute(
        "INSERT INTO audit_subject AS s (subject_kind, subject_id, last_sequence, last_hash) VALUES (%s, %s, 0, %s)"
        " ON CONFLICT (subject_kind, subject_id) DO UPDATE SET last_sequence = s.last_sequence"
        " RETURNING last_sequence, last_hash",
        [subject_kind, subject_id, audit.ZERO_HASH],
    )
    sequence, last_hash = cursor.fetchone()
    return sequence, bytes(last_hash)


def _row(event: audit.Event) -> tuple[Any, ...]:
    return (
        event.id,
        event.subject_kind,
        event.subject_id,
        event.sequence,
        event.previous_hash,
        event.kind,
        event.at,
        event.actor,
        event.body,
        event.personal_commitment,
        audit.event_hash(event),
    )


def body_read(text: str) -> Mapping[str, object]:
    """The values of a body, of a payload or of details, from its JSON text."""
    values = audit.value_of(json.loads(text))
    if not isinstance(values, dict):
        raise audit.CanonicalError("body")
    return values
