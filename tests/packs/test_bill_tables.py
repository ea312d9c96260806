# SPDX-License-Identifier: Apache-2.0
"""The tables of flat rates and of penalties: what their rows may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumruk import packs

HEAD = (
    "rate,traffic,codes,currency,free_value,free_mass_kg,unit,free_quantity,most_quantity,duty,"
    "valid_from,valid_to,act,status\n"
)
PENALTIES = "penalty,share,units,units_per_day,least_units,most_units,most_share,valid_from,valid_to,act,status\n"


def faults_of(small: Path, table: str, text: str) -> list[packs.Fault]:
    """The faults of a pack with one more table, whose row `all` has its labels."""
    (small / f"{table}.csv").write_text(text, encoding="utf-8")
    labels = small / "labels.csv"
    held = labels.read_text(encoding="utf-8")
    languages = dict.fromkeys(line.split(",")[2] for line in held.splitlines()[1:])
    labels.write_text(held + "".join(f"{table},all,{each},All\n" for each in languages), encoding="utf-8")
    faults = packs.check(small)
    assert all((fault.file, fault.line) == (f"{table}.csv", 2) for fault in faults)
    for fault in faults:
        assert all(fault.what(language) and fault.mend(language) for language in ("en", "ru", "tg"))
    return faults


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("all,traveller,,EUR,500,25,,,,30% min 4 EUR/KGM", []),
        ("all,traveller,,EUR,0,,,,,30%", []),
        ("all,traveller,,,,,LTR,3,5,10 EUR/LTR", []),
        ("all,traveller,,,,,GRM,250,,10 EUR/KGM", []),
        ("all,traveller,,EUR,500,,,,,30% min 4 EUR/KGM", ["flat_unmeasured"]),
        ("all,traveller,,,,25,,,,30% min 4 EUR/KGM", ["flat_unmeasured"]),
        ("all,traveller,,EUR,500,25,,,,10 EUR/LTR", ["flat_unmeasured"]),
        ("all,traveller,,EUR,0,,,3,,30%", ["flat_unit"]),
        ("all,traveller,,,,,LTR,3,,ten", ["bad_duty"]),
    ],
)
def test_it_refuses_a_rate_that_counts_by_what_has_no_allowance(small: Path, row: str, codes: list[str]) -> None:
    faults = faults_of(small, "flat_rates", HEAD + f"{row},,,LAW-1,unverified\n")
    assert [fault.code for fault in faults] == codes


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("all,0.5,,,10,,1", []),
        ("all,,5,,,,", []),
        ("all,,,,10,50,", ["penalty_empty"]),
        ("all,-0.5,,,,,", ["penalty_below_zero"]),
    ],
)
def test_it_refuses_a_penalty_that_is_made_of_nothing(small: Path, row: str, codes: list[str]) -> None:
    faults = faults_of(small, "penalties", PENALTIES + f"{row},,,LAW-1,unverified\n")
    assert [fault.code for fault in faults] == codes
