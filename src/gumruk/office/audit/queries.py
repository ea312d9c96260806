# SPDX-License-Identifier: Apache-2.0
"""What is read of the audit: a subject's timeline, the history to be verified or exported, one event's proof."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from gumruk.law import audit
from gumruk.law.audit.canonical import plain_text
from gumruk.law.audit.history import Recorded, SubjectHead
from gumruk.law.audit.merkle import leaf_hash, node_hash
from gumruk.law.audit.seals import root_of
from gumruk.law.kernel import Audience, Finding
from gumruk.office.audit.sealing import STORED_LEVELS

_EVENT = (
    "e.id, e.subject_kind, e.subject_id, e.sequence, e.previous_hash, e.kind, e.at, e.actor, e.body::text,"
    " e.personal_commitment, e.hash"
)
_CHUNK = 2_000


class NotSealed(LookupError):
    """There is no such event, or it is not sealed yet (a seal comes every second)."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """How far the audit is, for a status page."""

    events_sealed: int
    seals: int
    last_seal: audit.Seal | None
    events_waiting: int
    outbox_waiting: int
    outbox_failed: int


def event_list(*, subject_kind: str, subject_id: str | UUID) -> list[audit.Event]:
    """The subject's events in the order of its chain: its timeline."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_EVENT} FROM audit_event e WHERE subject_kind = %s AND subject_id = %s"  # noqa: S608
            " ORDER BY sequence",
            [subject_kind, str(subject_id)],
        )
        return [_event(row) for row in cursor.fetchall()]


def root_get(number: int | None = None) -> audit.Root | None:
    """The root of the newest seal, or of the seal with this number."""
    seal = _seal_get(number)
    return None if seal is None else root_of(seal)


def audit_state() -> AuditState:
    """Sizes and arrears of the seals and the outbox."""
    seal = _seal_get(None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM audit_event e"
            "  WHERE xid >= (SELECT watermark FROM audit_sealer WHERE id = 1)"
            "  AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)),"
            " count(*), count(*) FILTER (WHERE attempts > 0) FROM audit_outbox"
        )
        waiting, outbox, failed = cursor.fetchone()
    size, number = (0, 0) if seal is None else (seal.size, seal.number)
    return AuditState(size, number, seal, waiting, outbox, failed)


@contextmanager
def snapshot() -> Iterator[None]:
    """One snapshot for all that is read inside, where the caller has no transaction of his own."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def history_seals() -> Iterator[tuple[audit.Seal, bytes]]:
    """All seals in their order, each with the hash stored beside it."""
    for row in _rows("SELECT number, at, first, size, root, previous_hash, hash FROM audit_seal ORDER BY number"):
        yield _seal(row), bytes(row[6])


def history_records() -> Iterator[Recorded]:
    """All leaves with their events in the order of their positions, then the events without a leaf."""
    sealed = (
        f"SELECT l.position, l.event_id, l.hash, {_EVENT} FROM audit_leaf l"  # noqa: S608 - our own columns
        " LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.position"
    )
    for position, event_id, leaf, *row in _rows(sealed):
        event = None if row[0] is None else _event(row)
        yield Recorded(event_id, event, None if row[10] is None else bytes(row[10]), position, bytes(leaf))
    waiting = (
        f"SELECT {_EVENT} FROM audit_event e"  # noqa: S608 - our own columns
        " WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)"
        " ORDER BY e.subject_kind, e.subject_id, e.sequence"
    )
    for row in _rows(waiting):
        event = _event(row)
        yield Recorded(event.id, event, bytes(row[10]), None, None)


def history_heads() -> Iterator[SubjectHead]:
    """Where each subject's chain ends by the registry."""
    for kind, subject_id, sequence, found in _rows(
        "SELECT subject_kind, subject_id, last_sequence, last_hash FROM audit_subject WHERE last_sequence > 0"
    ):
        yield SubjectHead(kind, subject_id, sequence, bytes(found))


def history_verify(trusted_root: audit.Root | None = None) -> list[Finding]:
    """All that is wrong with the history in the database, in one snapshot; an empty list means that it is whole."""
    with snapshot():
        findings = audit.verify_history(history_records(), history_seals(), trusted_root, history_heads())
        return [*findings, *_personal_findings(), *_passed_over()]


