# SPDX-License-Identifier: Apache-2.0
"""Law that is no law: a pack with overlapping dates, an expression nested 10 000 deep, a day in 1890."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.office.declarations.stage import Stage, message, tajikistan

from gumruk import cli, packs
from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.services import LawOverlaps


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the country pack that may be spoilt."""
    folder = tmp_path / "tj"
    shutil.copytree(packs.pack_folder("tj"), folder)
    return folder


def spoil(pack: Path, file: str, before: str, after: str) -> None:
    text = (pack / file).read_text()
    assert before in text
    (pack / file).write_text(text.replace(before, after, 1))


def test_it_names_file_line_and_mend_of_overlapping_dates(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(pack, "values.toml", "valid_to = 2026-12-31", "valid_to = 2027-06-30")
    assert cli.main(["pack", "check", str(pack)]) == 1
    said = capsys.readouterr()
    assert "values.toml" in said.out + said.err
    assert "vat.rate" in said.out + said.err
    with pytest.raises(packs.PackError):
        packs.load(pack)


def test_it_assesses_nothing_by_a_pack_with_overlapping_dates(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(pack, "values.toml", "valid_to = 2026-12-31", "valid_to = 2027-06-30")
    path = tmp_path / "declaration.json"
    path.write_bytes(message())
    assert cli.main(["assess", str(path), "--country", str(pack)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "values.toml" in said.err


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 12, 31), None), (None, None), (date(2024, 1, 1), date(2024, 1, 1))],
)
def test_it_publishes_no_law_that_says_two_things_on_one_day(
    stage: Stage, first: date | None, last: date | None
) -> None:
    vat = next(entry for entry in tajikistan().book.entries if entry.key == "vat.rate")
    twice = replace(vat, valid=DateRange(first, last))
    with pytest.raises(LawOverlaps, match=r"values vat\.rate"):
        stage.publish(LawBook("TJ", [*tajikistan().book.entries, twice]))
    assert Publication.objects.count() == 1


def test_it_publishes_a_value_beside_its_training_twin(stage: Stage) -> None:
    twin = Entry("values", "vat.rate", {"value": None}, DateRange(), None, Status.TRAINING)
    stage.publish(LawBook("TJ", [*tajikistan().book.entries, twin]))
    assert Publication.objects.count() == 2


@pytest.mark.parametrize("deep", ["(" * 10_000 + "1" + ")" * 10_000, "not " * 10_000 + "true", "1" + "+1" * 100_000])
def test_it_refuses_a_pack_with_an_expression_nested_10_000_deep(
    pack: Path, deep: str, capsys: pytest.CaptureFixture[str]
) -> None:
    limit = sys.getrecursionlimit()
    spoil(pack, "charges.toml", "when = 'item.procedure in", f"when = '{deep} and item.procedure in")
    assert cli.main(["pack", "check", str(pack)]) == 1
    said = capsys.readouterr()
    assert "charges.toml" in said.out + said.err
    assert sys.getrecursionlimit() == limit


def assess(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["assess", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def declaration(tmp_path: Path) -> str:
    path = tmp_path / "declaration.json"
    path.write_bytes(message())
    return str(path)


def test_it_assesses_from_the_files_alone(declaration: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, told, _ = assess(capsys, declaration, "--on", "2026-12-15", "--json")
    found: dict[str, Any] = json.loads(told)
    assert status == 0
    assert (found["total"], found["currency"], found["training"]) == ("177584.08", "TJS", True)
    assert found["law"] == tajikistan().book.digest
    status, told, _ = assess(capsys, declaration, "--on", "2026-12-15", "--explain", "--language", "ru")
    assert status == 0
    assert "177\u00a0584,08" in told and "таможенная стоимость" in told
    assert "УЧЕБНЫЕ НОРМЫ" in told
    assert not set(told.split()) & {"total", "payable", "customs", "value", "charge"}


def test_it_says_that_1890_had_no_law(declaration: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, told, _ = assess(capsys, declaration, "--on", "1890-01-01")
    assert status == 1
    assert "DEC-15" in told


def test_it_says_what_production_cannot_assess(declaration: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, told, _ = assess(capsys, declaration, "--on", "2026-12-15", "--production", "--json")
    assert status == 1
    assert {"VAL-1", "VAL-2"} <= {found["code"] for found in json.loads(told)["findings"]}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04", "BATCH-01"), (b"<Declaration>", "WIRE-08"), (b"", "WIRE-01"), (b"<" * 11_000_000, "WIRE-02")],
)
def test_it_says_which_file_it_cannot_read(
    content: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "declaration.xml"
    path.write_bytes(content)
    status, told, err = assess(capsys, str(path))
    assert (status, told) == (2, "")
    assert err.startswith(f"{path}\n  {code} ")


def test_it_says_that_a_file_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assess(capsys, str(tmp_path / "none.xml"))[0] == 2
    assert assess(capsys, str(tmp_path))[0] == 2


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "18900101x"])
def test_it_takes_no_day_that_is_none(declaration: str, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["assess", declaration, "--on", day])
    assert end.value.code == 2
    assert "--on" in capsys.readouterr().err
