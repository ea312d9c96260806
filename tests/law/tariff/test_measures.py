# SPDX-License-Identifier: Apache-2.0
"""Which measures apply, and why the others do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.law.tariff.tariff_cases import (
    BASIC,
    CHAPTER,
    DAY,
    FIRST,
    GOODS,
    HEADING,
    LINE,
    NAMED,
    SUBHEADING,
    asked,
    claim,
    component,
    condition,
    goods,
    group,
    measure,
    tariff,
)

from gumruk import texts
from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import (
    ALL_GOODS,
    Effect,
    GeographicalMembership,
    MeasureAction,
    MeasureKind,
    Movement,
    QuotaState,
    Reason,
    Regulation,
    measures_for,
)

PREFERENCE = measure("2", "142", SUBHEADING, "4%", "2020")
QUOTA = measure("3", "122", LINE, "0%", order_number="090001")
DUMPING = measure("4", "552", LINE, "35%", "CN", additional_code="C490")


def test_it_inherits_a_duty_from_the_heading():
    assert asked(tariff()) == (["1"], {}, [])


def test_it_lets_the_nearest_measure_of_its_like_win():
    nearer = measure("9", "103", SUBHEADING, "3%")
    assert asked(tariff(nearer)) == (["9"], {"1": "nearer_measure"}, [])


def test_it_tells_of_an_overlap_where_the_type_does_not_let_the_nearest_win():
    held = tariff(measure("7", "306", HEADING, "1%"), measure("8", "306", LINE, "2%"))
    assert asked(held) == (["8", "1", "7"], {}, ["MEAS-5"])


def test_it_follows_the_dashes_where_the_digits_say_nothing():
    dashed = goods("0702001020", 3)
    held = tariff(dashed, measure("5", "142", LINE, "1%", "2020"))
    assert asked(held, code="0702001020", preferences=("300",))[0] == ["5"]


def test_it_follows_the_dashes_of_the_day():
    until, since = date(2025, 12, 31), date(2026, 1, 1)
    moved = (
        goods("0702001020", 3, sid="7", ends_on=until),
        goods("0702001020", 2, sid="7", starts_on=since),
    )
    held = tariff(*moved, measure("5", "142", LINE, "1%", "2020"))
    assert asked(held, code="0702001020", preferences=("300",), day=until)[0] == ["5"]
    assert asked(held, code="0702001020", preferences=("300",), day=since)[0] == ["1"]
    assert not held.declarable(LINE, until) and held.declarable(LINE, since)


def test_it_takes_the_programmes_of_a_measure_before_those_of_its_type():
    held = tariff(replace(PREFERENCE, claimed_by=frozenset({"KR", "AU"})))
    assert asked(held, preferences=("AU",))[0] == ["2"]
    assert asked(held, preferences=("300",))[0] == ["1"]


def test_it_applies_a_preference_only_where_it_is_claimed_and_puts_the_basic_duty_aside():
    held = tariff(PREFERENCE)
    assert asked(held) == (["1"], {"2": "not_claimed"}, [])
    assert asked(held, preferences=("300",)) == (["2"], {"1": "displaced"}, [])
    assert asked(held, origin="TR", preferences=("300",)) == (["1"], {"2": "other_origin"}, [])


def test_it_takes_a_membership_only_on_its_days():
    ended = GeographicalMembership(group="2020", member="TR", starts_on=FIRST, ends_on=date(2025, 12, 31))
    held = tariff(PREFERENCE, ended)
    assert asked(held, origin="TR", preferences=("300",))[0] == ["1"]
    assert asked(held, origin="TR", preferences=("300",), day=date(2025, 12, 31))[0] == ["2"]


def test_it_finds_an_origin_in_a_group_of_groups():
    inner = group("2021", "TR", parent="2020")
    assert asked(tariff(PREFERENCE, *inner), origin="TR", preferences=("300",))[0] == ["2"]


def test_it_leaves_out_an_excluded_origin():
    held = tariff(replace(BASIC, excluded_areas=("2020",)), without=[BASIC])
    assert asked(held)[1] == {"1": "excluded_origin"}
    assert asked(held, origin="TR")[0] == ["1"]


def test_it_says_that_two_preferences_are_claimed_and_that_two_claimed_duties_apply():
    both = tariff(PREFERENCE, measure("6", "112", LINE, "0%"))
    applied, _, findings = asked(both, preferences=("300", "110"))
    assert (applied, findings) == (["6", "2"], ["MEAS-6", "MEAS-4"])


def test_it_asks_for_an_additional_code_and_takes_the_one_that_is_declared():
    assert asked(tariff(DUMPING))[1:] == ({"4": "additional_code"}, ["MEAS-9"])
    assert asked(tariff(DUMPING), additional_codes=frozenset({"C490"}))[0] == ["4", "1"]


def test_it_asks_for_no_additional_code_of_a_preference_that_is_not_claimed():
    held = tariff(replace(PREFERENCE, additional_code="C490"))
    assert asked(held)[1:] == ({"2": "additional_code"}, [])
    assert asked(held, preferences=("300",))[2] == ["MEAS-9"]


def test_it_takes_a_measure_on_all_goods():
    held = tariff(measure("5", "306", ALL_GOODS, "1%"), measure("6", "306", CHAPTER, "2%"))
    assert asked(held)[0] == ["1", "6", "5"]


def test_it_tells_the_duty_of_the_day_where_it_changes_with_the_season():
    held = tariff(measure("5", "306", LINE, "14.00% (01 JUL - 31 JAN), 3.00% (01 FEB - 30 JUN)"))
    for day, duty in ((date(2026, 6, 30), "3.00%"), (date(2026, 7, 1), "14.00%")):
        found = measures_for(held, claim(day=day)).of(MeasureKind.EXCISE)
        assert [printed_duty(a.duty) for a in found if a.duty is not None] == [duty]


def test_it_says_where_a_rate_is_not_known_and_where_a_condition_holds_no_readable_one():
    assert asked(tariff(measure("5", "306", LINE))) == (["5", "1"], {}, ["MEAS-18"])
    assert asked(tariff(measure("5", "306", LINE, "5% (A)")))[2] == ["DUTY-13"]
    broken = condition("A", 1, "01", components=(component("98", "1"),))
    assert asked(tariff(measure("5", "306", LINE, conditions=(broken,))))[1:] == ({"5": "undecided"}, ["DUTY-4"])


def test_it_takes_the_reduced_rate_of_tax_whose_additional_code_is_declared():
    held = tariff(measure("7", "305", SUBHEADING, "20%"), measure("8", "305", SUBHEADING, "0%", additional_code="VATZ"))
    assert asked(held)[:2] == (["7", "1"], {"8": "additional_code"})
    assert asked(held, additional_codes=frozenset({"VATZ"})) == (["8", "1"], {"7": "displaced"}, [])


def test_it_tells_of_two_rates_of_tax():
    held = tariff(measure("7", "305", SUBHEADING, "20%"), measure("8", "305", SUBHEADING, "5%", "CN"))
    assert asked(held) == (["7", "8", "1"], {}, ["MEAS-19"])


def test_it_tells_of_a_currency_that_ceased_to_exist():
    held = tariff(measure("7", "306", LINE, "2 HRK/KGM", starts_on=date(2020, 1, 1)))
    assert asked(held) == (["7", "1"], {}, ["MEAS-20"])
    assert asked(held, day=date(2022, 12, 31))[2] == []


def test_it_finds_what_an_additional_code_alone_bears():
    component_duty = measure("5", "306", "", "12.5 EUR DTN", additional_code="7000")
    assert asked(tariff(component_duty), additional_codes=frozenset({"7000"}))[0] == ["5", "1"]
    assert asked(tariff(component_duty))[0] == ["1"]


@pytest.mark.parametrize("state", [QuotaState.EXHAUSTED, QuotaState.BLOCKED, QuotaState.SUSPENDED, QuotaState.CLOSED])
def test_it_falls_back_to_the_basic_duty_where_a_quota_cannot_be_drawn_on(state: QuotaState):
    told = asked(tariff(QUOTA), preferences=("120",), order_number="090001", quotas={"090001": state})
    assert told == (["1"], {"3": "quota"}, ["MEAS-7"])


def test_it_uses_an_open_quota_warns_of_a_critical_one_and_says_where_nothing_was_told():
    quota = {"preferences": ("120",), "order_number": "090001"}
    held = tariff(QUOTA)
    assert asked(held, **quota, quotas={"090001": QuotaState.OPEN}) == (["3"], {"1": "displaced"}, [])
    assert asked(held, **quota, quotas={"090001": QuotaState.CRITICAL})[2] == ["MEAS-13"]
    assert asked(held, **quota)[2] == ["MEAS-8"]
    assert asked(held, preferences=("120",))[1] == {"3": "not_claimed"}


def test_it_charges_no_safeguard_on_what_a_quota_covers():
    held = tariff(QUOTA, measure("8", "696", LINE, "25%"))
    quota = {"preferences": ("120",), "order_number": "090001", "quotas": {"090001": QuotaState.OPEN}}
    assert asked(held)[0] == ["8", "1"]
    assert asked(held, **quota) == (["3"], {"1": "displaced", "8": "displaced"}, [])


def test_it_keeps_export_measures_from_imports_and_stopped_ones_from_both():
    held = tariff(measure("5", "476", LINE), replace(measure("6", "306", LINE, "1%"), stopped=True))
    assert asked(held)[1] == {"5": "other_movement", "6": "stopped"}
    assert asked(held, movement=Movement.EXPORT)[0] == ["5"]


def test_it_names_a_type_that_the_tariff_does_not_hold():
    assert asked(tariff(measure("5", "999", LINE)))[1] == {"5": "unknown_type"}


def test_it_ends_a_measure_with_its_regulation():
    regulation = Regulation(code="R2", starts_on=FIRST, ends_on=date(2026, 5, 31))
    held = tariff(regulation, measure("5", "306", LINE, "1%", regulation="R2"))
    assert asked(held)[1] == {"5": "not_in_force"}
    assert asked(held, day=date(2026, 5, 31))[0] == ["5", "1"]


CERTIFIED = measure(
    "5",
    "142",
    LINE,
    "2%",
    "CN",
    conditions=(condition("B", 1, "27", certificate="N853"), condition("B", 2, "07")),
)
ENTRY_PRICE = measure(
    "6",
    "306",
    LINE,
    conditions=(
        condition("V", 1, "01", threshold="91.6", currency="EUR", unit="DTN", components=(component("01", "5"),)),
        condition("V", 2, "01", threshold="84", currency="EUR", unit="DTN", components=(component("01", "9"),)),
        condition("V", 3, "01", threshold="0", currency="EUR", unit="DTN", components=(component("01", "30"),)),
    ),
)


def test_it_applies_a_measure_whose_document_is_there_and_not_without():
    held = tariff(CERTIFIED)
    assert asked(held, preferences=("300",)) == (["1"], {"5": "condition"}, [])
    assert asked(held, preferences=("300",), documents=frozenset({"N853"})) == (["5"], {"1": "displaced"}, [])


@pytest.mark.parametrize(("price", "duty"), [("91.6", "5%"), ("91.5", "9%"), ("84", "9%"), ("0", "30%")])
def test_it_climbs_the_ladder_of_entry_prices(price: str, duty: str):
    found = measures_for(tariff(ENTRY_PRICE), claim(figures={"V": Decimal(price)}))
    assert [printed_duty(held.duty) for held in found.of(MeasureKind.EXCISE) if held.duty] == [duty]


def test_it_leaves_a_measure_undecided_whose_figure_is_not_told():
    assert asked(tariff(ENTRY_PRICE)) == (["1"], {"6": "undecided"}, ["MEAS-10"])


@pytest.mark.parametrize(
    ("documents", "figures", "barred"), [(set(), "3", False), ({"N853"}, None, False), (set(), "6", True)]
)
def test_it_takes_a_small_quantity_or_a_document(documents: set[str], figures: str | None, barred: bool):
    rows = (
        condition("E", 1, "29", threshold="5", unit="KGM"),
        condition("E", 2, "29", certificate="N853"),
        condition("E", 3, "09"),
    )
    held = tariff(measure("5", "410", LINE, conditions=rows))
    given = {"E": Decimal(figures)} if figures else {}
    assert (asked(held, documents=frozenset(documents), figures=given)[2] == ["MEAS-14"]) is barred


def test_it_does_not_guess_an_unknown_action_and_takes_the_tariffs_own():
    held = tariff(replace(CERTIFIED, type="306", conditions=(condition("B", 1, "77"),)))
    assert asked(held)[1:] == ({"5": "undecided"}, ["MEAS-11"])
    own = held.with_records([MeasureAction(code="77", effect=Effect.APPLY_DUTY)])
    assert asked(own)[0] == ["5", "1"]


def test_it_says_that_a_declaration_has_to_be_corrected():
    rows = (condition("R", 1, "28", threshold="2"), condition("R", 2, "10"))
    held = tariff(measure("5", "410", LINE, conditions=rows))
    assert asked(held, figures={"R": Decimal(1)})[1:] == ({"5": "undecided"}, ["MEAS-12"])
    assert asked(held, figures={"R": Decimal(2)})[1:] == ({}, [])


def test_it_tells_prohibitions_and_restrictions():
    assert asked(tariff(measure("5", "277", CHAPTER)))[2] == ["MEAS-15"]
    assert asked(tariff(measure("5", "410", CHAPTER, footnotes=("CD001",))))[2] == ["MEAS-16"]
    paper = (condition("B", 1, "29", certificate="N853"), condition("B", 2, "09"))
    held = tariff(measure("5", "410", CHAPTER, conditions=paper))
    assert asked(held)[2] == ["MEAS-14"]
    assert asked(held, documents=frozenset({"N853"}))[2] == []


def test_it_bars_goods_whose_only_row_asks_for_a_document_that_is_not_there():
    held = tariff(measure("5", "410", CHAPTER, conditions=(condition("B", 1, "29", certificate="N853"),)))
    assert asked(held)[2] == ["MEAS-14"]


def test_it_frees_goods_of_a_control_that_does_not_concern_them():
    rows = (condition("Y", 1, "07", certificate="Y900"), condition("Y", 2, "09"))
    held = tariff(measure("5", "410", CHAPTER, conditions=rows))
    assert asked(held, documents=frozenset({"Y900"})) == (["1"], {"5": "condition"}, [])


def test_it_asks_for_the_unit_that_a_duty_counts_in():
    held = tariff(measure("5", "306", LINE, "2 EUR/HLT"), measure("6", "109", LINE, duty="KGM"))
    assert asked(held, units=frozenset({"KGM"}))[2] == ["MEAS-17"]
    assert asked(held, units=frozenset({"KGM", "LTR"}))[2] == []
    assert asked(held)[2] == []


def test_it_says_where_the_goods_code_is_wrong():
    ended = goods("0702001050", 2, ends_on=date(2025, 12, 31))
    held = tariff(ended)
    assert asked(held, code="0702009900")[2] == ["MEAS-1"]
    assert asked(held, code="0702001050")[2] == ["MEAS-2"]
    assert asked(held, code=HEADING)[2] == ["MEAS-3"]
    assert asked(held, code=CHAPTER)[2] == ["MEAS-3"]


def test_it_tells_of_measures_that_overlap():
    assert asked(tariff(measure("9", "103", HEADING, "3%")))[2] == ["MEAS-5"]


def test_it_answers_a_past_day_as_it_was_known_then():
    later = datetime(2026, 3, 1, tzinfo=UTC)
    changed = replace(BASIC, duty=measure("x", "103", HEADING, "2%").duty, known_from=later)
    moved = replace(BASIC, code=SUBHEADING, withdrawn=True, known_from=datetime(2026, 9, 1, tzinfo=UTC))
    held = tariff(changed, moved)

    def duties(known_at: datetime | None) -> list[str]:
        return [printed_duty(a.duty) for a in measures_for(held, claim(), known_at).applied if a.duty is not None]

    assert duties(datetime(2026, 2, 1, tzinfo=UTC)) == ["10%"]
    assert duties(datetime(2026, 4, 1, tzinfo=UTC)) == ["2%"]
    assert duties(None) == []


def test_it_shows_every_line_under_a_code():
    held = tariff()
    assert held.below(HEADING, DAY) == [SUBHEADING, LINE, "0702001090"]
    assert held.below(CHAPTER, DAY) == [HEADING, SUBHEADING, LINE, "0702001090"]
    assert held.declarable(LINE, DAY) and not held.declarable(SUBHEADING, DAY)
    assert not held.declarable("0702009900", DAY)
    assert held.counts()["GoodsNomenclature"] == len(GOODS)
    assert len(NAMED) == 8


def test_it_has_words_for_every_reason_and_for_all_that_findings_say():
    for language in texts.languages():
        assert all(texts.find(language, f"tariff.reason.{reason.value}") for reason in Reason)
    told = (
        measures_for(
            tariff(ENTRY_PRICE, DUMPING, QUOTA), claim(code="0702009900", preferences=("120", "110"))
        ).findings,
        measures_for(tariff(measure("5", "306", LINE, "2 EUR/HLT")), claim(units=frozenset())).findings,
    )
    told += (measures_for(tariff(measure("5", "306", LINE)), claim()).findings,)
    two = (measure("7", "305", SUBHEADING, "20%"), measure("8", "305", SUBHEADING, "5%", "CN"))
    told += (measures_for(tariff(*two), claim()).findings,)
    for finding in (finding for findings in told for finding in findings):
        for part in ("text", "mend"):
            words = texts.find("en", f"finding.{finding.code}.{part}") or ""
            assert words and texts.placeholders(words) <= set(finding.params), finding
