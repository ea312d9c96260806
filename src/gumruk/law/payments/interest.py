# SPDX-License-Identifier: Apache-2.0
"""Interest on late payment: by the day, each day at the rate that the law has for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from gumruk.law.kernel import LEGAL_CONTEXT, Rounding, Step
from gumruk.law.lawbook import Entry, LawBook

RATE, ROUNDING = "interest.rate_per_day", "rounding.interest"
#: No debt is reckoned further than this: a day that was mistyped must not be counted for ever.
DAYS_MAX = 36_600


@dataclass(frozen=True, slots=True)
class Span:
    """Days that follow one another and have one rate; `rate` None: the law has none for them."""

    first: date
    last: date
    rate: Decimal | None
    entry: Entry | None

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest on one amount; `amount` None where a rate or the rounding is not known. `steps` one a span."""

    amount: Decimal | None
    days: int
    spans: tuple[Span, ...]
    steps: tuple[Step, ...]


def interest_on(principal: Decimal, due_on: date, paid_on: date, book: LawBook, *, training: bool = False) -> Interest:
    """Interest from the day after `due_on` up to and with `paid_on`, rounded once, by the law of the day of payment.

    `values`: interest.rate_per_day (a share of the amount), rounding.interest. Nothing is owed where it was paid in
    time. Raises ValueError for more than a hundred years.
    """
    if (paid_on - due_on).days > DAYS_MAX:
        raise ValueError(f"interest is reckoned for at most {DAYS_MAX} days")
    spans = tuple(_spans(due_on + timedelta(days=1), paid_on, book, training=training))
    named = book.at(paid_on, training=training).value(ROUNDING)
    steps, exact = [], Decimal(0)
    with localcontext(LEGAL_CONTEXT):
        for span in spans:
            told = {"first": span.first.isoformat(), "last": span.last.isoformat(), "days": str(span.days)}
            act = span.entry.act if span.entry else None
            if span.rate is None:
                steps.append(Step("interest.unknown", told, "", act))
                continue
            part = principal * span.rate * span.days
            exact += part
            steps.append(Step("interest.span", {**told, "rate": f"{span.rate:f}", "amount": f"{part:f}"}, "", act))
    days = sum(span.days for span in spans)
    if any(span.rate is None for span in spans) or (spans and not isinstance(named, str)):
        return Interest(None, days, spans, tuple(steps))
    if not spans:
        return Interest(Decimal(0), 0, (), ())
    rounding = Rounding.parse(str(named))
    amount = rounding.apply(exact)
    told = {"amount": f"{exact:f}", "rounded": f"{amount:f}", "rounding": str(rounding)}
    return Interest(amount, days, spans, (*steps, Step("interest.rounded", told)))


def _spans(first: date, last: date, book: LawBook, *, training: bool) -> Iterator[Span]:
    """The days from first to last, parted where an entry of the law begins or ends."""
    if last < first:
        return
    begins = {first}
    for entry in book.entries_of("values"):
        if entry.key == RATE:
            edges = (entry.valid.first, entry.valid.last and entry.valid.last + timedelta(days=1))
            begins.update(day for day in edges if day is not None and first < day <= last)
    ordered = sorted(begins)
    for begin, following in zip(ordered, [*ordered[1:], last + timedelta(days=1)], strict=True):
        held = book.at(begin, training=training).find("values", RATE)
        value = held.fields.get("value") if held else None
        yield Span(begin, following - timedelta(days=1), value if isinstance(value, Decimal) else None, held)
