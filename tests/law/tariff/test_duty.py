# SPDX-License-Identifier: Apache-2.0
"""Duty texts: what each means, and where a text that is none goes wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.expression import check, explain, parse, render
from gumruk.law.tariff import DutyError, base_quantities, duty_vocabulary, parse_duty

VOCABULARY = duty_vocabulary(frozenset({"EUR", "USD", "TJS"}))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("10%", "value * 0.10"),
        ("7.5 %", "value * 0.075"),
        ("free", "value * 0"),
        ("Free", "value * 0"),
        ("0%", "value * 0.00"),
        ("0.12 EUR/kg", "quantity.KGM * 0.12 * fx.EUR"),
        ("0.12 EUR/KGM", "quantity.KGM * 0.12 * fx.EUR"),
        ("93.1 EUR/100kg", "quantity.KGM * 0.931 * fx.EUR"),
        ("55 EUR/t", "quantity.KGM * 0.055 * fx.EUR"),
        ("4 USD/hl", "quantity.LTR * 0.04 * fx.USD"),
        ("25 EUR/MIL", "quantity.C62 * 0.025 * fx.EUR"),
        ("10% min 0.12 EUR/kg", "max(value * 0.10, quantity.KGM * 0.12 * fx.EUR)"),
        ("10% max 2 EUR/l", "min(value * 0.10, quantity.LTR * 2 * fx.EUR)"),
        ("5% + 2 EUR/100kg", "value * 0.05 + quantity.KGM * 0.02 * fx.EUR"),
        ("5% + 2 EUR/pair max 20%", "min(value * 0.05 + quantity.PR * 2 * fx.EUR, value * 0.20)"),
        ("20% - 1 EUR/kg", "value * 0.20 - quantity.KGM * 1 * fx.EUR"),
        ("25, но не менее 0,2 евро за 1 кг", "max(value * 0.25, quantity.KGM * 0.2 * fx.EUR)"),
        ("10 плюс 0,08 евро за 1 кг", "value * 0.10 + quantity.KGM * 0.08 * fx.EUR"),
        ("250 долларов США за 1000 кг", "quantity.KGM * 0.25 * fx.USD"),
        ("1,25 евро за 1 пару", "quantity.PR * 1.25 * fx.EUR"),
        ("2 EUR/1000 NAR", "quantity.C62 * 0.002 * fx.EUR"),
        ("1 евро за 1 см³ объема двигателя", "quantity.LTR * 1000 * fx.EUR"),
        (
            "15%, or, if lower, 12.5% MIN 0.6 EUR/CMQ of engine capacity",
            "min(value * 0.15, max(value * 0.125, quantity.LTR * 600 * fx.EUR))",
        ),
    ],
)
def test_it_reads_what_tariffs_print(text: str, tree: str) -> None:
    assert render(parse_duty(text)) == tree
    check(parse_duty(text), VOCABULARY)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "DUTY-3", 0),
        ("ten percent", "DUTY-3", 0),
        ("10% min", "DUTY-3", 7),
        ("0.12 euro/kg", "DUTY-4", 5),
        ("0.12 EUR/stone", "DUTY-5", 9),
        ("1 EUR/3kg", "DUTY-6", 0),
        ("1 EUR/0kg", "DUTY-6", 0),
        ("0/0", "DUTY-6", 0),
        ("0.000000000000000001%", "DUTY-2", 0),
        ("0.0000000000000000001 EUR", "DUTY-2", 0),
        ("10% § 5", "DUTY-3", 4),
        ("1" * 300, "DUTY-2", 0),
    ],
)
def test_it_says_where_a_text_goes_wrong(text: str, code: str, position: int) -> None:
    with pytest.raises(DutyError) as caught:
        parse_duty(text)
    assert (caught.value.code, caught.value.position) == (code, position)


@given(st.text(alphabet="0123456789.%+-/ EURkgtlminmaxfree", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse_duty(text)
    except DutyError:
        return
    assert parse(render(tree)) == tree


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**6, places=3))
def test_a_minimum_is_never_undercut(value: Decimal, kilograms: Decimal) -> None:
    facts = {"value": value, "quantity.KGM": kilograms, "fx.EUR": Decimal("10.9")}
    duty = explain(check(parse_duty("10% min 0.12 EUR/kg"), VOCABULARY), facts).value
    assert duty == max(value * Decimal("0.1"), kilograms * Decimal("0.12") * Decimal("10.9"))


def test_quantities_meet_rates_in_their_base_unit() -> None:
    stated = {"TNE": Decimal(2), "HLT": Decimal(3), "XXX": Decimal(1), "DZN": Decimal(4)}
    assert base_quantities(stated) == {
        "quantity.KGM": Decimal(2000),
        "quantity.LTR": Decimal(300),
        "quantity.C62": Decimal(48),
    }


def test_a_quantity_that_is_counted_otherwise_is_another_one() -> None:
    stated = {"TNE.net_drained": Decimal(2), "KGM": Decimal(2300), "content.sucrose": Decimal(80)}
    assert base_quantities(stated) == {
        "quantity.KGM.net_drained": Decimal(2000),
        "quantity.KGM": Decimal(2300),
        "content.sucrose": Decimal(80),
    }
