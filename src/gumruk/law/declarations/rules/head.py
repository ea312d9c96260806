# SPDX-License-Identifier: Apache-2.0
"""The checks of the declaration as a whole. Those of its items stand in `items`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from gumruk.law.declarations.model import Amount
from gumruk.law.declarations.reading import Reading, day_of, document_code, kilograms
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Rounding
from gumruk.law.lawbook import Law
from gumruk.law.reference import exchange_rate

WCO = "WCO Data Model 3.6"
KYOTO = "Kyoto Convention, General Annex, standard"
EARLIEST_YEAR = 1990
IDENTIFIER_LENGTH_MAX = 35
PRICE_DIGITS, PRICE_SCALE = 13, 4
"""Digits of an amount before and after the point: n..16,3 in the model, with one place more than it has."""


@rule("DEC-1", act=f"{WCO}, 017")
def function_is_original(reading: Reading, context: Context) -> Iterator[Fault]:
    """A new declaration has function code 9 (original)."""
    if reading.declaration.function_code != "9":
        yield "function_code", {"code": reading.declaration.function_code or "-"}


@rule("DEC-2", act=f"{WCO}, D026")
def functional_reference_is_given(reading: Reading, context: Context) -> Iterator[Fault]:
    """The declarant's own reference is given: 1 to 35 characters that can be printed."""
    reference = reading.declaration.functional_reference_id or ""
    if not 1 <= len(reference) <= 35 or not reference.isprintable() or reference.strip() != reference:
        yield "functional_reference_id", {"reference": reference[:60]}


@rule("DEC-3", act=f"{WCO}, D013", locked=True)
def type_is_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """The type is import (IM) or export (EX), on presentation (A), before it (D), or with the items' procedure (IM40).

    The single administrative document states the procedure there (box 1): its first digit (IM4) or both.
    """
    type_code = reading.declaration.type_code or ""
    flow, lodged = type_code[:2], type_code[2:]
    by_procedure = lodged.isdecimal() and all((item.procedure or "").startswith(lodged) for item in reading.items)
    if flow not in ("IM", "EX") or not (lodged in ("A", "D") or by_procedure):
        yield "type_code", {"code": type_code or "-"}


@rule("DEC-4", act=f"{KYOTO} 3.6")
def declarant_is_identified(reading: Reading, context: Context) -> Iterator[Fault]:
    """The declarant is named by his identification number, of at most 35 characters."""
    if not reading.declarant_id or len(reading.declarant_id) > IDENTIFIER_LENGTH_MAX:
        yield "declarant.id", {}


@rule("DEC-5", act=f"{WCO}, 065", locked=True)
def office_is_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """The declaration is lodged at an office that the country has on that day."""
    law, office = context.legal.of("registration"), reading.office
    if office is None or (law.find("offices", office) is None and not law.withheld("offices", office)):
        yield "declaration_office_id", {"office": reading.office or "-"}


@rule("DEC-6", act=f"{WCO}, 228", locked=True)
def items_are_counted(reading: Reading, context: Context) -> Iterator[Fault]:
    """There is at least one goods item, and as many as the head says."""
    stated, counted = reading.declaration.goods_item_quantity, len(reading.items)
    if counted == 0 or (stated is not None and stated != counted):
        yield (
            "goods_item_quantity",
            {"stated": str(stated if stated is not None else "-"), "counted": str(counted)},
        )


