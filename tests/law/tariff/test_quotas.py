# SPDX-License-Identifier: Apache-2.0
"""Quotas: shares that sum, first come first served, blocking and suspension, and replay as known then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.tariff.measures import (
    QuotaBalance,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaState,
    QuotaSuspensionPeriod,
    Tariff,
)
from gumruk.law.tariff.quotas import Answer, Drawing, allot, quota_standing, share_out

YEAR = date(2026, 1, 1), date(2026, 12, 31)
DEFINITION = QuotaDefinition(
    sid="D1", order_number="090001", volume=Decimal(1000), unit="KGM", decimals=0, starts_on=YEAR[0], ends_on=YEAR[1]
)
HELD = Tariff.of([QuotaOrderNumber(code="090001"), DEFINITION])
LATE = date(2026, 12, 1)


def drawing(name: str, quantity: str, day: date = date(2026, 2, 1), **changes: datetime) -> Drawing:
    return Drawing(id=name, definition="D1", quantity=Decimal(quantity), accepted_on=day, **changes)


def got(*drawings: Drawing, day: date = LATE, **more: object) -> list[tuple[str, str, str]]:
    found = allot(DEFINITION, drawings, day, **more)  # type: ignore[arg-type]
    return [(held.drawing.id, f"{held.quantity:f}", held.answer.value) for held in found]


def test_it_serves_who_came_first_and_shares_what_is_left_among_who_came_together():
    first, left, right = drawing("a", "400"), drawing("b", "600", LATE), drawing("c", "300", LATE)
    after = drawing("d", "1", LATE + timedelta(days=1))
    assert got(right, left, first, after, day=after.accepted_on) == [
        ("a", "400", "whole"),
        ("b", "400", "part"),
        ("c", "200", "part"),
        ("d", "0", "exhausted"),
    ]


def test_it_leaves_out_what_is_accepted_later_or_outside_the_definition():
    assert got(drawing("a", "10", date(2025, 12, 31)), drawing("b", "10", LATE), day=date(2026, 6, 1)) == [
        ("a", "0", "outside")
    ]


def test_it_lets_claims_wait_while_the_quota_is_blocked_and_serves_them_after():
    blocked = [QuotaBlockingPeriod(definition="D1", starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 20))]
    assert got(drawing("a", "10"), day=date(2026, 2, 20), blocked=blocked) == [("a", "0", Answer.WAITING.value)]
    assert got(drawing("a", "10"), day=date(2026, 2, 21), blocked=blocked) == [("a", "10", "whole")]


def test_it_gives_nothing_for_what_is_accepted_in_a_suspension():
    suspended = [QuotaSuspensionPeriod(definition="D1", starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 20))]
    assert got(drawing("a", "10"), drawing("b", "5", LATE), suspended=suspended) == [
        ("a", "0", "suspended"),
        ("b", "5", "whole"),
    ]


def test_it_does_not_take_back_what_was_allotted():
    held = [drawing("a", "900"), drawing("late", "500", date(2026, 1, 15))]
    assert got(*held, given={"a": Decimal(900)}) == [("late", "100", "part"), ("a", "900", "whole")]


def test_it_takes_a_returned_quantity_from_the_drawing():
    returned = drawing("a", "300", known_from=datetime(2026, 6, 1, tzinfo=UTC))
    held = [drawing("a", "900"), returned]
    assert got(*held) == [("a", "300", "whole")]
    assert got(*held, known_at=datetime(2026, 5, 1, tzinfo=UTC)) == [("a", "900", "whole")]
    assert got(*held, given={"a": Decimal(900)}) == [("a", "300", "whole")]


def test_it_refuses_a_quantity_below_zero_and_one_finer_than_the_unit():
    with pytest.raises(ValueError, match="not negative"):
        drawing("a", "-1")
    with pytest.raises(ValueError, match="finer than 0 decimals"):
        got(drawing("a", "0.5"))


def standing(*drawings: Drawing, tariff: Tariff = HELD, day: date = LATE) -> tuple[str, str]:
    found = quota_standing(tariff, "090001", day, drawings)
    return found.state.value, f"{found.balance:f}"


def test_it_tells_how_a_quota_stands():
    assert standing(drawing("a", "899")) == ("open", "101")
    assert standing(drawing("a", "900")) == ("critical", "100")
    assert standing(drawing("a", "1000")) == ("exhausted", "0")
    assert standing(day=date(2027, 1, 1)) == ("closed", "0")
    blocked = HELD.with_records([QuotaBlockingPeriod(definition="D1", starts_on=LATE, ends_on=LATE)])
    assert standing(tariff=blocked) == ("blocked", "1000")
    suspended = blocked.with_records([QuotaSuspensionPeriod(definition="D1", starts_on=LATE, ends_on=LATE)])
    assert standing(tariff=suspended)[0] == "suspended"
    licensed = Tariff.of([QuotaOrderNumber(code="090001", licensed=True), DEFINITION])
    assert standing(tariff=licensed)[0] == "licensed"


def test_it_takes_the_balance_that_the_keeper_of_the_quota_told():
    told = [
        QuotaBalance(definition="D1", told_at=datetime(2026, month, 1, tzinfo=UTC), balance=Decimal(balance))
        for month, balance in ((3, 700), (6, 0), (9, 250))
    ]
    held = HELD.with_records(told)
    assert standing(tariff=held, day=date(2026, 4, 1)) == ("open", "700")
    assert standing(tariff=held, day=date(2026, 7, 1)) == ("exhausted", "0")
    known = quota_standing(held, "090001", LATE, known_at=datetime(2026, 7, 1, tzinfo=UTC))
    assert (known.state, known.balance, known.drawn) == (QuotaState.EXHAUSTED, 0, 1000)


UNITS = st.integers(0, 10**9)


@given(balance=UNITS, asked=st.lists(UNITS, max_size=12), decimals=st.integers(0, 3))
def test_it_shares_out_the_whole_claim_or_the_whole_balance(balance: int, asked: list[int], decimals: int):
    parts = [Decimal(part).scaleb(-decimals) for part in asked]
    available = Decimal(balance).scaleb(-decimals)
    shares = share_out(available, parts, decimals)
    assert sum(shares) == min(available, sum(parts))
    assert all(0 <= share <= part for share, part in zip(shares, parts, strict=True))


@given(
    asked=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 9), st.integers(0, 9)), max_size=12),
    moment=st.integers(0, 9),
)
def test_it_lets_no_later_fact_alter_a_replay_and_allots_no_more_than_the_volume(
    asked: list[tuple[int, int, int]], moment: int
):
    since = [datetime(2026, 3, 1 + day, tzinfo=UTC) for day in range(10)]
    drawings = [
        drawing(str(place), str(quantity), date(2026, 2, 1 + day), known_from=since[known])
        for place, (quantity, day, known) in enumerate(asked)
    ]
    then = [held for held in drawings if held.known_from is not None and held.known_from <= since[moment]]
    assert allot(DEFINITION, drawings, LATE, known_at=since[moment]) == allot(DEFINITION, then, LATE)
    whole = allot(DEFINITION, drawings, LATE)
    assert sum(held.quantity for held in whole) == min(DEFINITION.volume, sum(d.quantity for d in drawings))
