# SPDX-License-Identifier: Apache-2.0
"""`gumruk duty`: one text, or a file of them, in words, computed, or refused with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gumruk.cli import main


def duty(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(["duty", *arguments])
    return status, capsys.readouterr().out


def test_it_says_a_duty_in_words_and_computes_it(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = duty(capsys, "10% MIN 0.12 EUR/kg", "--value", "1000", "--net-mass", "2000")
    assert status == 0
    assert "10 % of the customs value, but not less than 0.12 EUR per kg" in told
    assert "duty: 240.00" in told


def test_it_asks_for_the_facts_that_are_missing(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = duty(capsys, "9.4 EUR DTN E", "--value", "1000")
    assert status == 1
    assert "quantity.KGM.net_drained" in told
    status, told = duty(capsys, "9.4 EUR DTN E", "--quantity", "1000", "--json")
    assert (status, json.loads(told)["amount"]) == (0, "94.000")


def test_it_takes_the_components_of_a_meursing_table(capsys: pytest.CaptureFixture[str]) -> None:
    goods = ("9 % + EA MAX 24.2 % + ADSZ", "--value", "3000", "--quantity", "80:DTN", "--component", "EA=18.87 EUR/DTN")
    status, told = duty(capsys, *goods)
    assert status == 1
    assert "component.ADSZ" in told
    status, told = duty(capsys, *goods, "--component", "ADSZ=8.88 EUR/DTN", "--json")
    assert (status, float(json.loads(told)["amount"])) == (0, 1436.40)


def test_it_reads_a_file_a_line_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "duties.txt"
    path.write_text("5%\n\nten percent\n6.6¢/kg\n", encoding="utf-8")
    status, told = duty(capsys, "--file", str(path), "--json")
    answers = [json.loads(line) for line in told.splitlines()]
    assert status == 2
    assert [answer["text"] for answer in answers] == ["5%", "ten percent", "6.6¢/kg"]
    assert answers[0]["plain"] == "5 % of the customs value"
    assert (answers[1]["error"]["code"], answers[1]["error"]["position"]) == ("DUTY-3", 0)
    assert "plain" not in answers[1]


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
@pytest.mark.parametrize(
    "text",
    [
        "5% DCS4%", "From 1 July 2018 2.5%", "10% (01 JUL - 31 JAN)", "Free, under bond", "See 9822.04.25", "NIHIL",
        "Cond: B cert: N-990(27): ; B(08): ; V 91.600 EUR/DTN(01):0.000 % ; V 0.000 EUR/DTN(299):5.000 % - EA",
        "5%, or, if lower, $0.45/kg TSS", "1% MAX 2 EUR", "KGM S", "160.00 kg", "0.2¢ for each other piece",
    ],
)  # fmt: skip
def test_it_has_words_for_every_kind_of_duty(language: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = duty(capsys, text, "--language", language, "--json")
    plain = json.loads(told)["plain"]
    assert (status, "duty." in plain) == (0, False)


def test_it_answers_bad_arguments_clearly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["duty"]) == 2
    assert main(["duty", "--file", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--fact", "x"),
        ("--component", "EA=ten"),
        ("--rate", "EUR"),
        ("--rate", "EUR=x"),
        ("--figure", "V"),
        ("--quantity", "abc"),
        ("--value", "NaN"),
        ("--value", "-5"),
        ("--on", "2027-13-01"),
    ],
)
def test_it_says_how_an_option_is_written(wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["duty", "10%", *wrong])
    assert end.value.code == 2
    assert f"argument {wrong[0]}: " in capsys.readouterr().err
