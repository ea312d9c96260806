# SPDX-License-Identifier: Apache-2.0
"""Bad tariffs through the commands: each item is told with its code, its place, the law that it goes by, and a mend."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.law.tariff.tariff_cases import BASIC, LINE, condition, goods, measure, tariff
from tests.office.desk.test_tariff_command import run

from gumruk import packs, texts
from gumruk.cli import main
from gumruk.law.tariff.measures import QuotaBalance, QuotaDefinition, QuotaOrderNumber, Record

Said = pytest.CaptureFixture[str]
ENDED = date(2025, 12, 31)
QUOTA = measure("5", "122", LINE, "1%", order_number="090001")
SHOWN = ("show", LINE, "--origin", "CN")
DRAWN = (*SHOWN, "--preference", "120", "--order-number", "090001")
DEFINITION = QuotaDefinition(sid="D8", order_number="090008", volume=Decimal(0), unit="KGM", starts_on=date(2026, 1, 1))


def emptied(sid: str = "D1") -> QuotaBalance:
    return QuotaBalance(definition=sid, told_at=datetime(2026, 5, 1, tzinfo=UTC), balance=Decimal(0))


BAD: dict[str, tuple[tuple[Record, ...], tuple[str, ...], str, str, str]] = {
    "overlapping measures, shown": (
        (measure("5", "306", LINE, "1%"), measure("6", "306", LINE, "2%", starts_on=date(2021, 1, 1))),
        SHOWN, "MEAS-5", "measures[", "R1",
    ),
    "overlapping measures, checked": (
        (measure("5", "306", LINE, "1%"), measure("6", "306", LINE, "2%", starts_on=date(2021, 1, 1))),
        ("check",), "ME-32", "measure[", "ME32",
    ),
    "a measure on a code that ended, shown": (
        (goods("0702001500", 2, ends_on=ENDED), measure("5", "306", "0702001500", "1%")),
        ("show", "0702001500"), "MEAS-2", "code", "",
    ),
    "a measure on a code that ended, checked": (
        (goods("0702001500", 2, ends_on=ENDED), measure("5", "306", "0702001500", "1%")),
        ("check",), "ME-8", "measure[5]", "ME8",
    ),
    "a unit that the declaration lacks": (
        (measure("5", "306", LINE, "2 EUR/LTR"),), (*SHOWN, "--unit", "KGM"), "MEAS-17", "measures[5]", "R1",
    ),
    "a quota whose keeper told zero": ((QUOTA, emptied()), DRAWN, "MEAS-7", "measures[5]", "R1"),
    "a quota that has no volume": (
        (DEFINITION, QuotaOrderNumber(code="090008"), replace(QUOTA, order_number="090008")),
        (*SHOWN, "--preference", "120", "--order-number", "090008"), "MEAS-7", "measures[5]", "R1",
    ),
    "a quota of which nothing is told": ((QUOTA,), DRAWN, "MEAS-8", "measures[5]", "R1"),
    "two preferences claimed": (
        (measure("5", "142", LINE, "4%"), replace(QUOTA, sid="6")),
        (*DRAWN, "--preference", "300"), "MEAS-6", "preferences", "R1",
    ),
    "two preferences claimed, two that apply": (
        (measure("5", "142", LINE, "4%"), replace(QUOTA, sid="6")),
        (*DRAWN, "--preference", "300"), "MEAS-4", "measures[", "R1",
    ),
    "an unknown condition action, shown": (
        (measure("5", "410", LINE, conditions=(condition("B", 1, "77"),)),), SHOWN, "MEAS-11", "measures[5]", "R1",
    ),
    "an unknown condition action, checked": (
        (measure("5", "410", LINE, conditions=(condition("B", 1, "77"),)),), ("check",), "ME-59", "measure[5]", "ME59",
    ),
    "a currency that ceased to exist, shown": (
        (measure("5", "306", LINE, "2 HRK/KGM"),), SHOWN, "MEAS-20", "measures[5]", "R1",
    ),
    "a currency that ceased to exist, checked": (
        (measure("5", "306", LINE, "2 HRK/KGM"),), ("check",), "ME-49", "measure[5]", "ME49",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_it_tells_code_place_law_and_mend(name: str, capsys: Said) -> None:
    records, command, code, place, law = BAD[name]
    status, told = run(capsys, tariff(*records), *command, "--json")
    lines = [json.loads(line) for line in told.splitlines()]
    rows = lines[0]["findings"] if command[0] == "show" else lines
    (row,) = [row for row in rows if row["code"] == code][:1]
    assert row["place"].startswith(place) and law in row["law"] and row["words"] and row["mend"]
    assert status == int(code != "MEAS-8")
    for language in texts.LANGUAGES:
        _, told = run(capsys, tariff(*records), *command, "--language", language)
        mend = texts.find(language, f"finding.{code}.mend") or ""
        assert f"{code} {place}" in told and mend.split("{")[0].strip() in told
        assert not law or texts.say(language, "wire.act", act="").strip() in told


def test_it_does_not_draw_on_a_quota_at_zero(capsys: Said) -> None:
    _, told = run(capsys, tariff(QUOTA, emptied()), *DRAWN, "--json")
    shown = json.loads(told)
    assert [row["measure"] for row in shown["applied"]] == [BASIC.sid]
    assert ("5", "quota") in [(row["measure"], row["reason"]) for row in shown["others"]]


def test_it_leaves_a_folder_as_it_was_where_a_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "code,type,area,duty\n0702,103,1011,10%\n0703,103,1011,5%\n"
    Path("whole.csv").write_text(text, encoding="utf-8")
    Path("cut.csv").write_text(text[:-9], encoding="utf-8")
    import_of = ("--format", "csv", "--into", "tariff")
    assert main(["tariff", "import", "whole.csv", *import_of]) == 0
    before = {path.name: path.read_bytes() for path in Path("tariff").iterdir()}
    capsys.readouterr()
    assert main(["tariff", "import", "cut.csv", *import_of, "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["findings"]
    assert (row["code"], row["place"], row["line"]) == ("TARIFF-13", "cut.csv", 3)
    assert "cut off" in row["mend"]
    assert {path.name: path.read_bytes() for path in Path("tariff").iterdir()} == before


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("charges.toml", 'base = "item.customs_value"', 'base = "item.customs_value + charge.vat"', "charge_later"),
        ("tariff.csv", "8418,10%", "8418,2 ITL/KGM", "bad_duty"),
        ("currencies.csv", "USD,2", "ITL,2", "unknown_currency"),
    ],
)
def test_it_loads_no_pack_with_a_cycle_of_charges_or_a_currency_that_ceased(
    tmp_path: Path, capsys: Said, file: str, old: str, new: str, fault: str
) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    for path in packs.pack_folder("tj").iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            (folder / path.name).write_text(text.replace(old, new, 1) if path.name == file else text, encoding="utf-8")
    assert main(["pack", "check", str(folder), "--json"]) == 1
    rows = [row for row in json.loads(capsys.readouterr().out)["faults"] if row["code"] == fault]
    assert rows and rows[0]["file"] == file and rows[0]["line"] and rows[0]["what"] and rows[0]["mend"]


def test_it_says_that_an_exchange_rate_is_missing(tmp_path: Path, capsys: Said) -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "examples" / "kg_import.json"
    path = tmp_path / "lire.json"
    path.write_text(page.read_text(encoding="utf-8").replace('"USD"', '"ITL"'), encoding="utf-8")
    assert main(["assess", str(path), "--country", "kg", "--on", "2026-12-15"]) == 1
    said = capsys.readouterr()
    told = said.out + said.err
    assert "DEC-24 items[0].commodity.item_charge_amount: There is no official rate for currency “ITL”" in told
    assert "ask the office about the rate" in told and "By: WTO Valuation Agreement, article 9" in told
