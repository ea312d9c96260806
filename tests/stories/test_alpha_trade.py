# SPDX-License-Identifier: Apache-2.0
"""Alpha Trade brings household goods; Dilnoza and Farrukh let them in; Rustam proves what was done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connections
from tests.office.declarations.stage import ALPHA, TERMINAL, TUESDAY, Stage, as_xml, item, message, owner_run, rows

from gumruk.law.payments import AccountKind
from gumruk.office.audit.queries import event_list, history_verify, root_get
from gumruk.office.audit.sealing import events_seal
from gumruk.office.declarations import services
from gumruk.office.payments.queries import balance_of, office_balances

NOON = TUESDAY + timedelta(hours=2)


def kinds(stage: Stage, identifier: object) -> list[str]:
    with stage.acting("rustam"):
        return [event.kind for event in event_list(subject_kind="declaration", subject_id=str(identifier))]


def blockers(stage: Stage, identifier: object) -> list[str]:
    return [found["code"] for found in stage.get(identifier).json()["blockers"]]


def test_it_takes_a_declaration_from_the_message_to_the_money_in_the_treasury(committed: Stage) -> None:
    """Too little money at first, a hold that another person lifts, a decision on the code, and then the release."""
    stage = committed
    stage.pay("100000.00", "PO 1")
    answer = stage.post(as_xml(message()))
    stage.deliver()
    identifier = answer.json()["id"]
    file = stage.file(identifier)
    assert (answer.status_code, file.number) == (201, f"{TERMINAL}/151226/000001")
    assert blockers(stage, identifier) == ["REL-4", "REL-4", "REL-4"]

    stage.pay("100000.00", "PO 2", at=TUESDAY)
    assert blockers(stage, identifier) == []

    hold = stage.do("dilnoza", services.hold_place, file, at=NOON, reason="The plates do not say what they are")
    assert blockers(stage, identifier) == ["REL-3"]
    decision = stage.do(
        "dilnoza", services.declaration_decide, file, at=NOON, item=2, kind="code", decided="8450110000",
        grounds="They wash, they do not cool", act="TJ-CC-62-2004",
    )  # fmt: skip
    stage.do("farrukh", services.hold_lift, file, at=NOON, hold=hold, why="Plates and papers agree now")
    stage.do("dilnoza", services.declaration_release, file, at=NOON)

    # 434 563.55 and 359 350.62, both at 5 % now: 21 728.18 + 17 967.53; VAT 14 %: 63 880.84 + 52 824.54; a fee of 700.
    owed = dict(rows("SELECT code, sum(payable) FROM assessment_charge WHERE assessment = 2 GROUP BY code"))
    assert owed == {"2010": Decimal("39695.71"), "5010": Decimal("116705.38"), "1010": Decimal("700.00")}
    with stage.acting("sitora"):
        treasury = [line.money.amount for line in office_balances(TERMINAL) if line.kind is AccountKind.TREASURY]
        assert sum(treasury) == sum(owed.values())
        assert balance_of(ALPHA, "TJS").amount == Decimal("200000.00") - sum(owed.values())
        assert balance_of(ALPHA, "TJS", AccountKind.RESERVED).amount == 0
    assert decision.appeal_until is not None
    assert stage.get(identifier).json()["state"] == "released"
    assert kinds(stage, identifier) == [
        "declaration.lodged",
        "declaration.accept",
        "charges.short",
        "charges.reserved",
        "declaration.held",
        "declaration.decided",
        "declaration.hold_lifted",
        "charges.debited",
        "declaration.release",
    ]


def test_it_proves_afterwards_that_nothing_was_changed(committed: Stage) -> None:
    """Rustam keeps a root outside; the owner of the database changes one word, and he names the event."""
    stage = committed
    stage.pay("200000.00")
    file = stage.lodge()
    stage.do("dilnoza", services.declaration_release, file)
    events_seal(at=NOON)
    root = root_get()
    assert root is not None
    assert history_verify(root) == []

    owner_run(
        "UPDATE audit_event SET body = jsonb_set(body, '{number}', '\"TJ-DYU/151226/000009\"')"
        f" WHERE subject_id = '{file.id}' AND kind = 'declaration.accept'"
    )
    connections["owner"].close()
    found = history_verify(root)
    assert [(one.code, one.params["subject"], one.params["sequence"]) for one in found] == [
        ("AUD-01", f"declaration {file.id}", "2")
    ]


def test_it_mends_what_was_refused_and_sends_it_as_a_new_version(committed: Stage) -> None:
    stage = committed

    def wrong(told: dict[str, Any]) -> None:
        item(told)["commodity"]["item_charge_amount"]["currency"] = "JPY"
        item(told, 1)["commodity"]["goods_measure"]["net_mass"]["value"] = "9999.000"

    refused = stage.post(message(change=wrong))
    assert refused.status_code == 422
    assert {found["code"] for found in refused.json()["findings"]} == {"DEC-11", "DEC-17", "DEC-24"}
    assert all(found["mend"] for found in refused.json()["findings"])
    same_reference = stage.post(message())
    assert (same_reference.status_code, same_reference.json()["id"]) == (409, refused.json()["id"])
    mended = stage.post(message(version_id="2"))
    assert (mended.status_code, mended.json()["number"]) == (201, f"{TERMINAL}/151226/000001")
    events_seal(at=NOON)
    assert history_verify() == []


def test_it_declares_before_the_goods_come_and_pays_the_rate_of_the_day_they_come(committed: Stage) -> None:
    """Lodged on Wednesday 30 December 2026 at 14 %, presented on Monday 4 January 2027 at 13 %."""
    stage = committed
    stage.pay("200000.00")
    wednesday = datetime(2026, 12, 30, 8, 45, tzinfo=UTC)
    monday = datetime(2027, 1, 4, 5, 20, tzinfo=UTC)
    answer = stage.post(message(type_code="IMD"), at=wednesday)
    identifier, foreseen = answer.json()["id"], answer.json()["payable"]
    assert answer.json()["state"] == "preregistered"
    stage.do("dilnoza", services.declaration_present, stage.file(identifier), at=monday)
    stage.deliver()
    stage.do("dilnoza", services.declaration_release, stage.file(identifier), at=monday)
    told = stage.get(identifier).json()
    assert (told["number"], told["state"]) == (answer.json()["number"], "released")
    paid = dict(rows("SELECT code, sum(payable) FROM assessment_charge WHERE assessment = 2 GROUP BY code"))
    assert (foreseen["5010"], paid["5010"]) == ("119294.14", Decimal("111070.91"))
    assert kinds(stage, identifier) == [
        "declaration.lodged",
        "declaration.preregister",
        "declaration.accept",
        "charges.reserved",
        "charges.debited",
        "declaration.release",
    ]
