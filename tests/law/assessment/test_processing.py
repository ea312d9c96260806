# SPDX-License-Identifier: Apache-2.0
"""Laws of processing, beside the worked cases: parts that sum, methods that a country must have, acts in each step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.assessment import (
    AssessedItem,
    Assessment,
    ChargeLine,
    Fate,
    Kind,
    Method,
    Output,
    Scale,
    inward_processing,
    outward_processing,
)
from gumruk.law.kernel import Money
from gumruk.law.lawbook import Entry, Law, LawBook, Scalar, Status

DAY = date(2026, 1, 1)
VALUES: dict[str, Scalar] = {
    "rounding.import_quantity": "half_up:3",
    "rounding.processing": "half_up:2",
    "outward.methods": ("value", "difference"),
    "outward.charges": ("duty",),
}
MONEY = st.decimals(0, 10**9, places=2)
PARTS = st.lists(st.tuples(st.decimals(0, 100, places=2), st.sampled_from(Fate)), min_size=1, max_size=6)


def law(**more: Scalar) -> Law:
    values = {**VALUES, **{key.replace("__", "."): value for key, value in more.items()}}
    return LawBook(
        "XX", [Entry("values", key, {"value": value}, act=f"act of {key}") for key, value in values.items()]
    ).at(DAY)


def assessed(value: Decimal, **charges: Decimal) -> Assessment:
    nothing = Decimal(0)
    lines = tuple(
        ChargeLine(
            1, name, name, "duty", value, amount, nothing, nothing, amount, "TJS", "", DAY, None, Status.TRAINING, ""
        )
        for name, amount in charges.items()
    )
    return Assessment((AssessedItem(1, Money(value, "TJS"), None),), lines, (), "TJS", "", {}, False, False)


@given(MONEY, MONEY, PARTS, st.sampled_from(Scale))
def test_what_is_due_secured_and_relieved_sums_to_what_was_computed(
    duty: Decimal, vat: Decimal, parts: list[tuple[Decimal, Fate]], scale: Scale
) -> None:
    outputs = [
        Output(str(place), Kind.PRODUCT, fate, quantity, Decimal("0.7"), Decimal(place + 1))
        for place, (quantity, fate) in enumerate(parts)
    ]
    found = inward_processing(assessed(duty, duty=duty, vat=vat), Decimal(1000), outputs, law(), scale)
    assert [finding.code for finding in found.findings] in ([], ["PRC-4"])
    assert sum(found.contains.values()) + found.unaccounted == 1000
    for name, amount in (("duty", duty), ("vat", vat)):
        shares = found.due[name], found.secured[name], found.relieved[name]
        assert sum(shares) == amount
        assert min(shares) >= 0


@given(MONEY, MONEY, st.decimals(1, 10**9, places=2), st.sampled_from([Method.VALUE, Method.DIFFERENCE]))
def test_nobody_pays_more_than_without_the_relief(duty: Decimal, less: Decimal, value: Decimal, method: Method) -> None:
    sent = assessed(Decimal(1), duty=less)
    found = outward_processing(assessed(value, duty=duty, vat=duty), sent, method, law())
    assert 0 <= found.due["duty"] <= duty
    assert found.due["duty"] + found.relieved["duty"] == duty
    assert (found.due["vat"], found.relieved["vat"]) == (duty, 0)  # the law of this country relieves the duty alone


@pytest.mark.parametrize(
    ("more", "method", "code", "act"),
    [
        ({}, Method.REPAIR, "PRC-5", "act of outward.methods"),
        ({"outward__methods": ()}, Method.VALUE, "PRC-1", None),
        ({"rounding__processing": None}, Method.VALUE, "PRC-1", None),
    ],
)
def test_it_relieves_only_by_a_method_that_the_law_has(
    more: dict[str, Scalar], method: Method, code: str, act: str | None
) -> None:
    goods = assessed(Decimal(100), duty=Decimal(10))
    found = outward_processing(goods, goods, method, law(**more))
    assert [(finding.code, finding.act) for finding in found.findings] == [(code, act)]
    assert not found.due


def test_every_step_names_its_act() -> None:
    goods = assessed(Decimal(100), duty=Decimal(10))
    outward = outward_processing(goods, assessed(Decimal(60)), Method.VALUE, law())
    outputs = [Output("bars", Kind.PRODUCT, Fate.RELEASED, Decimal(5), Decimal("0.5"))]
    inward = inward_processing(goods, Decimal(10), outputs, law())
    assert all(step.act for step in (*outward.steps, *inward.steps))
    assert inward.steps[-1].act == "act of rounding.processing"
    assert outward.steps[-1].act == "act of outward.charges"


def test_it_reckons_nothing_on_law_that_nobody_knows() -> None:
    outputs = [Output("bars", Kind.PRODUCT, Fate.RELEASED, Decimal(5), Decimal("0.5"))]
    goods = assessed(Decimal(100), duty=Decimal(10))
    found = inward_processing(goods, Decimal(10), outputs, law(rounding__import_quantity=None))
    assert [(finding.code, dict(finding.params)) for finding in found.findings] == [
        ("PRC-1", {"what": "rounding.import_quantity"})
    ]
    assert not found.due