@rule("DEC-7", act=f"{WCO}, 006", locked=True)
def items_are_numbered(reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods items are numbered 1, 2, 3 ... in their order."""
    for place, reading_of_item in enumerate(reading.items):
        if reading_of_item.item.sequence_numeric != place + 1:
            number = reading_of_item.item.sequence_numeric
            yield (
                f"{reading_of_item.path}.sequence_numeric",
                {"number": str(number if number is not None else "-"), "expected": str(place + 1)},
            )


@rule("DEC-8", act=f"{WCO}, 228")
def items_are_not_too_many(reading: Reading, context: Context) -> Iterator[Fault]:
    """A declaration has at most as many goods items as the country allows."""
    most = context.legal.of("registration").value("declaration.items_max")
    if isinstance(most, int | Decimal) and len(reading.items) > most:
        yield "items", {"counted": str(len(reading.items)), "most": str(most)}


@rule("DEC-9", act=f"{KYOTO} 3.12")
def party_of_the_goods_is_identified(reading: Reading, context: Context) -> Iterator[Fault]:
    """An import names its importer or consignee, an export its exporter; a number has at most 35 characters."""
    if reading.direction not in ("IM", "EX"):
        return  # DEC-3 tells
    importing = reading.direction == "IM"
    party = reading.importer if importing else reading.declaration.exporter
    if party is None or not (party.id or party.name) or len(party.id or "") > IDENTIFIER_LENGTH_MAX:
        yield ("goods_shipment.importer" if importing else "exporter"), {}


@rule("DEC-10", act=f"{WCO}, 062 and 465")
def countries_of_the_shipment_are_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """The countries of export and of destination are ISO 3166 codes, given on the shipment or on every item."""
    shipment = reading.shipment
    for name, stated, of_items in (
        ("export_country_id", shipment.export_country_id, [i.item.export_country_id for i in reading.items]),
        (
            "destination_country_code",
            shipment.destination_country_code,
            [i.item.destination_country_code for i in reading.items],
        ),
    ):
        given = [stated] if stated else of_items
        if not all(country in context.lists.countries for country in given):
            yield f"goods_shipment.{name}", {"country": stated or "-"}


@rule("DEC-11", act=f"{WCO}, 109")
def invoice_is_the_sum_of_its_items(reading: Reading, context: Context) -> Iterator[Fault]:
    """The invoice amount is in one currency with the item prices and their sum, within the country's tolerance."""
    invoice = reading.declaration.invoice_amount
    prices = [item.price for item in reading.items if item.price is not None]
    if invoice is None or len(prices) != len(reading.items):
        return
    if any(price.currency != invoice.currency for price in prices):
        yield "invoice_amount", {"stated": printed(invoice), "counted": "-"}
        return
    total = sum((price.value for price in prices), Decimal(0))
    if abs(total - invoice.value) > tolerance(context):
        yield (
            "invoice_amount",
            {"stated": printed(invoice), "counted": f"{total:f} {invoice.currency or ''}".strip()},
        )


@rule("DEC-12", act=f"{WCO}, 131")
def gross_mass_is_the_sum_of_its_items(reading: Reading, context: Context) -> Iterator[Fault]:
    """The total gross mass, where it is stated, is the sum of the items' gross masses."""
    stated = reading.declaration.total_gross_mass
    masses = [item.gross_mass_kg for item in reading.items]
    if stated is None or any(mass is None for mass in masses):
        return
    stated_kg = kilograms(stated)
    total = sum((mass for mass in masses if mass is not None), Decimal(0))
    if stated_kg is not None and abs(total - stated_kg) > tolerance(context):  # DEC-65 tells of another unit
        yield "total_gross_mass", {"stated": f"{stated_kg:f}", "counted": f"{total:f}"}


@rule("DEC-13", act=f"{WCO}, 146")
def packages_are_the_sum_of_their_items(reading: Reading, context: Context) -> Iterator[Fault]:
    """The total number of packages, where it is stated, is the sum of the items' packages."""
    stated = reading.declaration.total_package_quantity
    packagings = [packaging for item in reading.items for packaging in item.item.packagings]
    if stated is None or not packagings or any(packaging.quantity is None for packaging in packagings):
        return
    counted = sum((p.quantity for p in packagings if p.quantity is not None), Decimal(0))
    if counted != stated:
        yield "total_package_quantity", {"stated": f"{stated:f}", "counted": f"{counted:f}"}


@rule("DEC-14", act=f"{KYOTO} 3.16")
def documents_are_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """Every document is of a kind that the country's list holds."""
    known = context.legal.of("registration").table("documents")
    places = [("", reading.documents), *((f"{item.path}.", item.documents) for item in reading.items)]
    for prefix, documents in places:
        for place, document in enumerate(documents):
            if document_code(document) not in known and document.type_code not in known:
                yield f"{prefix}additional_documents[{place}]", {"document": document_code(document) or "-"}


@rule("DEC-15", act=f"{WCO}, 023")
def dates_can_be(reading: Reading, context: Context) -> Iterator[Fault]:
    """A date that is stated is a real day, not before 1990 and not later than tomorrow."""
    stated = (
        ("acceptance", reading.declaration.acceptance),
        ("issue", reading.declaration.issue),
        *((f"goods_shipment.invoices[{n}].issue", i.issue) for n, i in enumerate(reading.shipment.invoices)),
    )
    for name, moment in stated:
        if moment is None:
            continue
        day = day_of(moment.text)
        if day is None or day.year < EARLIEST_YEAR or day > context.lodged_on + timedelta(days=1):
            yield name, {"date": moment.text[:40]}


@rule("DEC-16", act="WTO Valuation Agreement, article 8.2")
def charges_of_carriage_can_be_converted(reading: Reading, context: Context) -> Iterator[Fault]:
    """Freight and insurance are not negative, of at most 13 digits, and in a currency that has a rate on the day."""
    for name, amount in (
        ("freight_charge_amount", reading.freight),
        ("insurance_charge_amount", reading.insurance),
    ):
        if amount is None:
            continue
        held = amount.value >= 0 and fits(amount.value, PRICE_DIGITS, PRICE_SCALE)
        if not held or not has_rate(context, amount.currency):
            yield f"goods_shipment.customs_valuation.{name}", {"amount": printed(amount)}


def has_rate(context: Context, currency: str | None) -> bool:
    """Whether money in this currency has a rate on the legal day, or would have one if the law of the day were known.

    A rate that the law withholds is not the declarant's fault: the customs value then waits for it (VAL-1).
    """
    law = context.legal.of("exchange_rate")
    if currency is None or currency == law.value("currency"):
        return currency is not None
    return exchange_rate(law, currency) is not None or _rate_is_awaited(law, currency)


def _rate_is_awaited(law: Law, currency: str) -> bool:
    return law.find("exchange_rates", currency) is not None or law.withheld("exchange_rates", currency)


def fits(value: Decimal, whole: int, scale: int) -> bool:
    """Whether a number has at most so many digits before the point and after it."""
    return value.is_finite() and value.adjusted() < whole and Rounding("down", scale).apply(value) == value


def tolerance(context: Context) -> Decimal:
    """By how much stated totals may differ from what is counted; nothing where the law is silent."""
    held = context.legal.of("registration").value("tolerance.totals")
    return held if isinstance(held, Decimal) else Decimal(0)


def printed(amount: Amount) -> str:
    """An amount as a finding shows it."""
    return f"{amount.value:f} {amount.currency or ''}".strip()