def event_prove(event_id: UUID, trusted: audit.Root | None = None) -> audit.Proof:
    """The proof of one event against a root exported earlier, else against the newest; raises `NotSealed`.

    It reads the event, the seal, and O(log n) short ranges of leaves and nodes.
    """
    with snapshot(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT l.position, {_EVENT} FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id"  # noqa: S608
            " WHERE l.event_id = %s",
            [event_id],
        )
        found = cursor.fetchone()
        root = root_get()
        if found is None or root is None:
            raise NotSealed(str(event_id))
        position, *row = found
        return audit.prove(_event(row), position, root, _node_source(cursor), trusted)


def _node_source(cursor: Any) -> Callable[[int, int], bytes]:
    """Reads complete nodes: those of every eighth level are stored, the others are computed from at most 128."""

    def node(level: int, index: int) -> bytes:
        stored = level // STORED_LEVELS * STORED_LEVELS
        first, last = index << level - stored, (index + 1) << level - stored
        if stored == 0:
            cursor.execute(
                "SELECT hash FROM audit_leaf WHERE position >= %s AND position < %s ORDER BY position", [first, last]
            )
            hashes = [leaf_hash(bytes(found)) for (found,) in cursor.fetchall()]
        else:
            cursor.execute(
                "SELECT hash FROM audit_node WHERE level = %s AND index >= %s AND index < %s ORDER BY index",
                [stored, first, last],
            )
            hashes = [bytes(found) for (found,) in cursor.fetchall()]
        if len(hashes) != last - first:
            raise NotSealed(f"node {level} {index}")
        while len(hashes) > 1:
            hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    return node


def _personal_findings() -> Iterator[Finding]:
    """Details kept apart that are not those which their event is bound to."""
    rows = _rows(
        "SELECT p.event_id, p.salt, p.details::text, e.personal_commitment, e.subject_kind, e.subject_id, e.sequence"
        " FROM audit_personal p LEFT JOIN audit_event e ON e.id = p.event_id"
    )
    for event_id, salt, details, commitment, kind, subject_id, sequence in rows:
        try:
            values = audit.value_of(json.loads(details))
            found = audit.personal_commitment(bytes(salt), values) if isinstance(values, dict) else b""
        except ValueError:
            found = b""
        if commitment is None or found != bytes(commitment):
            params = {"subject": f"{kind} {subject_id}", "sequence": str(sequence), "event": str(event_id)}
            yield Finding("AUD-14", f"events[{event_id}]", params, audience=Audience.OFFICER)


def _passed_over() -> Iterator[Finding]:
    """Events that the sealer has passed and that have no leaf: written behind its back, or their leaf was removed."""
    rows = _rows(
        "SELECT e.id, e.subject_kind, e.subject_id, e.sequence FROM audit_event e"
        " WHERE e.xid < (SELECT watermark FROM audit_sealer WHERE id = 1)"
        " AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)"
    )
    for event_id, kind, subject_id, sequence in rows:
        params = {"subject": f"{kind} {subject_id}", "sequence": str(sequence), "event": str(event_id)}
        yield Finding("AUD-16", f"events[{event_id}]", params, audience=Audience.OFFICER)


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, held by the server and fetched in chunks: a history does not fit into memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _seal_get(number: int | None) -> audit.Seal | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, at, first, size, root, previous_hash FROM audit_seal"
            " WHERE %s::bigint IS NULL OR number = %s ORDER BY number DESC LIMIT 1",
            [number, number],
        )
        row = cursor.fetchone()
    return None if row is None else _seal(row)


def _seal(row: Any) -> audit.Seal:
    number, at, first, size, root, previous_hash = row[:6]
    return audit.Seal(number, at, first, size, bytes(root), bytes(previous_hash))


def _event(row: Any) -> audit.Event:
    commitment = row[9]
    return audit.Event(
        id=row[0],
        subject_kind=row[1],
        subject_id=row[2],
        sequence=row[3],
        previous_hash=bytes(row[4]),
        kind=row[5],
        at=row[6],
        actor=row[7],
        body=_body(row[8]),
        personal_commitment=None if commitment is None else bytes(commitment),
    )


def _body(text: str) -> str:
    """The canonical text again of what PostgreSQL prints; what no canonical text can become stays as it is."""
    try:
        return plain_text(json.loads(text))
    except ValueError:
        return text
