# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.office.audit.conftest import NOON, owner_run

from gumruk.law.audit import ZERO_HASH, CanonicalError, Event, event_hash
from gumruk.office.audit import models
from gumruk.office.audit.queries import audit_state, event_list, history_verify
from gumruk.office.audit.services import (
    EVENT_COLUMNS,
    EVENT_TYPES,
    SUBJECT_COLUMNS,
    event_append,
    event_row,
    outbox_put,
    personal_erase,
    subject_row,
)


@dataclass(frozen=True)
class Dilnoza:
    id: UUID


DILNOZA = Dilnoza(UUID(int=7))


@pytest.mark.django_db
def test_it_chains_the_events_of_one_file() -> None:
    body = {"duty": Decimal("12.50"), "on": date(2026, 11, 25), "lane": "green", "items": [1, None, True]}
    for _ in range(3):
        event_append(
            subject_kind="declaration", subject_id=UUID(int=1), kind="accepted", body=body, by=DILNOZA, at=NOON
        )
    first, second, third = event_list(subject_kind="declaration", subject_id=UUID(int=1))
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert first.previous_hash == ZERO_HASH
    assert second.previous_hash == event_hash(first)
    assert third.previous_hash == event_hash(second)
    assert third.details() == body
    assert third.actor == str(UUID(int=7))


@pytest.mark.django_db
def test_it_begins_a_chain_of_its_own_for_each_subject() -> None:
    appended = [
        event_append(subject_kind=kind, subject_id=name, kind="made", body={}, by="farrukh", at=NOON)
        for kind in ("declaration", "receipt")
        for name in ("1", "2")
    ]
    assert {event.sequence for event in appended} == {1}


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{"rate": 0.14}, {"$decimal": "1"}, {"name": "a\0b"}])
def test_it_refuses_a_body_without_canonical_bytes(body: dict[str, object]) -> None:
    with pytest.raises(CanonicalError):
        event_append(subject_kind="declaration", subject_id="1", kind="accepted", body=body, by="dilnoza", at=NOON)


def test_it_refuses_an_event_outside_a_transaction(committed: None) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        event_append(subject_kind="declaration", subject_id="1", kind="accepted", body={}, by="dilnoza", at=NOON)


def test_it_leaves_no_trace_of_what_was_rolled_back(append: Callable[..., Event]) -> None:
    append("1")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        event_append(subject_kind="declaration", subject_id="1", kind="x", body={}, by="dilnoza", at=NOON)
        raise ZeroDivisionError
    assert append("1").sequence == 2
    assert history_verify() == []


@pytest.mark.django_db
def test_it_lets_a_caller_insert_the_first_events_in_a_statement_of_his_own() -> None:
    first = event_row(
        subject_kind="declaration", subject_id=UUID(int=5), kind="lodged", body={"n": 1}, by=DILNOZA, at=NOON
    )
    second = event_row(
        subject_kind="declaration", subject_id=UUID(int=5), kind="accepted", body={"n": 2}, by=DILNOZA, at=NOON,
        sequence=2, previous_hash=first[-1],
    )  # fmt: skip
    arrays = ", ".join(f"%s::{kind}[]" for kind in EVENT_TYPES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH s AS (INSERT INTO audit_subject ({', '.join(SUBJECT_COLUMNS)}) VALUES (%s, %s, %s, %s))"
            f" INSERT INTO audit_event ({', '.join(EVENT_COLUMNS)}) SELECT * FROM unnest({arrays})",
            [*subject_row(second), *map(list, zip(first, second, strict=True))],
        )
    third = event_append(
        subject_kind="declaration", subject_id=UUID(int=5), kind="released", body={}, by="dilnoza", at=NOON
    )
    assert third.sequence == 3
    assert third.previous_hash == second[-1]
    assert history_verify() == []


@pytest.mark.django_db
def test_it_keeps_personal_details_apart_and_erases_them() -> None:
    details = {"name": "Alpha Trade", "born_on": date(1990, 5, 1)}
    event = event_append(
        subject_kind="trader", subject_id="1", kind="registered", body={}, by="dilnoza", at=NOON, personal=details
    )
    assert event.personal_commitment is not None
    assert "Alpha" not in event.body
    assert models.Personal.objects.get().details["name"] == "Alpha Trade"
    assert history_verify() == []

    assert personal_erase(event_id=event.id, by="farrukh", at=NOON, why="law on personal data, article 12")
    assert not models.Personal.objects.exists()
    assert [one.kind for one in event_list(subject_kind="trader", subject_id="1")] == ["registered", "personal.erased"]
    assert history_verify() == []
    assert not personal_erase(event_id=event.id, by="farrukh", at=NOON, why="again")


def test_it_finds_personal_details_that_were_changed(committed: None) -> None:
    with transaction.atomic():
        event = event_append(
            subject_kind="trader", subject_id="1", kind="registered", body={}, by="dilnoza", at=NOON,
            personal={"name": "Alpha Trade"},
        )  # fmt: skip
    owner_run("""UPDATE audit_personal SET details = '{"name": "Zed Ltd"}'""")
    assert [(one.code, one.params["event"]) for one in history_verify()] == [("AUD-14", str(event.id))]


@pytest.mark.django_db
def test_it_counts_what_waits() -> None:
    event_append(subject_kind="declaration", subject_id="1", kind="accepted", body={}, by="dilnoza", at=NOON)
    outbox_put("payments.received", {"amount": Decimal("12.50")}, at=NOON)
    state = audit_state()
    assert (state.events_waiting, state.outbox_waiting, state.outbox_failed) == (1, 1, 0)
