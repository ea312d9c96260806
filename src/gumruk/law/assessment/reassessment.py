# SPDX-License-Identifier: Apache-2.0
"""Reassessment: the difference between two assessments, line by line; what is owed now, what is to be refunded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from gumruk.law.assessment.model import Assessment, ChargeLine
from gumruk.law.kernel import LEGAL_CONTEXT
from gumruk.law.lawbook import Entry, Law

LEAST = "collection.least"
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """One charge on one item, before and after; a line that is not there is nothing.

    `payable` is what is owed more (below zero: less), `secured` and `relieved` likewise; None where one of the two
    has no amount: the law is not known, and nobody can say what the difference is.
    """

    item: int | None
    code: str
    name: str
    before: ChargeLine | None
    after: ChargeLine | None
    payable: Decimal | None
    secured: Decimal | None
    relieved: Decimal | None


@dataclass(frozen=True, slots=True)
class Reassessment:
    """All lines that differ, and what follows from them.

    `owed` and `refundable` are sums over the charges: each charge (over all items) is either owed or refunded, and
    below the least amount that is collected (`least`, from the law; None: the law names none) it is neither, `waived`.
    Both None where a line could not be determined. `entry` is the law of the least amount.
    """

    lines: tuple[Difference, ...]
    owed: Decimal | None
    refundable: Decimal | None
    waived: Decimal
    least: Decimal | None
    entry: Entry | None


def reassessed(before: Assessment, after: Assessment, law: Law) -> Reassessment:
    """The difference between two assessments of the same goods. Raises ValueError for two currencies.

    `values`: collection.least, the amount below which a charge is neither collected nor refunded.
    """
    if before.currency != after.currency:
        raise ValueError(f"{before.currency} and {after.currency} do not mix")
    held, found = ({(line.item, line.code): line for line in each.lines} for each in (before, after))
    with localcontext(LEGAL_CONTEXT):
        every = [_difference(held.get(place), found.get(place)) for place in dict.fromkeys((*found, *held))]
        entry = law.find("values", LEAST)
        named = entry.fields.get("value") if entry else None
        least = named if isinstance(named, Decimal) else None
        sums: dict[str, Decimal | None] = {}
        for line in every:
            total = sums.get(line.code, _NOTHING)
            sums[line.code] = None if total is None or line.payable is None else total + line.payable
        lines = tuple(line for line in every if line.payable != 0 or line.secured != 0 or line.relieved != 0)
        if any(total is None for total in sums.values()):
            return Reassessment(lines, None, None, _NOTHING, least, entry)
        totals = [total for total in sums.values() if total is not None]
        small = [total for total in totals if least is not None and abs(total) < least]
        kept = [total for total in totals if least is None or abs(total) >= least]
        owed = sum((total for total in kept if total > 0), _NOTHING)
        refundable = -sum((total for total in kept if total < 0), _NOTHING)
        return Reassessment(lines, owed, refundable, sum(small, _NOTHING), least, entry)


def _difference(before: ChargeLine | None, after: ChargeLine | None) -> Difference:
    line = after if after is not None else before
    if line is None:
        raise ValueError("no line to compare")
    payable, secured, relieved = (
        None if (old := _of(before, part)) is None or (new := _of(after, part)) is None else new - old
        for part in ("payable", "secured", "relieved")
    )
    return Difference(line.item, line.code, line.name, before, after, payable, secured, relieved)


def _of(line: ChargeLine | None, part: str) -> Decimal | None:
    found: Decimal | None = _NOTHING if line is None else getattr(line, part)
    return found
