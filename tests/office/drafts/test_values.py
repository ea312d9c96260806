# SPDX-License-Identifier: Apache-2.0
"""What typed texts mean: numbers, days and codes of any habit; what cannot be read is said."""

from __future__ import annotations

import pytest

from gumruk.office.declarations.drafts import values


@pytest.mark.parametrize(
    ("typed", "value", "finding"),
    [
        ("1250.5", "1250.5", ""),
        ("1 250,5", "1250.5", ""),
        ("1\u00a0250\u202f300.00", "1250300.00", ""),
        ("1,250.50", "1250.50", ""),
        ("1.250,50", "1250.50", ""),
        ("1,250,300", "1250300", ""),
        ("1'250", "1250", ""),
        ("\u2212" + "5", "-5", ""),
        ("+7", "7", ""),
        ("۱۲٫5".replace("٫", "."), "12.5", ""),
        ("\u202b12\u202c", "12", ""),
        ("1,250", "1.250", "TYP-5"),
        ("0,250", "0.250", ""),
        ("12 kg", None, "TYP-2"),
        ("1,25,30", None, "TYP-2"),
        ("1e5", None, "TYP-2"),
        ("9" * 41, None, "TYP-2"),
        ("", None, ""),
        ("   ", None, ""),
    ],
)
def test_it_reads_a_number_with_spaces_and_commas(typed: str, value: str | None, finding: str) -> None:
    assert values.number_meaning(typed) == values.Meaning(value, finding)


@pytest.mark.parametrize(
    ("typed", "value", "finding"),
    [("12", "12", ""), ("007", "7", ""), ("12.0", "12", ""), ("12.5", None, "TYP-1"), ("twelve", None, "TYP-1"),
     ("1,250", None, "TYP-1")],
)  # fmt: skip
def test_it_reads_a_whole_number_only_where_one_is_asked_for(typed: str, value: str | None, finding: str) -> None:
    assert values.number_meaning(typed, whole=True) == values.Meaning(value, finding)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-14", "20261214"),
        ("14.12.2026", "20261214"),
        ("14/12/2026", "20261214"),
        ("4.1.2027.", "20270104"),
        ("14 12 2026", "20261214"),
        ("20261214", "20261214"),
        ("\u200e14.12.2026", "20261214"),
    ],
)
def test_it_reads_a_day_as_people_write_it(typed: str, day: str) -> None:
    assert values.day_meaning(typed) == (values.Meaning(day), "102")


@pytest.mark.parametrize("typed", ["12/14/2026", "31.02.2026", "14 December", "yesterday", "14.12.26", "0"])
def test_it_says_what_is_no_day(typed: str) -> None:
    assert values.day_meaning(typed)[0] == values.Meaning(None, "TYP-3")


def test_it_leaves_the_moment_of_a_message_as_it_came() -> None:
    assert values.day_meaning("20261214102030Z") == (values.Meaning("20261214102030Z"), "304")


def test_it_leaves_out_what_cannot_be_seen_and_says_so() -> None:
    assert values.text_meaning("Alpha\u202e Trade\u200b") == values.Meaning("Alpha Trade", "TYP-6")
    assert values.text_meaning("a\0b") == values.Meaning("ab", "TYP-6")
    assert values.text_meaning("  Ҷумъа  ") == values.Meaning("Ҷумъа", "")


def test_it_takes_no_text_that_no_message_holds() -> None:
    assert values.text_meaning("x" * 4_000).value == "x" * 4_000
    assert values.text_meaning("x" * 20_000) == values.Meaning(None, "TYP-4")


def test_it_takes_the_spaces_out_of_a_commodity_code() -> None:
    assert values.digits_meaning(" 8450 11 000 0").value == "8450110000"
    assert values.digits_meaning("8450.11.00.00").value == "8450110000"
