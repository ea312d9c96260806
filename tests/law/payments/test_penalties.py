# SPDX-License-Identifier: Apache-2.0
"""Laws of penalties, beside the worked cases: caps that hold, delays that never lower, acts in each step."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.lawbook import Entry, Law, LawBook, Scalar, Status
from gumruk.law.payments import Breach, Penalty, penalty_on

DUE = date(2026, 1, 1)
UNIT, ROUNDING = Decimal(70), "half_up:2"


def law(status: Status = Status.VERIFIED, unit: Scalar = UNIT, rounding: Scalar = ROUNDING, **row: Scalar) -> Law:
    entries = [
        Entry("penalties", "late", row, act="act of penalties", status=status),
        Entry("values", "calculation_unit", {"value": unit}, act="act of the unit"),
        Entry("values", "rounding.penalty", {"value": rounding}, act="act of rounding"),
    ]
    return LawBook("XX", entries).at(DUE)


def penalty(held: Law, days: int = 0, unpaid: Decimal | None = None) -> Penalty:
    return penalty_on("late", Breach(unpaid, DUE, DUE + timedelta(days=days)), held)


@given(st.integers(0, 3000), st.integers(0, 3000), st.decimals(0, 100, places=2))
def test_a_longer_delay_never_costs_less_and_the_cap_holds(days: int, more: int, daily: Decimal) -> None:
    held = law(units=Decimal(3), units_per_day=daily, most_units=Decimal(200))
    first, second = penalty(held, days).amount, penalty(held, days + more).amount
    assert first is not None and second is not None
    assert first <= second <= 200 * UNIT


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**6, places=2), st.decimals(0, 3, places=4))
def test_a_share_of_more_is_never_less_and_never_above_the_whole(
    unpaid: Decimal, more: Decimal, share: Decimal
) -> None:
    held = law(share=share, most_share=Decimal(1))
    first, second = penalty(held, unpaid=unpaid).amount, penalty(held, unpaid=unpaid + more).amount
    assert first is not None and second is not None
    assert first <= second <= unpaid + more


def test_each_step_names_the_act_of_what_it_rests_on() -> None:
    found = penalty(law(units_per_day=Decimal(2), most_units=Decimal(5)), 4)
    assert [(step.code, step.act) for step in found.steps] == [
        ("penalty.unit", "act of the unit"),
        ("penalty.days", "act of penalties"),
        ("penalty.most", "act of penalties"),
        ("penalty.rounded", "act of rounding"),
    ]
    assert found.amount == Decimal("350.00")


@pytest.mark.parametrize(
    ("held", "what", "act"),
    [
        (law(Status.UNKNOWN), "late", "act of penalties"),
        (law(most_units=Decimal(5)), "late", "act of penalties"),
        (law(unit=None, units=Decimal(5)), "calculation_unit", "act of the unit"),
        (law(rounding=None, share=Decimal(1)), "rounding.penalty", "act of rounding"),
    ],
)
def test_it_reckons_nothing_on_law_that_nobody_knows(held: Law, what: str, act: str) -> None:
    found = penalty(held, 3, Decimal(100))
    assert found.amount is None
    assert [(each.code, each.params["what"], each.act) for each in found.findings] == [("PEN-1", what, act)]
