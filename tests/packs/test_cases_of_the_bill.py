# SPDX-License-Identifier: Apache-2.0
"""Cases of travellers, processing and penalties: mistakes named by line, and where a case and the law part."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gumruk import packs
from gumruk.packs.cases import Outcome, read_cases, run_case

CASES = {
    "traveller": """
- traveller: A telephone
  country: tj
  law: training
  day: 2026-12-15
  working: 30 % of what lies beyond 500 EUR
  goods:
    - {code: 8517130000, price: 900.00 EUR, mass: 3, indivisible: no}
  expect: {carried: 1 288.62, total: 1 288.62}
""",
    "inward": """
- inward: Steel
  country: tj
  law: training
  day: 2026-12-15
  working: half of it stays
  imported: {items: [{code: 7207110000, price: 10 000.00 TJS, origin: CN, procedure: 51}]}
  quantity: 1000
  scale: quantity
  outputs:
    - {name: bars, kind: product, quantity: 375, yield: 0.75, fate: released}
    - {name: more, kind: product, quantity: 375, yield: 0.75, fate: exported}
  expect: {import_duty: 250.00, vat: 735.00}
""",
    "outward": """
- outward: Cloth
  country: tj
  law: training
  day: 2026-12-15
  working: two thirds are processing
  products: {items: [{code: 6203420000, price: 30 000.00 TJS, origin: UZ, procedure: 40}]}
  sent: {items: [{code: 5208110000, price: 10 000.00 TJS, origin: TJ, procedure: 40}]}
  method: value
  expect: {import_duty: 3 000.00, vat: 3 220.00}
""",
    "penalty": """
- penalty: Late
  country: tj
  law: training
  day: 2026-12-11
  working: 10 x 70
  rule: late_declaration
  due_on: 2026-12-10
  done_on: 2026-12-20
  expect: {days: 10, penalty: 700.00}
""",
}


@cache
def tajik() -> packs.Pack:
    return packs.load(packs.pack_folder("tj"))


def outcome(path: Path, text: str) -> Outcome:
    path.write_text(text, encoding="utf-8")
    (case,) = read_cases(path).cases
    return run_case(case, tajik())


@pytest.mark.parametrize("kind", CASES)
def test_it_passes_as_it_stands(kind: str, tmp_path: Path) -> None:
    assert outcome(tmp_path / "case.yaml", CASES[kind]).misses == ()


@pytest.mark.parametrize(
    ("kind", "old", "new", "line", "code"),
    [
        ("traveller", "code: 8517130000", "code: telephone", 8, "value"),
        ("traveller", "price: 900.00 EUR, ", "", 8, "missing"),
        ("traveller", "mass: 3", "mass: heavy", 8, "value"),
        ("traveller", "mass: 3", "weight: 3", 8, "key"),
        ("traveller", "indivisible: no", "indivisible: perhaps", 8, "value"),
        ("traveller", "total: 1 288.62", "total: much", 9, "value"),
        ("inward", "kind: product, quantity: 375, yield: 0.75, fate: released", "fate: released", 11, "missing"),
        ("inward", "kind: product", "kind: prodct", 11, "value"),
        ("inward", "fate: released", "fate: sold", 11, "value"),
        ("inward", "scale: quantity", "scale: colour", 9, "value"),
        ("inward", "quantity: 1000\n", "quantity: many\n", 8, "value"),
        ("outward", "method: value", "method: valu", 9, "value"),
        ("outward", "  sent: {items: [{code: 5208110000, price: 10 000.00 TJS, origin: TJ, procedure: 40}]}\n", "", 2,
         "missing"),
        ("penalty", "  rule: late_declaration\n", "", 2, "missing"),
        ("penalty", "done_on: 2026-12-20", "done_on: later", 9, "value"),
        ("penalty", "penalty: 700.00", "fine: 700.00", 10, "key"),
    ],
)  # fmt: skip
def test_it_names_a_mistake_by_its_line(tmp_path: Path, kind: str, old: str, new: str, line: int, code: str) -> None:
    assert old in CASES[kind]
    (tmp_path / "case.yaml").write_text(CASES[kind].replace(old, new, 1), encoding="utf-8")
    read = read_cases(tmp_path / "case.yaml")
    assert [(fault.line, fault.code) for fault in read.faults] == [(line, code)]
    assert read.cases == ()


@pytest.mark.parametrize(
    ("kind", "old", "new", "name", "parted", "law"),
    [
        ("traveller", "carried: 1 288.62", "carried: 1 288.63", "carried", "flat.rate", "flat_rates carried"),
        ("traveller", "total: 1", "findings: FLT-1, total: 1", "findings", "flat.rate", "flat_rates carried"),
        ("inward", "import_duty: 250.00", "import_duty: 251.00", "import_duty", "inward.due", "tariff 72"),
        ("outward", "import_duty: 3 000.00", "import_duty: 3 001.00", "import_duty", "outward.value_due", "tariff 62"),
        ("penalty", "penalty: 700.00", "penalty: 770.00", "penalty", "penalty.rounded", "penalties late_declaration"),
    ],
)  # fmt: skip
def test_it_says_at_which_step_and_on_which_law_the_two_part(
    tmp_path: Path, kind: str, old: str, new: str, name: str, parted: str, law: str
) -> None:
    miss = outcome(tmp_path / "case.yaml", CASES[kind].replace(old, new, 1)).misses[0]
    assert (miss.name, miss.parted, f"{miss.law[0].table} {miss.law[0].key}") == (name, parted, law)
    assert {step.params.get("charge", name) for step in miss.steps} == {name}
