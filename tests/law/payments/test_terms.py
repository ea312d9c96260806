# SPDX-License-Identifier: Apache-2.0
"""The terms of payment are read from the law of the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, Law, LawBook, Status
from gumruk.law.payments import Terms, charge_order, dated_rate

DAY = date(2026, 11, 25)
CURRENCY = Entry("values", "currency", {"value": "TJS"})


def law(*entries: Entry, day: date = DAY) -> Law:
    return LawBook("tj", entries).at(day, training=True)


def test_it_reads_currency_digits_numbering_and_order() -> None:
    terms = Terms.of(
        law(
            CURRENCY,
            Entry("values", "receipt.pattern", {"value": "{year}-{office}-{serial}"}),
            Entry("values", "receipt.serial_digits", {"value": 4}),
            Entry("currencies", "KWD", {"digits": Decimal(3)}),
            Entry("charges", "vat", {"order": Decimal(40)}),
            Entry("charges", "clearance_fee", {"order": Decimal(10)}),
        )
    )
    assert (terms.home, terms.digits_of("KWD"), terms.digits_of("TJS")) == ("TJS", 3, 2)
    assert terms.receipt_number("TJ-KUL", 2026, 17) == "2026-TJ-KUL-0017"
    assert terms.order == ("clearance_fee", "vat")


def test_it_numbers_receipts_where_the_law_is_silent() -> None:
    assert Terms.of(law(CURRENCY)).receipt_number("TJ-KUL", 2026, 17) == "TJ-KUL/2026/000017"


def test_it_refuses_a_law_without_a_currency() -> None:
    with pytest.raises(ValueError, match="no currency"):
        Terms.of(law())


def test_it_takes_the_rate_of_the_day_and_none_where_the_day_has_none() -> None:
    rate = Entry(
        "exchange_rates",
        "RUB",
        {"amount": Decimal("1.1832"), "per": Decimal(10)},
        DateRange(DAY, DAY),
        "nbt",
        Status.VERIFIED,
    )
    found = dated_rate(law(rate), "RUB")
    assert found is not None
    assert (found.rate.factor, found.day, found.act) == (Decimal("0.11832"), DAY, "nbt")
    assert dated_rate(law(rate, day=date(2026, 11, 26)), "RUB") is None
    assert dated_rate(law(rate), "USD") is None


def test_it_takes_a_rate_without_a_number_for_none() -> None:
    assert dated_rate(law(Entry("exchange_rates", "USD", {"amount": None, "per": 1})), "USD") is None


def test_it_orders_charges_of_equal_rank_by_their_names() -> None:
    rows = (Entry("charges", "vat", {"order": 1}), Entry("charges", "excise", {"order": 1}))
    assert charge_order(law(*rows)) == ("excise", "vat")
