# SPDX-License-Identifier: Apache-2.0
"""Two tariffs side by side: what stands in the one and not in the other, and what they say differently."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.wire.tariffs.changes import Change, What, ends
from gumruk.wire.tariffs.folder import TariffFolder, Version


def compared(before: TariffFolder, after: TariffFolder) -> Iterator[Change]:
    """What leads from one tariff, as it stands, to the other: a change set without moments and places."""
    for kind in sorted({*before.kinds, *after.kinds}):
        yield from _kind(kind, before.standing(kind), after.standing(kind))


def _kind(kind: str, before: Iterator[Version], after: Iterator[Version]) -> Iterator[Change]:
    left, right = next(before, None), next(after, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.key < right.key):
            assert left is not None  # noqa: S101 - one of both is there
            yield Change(What.WITHDRAWN, kind, left.key, left.fields, None)
            left = next(before, None)
        elif left is None or right.key < left.key:
            yield Change(What.ADDED, kind, right.key, None, right.fields)
            right = next(after, None)
        else:
            if left.fields != right.fields:
                what = What.ENDED if ends(left.fields, right.fields) else What.CHANGED
                yield Change(what, kind, left.key, left.fields, right.fields)
            left, right = next(before, None), next(after, None)
