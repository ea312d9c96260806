# SPDX-License-Identifier: Apache-2.0
"""Keys of tables that grow for ever: UUID version 7 (RFC 9562), so that rows lie in the order of time."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BITS = 62
_NAMES = UUID("8d7b5cf2-6f0e-5d0b-9a5e-67756d72756b")


def uuid7(at: datetime) -> UUID:
    """A new key for something that happened at `at` (aware): milliseconds, then microseconds, then chance."""
    milliseconds, rest = divmod(at - _EPOCH, _MILLISECOND)
    fraction = (rest.microseconds << 12) // 1000  # RFC 9562, section 6.2, method 3
    return _uuid7(milliseconds, fraction, secrets.randbits(_RANDOM_BITS))


def named_key(kind: str, name: str) -> UUID:
    """The one key of something known by a name, such as a trader by its taxpayer number: the same name, the same key.

    A subject's id in an event is such a key where its name should not stand in the events.
    """
    return uuid5(_NAMES, f"{kind}:{name}")


def uuid7_run(at: datetime, count: int) -> list[UUID]:
    """New keys for rows made at once: the first by chance, the others counted up from it, so in their order."""
    first = uuid7(at).int
    return [UUID(int=first + place) for place in range(count)]


def uuid7_lowest(at: datetime) -> UUID:
    """The lowest key of this millisecond or a later one: where a range begins, or ends without it."""
    return UUID(int=((at - _EPOCH) // _MILLISECOND) << 80)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[UUID, UUID]:
    """The keys of a civil day: from the first up to, not including, the second."""
    first = datetime.combine(day, time(0), tzinfo=zone)
    following = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
    return uuid7_lowest(first), uuid7_lowest(following)


def _uuid7(milliseconds: int, fraction: int, chance: int) -> UUID:
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError("a key can be made for moments from 1970 to 10889 only")
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | chance)
