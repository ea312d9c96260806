# SPDX-License-Identifier: Apache-2.0
"""The sealer: gathers the committed events into the Merkle tree and seals its root.

Which events are not yet sealed? Each event carries the transaction that wrote it (`xid`). Below the watermark every
transaction is finished and all its events are leaves; so only the events above it are looked at, and those that are
leaves already are left out. An event whose transaction commits late is above the watermark still, because the
watermark is the horizon of a snapshot (`pg_snapshot_xmin`), below which nothing was in flight. Nothing is skipped,
and nobody waits for a transaction that takes long.

One seal reads the newest seal's frontier, so sealing n events costs O(n + log N).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gumruk.law import audit
from gumruk.law.audit.merkle import Frontier

SEAL_EVENTS_MAX = 10_000
"""How many events one seal takes at most; what is left over is sealed at once by the next."""

STORED_LEVELS = 8
"""Every eighth level of the tree is stored; the levels between are computed from at most 128 hashes."""

_LOCK = 0x67756D72756B  # "gumruk": one sealer at a time in a database


def events_seal(*, at: datetime, events_max: int = SEAL_EVENTS_MAX) -> int:
    """Seal what is committed and not yet sealed; how many events, 0 also where another sealer is at work."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        horizon, restored = _horizon(cursor)
        events = _unsealed(cursor, restored, events_max)
        if events:
            _seal(cursor, events, at)
        if len(events) < events_max:
            cursor.execute(
                "UPDATE audit_sealer SET watermark = %s::xid8 WHERE id = 1 AND watermark <> %s::xid8",
                [horizon, horizon],
            )
        return len(events)


def _horizon(cursor: Any) -> tuple[str, bool]:
    """The lowest transaction in flight now, and whether the database counts anew since it was restored from a dump.

    This snapshot is older than the one that reads the events: what is finished in it is visible there.
    """
    cursor.execute(
        "SELECT pg_snapshot_xmin(now_seen)::text, s.watermark > pg_snapshot_xmax(now_seen)"
        " FROM audit_sealer s, pg_current_snapshot() AS now_seen WHERE s.id = 1"
    )
    horizon, restored = cursor.fetchone()
    return horizon, restored


def _unsealed(cursor: Any, restored: bool, events_max: int) -> list[tuple[Any, bytes]]:
    """Keys and hashes of visible events without a leaf, each subject's in the order of its chain.

    After a restore the transactions' numbers of the old life mean nothing: all events are looked at once.
    """
    if restored:
        window = "true"
    else:
        # The window is small, and so is the work: one look into the leaves' index for each event in it.
        cursor.execute(
            "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;"
            " SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
        )
        window = (
            "e.xid >= (SELECT watermark FROM audit_sealer WHERE id = 1)"
            " AND e.xid < (SELECT pg_snapshot_xmax(pg_current_snapshot()))"
        )
    cursor.execute(
        "SELECT e.id, e.hash FROM audit_event e"  # noqa: S608 - `window` is one of two texts above
        f" WHERE {window} AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)"
        " ORDER BY e.subject_kind, e.subject_id, e.sequence LIMIT %s",
        [events_max],
    )
    return [(event_id, bytes(found)) for event_id, found in cursor.fetchall()]


def _seal(cursor: Any, events: list[tuple[Any, bytes]], at: datetime) -> None:
    number, frontier, before = _newest(cursor)
    nodes: list[tuple[int, int, bytes]] = []

    def note(level: int, index: int, found: bytes) -> None:
        if level % STORED_LEVELS == 0:
            nodes.append((level, index, found))

    grown = frontier.extended((audit.leaf_hash(found) for _, found in events), note)
    positions = list(range(frontier.size, grown.size))
    cursor.execute(
        "INSERT INTO audit_leaf (position, event_id, hash) SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])",
        [positions, [event_id for event_id, _ in events], [found for _, found in events]],
    )
    if nodes:
        levels, indexes, hashes = zip(*nodes, strict=True)
        cursor.execute(
            "INSERT INTO audit_node (level, index, hash)"
            " SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])",
            [list(levels), list(indexes), list(hashes)],
        )
    seal = audit.Seal(number + 1, at, frontier.size, grown.size, grown.root, before)
    cursor.execute(
        "INSERT INTO audit_seal (number, at, first, size, root, previous_hash, hash, peaks)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [
            seal.number,
            seal.at,
            seal.first,
            seal.size,
            seal.root,
            seal.previous_hash,
            audit.seal_hash(seal),
            b"".join(grown.peaks),
        ],
    )


def _newest(cursor: Any) -> tuple[int, Frontier, bytes]:
    """Number, frontier and hash of the newest seal."""
    cursor.execute("SELECT number, size, peaks, hash FROM audit_seal ORDER BY number DESC LIMIT 1")
    found = cursor.fetchone()
    if found is None:
        return 0, Frontier(), audit.ZERO_HASH
    number, size, raw, last_hash = found
    raw = bytes(raw)
    peaks = tuple(raw[start : start + 32] for start in range(0, len(raw), 32))
    return number, Frontier(size, peaks), bytes(last_hash)
