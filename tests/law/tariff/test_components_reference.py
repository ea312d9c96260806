# SPDX-License-Identifier: Apache-2.0
"""Agricultural components: every amount of a published Meursing table in the place of EA, ADSZ and ADFM."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk.law.expression import Kind, check, explain
from gumruk.law.tariff.duties import duty_node, read_duty, with_components
from gumruk.law.tariff.vocabulary import duty_vocabulary

TYPES = {"672": "EA", "673": "ADSZ", "674": "ADFM"}
VALUE, DTN = Decimal(10_000), Decimal(75)


@pytest.mark.reference
@pytest.mark.parametrize(("sugar", "binds"), [("ADSZ", True), ("ADFM", False)])  # flour counts as much as EA, or more
def test_it_takes_every_amount_of_a_meursing_table(
    sugar: str, binds: bool, reference_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = reference_data / "tariff" / "meursing" / "meursing_duties_xi_2022.json.gz"
    with gzip.open(path) as file:
        rows = json.load(file, parse_float=Decimal)["duties"]
    table: dict[tuple[str, str, int], dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        place = (row["geographical_area_id"], row["additional_code_id"], row["reduction_indicator"])
        table[place][TYPES[row["measure_type_id"]]] = Decimal(row["duty_amount"])
    printed = read_duty(f"9 % + EA MAX 24.2 % + {sugar}")
    vocabulary = duty_vocabulary(frozenset({"EUR"}))
    facts = {**dict.fromkeys(vocabulary), "value": VALUE, "quantity.KGM": DTN * 100, "fx.EUR": Decimal(1)}
    whole, capped = 0, 0
    for amounts in table.values():
        if not {"EA", sugar} <= amounts.keys():
            continue
        duty = with_components(printed, {name: read_duty(f"{amount:f} EUR/DTN") for name, amount in amounts.items()})
        got = explain(check(duty_node(duty), vocabulary, Kind.NUMBER), facts).value
        sums = VALUE * 9 / 100 + amounts["EA"] * DTN, VALUE * Decimal("0.242") + amounts[sugar] * DTN
        assert got == min(sums)
        whole, capped = whole + 1, capped + (sums[1] < sums[0])
    with capsys.disabled():
        print(f"\nMeursing table, {sugar}: {whole} additional codes by area; in {capped} the maximum holds")
    assert whole > 1000
    assert (capped > 0) is binds
