# SPDX-License-Identifier: Apache-2.0
"""The page on finding codes: its commands run, its figures and findings are those of the code."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from gumruk import texts
from gumruk.cli import main
from gumruk.law.declarations.rules.answers import WITHOUT_RULE
from gumruk.law.nomenclature import ASKED_MAX
from gumruk.office.declarations.describing import FRESH_LODGED, FRESH_TYPED, OTHERS_LEAST
from gumruk.office.desk.asked_often import QUESTIONS
from gumruk.office.desk.find_views import RESULTS_MAX
from gumruk.office.nomenclature.queries import LETTERS_MAX
from gumruk.office.project.environment import search_folder
from gumruk.search.confidence import LIKELY, POSSIBLE, PRESELECTED
from gumruk.search.finder import Kind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "finding.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_it_runs_the_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without an installation; the index that the tests share is read, not built again."""
    monkeypatch.setenv("GUMRUK_SEARCH", str(search_folder()))
    monkeypatch.setenv("GUMRUK_DATA", str(tmp_path))
    for name in ("DATABASE_URL", "DATABASE_APP_URL"):
        monkeypatch.delenv(name, raising=False)
    commands = [shlex.split(line)[2:] for line in TEXT.splitlines() if line.startswith("./run gumruk ")]
    assert len(commands) == 4
    assert [main(command) for command in commands] == [0, 0, 0, 0]
    assert "0207 14" in capsys.readouterr().out


def test_it_names_the_figures_as_they_are() -> None:
    assert f"first {LETTERS_MAX:,} letters" in TEXT and f"1 to {RESULTS_MAX}" in TEXT
    assert f"{QUESTIONS.at_once:.0f} questions at once, or {QUESTIONS.a_second:.0f} a second" in TEXT
    assert f"from {LIKELY:.0%}".replace("%", " %") in TEXT and f"from {POSSIBLE:.0%}".replace("%", " %") in TEXT
    assert f"below {PRESELECTED:.0%}".replace("%", " %") in TEXT
    numbers = {2: "two", 3: "three", 8: "eight"}
    assert f"at most {numbers[ASKED_MAX]}" in TEXT and f"at least {numbers[OTHERS_LEAST]} others" in TEXT
    assert f"Of one message {numbers[FRESH_LODGED]} descriptions" in TEXT and f"draft {numbers[FRESH_TYPED]};" in TEXT


def test_it_names_every_kind_of_answer_and_every_finding() -> None:
    assert all(f"`{kind.value}`" in TEXT for kind in Kind)
    found = {key.split(".")[1] for key in texts.catalogue("en") if key.startswith("finding.NOM-")}
    assert all(f"`{code}`" in TEXT for code in found) and found <= WITHOUT_RULE
