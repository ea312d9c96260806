# SPDX-License-Identifier: Apache-2.0
"""The worked cases of `tests/cases/kg` against the pack `kg`: compiled and explained alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.law.assessment.test_cases import PARTS, facts_of, shown

from gumruk import packs
from gumruk.law.assessment import assess, compute
from gumruk.law.lawbook import Legal, Moments

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "kg"


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


@pytest.fixture(scope="module")
def pack() -> packs.Pack:
    return packs.load(packs.pack_folder("kg"))


@pytest.mark.parametrize("case", list(cases()))
def test_it_assesses_as_the_case_was_worked_out(case: Any, pack: packs.Pack) -> None:
    legal = Legal(pack.book, Moments(case["day"], case["day"]), training=True)
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
    assert sum(1 for _ in cases()) >= 45
