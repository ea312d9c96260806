# SPDX-License-Identifier: Apache-2.0
"""Laws of partial relief and reassessment, beside the worked cases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.assessment import Assessment, months_begun, partial_relief, reassessed
from gumruk.law.lawbook import Entry, Law, LawBook

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SHARE = Entry("values", "temporary.share_per_month", {"value": Decimal("0.03")})
ROUNDING = Entry("values", "rounding.partial_relief", {"value": "half_up:2"})


def law(*entries: Entry) -> Law:
    return LawBook("XX", entries).at(date(2026, 1, 1))


@given(st.decimals(0, 10**9, places=2), DAYS, DAYS)
def test_its_parts_sum_and_never_exceed_the_whole(amount: Decimal, first: date, second: date) -> None:
    found = partial_relief(amount, first, second, law(SHARE, ROUNDING))
    assert found.due is not None
    assert found.relieved is not None
    assert sum(found.instalments) == found.due
    assert all(part >= 0 for part in found.instalments)
    assert found.due + found.relieved == amount
    assert found.relieved >= 0
    assert len(found.instalments) <= found.months


@given(DAYS, DAYS)
def test_a_day_more_begins_at_most_one_month(admitted: date, until: date) -> None:
    grown = months_begun(admitted, until + timedelta(days=1)) - months_begun(admitted, until)
    assert grown in (0, 1)
    assert (months_begun(admitted, until) == 0) == (until < admitted)


@pytest.mark.parametrize("entries", [(SHARE,), (ROUNDING,), ()])
def test_it_has_no_amount_where_the_law_is_silent(entries: tuple[Entry, ...]) -> None:
    found = partial_relief(Decimal(100), date(2026, 1, 1), date(2026, 2, 1), law(*entries))
    assert (found.due, found.relieved, found.months) == (None, None, 2)


def test_it_does_not_mix_two_currencies() -> None:
    one, other = (Assessment((), (), (), currency, "", {}, True, False) for currency in ("TJS", "KGS"))
    with pytest.raises(ValueError, match="do not mix"):
        reassessed(one, other, law())
