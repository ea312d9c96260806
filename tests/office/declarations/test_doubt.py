# SPDX-License-Identifier: Apache-2.0
"""Dilnoza doubts a declared value: Alpha Trade explains, only the difference is secured, then the value is decided."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.office.declarations.stage import ALPHA, KULMA, TUESDAY, ZED, Stage, message
from tests.office.declarations.test_pages import page, shown
from tests.office.declarations.test_pages_deciding import send

from gumruk.law.kernel import Money
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.payments import AccountKind
from gumruk.law.valuation import ValueRecord
from gumruk.office.accounts.permissions import GUMRUK, acting
from gumruk.office.assessment.queries import charges_of
from gumruk.office.declarations import services
from gumruk.office.declarations.doubts import doubts_of
from gumruk.office.declarations.models import Decision, File
from gumruk.office.declarations.queries import explained, release_blockers
from gumruk.office.lawbook.queries import running_law
from gumruk.office.payments.queries import balance_of, settlement_of
from gumruk.office.project.wiring import facts_differing

AFTER = datetime(2026, 12, 30, 5, tzinfo=UTC)
UNTIL = "2026-12-29"
ACT = "TJ-CC-62-2004"
ENOUGH = "900000"


def declared_value(stage: Stage, file: File, item: int = 1) -> Decimal:
    with acting(GUMRUK):
        return explained(stage.file(file.id)).items[item - 1].customs_value.amount


def payable(stage: Stage, file: File) -> Decimal:
    standing = stage.file(file.id)
    with acting(GUMRUK):
        charges = charges_of(file.id, standing.assessment)
    return sum((charge.payable for charge in charges if charge.payable is not None), Decimal(0))


def doubt(stage: Stage, file: File, more: str = "100000", **words: Any) -> Decision:
    given = {
        "likely": declared_value(stage, file) + Decimal(more),
        "answer_until": datetime.fromisoformat(UNTIL).date(),
    }
    given |= {"item": 1, "grounds": "Half of what others paid", "act": ACT, **words}
    found: Decision = stage.do("dilnoza", services.value_doubt, file, **given)
    return found


def decide(stage: Stage, file: File, more: str, at: datetime = AFTER, **words: Any) -> Decision:
    record = ValueRecord(3, {1: "doubt_remains", 2: "no_comparable"}, {5: Decimal("400000")})
    given = {"decided": f"{declared_value(stage, file) + Decimal(more):f}", "record": record, **words}
    found: Decision = stage.do(
        "dilnoza", services.declaration_decide, file, at=at, item=1, kind="customs_value", grounds="Similar goods",
        act=ACT, **given,
    )  # fmt: skip
    return found


def held(kind: AccountKind) -> Decimal:
    with acting(GUMRUK):
        return balance_of(ALPHA, "TJS", kind).amount


def proved() -> list[Any]:
    with acting(GUMRUK):
        return list(facts_differing())


def test_it_secures_the_difference_and_nothing_else(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    before, free = payable(stage, file), held(AccountKind.ADVANCE)
    doubt(stage, file)
    # 5 % duty on 100 000 more is 5 000; 14 % VAT on 105 000 is 14 700
    assert held(AccountKind.SECURITY) == Decimal("19700.00")
    assert held(AccountKind.ADVANCE) == free - Decimal("19700.00")
    assert payable(stage, file) == before
    stage.do("dilnoza", services.declaration_release, file)
    assert stage.file(file.id).state == "released"
    assert held(AccountKind.SECURITY) == Decimal("19700.00")
    assert proved() == []


def test_it_keeps_the_goods_until_the_difference_is_secured_and_takes_it_when_money_comes(stage: Stage) -> None:
    file = stage.lodge()
    stage.pay(f"{payable(stage, file):f}", "PO 1")
    doubt(stage, file)
    with acting(GUMRUK):
        codes = [found.code for found in release_blockers(stage.file(file.id))]
    assert set(codes) == {"REL-7"}
    with pytest.raises(services.Refused, match="REL-7"):
        stage.do("dilnoza", services.declaration_release, file)
    stage.pay("19699.99", "PO 2")
    assert held(AccountKind.SECURITY) == 0, "half a security would hold money that cannot release the goods"
    stage.pay("0.01", "PO 3")
    assert held(AccountKind.SECURITY) == Decimal("19700.00")
    stage.do("dilnoza", services.declaration_release, file)
    assert proved() == []


def test_it_pays_what_is_owed_from_the_security_when_the_value_is_decided_after_release(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    stage.do("dilnoza", services.declaration_release, file)
    paid, free = payable(stage, file), held(AccountKind.ADVANCE)
    decide(stage, file, "60000")  # duty 3 000, VAT 8 820: 11 820 of the 19 700
    assert payable(stage, file) == paid + Decimal("11820.00")
    assert held(AccountKind.SECURITY) == 0
    assert held(AccountKind.ADVANCE) == free + Decimal("7880.00")
    with acting(GUMRUK):
        stands = settlement_of("declaration", str(file.id))
    assert stands is not None and stands.is_paid and not stands.missing
    assert sum((line.paid for line in stands.charges), Money.zero("TJS")).amount == payable(stage, file)
    assert proved() == []


def test_it_takes_what_the_security_does_not_cover_from_the_advance(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    stage.do("dilnoza", services.declaration_release, file)
    free = held(AccountKind.ADVANCE)
    decide(stage, file, "200000")  # 39 400: twice the security
    assert held(AccountKind.SECURITY) == 0
    assert held(AccountKind.ADVANCE) == free - Decimal("19700.00")
    with acting(GUMRUK):
        stands = settlement_of("declaration", str(file.id))
    assert stands is not None and stands.is_paid
    assert proved() == []


def test_it_gives_the_security_back_when_the_declared_value_is_accepted(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    free = held(AccountKind.ADVANCE)
    doubt(stage, file)
    stage.do("alpha", services.value_explain, file, item=1, why="The contract of 3 March names this price")
    stage.do("dilnoza", services.value_accept, file, item=1, grounds="The contract shows it", act=ACT)
    assert (held(AccountKind.SECURITY), held(AccountKind.ADVANCE)) == (0, free)
    stage.do("dilnoza", services.declaration_release, file)
    assert proved() == []


def test_it_gives_the_security_back_when_the_declaration_is_withdrawn(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    stage.do("alpha", services.declaration_withdraw, file, why="Sent back")
    assert (held(AccountKind.SECURITY), held(AccountKind.ADVANCE)) == (0, Decimal(ENOUGH))


def test_it_decides_nothing_before_the_declarant_answered_or_his_day_passed(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    with pytest.raises(services.Refused, match="VAL-14"):
        decide(stage, file, "60000", at=TUESDAY)
    stage.do("alpha", services.value_explain, file, item=1, why="It was a sale of old stock")
    with pytest.raises(services.Refused, match="VAL-17"):
        stage.do("alpha", services.value_explain, file, item=1, why="Once more")
    decide(stage, file, "60000", at=TUESDAY)
    assert held(AccountKind.SECURITY) == 0
    with stage.acting("dilnoza"):
        [told] = doubts_of(stage.file(file.id))
    assert told.explanation == "It was a sale of old stock" and told.closed is not None


def test_it_refuses_a_doubt_that_cannot_be(stage: Stage) -> None:
    file = stage.lodge()
    with pytest.raises(services.Refused, match="VAL-15"):
        doubt(stage, file, more="0")
    with pytest.raises(services.Refused, match="VAL-16"):
        doubt(stage, file, answer_until=TUESDAY.date())
    doubt(stage, file)
    with pytest.raises(services.Refused, match="VAL-13"):
        doubt(stage, file)
    early = stage.lodge(message("ATR-2", type_code="IMD"))
    with pytest.raises(services.Refused, match="REL-1"):
        doubt(stage, early)


def test_it_asks_for_an_explanation_within_twelve_months(stage: Stage) -> None:
    file = stage.lodge()
    with pytest.raises(services.Refused, match="VAL-18"):
        doubt(stage, file, answer_until=date(2027, 12, 16))
    assert doubt(stage, file, answer_until=date(2027, 12, 15)).record["answer_until"] == "2027-12-15"


def test_it_asks_within_the_days_that_the_law_states(stage: Stage) -> None:
    file = stage.lodge()
    days = Entry("values", "valuation.answer_days", {"value": 60, "type": "integer"}, status=Status.TRAINING)
    stage.publish(LawBook("TJ", [*running_law().entries, days]), at=TUESDAY)
    with pytest.raises(services.Refused, match="VAL-18"):
        doubt(stage, file, answer_until=date(2027, 2, 14))
    assert doubt(stage, file, answer_until=date(2027, 2, 13)).kind == "value_doubt"


def test_it_shows_until_when_an_explanation_may_be_asked_for(stage: Stage) -> None:
    file = stage.lodge()
    likely = f"{declared_value(stage, file) + 100000:f}"
    words = {"item": "1", "likely": likely, "answer_until": "2206-12-29", "grounds": "Half of it", "act": ACT}
    refused = send(stage, "dilnoza", file, "doubt", **words)
    assert refused.status_code == 409
    assert "an explanation may be asked for until 15 Dec 2027" in shown(refused).replace("\xa0", " ")


def test_it_takes_no_security_of_a_payer_who_has_not_agreed_that_his_declarant_uses_his_money(stage: Stage) -> None:
    def for_zed(told: dict[str, Any]) -> None:
        told["goods_shipment"]["importer"] |= {"id": ZED, "name": "Zed Ltd"}

    stage.pay(ENOUGH, payer=ZED)
    file = stage.lodge(message(change=for_zed))
    assert (file.payer, file.sender) == (ZED, ALPHA)
    doubt(stage, file)
    with acting(GUMRUK):
        assert balance_of(ZED, "TJS", AccountKind.SECURITY).amount == 0
        codes = {found.code for found in release_blockers(stage.file(file.id))}
    assert {"REL-7", "PAY-24"} <= codes


def test_it_reads_as_a_conversation_on_the_page_of_the_file(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    address = f"/declarations/{file.id}/"
    likely = f"{declared_value(stage, file) + 100000:f}"
    words = {"item": "1", "likely": likely, "answer_until": UNTIL, "grounds": "Half of what others paid", "act": ACT}
    assert send(stage, "dilnoza", file, "doubt", **words).status_code == 302
    asked = shown(page(stage, "alpha", address))
    for told in ("is doubted: explain it until 29", "Half of what others paid", "19 700.00 TJS, held", "none yet"):
        assert told in asked, told
    assert send(stage, "alpha", file, "explain", item="1", why="The contract names this price").status_code == 302
    assert "The contract names this price" in shown(page(stage, "dilnoza", address))
    value = {"item": "1", "value": likely, "method": "3", "grounds": "Similar goods", "act": ACT}
    gap = send(stage, "dilnoza", file, "value", **value, refused_1="doubt_remains")
    assert gap.status_code == 422
    assert "Method 2 comes before method 3, and no reason says why it is refused." in shown(gap)
    full = {**value, "refused_1": "doubt_remains", "refused_2": "no_comparable", "figure_5": "400 000,50"}
    assert send(stage, "dilnoza", file, "value", **full).status_code == 302
    decided = shown(page(stage, "alpha", address))
    for told in (
        "reasonable doubt about the declared value remains", "no such goods are known", "3: similar goods",
        "For comparison: method 5", "400 000.50", "ended by decision No. 2", "Can be appealed",
    ):  # fmt: skip
        assert told in decided, told
    assert "is doubted: explain it" not in decided


def test_it_shows_the_doubt_to_nobody_else(stage: Stage) -> None:
    stage.pay(ENOUGH)
    file = stage.lodge()
    doubt(stage, file)
    assert (
        stage.client("zed").post(f"/declarations/{file.id}/explain/", {"item": "1", "why": "Mine"}).status_code == 404
    )
    for name in ("doubt", "value", "accept_value"):
        assert stage.client("alpha").post(f"/declarations/{file.id}/{name}/").status_code == 403
        assert stage.client("malika").post(f"/declarations/{file.id}/{name}/").status_code == 404, KULMA
    assert stage.client("dilnoza").post(f"/declarations/{file.id}/explain/").status_code == 403
