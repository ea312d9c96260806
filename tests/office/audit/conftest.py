# SPDX-License-Identifier: Apache-2.0
"""Committed events: the sealer and other connections see them; the owner clears them away afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections, transaction

from gumruk.law.audit import Event
from gumruk.office.audit.services import event_append

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TABLES = ("audit_event", "audit_subject", "audit_leaf", "audit_node", "audit_seal", "audit_personal", "audit_outbox")


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database without the transaction that a test is usually rolled back with."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        owner_wipe()
        connections["owner"].close()


def owner_run(*statements: str) -> None:
    """What the schema's owner can do, who first takes the triggers away and puts them back afterwards."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in ("audit_event", "audit_leaf", "audit_node", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        for statement in statements:
            cursor.execute(statement)
        for table in ("audit_event", "audit_leaf", "audit_node", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")


def owner_wipe() -> None:
    owner_run(*(f"DELETE FROM {table}" for table in TABLES), "UPDATE audit_sealer SET watermark = '0'")


@pytest.fixture
def append(committed: None) -> Callable[..., Event]:
    """Append an event to a file, in a transaction of its own."""

    def append(subject_id: str, kind: str = "declaration.accepted", **body: object) -> Event:
        with transaction.atomic():
            return event_append(
                subject_kind="declaration", subject_id=subject_id, kind=kind, body=body, by="dilnoza", at=NOON
            )

    return append
