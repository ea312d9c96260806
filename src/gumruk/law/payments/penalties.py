# SPDX-License-Identifier: Apache-2.0
"""Penalties that are arithmetic: a share of what was not paid, calculation units, units for each day of delay, capped.

Whether there is an offence, and whose, nobody reckons: that is decided (Kyoto Convention, specific annex H, chapter 1).
What a penalty comes to is the law of the day on which it was committed, table `penalties`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Rounding, Step
from gumruk.law.lawbook import Entry, Law, Status

TABLE, UNIT, ROUNDING = "penalties", "calculation_unit", "rounding.penalty"
#: What a penalty is made of; one of them at least.
_PARTS = frozenset({"share", "units", "units_per_day"})
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Breach:
    """What was not paid, in the country's currency; when something was due, and when it was done. None: not stated."""

    unpaid: Decimal | None = None
    due_on: date | None = None
    done_on: date | None = None

    @property
    def days(self) -> int | None:
        """Days of delay, from the day after the due day up to and with the day it was done; 0 where it was in time."""
        if self.due_on is None or self.done_on is None:
            return None
        return max((self.done_on - self.due_on).days, 0)


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty's amount in the country's currency; None where it could not be reckoned: `findings` say why."""

    amount: Decimal | None
    days: int | None
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]


def penalty_on(code: str, breach: Breach, law: Law) -> Penalty:
    """What a penalty comes to, by the law of the day on which it was committed.

    Table `penalties`: share (of the unpaid amount), units, units_per_day, added up; then least_units and most_units,
    and most_share of the unpaid amount. `values`: calculation_unit, rounding.penalty. Nothing is owed where a penalty
    by the day meets no delay. Findings: PEN-1 the law is not known, PEN-2 the unpaid amount or the delay is not
    stated, PEN-3 an amount below zero.
    """
    entry, unit, rounding = law.find(TABLE, code), law.find("values", UNIT), law.find("values", ROUNDING)
    entries = tuple(each for each in (entry, unit, rounding) if each is not None)
    if entry is None or entry.status is Status.UNKNOWN or not _PARTS & _named(entry):
        found = Finding("PEN-1", "penalty", {"what": code}, entry.act if entry else None)
        return Penalty(None, breach.days, (found,), (), entries)
    findings = tuple(_missing(entry, breach, unit, rounding))
    if findings:
        return Penalty(None, breach.days, findings, (), entries)
    named = str(rounding.fields["value"]) if rounding else ""
    with localcontext(LEGAL_CONTEXT):
        steps = tuple(_Reckoned(entry, breach, unit).steps())
        exact = Decimal(steps[-1].params["amount"])
        amount = Rounding.parse(named).apply(exact)
    told = {"amount": f"{exact:f}", "rounded": f"{amount:f}", "rounding": named}
    last = Step("penalty.rounded", told, "", rounding.act if rounding else None)
    return Penalty(amount, breach.days, (), (*steps, last), entries)


def _missing(entry: Entry, breach: Breach, unit: Entry | None, rounding: Entry | None) -> Iterator[Finding]:
    asks = _named(entry)
    if asks & {"units", "units_per_day", "least_units", "most_units"} and not (unit and unit.fields.get("value")):
        yield Finding("PEN-1", "values", {"what": UNIT}, unit.act if unit else None)
    if not (rounding and rounding.fields.get("value")):
        yield Finding("PEN-1", "values", {"what": ROUNDING}, rounding.act if rounding else None)
    if asks & {"share", "most_share"} and breach.unpaid is None:
        yield Finding("PEN-2", "unpaid", {"penalty": entry.key, "field": "unpaid"}, entry.act)
    if "units_per_day" in asks and breach.days is None:
        yield Finding("PEN-2", "due_on", {"penalty": entry.key, "field": "due_on, done_on"}, entry.act)
    if breach.unpaid is not None and breach.unpaid < 0:
        yield Finding("PEN-3", "unpaid", {"found": f"{breach.unpaid:f}"}, entry.act)


def _named(entry: Entry) -> frozenset[str]:
    """The columns of a row that hold a number."""
    return frozenset(name for name, value in entry.fields.items() if isinstance(value, Decimal))


class _Reckoned:
    """The steps of one penalty: parts added up, then the least and the most. The last step's amount is the penalty."""

    def __init__(self, entry: Entry, breach: Breach, unit: Entry | None) -> None:
        self.entry, self.unit_entry, self.days = entry, unit, breach.days or 0
        self.unpaid = breach.unpaid or _NOTHING
        value = unit.fields.get("value") if unit else None
        self.unit = value if isinstance(value, Decimal) else _NOTHING

    def _of(self, name: str) -> Decimal | None:
        found = self.entry.fields.get(name)
        return found if isinstance(found, Decimal) else None

    def _step(self, code: str, amount: Decimal, **told: str) -> Step:
        return Step(f"penalty.{code}", {**told, "amount": f"{amount:f}"}, "", self.entry.act)

    def steps(self) -> Iterator[Step]:
        """Each part, and the sum as the last one leaves it."""
        share, units, daily = self._of("share"), self._of("units"), self._of("units_per_day")
        total = _NOTHING
        if daily is not None and not self.days:
            yield self._step("in_time", _NOTHING)
            return
        if self.unit_entry is not None and self.unit:
            yield Step("penalty.unit", {"amount": f"{self.unit:f}"}, "", self.unit_entry.act)
        if share is not None:
            total += self.unpaid * share
            yield self._step("share", total, share=f"{share:f}", stated=f"{self.unpaid:f}")
        if units is not None:
            total += units * self.unit
            yield self._step("units", total, units=f"{units:f}")
        if daily is not None:
            total += daily * self.days * self.unit
            yield self._step("days", total, units=f"{daily:f}", days=str(self.days))
        yield from self._bounded(total)

    def _bounded(self, total: Decimal) -> Iterator[Step]:
        least, most, most_share = self._of("least_units"), self._of("most_units"), self._of("most_share")
        if least is not None and total < least * self.unit:
            total = least * self.unit
            yield self._step("least", total, units=f"{least:f}")
        if most is not None and total > most * self.unit:
            total = most * self.unit
            yield self._step("most", total, units=f"{most:f}")
        if most_share is not None and total > most_share * self.unpaid:
            total = most_share * self.unpaid
            yield self._step("most_share", total, share=f"{most_share:f}", stated=f"{self.unpaid:f}")
