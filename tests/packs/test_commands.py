# SPDX-License-Identifier: Apache-2.0
"""`gumruk pack check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gumruk.cli import main


def test_it_prints_what_the_values_are_worth(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", "tj"]) == 0
    shown = capsys.readouterr().out
    assert "Pack TJ, Tajikistan" in shown
    assert "Nothing is verified" in shown
    tariff = next(line.split() for line in shown.splitlines() if line.startswith("tariff"))
    assert tariff[1:3] == ["-", "-"] and int(tariff[3]) > 100 and tariff[4] == "2"


def test_it_answers_in_tajik(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", "tj", "--language", "tg"]) == 0
    assert "тасдиқнашуда" in capsys.readouterr().out


def test_it_counts_the_same_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", "tj", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["country"] == "TJ" and summary["faults"] == []
    assert summary["total"]["verified"] == 0
    assert summary["total"]["training"] == sum(found["training"] for found in summary["tables"].values())


def test_it_names_file_line_and_mend(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small / "tariff.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("22,10%", "22,ten"), encoding="utf-8")
    assert main(["pack", "check", str(small)]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("tariff.csv:3: ")
    assert "Mend: Write it as 10%" in shown
    assert main(["pack", "check", str(small), "--json", "--language", "ru"]) == 1
    fault = json.loads(capsys.readouterr().out)["faults"][0]
    assert (fault["file"], fault["line"], fault["code"]) == ("tariff.csv", 3, "bad_duty")
    assert fault["mend"].startswith("Пишите")


def test_it_does_not_flood_the_screen(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"22{number:02d},ten,,,,training\n" for number in range(1, 10)) * 20
    (small / "tariff.csv").write_text("code,duty,valid_from,valid_to,act,status\n" + rows, encoding="utf-8")
    assert main(["pack", "check", str(small)]) == 1
    shown = capsys.readouterr().out
    assert "--json prints all" in shown
    assert len(shown.splitlines()) < 110
