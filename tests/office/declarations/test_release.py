# SPDX-License-Identifier: Apache-2.0
"""From acceptance to release: money set aside, blockers named, decisions, holds, and what gives the money back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.office.declarations.stage import ALPHA, TERMINAL, TUESDAY, Stage, counts, item, message, rows

from gumruk.law.declarations import State
from gumruk.law.declarations.states import MOVES, Event
from gumruk.law.kernel import Finding
from gumruk.law.payments import AccountKind
from gumruk.office.audit.moves import MoveRefused
from gumruk.office.audit.queries import event_list
from gumruk.office.declarations import services
from gumruk.office.declarations.actions import actions_for
from gumruk.office.declarations.models import Decision, File, Hold
from gumruk.office.declarations.papers import kinds_of
from gumruk.office.declarations.queries import explained, release_blockers
from gumruk.office.declarations.services import Refused
from gumruk.office.payments.queries import balance_of, office_balances, settlement_of
from gumruk.office.payments.services import mandate_give

# 570 000 CNY and 40 140 for carriage at 1.3012: 793 914.17. Duty 5 % of 434 563.55 and 10 % of 359 350.62, VAT 14 %,
# and a fee of 700.
DUE = Decimal("177584.08")


def blockers(stage: Stage, file: File) -> list[Finding]:
    with stage.acting("dilnoza"):
        return list(release_blockers(stage.file(file.id)))


def advance(stage: Stage, kind: AccountKind = AccountKind.ADVANCE) -> Decimal:
    with stage.acting("sitora"):
        return balance_of(ALPHA, "TJS", kind).amount


def refused(stage: Stage, service: Any, file: File, login: str = "dilnoza", **words: Any) -> list[tuple[str, str]]:
    """The findings that refuse it; nothing may have been written."""
    before, events = counts(), counts("declarations_decision", "ledger_posting", "declarations_hold")
    with pytest.raises(Refused) as refusal:
        stage.do(login, service, file, **words)
    assert (counts(), counts(*events)) == (before, events)
    return [(found.code, found.path) for found in refusal.value.findings]


def kinds(stage: Stage, file: File) -> list[str]:
    with stage.acting("rustam"):
        return [event.kind for event in event_list(subject_kind="declaration", subject_id=file.id)]


def test_it_sets_aside_what_is_owed_at_acceptance(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    assert blockers(stage, file) == []
    assert (advance(stage), advance(stage, AccountKind.RESERVED)) == (Decimal(300000) - DUE, DUE)
    assert kinds(stage, file) == ["declaration.lodged", "declaration.accept", "charges.reserved"]


def test_it_releases_and_the_treasury_holds_the_sum_by_budget_code(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    decision = stage.do("dilnoza", services.declaration_release, file, at=TUESDAY + timedelta(hours=1))
    released = stage.file(file.id)
    assert (released.state, released.released_at) == ("released", TUESDAY + timedelta(hours=1))
    assert (decision.number, decision.kind, decision.actor) == (1, "release", stage.actor("dilnoza").id)
    with stage.acting("sitora"):
        treasury = {
            line.budget_code: line.money.amount for line in office_balances(TERMINAL) if line.kind.value == "treasury"
        }
        settlement = settlement_of("declaration", str(file.id))
    owed = rows("SELECT budget_code, sum(payable) FROM assessment_charge GROUP BY 1")
    assert treasury == dict(owed)
    assert sum(treasury.values()) == DUE
    assert settlement is not None and settlement.word == "settled"
    assert (advance(stage), advance(stage, AccountKind.RESERVED)) == (Decimal(300000) - DUE, 0)
    assert kinds(stage, file)[-2:] == ["charges.debited", "declaration.release"]


def test_it_refuses_release_and_names_each_blocker(stage: Stage) -> None:
    stage.pay("1000")
    file = stage.lodge()
    stage.do("dilnoza", services.hold_place, file, reason="to be weighed")
    stage.do("dilnoza", services.hold_place, file, reason="to be opened")
    assert refused(stage, services.declaration_release, file) == [
        ("REL-3", "holds[0]"),
        ("REL-3", "holds[1]"),
        ("REL-4", "charges[2010]"),
        ("REL-4", "charges[5010]"),
        ("REL-4", "charges[1010]"),
    ]
    assert stage.file(file.id).state == "accepted"


def test_it_names_what_is_missing_of_each_charge(stage: Stage) -> None:
    file = stage.lodge()
    missing = {found.params["charge"]: Decimal(found.params["missing"]) for found in blockers(stage, file)}
    assert missing == dict(rows("SELECT code, sum(payable) FROM assessment_charge GROUP BY 1"))


def test_it_does_not_release_goods_that_are_not_here(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge(message(type_code="IMD"))
    assert refused(stage, services.declaration_release, file)[:2] == [("REL-1", ""), ("REL-2", "")]


def test_it_releases_as_soon_as_the_money_comes(stage: Stage) -> None:
    file = stage.lodge()
    stage.pay("300000", at=TUESDAY)
    assert blockers(stage, file) == []
    stage.do("dilnoza", services.declaration_release, file)
    assert stage.file(file.id).state == "released"


def test_it_releases_once(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    stage.do("dilnoza", services.declaration_release, file)
    assert refused(stage, services.declaration_release, file) == [("REL-1", "")]
    assert advance(stage) == Decimal(300000) - DUE


def test_it_stops_the_goods_while_a_hold_stands_which_another_person_lifts(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    hold: Hold = stage.do("farrukh", services.hold_place, file, reason="seals are to be compared")
    assert refused(stage, services.declaration_release, file) == [("REL-3", "holds[0]")]
    with pytest.raises(PermissionError, match="another person"):
        stage.do("farrukh", services.hold_lift, file, hold=hold, why="I looked")
    assert [found.code for found in blockers(stage, file)] == ["REL-3"]
    stage.do("dilnoza", services.hold_lift, file, hold=hold, why="the seals are whole")
    stage.do("dilnoza", services.hold_lift, file, hold=hold, why="once more")
    assert blockers(stage, file) == []
    assert kinds(stage, file)[-2:] == ["declaration.held", "declaration.hold_lifted"]


def test_it_lifts_a_hold_of_its_own_file_only(stage: Stage) -> None:
    file, other = stage.lodge(), stage.lodge(message("ATR-2"))
    hold = stage.do("dilnoza", services.hold_place, file, reason="to be weighed")
    stage.do("farrukh", services.hold_lift, other, hold=hold, why="another file's")
    assert "REL-3" in [found.code for found in blockers(stage, file)]


def test_it_holds_nothing_that_is_gone(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    stage.do("dilnoza", services.declaration_release, file)
    assert refused(stage, services.hold_place, file, reason="too late") == [("REL-1", "")]


def test_it_computes_and_sets_aside_anew_what_a_decision_changes(stage: Stage) -> None:
    """Refrigerators (10 %) turn out to be washing machines (5 %): the difference goes back to the payer."""
    stage.pay("300000")
    file = stage.lodge()
    words = {"item": 2, "kind": "code", "grounds": "no compressor", "act": "TJ-CC-62-2004"}
    decision: Decision = stage.do("dilnoza", services.declaration_decide, file, decided="8450 11 000 0", **words)
    assert (decision.declared, decision.decided) == ("8418101000", "8450110000")
    assert (decision.number, decision.kind, decision.path) == (1, "code", "items[1].code")
    assert decision.appeal_until is not None and decision.appeal_body
    cheaper = rows("SELECT sum(payable) FROM assessment_charge WHERE assessment = 2")[0][0]
    assert cheaper < DUE
    assert (advance(stage), advance(stage, AccountKind.RESERVED)) == (Decimal(300000) - cheaper, cheaper)
    dearer = stage.do("dilnoza", services.declaration_decide, file, decided="8418101000", **words)
    assert (dearer.number, dearer.declared) == (2, "8450110000")
    assert (advance(stage), advance(stage, AccountKind.RESERVED)) == (Decimal(300000) - DUE, DUE)
    assert stage.file(file.id).assessment == 3
    with stage.acting("rustam"):
        assert explained(stage.file(file.id)).total() == DUE


def test_it_asks_for_more_where_a_decision_costs_more_than_there_is(stage: Stage) -> None:
    stage.pay(str(DUE))
    file = stage.lodge()
    assert blockers(stage, file) == []
    stage.do(
        "dilnoza", services.declaration_decide, file, item=1, kind="code", decided="8418101000", grounds="cools", act=""
    )
    missing = {found.params["charge"]: Decimal(found.params["missing"]) for found in blockers(stage, file)}
    assert set(missing) == {"2010", "5010"}
    assert advance(stage, AccountKind.RESERVED) == DUE
    stage.pay(str(sum(missing.values())), "PO 2", at=TUESDAY)
    assert blockers(stage, file) == []


def test_it_decides_another_customs_value_and_tells_so_in_the_steps(stage: Stage) -> None:
    file = stage.lodge()
    with stage.acting("dilnoza"):
        before = explained(file).items[0].customs_value.amount
    words = {"item": 1, "kind": "customs_value", "grounds": "identical goods cost more", "act": "TJ-CC-62-2004"}
    decision = stage.do("dilnoza", services.declaration_decide, file, decided="500000", **words)
    assert (decision.declared, decision.decided) == (f"{before}", "500000.00")
    with stage.acting("rustam"):
        assessed = explained(stage.file(file.id))
    assert assessed.items[0].customs_value.amount == Decimal("500000.00")
    assert [step.code for step in assessed.items[0].steps][-1] == "valuation.decided"
    assert assessed.lines[0].base == Decimal("500000.00")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"kind": "value", "decided": "1"}, ValueError),
        ({"kind": "customs_value", "decided": "0"}, ValueError),
        ({"kind": "customs_value", "decided": "1.001"}, ValueError),
        ({"kind": "customs_value", "decided": "NaN"}, ValueError),
        ({"kind": "customs_value", "decided": "1E40"}, ValueError),
        ({"kind": "code", "decided": "no code"}, ValueError),
        ({"kind": "code", "decided": "8418"}, ValueError),
        ({"kind": "code", "decided": "999999"}, ValueError),
        ({"kind": "origin", "decided": "XX"}, ValueError),
        ({"kind": "code", "decided": "8418101000", "item": 3}, IndexError),
    ],
)
def test_it_decides_nothing_that_cannot_be(stage: Stage, words: dict[str, Any], error: type[Exception]) -> None:
    file = stage.lodge()
    before = counts("declarations_decision", "assessment_charge", "audit_event")
    with pytest.raises(error):
        stage.do("dilnoza", services.declaration_decide, file, **{"item": 1, "grounds": "", "act": "", **words})
    assert counts(*before) == before


def test_it_decides_only_on_accepted_files(stage: Stage) -> None:
    file = stage.lodge(message(type_code="IMD"))
    words = {"item": 1, "kind": "origin", "decided": "TR", "grounds": "plate", "act": ""}
    assert refused(stage, services.declaration_decide, file, **words) == [("REL-1", "")]


@pytest.mark.parametrize(
    ("login", "service", "words", "state"),
    [
        ("dilnoza", services.release_refuse, {"grounds": "forty too many", "act": "TJ-CC-62-2004"}, "release_refused"),
        ("alpha", services.declaration_withdraw, {"why": "sold on the way"}, "withdrawn"),
        ("farrukh", services.declaration_invalidate, {"why": "lodged in error"}, "invalidated"),
    ],
)  # fmt: skip
def test_it_gives_the_money_back_where_the_goods_are_not_released(
    stage: Stage, login: str, service: Any, words: dict[str, str], state: str
) -> None:
    stage.pay("300000")
    file = stage.lodge()
    assert advance(stage, AccountKind.RESERVED) == DUE
    stage.do(login, service, file, **words)
    assert stage.file(file.id).state == state
    assert (advance(stage), advance(stage, AccountKind.RESERVED)) == (Decimal(300000), 0)
    stage.pay("5", "PO 2", at=TUESDAY)
    stage.do("dilnoza", services.charges_settle, file)
    assert advance(stage, AccountKind.RESERVED) == 0
    assert [found[0] for found in refused(stage, services.declaration_release, file)] == ["REL-1"]


def test_it_tells_where_and_until_when_a_refusal_can_be_appealed(stage: Stage) -> None:
    file = stage.lodge()
    decision = stage.do("dilnoza", services.release_refuse, file, grounds="no papers", act="TJ-CC-62-2004")
    assert (decision.kind, decision.act, decision.appeal_until) == (
        "release_refusal", "TJ-CC-62-2004", TUESDAY.date() + timedelta(days=30),
    )  # fmt: skip


def test_it_releases_an_export_that_owes_its_fee_only(stage: Stage) -> None:
    from gumruk import demonstration

    content = demonstration.sample_path("apricots.xml").read_bytes()
    content = content.replace(b"050018236", ALPHA.encode()).replace(b"TJ-PAT", TERMINAL.encode())
    stage.pay("5000")
    file = stage.lodge(content)
    assert [row[0] for row in rows("SELECT code FROM assessment_charge WHERE payable > 0")] == ["1010"]
    stage.do("dilnoza", services.declaration_release, file)
    assert stage.file(file.id).state == "released"


def test_it_does_not_release_what_must_be_secured(stage: Stage) -> None:
    """Inward processing: nothing is payable but the fee, and all the rest needs a security."""
    stage.pay("300000")

    def inward(told: dict[str, Any]) -> None:
        for place in (0, 1):
            item(told, place)["government_procedures"][0]["current_code"] = "51"
        told["authorisation_holders"] = [{"id": ALPHA, "category_code": "IPO"}]

    file = stage.lodge(message(change=inward))
    found = {(one.code, one.params["charge"], one.params["missing"]) for one in blockers(stage, file)}
    assert found == {("REL-7", "2010", "57663.24"), ("REL-7", "5010", "119220.84")}
    assert advance(stage, AccountKind.RESERVED) == 700


def test_it_collects_nothing_in_production_and_says_on_which_values(stage: Stage, settings: Any) -> None:
    stage.pay("300000")
    file = stage.lodge()
    settings.GUMRUK_TRAINING = False
    found = refused(stage, services.declaration_release, file)
    assert {code for code, _ in found} == {"REL-6"}
    assert {"values:vat.rate", "values:rounding.customs_value", "charges:2010", "budget:vat", "exchange_rates:CNY"} <= {
        path for _, path in found
    }
    assert [line.paid.amount for line in _settled(stage, file)] == [0, 0, 0]
    assert stage.file(file.id).state == "accepted"


def test_it_registers_in_production_and_collects_nothing_on_law_that_is_training_only(
    stage: Stage, settings: Any
) -> None:
    """The pack's posts, rates and roundings are for training: not the declarant's fault, so he is not refused."""
    settings.GUMRUK_TRAINING = False
    answer = _lodged(stage, message(change=_undated))
    assert answer.status_code == 201, answer.json()
    told = {(found["code"], found["severity"]) for found in answer.json()["findings"]}
    assert {("VAL-1", "warning"), ("VAL-2", "warning")} <= told
    file = File.objects.get(number=answer.json()["number"])
    found = refused(stage, services.declaration_release, file)
    assert {code for code, _ in found} == {"REL-6", "REL-10"}
    assert {"exchange_rates:CNY", "values:rounding.customs_value"} <= {path for _, path in found}
    told = stage.client("dilnoza").get(f"/declarations/{file.id}/").content.decode()
    assert "No charge can be computed yet" in told and ">0.00<" not in told
    assert "charges" not in kinds_of(file)


def test_it_refuses_in_production_an_office_and_a_currency_that_no_law_names(stage: Stage, settings: Any) -> None:
    settings.GUMRUK_TRAINING = False
    sent = message(declaration_office_id="TJ-NOT", change=_undated).replace(b'"CNY"', b'"XTS"')
    answer = _lodged(stage, sent)
    assert answer.status_code == 422
    assert {"DEC-5", "DEC-24"} <= {found["code"] for found in answer.json()["findings"]}


def _undated(told: dict[str, Any]) -> None:
    """Without the invoice of next month: production has today's clock."""
    told["goods_shipment"]["invoices"] = []


