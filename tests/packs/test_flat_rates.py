# SPDX-License-Identifier: Apache-2.0
"""The table of flat rates: what its rows may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumruk import packs

HEAD = (
    "rate,regime,codes,currency,free_value,free_mass_kg,unit,free_quantity,most_quantity,duty,"
    "valid_from,valid_to,act,status\n"
)
LABELS = "".join(f"flat_rates,all,{language},All goods\n" for language in ("en", "ru", "tg"))


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
    (small / "flat_rates.csv").write_text(HEAD + f"{row},,,LAW-1,unverified\n", encoding="utf-8")
    labels = small / "labels.csv"
    languages = {line.split(",")[2] for line in labels.read_text(encoding="utf-8").splitlines()[1:]}
    wanted = "".join(line + "\n" for line in LABELS.splitlines() if line.split(",")[2] in languages)
    labels.write_text(labels.read_text(encoding="utf-8") + wanted, encoding="utf-8")
    faults = packs.check(small)
    assert [fault.code for fault in faults] == codes
    assert all((fault.file, fault.line) == ("flat_rates.csv", 2) for fault in faults)
    for fault in faults:
        assert all(fault.what(language) and fault.mend(language) for language in ("en", "ru", "tg"))
