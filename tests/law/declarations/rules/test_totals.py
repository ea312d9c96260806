# SPDX-License-Identifier: Apache-2.0
"""Totals of the head by themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.law.declarations.cases import GOOD, ITEM, places, with_items

from gumruk.law.declarations.model import Amount, Measure


def test_it_asks_dec_64_total_packages_can_be_counted() -> None:
    assert places("DEC-64", GOOD) == places("DEC-64", replace(GOOD, total_package_quantity=None)) == []
    for wrong in ("-1", "2.5", "1" * 11):
        assert places("DEC-64", replace(GOOD, total_package_quantity=Decimal(wrong))) == ["total_package_quantity"]


def test_it_asks_dec_65_total_mass_is_above_zero() -> None:
    assert places("DEC-65", GOOD) == places("DEC-65", replace(GOOD, total_gross_mass=None)) == []
    for wrong in (
        Measure(Decimal(0)),
        Measure(Decimal(-1), "TNE"),
        Measure(Decimal(5), "LTR"),
        Measure(Decimal(10) ** 40),
    ):
        assert places("DEC-65", replace(GOOD, total_gross_mass=wrong)) == ["total_gross_mass"]


def test_it_asks_dec_66_invoice_amount_can_be() -> None:
    assert places("DEC-66", GOOD) == places("DEC-66", replace(GOOD, invoice_amount=None)) == []
    for wrong in (Amount(Decimal(-1), "USD"), Amount(Decimal(1), "XXX"), Amount(Decimal(10) ** 13, "USD")):
        assert places("DEC-66", replace(GOOD, invoice_amount=wrong)) == ["invoice_amount"]


def test_it_asks_dec_67_totals_are_stated() -> None:
    two = with_items(ITEM, replace(ITEM, sequence_numeric=2))
    assert places("DEC-67", two) == []
    assert places("DEC-67", replace(two, total_gross_mass=None, invoice_amount=None)) == [
        "total_gross_mass",
        "invoice_amount",
    ]
    assert places("DEC-67", replace(GOOD, total_gross_mass=None)) == []
