# SPDX-License-Identifier: Apache-2.0
"""The cases that a lawyer can read (`tests/cases/assessment`), against the pack `tj`: compiled and explained alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gumruk import packs
from gumruk.law.assessment import ChargeLine, GoodsFacts, ItemFacts, assess, compute
from gumruk.law.kernel import HsCode, Money
from gumruk.law.lawbook import Legal, Moments

FOLDER = Path(__file__).resolve().parents[2] / "cases" / "assessment"
KEYS = {"case", "law", "day", "items", "working", "expect", "findings", "freight", "insurance", "outside_hours", "mode"}
ITEM_KEYS = {"code", "price", "origin", "procedure", "additional", "preference", "documents", "quantities"}
PARTS = ("computed", "relieved", "secured", "payable")


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text()):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


@pytest.fixture(scope="module")
def pack() -> packs.Pack:
    return packs.load(packs.pack_folder("tj"))


def money(text: str | None) -> Money | None:
    if text is None:
        return None
    amount, currency = text.split()
    return Money(Decimal(amount), currency)


def facts_of(case: Mapping[str, Any]) -> GoodsFacts:
    items = []
    for place, told in enumerate(case["items"], start=1):
        assert told.keys() <= ITEM_KEYS
        quantities = {unit: Decimal(value) for unit, value in told.get("quantities", {}).items()}
        price = money(told["price"])
        assert price is not None
        items.append(
            ItemFacts(
                sequence=place,
                code=HsCode(told["code"]),
                price=price,
                origin=told["origin"],
                procedure=told["procedure"],
                previous_procedure="00",
                additional_procedures=tuple(told.get("additional", ())),
                preference=told.get("preference"),
                documents=tuple(told.get("documents", ())),
                net_mass_kg=quantities.get("KGM"),
                quantities=quantities,
            )
        )
    return GoodsFacts(
        tuple(items), money(case.get("freight")), money(case.get("insurance")), case.get("outside_hours", False)
    )


def shown(line: ChargeLine, expected: Any) -> Any:
    """What a line says, in the words in which the case expects it."""
    if line.computed is None:
        return "unknown"
    if isinstance(expected, Mapping):
        told = {part: amount(getattr(line, part)) for part in PARTS} | {"rate": line.rate, "relief": line.relief}
        return {key: told[key] for key in expected}
    return amount(line.payable)


def amount(found: Decimal | None) -> str:
    """An amount with every digit that it has; nothing is always 0.00."""
    return "0.00" if found == 0 else f"{found:f}"


@pytest.mark.parametrize("case", list(cases()))
def test_it_assesses_as_the_case_was_worked_out(case: Any, pack: packs.Pack) -> None:
    assert case.keys() <= KEYS
    assert case["law"] and case["working"]
    legal = Legal(pack.book, Moments(case["day"], case["day"]), training=case.get("mode") != "production")
    facts = facts_of(case)
    assessment = assess(facts, legal)
    expect = case["expect"]
    found: dict[Any, dict[str, Any]] = {
        item.sequence: {"value": f"{item.customs_value.amount:f}"} for item in assessment.items
    }
    for line in assessment.lines:
        place = line.item or "whole"
        found.setdefault(place, {})[line.name] = shown(line, expect.get(place, {}).get(line.name))
    assert found == expect
    assert [finding.code for finding in assessment.findings] == case.get("findings", [])

    computed = compute(facts, legal)
    fast = [(line.item, line.charge.code, *(getattr(line, part) for part in PARTS)) for line in computed.amounts]
    assert fast == [(line.item, line.code, *(getattr(line, part) for part in PARTS)) for line in assessment.lines]


def test_it_has_cases_enough() -> None:
    assert sum(1 for _ in cases()) >= 25
