# SPDX-License-Identifier: Apache-2.0
"""The page on the tree: its commands run, its files and keys are those of the code."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from gumruk import packs
from gumruk.cli import main
from gumruk.office.desk.tree_pages import AsOf, place_shown
from gumruk.office.nomenclature.services import FOLLOWED_MAX
from gumruk.office.nomenclature.tree_places import place_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tree.md").read_text(encoding="utf-8")
COMMANDS = [line.split()[2:] for line in PAGE.splitlines() if line.startswith("./run gumruk ")]


@pytest.mark.parametrize("command", COMMANDS)
def test_it_runs_the_commands(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 0
    with zipfile.ZipFile("tree.zip") as archive:
        heads = {
            name: archive.read(name).decode().partition("\r\n")[0].split(",")
            for name in archive.namelist()
            if name != "manifest.json"
        }
    listed = re.findall(r"^\| `(\w+\.csv)` \| `([^`]+)` \|", PAGE, re.MULTILINE)
    assert {name: columns.split(", ") for name, columns in listed} == heads


def test_it_names_every_key_of_an_answer() -> None:
    written = json.loads(re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0])
    asked = AsOf(packs.load(packs.pack_folder("tj")).book, date(2027, 1, 4), "en")
    place = place_of("0207", asked.law().law)
    assert place is not None
    told = place_shown(place, asked)
    assert written.keys() == told.keys()
    assert written["rates"][0] == told["rates"][0]
    assert {name: written[name] for name in ("label", "level", "own_controls")} == {
        name: told[name] for name in ("label", "level", "own_controls")
    }
    assert written["children"][0].keys() == told["children"][0].keys()


def test_it_names_the_most_codes_that_one_may_follow() -> None:
    assert f"up to {FOLLOWED_MAX} codes" in PAGE
