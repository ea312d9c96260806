# SPDX-License-Identifier: Apache-2.0
"""The rules of prices and declared values: nothing for nothing, nothing far outside what such goods cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.goods_law import (
    COMPARING,
    Plausible,
    countable,
    factors,
    in_unit,
    plausible,
    product,
)
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import Severity

AGREEMENT = "WTO Valuation Agreement"
PRICE = "commodity.item_charge_amount"
KILOGRAM = "KGM"


def _price(item: ItemReading, context: Context) -> Decimal | None:
    """The price in the country's currency; None where there is none, or no rate for it (DEC-23, DEC-24 tell)."""
    if item.price is None or not countable(item.price.value):
        return None
    factor = context.legal.of("exchange_rate").made(factors).get(item.price.currency or "")
    return None if factor is None else product(item.price.value, factor)


@item_rule("DEC-134", act=f"{AGREEMENT}, article 1", severity=Severity.WARNING)
def goods_have_a_price(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods whose value goes by the price paid (method 1) were paid for: the price is not zero."""
    if item.method == "1" and item.price is not None and item.price.value == 0:
        yield PRICE, {"currency": item.price.currency or "-"}


@item_rule("DEC-135", act=f"{AGREEMENT}, article 17", severity=Severity.WARNING)
def kilogram_costs_what_such_goods_cost(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The price of a kilogram lies in the range of such goods, by the law's table `plausible`."""
    if item.code is None or item.net_mass_kg is None or not countable(item.net_mass_kg):
        return
    for unit, row in context.law.made(plausible).of(item.code.digits):
        if unit == KILOGRAM:
            yield from _outside(item, context, unit, row, item.net_mass_kg)


@item_rule("DEC-136", act=f"{AGREEMENT}, article 17", severity=Severity.WARNING)
def unit_costs_what_such_goods_cost(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The price of a piece, a litre or another unit lies in the range of such goods, by the law's table `plausible`."""
    for unit, row in context.law.made(plausible).of(item.code.digits) if item.code is not None else ():
        quantity = None if unit == KILOGRAM else in_unit(item.quantities, unit)
        if quantity is not None:
            yield from _outside(item, context, unit, row, quantity)


def _outside(item: ItemReading, context: Context, unit: str, row: Plausible, quantity: Decimal) -> Iterator[Fault]:
    price = _price(item, context)
    if price is None:
        return
    factor = context.legal.of("exchange_rate").made(factors).get(row.currency)
    if factor is None:
        return
    least, most = row.price
    per_unit = product(quantity, factor)
    if (least is not None and price < product(per_unit, least)) or (
        most is not None and price > product(per_unit, most)
    ):
        each = COMPARING.divide(price, per_unit)
        shown = f"{each:.2f} {row.currency}"
        yield PRICE, {"price": shown, "unit": unit, "range": str(row.price), "currency": row.currency}


@item_rule("DEC-137", act=f"{AGREEMENT}, article 9", severity=Severity.WARNING)
def customs_value_is_in_own_currency(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A customs value that the declarant states is in the country's currency."""
    value, own = item.item.customs_value_amount, context.law.value("currency")
    if value is not None and own is not None and value.currency not in (None, own):
        yield "customs_value_amount", {"currency": value.currency or "-", "own": str(own)}


@item_rule("DEC-138", act=f"{AGREEMENT}, articles 1 and 8", severity=Severity.WARNING)
def customs_value_is_not_below_the_price(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A customs value by the price paid is not below that price, beyond the share that the law leaves."""
    value = item.item.customs_value_amount
    share = None if value is None or item.method != "1" else context.number("DEC-138")
    if value is None or share is None or value.currency not in (None, context.law.value("currency")):
        return
    valuation = item.item.customs_valuation
    price = _price(item, context)
    if price is None or not countable(value.value) or (valuation and valuation.charge_deductions):
        return
    if value.value < product(price, 1 - share):
        yield "customs_value_amount", {"value": f"{value.value:f}", "price": f"{price:.2f}"}


@item_rule("DEC-139", act=f"{WCO}, 114", severity=Severity.WARNING)
def statistical_value_is_near_the_customs_value(
    item: ItemReading, reading: Reading, context: Context
) -> Iterator[Fault]:
    """The statistical value differs from the customs value by no more than the share that the law leaves."""
    statistical, value, share = item.item.statistical_value_amount, item.item.customs_value_amount, None
    if statistical is not None and value is not None:
        share = context.number("DEC-139")
    if statistical is None or value is None or share is None:
        return
    rates = context.legal.of("exchange_rate").made(factors)
    own = str(context.law.value("currency"))
    ours, theirs = rates.get(value.currency or own), rates.get(statistical.currency or own)
    if ours is None or theirs is None or not (countable(value.value) and countable(statistical.value)):
        return
    held, stated = product(value.value, ours), product(statistical.value, theirs)
    if abs(held - stated) > product(held, share):
        params = {"statistical": f"{statistical.value:f} {statistical.currency or own}"}
        yield "statistical_value_amount", {**params, "value": f"{value.value:f} {value.currency or own}"}


@item_rule("DEC-140", act=f"{WCO}, 114", severity=Severity.WARNING)
def statistical_value_is_in_its_currency(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The statistical value is in the currency of the country's statistics (value `statistics.currency`)."""
    statistical = item.item.statistical_value_amount
    if statistical is None:
        return
    currency = context.law.value("statistics.currency")
    if currency is not None and statistical.currency not in (None, currency):
        yield "statistical_value_amount", {"currency": statistical.currency or "-", "own": str(currency)}


@item_rule("DEC-141", act=f"{AGREEMENT}, articles 1 to 7")
def declared_values_are_not_below_zero(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A customs value and a statistical value that the declarant states are not below zero."""
    for name, amount in (
        ("customs_value_amount", item.item.customs_value_amount),
        ("statistical_value_amount", item.item.statistical_value_amount),
    ):
        if amount is not None and amount.value < 0:
            yield name, {"value": f"{amount.value:f}"}
