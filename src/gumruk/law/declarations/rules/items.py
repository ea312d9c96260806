# SPDX-License-Identifier: Apache-2.0
"""The checks of each goods item."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.head import PRICE_DIGITS, PRICE_SCALE, WCO, fits, has_rate
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import LEGAL_CONTEXT, UNITS, Severity


@item_rule("DEC-17", act=f"{WCO}, 126 and 128")
def net_not_above_gross(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Net mass is not greater than gross mass."""
    if item.net_mass_kg is not None and item.gross_mass_kg is not None and item.net_mass_kg > item.gross_mass_kg:
        yield (
            "commodity.goods_measure.net_mass",
            {"net": f"{item.net_mass_kg:f}", "gross": f"{item.gross_mass_kg:f}"},
        )


@item_rule("DEC-18", act=f"{WCO}, 126 and 128", locked=True)
def masses_are_above_zero(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Gross mass and net mass are given, in a unit of mass, and above zero."""
    for name, measure, mass in (
        ("gross_mass", item.gross_mass, item.gross_mass_kg),
        ("net_mass", item.net_mass, item.net_mass_kg),
    ):
        if mass is None or mass <= 0:
            stated = "-" if measure is None else f"{measure.value:f} {measure.unit or 'KGM'}"
            yield f"commodity.goods_measure.{name}", {"mass": stated}


@item_rule("DEC-19", act=f"{WCO}, 137")
def goods_are_described(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The goods are described in words: at least three letters."""
    if sum(letter.isalpha() for letter in item.description) < 3:
        yield "commodity.description", {"description": item.description[:60] or "-"}


@item_rule("DEC-20", act="Harmonized System Convention, article 3", locked=True)
def commodity_code_exists(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The commodity code has six digits or more, up to the country's length; six of them are a subheading of the HS."""
    length = context.legal.of("registration").value("nomenclature.length")
    code = item.code
    fits = code is not None and (not isinstance(length, int | Decimal) or 6 <= len(code.digits) <= length)
    if not fits or code is None or code.subheading not in context.lists.commodity_codes:
        yield "commodity.classifications", {"code": item.code_text[:20] or "-"}


@item_rule("DEC-21", act="WTO Agreement on Rules of Origin, article 1")
def origin_is_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The country of origin is an ISO 3166 code."""
    if item.origin not in context.lists.countries:
        yield "origins", {"country": item.origin or "-"}


@item_rule("DEC-22", act=f"{WCO}, 166 and 161", locked=True)
def procedure_fits_the_declaration(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The requested procedure is one of the country's, and for the direction that the declaration states."""
    entry = context.legal.of("registration").find("procedures", item.procedure or "")
    flow = {"IM": "import", "EX": "export"}.get(reading.direction)
    if entry is None or (flow and entry.fields.get("flow") not in (flow, "other")):
        yield (
            "government_procedures",
            {"procedure": item.procedure or "-", "type": reading.declaration.type_code or "-"},
        )


@item_rule("DEC-23", act=f"{WCO}, 112", locked=True)
def price_is_stated(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The item's price is stated and not negative."""
    if item.price is None or item.price.value < 0:
        yield (
            "commodity.item_charge_amount",
            {"price": "-" if item.price is None else f"{item.price.value:f}"},
        )


@item_rule("DEC-24", act="WTO Valuation Agreement, article 9", locked=True)
def price_can_be_converted(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The price is in an ISO 4217 currency that has an exchange rate on the legal day."""
    if item.price is None:
        return
    currency = item.price.currency
    if currency not in context.lists.currencies or not has_rate(context, currency):
        yield "commodity.item_charge_amount", {"currency": currency or "-"}


@item_rule("DEC-25", act="WTO Valuation Agreement, articles 1 to 7")
def valuation_method_is_named(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An import names the method of valuation, 1 to 6."""
    if reading.direction == "IM" and item.method not in {"1", "2", "3", "4", "5", "6"}:
        yield "customs_valuation.method_code", {"method": item.method or "-"}


@item_rule("DEC-26", act="WTO Valuation Agreement, article 1", severity=Severity.WARNING)
def invoice_is_attached(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A price by the transaction value (method 1) is shown by an invoice (document 380, or a customs invoice, 935)."""
    if item.method == "1" and not reading.names_one_of(("380", "935"), item):
        yield "additional_documents", {}


@item_rule("DEC-27", act="WTO Agreement on Rules of Origin, annex II")
def preference_exists(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A preference that is claimed is one of the country's schemes and covers the country of origin."""
    if item.preference is None:
        return
    entry = context.legal.of("preference").find("preferences", item.preference)
    countries = entry.fields.get("countries") if entry else ()
    if not isinstance(countries, tuple) or item.origin not in countries:
        yield "commodity.duty_tax_fees", {"preference": item.preference, "origin": item.origin or "-"}


@item_rule("DEC-28", act="UN/CEFACT Recommendation 20")
def packages_can_be_counted(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Packages that are stated are whole numbers, not negative."""
    for place, packaging in enumerate(item.item.packagings):
        count = packaging.quantity
        if count is not None and (count < 0 or count != count.to_integral_value()):
            yield f"packagings[{place}].quantity", {"quantity": f"{count:f}"}


@item_rule("DEC-29", act=f"{WCO}, 112 and 126 to 130", locked=True)
def measures_can_be_held(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Quantities are above zero, of up to 10 digits before the point and 5 after it, prices 13 and 4; units are known.

    A tariff counts in the first unit of each kind: 1234.567 millilitres fit, 1.234567 litres do not.
    """
    for unit, value in item.quantities.items():
        held = UNITS.get(unit)
        nothing = value <= 0 and not (unit == "KGM" and value == item.net_mass_kg)  # DEC-18 tells of the net mass
        fitting = held is not None and fits(value, 10, 5) and fits(LEGAL_CONTEXT.multiply(value, held.factor), 10, 5)
        if nothing or not fitting:
            yield "commodity.goods_measure.tariff_quantity", {"quantity": f"{value:f}", "unit": unit}
    if item.gross_mass_kg is not None and not fits(item.gross_mass_kg, 10, 5):
        yield "commodity.goods_measure.gross_mass", {"quantity": f"{item.gross_mass_kg:f}", "unit": "KGM"}
    if item.price is not None and not fits(item.price.value, PRICE_DIGITS, PRICE_SCALE):
        yield "commodity.item_charge_amount", {"quantity": f"{item.price.value:f}", "unit": item.price.currency or "-"}
