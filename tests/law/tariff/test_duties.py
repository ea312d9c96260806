# SPDX-License-Identifier: Apache-2.0
"""Duties of many tariffs: what is read, what is printed again, which rate holds, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.expression import render
from gumruk.law.tariff.duties import Circumstances, DutyError, duty_for, duty_node, printed_duty, read_duty
from gumruk.law.tariff.duties.tree import (
    AtLeast,
    AtMost,
    Component,
    Conditional,
    Dated,
    Duty,
    Either,
    Free,
    Nothing,
    Percent,
    Programmes,
    Reference,
    Scaled,
    Seasonal,
    Specific,
    Sum,
    SupplementaryUnit,
)


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("5.000 %", Percent(D("5"))),
        ("6,5", Percent(D("6.5"))),
        ("167.100 EUR DTN", Specific(D("167.1"), "EUR", "DTN")),
        ("5.100 % + 9.400 EUR DTN E", Sum(Percent(D("5.1")), Specific(D("9.4"), "EUR", "DTN", qualifiers=("E",)))),
        ("1,554.300 EUR TNE", Specific(D("1554.3"), "EUR", "TNE")),
        ("23.000 € / 100 kg", Specific(D(23), "EUR", "KGM", D(100))),
        ("1.000 € / % vol / hl", Specific(D(1), "EUR", "ASV", qualifiers=("X",))),
        ("16.800 % MIN 0.970 EUR ASV X", AtLeast(
            Percent(D("16.8")), Specific(D("0.97"), "EUR", "ASV", qualifiers=("X",)))),
        ("9.0% + AC MAX 20.7% + FD", AtMost(
            Sum(Percent(D(9)), Component("EA")), Sum(Percent(D("20.7")), Component("ADFM")))),
        ("0.5% on the case - 0.1%", Sum(Percent(D("0.5"), "on the case"), Percent(D("0.1")), minus=True)),
        ("6.6¢/kg", Specific(D("0.066"), "USD", "KGM")),
        ("0.9 cents each", Specific(D("0.009"), "USD", "NAR")),
        ("$2.50/thou- sand", Specific(D("2.50"), "USD", "MIL")),
        ("$6/1000", Specific(D(6), "USD", "NAR", D(1000))),
        ("4.7% on the value of the rifle", Percent(D("4.7"), "on the value of the rifle")),
        ("3 percent of the fair retail value", Percent(D(3), "of the fair retail value")),
        ("5% but not less than 4.74¢/kg or more than 9.48¢/kg", AtMost(
            AtLeast(Percent(D(5)), Specific(D("0.0474"), "USD", "KGM")), Specific(D("0.0948"), "USD", "KGM"))),
        ("5%, or, if lower, $0.45/kg TSS", Either(Percent(D(5)), Specific(D("0.45"), "USD", "KGM", basis="TSS"))),
        ("Free, under bond", Free("under bond")),
        ("No change.", Nothing("No change")),
        ("See additional U.S. note 1", Reference("See additional U.S. note 1")),
        ("The duty provided in the applicable subheading + 25%", Sum(
            Reference("The duty provided in the applicable subheading"), Percent(D(25)))),
        ("KGM S", SupplementaryUnit("KGM", ("S",))),
        ("10 плюс 0,075 евро за 1 кг", Sum(Percent(D(10)), Specific(D("0.075"), "EUR", "KGM"))),
        ("250 долларов США за 1000 кг", Specific(D(250), "USD", "KGM", D(1000))),
        ("2 евро за 1000 шт", Specific(D(2), "EUR", "NAR", D(1000))),
    ],
)  # fmt: skip
def test_it_reads_the_notations_of_many_tariffs(text: str, duty: Duty) -> None:
    assert read_duty(text) == duty
    assert read_duty(printed_duty(duty)) == duty


def test_it_reads_a_scaled_duty_with_its_floor() -> None:
    duty = read_duty("1.4606¢/kg less 0.020668¢/kg for each degree under 100 degrees "
                     "(and fractions of a degree in proportion) but not less than 0.943854¢/kg")  # fmt: skip
    assert isinstance(duty, AtLeast) and isinstance(duty.duty, Sum) and duty.duty.minus
    assert isinstance(duty.duty.right, Scaled)
    assert duty.duty.right.duty == Specific(D("0.00020668"), "USD", "KGM")


def test_it_reads_programmes_dates_seasons_and_conditions() -> None:
    programmes = read_duty("Free (A*,AU,BH) 3.5¢/kg + 0.4% (PA) See 9822.04.25 (CO)")
    assert isinstance(programmes, Programmes)
    assert [rate.programmes for rate in programmes.rates] == [("A*", "AU", "BH"), ("PA",), ("CO",)]
    groups = read_duty("5% DCS4% CAFree DCT5% From1July2018 2.5% CA Free From1July2019 Free")
    assert isinstance(groups, Dated)
    assert [rate.first for rate in groups.rates] == [None, date(2018, 7, 1), date(2019, 7, 1)]
    seasons = read_duty("10.00% (01 JUL - 31 JAN), 0.00% (01 FEB - 30 JUN)")
    assert isinstance(seasons, Seasonal) and seasons.seasons[0].last == (1, 31)
    note = read_duty("Ставка ввозной таможенной пошлины в размере 0 (ноль) % от таможенной стоимости применяется с "
                     "28.03.2022 по 30.09.2022 включительно, в размере 12 % от таможенной стоимости – с 01.10.2022 по "
                     "28.02.2023 включительно.")  # fmt: skip
    assert isinstance(note, Dated)
    assert [(rate.duty, rate.first, rate.last) for rate in note.rates] == [
        (Percent(D(0)), date(2022, 3, 28), date(2022, 9, 30)),
        (Percent(D(12)), date(2022, 10, 1), date(2023, 2, 28)),
    ]
    conditions = read_duty(
        "Cond: B cert: N-990(27): ; B(08): ; V 91.600 EUR/DTN(01):0.000 % ; V 0.000 EUR/DTN(01):5.000 %"
    )
    assert isinstance(conditions, Conditional)
    assert [(row.code, row.certificate, row.action) for row in conditions.conditions] == [
        ("B", "N990", "27"), ("B", "", "08"), ("V", "", "01"), ("V", "", "01"),
    ]  # fmt: skip
    for duty in (programmes, groups, seasons, note, conditions):
        assert read_duty(printed_duty(duty)) == duty


def test_it_chooses_the_rate_that_holds() -> None:
    def rate(text: str, **circumstances: object) -> Duty:
        return duty_for(read_duty(text), Circumstances(**circumstances))  # type: ignore[arg-type]

    assert rate("5% DCS4%", programme="DCS") == Percent(D(4))
    assert rate("5% DCS4%", programme="KR") == Percent(D(5))
    assert rate("5% From1July2018 2.5%", day=date(2018, 7, 1)) == Percent(D("2.5"))
    assert rate("10% (01 JUL - 31 JAN), 0% (01 FEB - 30 JUN)", day=date(2027, 1, 1)) == Percent(D(10))
    ladder = "Cond: B cert: N-990(27): ; B(08): ; V 91.600 EUR/DTN(01):0.000 % ; V 0.000 EUR/DTN(01):5.000 %"
    papers = frozenset({"N990"})
    assert rate(ladder, documents=papers, figures={"V": D("91.6")}) == Percent(D(0))
    assert rate(ladder, documents=papers, figures={"V": D("91.599")}) == Percent(D(5))
    for text, circumstances, code in (
        ("Free (A) 2% (KR)", {}, "DUTY-13"),
        ("Free (A) 2% (KR)", {"programme": "XX"}, "DUTY-14"),
        ("5% From1July2018 2.5%", {}, "DUTY-13"),
        ("4.0% (12 JAN - 13 MAR)", {"day": date(2027, 7, 1)}, "DUTY-14"),
        (ladder, {"figures": {"V": D(1)}}, "DUTY-15"),
        (ladder, {"documents": papers}, "DUTY-13"),
    ):
        with pytest.raises(DutyError) as caught:
            rate(text, **circumstances)  # type: ignore[arg-type]
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("10 % MIN 12 GBP DTN MAX 14 GBP DTN - 5 GBP DTN",
         "min(max(value * 0.10, quantity.KGM * 0.12 * fx.GBP), "
         "quantity.KGM * 0.14 * fx.GBP - quantity.KGM * 0.05 * fx.GBP)"),
        ("0.6 EUR ASV X", "quantity.ASV * quantity.LTR * 0.006 * fx.EUR"),
        ("0.2 EUR DTN Z", "quantity.KGM * content.sucrose * 0.002 * fx.EUR"),
        ("9.4 EUR DTN E", "quantity.KGM.net_drained * 0.094 * fx.EUR"),
        ("$1.32/kg on tungsten content", "part.tungsten_content.KGM * 1.32 * fx.USD"),
        ("45% on the case", "part.case.value * 0.45"),
        ("$16/doz.", "quantity.DZN * 16 * fx.USD"),
        ("0% + EA", "value * 0.00 + component.EA"),
        ("NIHIL", "value * 0"),
    ],
)  # fmt: skip
def test_it_computes_by_an_expression_of_the_goods_facts(text: str, expression: str) -> None:
    assert render(duty_node(read_duty(text))) == expression


@pytest.mark.parametrize("text", ["See 9822.04.25", "No change", "KGM S", "Free (A) 2% (KR)", "160.00 kg"])
def test_it_computes_nothing_that_another_place_states(text: str) -> None:
    with pytest.raises(DutyError) as caught:
        duty_node(read_duty(text))
    assert caught.value.code == "DUTY-12"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (":", "DUTY-3"), ("From 2020-01-01", "DUTY-3"), ("100 KGM , ;", "DUTY-4"),
        ("$0.526 /L of diesel plus", "DUTY-3"), ("5% maybe 6%", "DUTY-3"), ("5% 6%", "DUTY-9"),
        ("From 31 February 2018 5%", "DUTY-10"), ("Cond: nothing", "DUTY-3"), ("5% (45 JAN - 13 MAR)", "DUTY-10"),
        ("1%" + ", or, if lower, 1%" * 60, "DUTY-8"), ("5% + " * 2_000, "DUTY-1"),
    ],
)  # fmt: skip
def test_it_refuses_what_it_cannot_read(text: str, code: str) -> None:
    with pytest.raises(DutyError) as caught:
        read_duty(text)
    assert caught.value.code == code


_RATES = st.decimals(min_value=0, max_value=10**6, places=3)
_TERMS = st.one_of(
    st.builds(Percent, _RATES),
    st.builds(Percent, _RATES, st.sampled_from(["on the case", "on the battery"])),
    st.builds(
        Specific, _RATES, st.sampled_from(["EUR", "USD", "TJS"]), st.sampled_from(["KGM", "DTN", "LTR", "NAR", "MTK"])
    ),
    st.builds(Component, st.sampled_from(["EA", "EAR", "ADSZ", "ADFMR"])),
)
_SUMS = st.recursive(_TERMS, lambda inner: st.builds(Sum, inner, _TERMS, st.booleans()), max_leaves=4)
_SENTENCES = st.recursive(
    _SUMS, lambda inner: st.one_of(st.builds(AtLeast, inner, _SUMS), st.builds(AtMost, inner, _SUMS))
)


@given(_SENTENCES)
def test_it_reads_what_it_prints(duty: Duty) -> None:
    assert read_duty(printed_duty(duty)) == duty


@given(st.text(max_size=60))
def test_it_says_of_any_text_a_tree_or_an_error(text: str) -> None:
    try:
        duty = read_duty(text)
    except DutyError as error:
        assert 0 <= error.position <= len(text)
    else:
        assert read_duty(printed_duty(duty)) == duty
