# SPDX-License-Identifier: Apache-2.0
"""The record of a decision on value: no method is passed over without a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gumruk.law.valuation import REASONS, ValueRecord, record_findings

EARLY = {1: "doubt_remains", 2: "no_comparable", 3: "other_time"}


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        (ValueRecord(1), []),
        (ValueRecord(2, {1: "related"}), []),
        (ValueRecord(2), ["VAL-10 refused_1"]),
        (ValueRecord(4, EARLY), []),
        (ValueRecord(5, EARLY), ["VAL-10 refused_4"]),
        (ValueRecord(5, EARLY, computed_first=True), []),
        (ValueRecord(4, EARLY, computed_first=True), ["VAL-10 refused_5"]),
        (ValueRecord(6, {**EARLY, 4: "no_resale"}), ["VAL-10 refused_5"]),
        (ValueRecord(2, {1: "related", 3: "no_comparable"}), ["VAL-11 refused_3"]),
        (ValueRecord(2, {1: "no_resale"}), ["VAL-11 refused_1"]),
        (ValueRecord(2, {1: "related"}, {3: Decimal(5)}), []),
        (ValueRecord(2, {1: "related"}, {2: Decimal(5)}), ["VAL-12 figure_2"]),
        (ValueRecord(3, {1: "related", 2: "other_country"}, {2: Decimal(5)}), ["VAL-12 figure_2"]),
        (ValueRecord(2, {1: "related"}, {5: Decimal(0)}), ["VAL-12 figure_5"]),
    ],
)
def test_it_names_what_a_record_lacks_or_contradicts(record: ValueRecord, codes: list[str]) -> None:
    assert [f"{found.code} {found.path}" for found in record_findings(record)] == codes


def test_it_has_a_reason_for_each_method_that_can_be_passed_over() -> None:
    assert tuple(REASONS) == (1, 2, 3, 4, 5)


def test_it_refuses_a_method_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="index"):
        record_findings(ValueRecord(7))


def test_it_keeps_a_record_as_plain_values_in_the_order_tried() -> None:
    record = ValueRecord(4, {5: "no_production", **EARLY}, {6: Decimal("900.50")}, computed_first=True)
    assert record.plain == {
        "method": 4,
        "computed_first": True,
        "refused": {"1": "doubt_remains", "2": "no_comparable", "3": "other_time", "5": "no_production"},
        "figures": {"6": "900.50"},
    }
    assert list(record.plain["refused"]) == ["1", "2", "3", "5"]  # type: ignore[call-overload]
