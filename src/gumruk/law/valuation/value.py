# SPDX-License-Identifier: Apache-2.0
"""Customs value by the transaction value (WTO Valuation Agreement, articles 1 and 8).

Each item's price is converted at the rate of its legal moment; freight and insurance are converted once and shared out
over the items by the measure that the pack names, so that the shares sum exactly to what was shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.kernel import Finding, Money, Rounding, Step
from gumruk.law.lawbook import Entry, Law
from gumruk.law.reference import exchange_rate


@dataclass(frozen=True, slots=True)
class ItemPrice:
    """What valuation needs of one item: its price as invoiced, and its gross mass where freight is shared by mass."""

    price: Money
    gross_mass_kg: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ValueOfItem:
    """One item's customs value in the country's currency, and the steps that made it."""

    customs_value: Money
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Valued:
    """The values of all items; `findings` says what stood in the way (no items then), `entries` the law used."""

    items: tuple[ValueOfItem, ...]
    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()
    rates: Mapping[str, Decimal] = field(default_factory=dict)


def value_goods(
    items: Sequence[ItemPrice], freight: Money | None, insurance: Money | None, law: Law, *, explain: bool
) -> Valued:
    """The customs value of each item under the law of the exchange rate's moment.

    Law read: `values`: currency, rounding.conversion, rounding.customs_value, valuation.freight_share_by (value or
    gross_mass); table `exchange_rates`. What is missing is a finding (VAL-1 no exchange rate, VAL-2 law unknown).
    """
    currency = str(law.value("currency"))
    roundings = [
        law.find("values", key)
        for key in ("rounding.conversion", "rounding.customs_value", "valuation.freight_share_by")
    ]
    unknown = [
        key
        for key, entry in zip(
            ("rounding.conversion", "rounding.customs_value", "valuation.freight_share_by"),
            roundings,
            strict=True,
        )
        if entry is None or entry.fields.get("value") is None
    ]
    if unknown:
        return Valued((), findings=tuple(Finding("VAL-2", "values", {"value": key}) for key in unknown))
    used = [entry for entry in roundings if entry is not None]
    conversion, rounding = (Rounding.parse(str(entry.fields["value"])) for entry in used[:2])
    rates, findings, entries = _rates(items, (freight, insurance), law, currency)
    if findings:
        return Valued((), findings=findings)

    factors = [rates[item.price.currency] for item in items]
    prices = [conversion.apply(item.price.amount * factor) for item, factor in zip(items, factors, strict=True)]
    weights = _weights(items, prices, str(used[2].fields["value"]))
    freights, insurances = (
        _shares(
            Decimal(0) if extra is None else rounding.apply(conversion.apply(extra.amount * rates[extra.currency])),
            weights,
            rounding,
        )
        for extra in (freight, insurance)
    )
    values = tuple(
        ValueOfItem(
            Money(rounding.apply(price + carriage + cover), currency),
            _steps(place, item, price, carriage, cover, rates=rates, rounding=rounding) if explain else (),
        )
        for place, (item, price, carriage, cover) in enumerate(zip(items, prices, freights, insurances, strict=True))
    )
    return Valued(values, (*used, *entries), rates=rates)


def _shares(whole: Decimal, weights: Sequence[Decimal], rounding: Rounding) -> Sequence[Decimal]:
    """The amount shared out as `Money.split` does it; nothing to share costs nothing."""
    if not whole:
        return [whole] * len(weights)
    return [share.amount for share in Money(whole, "XXX").split(weights, rounding)]


def _rates(
    items: Sequence[ItemPrice], extras: Sequence[Money | None], law: Law, currency: str
) -> tuple[dict[str, Decimal], tuple[Finding, ...], tuple[Entry, ...]]:
    rates, findings, entries = {currency: Decimal(1)}, [], []
    for foreign in dict.fromkeys([i.price.currency for i in items] + [e.currency for e in extras if e is not None]):
        if foreign in rates:
            continue
        found = exchange_rate(law, foreign)
        if found is None:
            findings.append(Finding("VAL-1", "values", {"currency": foreign, "day": law.day.isoformat()}))
        else:
            rates[foreign] = found[0].factor
            entries.append(found[1])
    return rates, tuple(findings), tuple(entries)


def _weights(items: Sequence[ItemPrice], prices: Sequence[Decimal], by: str) -> list[Decimal]:
    if by == "gross_mass" and all(item.gross_mass_kg is not None for item in items):
        return [item.gross_mass_kg or Decimal(0) for item in items]
    return list(prices)


def _steps(
    place: int,
    item: ItemPrice,
    price: Decimal,
    freight: Decimal,
    insurance: Decimal,
    *,
    rates: Mapping[str, Decimal],
    rounding: Rounding,
) -> tuple[Step, ...]:
    path = f"items[{place}]"
    steps = [
        Step(
            "valuation.price",
            {
                "price": f"{item.price.amount:f}",
                "currency": item.price.currency,
                "rate": f"{rates[item.price.currency]:f}",
                "amount": f"{price:f}",
            },
            path,
            "WTO Valuation Agreement, article 1",
        )
    ]
    for code, share in (("valuation.freight", freight), ("valuation.insurance", insurance)):
        if share:
            steps.append(Step(code, {"amount": f"{share:f}"}, path, "WTO Valuation Agreement, article 8.2"))
    total = price + freight + insurance
    steps.append(
        Step(
            "valuation.total",
            {"amount": f"{rounding.apply(total):f}", "rounding": str(rounding)},
            path,
        )
    )
    return tuple(steps)
