# SPDX-License-Identifier: Apache-2.0
"""Customs value by the transaction value (WTO Valuation Agreement, articles 1 and 8).

Each item's price is converted at the rate of its legal moment; freight and insurance are converted once and shared out
over the items by the measure that the pack names, so that the shares sum exactly to what was shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from gumruk.law.kernel import Finding, Money, Rounding, Step, divided
from gumruk.law.lawbook import Entry, Law
from gumruk.law.reference import exchange_rate

_KEYS = ("rounding.conversion", "rounding.customs_value", "valuation.freight_share_by")
_NOTHING = Decimal(0)


class Priced(Protocol):
    """What valuation needs of an item: its price as invoiced, its gross mass where freight is shared by mass.

    And the customs value that an officer decided, where one did: it stands in place of what follows from the price.
    """

    @property
    def price(self) -> Money: ...

    @property
    def gross_mass_kg(self) -> Decimal | None: ...

    @property
    def decided_value(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True, eq=False)
class ValuationLaw:
    """The law of valuation on one day, read once: roundings, the measure of sharing, and the price of each currency.

    `unknown` names the values that are not known; nothing can be valued then. `statistics` is the second currency, in
    which the statistical value is told, with its rounding; None where the law names none.
    """

    currency: str
    day: str
    conversion: Rounding
    rounding: Rounding
    share_by: str
    rates: Mapping[str, Decimal]
    entries: Mapping[str, Entry]
    unknown: tuple[str, ...]
    statistics: tuple[str, Rounding] | None = None


def valuation_law(law: Law) -> ValuationLaw:
    """Read the law of valuation.

    `values`: currency, rounding.conversion, rounding.customs_value, valuation.freight_share_by (value or gross_mass);
    statistics.currency and rounding.statistical_value (the second currency); table `exchange_rates`.
    """
    currency = str(law.value("currency"))
    held = {key: law.value(key) for key in _KEYS}
    unknown = tuple(key for key, value in held.items() if value is None)
    conversion, rounding = (
        Rounding.parse(str(held[key])) if held[key] else Rounding("half_up", 2) for key in _KEYS[:2]
    )
    rates, entries = {currency: Decimal(1)}, {key: entry for key in _KEYS if (entry := law.find("values", key))}
    for foreign in law.table("exchange_rates"):
        found = exchange_rate(law, foreign)
        if found is not None:
            rates[foreign], entries[foreign] = found[0].factor, found[1]
    second, how = law.value("statistics.currency"), law.value("rounding.statistical_value")
    return ValuationLaw(
        currency=currency,
        day=law.day.isoformat(),
        conversion=conversion,
        rounding=rounding,
        share_by=str(held[_KEYS[2]]),
        rates=rates,
        entries=entries,
        unknown=unknown,
        statistics=(str(second), Rounding.parse(str(how))) if second and how else None,
    )


class ValueOfItem(NamedTuple):
    """One item's customs value in the country's currency, and what it was made of."""

    customs_value: Decimal
    price: Decimal
    freight: Decimal
    insurance: Decimal
    decided: bool = False


def obstacles(
    items: Sequence[Priced], freight: Money | None, insurance: Money | None, law: ValuationLaw
) -> tuple[Finding, ...]:
    """What stands in the way of valuing: VAL-2 law unknown, VAL-1 a currency without a rate. Never a guess."""
    named = {item.price.currency: None for item in items}
    named.update((extra.currency, None) for extra in (freight, insurance) if extra is not None)
    if not law.unknown and named.keys() <= law.rates.keys():
        return ()
    rates = [currency for currency in named if currency not in law.rates]
    return (
        *(Finding("VAL-2", "values", {"value": key}) for key in law.unknown),
        *(Finding("VAL-1", "values", {"currency": currency, "day": law.day}) for currency in rates),
    )


def value_goods(
    items: Sequence[Priced], freight: Money | None, insurance: Money | None, law: ValuationLaw
) -> list[ValueOfItem]:
    """The customs value of each item. Ask `obstacles` first: raises KeyError for a currency without a rate."""
    rates, convert = law.rates, law.conversion.apply
    # Where both roundings are one, what was converted is rounded already, and so is its sum with shares of that unit.
    rounded = None if law.conversion == law.rounding else law.rounding.apply
    prices = [convert(item.price.amount * rates[item.price.currency]) for item in items]
    freights, insurances = (
        _shares(extra, _weights(items, prices, law.share_by), law) if extra is not None and extra else None
        for extra in (freight, insurance)
    )
    values = []
    for place, (item, price) in enumerate(zip(items, prices, strict=True)):
        carriage = freights[place] if freights else _NOTHING
        cover = insurances[place] if insurances else _NOTHING
        value = item.decided_value
        decided = value is not None
        if value is None:
            value = price + carriage + cover if rounded is None else rounded(price + carriage + cover)
        values.append(ValueOfItem(value, price, carriage, cover, decided))
    return values


def statistical_value(customs_value: Decimal, law: ValuationLaw) -> Money | None:
    """A customs value in the second currency, at the rate of the same day (SAD box 46; WCO 114). None: not known."""
    if law.statistics is None or law.statistics[0] not in law.rates:
        return None
    currency, rounding = law.statistics
    return Money(divided(customs_value, law.rates[currency], rounding), currency)


def _weights(items: Sequence[Priced], prices: list[Decimal], by: str) -> list[Decimal]:
    if by == "gross_mass" and all(item.gross_mass_kg is not None for item in items):
        return [item.gross_mass_kg or _NOTHING for item in items]
    return prices


def _shares(extra: Money, weights: list[Decimal], law: ValuationLaw) -> list[Decimal]:
    """Convert an amount and share it as `Money.split` does: differences of rounded running totals, which sum to it."""
    rounding = law.rounding
    whole = rounding.apply(law.conversion.apply(extra.amount * law.rates[extra.currency]))
    total = sum(weights, _NOTHING)
    if not total:
        weights, total = [Decimal(1)] * len(weights), Decimal(len(weights))
    shares, running, given = [], _NOTHING, _NOTHING
    for weight in weights:
        running += weight
        reached = divided(whole * running, total, rounding)
        shares.append(reached - given)
        given = reached
    return shares


def steps_of(value: ValueOfItem, price: Money, law: ValuationLaw, path: str) -> tuple[Step, ...]:
    """How an item's value came about, step by step."""
    steps = [
        Step(
            "valuation.price",
            {
                "price": f"{price.amount:f}",
                "currency": price.currency,
                "rate": f"{law.rates[price.currency]:f}",
                "amount": f"{value.price:f}",
            },
            path,
            "WTO Valuation Agreement, article 1",
        )
    ]
    for code, share in (("valuation.freight", value.freight), ("valuation.insurance", value.insurance)):
        if share:
            steps.append(Step(code, {"amount": f"{share:f}"}, path, "WTO Valuation Agreement, article 8.2"))
    if value.decided:
        act = "WTO Valuation Agreement, article 17"
        return (*steps, Step("valuation.decided", {"amount": f"{value.customs_value:f}"}, path, act))
    steps.append(Step("valuation.total", {"amount": f"{value.customs_value:f}", "rounding": str(law.rounding)}, path))
    return tuple(steps)
