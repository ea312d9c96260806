# SPDX-License-Identifier: Apache-2.0
"""The running rates with a tariff's in their place, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.lawbook.comparison import Change, compare
from gumruk.law.tariff.revising import rates_revised

NEW_YEAR = date(2026, 1, 1)
OURS, OTHERS = "TARIFF-ACT", "OLD-ACT"


def rate(code: str, duty: str, first: date | None = None, last: date | None = None, act: str = OURS) -> Entry:
    return Entry("tariff", code, {"duty": duty}, DateRange(first, last), act)


def said(book: LawBook) -> list[tuple[str, object, str, str | None]]:
    rows = sorted(book.entries_of("tariff"), key=lambda row: (row.key, row.valid.first or date.min))
    return [(row.key, row.fields["duty"], str(row.valid), row.act) for row in rows]


def test_it_ends_the_old_rate_where_the_new_one_begins() -> None:
    running = LawBook("TJ", [rate("0809", "5%", act=OTHERS)])
    book = rates_revised(running, "tariff", [rate("0809", "7%", NEW_YEAR)], OURS)
    assert said(book) == [("0809", "5%", ".../2025-12-31", OTHERS), ("0809", "7%", "2026-01-01/...", OURS)]
    assert [one.change for one in compare(running, book)] == [Change.ENDED, Change.ADDED]


def test_it_leaves_a_rate_that_is_said_already_with_its_act_and_standing() -> None:
    held = replace(rate("0809", "10% min 0.12 EUR/kg", act=OTHERS), status=Status.VERIFIED)
    book = rates_revised(LawBook("TJ", [held]), "tariff", [rate("0809", "10% MIN 0.12 EUR/KGM", NEW_YEAR)], OURS)
    assert book.entries == (held,)


def test_it_takes_away_what_its_own_act_does_not_say_any_more_and_nothing_else() -> None:
    running = LawBook("TJ", [rate("0809", "5%"), rate("0810", "5%", act=OTHERS), rate("0811", "5%")])
    book = rates_revised(running, "tariff", [rate("0811", "5%")], OURS)
    assert [row[0] for row in said(book)] == ["0810", "0811"]


def test_it_leaves_it_unknown_where_the_tariff_says_nothing() -> None:
    unknown = replace(rate("", ""), fields={"duty": None}, status=Status.UNKNOWN)
    book = rates_revised(LawBook("TJ", [unknown]), "tariff", [rate("0811", "5%")], OURS)
    assert unknown in book.entries


def test_it_leaves_the_days_before_the_change() -> None:
    running = LawBook("TJ", [rate("0809", "5%"), rate("0810", "6%")])
    book = rates_revised(running, "tariff", [rate("0809", "7%")], OURS, since=NEW_YEAR)
    assert said(book) == [
        ("0809", "5%", ".../2025-12-31", OURS),
        ("0809", "7%", "2026-01-01/...", OURS),
        ("0810", "6%", ".../2025-12-31", OURS),
    ]


def test_it_leaves_twins_for_training_other_tables_and_codes_that_are_kept() -> None:
    twin = replace(rate("0809", "3%"), status=Status.TRAINING)
    others = [twin, replace(rate("0809", "1%"), table="excise"), rate("0810", "5%")]
    book = rates_revised(LawBook("TJ", others), "tariff", [rate("0810", "9%")], OURS, kept={"0810"})
    assert list(book.entries) == others


DAYS = st.integers(0, 12).map(lambda day: NEW_YEAR + timedelta(days=day))
DUTIES = st.sampled_from(["1%", "2%", "3%"])


@st.composite
def histories(draw: st.DrawFn, act: st.SearchStrategy[str]) -> list[Entry]:
    """Entries of one code that do not overlap, the last of them perhaps open."""
    days = sorted(draw(st.sets(DAYS, max_size=6)))
    ends = [*days[1::2], None]
    return [
        rate("0809", draw(DUTIES), first, last, draw(act))
        for first, last in zip(days[::2], ends, strict=False)
        if first
    ]


@given(histories(st.sampled_from([OURS, OTHERS])), histories(st.just(OURS)), st.none() | DAYS)
def test_it_says_on_every_day_what_the_tariff_or_else_the_law_before_says(
    held: list[Entry], rates: list[Entry], since: date | None
) -> None:
    running = LawBook("TJ", held)
    book = rates_revised(running, "tariff", rates, OURS, since=since)
    for number in range(-2, 16):
        day = NEW_YEAR + timedelta(days=number)
        found = [row for row in book.entries if day in row.valid]
        before = [row for row in held if day in row.valid]
        spoken = [row for row in rates if day in row.valid]
        if since is not None and day < since:
            expected = before
        else:
            expected = spoken or [row for row in before if row.act != OURS]
        assert [row.fields for row in found] == [row.fields for row in expected], day
    again = rates_revised(book, "tariff", rates, OURS, since=since)
    assert not compare(book, again)
