# SPDX-License-Identifier: Apache-2.0
"""Tariff quotas: who gets what of a definition's volume, what is left of it, and how it stands on a day.

First come, first served, by the day on which declarations were accepted. What is asked for on one day counts as asked
at one moment: where the balance does not suffice it is shared out in proportion, and the shares make up the balance
to its last unit. While a blocking period lasts what is accepted in it waits; what is accepted in a suspension gets
nothing. What was allotted once stands (`given`): a request that becomes known later takes nothing from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from gumruk.law.kernel import LEGAL_CONTEXT, exact_decimal
from gumruk.law.tariff.measures import (
    QuotaBalance,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaState,
    QuotaSuspensionPeriod,
    Record,
    Tariff,
)


class Answer(StrEnum):
    """What a request to draw was answered."""

    WHOLE = "whole"
    PART = "part"
    EXHAUSTED = "exhausted"
    WAITING = "waiting"
    SUSPENDED = "suspended"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Drawing(Record):
    """A request to draw on a definition: an identifier, the quantity in the definition's unit, the day of acceptance.

    A quantity that is returned or corrected is a later version with another quantity; a withdrawn one draws nothing.
    Raises ValueError for a negative quantity.
    """

    id: str
    definition: str
    quantity: Decimal
    accepted_on: date

    def __post_init__(self) -> None:
        if exact_decimal(self.quantity) < 0:
            raise ValueError("a quantity that is drawn is not negative")

    @property
    def identity(self) -> object:
        return self.id


@dataclass(frozen=True, slots=True)
class Allotment:
    """What a request got of the quota, and why not all."""

    drawing: Drawing
    quantity: Decimal
    answer: Answer


@dataclass(frozen=True, slots=True)
class QuotaStanding:
    """How an order number stands on a day: its definition (None: none holds), what is drawn and what is left."""

    order_number: str
    state: QuotaState
    definition: QuotaDefinition | None = None
    drawn: Decimal = Decimal(0)
    balance: Decimal = Decimal(0)


def share_out(balance: Decimal, asked: Sequence[Decimal], decimals: int) -> tuple[Decimal, ...]:
    """Share a balance among what is asked, in proportion, to units of `decimals` places.

    The shares sum to the lesser of the balance and of all that is asked; none exceeds what it asked. Each share is the
    difference of two running totals rounded down. Raises ValueError for something finer than the unit.

    >>> share_out(Decimal(100), (Decimal(50), Decimal(50), Decimal(50)), 0)
    (Decimal('33'), Decimal('33'), Decimal('34'))
    """
    parts = [_units(quantity, decimals) for quantity in asked]
    available, whole = max(0, _units(balance, decimals)), sum(parts)
    if whole <= available:
        return tuple(_quantity(part, decimals) for part in parts)
    shares, running, reached = [], 0, 0
    for part in parts:
        running += part
        until = available * running // whole
        shares.append(_quantity(until - reached, decimals))
        reached = until
    return tuple(shares)


def _units(quantity: Decimal, decimals: int) -> int:
    scaled = exact_decimal(quantity).scaleb(decimals)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{quantity} is finer than {decimals} decimals: round it first")
    return int(scaled)


def _quantity(units: int, decimals: int) -> Decimal:
    return Decimal(units).scaleb(-decimals)


def allot(
    definition: QuotaDefinition,
    drawings: Iterable[Drawing],
    day: date,
    *,
    blocked: Sequence[QuotaBlockingPeriod] = (),
    suspended: Sequence[QuotaSuspensionPeriod] = (),
    given: Mapping[str, Decimal] | None = None,
    known_at: datetime | None = None,
) -> tuple[Allotment, ...]:
    """What each request accepted until `day` gets of a definition, by day of acceptance and then by identifier.

    `given` is what was allotted already, by the request's identifier. `known_at` leaves out what was not known then.
    Of requests that ask for less than the unit's decimals a ValueError is raised.
    """
    given = given or {}
    asked = sorted(
        (
            drawing
            for drawing in _known(drawings, known_at)
            if drawing.definition == definition.sid and drawing.accepted_on <= day
        ),
        key=lambda drawing: (drawing.accepted_on, drawing.id),
    )
    settled = [drawing for drawing in asked if drawing.id in given]
    balance = definition.volume
    allotments = []
    for drawing in settled:
        quantity = min(given[drawing.id], drawing.quantity)  # a corrected request keeps no more than it asks for
        balance = LEGAL_CONTEXT.subtract(balance, quantity)
        allotments.append(Allotment(drawing, quantity, _answered(drawing, quantity)))
    served = []
    for drawing in asked:
        if drawing.id in given:
            continue
        unserved = _unserved(definition, drawing, day, blocked, suspended)
        if unserved is None:
            served.append(drawing)
        else:
            allotments.append(Allotment(drawing, Decimal(0), unserved))
    for _, same_day in groupby(served, key=lambda drawing: drawing.accepted_on):
        together = list(same_day)
        shares = share_out(balance, [drawing.quantity for drawing in together], definition.decimals)
        for drawing, share in zip(together, shares, strict=True):
            balance = LEGAL_CONTEXT.subtract(balance, share)
            allotments.append(Allotment(drawing, share, _answered(drawing, share)))
    return tuple(sorted(allotments, key=lambda held: (held.drawing.accepted_on, held.drawing.id)))


def _known(drawings: Iterable[Drawing], known_at: datetime | None) -> Iterable[Drawing]:
    return Tariff.of(drawings).held(Drawing, known_at)


def _answered(drawing: Drawing, share: Decimal) -> Answer:
    if share == drawing.quantity:
        return Answer.WHOLE
    return Answer.PART if share else Answer.EXHAUSTED


def _unserved(
    definition: QuotaDefinition,
    drawing: Drawing,
    day: date,
    blocked: Sequence[QuotaBlockingPeriod],
    suspended: Sequence[QuotaSuspensionPeriod],
) -> Answer | None:
    """Why a request is not served on the day; None where it is."""
    accepted = drawing.accepted_on
    if not definition.holds_on(accepted):
        return Answer.OUTSIDE
    if any(period.holds_on(accepted) for period in suspended):
        return Answer.SUSPENDED
    if any(period.holds_on(accepted) and period.holds_on(day) for period in blocked):
        return Answer.WAITING
    return None


def quota_standing(
    tariff: Tariff,
    order_number: str,
    day: date,
    drawings: Iterable[Drawing] = (),
    *,
    given: Mapping[str, Decimal] | None = None,
    known_at: datetime | None = None,
) -> QuotaStanding:
    """How an order number stands on a day, as known at a moment.

    Where the quota's keeper tells balances (`QuotaBalance`) the last one told counts; else what the drawings leave.
    Critical is a definition that is stated to be, or of whose volume the critical threshold is drawn.
    """
    number = tariff.named(QuotaOrderNumber, order_number, day, known_at)
    if number is not None and number.licensed:
        return QuotaStanding(order_number, QuotaState.LICENSED)
    definitions = tariff.by(QuotaDefinition, "order_number", order_number, known_at)
    definition = next((held for held in definitions if held.holds_on(day)), None)
    if definition is None:
        return QuotaStanding(order_number, QuotaState.CLOSED)
    blocked = tariff.by(QuotaBlockingPeriod, "definition", definition.sid, known_at)
    suspended = tariff.by(QuotaSuspensionPeriod, "definition", definition.sid, known_at)
    balance = _told(tariff, definition, day, known_at)
    if balance is None:
        allotments = allot(
            definition, drawings, day, blocked=blocked, suspended=suspended, given=given, known_at=known_at
        )
        drawn = sum((held.quantity for held in allotments), Decimal(0))
        balance = LEGAL_CONTEXT.subtract(definition.volume, drawn)
    drawn = LEGAL_CONTEXT.subtract(definition.volume, balance)
    state = _state(definition, day, drawn, balance, blocked, suspended)
    return QuotaStanding(order_number, state, definition, drawn, balance)


def _told(tariff: Tariff, definition: QuotaDefinition, day: date, known_at: datetime | None) -> Decimal | None:
    told = [
        held
        for held in tariff.by(QuotaBalance, "definition", definition.sid, known_at)
        if held.told_at.date() <= day and (known_at is None or held.told_at <= known_at)
    ]
    return max(told, key=lambda held: held.told_at).balance if told else None


def _state(
    definition: QuotaDefinition,
    day: date,
    drawn: Decimal,
    balance: Decimal,
    blocked: Sequence[QuotaBlockingPeriod],
    suspended: Sequence[QuotaSuspensionPeriod],
) -> QuotaState:
    if any(period.holds_on(day) for period in suspended):
        return QuotaState.SUSPENDED
    if any(period.holds_on(day) for period in blocked):
        return QuotaState.BLOCKED
    if balance <= 0:
        return QuotaState.EXHAUSTED
    threshold = LEGAL_CONTEXT.multiply(definition.volume, definition.critical_threshold.scaleb(-2))
    return QuotaState.CRITICAL if definition.critical or drawn >= threshold else QuotaState.OPEN
