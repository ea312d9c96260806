# SPDX-License-Identifier: Apache-2.0
"""Tariff quotas: who gets what of a definition's volume, what is left of it, and how it stands on a day.

First come, first served, by the day on which declarations were accepted. What is asked for on one day counts as asked
at one moment: where the balance does not suffice it is shared out in proportion, and the shares make up the balance
to its last unit. While a blocking period lasts what is accepted in it waits; what is accepted in a suspension gets
nothing. What was allotted once stands (`given`): a request that becomes known later takes nothing from it.

What is drawn on a sub-quota is drawn on its main quota too, times the association's coefficient: the smaller balance
decides, a main quota at zero leaves its sub-quotas nothing, and its blocking and suspension are theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from gumruk.law.kernel import LEGAL_CONTEXT, exact_decimal
from gumruk.law.tariff.measures import (
    QuotaAssociation,
    QuotaBalance,
    QuotaBlockingPeriod,
    QuotaDefinition,
    QuotaOrderNumber,
    QuotaState,
    QuotaSuspensionPeriod,
    Record,
    Tariff,
)

R = TypeVar("R", bound=Record)


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
    """What each request accepted until `day` gets of one definition: `allot_together` without sub-quotas."""
    family = QuotaFamily((definition,), (), tuple(blocked), tuple(suspended))
    return allot_together(family, drawings, day, given=given, known_at=known_at)


@dataclass(frozen=True, slots=True)
class QuotaFamily:
    """Definitions that are drawn on together, their associations, and their blocking and suspension periods.

    An association whose coefficient is not above zero, or one of whose definitions is not here, binds nothing (the
    rules QA1 and QA4 of a tariff tell of it).
    """

    definitions: tuple[QuotaDefinition, ...]
    associations: tuple[QuotaAssociation, ...] = ()
    blocked: tuple[QuotaBlockingPeriod, ...] = ()
    suspended: tuple[QuotaSuspensionPeriod, ...] = ()

    def drawn_on(self, sid: str) -> dict[str, Decimal]:
        """The definitions that a drawing on one takes from, itself first, each with what a unit of it takes."""
        held = {definition.sid for definition in self.definitions}
        found = {sid: Decimal(1)}
        waiting = [sid]
        while waiting:
            below = waiting.pop(0)
            for one in self.associations:
                if one.sub == below and one.main in held and one.main not in found and one.coefficient > 0:
                    found[one.main] = LEGAL_CONTEXT.multiply(found[below], one.coefficient)
                    waiting.append(one.main)
        return found


def allot_together(
    family: QuotaFamily,
    drawings: Iterable[Drawing],
    day: date,
    *,
    given: Mapping[str, Decimal] | None = None,
    known_at: datetime | None = None,
) -> tuple[Allotment, ...]:
    """What each request accepted until `day` gets, by day of acceptance and then by identifier.

    Of one day's requests those on a sub-quota share its balance first, and what it grants them then shares the main
    quota's balance with the others that draw on it. `given` is what was allotted already, by the request's identifier.
    `known_at` leaves out what was not known then. Of requests that are finer than the unit's decimals a ValueError is
    raised.
    """
    given = given or {}
    held = {definition.sid: definition for definition in family.definitions}
    chains = {sid: family.drawn_on(sid) for sid in held}
    balances = {sid: definition.volume for sid, definition in held.items()}
    asked = sorted(
        (
            drawing
            for drawing in _known(drawings, known_at)
            if drawing.definition in held and drawing.accepted_on <= day
        ),
        key=lambda drawing: (drawing.accepted_on, drawing.id),
    )
    allotments, served = [], []
    for drawing in asked:
        if drawing.id in given:
            quantity = min(given[drawing.id], drawing.quantity)  # a corrected request keeps no more than it asks for
            allotments.append(_taken(drawing, quantity, chains, balances))
            continue
        unserved = _unserved([held[sid] for sid in chains[drawing.definition]], drawing, day, family)
        if unserved is None:
            _units(drawing.quantity, held[drawing.definition].decimals)
            served.append(drawing)
        else:
            allotments.append(Allotment(drawing, Decimal(0), unserved))
    for _, same_day in groupby(served, key=lambda drawing: drawing.accepted_on):
        together = list(same_day)
        shares = _shared(together, held, chains, balances)
        allotments += [_taken(drawing, shares[drawing.id], chains, balances) for drawing in together]
    return tuple(sorted(allotments, key=lambda one: (one.drawing.accepted_on, one.drawing.id)))


def _taken(
    drawing: Drawing, quantity: Decimal, chains: Mapping[str, Mapping[str, Decimal]], balances: dict[str, Decimal]
) -> Allotment:
    """Take an allotted quantity from each balance that it is drawn on."""
    for sid, factor in chains[drawing.definition].items():
        balances[sid] = LEGAL_CONTEXT.subtract(balances[sid], LEGAL_CONTEXT.multiply(quantity, factor))
    return Allotment(drawing, quantity, _answered(drawing, quantity))


def _shared(
    together: Sequence[Drawing],
    held: Mapping[str, QuotaDefinition],
    chains: Mapping[str, Mapping[str, Decimal]],
    balances: Mapping[str, Decimal],
) -> dict[str, Decimal]:
    """What each of one day's requests gets, by identifier: the balances are shared out from the sub-quotas upwards."""
    shares = {drawing.id: drawing.quantity for drawing in together}
    depth = {sid: max(list(chain).index(sid) for chain in chains.values() if sid in chain) for sid in held}
    for sid in sorted(held, key=lambda sid: (depth[sid], sid)):
        claims = [drawing for drawing in together if sid in chains[drawing.definition]]
        decimals = held[sid].decimals
        factors = [chains[drawing.definition][sid] for drawing in claims]
        wanted = [
            _rounded(LEGAL_CONTEXT.multiply(shares[drawing.id], factor), decimals, ROUND_CEILING)
            for drawing, factor in zip(claims, factors, strict=True)
        ]
        parts = share_out(_rounded(balances[sid], decimals, ROUND_FLOOR), wanted, decimals)
        for drawing, factor, part in zip(claims, factors, parts, strict=True):
            fits = _worth(part, factor, held[drawing.definition].decimals)
            shares[drawing.id] = min(shares[drawing.id], fits)
    return shares


