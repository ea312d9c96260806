# SPDX-License-Identifier: Apache-2.0
"""What the tariff tells, in every language."""

from __future__ import annotations

import pytest
from tests.law.tariff.rule_cases import FIELDS
from tests.law.tariff.tariff_cases import LINE, claim, measure, tariff

from gumruk import texts
from gumruk.law.tariff.measures import MeasureKind, Movement, QuotaState, measures_for
from gumruk.law.tariff.rules import check_tariff
from gumruk.office.tariff.measure_words import findings_shown, measures_lines, measures_shown

QUOTA = measure("3", "122", LINE, "0%", order_number="090001", act="Quota Act")
FOUND = measures_for(
    tariff(QUOTA, measure("5", "476", LINE), measure("6", "277", LINE)),
    claim(preferences=("120",), order_number="090001", quotas={"090001": QuotaState.EXHAUSTED}),
)


def test_it_says_what_applies_what_does_not_and_what_was_found():
    assert list(measures_lines("en", FOUND)) == [
        "prohibition (277, 1011, 0702001010): no duty of its own",
        "    R1",
        "third-country duty (103, 1011, 0702000000): 10 % of the customs value",
        "    R1",
        "Does not apply:",
        "    5 (476, 1011, 0702001010): for export only",
        "    3 (122, 1011, 0702001010): its quota cannot be drawn on (exhausted)",
        "MEAS-7 measures[3]: Quota 090001 of measure 3 cannot be drawn on.",
        "    Claim another rate; without one the third-country duty is charged.",
        "    By: Quota Act",
        "MEAS-15 measures[6]: Measure 6 (type 277, area 1011) prohibits these goods.",
        "    They may not enter or leave. The regulation names the exceptions.",
        "    By: R1",
    ]


@pytest.mark.parametrize("language", texts.languages())
def test_it_says_it_in_every_language(language: str):
    shown = measures_shown(language, FOUND)
    assert [row["reason"] for row in shown["others"]] == ["other_movement", "quota"]
    assert shown["findings"][0]["law"] == "Quota Act"
    for name, values in (("kind", MeasureKind), ("quota", QuotaState), ("movement", Movement)):
        assert all(texts.find(language, f"tariff.{name}.{value.value}") for value in values)
    for case in FIELDS.values():
        for row in findings_shown(language, check_tariff(tariff(*case.broken))):
            assert "{" not in row["words"] + row["mend"]
