# SPDX-License-Identifier: Apache-2.0
"""A small true history to tamper with: three subjects, four seals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from gumruk.law.audit import (
    ZERO_HASH,
    Event,
    Frontier,
    Recorded,
    Root,
    Seal,
    event_hash,
    event_make,
    leaf_hash,
    seal_hash,
    verify_history,
)
from gumruk.law.audit.seals import root_of
from gumruk.law.kernel import Finding

NOON = datetime(2026, 1, 4, 12, tzinfo=UTC)


def event(number: int, subject_id: str, sequence: int, previous_hash: bytes, **body: object) -> Event:
    return event_make(
        id=UUID(int=number),
        subject_kind="declaration",
        subject_id=subject_id,
        sequence=sequence,
        previous_hash=previous_hash,
        kind="declaration.accepted",
        at=NOON + timedelta(seconds=number),
        actor="dilnoza",
        body=body,
    )


def chain(subjects: str) -> list[Event]:
    """One event for each letter, each chained to the letter's event before."""
    ends: dict[str, tuple[int, bytes]] = {}
    events = []
    for number, subject in enumerate(subjects, 1):
        sequence, previous = ends.get(subject, (0, ZERO_HASH))
        events.append(event(number, subject, sequence + 1, previous, lane="green", place=number))
        ends[subject] = (sequence + 1, event_hash(events[-1]))
    return events


def sealed(events: list[Event], batch: int = 3) -> tuple[list[Recorded], list[tuple[Seal, bytes]]]:
    """The events as a database holds them once the sealer has been there."""
    records = [Recorded(one.id, one, event_hash(one), position, event_hash(one)) for position, one in enumerate(events)]
    seals: list[tuple[Seal, bytes]] = []
    frontier, before = Frontier(), ZERO_HASH
    for first in range(0, len(events), batch):
        hashes = [leaf_hash(event_hash(one)) for one in events[first : first + batch]]
        frontier = frontier.extended(hashes)
        seal = Seal(len(seals) + 1, NOON + timedelta(hours=first), first, frontier.size, frontier.root, before)
        before = seal_hash(seal)
        seals.append((seal, before))
    return records, seals


def root_after(events: list[Event], batch: int = 3) -> Root:
    return root_of(sealed(events, batch)[1][-1][0])


def changed(record: Recorded, **fields: object) -> Recorded:
    """The record after somebody changed fields of its event, and nothing else."""
    assert record.event is not None
    return replace(record, event=replace(record.event, **fields))  # type: ignore[arg-type]


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Code, sequence and event of each finding, for comparison."""
    return [(one.code, one.params.get("sequence", ""), one.params.get("event", "")) for one in findings]


def verified(
    records: list[Recorded], seals: list[tuple[Seal, bytes]], root: Root | None = None
) -> list[tuple[str, str, str]]:
    return told(verify_history(records, seals, root))