def _lodged(stage: Stage, content: bytes) -> Any:
    return stage.client("alpha").post("/api/v1/declarations", content, content_type="application/json")


def _settled(stage: Stage, file: File) -> Any:
    with stage.acting("sitora"):
        settlement = settlement_of("declaration", str(file.id))
    assert settlement is not None
    return settlement.charges


DONE: dict[Event, tuple[str, Any, dict[str, str]]] = {
    Event.ACCEPT: ("dilnoza", services.declaration_present, {}),
    Event.REFUSE_RELEASE: ("dilnoza", services.release_refuse, {"grounds": "no papers", "act": ""}),
    Event.WITHDRAW: ("alpha", services.declaration_withdraw, {"why": "sold"}),
    Event.INVALIDATE: ("farrukh", services.declaration_invalidate, {"why": "in error"}),
}


@pytest.mark.parametrize("state", [state for state in State if state not in (State.DRAFT, State.LODGED)])
@pytest.mark.parametrize("event", list(DONE))
def test_it_moves_a_file_as_the_table_says_and_in_no_other_way(stage: Stage, state: State, event: Event) -> None:
    file = stage.lodge(message(type_code="IMD"))
    with stage.acting("rustam"):
        File.objects.filter(id=file.id).update(state=state, accepted_at=TUESDAY, presented_at=TUESDAY)
    login, service, words = DONE[event]
    before = counts("audit_event", "declarations_decision", "assessment_charge")
    if (state, event) in MOVES:
        stage.do(login, service, file, **words)
        assert stage.file(file.id).state == MOVES[state, event]
        assert counts("audit_event")["audit_event"] > before["audit_event"]
    else:
        with pytest.raises(MoveRefused):
            stage.do(login, service, file, **words)
        assert stage.file(file.id).state == state
        assert counts(*before) == before


