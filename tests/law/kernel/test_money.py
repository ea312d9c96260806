# SPDX-License-Identifier: Apache-2.0
"""Money is exact, keeps its currency, and its parts add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import ExchangeRate, Money, Rate, Rounding

CENT = Rounding.parse("half_up:2")
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
weights = st.lists(st.decimals(min_value=0, max_value=10**9, places=3), min_size=1, max_size=40)


@given(amounts, weights)
def test_it_splits_so_that_the_parts_sum_to_the_whole(amount: Decimal, shares: list[Decimal]) -> None:
    parts = Money(amount, "TJS").split(shares, CENT)
    assert sum((part.amount for part in parts), Decimal(0)) == amount
    assert all(part == part.rounded(CENT) for part in parts)


@given(st.decimals(min_value=0, max_value=10**9, places=2), weights)
def test_no_part_is_off_by_more_than_one_unit(amount: Decimal, shares: list[Decimal]) -> None:
    whole = sum(shares)
    for part, share in zip(Money(amount, "TJS").split(shares, CENT), shares, strict=True):
        fair = amount * share / whole if whole else amount / len(shares)
        assert abs(part.amount - fair) <= Decimal("0.0101")


def test_it_takes_no_float() -> None:
    with pytest.raises(TypeError):
        Money(0.1, "TJS")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(Decimal(1), "TJS") * 0.5  # type: ignore[operator]


def test_two_currencies_never_mix() -> None:
    with pytest.raises(ValueError, match="do not mix"):
        Money(Decimal(1), "TJS") + Money(Decimal(1), "USD")


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_an_amount_is_finite(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        Money(Decimal(amount), "TJS")


@pytest.mark.parametrize("currency", ["tjs", "TJ", "TJSX", "T1S", ""])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(Decimal(1), currency)


def test_it_shares_nothing_finer_than_the_rounding() -> None:
    with pytest.raises(ValueError, match="finer"):
        Money(Decimal("0.005"), "TJS").split([Decimal(1)], CENT)


def test_a_rate_quoted_for_a_thousand_is_exact_for_one() -> None:
    rate = ExchangeRate("UZS", Decimal("0.7912"), 1000)
    assert rate.factor == Decimal("0.0007912")
    assert rate.convert(Money(Decimal("125000"), "UZS"), "TJS", CENT) == Money(Decimal("98.90"), "TJS")


@pytest.mark.parametrize("per", [0, 3, 20, 15])
def test_a_rate_is_quoted_for_a_power_of_ten(per: int) -> None:
    with pytest.raises(ValueError, match="per 1, 10, 100"):
        ExchangeRate("UZS", Decimal(1), per)


@given(st.decimals(min_value=0, max_value=100, places=2), st.decimals(min_value=0, max_value=100, places=2), amounts)
def test_a_higher_rate_never_charges_less(low: Decimal, more: Decimal, base: Decimal) -> None:
    money = Money(abs(base), "TJS")
    assert Rate(low).of(money, CENT) <= Rate(low + more).of(money, CENT)
