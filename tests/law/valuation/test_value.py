# SPDX-License-Identifier: Apache-2.0
"""Customs value: shares sum, the measure of sharing is the pack's, what is unknown stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import Money, Rounding
from gumruk.law.lawbook import Entry, LawBook
from gumruk.law.valuation import (
    Adjustment,
    Extras,
    ValuationLaw,
    obstacles,
    statistical_value,
    steps_of,
    valuation_law,
    value_goods,
    values_below_zero,
)

DAY = date(2026, 12, 1)


@dataclass(frozen=True)
class Item:
    price: Money
    gross_mass_kg: Decimal | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    extras: Extras | None = None
    stated_value: Money | None = None
    decided_value: Decimal | None = None


def law(share_by: str | None = "value") -> ValuationLaw:
    values = {
        "currency": "TJS",
        "rounding.conversion": "half_up:2",
        "rounding.customs_value": "half_up:2",
        "valuation.freight_share_by": share_by,
    }
    return valuation_law(
        LawBook(
            "TJ",
            [
                *(Entry("values", key, {"value": value}) for key, value in values.items()),
                Entry("exchange_rates", "USD", {"amount": Decimal("9.5432"), "per": 1}),
                Entry("codes", "valuation_addition.AB", {}),
                Entry("codes", "valuation_deduction.BA", {}),
            ],
        ).at(DAY)
    )


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


prices = st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=30)


@given(prices, st.decimals(0, 10**6, places=2), st.decimals(0, 10**5, places=2))
def test_the_parts_sum_to_what_was_shared(amounts: list[Decimal], freight: Decimal, insurance: Decimal) -> None:
    items = [Item(Money(amount, "USD")) for amount in amounts]
    values = value_goods(items, Extras(Money(freight, "USD"), Money(insurance, "TJS")), law())
    cent = Rounding.parse("half_up:2")
    assert sum(value.freight for value in values) == cent.apply(freight * Decimal("9.5432"))
    assert sum(value.insurance for value in values) == insurance
    assert all(value.customs_value == value.price + value.freight + value.insurance for value in values)


@given(prices, st.decimals("0.01", 10**6, places=2))
def test_it_shares_as_money_splits(amounts: list[Decimal], freight: Decimal) -> None:
    values = value_goods([Item(Money(a, "TJS")) for a in amounts], Extras(Money(freight, "TJS"), None), law())
    assert [v.freight for v in values] == [
        part.amount for part in Money(freight, "TJS").split(amounts, Rounding.parse("half_up:2"))
    ]


def test_freight_is_shared_by_mass_where_the_pack_says_so() -> None:
    items = [Item(usd("100"), Decimal(300)), Item(usd("900"), Decimal(100))]
    assert [v.freight for v in value_goods(items, Extras(Money(Decimal(80), "TJS"), None), law("gross_mass"))] == [
        60,
        20,
    ]
    assert [v.freight for v in value_goods(items, Extras(Money(Decimal(80), "TJS"), None), law())] == [8, 72]


def test_what_an_officer_decided_stands_in_place_of_the_price() -> None:
    items = [Item(usd("100"), decided_value=Decimal("1500.00")), Item(usd("100"))]
    values = value_goods(items, Extras(Money(Decimal(80), "TJS"), None), law())
    assert [(v.customs_value, v.freight) for v in values] == [(Decimal("1500.00"), 40), (Decimal("994.32"), 40)]
    assert [step.code for step in steps_of(values[0], items[0].price, law(), "items[0]")][-1] == "valuation.decided"


def test_what_is_unknown_stands_in_the_way() -> None:
    items = [Item(usd("100"))]
    assert obstacles(items, Extras(None, None), law()) == ()
    assert [(f.code, f.params) for f in obstacles(items, Extras(None, None), law(None))] == [
        ("VAL-2", {"value": "valuation.freight_share_by"})
    ]
    yen = [Item(Money(Decimal(1), "JPY"))]
    assert [(f.code, f.params["currency"]) for f in obstacles(yen, Extras(usd("1"), None), law())] == [("VAL-1", "JPY")]


def test_it_tells_its_steps() -> None:
    item, terms = Item(usd("100.00")), law()
    value = value_goods([item], Extras(usd("10"), None), terms)[0]
    steps = steps_of(value, item.price, terms, "items[0]")
    assert [step.code for step in steps] == ["valuation.price", "valuation.freight", "valuation.total"]
    assert steps[0].params == {"price": "100.00", "currency": "USD", "rate": "9.5432", "amount": "954.32"}
    assert steps[-1].params["amount"] == "1049.75"


def test_it_tells_the_value_in_the_second_currency_where_the_law_names_one() -> None:
    terms = replace(law(), statistics=("USD", Rounding("half_up", 2)))
    assert statistical_value(Decimal("1049.75"), terms) == Money(Decimal("110.00"), "USD")
    assert statistical_value(Decimal("1049.75"), law()) is None
    assert statistical_value(Decimal("1049.75"), replace(terms, statistics=("JPY", Rounding("half_up", 2)))) is None


def test_it_adds_and_deducts_what_was_stated_for_one_item() -> None:
    item = Item(
        usd("1000"),
        extras=Extras(
            Money(Decimal(20), "TJS"),
            Money(Decimal(3), "TJS"),
            (Adjustment("AB", usd("50")), Adjustment("BA", usd("10"))),
        ),
    )
    value = value_goods([item], Extras(), law())[0]
    # 1000 x 9.5432 = 9543.20; 50 x 9.5432 = 477.16; 10 x 9.5432 = 95.43; 9543.20 + 20 + 3 + 477.16 - 95.43
    assert value.customs_value == Decimal("9947.93")
    assert value.adjusted == (("AB", Decimal("477.16")), ("BA", Decimal("-95.43")))
    codes = [step.code for step in steps_of(value, item.price, law(), "items[0]")]
    assert codes == [
        f"valuation.{name}" for name in ("price", "freight", "insurance", "addition", "deduction", "total")
    ]


@given(prices, st.decimals(0, 10**6, places=2))
def test_what_is_added_for_all_is_shared_so_that_it_sums(amounts: list[Decimal], added: Decimal) -> None:
    items = [Item(Money(amount, "TJS")) for amount in amounts]
    values = value_goods(items, Extras(adjustments=(Adjustment("AB", Money(added, "TJS")),)), law())
    assert sum(value.customs_value for value in values) == sum(amounts) + added
    assert values_below_zero(values) == ()


def test_a_value_by_another_method_stands_in_place_of_the_price() -> None:
    item = Item(usd("1000"), extras=Extras(usd("5")), stated_value=Money(Decimal("900000"), "TJS"))
    value = value_goods([item], Extras(freight=usd("10")), law())[0]
    assert (value.customs_value, value.made) == (Decimal("900000"), "stated")
    assert [step.code for step in steps_of(value, item.price, law(), "")][-1] == "valuation.stated"


def test_it_never_guesses_in_which_direction_a_code_goes_nor_values_below_zero() -> None:
    unknown = Item(usd("1"), extras=Extras(adjustments=(Adjustment("ZZ", usd("1")),)))
    assert [(f.code, f.params) for f in obstacles([unknown], Extras(), law())] == [("VAL-3", {"code": "ZZ"})]
    yen = Item(usd("1"), extras=Extras(adjustments=(Adjustment("AB", Money(Decimal(1), "JPY")),)))
    assert [f.code for f in obstacles([yen], Extras(), law())] == ["VAL-1"]
    less = [Item(usd("5")), Item(usd("1"), extras=Extras(adjustments=(Adjustment("BA", usd("2")),)))]
    found = values_below_zero(value_goods(less, Extras(), law()))
    assert [(f.code, f.path) for f in found] == [("VAL-4", "items[1]")]


def test_it_shares_by_a_quantity_in_the_unit_that_the_law_names():
    held = law("quantity:LTR")
    items = [Item(usd("100"), quantities={"LTR": Decimal(litres)}) for litres in (1, 3)]
    values = value_goods(items, Extras(freight=Money(Decimal(40), "TJS")), held)
    assert [value.freight for value in values] == [Decimal("10.00"), Decimal("30.00")]


def test_it_asks_for_the_quantity_by_which_freight_is_shared():
    items = [Item(usd("100"), quantities={"LTR": Decimal(1)}), Item(usd("100"))]
    freight = Extras(freight=Money(Decimal(40), "TJS"))
    found = obstacles(items, freight, law("quantity:LTR"))
    assert [(each.code, each.path, each.params) for each in found] == [
        ("VAL-5", "items[1].quantities", {"unit": "LTR"})
    ]
    assert obstacles(items, Extras(), law("quantity:LTR")) == ()


def test_it_takes_a_measure_of_sharing_that_it_does_not_know_for_unknown_law():
    assert [each.code for each in obstacles([Item(usd("100"))], Extras(), law("weight"))] == ["VAL-2"]
