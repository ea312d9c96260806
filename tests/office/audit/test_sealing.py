# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection, transaction
from tests.office.audit.conftest import NOON, owner_run

from gumruk.law.audit import Event, verify_proof
from gumruk.office.audit.models import Leaf, Node, Seal
from gumruk.office.audit.queries import NotSealed, event_prove, history_verify, root_get
from gumruk.office.audit.sealing import events_seal
from gumruk.office.audit.services import event_append

PATIENCE_SECONDS = 20


@contextmanager
def writing(subject_id: str) -> Iterator[Event]:
    """Another writer who has appended an event and does not commit until the block ends."""
    appended, leave = Signal(), Signal()
    written: list[Event] = []

    def write() -> None:
        try:
            with transaction.atomic():
                written.append(
                    event_append(
                        subject_kind="declaration", subject_id=subject_id, kind="late", body={}, by="farrukh", at=NOON
                    )
                )
                appended.set()
                leave.wait(PATIENCE_SECONDS)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    assert appended.wait(PATIENCE_SECONDS)
    try:
        yield written[0]
    finally:
        leave.set()
        thread.join(PATIENCE_SECONDS)


def sealed_ids() -> list[str]:
    return [str(key) for key in Leaf.objects.order_by("position").values_list("event_id", flat=True)]


def test_it_seals_what_is_committed_and_chains_the_seals(append: Callable[..., Event]) -> None:
    first = [append("a"), append("b"), append("a")]
    assert events_seal(at=NOON) == 3
    assert events_seal(at=NOON) == 0
    append("b")
    assert events_seal(at=NOON + timedelta(seconds=1)) == 1
    assert set(sealed_ids()[:3]) == {str(event.id) for event in first}
    assert [(seal.number, seal.first, seal.size) for seal in Seal.objects.order_by("number")] == [(1, 0, 3), (2, 3, 4)]
    assert history_verify() == []


def test_it_does_not_make_writers_of_different_files_wait_for_each_other(append: Callable[..., Event]) -> None:
    append("a")
    with writing("a"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        event = event_append(subject_kind="declaration", subject_id="b", kind="x", body={}, by="dilnoza", at=NOON)
    assert event.sequence == 1
    assert history_verify() == []


def test_it_makes_writers_of_one_file_take_turns(append: Callable[..., Event]) -> None:
    results: list[Event] = []

    def write() -> None:
        try:
            results.append(append("a"))
        finally:
            connection.close()

    with writing("a") as late:
        second = Thread(target=write)
        second.start()
        second.join(0.2)
        assert second.is_alive()
    second.join(PATIENCE_SECONDS)
    assert late.sequence == 1
    assert [event.sequence for event in results] == [2]
    events_seal(at=NOON)
    assert history_verify() == []


def test_it_never_skips_a_transaction_that_commits_late(append: Callable[..., Event]) -> None:
    with writing("late") as late:
        early = append("early")  # a later transaction that commits first
        assert events_seal(at=NOON) == 1
        assert events_seal(at=NOON) == 0
        assert sealed_ids() == [str(early.id)]
    assert events_seal(at=NOON) == 1
    assert sealed_ids() == [str(early.id), str(late.id)]
    assert history_verify() == []


def test_it_never_skips_an_event_while_many_write(append: Callable[..., Event]) -> None:
    stop = Signal()
    failures: list[Exception] = []

    def seal() -> None:
        while not stop.is_set():
            events_seal(at=NOON, events_max=7)
        connection.close()

    writers = [Thread(target=_write_much, args=(f"w{number}", failures)) for number in range(4)]
    sealer = Thread(target=seal)
    for thread in [sealer, *writers]:
        thread.start()
    for thread in writers:
        thread.join(60)
    stop.set()
    sealer.join(PATIENCE_SECONDS)
    while events_seal(at=NOON):
        pass
    assert failures == []
    assert Leaf.objects.count() == 4 * 32 * 2
    assert history_verify() == []


def _write_much(name: str, failures: list[Exception]) -> None:
    """Forty transactions of two events each, of which every fifth is rolled back."""
    try:
        for number in range(40):
            with transaction.atomic():
                for subject in (f"{name}-{number % 3}", f"shared-{number % 4}"):
                    event_append(
                        subject_kind="declaration", subject_id=subject, kind="x", body={}, by="dilnoza", at=NOON
                    )
                if number % 5 == 4:
                    transaction.set_rollback(True)
    except Exception as error:
        failures.append(error)
    finally:
        connection.close()


def test_it_lets_one_sealer_work_at_a_time(append: Callable[..., Event]) -> None:
    append("a")
    counts: list[int] = []

    def second() -> None:
        try:
            counts.append(events_seal(at=NOON))
        finally:
            connection.close()

    with transaction.atomic():
        assert events_seal(at=NOON) == 1
        thread = Thread(target=second)
        thread.start()
        thread.join(PATIENCE_SECONDS)
    assert counts == [0]
    assert history_verify() == []


def test_it_seals_in_parts_what_is_too_much_for_one_seal(append: Callable[..., Event]) -> None:
    for number in range(10):
        append("abc"[number % 3])
    assert [events_seal(at=NOON, events_max=4) for _ in range(4)] == [4, 4, 2, 0]
    assert history_verify() == []


def test_it_seals_on_after_a_restore_that_counts_transactions_anew(append: Callable[..., Event]) -> None:
    append("a")
    events_seal(at=NOON)
    append("a")  # committed, not sealed, and saved by the dump
    owner_run(
        "UPDATE audit_sealer SET watermark = '900000000000'",
        "UPDATE audit_event SET xid = (900000000000 + sequence)::text::xid8",
    )
    assert events_seal(at=NOON) == 1
    append("a")
    assert events_seal(at=NOON) == 1
    assert events_seal(at=NOON) == 0
    assert history_verify() == []


def test_it_proves_each_event_from_stored_nodes(append: Callable[..., Event]) -> None:
    with transaction.atomic():
        events = [
            event_append(subject_kind="declaration", subject_id=str(n % 7), kind="x", body={"n": n}, by="d", at=NOON)
            for n in range(700)
        ]
    while events_seal(at=NOON, events_max=300):
        pass
    assert Node.objects.count() == 2
    root, old = root_get(), root_get(1)
    assert root is not None
    assert old is not None
    for event in events[::23]:
        proof = event_prove(event.id)
        assert verify_proof(proof, root) == []
        assert len(proof.path) <= 10
        assert verify_proof(event_prove(event.id, old), old) == []


def test_it_proves_nothing_that_is_not_sealed(append: Callable[..., Event]) -> None:
    event = append("a")
    with pytest.raises(NotSealed):
        event_prove(event.id)
