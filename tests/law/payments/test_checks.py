# SPDX-License-Identifier: Apache-2.0
"""Each payment gets its answer: booked, doubtful, double or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gumruk.law.kernel import ExchangeRate, Money, Severity
from gumruk.law.lawbook import Status
from gumruk.law.payments import (
    Account,
    AccountKind,
    Charge,
    DatedRate,
    Payment,
    check_balances,
    check_debit,
    check_double,
    check_payment,
    check_rate,
    conversion_step,
    refund_request,
    settlement,
)

TODAY = date(2026, 11, 25)
PAYMENT = Payment("510000001", Money(Decimal("1200.50"), "TJS"), "BANK-7/1", TODAY)


def codes(payment: Payment) -> list[str]:
    return [found.code for found in check_payment(payment, TODAY, "TJS", 2)]


def test_it_has_nothing_to_say_about_a_clear_payment() -> None:
    assert codes(PAYMENT) == []


def test_pay_4_it_refuses_an_amount_that_is_not_above_zero() -> None:
    assert codes(replace(PAYMENT, money=Money(Decimal(0), "TJS"))) == ["PAY-4"]
    assert codes(replace(PAYMENT, money=Money(Decimal(-5), "TJS"))) == ["PAY-4"]


def test_pay_5_it_refuses_an_amount_finer_than_the_currency() -> None:
    assert codes(replace(PAYMENT, money=Money(Decimal("0.005"), "TJS"))) == ["PAY-5"]
    assert codes(replace(PAYMENT, money=Money(Decimal("10.500"), "TJS"))) == []


def test_pay_6_it_refuses_a_value_date_that_is_still_to_come() -> None:
    assert codes(replace(PAYMENT, value_date=date(2026, 11, 26))) == ["PAY-6"]


def test_pay_7_it_refuses_a_payment_without_a_reference() -> None:
    assert codes(replace(PAYMENT, reference="  ")) == ["PAY-7"]


def test_pay_20_it_refuses_a_reference_with_signs_that_nobody_sees() -> None:
    assert codes(replace(PAYMENT, reference="BK\u202e1")) == ["PAY-20"]


def test_pay_21_it_refuses_a_value_date_of_another_calendar() -> None:
    for year in (1405, 1890):
        assert codes(replace(PAYMENT, value_date=date(year, 10, 15))) == ["PAY-21"]
    assert codes(replace(PAYMENT, value_date=date(2025, 11, 23))) == ["PAY-21"]
    assert codes(replace(PAYMENT, value_date=date(2025, 11, 24))) == []


def test_pay_8_and_pay_9_it_warns_of_an_unknown_payer_and_of_foreign_money() -> None:
    found = check_payment(replace(PAYMENT, payer=None, money=Money(Decimal(10), "USD")), TODAY, "TJS", 2)
    assert [(one.code, one.severity) for one in found] == [
        ("PAY-8", Severity.WARNING),
        ("PAY-9", Severity.WARNING),
    ]


def test_it_says_everything_at_once() -> None:
    worst = Payment(None, Money(Decimal("-0.001"), "USD"), "", date(2027, 1, 1))
    assert codes(worst) == ["PAY-4", "PAY-5", "PAY-6", "PAY-7", "PAY-8", "PAY-9"]


def test_pay_10_it_knows_the_same_payment_again() -> None:
    found = check_double(PAYMENT, PAYMENT, "KUL/2026/000001")
    assert (found.code, found.severity, found.params["receipt"]) == (
        "PAY-10",
        Severity.INFORMATION,
        "KUL/2026/000001",
    )


def test_pay_11_it_refuses_another_payment_under_a_booked_reference() -> None:
    other = replace(PAYMENT, money=Money(Decimal("1200.51"), "TJS"))
    found = check_double(other, PAYMENT, "KUL/2026/000001")
    assert (found.code, found.severity, found.params["amount"]) == ("PAY-11", Severity.ERROR, "1200.50")


def test_pay_12_it_names_the_account_that_would_go_below_zero() -> None:
    entry = refund_request("510000001", Money(Decimal(80), "TJS"))
    advance = Account(AccountKind.ADVANCE, "510000001", "TJS")
    (found,) = check_balances(entry, {advance: Money(Decimal(50), "TJS")})
    assert (found.code, found.params["account"], found.params["missing"]) == ("PAY-12", "advance", "30")
    assert check_balances(entry, {advance: Money(Decimal(80), "TJS")}) == ()
    assert check_balances(entry, {})[0].params["available"] == "0"


RATE = DatedRate(ExchangeRate("USD", Decimal("106.543"), 10), TODAY, "nbt", Status.UNVERIFIED)


def test_pay_13_it_converts_by_a_dated_rate_only() -> None:
    (found,) = check_rate("USD", TODAY, None, training=True)
    assert (found.code, found.params) == ("PAY-13", {"currency": "USD", "day": "2026-11-25"})
    assert check_rate("USD", TODAY, RATE, training=True) == ()


def test_pay_17_it_does_not_collect_on_a_rate_that_nobody_has_confirmed() -> None:
    (found,) = check_rate("USD", TODAY, RATE, training=False)
    assert (found.code, found.params["status"], found.act) == ("PAY-17", "unverified", "nbt")
    assert check_rate("USD", TODAY, replace(RATE, status=Status.VERIFIED), training=False) == ()


def test_pay_15_and_pay_18_it_debits_nothing_that_is_not_covered_or_has_no_budget_code() -> None:
    duty = Charge("duty", "", Money(Decimal(100), "TJS"))
    vat = Charge("vat", "1502", Money(Decimal(200), "TJS"))
    stands = settlement((duty, vat), {"duty": duty.due}, {}, {})
    found = check_debit(stands, "TJS")
    assert [(one.code, one.path) for one in found] == [("PAY-15", "charges"), ("PAY-18", "charges[duty]")]
    assert found[0].params["missing"] == "200"
    assert check_debit(settlement((vat,), {"vat": vat.due}, {}, {}), "TJS") == ()


def test_it_explains_a_conversion_so_that_the_payer_can_compute_it_again() -> None:
    step = conversion_step(Money(Decimal("100"), "USD"), Money(Decimal("1065.43"), "TJS"), RATE)
    assert (step.code, step.act) == ("payments.conversion", "nbt")
    assert step.params == {
        "amount": "100",
        "currency": "USD",
        "rate": "106.543",
        "per": "10",
        "day": "2026-11-25",
        "result": "1065.43",
        "home": "TJS",
    }
