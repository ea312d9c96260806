# SPDX-License-Identifier: Apache-2.0
"""An event: one appended fact about one subject, chained to the subject's event before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from gumruk.law.audit.canonical import (
    CanonicalError,
    canonical_text,
    hash_read,
    id_read,
    moment_read,
    moment_text,
    plain,
    plain_text,
    value_of,
)

ZERO_HASH = bytes(32)
"""The hash before a subject's first event, and before the first seal."""

_DOMAIN = b"gumruk event 1\n"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one subject.

    `subject_kind` and `subject_id` name the subject (a declaration, an account), `sequence` counts its events
    from 1 without gaps, `previous_hash` is the hash of its event before (`ZERO_HASH` for the first). `actor`
    is an opaque id, never a name. `body` is the canonical text of what happened. `personal_commitment` binds
    details that lie apart and may be erased; None where there are none.
    """

    id: UUID
    subject_kind: str
    subject_id: str
    sequence: int
    previous_hash: bytes
    kind: str
    at: datetime
    actor: str
    body: str
    personal_commitment: bytes | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and id of the subject, the name of its chain."""
        return self.subject_kind, self.subject_id

    def details(self) -> Mapping[str, object]:
        """The body as values: decimals, days and moments are themselves again."""
        values = value_of(json.loads(self.body))
        if not isinstance(values, dict):
            raise CanonicalError("body")
        return values


def event_make(
    *,
    id: UUID,
    subject_kind: str,
    subject_id: str,
    sequence: int,
    previous_hash: bytes,
    kind: str,
    at: datetime,
    actor: str,
    body: Mapping[str, object],
    personal_commitment: bytes | None = None,
) -> Event:
    """An event from values; raises `CanonicalError` for a body or a moment that has no canonical bytes."""
    moment_text(at)
    for text in (subject_kind, subject_id, kind, actor):
        plain(text)
    return Event(
        id,
        subject_kind,
        subject_id,
        sequence,
        previous_hash,
        kind,
        at,
        actor,
        canonical_text(body),
        personal_commitment,
    )


def event_hash(event: Event) -> bytes:
    """SHA-256 over all of the event; the body enters as a hash of its own, and may be withheld later."""
    header = event_plain(event)
    del header["body"]
    header["body_hash"] = sha256(event.body.encode(errors="surrogatepass")).hexdigest()
    return sha256(_DOMAIN + plain_text(header).encode(errors="surrogatepass")).digest()


def event_plain(event: Event) -> dict[str, object]:
    """The event with only JSON's types in it, the body as canonical text."""
    commitment = event.personal_commitment
    return {
        "id": str(event.id),
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "sequence": event.sequence,
        "previous_hash": event.previous_hash.hex(),
        "kind": event.kind,
        "at": moment_text(event.at),
        "actor": event.actor,
        "body": event.body,
        "personal_commitment": commitment.hex() if commitment is not None else None,
    }


def event_read(record: Mapping[str, object]) -> Event:
    """The event that `event_plain` wrote; raises `CanonicalError` for anything else."""
    try:
        sequence, body, commitment = record["sequence"], record["body"], record["personal_commitment"]
        if not isinstance(sequence, int) or not isinstance(body, str):
            raise CanonicalError("event")
        return Event(
            id=id_read(record["id"]),
            subject_kind=str(record["subject_kind"]),
            subject_id=str(record["subject_id"]),
            sequence=sequence,
            previous_hash=hash_read(record["previous_hash"]),
            kind=str(record["kind"]),
            at=moment_read(str(record["at"])),
            actor=str(record["actor"]),
            body=body,
            personal_commitment=None if commitment is None else hash_read(commitment),
        )
    except (KeyError, ValueError) as error:
        raise CanonicalError("event") from error