def test_it_spends_nobodys_advance_without_his_mandate(stage: Stage) -> None:
    """Zed Ltd names Alpha Trade importer, who has money: nothing is reserved and nothing released until it agrees."""
    stage.pay("300000")
    file = stage.lodge(message(declarant={"id": "020067890", "name": "Zed Ltd"}), by="zed")
    assert (file.payer, file.sender) == (ALPHA, "020067890")
    assert advance(stage, AccountKind.RESERVED) == 0
    assert "PAY-24" in [code for code, _ in refused(stage, services.declaration_release, file)]
    assert advance(stage) == Decimal(300000)
    with stage.acting("alpha") as by:
        mandate_give(
            payer_id=ALPHA, agent_id="020067890", since=TUESDAY.date(), until=None, currency="TJS", by=by, at=TUESDAY
        )
    stage.deliver()
    assert advance(stage, AccountKind.RESERVED) == DUE
    stage.do("dilnoza", services.declaration_release, file)
    assert stage.file(file.id).state == "released"


def test_it_makes_nothing_void_whose_charges_are_debited(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    stage.do("dilnoza", services.declaration_release, file)
    with stage.acting("farrukh") as by, pytest.raises(Refused) as invalidated:
        services.declaration_invalidate(file=stage.file(file.id), why="in error", by=by, at=TUESDAY)
    (found,) = invalidated.value.findings
    assert (found.code, found.params["amount"], found.act) == (
        "PAY-23", "177584.08", "Kyoto Convention, General Annex, standard 4.18",
    )  # fmt: skip
    assert stage.file(file.id).state == "released"
    assert "charges.released" not in kinds(stage, file)
    with stage.acting("farrukh") as by:
        assert "invalidate" not in [action.name for action in actions_for(stage.file(file.id), by)]


def test_it_tells_of_freed_money_only_where_money_was_reserved(stage: Stage) -> None:
    file = stage.lodge()
    stage.do("farrukh", services.declaration_invalidate, file, why="in error")
    assert stage.file(file.id).state == "invalidated"
    assert "charges.released" not in kinds(stage, file)
