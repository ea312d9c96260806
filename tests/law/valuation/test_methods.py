# SPDX-License-Identifier: Apache-2.0
"""Methods of valuation beside the worked cases: carriage left out, law that is not known, and laws of sums."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import Money, Rounding
from gumruk.law.valuation import (
    ELEMENTS,
    TERMS,
    Sale,
    StatedCost,
    Transaction,
    ValuationLaw,
    ValueFacts,
    decide_value,
    greatest_aggregate,
    secured_for_doubt,
    transaction_value,
)

PENNY = Rounding("half_up", 2)
LAW = ValuationLaw(
    "TJS", "2026-12-15", PENNY, PENNY, "value", {"TJS": Decimal(1)}, entries={}, unknown=(), freight_until="border"
)
SOUND = Transaction(Money(Decimal(1000), "TJS"), "", True, False, False, False, False)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
YES = {question: True for element in ELEMENTS.values() for question in element.asks}


def somoni(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "TJS")


def carriage(transport: str, insurance: str) -> tuple[StatedCost, ...]:
    return StatedCost("transport", somoni(transport)), StatedCost("insurance", somoni(insurance))


def test_it_takes_carriage_off_where_the_country_leaves_it_out() -> None:
    law = replace(LAW, freight_until="export")
    sale = replace(
        SOUND, term="CIF", costs=(StatedCost("transport", somoni("90")), StatedCost("insurance", somoni("10")))
    )
    assert transaction_value(sale, law).value == Decimal("900.00")
    assert transaction_value(replace(sale, term="FOB"), law).value == Decimal("1000.00")
    assert transaction_value(replace(SOUND, term="FOB"), law).value == Decimal("1000.00")


def test_it_does_not_value_where_nobody_knows_whether_carriage_counts() -> None:
    sale = replace(
        SOUND, term="FOB", costs=(StatedCost("transport", somoni("90")), StatedCost("insurance", somoni("0")))
    )
    outcome = transaction_value(sale, replace(LAW, freight_until=""))
    assert outcome.value is None
    assert set(outcome.refused) == {("unanswered", "valuation.freight_until")}


def test_it_asks_whether_carriage_is_in_the_price_where_no_term_says_so() -> None:
    outcome = transaction_value(replace(SOUND, costs=(StatedCost("transport", somoni("90")),)), LAW)
    assert outcome.refused == (("unanswered", "transport.in_price"),)


@pytest.mark.parametrize("question", ["sold_for_export", "restrictions", "conditions", "proceeds", "related"])
def test_it_asks_what_article_1_asks(question: str) -> None:
    assert transaction_value(replace(SOUND, **{question: None}), LAW).refused == (("unanswered", question),)


def test_it_names_an_act_in_every_step_but_the_total() -> None:
    facts = ValueFacts(Decimal(1), replace(SOUND, costs=(StatedCost("packing", somoni("5")),)))
    steps = decide_value(facts, LAW).steps
    assert [step.code for step in steps] == ["valuation.price", "valuation.added", "valuation.total"]
    assert all(step.act for step in steps[:-1])


def test_it_holds_the_eleven_terms_of_2020() -> None:
    assert sorted(TERMS) == sorted("EXW FCA CPT CIP DAP DPU DDP FAS FOB CFR CIF".split())
    assert sorted(code for code, term in TERMS.items() if term.sea_only) == ["CFR", "CIF", "FAS", "FOB"]


def test_it_secures_only_the_difference_while_it_doubts() -> None:
    assert secured_for_doubt(Decimal("100.00"), Decimal("130.50")) == Decimal("30.50")
    assert secured_for_doubt(Decimal("130.50"), Decimal("100.00")) == 0
    assert secured_for_doubt(None, Decimal("100.00")) is None


@given(st.sampled_from(sorted(ELEMENTS)), AMOUNTS, AMOUNTS)
def test_more_of_an_addition_never_lowers_and_more_of_a_deduction_never_raises(
    element: str, less: Decimal, more: Decimal
) -> None:
    low, high = sorted((less, more))
    effect = ELEMENTS[element].effect
    in_price = effect == "deducted"
    price = replace(SOUND, price=somoni(10**10))
    values = [
        transaction_value(replace(price, costs=(StatedCost(element, somoni(each), in_price, YES),)), LAW).value
        for each in (low, high)
    ]
    assert values[0] is not None
    assert values[1] is not None
    difference = {"added": high - low, "deducted": low - high, "left": Decimal(0)}[effect]
    assert values[1] - values[0] == difference


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 99)), min_size=1))
def test_no_other_price_sold_more_units(sold: list[tuple[int, int]]) -> None:
    found = greatest_aggregate(Sale(Decimal(price), Decimal(units)) for price, units in sold)
    assert found is not None
    assert sum(found.totals.values()) == sum(units for _, units in sold)
    assert all(
        total < found.quantity or (total == found.quantity and price >= found.price)
        for price, total in found.totals.items()
    )
