# SPDX-License-Identifier: Apache-2.0
"""A file's charges: reserved when the money is there, waiting when not, debited once, handed to the treasury."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.office.payments.cast import (
    ALPHA,
    ALPHA_TRADE,
    DILNOZA,
    DUTY,
    FILE,
    KULMA,
    NOON,
    SITORA,
    TODAY,
    VAT,
    ZED,
    somoni,
)

from gumruk.law.payments import AccountKind, Charge
from gumruk.office.accounts.permissions import actor_apply
from gumruk.office.payments import queries, reports
from gumruk.office.payments.services import (
    PaymentRefused,
    Received,
    Reservation,
    charges_debit,
    charges_reserve,
    refund_pay,
    refund_refuse,
    refund_request,
    reservation_release,
    reservation_retry,
    treasury_transfer,
    waiting_retry,
)

Pay = Callable[..., Received]
WHOLE = somoni("1778.11")


def reserve(*charges: Charge, payer_id: str = ALPHA, **changes: Any) -> Reservation:
    given: dict[str, Any] = {
        **FILE,
        "payer_id": payer_id,
        "office_id": KULMA,
        "charges": charges or (DUTY, VAT),
        "currency": "TJS",
        "by": DILNOZA,
        "at": NOON,
        "order": ("import_duty", "vat"),
    }
    return charges_reserve(**{**given, **changes})


def debit() -> Any:
    return charges_debit(**FILE, by=DILNOZA, at=NOON)


def test_it_reserves_all_that_a_file_owes(pay: Pay) -> None:
    pay("2000")
    answer = reserve()
    assert (answer.is_covered, answer.settlement.word) == (True, "reserved")
    assert queries.balance_of(ALPHA, "TJS") == somoni("221.89")
    assert queries.balance_of(ALPHA, "TJS", AccountKind.RESERVED) == WHOLE


def test_it_reserves_nothing_where_money_is_missing_and_names_what(pay: Pay) -> None:
    pay("1000")
    answer = reserve()
    assert [(found.code, found.path) for found in answer.findings] == [
        ("PAY-1", "charges"),
        ("PAY-2", "charges[vat]"),
    ]
    assert answer.findings[1].params["missing"] == "778.11"
    assert queries.balance_of(ALPHA, "TJS") == somoni("1000.00")
    assert queries.subjects_waiting(ALPHA) == [tuple(FILE.values())]
    assert queries.settlement_of(**FILE).word == "open"


def test_it_goes_on_when_the_missing_money_arrives(pay: Pay) -> None:
    pay("1000")
    reserve()
    assert waiting_retry(payer_id=ALPHA, by=DILNOZA, at=NOON) == []
    pay("778.11", "second")
    assert waiting_retry(payer_id=ALPHA, by=DILNOZA, at=NOON) == [tuple(FILE.values())]
    assert queries.subjects_waiting(ALPHA) == []
    assert waiting_retry(payer_id=ALPHA, by=DILNOZA, at=NOON) == []
    assert queries.balance_of(ALPHA, "TJS") == somoni("0")


def test_it_lets_a_smaller_file_go_before_one_that_still_lacks_money(pay: Pay) -> None:
    reserve()
    small = {"subject_kind": "declaration", "subject_id": "small"}
    reserve(replace(DUTY, due=somoni("10")), **small, at=NOON + timedelta(minutes=1))
    pay("50")
    assert waiting_retry(payer_id=ALPHA, by=DILNOZA, at=NOON) == [("declaration", "small")]


def test_it_debits_the_treasury_by_budget_code_and_post_once(pay: Pay) -> None:
    pay("2000")
    reserve()
    assert debit().word == "settled"
    assert debit().word == "settled"
    shares = {line.budget_code: line.owed for line in reports.treasury_report(TODAY, TODAY, [KULMA])}
    assert shares == {"TR-1121": VAT.due, "TR-1141": DUTY.due}
    assert queries.balance_of(ALPHA, "TJS", AccountKind.RESERVED) == somoni("0")


def test_it_debits_nothing_that_is_not_reserved(pay: Pay) -> None:
    pay("1000")
    reserve()
    with pytest.raises(PaymentRefused) as refused:
        debit()
    assert refused.value.findings[0].params["missing"] == "1778.11"
    with pytest.raises(ValueError, match="nothing was demanded"):
        charges_debit(subject_kind="declaration", subject_id="never", by=DILNOZA, at=NOON)


def test_it_debits_nothing_without_a_budget_code(pay: Pay) -> None:
    pay("2000")
    reserve(replace(DUTY, budget_code=""))
    with pytest.raises(PaymentRefused) as refused:
        debit()
    assert refused.value.findings[0].code == "PAY-18"


def test_it_settles_a_file_that_owes_nothing(books: None) -> None:
    answer = charges_reserve(**FILE, payer_id=ALPHA, office_id=KULMA, charges=(), currency="TJS", by=DILNOZA, at=NOON)
    assert (answer.is_covered, answer.settlement.word) == (True, "nil")
    assert debit().is_settled


def test_it_reserves_the_difference_when_a_decision_raises_a_charge(pay: Pay) -> None:
    pay("2000")
    reserve()
    raised = replace(VAT, due=somoni("1200"))
    assert reserve(DUTY, raised).settlement.word == "reserved"
    assert queries.balance_of(ALPHA, "TJS") == somoni("99.90")


def test_it_gives_back_the_difference_when_a_decision_lowers_a_charge(pay: Pay) -> None:
    pay("2000")
    reserve()
    answer = reserve(replace(VAT, due=somoni("1000")))
    assert (answer.is_covered, answer.settlement.word) == (True, "reserved")
    assert queries.balance_of(ALPHA, "TJS") == somoni("1000.00")


def test_it_keeps_the_old_reservation_while_the_difference_is_missing(pay: Pay) -> None:
    pay("1778.11")
    reserve()
    answer = reserve(DUTY, replace(VAT, due=somoni("1200")))
    assert answer.settlement.word == "short"
    assert answer.findings[0].params["missing"] == "121.99"


def test_it_asks_for_the_difference_after_release(pay: Pay) -> None:
    pay("2000")
    reserve()
    debit()
    answer = reserve(DUTY, replace(VAT, due=somoni("1100")))
    assert answer.settlement.missing == {}
    assert queries.balance_of(ALPHA, "TJS", AccountKind.RESERVED) == somoni("21.99")
    assert debit().word == "settled"


def test_it_shows_what_was_paid_above_a_charge_that_was_lowered_after_release(pay: Pay) -> None:
    pay("2000")
    reserve()
    debit()
    lines = reserve(DUTY).settlement.charges
    assert [(line.charge.code, line.overpaid) for line in lines if line.overpaid] == [("vat", VAT.due)]


def test_it_reserves_twice_what_is_asked_twice_only_once(pay: Pay) -> None:
    pay("4000")
    reserve()
    reserve()
    assert reservation_retry(**FILE, by=DILNOZA, at=NOON).is_covered
    assert queries.balance_of(ALPHA, "TJS", AccountKind.RESERVED) == WHOLE


def test_it_moves_a_files_reservation_to_another_payer(pay: Pay) -> None:
    pay("2000")
    pay("2000", "zed", payer_id=ZED)
    reserve()
    reserve(payer_id=ZED)
    assert queries.balance_of(ALPHA, "TJS") == somoni("2000.00")
    assert queries.balance_of(ZED, "TJS", AccountKind.RESERVED) == WHOLE


def test_it_gives_all_back_when_a_file_is_withdrawn(pay: Pay) -> None:
    pay("2000")
    reserve()
    assert reservation_release(**FILE, why="withdrawn", by=DILNOZA, at=NOON) == WHOLE
    assert queries.balance_of(ALPHA, "TJS") == somoni("2000.00")
    assert queries.settlement_of(**FILE).word == "nil"
    assert reservation_release(**FILE, why="again", by=DILNOZA, at=NOON) == somoni("0")
    assert reservation_release(subject_kind="x", subject_id="y", why="z", by=DILNOZA, at=NOON) is None


def test_it_lets_a_trader_reserve_his_own_money_and_read_how_he_stands(pay: Pay) -> None:
    pay("2000")
    actor_apply(ALPHA_TRADE)
    assert reserve(by=ALPHA_TRADE).is_covered
    actor_apply(DILNOZA)
    debit()
    actor_apply(ALPHA_TRADE)
    assert queries.settlement_of(**FILE).word == "settled"
    assert queries.balance_of(ALPHA, "TJS") == somoni("221.89")


def test_it_refuses_charges_in_another_currency_and_the_same_charge_twice(books: None) -> None:
    with pytest.raises(ValueError, match="reserved in USD"):
        reserve(currency="USD")
    with pytest.raises(ValueError, match="given once"):
        reserve(DUTY, DUTY)


def test_it_hands_over_to_the_treasury_what_was_collected_and_no_more(pay: Pay) -> None:
    pay("2000")
    reserve()
    debit()
    actor_apply(SITORA)

    def hand_over(amount: str, reference: str) -> Any:
        return treasury_transfer(
            office_id=KULMA,
            shares=[("TR-1141", somoni(amount))],
            reference=reference,
            value_date=TODAY,
            by=SITORA,
            at=NOON,
        )

    first = hand_over("700", "order-1")
    assert hand_over("700.00", "order-1") == first
    for amount, reference, code in (("0.20", "order-2", "PAY-12"), ("1", "order-1", "PAY-11"), ("1", "", "PAY-7")):
        with pytest.raises(PaymentRefused) as refused:
            hand_over(amount, reference)
        assert [found.code for found in refused.value.findings] == [code]
    (line,) = [one for one in reports.treasury_report(TODAY, TODAY) if one.budget_code == "TR-1141"]
    assert (line.collected, line.transferred, line.owed) == (DUTY.due, somoni("700.00"), somoni("0.10"))


def test_it_refunds_free_money_in_two_steps(pay: Pay) -> None:
    pay("100")
    money = {"payer_id": ALPHA, "amount": somoni("60"), "office_id": KULMA, "by": SITORA, "at": NOON}
    refund_request(**money, why="letter 7")
    with pytest.raises(PaymentRefused):
        refund_request(**money, why="letter 8")
    refund_refuse(**{**money, "amount": somoni("10")}, why="partly")
    refund_pay(**{**money, "amount": somoni("50")}, why="order 9")
    assert queries.balance_of(ALPHA, "TJS") == somoni("50.00")
    banks = [line.money for line in queries.office_balances(KULMA) if line.kind is AccountKind.BANK]
    assert banks == [somoni("50.00")]


def test_it_shows_a_payer_his_account_with_the_balance_after_each_movement(pay: Pay) -> None:
    pay("2000", minutes=-30)
    reserve()
    lines = queries.account_statement(ALPHA, "TJS")
    assert [(line.kind, line.change, line.balance) for line in lines] == [
        ("reservation", -WHOLE, somoni("221.89")),
        ("receipt", somoni("2000.00"), somoni("2000.00")),
    ]
    assert lines[0].charges == ("import_duty", "vat")
    assert queries.account_statement(ALPHA, "TJS", last=date(2026, 11, 24)) == []


def test_it_proves_the_day(pay: Pay) -> None:
    pay("2000")
    pay("300", "cash-1", holder=AccountKind.CASH)
    reserve()
    debit()
    proof = reports.day_proof(KULMA, TODAY)
    assert proof.holds, proof.lines
    assert proof.numbers == ("TJ-KUL/2026/000001", "TJ-KUL/2026/000002")
    assert {line.kind.value: line.closing for line in proof.accounts if not line.budget_code} == {
        "bank": somoni("2000.00"),
        "cash": somoni("300.00"),
    }
    assert reports.day_proof(KULMA, date(2026, 11, 26)).accounts[0].opening == somoni("2000.00")
