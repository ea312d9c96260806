# SPDX-License-Identifier: Apache-2.0
"""Invoices, their sums, and the exchange rates that the declarant states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from gumruk.law.declarations.reading import Reading, day_of, document_code
from gumruk.law.declarations.rules.head import WCO, fits, printed, tolerance
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity
from gumruk.law.reference import exchange_rate

VALUATION = "WTO Valuation Agreement, article"
INVOICE_CODES = ("380", "325", "935")


@rule("DEC-55", act=f"{WCO}, D016 and D015", severity=Severity.WARNING)
def invoices_have_number_and_day(reading: Reading, context: Context) -> Iterator[Fault]:
    """Each invoice has its number and its day."""
    for place, invoice in enumerate(reading.shipment.invoices):
        if not invoice.id:
            yield f"goods_shipment.invoices[{place}].id", {"number": "-"}
        elif invoice.issue is None:
            yield f"goods_shipment.invoices[{place}].issue", {"number": invoice.id[:70]}


@rule("DEC-56", act=f"{WCO}, D016")
def invoices_are_named_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """An invoice is listed once."""
    seen: set[str] = set()
    for place, invoice in enumerate(reading.shipment.invoices):
        if invoice.id and invoice.id in seen:
            yield f"goods_shipment.invoices[{place}].id", {"number": invoice.id[:70]}
        seen.add(invoice.id or "")


@rule("DEC-57", act=f"{WCO}, D016")
def invoices_of_items_are_listed(reading: Reading, context: Context) -> Iterator[Fault]:
    """The invoice that a goods item refers to is one of the shipment's."""
    listed = {invoice.id for invoice in reading.shipment.invoices}
    for item in reading.items:
        number = item.item.commodity.invoice_id if item.item.commodity else None
        if number and number not in listed:
            yield f"{item.path}.commodity.invoice_id", {"number": number[:70]}


@rule("DEC-58", act=f"{VALUATION} 1 and 8")
def each_invoice_is_the_sum_of_its_items(reading: Reading, context: Context) -> Iterator[Fault]:
    """An invoice's amount is the sum of the items that refer to it, in one currency, within the country's tolerance."""
    sums: dict[str, dict[str | None, Decimal]] = {}
    for item in reading.items:
        number = item.item.commodity.invoice_id if item.item.commodity else None
        if number and item.price is not None:
            held = sums.setdefault(number, {})
            held[item.price.currency] = held.get(item.price.currency, Decimal(0)) + item.price.value
    if not sums:
        return
    allowed = tolerance(context)
    for place, invoice in enumerate(reading.shipment.invoices):
        counted = sums.get(invoice.id or "")
        if invoice.amount is None or counted is None:
            continue
        total = counted.get(invoice.amount.currency)
        if len(counted) > 1 or total is None or abs(total - invoice.amount.value) > allowed:
            shown = " + ".join(f"{value:f} {currency or ''}".strip() for currency, value in counted.items())
            params = {"number": (invoice.id or "-")[:70], "stated": printed(invoice.amount), "counted": shown[:120]}
            yield f"goods_shipment.invoices[{place}].amount", params


@rule("DEC-59", act=f"{WCO}, 109")
def the_total_is_the_sum_of_the_invoices(reading: Reading, context: Context) -> Iterator[Fault]:
    """The total invoice amount is the sum of the invoices, where each states its amount in the total's currency."""
    total = reading.declaration.invoice_amount
    amounts = [invoice.amount for invoice in reading.shipment.invoices if invoice.amount is not None]
    if total is None or not amounts or len(amounts) != len(reading.shipment.invoices):
        return
    if any(amount.currency != total.currency for amount in amounts):
        return
    counted = sum((amount.value for amount in amounts), Decimal(0))
    if abs(counted - total.value) > tolerance(context):
        yield "invoice_amount", {"stated": printed(total), "counted": f"{counted:f} {total.currency or ''}".strip()}


@rule("DEC-60", act=f"{VALUATION} 1", severity=Severity.WARNING)
def invoices_are_of_their_time(reading: Reading, context: Context) -> Iterator[Fault]:
    """An invoice is not dated after the day of lodging, nor longer before it than the country finds likely."""
    days = context.number("DEC-60")
    for place, invoice in enumerate(reading.shipment.invoices):
        issued = day_of(invoice.issue.text) if invoice.issue else None
        if issued is None or issued > context.lodged_on + timedelta(days=1):
            continue  # DEC-15 tells
        old = days is not None and (context.lodged_on - issued).days > days
        if issued > context.lodged_on or old:
            params = {"number": (invoice.id or "-")[:70], "date": issued.isoformat()}
            yield f"goods_shipment.invoices[{place}].issue", params


@rule("DEC-61", act="Kyoto Convention, General Annex, standard 3.16", severity=Severity.WARNING)
def listed_invoices_are_among_the_documents(reading: Reading, context: Context) -> Iterator[Fault]:
    """An invoice that is listed is among the documents under the same number."""
    if not reading.shipment.invoices:
        return
    papers = [document for _, document in reading.placed_documents if document_code(document).endswith(INVOICE_CODES)]
    numbers = {document.id for document in papers}
    if not papers:
        return  # DEC-26 tells
    for place, invoice in enumerate(reading.shipment.invoices):
        if invoice.id and invoice.id not in numbers:
            yield f"goods_shipment.invoices[{place}].id", {"number": invoice.id[:70]}


@rule("DEC-62", act=f"{VALUATION} 9; {WCO}, 135 and 118")
def declared_rates_can_be(reading: Reading, context: Context) -> Iterator[Fault]:
    """An exchange rate that is declared is of a known currency, above zero, and declared once."""
    seen: set[str] = set()
    for place, exchange in enumerate(reading.declaration.currency_exchanges):
        currency, rate = exchange.currency_type_code or "", exchange.rate_numeric
        known = currency in context.lists.currencies and currency not in seen
        if not known or (rate is not None and not (rate > 0 and fits(rate, 13, 9))):
            shown = "-" if rate is None else f"{rate:f}"[:40]
            yield f"currency_exchanges[{place}]", {"currency": currency[:35] or "-", "rate": shown}
        seen.add(currency)


@rule("DEC-63", act=f"{VALUATION} 9", severity=Severity.WARNING)
def declared_rates_are_the_official_ones(reading: Reading, context: Context) -> Iterator[Fault]:
    """An exchange rate that is declared is the official one of the legal day: the charges are computed by that."""
    law = context.legal.of("exchange_rate")
    for place, exchange in enumerate(reading.declaration.currency_exchanges):
        official = exchange_rate(law, exchange.currency_type_code or "")
        if official is None or exchange.rate_numeric is None:
            continue
        if exchange.rate_numeric not in (official[0].factor, official[0].amount):
            params = {
                "currency": official[0].currency,
                "rate": f"{exchange.rate_numeric:f}"[:40],
                "official": f"{official[0].factor:f}",
            }
            yield f"currency_exchanges[{place}].rate_numeric", params
