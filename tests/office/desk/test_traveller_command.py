# SPDX-License-Identifier: Apache-2.0
"""`gumruk traveller`: flat charges on goods that are named on the command line."""

from __future__ import annotations

import json

import pytest

from gumruk.cli import main

ON = ("--on", "2026-12-15")


@pytest.fixture(autouse=True)
def _country(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command names the installation's country in the environment; afterwards it is as it was."""
    monkeypatch.setenv("GUMRUK_COUNTRY", "tj")


def test_it_explains_each_charge_in_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    for language, words in (("en", "Flat rate"), ("ru", "Единая ставка"), ("tg", "Меъёри ягона")):
        goods = "8517130000, 900 EUR, 3 kg, indivisible"
        assert main(["traveller", goods, *ON, "--explain", "--language", language]) == 0
        shown = capsys.readouterr().out
        assert words in shown and "TJ-TRAINING" in shown


def test_it_gives_json_with_the_act_in_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["traveller", "8517130000, 900 EUR, 3 kg", "2208300000, 9 EUR, 4 LTR", *ON, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], [charge["rate"] for charge in told["charges"]]) == ("1396.01", ["carried", "spirits"])
    assert {step["act"] for charge in told["charges"] for step in charge["steps"]} == {"TJ-TRAINING"}


def test_it_names_what_is_missing_and_how_it_is_mended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["traveller", "8517130000, 900 EUR", *ON, "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["path"], finding["act"]) == ("FLT-2", "goods[0]", "TJ-TRAINING")
    assert finding["mend"]
    assert main(["traveller", "8517130000, 900 EUR, 3 kg", *ON, "--production"]) == 1
    assert "VAL-2" in capsys.readouterr().out


@pytest.mark.parametrize("goods", ["8517130000", "8517130000, 900", "x, 900 EUR", "8517130000, NaN EUR", ""])
def test_it_refuses_words_that_name_no_goods(goods: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["traveller", goods])
    assert ended.value.code == 2
    assert "8517130000, 900 EUR, 3 kg" in capsys.readouterr().err


def test_it_computes_nothing_on_a_code_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    for country, code, known_by in (("tj", "9999999999", "DEC-20"), ("kg", "0101219999", "DEC-104")):
        goods = ("8517130000, 900 EUR, 3 kg", f"{code}, 900 EUR, 3 kg")
        for language in ("en", "ru", "tg"):
            asked = ["traveller", *goods, *ON, "--country", country, "--json", "--language", language]
            assert main(asked) == 1
            told = json.loads(capsys.readouterr().out)
            found = {finding["path"]: finding for finding in told["findings"]}
            assert (told["total"], told["charges"], found["goods[1]"]["code"]) == (None, [], known_by)
            assert code in found["goods[1]"]["text"] and found["goods[1]"]["mend"]
