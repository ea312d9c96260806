# SPDX-License-Identifier: Apache-2.0
"""`gumruk nomenclature import`: a country's official texts, all of a file or none, and no file that was cut."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gumruk.cli import main
from gumruk.office.nomenclature.official import OfficialText, official_acts, official_texts

WHOLE = "code,text\n0101,Horses\n0102,Bovine animals\n0103,Swine\n0104,Sheep\n0105,Poultry\n"
ASKED = ("--texts-in", "en", "--act", "TJ-TEST", "--from", "2027-01-01")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of its own, which holds the five texts."""
    monkeypatch.setenv("GUMRUK_DATA", str(tmp_path))
    assert taken(tmp_path, WHOLE) == 0
    return tmp_path


def taken(folder: Path, content: str, *more: str) -> int:
    file = folder / "tariff_en.csv"
    file.write_text(content, encoding="utf-8")
    return main(["nomenclature", "import", str(file), *ASKED, *more])


def codes(data: Path) -> list[str]:
    return [text.code for text in official_texts(data)]


def test_it_takes_all_texts_with_their_act_and_counts_them(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert next(official_texts(data)) == OfficialText("0101", "en", "Horses")
    assert official_acts(data)["en"] == {"act": "TJ-TEST", "valid_from": date(2027, 1, 1).isoformat()}
    capsys.readouterr()
    assert taken(data, WHOLE.replace("Swine", "Pigs").replace("0105,Poultry", "0106,Others"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[name] for name in ("count", "added", "changed", "gone")] == [5, 1, 1, 1]


@pytest.mark.parametrize(("language", "word"), [("en", "cut"), ("ru", "обрезан"), ("tg", "бурида")])
def test_it_refuses_a_file_that_was_cut_at_the_end_of_a_line(
    data: Path, capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    cut = "".join(WHOLE.splitlines(keepends=True)[:3])
    assert taken(data, cut, "--language", language) == 1
    said = capsys.readouterr().err
    assert word in said and "3" in said and "2" in said and "--withdraw" in said
    assert codes(data) == ["0101", "0102", "0103", "0104", "0105"], "what was held stands"


def test_it_takes_a_shorter_file_where_most_stays_or_where_it_is_told_to(data: Path) -> None:
    rows = WHOLE.splitlines(keepends=True)
    assert taken(data, "".join(rows[:4])) == 0
    assert codes(data) == ["0101", "0102", "0103"]
    assert taken(data, "".join(rows[:2]), "--withdraw") == 0
    assert codes(data) == ["0101"]


def test_it_guards_each_language_by_itself(data: Path) -> None:
    other = (*ASKED[2:], "--texts-in", "ru")
    file = data / "tariff_en.csv"
    file.write_text("code,text\n0101,Лошади\n", encoding="utf-8")
    assert main(["nomenclature", "import", str(file), *other]) == 0
    assert len(codes(data)) == 6
