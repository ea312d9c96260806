# SPDX-License-Identifier: Apache-2.0
"""Customs value by the transaction value (WTO Valuation Agreement, articles 1 and 8).

Each item's price is converted at the rate of its legal moment; freight and insurance are converted once and shared out
over the items by the measure that the pack names, so that the shares sum exactly to what was shared. Additions to the
price and deductions from it are stated for one item, or for all and shared likewise. Where another method than the
first is used (articles 2 to 7), the value that was stated stands in place of what follows from the price.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, Protocol

from gumruk.law.kernel import Finding, Money, Rounding, Step, divided
from gumruk.law.lawbook import Entry, Law
from gumruk.law.reference import code_lists, exchange_rate
from gumruk.law.tariff import base_quantity

_KEYS = ("rounding.conversion", "rounding.customs_value", "valuation.freight_share_by")
#: Freight is shared by the prices, by gross mass, or by a quantity in a unit of Recommendation 20 (`quantity:LTR`).
_MEASURES = ("value", "gross_mass")
_QUANTITY = "quantity:"
_SIGNS = {"valuation_addition": 1, "valuation_deduction": -1}
_NOTHING = Decimal(0)
_ACTS = {
    "stated": "WTO Valuation Agreement, articles 2 to 7",
    "decided": "WTO Valuation Agreement, article 17",
}


class Adjustment(NamedTuple):
    """An addition to the price or a deduction from it, by its code (article 8; note to article 1, paragraph 3)."""

    code: str
    amount: Money


class Extras(NamedTuple):
    """What is stated beside a price: for all items together, then shared out over them, or for one item alone."""

    freight: Money | None = None
    insurance: Money | None = None
    adjustments: tuple[Adjustment, ...] = ()


class Priced(Protocol):
    """What valuation needs of an item: its price as invoiced, its mass or quantity where freight is shared by it.

    And what was stated for this item alone (`extras`), or its value by another method. The customs value that an
    officer decided, where one did, stands in place of what follows from all this.
    """

    @property
    def price(self) -> Money: ...

    @property
    def gross_mass_kg(self) -> Decimal | None: ...

    @property
    def quantities(self) -> Mapping[str, Decimal]: ...

    @property
    def extras(self) -> Extras | None: ...

    @property
    def stated_value(self) -> Money | None: ...

    @property
    def decided_value(self) -> Decimal | None: ...


_NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True, eq=False)
class ValuationLaw:
    """The law of valuation on one day, read once: roundings, the measure of sharing, and the price of each currency.

    `unknown` names the values that are not known; nothing can be valued then. `statistics` is the second currency, in
    which the statistical value is told, with its rounding; None where the law names none. `signs` says of the codes of
    adjustments whether they are added (1) or deducted (-1). `freight_until` says how far carriage counts (article 8.2):
    `border`, or `export` where it is left out of the value; empty where not known.
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
    signs: Mapping[str, int] = field(default_factory=dict)
    freight_until: str = ""


def valuation_law(law: Law) -> ValuationLaw:
    """Read the law of valuation.

    `values`: currency, rounding.conversion, rounding.customs_value, valuation.freight_share_by (value, gross_mass or
    quantity:UNIT),
    valuation.freight_until (border or export); statistics.currency and rounding.statistical_value (the second
    currency); table `exchange_rates`; the lists `valuation_addition` and `valuation_deduction` of the table `codes`.
    """
    currency = str(law.value("currency"))
    held = {key: law.value(key) for key in _KEYS}
    shared_by = str(held[_KEYS[2]])
    if shared_by not in _MEASURES and not shared_by.startswith(_QUANTITY):
        held[_KEYS[2]] = None  # a measure that nobody knows is no measure
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
        share_by=shared_by,
        rates=rates,
        entries=entries,
        unknown=unknown,
        statistics=(str(second), Rounding.parse(str(how))) if second and how else None,
        signs={code: sign for name, sign in _SIGNS.items() for code in law.made(code_lists).get(name, ())},
        freight_until=str(law.value("valuation.freight_until") or ""),
    )


class ValueOfItem(NamedTuple):
    """One item's customs value in the country's currency, and what it was made of.

    `adjusted` holds what was added (and, below zero, deducted) by its code; `made` how the value came about where it
    does not follow from the price: "stated" by another method, or "decided" by an officer.
    """

    customs_value: Decimal
    price: Decimal
    freight: Decimal
    insurance: Decimal
    adjusted: tuple[tuple[str, Decimal], ...] = ()
    made: str = ""


def obstacles(items: Sequence[Priced], extras: Extras, law: ValuationLaw) -> tuple[Finding, ...]:
    """What stands in the way of valuing, never a guess.

    VAL-1 a currency without a rate, VAL-2 law unknown, VAL-3 a code that the law neither adds nor deducts, VAL-5 an
    item that does not state the quantity by which something is shared out.
    """
    rates = [currency for currency in currencies_named(items, extras) if currency not in law.rates]
    codes: dict[str, None] = {}
    for held in _holders(items, extras):
        for code, _ in held.adjustments:
            if code not in law.signs:
                codes[code] = None
    unshared = _unshared(items, extras, law) if law.share_by.startswith(_QUANTITY) else ()
    if not (rates or codes or law.unknown or unshared):
        return ()
    return (
        *(Finding("VAL-2", "values", {"value": key}) for key in law.unknown),
        *(Finding("VAL-1", "values", {"currency": currency, "day": law.day}) for currency in rates),
        *(Finding("VAL-3", "values", {"code": code}) for code in codes),
        *unshared,
    )


