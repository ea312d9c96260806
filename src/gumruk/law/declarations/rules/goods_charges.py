# SPDX-License-Identifier: Apache-2.0
"""The rules of charges that the declarant states himself: kinds, bases, rates and amounts that agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.model import DutyTaxFee
from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.goods_law import product
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Law

FEES = "commodity.duty_tax_fees"
FEE = f"{WCO}, class 50A"
PERCENT = Decimal("0.01")


def _fees(item: ItemReading) -> Iterator[tuple[str, DutyTaxFee]]:
    for place, fee in enumerate(item.item.commodity.duty_tax_fees if item.item.commodity else ()):
        yield f"{FEES}[{place}]", fee


def _charges(law: Law) -> frozenset[str]:
    """The codes and the names of the country's charges."""
    rows = law.table("charges")
    return frozenset((*rows, *(str(entry.fields.get("name")) for entry in rows.values())))


@item_rule("DEC-186", act=FEE, severity=Severity.WARNING)
def charges_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A charge that the declarant states is one of the country's charges."""
    for place, fee in _fees(item):
        known = context.law.made(_charges)
        if known and fee.type_code is not None and fee.type_code not in known:
            yield f"{place}.type_code", {"code": fee.type_code[:17] or "-"}


@item_rule("DEC-187", act="Kyoto Convention, General Annex, standard 4.1", severity=Severity.WARNING)
def base_and_rate_give_the_amount(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A stated base and a stated rate in per cent give the stated amount, within the number that the law leaves."""
    for place, fee in _fees(item):
        base, rate, amount = fee.ad_valorem_tax_base, fee.tax_rate_numeric, fee.tax_assessed_amount
        if base is None or rate is None or amount is None or fee.specific_tax_base_quantity is not None:
            continue
        left = context.number("DEC-187")
        figures = (base.value, rate, amount.value)
        if left is None or not all(figure.is_finite() and abs(figure.adjusted()) < 20 for figure in figures):
            continue
        counted = product(base.value, rate, PERCENT)
        if base.currency in (None, amount.currency) and abs(counted - amount.value) > left:
            params = {"base": f"{base.value:f}", "rate": f"{rate:f}", "amount": f"{amount.value:f}"}
            yield f"{place}.tax_assessed_amount", {**params, "counted": f"{counted:.2f}"}


@item_rule("DEC-188", act=FEE)
def ways_of_payment_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A way of payment is one of the law's list `payment_method`."""
    for place, fee in _fees(item):
        if fee.payment_method_code is not None and not context.allows("payment_method", fee.payment_method_code):
            yield f"{place}.payment_method_code", {"code": fee.payment_method_code[:17] or "-"}


@item_rule("DEC-189", act="WTO Agreement on Import Licensing Procedures, article 3")
def quotas_are_written_as_such(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The number of a quota is written as the law says (value `form.quota`)."""
    for place, fee in _fees(item):
        if fee.quota_order_id is None:
            continue
        form = context.form("quota")
        if form is not None and not form.fullmatch(fee.quota_order_id):
            yield f"{place}.quota_order_id", {"quota": fee.quota_order_id[:25] or "-"}


@item_rule("DEC-190", act=FEE, severity=Severity.WARNING)
def charges_are_stated_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """No charge is stated twice with the same base and rate."""
    fees = item.item.commodity.duty_tax_fees if item.item.commodity else ()
    if len(fees) < 2:
        return
    seen: set[tuple[object, ...]] = set()
    for place, fee in enumerate(fees):
        line = (fee.type_code, fee.ad_valorem_tax_base, fee.specific_tax_base_quantity, fee.tax_rate_numeric)
        if fee.type_code is not None and line in seen:
            yield f"{FEES}[{place}]", {"code": fee.type_code[:17]}
        seen.add(line)


@item_rule("DEC-191", act="WTO Valuation Agreement, article 9", severity=Severity.WARNING)
def bases_are_in_own_currency(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The base of a charge by value is in the country's currency."""
    for place, fee in _fees(item):
        base = fee.ad_valorem_tax_base
        own = context.law.value("currency")
        if base is not None and own is not None and base.currency not in (None, own):
            yield f"{place}.ad_valorem_tax_base", {"currency": base.currency or "-", "own": str(own)}
