# SPDX-License-Identifier: Apache-2.0
"""Working hours, holidays, and exchange rates of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, Law, LawBook
from gumruk.law.reference import exchange_rate, outside_hours

DUSHANBE = timezone(timedelta(hours=5))
BOOK = LawBook(
    "TJ",
    [
        Entry("offices", "TJ-KUL", {"hours": "day"}),
        Entry("offices", "TJ-DST", {"hours": "always"}),
        Entry("offices", "TJ-XXX", {"hours": ""}),
        *(Entry("hours", f"day.{weekday}", {"opens": "09:00", "closes": "18:00"}) for weekday in range(1, 6)),
        *(Entry("hours", f"always.{weekday}", {"opens": "00:00", "closes": "24:00"}) for weekday in range(1, 8)),
        Entry("holidays", "2027-01-01", {"name": "new_year"}),
        Entry("exchange_rates", "UZS", {"amount": Decimal("0.79"), "per": 1000}, DateRange(date(2026, 12, 1))),
        Entry("exchange_rates", "XXX", {"amount": None, "per": 1}),
    ],
)


def law(day: date) -> Law:
    return BOOK.at(day)


@pytest.mark.parametrize(
    ("office", "moment", "outside"),
    [
        ("TJ-KUL", datetime(2026, 12, 30, 9, 0, tzinfo=DUSHANBE), False),  # a Wednesday, as it opens
        ("TJ-KUL", datetime(2026, 12, 30, 8, 59, tzinfo=DUSHANBE), True),
        ("TJ-KUL", datetime(2026, 12, 30, 18, 0, tzinfo=DUSHANBE), False),
        ("TJ-KUL", datetime(2026, 12, 30, 18, 1, tzinfo=DUSHANBE), True),
        ("TJ-KUL", datetime(2027, 1, 2, 12, 0, tzinfo=DUSHANBE), True),  # a Saturday
        ("TJ-KUL", datetime(2027, 1, 1, 12, 0, tzinfo=DUSHANBE), True),  # a holiday
        ("TJ-DST", datetime(2027, 1, 3, 23, 59, tzinfo=DUSHANBE), False),  # always open
        ("TJ-DST", datetime(2027, 1, 1, 12, 0, tzinfo=DUSHANBE), True),  # but not on a holiday
        ("TJ-XXX", datetime(2027, 1, 4, 12, 0, tzinfo=DUSHANBE), None),
        ("TJ-???", datetime(2027, 1, 4, 12, 0, tzinfo=DUSHANBE), None),
    ],
)
def test_it_knows_when_an_office_works(office: str, moment: datetime, outside: bool | None) -> None:
    assert outside_hours(law(moment.date()), office, moment) is outside


def test_a_rate_is_of_its_day_and_carries_its_entry() -> None:
    found = exchange_rate(law(date(2026, 12, 2)), "UZS")
    assert found is not None
    assert (found[0].factor, found[1].table) == (Decimal("0.00079"), "exchange_rates")
    assert exchange_rate(law(date(2026, 11, 30)), "UZS") is None
    assert exchange_rate(law(date(2026, 12, 2)), "XXX") is None
