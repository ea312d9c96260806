# SPDX-License-Identifier: Apache-2.0
"""Interest on late payment: by the day, each day at the rate that the law has for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Rounding, Severity, Step
from gumruk.law.lawbook import Entry, LawBook

RATE, ROUNDING = "interest.rate_per_day", "rounding.interest"
#: No debt is reckoned further than this: a day that was mistyped must not be counted for ever.
DAYS_MAX = 36_600
#: A delay of more years is asked about: no term of limitation that we know of is longer, a mistyped year is likelier.
YEARS_ASKED_ABOUT = 30


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
    """Interest on one amount; `steps` one a span.

    `amount` is None where a rate or the rounding is not known, or a finding refuses it.
    """

    amount: Decimal | None
    days: int
    spans: tuple[Span, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()


def interest_on(principal: Decimal, due_on: date, paid_on: date, book: LawBook, *, training: bool = False) -> Interest:
    """Interest from the day after `due_on` up to and with `paid_on`, rounded once, by the law of the day of payment.

    `values`: interest.rate_per_day (a share of the amount), rounding.interest. Nothing is owed where it was paid in
    time. Findings: INT-1 an amount below zero, INT-2 more than a hundred years; of both there is no interest. INT-3
    asks about more than thirty years.
    """
    findings = tuple(_doubts(principal, due_on, paid_on))
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Interest(None, max((paid_on - due_on).days, 0), (), (), findings)
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
        return Interest(None, days, spans, tuple(steps), findings)
    if not spans:
        return Interest(Decimal(0), 0, (), (), findings)
    rounding = Rounding.parse(str(named))
    amount = rounding.apply(exact)
    told = {"amount": f"{exact:f}", "rounded": f"{amount:f}", "rounding": str(rounding)}
    return Interest(amount, days, spans, (*steps, Step("interest.rounded", told)), findings)


def _doubts(principal: Decimal, due_on: date, paid_on: date) -> Iterator[Finding]:
    if principal < 0:
        yield Finding("INT-1", "amount", {"found": f"{principal:f}"[:40]})
    days = {"due_on": due_on.isoformat(), "paid_on": paid_on.isoformat()}
    if (paid_on - due_on).days > DAYS_MAX:
        yield Finding("INT-2", "due_on", days)
    elif (paid_on.year - due_on.year, paid_on.timetuple()[1:3]) > (YEARS_ASKED_ABOUT, due_on.timetuple()[1:3]):
        yield Finding("INT-3", "due_on", {**days, "years": str(YEARS_ASKED_ABOUT)}, severity=Severity.WARNING)


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
