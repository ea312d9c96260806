# SPDX-License-Identifier: Apache-2.0
"""The pack of Kyrgyzstan: a whole tariff, a second country, and no Python."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from gumruk import packs
from gumruk.law.lawbook import Status
from gumruk.packs.commands import statuses

ROOT = Path(__file__).parents[2]
DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def pack() -> packs.Pack:
    return packs.load(packs.pack_folder("kg"))


def test_it_takes_a_folder_and_no_python(pack: packs.Pack) -> None:
    assert packs.check(pack.folder) == []
    assert {path.suffix for path in pack.folder.rglob("*") if path.is_file()} == {".csv", ".toml", ".md"}


def test_it_calls_nothing_verified(pack: packs.Pack) -> None:
    assert sum(found["verified"] for found in statuses(pack).values()) == 0


def test_it_has_a_rate_and_a_unit_for_every_line(pack: packs.Pack) -> None:
    law = pack.book.at(DAY)
    rates, lines = law.table("tariff"), law.table("tariff_lines")
    assert len(lines) == 13_289
    assert set(rates) == {"", *lines}
    assert all(rates[code].fields["duty"] for code in lines)
    assert {lines[code].status for code in lines if not lines[code].fields["unit"]} == {Status.UNKNOWN}


@pytest.mark.parametrize(
    ("code", "day", "duty"),
    [
        ("2616100000", date(2026, 12, 1), "0%"),  # note 88C: until the end of 2027
        ("2616100000", date(2028, 1, 1), "3%"),
        ("6302210000", date(2026, 12, 31), "12% MIN 0.44 EUR/KGM"),  # note 105C: until the end of 2026
        ("6302210000", date(2027, 1, 1), "11.3% MIN 0.44 EUR/KGM"),
        ("8507102002", date(2026, 12, 1), "5%"),  # note 26C is for imports into Russia
        ("0101210000", date(2026, 2, 28), None),  # before the tariff that was read
    ],
)
def test_it_knows_the_days_of_rates(pack: packs.Pack, code: str, day: date, duty: str | None) -> None:
    found = pack.book.at(day).nearest("tariff", code)
    assert found is not None and found.fields["duty"] == duty


def test_it_knows_no_rate_of_a_code_that_is_no_line(pack: packs.Pack) -> None:
    found = pack.book.at(DAY, training=True).nearest("tariff", "0101219999")
    assert found is not None and found.status is Status.UNKNOWN


@pytest.mark.reference
def test_its_tariff_is_what_the_script_makes_of_its_source(
    reference_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tariff = reference_data / "tariff"
    counts = _script().rebuild(
        tariff / "eaeu_ett_2026-03.csv", tariff / "eaeu_ett_footnotes_2025-09.txt", tmp_path, date(2026, 3, 1)
    )
    for name in ("tariff.csv", "tariff_lines.csv"):
        assert (tmp_path / name).read_bytes() == (packs.pack_folder("kg") / name).read_bytes()
    with capsys.disabled():
        print(f"\n  EAEU tariff: {counts}")
    assert counts["lines"] == 13_289
    assert counts["distinct rates"] == counts["rates read and computable"] == 254
    assert counts["rates not read"] == 0


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("eaeu_tariff_rebuild", ROOT / "scripts" / "eaeu_tariff_rebuild.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
