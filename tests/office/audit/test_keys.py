# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gumruk.office.audit.keys import day_bounds, named_key, uuid7, uuid7_lowest

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)


def test_it_makes_keys_of_version_seven_in_the_order_of_time() -> None:
    keys = [uuid7(NOON + timedelta(microseconds=microseconds)) for microseconds in range(0, 5_000, 5)]
    assert keys == sorted(keys)
    assert {(key.version, key.variant) for key in keys} == {(7, "specified in RFC 4122")}


def test_it_makes_a_new_key_each_time_for_the_same_moment() -> None:
    assert len({uuid7(NOON) for _ in range(1_000)}) == 1_000


def test_it_bounds_a_civil_day_in_its_zone() -> None:
    first, following = day_bounds(date(2027, 1, 1), ZoneInfo("Asia/Dushanbe"))
    new_year = datetime(2026, 12, 31, 19, tzinfo=UTC)
    assert uuid7(new_year - timedelta(milliseconds=1)) < first <= uuid7(new_year)
    assert uuid7(new_year + timedelta(hours=24, milliseconds=-1)) < following <= uuid7(new_year + timedelta(hours=24))
    assert first == uuid7_lowest(new_year)


def test_it_refuses_moments_before_1970() -> None:
    with pytest.raises(ValueError, match="1970"):
        uuid7(datetime(1890, 1, 1, tzinfo=UTC))


def test_it_gives_a_name_one_key() -> None:
    assert named_key("trader", "510000001") == named_key("trader", "510000001") != named_key("user", "510000001")
