# SPDX-License-Identifier: Apache-2.0
"""`gumruk pack new` and `gumruk pack compare`: a country begins with a folder, and a version is what it changes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk import packs, texts
from gumruk.cli import main
from gumruk.law.assessment import GoodsFacts, ItemFacts, assess
from gumruk.law.kernel import HsCode, Money
from gumruk.law.lawbook import Legal, Moments, Status

DAY = date(2026, 12, 1)
GOODS = GoodsFacts((ItemFacts(1, HsCode("4011100009"), Money(Decimal(1000), "KGS"), "CN", "40", "00"),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new pack of Kyrgyzstan, as the command makes it."""
    path = tmp_path / "kg"
    assert main(["pack", "new", "kg", "--to", str(path)]) == 0
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} must stand once in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_makes_a_pack_that_can_be_loaded_and_knows_nothing(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    shown = capsys.readouterr().out
    assert "Kyrgyzstan" in shown and "KGS" in shown and "Asia/Bishkek" in shown
    assert packs.check(folder) == []
    entries = packs.load(folder).book.entries
    assert {(entry.table, entry.key) for entry in entries if entry.status is not Status.UNKNOWN} == {
        ("values", "currency"),
        ("currencies", "KGS"),
    }
    assert (folder / "README.md").read_text(encoding="utf-8").count("gumruk pack check FOLDER") >= 2


def test_it_makes_every_value_that_the_law_reads(folder: Path) -> None:
    keys = {entry.key for entry in packs.load(folder).book.entries_of("values")}
    shipped = {entry.key for entry in packs.load(packs.pack_folder("kg")).book.entries_of("values")}
    assert keys == shipped


def test_it_says_that_nothing_can_be_computed_until_it_is_filled_in(folder: Path) -> None:
    told = assess(GOODS, Legal(packs.load(folder).book, Moments(DAY, DAY), training=True))
    assert told.total() == 0
    assert {finding.code for finding in told.findings} & {"VAL-2", "ASM-1"}


def test_it_computes_once_it_is_filled_in(folder: Path) -> None:
    values = (folder / "values.toml").read_text(encoding="utf-8")
    for key, value in (
        ("rounding.customs_value", "half_up:2"),
        ("rounding.conversion", "half_up:2"),
        ("valuation.freight_until", "border"),
        ("valuation.freight_share_by", "value"),
        *((f"legal_moment.{kind}", "acceptance") for kind in ("registration", "duty", "exchange_rate", "preference")),
    ):
        empty = f'key = "{key}"\nvalue = ""\ntype = "text"\nact = "KG-CUSTOMS"\nstatus = "unknown"'
        assert empty in values, key
        values = values.replace(empty, empty.replace('""', f'"{value}"').replace("unknown", "unverified"))
    (folder / "values.toml").write_text(values, encoding="utf-8")
    change(
        folder / "charges.toml",
        'when = ""\nbase = ""\nrate_table = "tariff"\nrounding = ""\nact = "KG-CUSTOMS"\nstatus = "unknown"',
        'when = \'item.procedure == "40"\'\nbase = "item.customs_value"\nrate_table = "tariff"\n'
        'rounding = "half_up:2"\nact = "KG-CUSTOMS"\nstatus = "unverified"',
    )
    change(folder / "procedures.csv", "40,import,,,,,KG-CUSTOMS,unknown", "40,import,payable,,,,KG-CUSTOMS,unverified")
    with (folder / "tariff.csv").open("a", encoding="utf-8") as file:
        file.write("4011,10%,,,KG-CUSTOMS,unverified\n")
    assert packs.check(folder) == []
    told = assess(GOODS, Legal(packs.load(folder).book, Moments(DAY, DAY)))
    duty = next(line for line in told.lines if line.name == "import_duty")
    assert (duty.rate, duty.computed, duty.act) == ("10%", Decimal("100.00"), "KG-CUSTOMS")


def test_it_labels_in_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "am"
    assert main(["pack", "new", "AM", "--to", str(folder), "--labels", "en", "ru", "tg"]) == 0
    pack = packs.load(folder)
    assert (pack.country, pack.currency, pack.time_zone) == ("AM", "AMD", "Asia/Yerevan")
    assert pack.label("procedures", "10", "ru") == "Экспорт"
    assert pack.label("procedures", "10", "tg") == "Содирот"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["zz"], "ZZ is no country"),
        (["de", "--time-zone", "Europe/Berlin"], "--currency EUR"),
        (["de", "--currency", "EUX"], "EUX is no currency"),
        (["kz"], "Asia/Almaty"),
        (["kz", "--time-zone", "Asia/Alma"], "no time zone Asia/Alma"),
    ],
)
def test_it_guesses_nothing(words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    assert main(["pack", "new", *words, "--to", str(folder)]) == 1
    assert told in capsys.readouterr().err
    assert not folder.exists()


def test_it_never_writes_over_a_pack(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "new", "kg", "--to", str(folder), "--language", "ru"]) == 1
    assert "уже есть" in capsys.readouterr().err
    assert main(["pack", "new", "kg", "--to", str(folder / "pack.toml" / "below")]) == 1


def test_it_compares_two_versions_entry_by_entry(
    small: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", "compare", str(small), str(small)]) == 0
    assert "same" in capsys.readouterr().out
    newer = tmp_path_factory.mktemp("newer")
    for path in small.iterdir():
        if path.is_file():
            (newer / path.name).write_bytes(path.read_bytes())
    change(newer / "tariff.csv", "2203,5% + 0.30 EUR/LTR,2026-01-01,,", "2203,6%,2026-01-01,,")
    change(newer / "tariff.csv", "22,10%,,,,training", "22,10%,,2026-12-31,,training\n22,8%,2027-01-01,,,training")
    change(newer / "holidays.csv", "2027-01-01,new_year,,,LAW-1,unverified\n", "")
    assert main(["pack", "compare", str(small), str(newer)]) == 1
    shown = capsys.readouterr().out
    assert "changed: tariff 2203 2026-01-01  duty: 5% + 0.30 EUR/LTR -> 6%" in shown
    assert "added: tariff 22 2027-01-01  duty: 8%" in shown
    assert "ended: tariff 22  valid_to: - -> 2026-12-31" in shown
    assert "removed: holidays 2027-01-01" in shown
    assert main(["pack", "compare", str(small), str(newer), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["tariff"] == {"added": 1, "ended": 1, "removed": 0, "changed": 1}


def test_it_compares_nothing_that_cannot_be_loaded(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(small / "tariff.csv", "22,10%", "22,ten")
    assert main(["pack", "compare", "tj", str(small)]) == 2
    assert "tariff.csv:3" in capsys.readouterr().err


def test_it_makes_a_whole_tariff_a_change_set(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["pack", "compare", str(folder), "kg", "--language", "tg"]) == 1
    shown = capsys.readouterr().out
    assert next(line for line in shown.splitlines() if line.startswith("tariff ")).split()[1] == "13318"
    assert texts.say("tg", "pack.compare.not_shown", count=1).split("1")[0].strip() in shown
