# SPDX-License-Identifier: Apache-2.0
"""The distinct rule texts of 43 schemes: how many are read whole, which classes stay human; the reference cases."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from gumruk.law.origin.rules import (
    Bill,
    Material,
    RuleError,
    Terms,
    TextileTolerance,
    class_of,
    originating,
    printed_rule,
    read_rule,
)
from gumruk.law.origin.rules.content import BUILD_DOWN, BUILD_UP, DIRECT
from gumruk.law.origin.rules.originating import is_mixed
from gumruk.wire.rule_sets import read_rule_sets

pytestmark = pytest.mark.reference
#: Why a text stays with a human, by the code with which it is refused.
HUMAN = {
    "ROO-2": "nothing stands there",
    "ROO-3": "goods that cannot be told apart",
    "ROO-4": "a wording of its own",
    "ROO-5": "a note inside",
    "ROO-6": "and / or mixed",
    "ROO-8": "refers elsewhere",
    "ROO-9": "sets",
}
#: Which of our classes the corpus' own classes name, where it names only one.
THEIRS = {"WO": "WO", "CTH": "CTH", "CC": "CC", "CTSH": "CTSH", "RVC": "RVC", "MAXNOM": "MAXNOM"}


def _texts(reference_data: Path) -> list[dict[str, str]]:
    with (reference_data / "origin" / "uk_rule_texts_distinct.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_it_reads_the_distinct_rule_texts(reference_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read, human, occurrences, disagree = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    rows = _texts(reference_data)
    for row in rows:
        occurrences["all"] += int(row["occurrences"])
        try:
            rule = read_rule(row["rule_text"])
        except RuleError as error:
            assert 0 <= error.position <= len(row["rule_text"])
            human[HUMAN[error.code]] += 1
            continue
        assert read_rule(printed_rule(rule)) == rule, row["rule_text"]
        occurrences["read"] += int(row["occurrences"])
        read[class_of(rule)] += 1
        wanted = THEIRS.get(row["class"])
        if wanted and wanted not in class_of(rule).split("+"):
            disagree[f"{row['class']} read as {class_of(rule)}"] += 1
    share = sum(read.values()) / len(rows)
    with capsys.disabled():
        print(f"\n  rules of origin: {sum(read.values())} of {len(rows)} distinct texts read whole ({share:.2%}),")
        print(f"  {occurrences['read'] / occurrences['all']:.2%} of {occurrences['all']} occurrences")
        print(f"  by class: {dict(read.most_common(14))}, {len(read)} classes")
        print(f"  stays human: {dict(human.most_common())}")
        print(f"  corpus' class not among ours: {dict(disagree)}")
    assert share >= 0.87
    assert occurrences["read"] >= D("0.96") * occurrences["all"]


def test_it_reads_the_rule_sets_of_every_scheme(reference_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counter[str]()
    for folder in ("uk_rule_sets", "xi_psr"):
        for path in sorted((reference_data / "origin" / folder).glob("*.json.gz")):
            for one in read_rule_sets(path.read_bytes()):
                for text in one.texts:
                    counts[f"{folder} texts"] += 1
                    try:
                        read_rule(text)
                    except RuleError:
                        continue
                    counts[f"{folder} read"] += 1
    with capsys.disabled():
        print(f"\n  rules in the schemes' files: {dict(counts)}")
    assert counts["uk_rule_sets texts"] > 40_000
    for folder in ("uk_rule_sets", "xi_psr"):
        assert counts[f"{folder} read"] >= D("0.85") * counts[f"{folder} texts"]


def _cases(reference_data: Path) -> dict[str, dict[str, Any]]:
    content = json.loads((reference_data / "origin" / "origin_cases.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in content["origin_cases"]}


#: The cases' rules in the words of the agreement from which the cases are quoted (UK-Vietnam, note 4).
_WEIGHT_RULES = {
    "Chapter 22": "the individual weight of sugar and of the materials of chapter 4 used does not exceed 20 % of the "
    "weight of the final product",
    "1704": "Manufacture in which: - the total combined weight of sugar and the materials of chapter 4 used does not "
    "exceed 50 % of the weight of the final product, - the weight of the materials of chapter 4 used does not exceed "
    "20 % of the weight of the final product, and - the weight of sugar used does not exceed 40 % of the weight of "
    "the final product",
}


@pytest.mark.parametrize(
    "name", ["weight-individual-pass", "weight-individual-fail", "weight-combined-pass", "weight-combined-fail"]
)
def test_the_cases_of_limits_by_weight(reference_data: Path, name: str) -> None:
    case = _cases(reference_data)[name]
    shares = case["input"]["non_originating_weight_pct"]
    materials = (
        Material("sugar", "1701", mass=D(shares["sugar"]), originating=False, named={"sugar": True}),
        Material("milk", "0402", mass=D(shares["ch4"]), originating=False, named={"sugar": False}),
    )
    rule = read_rule(_WEIGHT_RULES[case["input"]["rule"].partition(":")[0]])
    outcome = originating(Bill("220290", materials, mass=D(100)), rule)
    assert (outcome.verdict == "yes") is case["expected"]["originating"]
    assert outcome.missing == ()


def _mixed(code: str, own: Material, foreign: Material, mass: D, tolerance: TextileTolerance) -> str:
    bill = Bill(code, (own, foreign), mass=mass, insufficient=False)
    return str(originating(bill, read_rule("not_used([5506, 5509])"), Terms(textile=tolerance)).verdict)


def test_the_case_of_a_mixed_yarn(reference_data: Path) -> None:
    case = _cases(reference_data)["textile-tolerance-yarn"]
    allowed = D(case["expected"]["non_originating_synthetic_allowed_up_to_pct_weight"])
    cotton = Material("cotton", "5203", mass=D(100) - allowed, originating=True, textiles=("cotton",))
    synthetic = Material("staple", "5506", mass=allowed, originating=False, textiles=("polyester",))
    assert is_mixed(one for material in (cotton, synthetic) for one in material.textiles)
    tolerance = TextileTolerance(allowed, of_product=True)
    assert _mixed("5205", cotton, synthetic, D(100), tolerance) == "yes"
    assert _mixed("5205", cotton, synthetic, D(99), tolerance) == "no"


def test_the_case_of_the_denominator_for_wool(reference_data: Path) -> None:
    """Japan measures against the basic textile materials only, protocols of the EU's form against the fabric."""
    case = _cases(reference_data)["textile-tolerance-wool"]
    assert case["expected"]["denominator"].startswith("weight of the basic textile materials only (Japan)")
    wool = Material("wool yarn", "5107", mass=D(81), originating=True, textiles=("wool",))
    synthetic = Material("synthetic yarn", "5509", mass=D(10), originating=False, textiles=("polyester",))
    for of_product, verdict in ((False, "no"), (True, "yes")):  # 10 of 91 and 10 of 100
        assert _mixed("5112", wool, synthetic, D(100), TextileTolerance(D(10), of_product)) == verdict


def test_the_case_of_a_tufted_fabric_that_is_not_mixed(reference_data: Path) -> None:
    case = _cases(reference_data)["tufted-not-mixed"]
    yarn, fabric = ("cotton",), ("cotton",)
    assert is_mixed((*yarn, *fabric)) is case["expected"]["mixed_product"]
    assert is_mixed((*yarn, *fabric, "polyester"))  # unless the cotton fabric is itself mixed


def test_the_three_formulas(reference_data: Path) -> None:
    cases = _cases(reference_data)
    for name, formula in (
        ("formula-build-up", BUILD_UP),
        ("formula-transaction value", BUILD_DOWN),
        ("formula-ASEAN direct", DIRECT),
    ):
        assert cases[name]["input"]["formula"] == formula.written
        assert cases[name]["expected"]["unit"] == "percent"


def test_the_cases_are_all_covered(reference_data: Path) -> None:
    assert len(_cases(reference_data)) == 10
    assert len(gzip.decompress((reference_data / "origin" / "uk_rule_sets" / "japan.json.gz").read_bytes())) > 0
