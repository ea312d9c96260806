# SPDX-License-Identifier: Apache-2.0
"""`gumruk tariff show` and `check`: over a country pack, and over any tariff that a reader hands in."""

from __future__ import annotations

import argparse
import json

import pytest
from tests.law.tariff.rule_cases import FIELDS
from tests.law.tariff.tariff_cases import DAY, LINE, measure, tariff

from gumruk.cli import main
from gumruk.law.tariff.measures import AreaKind, GeographicalArea, Tariff
from gumruk.office.desk.tariff_showing import HeldTariff, add_check, add_show


def run(capsys: pytest.CaptureFixture[str], held: Tariff | None, *arguments: str) -> tuple[int, str]:
    parser = argparse.ArgumentParser()
    parts = parser.add_subparsers(required=True)
    for add in (add_show, add_check):
        add(parts, lambda _: None if held is None else HeldTariff(held, DAY))
    parsed = parser.parse_args(arguments)
    status = parsed.run(parsed)
    return status, capsys.readouterr().out


def test_it_shows_the_measures_of_a_countrys_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tariff", "show", "0101 21", "--on", "2026-12-01", "--origin", "cn"]) == 0
    told = capsys.readouterr().out
    assert "0101210000 on 2026-12-01, origin CN" in told
    assert "third-country duty (tariff, 1011, 0101210000): free" in told
    assert "measure tariff.010121 stands nearer to the code" in told
    assert "[training]" in told


def test_it_says_where_a_rate_is_not_known_in_production(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tariff", "show", "010121", "--on", "2026-12-01", "--production"]) == 1
    assert "MEAS-18" in capsys.readouterr().out


def test_it_checks_a_countrys_tariff(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tariff", "check", "--on", "2026-12-01"]) == 0
    assert "Findings: 0 (-). Records: " in capsys.readouterr().out


def test_it_says_what_a_pack_that_is_not_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tariff", "check", "--country", "/nowhere"]) == 2
    assert capsys.readouterr().err


def test_it_shows_what_is_claimed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    held = tariff(measure("2", "142", LINE, "4%", "2020"), measure("3", "552", LINE, "9%", additional_code="C490"))
    asked = ("show", "0702.0010.10", "--origin", "UZ", "--preference", "300", "--additional-code", "C490", "--json")
    status, told = run(capsys, held, *asked)
    assert status == 0
    assert [row["measure"] for row in json.loads(told)["applied"]] == ["2", "3"]
    status, told = run(capsys, held, "show", LINE, "--unit", "KGM", "--figure", "V=91.6", "--export")
    assert status == 0
    assert "for import only" in told


def test_it_tells_what_it_finds_and_counts_it_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    held = tariff(*FIELDS["ME-32"].broken, *FIELDS["GA-12"].broken)
    status, told = run(capsys, held, "check")
    assert status == 1
    assert "ME-32 measure[5]" in told and "(GA-12 1, ME-32 1)" in told
    status, told = run(capsys, held, "check", "--rule", "ME-32", "--json")
    assert [json.loads(line)["code"] for line in told.splitlines()] == ["ME-32"]
    status, told = run(capsys, held, "check", "--limit", "0")
    assert (status, len(told.splitlines())) == (1, 1)


def test_it_gives_status_2_where_no_tariff_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, None, "check") == (2, "")
    assert run(capsys, None, "show", LINE) == (2, "")


@pytest.mark.parametrize(
    "wrong", [("show", "x"), ("show", LINE, "--figure", "V=x"), ("show", LINE, "--figure", "V=NaN")]
)
def test_it_refuses_what_is_no_code_and_no_figure(capsys: pytest.CaptureFixture[str], wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(capsys, tariff(), *wrong)
    assert refused.value.code == 2


@pytest.mark.parametrize(
    ("asked", "code", "place"),
    [
        (("9999999999",), "DEC-20", "code"),
        (("0101210000", "--origin", "QQ"), "DEC-21", "origin"),
        (("0101219999", "--country", "kg"), "DEC-104", "code"),
    ],
)
def test_it_says_that_a_code_or_an_origin_exists_nowhere(
    asked: tuple[str, ...], code: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("en", "ru", "tg"):
        assert main(["tariff", "show", *asked, "--on", "2026-12-01", "--json", "--language", language]) == 1
        first = json.loads(capsys.readouterr().out)["findings"][0]
        assert (first["code"], first["place"]) == (code, place)
        assert first["words"] and first["mend"]


@pytest.mark.parametrize("asked", ["8517", "85171300", "0101 21", "0101210000"])
def test_it_knows_headings_and_lines(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    for country in ("tj", "kg"):
        main(["tariff", "show", asked, "--country", country, "--on", "2026-12-01", "--origin", "CN", "--json"])
        told = json.loads(capsys.readouterr().out)["findings"]
        assert not [finding for finding in told if finding["code"].startswith("DEC-")]


def test_it_knows_the_areas_of_a_tariff_as_origins(capsys: pytest.CaptureFixture[str]) -> None:
    held = tariff(GeographicalArea(code="XK"), GeographicalArea(code="1008", kind=AreaKind.GROUP))
    for origin, known in (("XK", True), ("UZ", True), ("1008", False)):
        _, told = run(capsys, held, "show", LINE, "--origin", origin, "--json")
        codes = [finding["code"] for finding in json.loads(told)["findings"]]
        assert ("DEC-21" not in codes) is known
