# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction
from tests.office.audit.conftest import NOON

from gumruk.law.audit import Event
from gumruk.office.audit.models import OutboxMessage, Seal
from gumruk.office.audit.queries import event_list, history_verify
from gumruk.office.audit.services import event_append, outbox_put
from gumruk.office.audit.worker import outbox_deliver, partition_make, worker_run

PATIENCE_SECONDS = 20


def put(topic: str, **payload: object) -> None:
    with transaction.atomic():
        outbox_put(topic, payload, at=NOON)


def release(payload: Mapping[str, object], at: datetime) -> None:
    """A reaction that writes: the goods may go."""
    event_append(
        subject_kind="declaration", subject_id=str(payload["file"]), kind="released", body=payload, by="gumruk", at=at
    )


def timeline() -> list[str]:
    return [event.kind for event in event_list(subject_kind="declaration", subject_id="1")]


def test_it_delivers_a_message_to_all_who_react(committed: None) -> None:
    heard: list[Mapping[str, object]] = []
    put("payments.received", file="1", amount=Decimal("12.50"))
    reactions = {"payments.received": (release, lambda payload, at: heard.append(payload))}
    assert outbox_deliver(reactions, at=NOON)
    assert not outbox_deliver(reactions, at=NOON)
    assert heard == [{"file": "1", "amount": Decimal("12.50")}]
    assert timeline() == ["released"]


def test_it_says_nothing_of_what_was_rolled_back(committed: None) -> None:
    with transaction.atomic():
        outbox_put("payments.received", {"file": "1"}, at=NOON)
        transaction.set_rollback(True)
    assert not outbox_deliver({"payments.received": (release,)}, at=NOON)


def test_it_tries_again_later_and_undoes_what_a_failed_reaction_wrote(
    committed: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    bank_answers = False

    def bank(payload: Mapping[str, object], at: datetime) -> None:
        if not bank_answers:
            raise ConnectionError("the bank does not answer")

    reactions = {"payments.received": (release, bank)}
    put("payments.received", file="1")
    assert outbox_deliver(reactions, at=NOON)
    message = OutboxMessage.objects.get()
    assert message.attempts == 1
    assert message.last_error == "ConnectionError: the bank does not answer"
    assert timedelta(seconds=1) < message.due_at - datetime.now(UTC) <= timedelta(seconds=2)
    assert timeline() == []
    assert not outbox_deliver(reactions, at=NOON)

    OutboxMessage.objects.update(attempts=40, due_at=NOON)
    assert outbox_deliver(reactions, at=NOON)
    assert timedelta(seconds=290) < OutboxMessage.objects.get().due_at - datetime.now(UTC) <= timedelta(seconds=300)

    bank_answers = True
    OutboxMessage.objects.update(due_at=NOON)
    assert outbox_deliver(reactions, at=NOON)
    assert timeline() == ["released"]
    assert not OutboxMessage.objects.exists()


def test_it_delivers_at_once_what_a_training_clock_in_the_future_put(committed: None) -> None:
    moments: list[datetime] = []
    later = NOON + timedelta(days=3650)
    with transaction.atomic():
        outbox_put("payments.received", {}, at=later)
    assert outbox_deliver({"payments.received": (lambda payload, at: moments.append(at),)}, at=NOON)
    assert moments == [later]


def test_it_keeps_a_message_that_nobody_reacts_to(committed: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    put("payments.unheard")
    assert outbox_deliver({}, at=NOON)
    assert "nobody reacts to payments.unheard" in OutboxMessage.objects.get().last_error


def test_it_passes_by_a_message_that_another_worker_delivers(committed: None) -> None:
    put("payments.received", file="1")
    results: list[bool] = []

    def second_worker() -> None:
        try:
            results.append(outbox_deliver({"payments.received": (release,)}, at=NOON))
        finally:
            connection.close()

    def slow(payload: Mapping[str, object], at: datetime) -> None:
        thread = Thread(target=second_worker)
        thread.start()
        thread.join(PATIENCE_SECONDS)

    assert outbox_deliver({"payments.received": (slow, release)}, at=NOON)
    assert results == [False]
    assert timeline() == ["released"]


def test_it_seals_and_delivers_within_a_second_or_two_until_stopped(append: Callable[..., Event]) -> None:
    stop = Signal()
    worker = Thread(target=worker_run, args=(stop, {"payments.received": (release,)}))
    worker.start()
    try:
        append("1")
        put("payments.received", file="1")
        _wait_for(_all_done)
    finally:
        stop.set()
        worker.join(PATIENCE_SECONDS)
    assert not worker.is_alive()
    assert timeline() == ["declaration.accepted", "released"]
    assert history_verify() == []


def test_it_works_on_after_the_database_broke_its_connection(
    append: Callable[..., Event], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    stop = Signal()
    worker = Thread(target=worker_run, args=(stop, {"payments.received": (release,)}))
    worker.start()
    try:
        append("1")
        _wait_for(Seal.objects.exists)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchall() == [(True,)]
        put("payments.received", file="1")
        _wait_for(_all_done)
    finally:
        stop.set()
        worker.join(PATIENCE_SECONDS)
    assert timeline() == ["declaration.accepted", "released"]
    assert history_verify() == []


def test_it_finds_next_years_partition_already_made(committed: None) -> None:
    assert not partition_make(at=NOON)


def _wait_for(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not done():
        time.sleep(0.05)
    assert done()


def _all_done() -> bool:
    seal = Seal.objects.order_by("-number").first()
    return seal is not None and seal.size == 2 and not OutboxMessage.objects.exists()


def test_it_makes_next_year_s_partitions_of_every_table_that_grows(db: None) -> None:
    far = datetime(2044, 7, 1, tzinfo=UTC)
    assert partition_make(at=far)
    assert not partition_make(at=far)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE '%\\_2045' AND relkind = 'r'")
        made = {name for (name,) in cursor.fetchall()}
    assert {"audit_event_2045", "declarations_file_2045", "assessment_charge_2045", "ledger_posting_2045"} <= made
