# SPDX-License-Identifier: Apache-2.0
"""The rules of valuation: what a method is shown by, additions and deductions, and questions answered."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.facts import OTHER_METHODS
from gumruk.law.declarations.model import Amount, ChargeDeduction
from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.goods_law import countable, pairs, product
from gumruk.law.declarations.rules.head import has_rate, printed
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule, rule
from gumruk.law.kernel import Severity

AGREEMENT = "WTO Valuation Agreement"


def _adjustments(item: ItemReading) -> Iterator[tuple[str, ChargeDeduction]]:
    valuation = item.item.customs_valuation
    for place, adjustment in enumerate(valuation.charge_deductions if valuation else ()):
        yield f"customs_valuation.charge_deductions[{place}]", adjustment


@item_rule("DEC-192", act=f"{AGREEMENT}, article 16", severity=Severity.WARNING)
def method_is_shown_by_its_document(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A method of valuation has one of its documents (list `valuation_document`: `6.934`)."""
    if reading.direction != "IM" or item.method is None:
        return
    documents = context.law.made(pairs).get("valuation_document", {}).get(item.method)
    if documents and not reading.names_one_of(documents, item):
        yield "additional_documents", {"method": item.method, "documents": ", ".join(sorted(documents))}


@item_rule("DEC-193", act=f"{AGREEMENT}, article 8")
def adjustments_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An addition to the price or a deduction is of the lists `valuation_addition`, `valuation_deduction`."""
    known = context.codes("valuation_addition") | context.codes("valuation_deduction")
    for place, adjustment in _adjustments(item):
        if known and adjustment.charges_type_code not in known:
            yield f"{place}.charges_type_code", {"code": (adjustment.charges_type_code or "-")[:17]}


@item_rule("DEC-194", act=f"{AGREEMENT}, article 9")
def adjustments_can_be_converted(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An addition or a deduction is in a currency that has an exchange rate on the legal day."""
    for place, adjustment in _adjustments(item):
        amount = adjustment.other_charge_deduction_amount
        if amount is not None and not has_rate(context, amount.currency):
            yield f"{place}.other_charge_deduction_amount", {"currency": (amount.currency or "-")[:17]}


@item_rule("DEC-195", act=f"{AGREEMENT}, article 8.3")
def adjustments_are_not_below_zero(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An addition or a deduction is an amount, and not below zero: its code says in which direction it goes."""
    for place, adjustment in _adjustments(item):
        amount = adjustment.other_charge_deduction_amount
        if amount is None or amount.value < 0:
            shown = "-" if amount is None else f"{amount.value:f}"
            yield f"{place}.other_charge_deduction_amount", {"amount": shown}


@item_rule("DEC-196", act=f"{AGREEMENT}, article 8", severity=Severity.WARNING)
def adjustments_are_named_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An item names an addition or a deduction once."""
    seen: set[str | None] = set()
    for place, adjustment in _adjustments(item):
        if adjustment.charges_type_code in seen:
            yield place, {"code": (adjustment.charges_type_code or "-")[:17]}
        seen.add(adjustment.charges_type_code)


def _carriage(item: ItemReading) -> Iterator[tuple[str, Amount]]:
    valuation = item.item.customs_valuation
    if valuation is not None and valuation.freight_charge_amount is not None:
        yield "customs_valuation.freight_charge_amount", valuation.freight_charge_amount
    if valuation is not None and valuation.insurance_charge_amount is not None:
        yield "customs_valuation.insurance_charge_amount", valuation.insurance_charge_amount


@item_rule("DEC-197", act=f"{AGREEMENT}, article 8.2")
def carriage_of_an_item_can_be_converted(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Freight and insurance of an item are not below zero, and in a currency that has a rate on the day."""
    for place, amount in _carriage(item):
        if amount.value < 0 or not has_rate(context, amount.currency):
            yield place, {"amount": printed(amount)[:40]}


@item_rule("DEC-198", act=f"{AGREEMENT}, article 8.2", severity=Severity.WARNING)
def carriage_costs_less_than_goods(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Freight and insurance of an item are at most the multiple of its price that the law finds plausible."""
    for place, amount in _carriage(item):
        most, price = context.number("DEC-198"), item.price
        if most is None or price is None or price.currency != amount.currency:
            continue
        if countable(price.value) and countable(amount.value) and amount.value > product(price.value, most):
            yield place, {"amount": printed(amount)[:40], "price": printed(price)[:40]}


@item_rule("DEC-206", act=f"{AGREEMENT}, articles 2 to 7")
def value_by_another_method_is_stated(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods of an import that are not valued by the price paid state the value that their method gave."""
    if reading.direction != "IM" or item.method not in OTHER_METHODS:
        return
    value = item.item.customs_value_amount
    if value is None or value.value <= 0:
        yield "customs_value_amount", {"method": (item.method or "-")[:17]}
    elif not has_rate(context, value.currency):
        yield "customs_value_amount", {"method": (item.method or "-")[:17]}


@rule("DEC-199", act=f"{AGREEMENT}, articles 1 to 7", severity=Severity.INFORMATION)
def items_are_valued_alike(reading: Reading, context: Context) -> Iterator[Fault]:
    """The items of a declaration are valued by one method: another one on an item is worth a look."""
    first = reading.items[0].method if reading.items else None
    for item in reading.items:
        if item.method and first and item.method != first:
            params = {"item": str(item.item.sequence_numeric or "?"), "method": item.method[:17], "first": first[:17]}
            yield f"{item.path}.customs_valuation.method_code", params
