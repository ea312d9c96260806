# SPDX-License-Identifier: Apache-2.0
"""Every rule of a tariff: a tariff that keeps it, one that breaks it, and the same over one record that is edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.law.tariff.rule_cases import EXCISE, FIELDS, OTHER_SIDES
from tests.law.tariff.tariff_cases import BASIC, HEADING, LINE, SUBHEADING, measure, tariff

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.law.tariff.measures import Record
from gumruk.law.tariff.rules import TARIFF_RULES, check_record, check_tariff


def found(code: str, *records: Record) -> list[Finding]:
    return [finding for finding in check_tariff(tariff(*records)) if finding.code == code]


def test_it_finds_nothing_in_a_sound_tariff():
    assert list(check_tariff(tariff())) == []


def test_it_has_a_case_for_every_rule():
    assert set(FIELDS) == set(TARIFF_RULES)
    assert set(OTHER_SIDES) <= set(TARIFF_RULES)


@pytest.mark.parametrize("code", FIELDS)
def test_it_finds_a_broken_rule_and_no_kept_one(code: str):
    case = FIELDS[code]
    assert found(code, *case.kept) == []
    for records in (case.broken, *OTHER_SIDES.get(code, ())):
        findings = found(code, *records)
        assert findings, records
        assert all(finding.act and finding.path for finding in findings)


@pytest.mark.parametrize("code", FIELDS)
def test_it_finds_the_same_in_one_record_that_is_edited(code: str):
    """The record is checked beside the others, which hold it or not."""
    rule = TARIFF_RULES[code]
    broken = FIELDS[code].broken
    edited = next(record for record in reversed(broken) if isinstance(record, rule.of))
    rest = [record for record in broken if record is not edited]
    for held in (tariff(*broken), tariff(*rest)):
        assert code in [finding.code for finding in check_record(edited, held)]


@pytest.mark.parametrize("code", FIELDS)
def test_it_has_words_for_what_it_finds(code: str):
    params = set(found(code, *FIELDS[code].broken)[0].params)
    for part in ("text", "mend"):
        words = texts.find("en", f"finding.{code}.{part}")
        assert words and texts.placeholders(words) <= params


def test_it_says_what_every_rule_demands_and_where_it_comes_from():
    for rule in TARIFF_RULES.values():
        assert rule.meaning.endswith(".") and rule.act.startswith("TARIC business rule"), rule.code
    assert TARIFF_RULES["ME-8"].act == "TARIC business rule ME8, NIG30, NIG31"


def test_it_tells_a_clash_once_over_a_whole_tariff_and_from_both_sides_while_editing():
    upper, lower = replace(EXCISE, code=SUBHEADING), replace(EXCISE, sid="6", code=LINE, starts_on=date(2021, 1, 1))
    assert [finding.path for finding in found("ME-32", upper, lower)] == ["measure[6]"]
    held = tariff(upper, lower)
    for edited, other in ((upper, "6"), (lower, "5")):
        told = [finding for finding in check_record(edited, held) if finding.code == "ME-32"]
        assert [finding.params["other"] for finding in told] == [other]


def test_it_lets_an_edited_measure_take_the_place_of_its_own_version():
    assert check_record(replace(BASIC, duty=EXCISE.duty), tariff()) == ()


def test_it_checks_a_tariff_as_it_was_known():
    clash = measure("9", "103", HEADING, "3%", known_from=datetime(2026, 5, 1, tzinfo=UTC))
    held = tariff(clash)
    assert list(check_tariff(held, datetime(2026, 4, 1, tzinfo=UTC))) == []
    assert [finding.code for finding in check_tariff(held)] == ["ME-1"]


def test_it_lets_a_nearer_measure_stand_where_the_type_says_so_but_no_second_on_one_code():
    nearer = measure("9", "103", LINE, "3%", starts_on=date(2021, 1, 1))
    assert found("ME-32", nearer) == []
    assert len(found("ME-32", nearer, replace(nearer, sid="10", starts_on=date(2022, 1, 1)))) == 1


def test_it_leaves_meursing_codes_out_of_overlaps():
    one = replace(EXCISE, additional_code="7000")
    assert found("ME-32", one, replace(one, sid="6", starts_on=date(2021, 1, 1))) == []
