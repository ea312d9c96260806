# SPDX-License-Identifier: Apache-2.0
"""Fees by the hour begun, doubled outside hours or place: amounts, and the act in each step."""

from __future__ import annotations

import importlib.util
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk.law.assessment import assess, compute

_spec = importlib.util.spec_from_file_location("small_country", Path(__file__).with_name("book.py"))
assert _spec is not None and _spec.loader is not None
country = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(country)

OUTSIDE = "declaration.outside_hours or declaration.outside_place"
HOURLY = country.charge(
    "1030",
    50,
    "attendance",
    level="declaration",
    kind="fee",
    base="declaration.service_hours",
    when="declaration.service_hours > 0",
    amount=f'round(declaration.service_hours, "up", 0) * law.fee_per_hour * if({OUTSIDE}, law.fee_factor, 1)',
)
LAW = country.book(
    HOURLY,
    country.entry("values", "fee.per_hour", value=Decimal("12.50"), type="decimal"),
    country.entry("values", "fee.factor", value=Decimal(2), type="decimal"),
)


@pytest.mark.parametrize(
    ("hours", "place", "amount"),
    [("0", False, None), ("0.25", False, "12.50"), ("2", False, "25.00"), ("2.01", True, "75.00")],
)
def test_it_takes_hours_begun_and_doubles_outside_the_place(hours: str, place: bool, amount: str | None) -> None:
    facts = country.goods(country.item(), service_hours=Decimal(hours), outside_place=place)
    found = {line.name: line.computed for line in assess(facts, country.legal(LAW)).lines}
    assert found.get("attendance") == (None if amount is None else Decimal(amount))
    assert {line.charge.name: line.computed for line in compute(facts, country.legal(LAW)).amounts} == found


def test_it_tells_each_value_of_a_fee_with_its_own_act() -> None:
    def told(place: bool) -> list[tuple[str, str | None]]:
        facts = country.goods(country.item(), service_hours=Decimal("2.5"), outside_place=place)
        line = next(each for each in assess(facts, country.legal(LAW)).lines if each.name == "attendance")
        steps = (step for step in line.steps if step.code == "assessment.value")
        return [(step.params["expression"], step.act) for step in steps]

    rate, factor = ("law.fee_per_hour", "act of values"), ("law.fee_factor", "act of values")
    assert told(place=False) == [rate]
    assert sorted(told(place=True)) == sorted([rate, factor])


@pytest.mark.parametrize("hours", ["-0.5", "10000", "1.005"])
def test_it_refuses_hours_that_cannot_be(hours: str) -> None:
    facts = country.goods(country.item(), service_hours=Decimal(hours))
    explained, computed = assess(facts, country.legal(LAW)), compute(facts, country.legal(LAW))
    assert [finding.code for finding in explained.findings] == ["ASM-4"]
    assert explained.lines == () and computed.amounts == () and computed.findings == explained.findings
