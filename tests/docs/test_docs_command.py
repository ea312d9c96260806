# SPDX-License-Identifier: Apache-2.0
"""`gumruk docs` writes what the code says, and tells what no longer does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gumruk.cli import main
from gumruk.law.declarations import RULES
from gumruk.office.accounts.actors import ALL_PERMISSIONS
from gumruk.office.project import docs_command, docs_drawings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the papers beside the real source."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.png"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "src").symlink_to(ROOT / "src")
    monkeypatch.setattr(docs_command, "ROOT", tmp_path)
    assert main(["docs"]) == 0
    return tmp_path


def test_it_names_each_page_that_is_out_of_date_and_mends_it(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, picture = checkout / "docs" / "rules.md", checkout / "docs" / "images" / "way.svg"
    before = rules.read_text(encoding="utf-8")
    rules.write_text(before.replace("DEC-17", "DEC-71"), encoding="utf-8")
    picture.unlink()
    capsys.readouterr()
    assert main(["docs", "--check"]) == 1
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "docs/rules.md",
        "docs/images/way.svg",
    ]
    assert main(["docs"]) == 0
    assert rules.read_text(encoding="utf-8") == before
    assert picture.exists()
    assert main(["docs", "--check"]) == 0


def test_it_writes_the_pack_s_tables_between_their_marks_and_touches_nothing_else(checkout: Path) -> None:
    page = checkout / "docs" / "country-pack.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("| `tariff` | `code` | commodity | key |\n", ""), encoding="utf-8")
    assert page.read_text(encoding="utf-8") != before
    assert main(["docs"]) == 0
    assert page.read_text(encoding="utf-8") == before


def test_it_refuses_a_page_without_marks() -> None:
    with pytest.raises(ValueError, match="no place for the tables"):
        docs_command.pack_text("# Country packs\n")


def test_it_says_that_there_is_no_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs_command, "ROOT", tmp_path)
    assert main(["docs"]) == 2
    assert "run it in a checkout" in capsys.readouterr().err


def test_it_lists_every_rule_with_its_words_and_every_permission(checkout: Path) -> None:
    rules = (checkout / "docs" / "rules.md").read_text(encoding="utf-8")
    assert all(f"### {code}\n" in rules and RULES[code].meaning in rules for code in RULES)
    permissions = (checkout / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert all(f"| `{permission}` |" in permissions for permission in ALL_PERMISSIONS)


def test_it_draws_every_area_once_filled_where_it_is_built() -> None:
    drawing = docs_drawings.house(ROOT)
    assert drawing.count(">declarations</text>") == 2
    assert '<text x="45" y="95" class="on">project</text>' in drawing
    assert 'class="soft">inspections</text>' in drawing
