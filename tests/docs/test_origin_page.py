# SPDX-License-Identifier: Apache-2.0
"""The page on origin: its bill is judged as it says, its notations are read, its formulas are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gumruk.cli import main
from gumruk.law.origin.rules import class_of, printed_rule, read_rule
from gumruk.law.origin.rules.content import FORMULAS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "origin.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_it_judges_the_bill_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bill, told = re.findall(r"```(?:yaml)?\n(.*?)```", TEXT, re.DOTALL)[1:3]
    (tmp_path / "biscuits.yaml").write_text(bill, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["origin", "check", "biscuits.yaml"]) == 1
    assert capsys.readouterr().out == told
    assert main(["origin", "check", "biscuits.yaml", "--language", "ru"]) == 1
    assert "Товар не имеет происхождения." in capsys.readouterr().out


def test_it_reads_the_rule_and_the_notations_that_it_shows() -> None:
    (text,) = re.findall(r'origin read "(.+)"', TEXT)
    assert printed_rule(read_rule(text)) == "change(heading)" or class_of(read_rule(text)) == "CTH"
    rows = re.findall(r"^\| ([A-Z][A-Z, -]+) \| .+ \| (`.+`) \|$", TEXT, re.MULTILINE)
    assert len(rows) == 12
    for classes, notations in rows:
        for notation in re.findall(r"`([^`]+)`", notations):
            assert class_of(read_rule(notation)) in classes.split(", ")


def test_it_names_each_formula_with_its_source() -> None:
    for formula in FORMULAS.values():
        assert f"| `{formula.method}` | {formula.written} | {formula.source} |" in TEXT