def _unshared(items: Sequence[Priced], extras: Extras, law: ValuationLaw) -> tuple[Finding, ...]:
    """VAL-5 for each item without the quantity by which the law shares what is stated for all of them."""
    unit = law.share_by.removeprefix(_QUANTITY)
    if not (extras.freight or extras.insurance or extras.adjustments):
        return ()
    return tuple(
        Finding("VAL-5", f"items[{place}].quantities", {"unit": unit})
        for place, item in enumerate(items)
        if base_quantity(item.quantities, unit) is None
    )


def currencies_named(items: Sequence[Priced], extras: Extras) -> dict[str, None]:
    """The currencies that a value is made from, in their order."""
    named = {item.price.currency: None for item in items}
    for freight, insurance, adjustments in _holders(items, extras):
        if freight is not None:
            named[freight.currency] = None
        if insurance is not None:
            named[insurance.currency] = None
        for _, amount in adjustments:
            named[amount.currency] = None
    for item in items:
        if item.stated_value is not None:
            named[item.stated_value.currency] = None
    return named


def _holders(items: Sequence[Priced], extras: Extras) -> list[Extras]:
    return [extras, *[item.extras for item in items if item.extras is not None]]


def value_goods(items: Sequence[Priced], extras: Extras, law: ValuationLaw) -> list[ValueOfItem]:
    """The customs value of each item. Ask `obstacles` first: raises KeyError for a currency without a rate."""
    rates, convert = law.rates, law.conversion.apply
    # Where both roundings are one, what was converted is rounded already, and so is its sum with shares of that unit.
    rounded = None if law.conversion == law.rounding else law.rounding.apply
    prices = [convert(item.price.amount * rates[item.price.currency]) for item in items]
    weights = _weights(items, prices, law.share_by)
    freights = _shares(extras.freight, weights, law) if extras.freight else None
    insurances = _shares(extras.insurance, weights, law) if extras.insurance else None
    shared = [(code, _shares(amount, weights, law)) for code, amount in extras.adjustments]
    values = []
    for place, (item, price) in enumerate(zip(items, prices, strict=True)):
        carriage = freights[place] if freights else _NOTHING
        cover = insurances[place] if insurances else _NOTHING
        adjusted: tuple[tuple[str, Decimal], ...] = ()
        if shared or item.extras is not None:
            own = item.extras or _NO_EXTRAS
            carriage, cover = carriage + _converted(own.freight, law), cover + _converted(own.insurance, law)
            stated = [(code, shares[place]) for code, shares in shared]
            stated += [(code, _converted(amount, law)) for code, amount in own.adjustments]
            adjusted = tuple((code, law.signs[code] * amount) for code, amount in stated)
        value, made = item.decided_value, "decided"
        if value is None and item.stated_value is not None:
            value, made = law.rounding.apply(_converted(item.stated_value, law)), "stated"
        if value is None:
            value, made = price + carriage + cover, ""
            for _, amount in adjusted:
                value += amount
            value = value if rounded is None else rounded(value)
        values.append(ValueOfItem(value, price, carriage, cover, adjusted, made))
    return values


def _converted(amount: Money | None, law: ValuationLaw) -> Decimal:
    return _NOTHING if amount is None else law.conversion.apply(amount.amount * law.rates[amount.currency])


def values_below_zero(values: Sequence[ValueOfItem]) -> tuple[Finding, ...]:
    """VAL-4 for each item from which more is deducted than it costs: no customs value is below zero."""
    below = [place for place, value in enumerate(values) if value.customs_value < _NOTHING]
    return tuple(Finding("VAL-4", f"items[{place}]", {"value": f"{values[place].customs_value:f}"}) for place in below)


def statistical_value(customs_value: Decimal, law: ValuationLaw) -> Money | None:
    """A customs value in the second currency, at the rate of the same day (SAD box 46; WCO 114). None: not known."""
    if law.statistics is None or law.statistics[0] not in law.rates:
        return None
    currency, rounding = law.statistics
    return Money(divided(customs_value, law.rates[currency], rounding), currency)


def _weights(items: Sequence[Priced], prices: list[Decimal], by: str) -> list[Decimal]:
    if by == "gross_mass" and all(item.gross_mass_kg is not None for item in items):
        return [item.gross_mass_kg or _NOTHING for item in items]
    if by.startswith(_QUANTITY):
        unit = by.removeprefix(_QUANTITY)
        return [base_quantity(item.quantities, unit) or _NOTHING for item in items]
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
    total = {"amount": f"{value.customs_value:f}"}
    if value.made:  # nothing follows from the price then, nor from what was stated beside it
        return (*steps, Step(f"valuation.{value.made}", total, path, _ACTS[value.made]))
    for code, share in (("valuation.freight", value.freight), ("valuation.insurance", value.insurance)):
        if share:
            steps.append(Step(code, {"amount": f"{share:f}"}, path, "WTO Valuation Agreement, article 8.2"))
    for name, amount in value.adjusted:
        code = "valuation.addition" if amount >= 0 else "valuation.deduction"
        told = {"code": name, "amount": f"{abs(amount):f}"}
        steps.append(Step(code, told, path, "WTO Valuation Agreement, article 8 and note to article 1"))
    steps.append(Step("valuation.total", {**total, "rounding": str(law.rounding)}, path))
    return tuple(steps)
