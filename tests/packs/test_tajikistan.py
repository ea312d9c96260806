# SPDX-License-Identifier: Apache-2.0
"""The pack of Tajikistan: what it says, and how honestly."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gumruk import packs
from gumruk.law.assessment import GoodsFacts, ItemFacts, assess
from gumruk.law.kernel import UNITS, HsCode, Money
from gumruk.law.lawbook import Legal, Moments, Status
from gumruk.law.reference import exchange_rate, outside_hours
from gumruk.packs.commands import statuses

DAY = date(2026, 12, 1)
DUSHANBE = ZoneInfo("Asia/Dushanbe")


@pytest.fixture(scope="module")
def pack() -> packs.Pack:
    return packs.load(packs.pack_folder("tj"))


def test_it_has_no_fault() -> None:
    assert packs.check(packs.pack_folder("TJ")) == []


def test_it_calls_nothing_verified(pack: packs.Pack) -> None:
    """No official text is kept by hash, and no two persons compared one: so nothing may claim it."""
    assert {entry.status for entry in pack.book.entries} == {Status.UNVERIFIED, Status.TRAINING, Status.UNKNOWN}
    assert sum(found["verified"] for found in statuses(pack).values()) == 0


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), "0.15"),
        (date(2023, 12, 31), "0.15"),
        (date(2024, 1, 1), "0.14"),
        (date(2026, 12, 31), "0.14"),
        (date(2027, 1, 1), "0.13"),
    ],
)
def test_it_lowers_vat_by_the_calendar(pack: packs.Pack, day: date, rate: str | None) -> None:
    assert pack.book.at(day).value("vat.rate") == (None if rate is None else Decimal(rate))


def test_it_knows_no_import_duty_outside_training(pack: packs.Pack) -> None:
    for chapter in (f"{number:02d}" for number in range(1, 98) if number != 77):
        real = pack.book.at(DAY).nearest("tariff", chapter)
        taught = pack.book.at(DAY, training=True).nearest("tariff", chapter)
        assert real is not None and real.status is Status.UNKNOWN and real.fields["duty"] is None
        assert taught is not None and taught.key == chapter and taught.fields["duty"]


def test_it_reads_the_printed_excise_rows(pack: packs.Pack) -> None:
    law = pack.book.at(DAY)
    duties = {
        code: law.nearest("excise", code)
        for code in ("2201101100", "2202100000", "2202910000", "2202990000", "2203000100")
    }
    assert {code: entry and entry.fields["duty"] for code, entry in duties.items()} == {
        "2201101100": "0.02 EUR/LTR",
        "2202100000": "0.06 EUR/LTR",
        "2202910000": "0.40 EUR/LTR",
        "2202990000": "0.04 EUR/LTR",
        "2203000100": "0.40 EUR/LTR",
    }
    tobacco = law.nearest("excise", "2402209000")
    assert tobacco is not None and tobacco.status is Status.UNKNOWN


def test_it_has_every_rate_of_exchange_for_the_demonstration(pack: packs.Pack) -> None:
    for currency in ("EUR", "USD", "RUB", "CNY", "UZS", "KZT", "AFN", "IRR", "TRY", "GBP", "CHF"):
        for day in (date(2026, 11, 25), date(2026, 12, 30), date(2027, 1, 4)):
            assert exchange_rate(pack.book.at(day), currency) is None
            assert exchange_rate(pack.book.at(day, training=True), currency) is not None


def test_it_closes_kulma_at_night_on_sunday_and_on_holidays(pack: packs.Pack) -> None:
    law = pack.book.at(DAY, training=True)
    moments = {
        datetime(2026, 12, 1, 12, tzinfo=DUSHANBE): False,
        datetime(2026, 12, 1, 20, tzinfo=DUSHANBE): True,
        datetime(2026, 12, 6, 12, tzinfo=DUSHANBE): True,
        datetime(2027, 1, 1, 12, tzinfo=DUSHANBE): True,
        datetime(2026, 11, 6, 12, tzinfo=DUSHANBE): True,
    }
    assert {moment: outside_hours(law, "TJ-KUL", moment) for moment in moments} == moments
    assert outside_hours(law, "TJ-DST", datetime(2026, 12, 6, 3, tzinfo=DUSHANBE)) is False
    assert pack.book.at(DAY).find("offices", "TJ-KUL") is None


def test_it_labels_everything_in_three_languages(pack: packs.Pack) -> None:
    assert pack.label("procedures", "40", "tg") == "Баровардан ба муомилоти озод"
    assert pack.label("charges", "import_duty", "ru") == "Ввозная пошлина"
    assert pack.label("offices", "NOWHERE", "tg") == "NOWHERE"
    assert all(set(names) == {"en", "ru", "tg"} for names in pack.labels.values())


def test_it_has_offices_of_every_border(pack: packs.Pack) -> None:
    offices = pack.book.at(DAY, training=True).table("offices")
    neighbours = {str(entry.fields["counterpart"])[:2] for entry in offices.values() if entry.fields["counterpart"]}
    assert len(offices) >= 15
    assert neighbours == {"AF", "CN", "KG", "UZ"}


def test_it_can_be_assessed_in_training_and_is_refused_outside_of_it(pack: packs.Pack) -> None:
    facts = GoodsFacts((ItemFacts(1, HsCode("8517130000"), Money(Decimal(1000), "USD"), "CN", "40", "00"),))
    for day, rate in ((date(2026, 12, 30), "14%"), (date(2027, 1, 4), "13%")):
        taught = assess(facts, Legal(pack.book, Moments(day, day), training=True))
        assert taught.findings == ()
        assert {line.name: line.rate for line in taught.lines if line.name != "clearance_fee"} == {
            "import_duty": "5%",
            "vat": rate,
        }
        real = assess(facts, Legal(pack.book, Moments(day, day)))
        assert real.findings != ()
        assert real.total() == 0


def test_it_has_one_digest_for_one_content(pack: packs.Pack) -> None:
    assert packs.load(packs.pack_folder("tj")).book.digest == pack.book.digest


def test_the_world_is_whole() -> None:
    world = packs.world()
    tree = world.nomenclature
    chapters = [code for code in tree.units if len(code) == 2]
    assert len(chapters) == 96
    assert len([code for code in tree.units if len(code) == 6]) == 5612
    assert all(code[:-2] in tree.units for code in tree.units if len(code) > 2)
    assert set(tree.labels) == set(chapters) | set(tree.sections.values())
    assert {unit for unit in tree.units.values() if unit} <= set(UNITS)
    assert set(world.units) == set(UNITS)
    assert len(world.countries) == 249
    assert world.currency_digits["TJS"] == 2 and world.currency_digits["JPY"] == 0 and world.currency_digits["KWD"] == 3
    for names in (tree.labels, world.countries, world.currencies, world.units):
        assert all(all(each.values()) for each in names.values())


def test_the_tree_answers_for_national_codes() -> None:
    tree = packs.world().nomenclature
    assert HsCode("8703231940") in tree and "870323" in tree and "87" in tree
    assert HsCode("6908100000") not in tree
    assert tree.unit(HsCode("8703231940")) == "NAR"
    assert tree.unit(HsCode("2203000100")) == "LTR"
    assert tree.label("22", "ru") == "Напитки и уксус"
    assert tree.label(tree.sections["22"], "en") == "Prepared food, drinks and tobacco"


@pytest.mark.reference
def test_the_tree_is_that_of_its_source(reference_data: Path) -> None:
    text = (reference_data / "nomenclature" / "hs2022_datahub.csv").read_text(encoding="utf-8-sig")
    codes = {line.split(",")[1] for line in text.splitlines()[1:]}
    assert codes - set(packs.world().nomenclature.units) == {"TOTAL", "99", "9999", "999999"}
