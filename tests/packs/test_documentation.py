# SPDX-License-Identifier: Apache-2.0
"""The page about country packs says what the schema says."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gumruk import packs
from gumruk.cli import main
from gumruk.law.lawbook import Status
from gumruk.office.lawbook.labels import installed_pack

PAGE = (Path(__file__).parents[2] / "docs" / "country-pack.md").read_text(encoding="utf-8")


def test_it_lists_the_tables_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "tables"]) == 0
    listed = PAGE.partition("compared by a test -->\n")[2].partition("<!-- end of tables -->")[0]
    assert listed == capsys.readouterr().out


def test_it_explains_every_value_and_status() -> None:
    words = set(re.findall(r"`([a-z_.]+)`", PAGE))
    keys = {entry.key for entry in packs.load(packs.pack_folder("tj")).book.entries_of("values")}
    moments = {key.removeprefix("legal_moment") for key in keys if key.startswith("legal_moment.")}
    explained = {key for key in keys if key in words} | {f"legal_moment{word}" for word in moments if word in words}
    assert keys - explained == set()
    assert set(Status) <= words


def test_its_example_is_read_as_it_stands(small: Path) -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0].replace("TJ-TC-1844-2021", "LAW-1")
    path = small / "values.toml"
    path.write_text(
        '[[values]]\nkey = "currency"\nvalue = "TJS"\ntype = "text"\nact = "LAW-1"\nstatus = "unverified"\n' + example,
        encoding="utf-8",
    )
    assert packs.check(small) == []


@pytest.fixture
def another_country(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command names its country in the environment, and labels are kept of the first asked: both are put back."""
    monkeypatch.setenv("GUMRUK_COUNTRY", "tj")
    installed_pack.cache_clear()
    yield
    installed_pack.cache_clear()


@pytest.mark.usefixtures("another_country")
def test_its_session_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line of the session, in an empty folder with the example beside it; `# 1:` is a line's exit code."""
    shutil.copy(Path(__file__).parents[2] / "docs" / "examples" / "kg_import.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    session = PAGE.partition("<!-- session")[2].partition("```sh\n")[2].partition("```")[0]
    lines = session.splitlines()
    assert len(lines) >= 5
    shown = {}
    for line in lines:
        words, _, remark = line.partition("#")
        told = re.match(r" (\d):", remark)
        command = words.split()
        assert command[0] == "gumruk"
        assert main(command[1:]) == (int(told[1]) if told else 0), line
        shown[" ".join(command[1:3])] = capsys.readouterr().out
    assert "13318" in shown["pack compare"]


@pytest.mark.usefixtures("another_country")
def test_its_example_costs_what_was_worked_out_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """Values with a share of 600 USD of freight, at 87.5: 4 200, 2 100, 3 150 and 3 150 USD. 1 EUR is 95."""
    example = Path(__file__).parents[2] / "docs" / "examples" / "kg_import.json"
    assert main(["assess", str(example), "--country", "kg", "--on", "2026-12-15", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [item["customs_value"] for item in told["items"]] == ["367500.00", "183750.00", "275625.00", "275625.00"]
    assert [(line["name"], line["payable"]) for line in told["charges"]] == [
        ("import_duty", "59375.00"),  # 1.25 x 95 x 500
        ("vat", "51225.00"),  # 12 % of 426 875
        ("import_duty", "37620.00"),  # 0.44 x 95 x 900, above 12.5 %
        ("vat", "26564.40"),  # 12 % of 221 370
        ("import_duty", "32506.30"),  # 27 562.50 and 0.08 x 95 x 650.5
        ("vat", "36975.76"),  # 12 % of 308 131.30
        ("import_duty", "0.00"),
        ("vat", "33075.00"),  # 12 % of 275 625
        ("clearance_fee", "3000.00"),  # a value of 1 102 500
    ]
    assert told["total"] == "280341.46"
