# SPDX-License-Identifier: Apache-2.0
"""Partial relief of temporary admission: for each month begun a share of what a release for good would cost.

Istanbul Convention, annex E, article 4; how great the share is and how it is rounded says the country's law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise

from gumruk.law.kernel import LEGAL_CONTEXT, Rounding, Step
from gumruk.law.lawbook import Entry, Law

SHARE, ROUNDING = "temporary.share_per_month", "rounding.partial_relief"
_ACT = "Istanbul Convention, annex E, article 4"


@dataclass(frozen=True, slots=True)
class PartialRelief:
    """What of an amount is due for the months begun, and what stays relieved; None where the law is not known.

    `instalments` are the amounts by month; they sum to what is due. `entries` is the law used.
    """

    months: int
    due: Decimal | None
    relieved: Decimal | None
    instalments: tuple[Decimal, ...]
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]


def months_begun(admitted_on: date, until: date) -> int:
    """How many months have begun from the day of admission up to and with another day; 0 where that lies before.

    A month ends on the day before the same day of the next one; where that month is too short, on its last day.
    """
    if until < admitted_on:
        return 0
    whole = (until.year - admitted_on.year) * 12 + until.month - admitted_on.month
    return whole if until < months_later(admitted_on, whole) else whole + 1


def months_later(day: date, months: int) -> date:
    """The same day some months later; where that month is too short, the first day of the next one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month + 1, day.day) if day.day <= last else following


def partial_relief(amount: Decimal, admitted_on: date, until: date, law: Law) -> PartialRelief:
    """What of `amount` is due for the months begun, never more than the whole.

    Each month's part is the difference of two rounded running totals, so that the parts sum to what is due.
    """
    entries = tuple(entry for key in (SHARE, ROUNDING) if (entry := law.find("values", key)) is not None)
    share, named = law.value(SHARE), law.value(ROUNDING)
    months = months_begun(admitted_on, until)
    if not isinstance(share, Decimal) or not isinstance(named, str) or not named:
        return PartialRelief(months, None, None, (), (Step("temporary.unknown", {}, "", _ACT),), entries)
    rounding, totals = Rounding.parse(named), [Decimal(0)]
    with localcontext(LEGAL_CONTEXT):
        for month in range(1, months + 1):
            totals.append(min(rounding.apply(amount * share * month), amount))
            if totals[-1] == amount:
                break
        due = totals[-1]
        instalments = tuple(later - earlier for earlier, later in pairwise(totals))
        told = {"months": str(months), "share": f"{share:f}", "amount": f"{due:f}", "rounding": str(rounding)}
        act = entries[0].act if entries else None
        steps = (Step("temporary.months", {"months": str(months)}, "", _ACT), Step("temporary.due", told, "", act))
        return PartialRelief(months, due, amount - due, instalments, steps, entries)
