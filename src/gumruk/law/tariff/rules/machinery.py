# SPDX-License-Identifier: Apache-2.0
"""What a rule of a tariff is, and what it may look at.

A rule is one of TARIC's business rules under its own number (`ME-32` is ME32), over one kind of record. It yields the
parameters of a finding for each thing that is wrong. The same function runs over a whole tariff and over one record
that is being edited, which need not be held yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from gumruk.law.kernel import Severity
from gumruk.law.tariff.measures import GeographicalArea, GeographicalMembership, Measure, Record, Tariff

R = TypeVar("R", bound=Record)
Params = Mapping[str, str]
LikeKey = tuple[str, str, str, str]


class Scope:
    """The tariff that rules look at, as known at a moment, with what is looked up often kept.

    `whole`: every record is being checked, so a pair that clashes is told once, by the second of the two.
    """

    def __init__(self, tariff: Tariff, known_at: datetime | None = None, *, whole: bool = True) -> None:
        self.tariff, self.known_at, self.whole = tariff, known_at, whole
        self._named: dict[tuple[type[Record], str], list[Any]] = {}
        self._branches: dict[tuple[str, date], list[str]] = {}
        self._likes: dict[LikeKey, dict[str, list[Measure]]] | None = None

    def named(self, kind: type[R], code: str) -> list[R]:
        """The facts that bear a code, of all days."""
        found = self._named.get((kind, code))
        if found is None:
            found = self._named[kind, code] = self.tariff.by(kind, "code", code, self.known_at)
        return found

    def missing(self, kind: type[R], code: str) -> bool:
        """Whether a tariff that keeps facts of this kind has none of this code."""
        return self.tariff.keeps(kind) and not self.named(kind, code)

    def by(self, kind: type[R], attribute: str, value: object) -> list[R]:
        """The facts whose attribute has a value, of all days."""
        return self.tariff.by(kind, attribute, value, self.known_at)

    def unspanned(self, kind: type[R], code: str, record: Record) -> str:
        """The days of the facts of this code where none spans the record; empty where one does, or none is there."""
        found = self.named(kind, code)
        if not found or any(held.spans(record) for held in found):
            return ""
        return ", ".join(held.days for held in found)

    def others(self, record: R, attribute: str) -> Iterable[R]:
        """The other facts with the same value of an attribute that this record has to be told of."""
        for other in self.by(type(record), attribute, getattr(record, attribute)):
            if self.tells(record, other):
                yield other

    def tells(self, record: Record, other: Record) -> bool:
        """Whether a clash of these two is told by the first: always while it is edited, else by one of them."""
        if other.identity == record.identity:
            return False
        return not self.whole or str(other.identity) < str(record.identity)

    def branch(self, code: str, day: date) -> list[str]:
        """The codes of a branch, nearest first."""
        found = self._branches.get((code, day))
        if found is None:
            found = self._branches[code, day] = self.tariff.branch(code, day, self.known_at)
        return found

    def likes(self, measure: Measure) -> Mapping[str, list[Measure]]:
        """By goods code: the measures of the same type, area, order number and reduction.

        Over a whole tariff all of them, indexed once; of one that is edited those of its branch and below it.
        """
        if not self.whole:
            return self._likes_near(measure)
        if self._likes is None:
            self._likes = {}
            for held in self.tariff.held(Measure, self.known_at):
                if held.code:
                    self._likes.setdefault(_like(held), {}).setdefault(held.code, []).append(held)
        return self._likes.get(_like(measure), {})

    def around(self, measure: Measure) -> list[str]:
        """The codes on which a measure may clash: its branch on its first day; while it is edited those below too."""
        day = measure.starts_on or date.min
        codes = self.branch(measure.code, day)
        return codes if self.whole else [*codes, *self.tariff.below(measure.code, day, self.known_at)]

    def _likes_near(self, measure: Measure) -> Mapping[str, list[Measure]]:
        near: dict[str, list[Measure]] = {}
        for code in self.around(measure) if measure.code else ():
            for held in self.tariff.measures_on(code, self.known_at):
                if _like(held) == _like(measure):
                    near.setdefault(code, []).append(held)
        return near

    def members(self, group: str) -> list[GeographicalMembership]:
        """The memberships of a group."""
        return self.by(GeographicalMembership, "group", group)

    def area(self, code: str) -> GeographicalArea | None:
        """The first held area of a code."""
        found = self.named(GeographicalArea, code)
        return found[0] if found else None


def _like(measure: Measure) -> LikeKey:
    return (measure.type, measure.area, measure.order_number, measure.reduction)


@dataclass(frozen=True, slots=True)
class TariffRule:
    """A named rule: its code, the kind of record it is about, TARIC's numbers for it, its weight and the check."""

    code: str
    of: type[Record]
    numbers: tuple[str, ...]
    severity: Severity
    check: Callable[[Any, Scope], Iterable[Params]]

    @property
    def meaning(self) -> str:
        """What the rule demands: the first line of its docstring."""
        return (self.check.__doc__ or "").strip().splitlines()[0]

    @property
    def act(self) -> str:
        """The rule's source."""
        return "TARIC business rule " + ", ".join(self.numbers)


DECLARED: dict[str, TariffRule] = {}


def tariff_rule(
    of: type[R], *numbers: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[R, Scope], Iterable[Params]]], Callable[[R, Scope], Iterable[Params]]]:
    """Declare a rule under TARIC's number; further numbers are rules of TARIC that demand the same."""
    letters = numbers[0].rstrip("0123456789")
    code = f"{letters}-{numbers[0][len(letters) :]}"

    def declared(check: Callable[[R, Scope], Iterable[Params]]) -> Callable[[R, Scope], Iterable[Params]]:
        if code in DECLARED:
            raise ValueError(f"two rules are called {code}")
        DECLARED[code] = TariffRule(code, of, numbers, severity, check)
        return check

    return declared
