# SPDX-License-Identifier: Apache-2.0
"""Interest where its rate changes, or is not known, beside the worked cases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import DateRange, Severity
from gumruk.law.lawbook import Entry, LawBook
from gumruk.law.payments import interest_on

CHANGE = date(2026, 7, 1)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def rate(value: str | None, first: date | None, last: date | None) -> Entry:
    number = None if value is None else Decimal(value)
    return Entry("values", "interest.rate_per_day", {"value": number}, DateRange(first, last), act="A")


ROUNDING = Entry("values", "rounding.interest", {"value": "half_up:2"})
BOOK = LawBook("XX", [rate("0.0005", None, CHANGE - timedelta(1)), rate("0.001", CHANGE, None), ROUNDING])


def test_it_reckons_each_day_at_its_own_rate() -> None:
    found = interest_on(Decimal(1000), date(2026, 6, 28), date(2026, 7, 3), BOOK)
    assert [(span.first, span.last, span.days, span.rate) for span in found.spans] == [
        (date(2026, 6, 29), date(2026, 6, 30), 2, Decimal("0.0005")),
        (CHANGE, date(2026, 7, 3), 3, Decimal("0.001")),
    ]
    assert found.amount == Decimal("4.00")
    assert [step.act for step in found.steps] == ["A", "A", None]


def test_it_has_no_amount_where_one_day_has_no_rate() -> None:
    book = LawBook("XX", [rate("0.0005", None, CHANGE - timedelta(1)), rate(None, CHANGE, None), ROUNDING])
    found = interest_on(Decimal(1000), date(2026, 6, 28), date(2026, 7, 1), book)
    assert found.amount is None
    assert [step.code for step in found.steps] == ["interest.span", "interest.unknown"]
    ended = LawBook("XX", [rate("0.0005", None, CHANGE - timedelta(1)), ROUNDING])
    assert interest_on(Decimal(1000), date(2026, 6, 28), date(2026, 7, 1), ended).amount is None


def test_it_has_no_amount_without_a_rule_of_rounding() -> None:
    book = LawBook("XX", [rate("0.1", None, None)])
    assert interest_on(Decimal(1000), date(2026, 6, 1), date(2026, 6, 9), book).amount is None


@pytest.mark.parametrize(
    ("principal", "due_on", "code"),
    [(Decimal("-0.01"), date(2026, 6, 1), "INT-1"), (Decimal(1000), date(1026, 6, 1), "INT-2")],
)
def test_it_refuses_an_amount_below_zero_and_a_day_that_was_mistyped(
    principal: Decimal, due_on: date, code: str
) -> None:
    found = interest_on(principal, due_on, date(2026, 6, 9), BOOK)
    assert (found.amount, found.steps) == (None, ())
    assert [(told.code, told.severity) for told in found.findings] == [(code, Severity.ERROR)]


def test_it_asks_about_a_delay_of_more_than_thirty_years() -> None:
    paid_on = date(2056, 6, 9)
    assert interest_on(Decimal(1000), date(2026, 6, 9), paid_on, BOOK).findings == ()
    found = interest_on(Decimal(1000), date(2026, 6, 8), paid_on, BOOK)
    assert [(told.code, told.severity) for told in found.findings] == [("INT-3", Severity.WARNING)]
    assert found.amount is not None and found.amount > 0


@given(st.decimals(0, 10**9, places=2), DAYS, DAYS, DAYS)
def test_a_day_later_never_costs_less_and_two_times_are_one(principal: Decimal, a: date, b: date, c: date) -> None:
    due, first, second = sorted((a, b, c))
    early, late = (interest_on(principal, due, day, BOOK) for day in (first, second))
    assert early.amount is not None
    assert late.amount is not None
    assert early.amount <= late.amount
    assert early.days + interest_on(principal, first, second, BOOK).days == late.days == (second - due).days