def _rounded(quantity: Decimal, decimals: int, rounding: str) -> Decimal:
    """A quantity to whole units of `decimals` places: what is asked for upwards, what is there downwards."""
    return quantity.scaleb(decimals).to_integral_value(rounding).scaleb(-decimals)


def _worth(part: Decimal, factor: Decimal, decimals: int) -> Decimal:
    """How much of a sub-quota a part of its main quota is worth, rounded down to the sub-quota's units."""
    places = max(0, -int(part.as_tuple().exponent)), max(0, -int(factor.as_tuple().exponent))
    whole, one = int(part.scaleb(places[0])), int(factor.scaleb(places[1]))
    return _quantity(whole * 10 ** (places[1] + decimals) // (one * 10 ** places[0]), decimals)


def _known(drawings: Iterable[Drawing], known_at: datetime | None) -> Iterable[Drawing]:
    return Tariff.of(drawings).held(Drawing, known_at)


def _answered(drawing: Drawing, share: Decimal) -> Answer:
    if share == drawing.quantity:
        return Answer.WHOLE
    return Answer.PART if share else Answer.EXHAUSTED


def _unserved(drawn_on: Sequence[QuotaDefinition], drawing: Drawing, day: date, family: QuotaFamily) -> Answer | None:
    """Why a request on these definitions is not served on the day; None where it is."""
    accepted, sids = drawing.accepted_on, {definition.sid for definition in drawn_on}
    if not all(definition.holds_on(accepted) for definition in drawn_on):
        return Answer.OUTSIDE
    if any(period.definition in sids and period.holds_on(accepted) for period in family.suspended):
        return Answer.SUSPENDED
    if any(
        period.definition in sids and period.holds_on(accepted) and period.holds_on(day) for period in family.blocked
    ):
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
    Critical is a definition that is stated to be, or of whose volume the critical threshold is drawn. A sub-quota's
    balance is no more than its main quota's is worth to it, and where that is exhausted, blocked or suspended so is
    the sub-quota.
    """
    number = tariff.named(QuotaOrderNumber, order_number, day, known_at)
    if number is not None and number.licensed:
        return QuotaStanding(order_number, QuotaState.LICENSED)
    definitions = tariff.by(QuotaDefinition, "order_number", order_number, known_at)
    definition = next((held for held in definitions if held.holds_on(day)), None)
    if definition is None:
        return QuotaStanding(order_number, QuotaState.CLOSED)
    family = quota_family(tariff, definition, day, known_at)
    allotments = allot_together(family, drawings, day, given=given, known_at=known_at)
    chain = family.drawn_on(definition.sid)
    balances = []
    for held in (one for one in family.definitions if one.sid in chain):
        balance = _told(tariff, held, day, known_at)
        balances.append(_left(family, held, allotments) if balance is None else balance)
        if held.sid == definition.sid:
            drawn = LEGAL_CONTEXT.subtract(definition.volume, balances[-1])
        else:
            balances[-1] = _worth(max(Decimal(0), balances[-1]), chain[held.sid], definition.decimals)
    balance = min(balances)
    blocked = [period for period in family.blocked if period.definition in chain]
    suspended = [period for period in family.suspended if period.definition in chain]
    state = _state(definition, day, drawn, balance, blocked, suspended)
    return QuotaStanding(order_number, state, definition, drawn, balance)


def quota_family(
    tariff: Tariff, definition: QuotaDefinition, day: date, known_at: datetime | None = None
) -> QuotaFamily:
    """A definition with all that draw on the same balances: itself, its main quotas, and all their sub-quotas."""
    above = _joined(tariff, [definition.sid], "sub", "main", day, known_at)
    sids = _joined(tariff, above, "main", "sub", day, known_at)

    def of(kind: type[R], attribute: str) -> tuple[R, ...]:
        return tuple(record for sid in sids for record in tariff.by(kind, attribute, sid, known_at))

    return QuotaFamily(
        of(QuotaDefinition, "sid"),
        tuple(held for held in of(QuotaAssociation, "sub") if held.holds_on(day)),
        of(QuotaBlockingPeriod, "definition"),
        of(QuotaSuspensionPeriod, "definition"),
    )


def _joined(
    tariff: Tariff, sids: Sequence[str], this: str, other: str, day: date, known_at: datetime | None
) -> list[str]:
    """Definitions and all that associations lead to from them, in one direction; a circle is walked once."""
    found = list(sids)
    for sid in found:
        for held in tariff.by(QuotaAssociation, this, sid, known_at):
            if held.holds_on(day) and getattr(held, other) not in found:
                found.append(getattr(held, other))
    return found


def _left(family: QuotaFamily, definition: QuotaDefinition, allotments: Iterable[Allotment]) -> Decimal:
    """What allotments leave of a definition's volume, those of its sub-quotas too."""
    balance = definition.volume
    for held in allotments:
        factor = family.drawn_on(held.drawing.definition).get(definition.sid)
        if factor is not None:
            balance = LEGAL_CONTEXT.subtract(balance, LEGAL_CONTEXT.multiply(held.quantity, factor))
    return balance


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
