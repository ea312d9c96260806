# SPDX-License-Identifier: Apache-2.0
"""Quantities, periods, codes and roundings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import UNITS, DateRange, HsCode, Quantity, Rounding, divided

days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def test_it_converts_between_like_units_only() -> None:
    assert Quantity(Decimal("1500"), "KGM").to("TNE") == Quantity(Decimal("1.5"), "TNE")
    assert Quantity(Decimal("2"), "HLT").to("LTR") == Quantity(Decimal("200"), "LTR")
    with pytest.raises(ValueError, match="KGM measures mass, LTR measures volume"):
        Quantity(Decimal(1), "KGM").to("LTR")
    with pytest.raises(ValueError, match="NMP measures packs, C62 measures number"):
        Quantity(Decimal(1), "NMP").to("C62")


def test_it_names_a_unit_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="unknown unit of measure 'KILO'"):
        Quantity(Decimal(1), "KILO")


def test_it_does_not_round_without_being_told_how() -> None:
    with pytest.raises(ValueError, match="name a rounding"):
        Quantity(Decimal(1), "C62").to("DZN")
    assert Quantity(Decimal(1), "C62").to("DZN", Rounding.parse("half_up:3")).value == Decimal("0.083")


@given(st.sampled_from(sorted(UNITS)), st.decimals(0, 10**9, places=3))
def test_a_quantity_comes_back_from_its_base_unit(unit: str, value: Decimal) -> None:
    base = next(code for code, held in UNITS.items() if held.measures == UNITS[unit].measures)
    assert Quantity(value, unit).to(base).to(unit, Rounding.parse("half_up:6")).value == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("87", "87"),
        ("8703", "8703"),
        ("870323", "8703 23"),
        ("8703231940", "8703 23 194 0"),
        ("8703.23.19.40", "8703 23 194 0"),
        (" 8703 23 194\u00a00", "8703 23 194 0"),
    ],
)
def test_it_reads_codes_as_people_write_them_and_prints_them_as_the_trade_does(text: str, printed: str) -> None:
    assert HsCode.read(text).printed() == printed


@pytest.mark.parametrize("text", ["8", "87032319401", "87O3", "", "٨٧٠٣"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="commodity code"):
        HsCode.read(text)


def test_a_code_knows_all_its_parents() -> None:
    assert [code.digits for code in HsCode("870323").parents()] == ["87032", "8703", "870", "87"]


@given(days, days, days, days)
def test_two_periods_overlap_when_a_day_lies_in_both(a: date, b: date, c: date, d: date) -> None:
    one, other = DateRange(min(a, b), max(a, b)), DateRange(min(c, d), max(c, d))
    assert one.overlaps(other) == any(day in one and day in other for day in (a, b, c, d))


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        DateRange(date(2027, 1, 2), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("half_up:2", "0.125", "0.13"),
        ("half_even:2", "0.125", "0.12"),
        ("down:2", "0.129", "0.12"),
        ("up:2", "0.121", "0.13"),
        ("floor:0", "-1.5", "-2"),
        ("ceiling:0", "-1.5", "-1"),
        ("half_up:-2", "150", "200"),
    ],
)
def test_it_rounds_as_the_law_names_it(name: str, value: str, result: str) -> None:
    assert Rounding.parse(name).apply(Decimal(value)) == Decimal(result)


@pytest.mark.parametrize("name", ["half_up", "half_up:", "round:2", "half_up:x", "half_up:99"])
def test_an_unknown_rounding_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="round"):
        Rounding.parse(name)


def test_a_quotient_is_rounded_once() -> None:
    # 0.4999... to 90 places must round down although its first 80 digits read 0.5 when cut half up.
    just_under = Decimal("0." + "4" + "9" * 90)
    assert divided(just_under, Decimal(1), Rounding.parse("half_up:0")) == 0
    assert divided(Decimal(2), Decimal(3), Rounding.parse("half_up:4")) == Decimal("0.6667")
