# SPDX-License-Identifier: Apache-2.0
"""Two law books are compared entry by entry: what is added, ended, removed and changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.lawbook.comparison import Change, compare, counted

NEW_YEAR = date(2027, 1, 1)
EVE = date(2026, 12, 31)
VAT = Entry("values", "vat.rate", {"value": Decimal("0.14")}, DateRange(date(2024, 1, 1), None), "act")
CARS = Entry("tariff", "8703", {"duty": "10%"}, DateRange(date(2024, 1, 1), None), "act")


def book(*entries: Entry) -> LawBook:
    return LawBook("TJ", entries)


def changes(before: LawBook | None, after: LawBook) -> list[tuple[Change, str]]:
    return [(one.change, one.entry.key) for one in compare(before, after)]


def test_it_adds_everything_where_there_was_no_law() -> None:
    assert changes(None, book(VAT, CARS)) == [(Change.ADDED, "8703"), (Change.ADDED, "vat.rate")]


def test_it_finds_nothing_between_equal_books_whenever_they_became_known() -> None:
    known = replace(VAT, known_from=datetime(2026, 12, 1, tzinfo=UTC))
    assert compare(book(VAT, CARS), book(CARS, known)) == ()


def test_it_tells_a_rate_that_falls_from_a_day_on_as_one_ended_and_one_added() -> None:
    ended = replace(VAT, valid=DateRange(date(2024, 1, 1), EVE))
    lower = replace(VAT, fields={"value": Decimal("0.13")}, valid=DateRange(NEW_YEAR, None))
    found = compare(book(VAT), book(ended, lower))
    assert [one.change for one in found] == [Change.ENDED, Change.ADDED]
    assert found[0].parts == (("valid_to", None, EVE),)
    assert found[1].parts == ()


def test_it_tells_a_rate_that_is_rewritten_as_changed_even_when_it_ends_earlier_too() -> None:
    other = replace(CARS, fields={"duty": "8%"}, valid=DateRange(date(2024, 1, 1), EVE))
    (found,) = compare(book(CARS), book(other))
    assert found.change is Change.CHANGED
    assert found.parts == (("duty", "10%", "8%"), ("valid_to", None, EVE))


def test_it_tells_a_later_end_another_act_or_standing_as_changed() -> None:
    for other in (
        replace(CARS, act="another"),
        replace(CARS, status=Status.VERIFIED),
        replace(CARS, fields={**CARS.fields, "note": "x"}),
    ):
        assert changes(book(CARS), book(other)) == [(Change.CHANGED, "8703")]
    longer = replace(CARS, valid=DateRange(date(2024, 1, 1), NEW_YEAR))
    shorter = replace(CARS, valid=DateRange(date(2024, 1, 1), EVE))
    assert changes(book(shorter), book(longer)) == [(Change.CHANGED, "8703")]


def test_it_does_not_take_a_training_twin_for_its_value() -> None:
    twin = replace(VAT, fields={"value": Decimal("0.20")}, status=Status.TRAINING)
    assert changes(book(VAT), book(VAT, twin)) == [(Change.ADDED, "vat.rate")]
    assert changes(book(VAT, twin), book(twin)) == [(Change.REMOVED, "vat.rate")]


def test_it_counts_by_table_and_change() -> None:
    found = counted(compare(book(VAT, CARS), book(replace(VAT, act="another"))))
    assert found["tariff"] == {Change.ADDED: 0, Change.ENDED: 0, Change.REMOVED: 1, Change.CHANGED: 0}
    assert found["values"][Change.CHANGED] == 1
