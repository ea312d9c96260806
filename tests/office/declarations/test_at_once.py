# SPDX-License-Identifier: Apache-2.0
"""Several at the same moment, each on a connection of its own. These tests commit, and the owner wipes them away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from tests.office.declarations.stage import ALPHA, TERMINAL, TUESDAY, Stage, as_xml, counts, item, message, rows

from gumruk.law.payments import AccountKind
from gumruk.office.accounts.permissions import acting
from gumruk.office.audit.moves import MoveLost, MoveRefused
from gumruk.office.audit.queries import history_verify
from gumruk.office.audit.sealing import events_seal
from gumruk.office.declarations import services
from gumruk.office.declarations.lodging import Conflict, declaration_lodge
from gumruk.office.declarations.queries import file_by_id
from gumruk.office.declarations.services import Refused
from gumruk.office.payments.queries import balance_of

THREADS = 6


def at_once(work: Callable[[int], Any], threads: int = THREADS) -> list[Any]:
    """Do the work in threads that begin together; what refuses it is an answer too."""
    together = threading.Barrier(threads)

    def one(place: int) -> Any:
        try:
            together.wait()
            return work(place)
        except (Conflict, Refused, MoveLost, MoveRefused) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))


def lodge(stage: Stage, content: bytes, minutes: int = 0) -> Any:
    with stage.acting("alpha") as by:
        return declaration_lodge(content=content, by=by, at=TUESDAY + timedelta(minutes=minutes))


def test_it_stores_one_message_once_when_it_comes_several_times_at_once(committed: Stage) -> None:
    found = at_once(lambda place: lodge(committed, message(), place))
    assert [one.answer for one in found] == [found[0].answer] * THREADS
    assert sorted(one.repeated for one in found) == [False] + [True] * (THREADS - 1)
    tables = ("declarations_message", "declarations_file", "declarations_version", "declarations_number")
    assert counts(*tables) == dict.fromkeys(tables, 1)
    assert rows("SELECT last FROM declarations_serial") == [(1,)]


def test_it_answers_two_programs_the_same_when_they_send_one_message_at_once(committed: Stage) -> None:
    committed.set_clock(TUESDAY)
    clients = [committed.client("alpha") for _ in range(4)]
    answers = at_once(
        lambda place: clients[place].post("/api/v1/declarations", message(), content_type="application/json"), 4
    )
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert counts("declarations_file") == {"declarations_file": 1}


def test_it_takes_one_of_two_contents_under_one_reference(committed: Stage) -> None:
    def send(place: int) -> Any:
        words = f"Washing machines of model {place}"
        return lodge(committed, message(change=lambda told: item(told)["commodity"].update(description=words)))

    found = at_once(send)
    assert found.count(Conflict) == THREADS - 1
    assert counts("declarations_file", "declarations_message") == {"declarations_file": 1, "declarations_message": 1}


def test_it_numbers_a_posts_declarations_without_gap_or_double(committed: Stage) -> None:
    """Half are refused and get none; every other is preregistered."""

    def send(place: int) -> Any:
        told = [
            lodge(committed, message(f"A-{place}", type_code="IMD" if place % 2 else "IMA")),
            lodge(committed, message(f"R-{place}", function_code="1")),
            lodge(committed, message(f"B-{place}")),
        ]
        return [one.answer["number"] for one in told]

    numbers = [number for answers in at_once(send) for number in answers]
    given = sorted(number for number in numbers if number is not None)
    assert numbers.count(None) == THREADS
    assert given == [f"{TERMINAL}/151226/{serial:06}" for serial in range(1, 2 * THREADS + 1)]
    assert sorted(number for (number,) in rows("SELECT number FROM declarations_file WHERE number <> ''")) == given


def test_it_gives_back_the_serial_of_what_was_rolled_back(committed: Stage) -> None:
    with transaction.atomic():
        lodge(committed, message("A-1"))
        transaction.set_rollback(True)
    assert lodge(committed, message("A-2")).answer["number"].endswith("/000001")


def test_it_counts_each_post_and_day_by_itself(committed: Stage) -> None:
    numbers = [
        lodge(committed, message(f"A-{place}", declaration_office_id=office), 24 * 60 * later).answer["number"]
        for place, (office, later) in enumerate([(TERMINAL, 0), ("TJ-KUL", 0), (TERMINAL, 1), (TERMINAL, 0)])
    ]
    assert numbers == [
        f"{TERMINAL}/151226/000001", "TJ-KUL/151226/000001", f"{TERMINAL}/161226/000001", f"{TERMINAL}/151226/000002",
    ]  # fmt: skip


def test_it_releases_once_when_two_officers_do_it_at_once(committed: Stage) -> None:
    committed.pay("200000")
    file = committed.lodge()
    found = at_once(lambda place: committed.do(["dilnoza", "farrukh"][place], services.declaration_release, file), 2)
    assert sum(one is Refused for one in found) == 1
    assert counts("declarations_decision") == {"declarations_decision": 1}
    with committed.acting("sitora"):
        assert balance_of(ALPHA, "TJS").amount == Decimal(200000) - Decimal("177584.08")


def test_it_either_holds_or_releases_when_both_come_at_once(committed: Stage) -> None:
    committed.pay("200000")
    file = committed.lodge()
    doings = (
        lambda: committed.do("dilnoza", services.declaration_release, file),
        lambda: committed.do("farrukh", services.hold_place, file, reason="to be weighed"),
    )
    found = at_once(lambda place: doings[place](), 2)
    held, released = counts("declarations_hold")["declarations_hold"], committed.file(file.id).state == "released"
    assert found.count(Refused) == 1
    assert (held, released) in {(1, False), (0, True)}


def test_it_numbers_decisions_and_assessments_one_after_the_other(committed: Stage) -> None:
    committed.pay("200000")
    file = committed.lodge()
    words = {"kind": "origin", "grounds": "plate", "act": "", "item": 1}
    at_once(lambda place: committed.do("dilnoza", services.declaration_decide, file, decided="TR", **words), 4)
    assert rows("SELECT number FROM declarations_decision ORDER BY 1") == [(1,), (2,), (3,), (4,)]
    charges = rows("SELECT assessment, count(*) FROM assessment_charge GROUP BY 1 ORDER BY 1")
    assert [assessment for assessment, _ in charges] == [1, 2, 3, 4, 5]
    assert len({count for _, count in charges}) == 1
    assert committed.file(file.id).assessment == 5


def test_it_keeps_no_money_when_a_file_is_withdrawn_while_it_is_settled(committed: Stage) -> None:
    committed.pay("200000")
    with committed.acting("alpha") as by:
        file_id = declaration_lodge(content=message(), by=by, at=TUESDAY).file
    doings = (committed.deliver, lambda: committed.do("alpha", services.declaration_withdraw, file, why="sold"))
    file = committed.file(file_id)
    at_once(lambda place: doings[place](), 2)
    committed.deliver()
    assert committed.file(file.id).state == "withdrawn"
    with committed.acting("sitora"):
        assert balance_of(ALPHA, "TJS").amount == 200000
        assert balance_of(ALPHA, "TJS", AccountKind.RESERVED).amount == 0


def test_it_never_waits_in_a_circle(committed: Stage) -> None:
    """Money comes in for files that are being withdrawn, refused and decided upon at the same moment."""
    files = [committed.lodge(message(f"A-{place}")) for place in range(4)]
    words = {"item": 2, "kind": "code", "decided": "8450110000", "grounds": "no compressor", "act": ""}
    doings = (
        lambda: committed.pay("800000", "PO 1", at=TUESDAY),
        lambda: committed.pay("800000", "PO 2", at=TUESDAY),
        lambda: committed.do("alpha", services.declaration_withdraw, files[0], why="sold"),
        lambda: committed.do("dilnoza", services.release_refuse, files[1], grounds="no papers", act=""),
        lambda: committed.do("dilnoza", services.declaration_decide, files[2], **words),
        lambda: committed.do("farrukh", services.declaration_invalidate, files[3], why="in error"),
    )
    at_once(lambda place: doings[place]())
    committed.deliver()
    states = [committed.file(file.id).state for file in files]
    assert states == ["withdrawn", "release_refused", "accepted", "invalidated"]
    (owed,) = rows("SELECT sum(payable) FROM assessment_charge WHERE assessment = 2")[0]
    with committed.acting("sitora"):
        assert balance_of(ALPHA, "TJS", AccountKind.RESERVED).amount == owed
        assert balance_of(ALPHA, "TJS").amount == Decimal(1_600_000) - owed


def test_it_tells_each_change_in_the_transaction_that_makes_it(committed: Stage) -> None:
    """Whatever is rolled back takes its events along; what stays has each of its events."""
    committed.pay("200000")
    file = committed.lodge(as_xml(message()))
    before = counts("audit_event", "audit_subject", "declarations_hold", "declarations_decision", "ledger_posting")
    for service, words in (
        (services.hold_place, {"reason": "to be weighed"}),
        (services.declaration_decide, {"item": 1, "kind": "origin", "decided": "TR", "grounds": "plate", "act": ""}),
        (services.declaration_release, {}),
        (services.release_refuse, {"grounds": "no papers", "act": ""}),
    ):
        with acting(committed.actor("dilnoza")) as by:
            held = file_by_id(file.id)
            service(file=held, by=by, at=TUESDAY, **words)
            assert counts("audit_event")["audit_event"] > before["audit_event"]
            transaction.set_rollback(True)
        assert counts(*before) == before
        assert committed.file(file.id).state == "accepted"
    events_seal(at=TUESDAY)
    assert history_verify() == []
