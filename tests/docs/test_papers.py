# SPDX-License-Identifier: Apache-2.0
"""The papers lead where they say, and each command that they print can be given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gumruk.cli import main, parser_build
from gumruk.law.declarations import RULES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
#: What stands for something in a printed command, and what is taken for it here.
FOR_EXAMPLE = {"EVENT": "00000000-0000-7000-8000-000000000001", "DATE": "2027-01-04", "N": "1"}
#: `gumruk assess` and `gumruk audit check` name a command without its arguments.
NAME_WORDS_MAX = 2
#: What shows a form (`./run gumruk COMMAND`), or is no command: the marks that are hashed with events and seals.
FORMS = re.compile(r"^(COMMAND|ARGUMENTS|\.\.\.)|^(event|personal|seal) 1$")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on the repository's pages."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def commands(page: Path) -> list[str]:
    """The `gumruk` commands in code: in blocks, at the beginning of a line, and in backquotes."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash)?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines += [line.strip() for line in re.findall(r"^(?: {4}|\t)(.*)$", text, re.MULTILINE)]
    lines += re.findall(r"`((?:\./run )?gumruk [^`]+)`", text)
    found = [re.match(r"(?:\$ )?(?:\./run )?gumruk +(.*)$", line) for line in lines]
    return [match[1].partition("  #")[0].partition(" && ")[0].strip() for match in found if match]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_it_leads_to_files_that_exist(page: Path) -> None:
    lost = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=name)
def test_it_prints_commands_that_can_be_given(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = parser_build()
    for line in commands(page):
        if FORMS.match(line):
            continue
        words = [FOR_EXAMPLE.get(word, word) for word in shlex.split(line.replace("[", " ").replace("]", " "))]
        try:
            parser.parse_args([*words, "--help"] if len(words) <= NAME_WORDS_MAX else words)
        except SystemExit as ended:
            assert ended.code == 0, f"gumruk {line}\n{capsys.readouterr().err}"


def test_it_names_every_page_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "README.md"]
    assert [page for page in pages if f"({page})" not in index] == []


def test_its_generated_pages_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "--check"]) == 0, capsys.readouterr().out


def test_it_counts_the_rules_as_they_are() -> None:
    for page in ("README.md", "CHANGELOG.md"):
        assert f"{len(RULES)} checks" in (ROOT / page).read_text(encoding="utf-8")


def test_its_pictures_are_small() -> None:
    heavy = [name(path) for path in (ROOT / "docs" / "images").glob("*") if path.stat().st_size > 200_000]
    assert heavy == []
