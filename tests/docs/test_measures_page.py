# SPDX-License-Identifier: Apache-2.0
"""The page on measures: its examples run, its reasons and rules are those of the code."""

from __future__ import annotations

import csv
import doctest
import re
from pathlib import Path

import pytest

from gumruk.cli import main
from gumruk.law.tariff.measures import Reason
from gumruk.law.tariff.rules import TARIFF_RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
TEXT = PAGE.read_text(encoding="utf-8")
COVERED = {number for rule in TARIFF_RULES.values() for number in rule.numbers}


def left_out() -> list[str]:
    """The rules that the page's last table says are not checked."""
    table = TEXT.partition("Not checked, and why:")[2].partition("`./run bench law`")[0]
    return re.findall(
        r"\b(?:[A-Z]+\d+(?:_origin)?)\b", " ".join(row.split("|")[2] for row in table.split("\n") if "|" in row)
    )


def test_it_runs_the_examples():
    parsed = doctest.DocTestParser().get_doctest(TEXT.replace("```", ""), {}, "measures.md", str(PAGE), 0)
    results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(parsed)
    assert (results.failed, results.attempted > 20) == (0, True)


def test_it_runs_the_commands():
    commands = [line.split()[2:] for line in TEXT.splitlines() if line.startswith("./run gumruk ")]
    assert len(commands) == 2
    assert [main(command) for command in commands] == [0, 0]


def test_it_explains_every_reason():
    assert all(f"`{reason.value}`" in TEXT for reason in Reason)


def test_it_counts_the_rules():
    assert f"{len(COVERED)} are checked by {len(TARIFF_RULES)} rules here" in TEXT
    assert not COVERED & set(left_out())


@pytest.mark.reference
def test_it_accounts_for_every_rule_of_the_list(reference_data: Path):
    with (reference_data / "tariff" / "taric_business_rules_tamato.csv").open(encoding="utf-8") as file:
        listed = [row["rule"] for row in csv.DictReader(file)]
    assert len(listed) == 162
    assert sorted([*COVERED, *left_out()]) == sorted(listed)
