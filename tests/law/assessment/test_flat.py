# SPDX-License-Identifier: Apache-2.0
"""Laws of the flat rates of travellers, beside the worked cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.assessment import CarriedGoods, FlatAssessment, flat_assessment
from gumruk.law.kernel import HsCode, Money
from gumruk.law.lawbook import Entry, LawBook, Legal, Moments

VALUES = {
    **dict.fromkeys(("rounding.conversion", "rounding.customs_value", "rounding.flat_rate"), "half_up:2"),
    **{"currency": "TJS", "valuation.freight_share_by": "value"},
    **{f"legal_moment.{kind}": "registration" for kind in ("registration", "duty", "exchange_rate")},
}
ROW = {"traffic": "traveller", "free_value": Decimal(5000), "free_mass_kg": Decimal(25), "duty": "30% min 40 TJS/KGM"}
TODAY = Moments(date(2026, 1, 1), date(2026, 1, 1))
LAW = [
    *(Entry("values", key, {"value": value}) for key, value in VALUES.items()),
    Entry("flat_rates", "all", ROW, act="act of flat rates"),
    Entry("flat_rates", "unknown", {"traffic": "traveller", "codes": ("24",), "duty": ""}, act="an act not read"),
]
BOOK = LawBook("XX", LAW)
MONEY = st.decimals(0, 10**6, places=2)
MASS = st.decimals(0, 1000, places=3)


def flat(*goods: tuple[Decimal, Decimal, bool]) -> FlatAssessment:
    carried = [CarriedGoods(HsCode("851713"), Money(price, "TJS"), mass, {}, whole) for price, mass, whole in goods]
    return flat_assessment(carried, "traveller", Legal(BOOK, TODAY))


def total(*goods: tuple[Decimal, Decimal, bool]) -> Decimal:
    found = flat(*goods).total
    assert found is not None
    return found


@given(MONEY, MASS, MONEY, MASS)
def test_more_goods_never_cost_less(price: Decimal, mass: Decimal, more: Decimal, more_mass: Decimal) -> None:
    assert total((price, mass, False)) <= total((price + more, mass + more_mass, False))


@given(MONEY, MASS)
def test_an_indivisible_thing_never_costs_less_than_the_same_divided(price: Decimal, mass: Decimal) -> None:
    assert total((price, mass, True)) >= total((price, mass, False))


@given(MONEY, MASS, MONEY, MASS)
def test_goods_together_cost_as_much_as_one_of_their_sum(
    price: Decimal, mass: Decimal, second: Decimal, second_mass: Decimal
) -> None:
    assert total((price, mass, False), (second, second_mass, False)) == total(
        (price + second, mass + second_mass, False)
    )


def test_every_step_names_its_act() -> None:
    (charge,) = flat((Decimal(9000), Decimal(30), False)).charges
    assert {step.act for step in charge.steps} == {"act of flat rates"}
    assert charge.amount == Decimal("1200.00")


def test_a_rate_that_nobody_read_gives_no_amount_and_names_the_act() -> None:
    goods = [CarriedGoods(HsCode("240220"), Money(Decimal(10), "TJS"))]
    found = flat_assessment(goods, "traveller", Legal(BOOK, TODAY))
    assert found.total is None
    assert [(finding.code, finding.path, finding.act) for finding in found.findings] == [
        ("FLT-1", "goods[0]", "an act not read")
    ]


def test_it_names_the_law_that_a_rate_needs_and_nobody_knows() -> None:
    goods = [CarriedGoods(HsCode("851713"), Money(Decimal(9000), "TJS"), Decimal(30))]
    without = LawBook("XX", [entry for entry in LAW if entry.key != "rounding.flat_rate"])
    euros = LawBook("XX", [*LAW[:-2], Entry("flat_rates", "all", {**ROW, "duty": "30% min 4 EUR/KGM"}, act="in euros")])
    for book, what, act in ((without, "rounding.flat_rate", None), (euros, "30% min 4 EUR/KGM", "in euros")):
        found = flat_assessment(goods, "traveller", Legal(book, TODAY))
        assert found.total is None
        assert [(each.code, each.params["what"], each.act) for each in found.findings] == [("FLT-5", what, act)]


@pytest.mark.parametrize(
    ("price", "mass", "quantities", "field"),
    [
        ("-1", "1", {}, "price"),
        ("1e30", "1", {}, "price"),
        ("1", "-0.001", {}, "mass"),
        ("1", "0.0000001", {}, "mass"),
        ("1", "1", {"LTR": "-3"}, "LTR"),
        ("1", "1", {"MLT": "0.001"}, "LTR"),
    ],
)
def test_it_refuses_what_cannot_be(price: str, mass: str, quantities: dict[str, str], field: str) -> None:
    stated = {unit: Decimal(number) for unit, number in quantities.items()}
    goods = [CarriedGoods(HsCode("851713"), Money(Decimal(price), "TJS"), Decimal(mass), stated)]
    found = flat_assessment(goods, "traveller", Legal(BOOK, TODAY))
    assert found.total is None and found.charges == ()
    assert {(each.code, each.path) for each in found.findings} == {("FLT-4", "goods[0]")}
    assert field in {each.params["field"] for each in found.findings}
