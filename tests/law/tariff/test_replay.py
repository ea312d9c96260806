# SPDX-License-Identifier: Apache-2.0
"""A tariff as it was known: no later fact alters what was answered. Records in any order make the same tariff."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.law.tariff.tariff_cases import BASIC, HEADING, LINE, SOUND, SUBHEADING, claim, measure

from gumruk.law.tariff.measures import Measure, Record, Tariff, measures_for

MOMENTS = [datetime(2026, 5, day, tzinfo=UTC) for day in range(1, 11)]
RATES = [measure("x", "103", HEADING, f"{rate}%").duty for rate in range(5)]


@st.composite
def versions(draw: st.DrawFn) -> Measure:
    """A version of one of three measures: other rates, codes and days, known since some moment, or withdrawn."""
    return replace(
        BASIC,
        sid=draw(st.sampled_from(["1", "2", "3"])),
        code=draw(st.sampled_from([HEADING, SUBHEADING, LINE])),
        duty=draw(st.sampled_from(RATES)),
        ends_on=draw(st.sampled_from([None, date(2026, 5, 31), date(2026, 12, 31)])),
        withdrawn=draw(st.booleans()),
        known_from=draw(st.sampled_from(MOMENTS)),
    )


def known_by(records: list[Measure], moment: datetime) -> list[Record]:
    return [record for record in records if record.known_from is not None and record.known_from <= moment]


@given(records=st.lists(versions(), max_size=8), moment=st.sampled_from(MOMENTS))
def test_it_lets_no_later_fact_alter_a_replay(records: list[Measure], moment: datetime):
    whole = Tariff.of([*SOUND, *records])
    then = Tariff.of([*SOUND, *known_by(records, moment)])
    asked = claim()
    assert measures_for(whole, asked, moment) == measures_for(then, asked, moment) == measures_for(then, asked)


@given(
    records=st.lists(versions(), max_size=6, unique_by=lambda record: (record.sid, record.known_from)), at=st.randoms()
)
def test_it_does_not_matter_in_which_order_facts_come(records: list[Measure], at: object):
    shuffled = list(records)
    at.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (Tariff.of([*SOUND, *facts]) for facts in (records, shuffled))
    ones, others = (measures_for(held, claim()) for held in (one, other))
    assert sorted(a.measure.sid for a in ones.applied) == sorted(a.measure.sid for a in others.applied)
    assert {m.sid for m in one.held(Measure)} == {m.sid for m in other.held(Measure)}


def test_it_finds_the_version_of_a_fact_by_its_identity():
    later = replace(BASIC, duty=RATES[2], known_from=MOMENTS[4])
    held = Tariff.of(SOUND).with_records([later])
    assert held.version(Measure, "1", MOMENTS[3]) == BASIC
    assert held.version(Measure, "1") == later
    assert held.version(Measure, "77") is None
    assert held.measures_on(HEADING) == [later]
