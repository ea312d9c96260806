# SPDX-License-Identifier: Apache-2.0
"""The promise of docs/adding.md: each example patch applies to this tree, in so many places, and its tests pass."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PATCHES = sorted(EXAMPLES.glob("*.patch"))
#: How many places a patch may touch. A country pack is one place, and so are the texts of all languages.
PLACES = {"new-charge": 1, "new-check": 2, "new-field": 5}
ONE_PLACE = {r"^src/gumruk/countries/\w+/.*": "the pack", r"^src/gumruk/texts/\w+/.*": "the texts"}
#: Texts of findings stand beside their rule under the same code: they are no place of their own.
BESIDE = r"^src/gumruk/texts/\w+/findings\.toml$"


def touched(patch: Path) -> list[str]:
    return re.findall(r"^\+\+\+ b/(.*)$", patch.read_text(encoding="utf-8"), re.MULTILINE)


def commands(patch: Path) -> list[list[str]]:
    """The `./run` lines of the patch's head."""
    head = patch.read_text(encoding="utf-8").partition("diff --git")[0]
    return [line.split() for line in re.findall(r"^ +\./run (.*)$", head, re.MULTILINE)]


@pytest.fixture(params=PATCHES, ids=lambda patch: patch.stem)
def patched(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A patch, and a copy of the tree to which it was applied."""
    patch: Path = request.param
    leave = shutil.ignore_patterns("static", "fonts", "images")
    for name in ("src", "docs", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    apply(patch, tmp_path)
    return patch, tmp_path


def apply(patch: Path, tree: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not here: on Debian apt-get install git && ./run test tests/docs")
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tree.parent)}
    done = subprocess.run(
        [git, "apply", str(patch)], check=False, cwd=tree, env=outside, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{patch.name} no longer applies: make it anew\n{done.stderr}"


def run(tree: Path, words: list[str]) -> str:
    """Run a `./run` command line in the copy; what it printed."""
    handover = {"test": ["-m", "pytest", "-q"], "gumruk": ["-m", "gumruk"]}[words[0]]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "GUMRUK_DATA": str(tree / "var"), "PYTHONUTF8": "1"}
    command = [sys.executable, *handover, *words[1:]]
    done = subprocess.run(
        command, check=False, cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"./run {' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_it_applies_and_its_tests_pass(patched: tuple[Path, Path]) -> None:
    patch, tree = patched
    assert any(words[0] == "test" for words in commands(patch))
    for words in commands(patch):
        run(tree, words)
    if ["gumruk", "docs"] in commands(patch):
        run(tree, ["gumruk", "docs", "--check"])


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_it_touches_no_more_places_than_promised(patch: Path) -> None:
    places = set()
    for path in touched(patch):
        if re.match(BESIDE, path):
            continue
        places.add(next((name for form, name in ONE_PLACE.items() if re.match(form, path)), path))
    assert len(places) == PLACES[patch.stem], sorted(places)


def test_it_assesses_the_new_charge_without_a_line_of_python(tmp_path: Path) -> None:
    pack = Path("src/gumruk/countries/tj")
    shutil.copytree(ROOT / pack, tmp_path / pack)
    apply(EXAMPLES / "new-charge.patch", tmp_path)
    tyres = tmp_path / "tyres.xml"
    sample = (ROOT / "src/gumruk/demonstration/truck_mixed.xml").read_text(encoding="utf-8")
    tyres.write_text(sample.replace("<ID>8517130000</ID>", "<ID>4011100000</ID>"), encoding="utf-8")

    def levy(day: str) -> list[str]:
        words = ["assess", str(tyres), "--country", str(tmp_path / pack), "--on", day, "--json"]
        charges = json.loads(run(ROOT, ["gumruk", *words]))["charges"]
        return [charge["payable"] for charge in charges if charge["name"] == "tyre_levy"]

    assert levy("2026-12-31") == []
    assert levy("2027-01-01") == ["247.50"]


def test_it_shows_three_examples_that_the_page_names() -> None:
    page = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    assert [patch.stem for patch in PATCHES] == sorted(PLACES)
    assert all(f"examples/{patch.name}" in page for patch in PATCHES)
