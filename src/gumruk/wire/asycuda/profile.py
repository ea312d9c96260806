# SPDX-License-Identifier: Apache-2.0
"""The table of an ASYCUDA World declaration: its elements and the model's fields for them.

Reader, writer and the page `docs/formats/asycuda.md` are made from these tables. Amounts in the national currency,
names beside codes and printed sums say again what other elements say: they follow them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gumruk.law.declarations import model
from gumruk.wire.asycuda import templates
from gumruk.wire.numbers import number_text
from gumruk.wire.tables.conversions import (
    AMOUNT,
    FLAG,
    INTEGER,
    MASS,
    MEASURE,
    NUMBER,
    PLAIN_MEASURE,
    SLASHED_DATE,
    TEXT,
    joined,
    number,
    plain_amount,
    written_number,
)
from gumruk.wire.tables.table import Conversion, Dialect, Echo, Many, Row, Table, Texts, Values, row

FORMAT = "asycuda"

_LINES = re.compile(r"\s*\n\s*")
_TYPE = re.compile(r"([A-Z]{2,3})(\d)?", re.ASCII).fullmatch
_PARTY_FIELDS = ("name", "address.line", "address.postcode_id", "address.city_name", "address.country_code")
#: Costs of the form by the codes of the Data Model's list of charges: what is added (A) and what is deducted (B).
_COSTS = (("internal_freight", "AK"), ("other_cost", "AN"), ("deduction", "BG"))


def _party_read(texts: Texts) -> Values:
    """A trader's one field of several lines: the name first, the address below it."""
    lines = [line for line in _LINES.split(texts[0] or "") if line]
    return (lines[0] if lines else None, ", ".join(lines[1:]) or None, None, None, None)


def _party_write(values: Values) -> Texts:
    name, line, postcode, city, country = values
    place = " ".join(part for part in (postcode, city) if part)
    lines = [part for part in (name, line, place, country) if part]
    return ("\n".join(lines) or None,)


def _type_read(texts: Texts) -> Values:
    """Box 1: what is declared (IM) and the general procedure (4) as one code."""
    kind, procedure = texts
    return (f"{kind or ''}{procedure or ''}" or None,)


def _type_write(values: Values) -> Texts:
    code, requested = values
    found = _TYPE(code or "")
    if found is None:
        return (code or None, None)
    kind, procedure = found.groups()
    if procedure is None and len(kind) == 3 and requested:  # IMA of the Data Model: the procedure says the rest
        return (kind[:2], requested[:1])
    return (kind, procedure)


def _code_read(texts: Texts) -> Values:
    return ("".join(text for text in texts if text) or None, None, None)


def _code_write(values: Values) -> Texts:
    whole, tariff, further = values
    code = whole or f"{tariff or ''}{further or ''}"
    return (code[:8] or None, code[8:] or None)


def _procedure_read(texts: Texts) -> Values:
    code = texts[0] or ""
    return (code[:2], code[2:]) if len(code) == 4 else (code or None, None)


def _procedure_write(values: Values) -> Texts:
    return (f"{values[0] or ''}{values[1] or ''}" or None,)


def _registration_read(texts: Texts) -> Values:
    return ("".join(text for text in texts if text) or None,)


def _registration_write(values: Values) -> Texts:
    found = re.fullmatch(r"([A-Z])(\d+)", values[0] or "", re.ASCII)
    return found.groups() if found else (None, values[0] or None)


def _invoice_read(texts: Texts) -> Values:
    """The invoice's total, its currency and that currency's rate."""
    value, currency, rate = number(texts[0]), texts[1], number(texts[2])
    total = None if value is None or (value == 0 and currency is None) else model.Amount(value, currency)
    return (total, currency if rate else None, rate or None)


def _invoice_write(values: Values) -> Texts:
    total, currency, rate = values
    if total is None:
        return (None, None, None)
    same = currency == total.currency
    return (number_text(total.value), total.currency or None, written_number(rate) if same else None)


def _description_read(texts: Texts) -> Values:
    """The goods in the trade's words; where these are missing, in the tariff's."""
    return (texts[0] or texts[1],)


def _description_write(values: Values) -> Texts:
    return (values[0] or None, None)


def _marks_write(values: Values) -> Texts:
    first, _, second = (values[0] or "").partition("\n")
    return (first or None, second or None)


PARTY = Conversion("name, and address below it", _party_read, _party_write)
_TYPE_CODE = Conversion("kind and general procedure", _type_read, _type_write)
_COMMODITY = Conversion("code of the goods", _code_read, _code_write)
_PROCEDURE = Conversion("requested and previous procedure", _procedure_read, _procedure_write)
_REGISTRATION = Conversion("serial letter and number", _registration_read, _registration_write)
_INVOICE = Conversion("total, currency and rate", _invoice_read, _invoice_write, is_number=True)
_DESCRIPTION = Conversion("description", _description_read, _description_write)
_MARKS = Conversion("marks", lambda texts: ("\n".join(t for t in texts if t) or None,), _marks_write)
_OFFICE_KEY = joined("office, year, serial, number", " ", 4, r"(\S+) (\d{4}) ([A-Z]) (\d+)")
_NATURE = Conversion(
    "nature of transaction",
    lambda texts: ("".join(text for text in texts if text) or None,),
    lambda values: (None, None) if not values[0] else (values[0][:1], values[0][1:] or None),
)

_DOCUMENT = Table(
    "Attached_documents",
    model.AdditionalDocument,
    templates.ATTACHED_DOCUMENT,
    (
        row("Attached_document_code", "type_code", TEXT),
        row("Attached_document_name", "name", TEXT),
        row("Attached_document_reference", "id", TEXT),
        row("Attached_document_date", "issue", SLASHED_DATE),
    ),
    needs=("type_code", "name", "id", "issue"),
    prunes=True,
)

_PACKAGES = Table(
    "Packages",
    model.Packaging,
    templates.PACKAGES,
    (
        row("Number_of_packages", "quantity", NUMBER),
        Row(("Marks1_of_packages", "Marks2_of_packages"), ("marks_numbers_id",), _MARKS),
        row("Kind_of_packages_code", "type_code", TEXT, "Kind_of_packages_name"),
    ),
    needs=("quantity", "marks_numbers_id", "type_code"),
)

_TAX = Table(
    "Taxation_line",
    model.DutyTaxFee,
    templates.TAXATION_LINE,
    (
        row("Duty_tax_code", "type_code", TEXT),
        row("Duty_tax_Base", "ad_valorem_tax_base", plain_amount()),
        row("Duty_tax_rate", "tax_rate_numeric", NUMBER),
        row("Duty_tax_amount", "payment_amount", plain_amount()),
        row("Duty_tax_MP", "payment_method_code", TEXT),
    ),
    needs=("type_code", "ad_valorem_tax_base", "tax_rate_numeric", "payment_amount"),
)

_CONTAINER = Table(
    "Container",
    model.TransportEquipment,
    templates.CONTAINER,
    (
        row("Container_identity", "id", TEXT),
        row("Container_type", "characteristic_code", TEXT),
        row("Empty_full_indicator", "fullness_code", TEXT),
    ),
    needs=("id", "characteristic_code", "fullness_code"),
)

_INVOICE_TABLE = Table(
    "Suppliers_documents",
    model.Invoice,
    templates.SUPPLIERS_DOCUMENT,
    (
        row("Suppliers_document_invoice_nbr", "id", TEXT),
        row("Suppliers_document_invoice_amt", "amount", plain_amount(zero=False)),
        row("Suppliers_document_date", "issue", SLASHED_DATE),
    ),
    needs=("id", "amount", "issue"),
)

_PREVIOUS = Table(
    "Prev_decl",
    model.PreviousDocument,
    templates.PREVIOUS_DECLARATION,
    (
        Row(
            ("Prev_decl_office_code", "Prev_decl_reg_year", "Prev_decl_reg_serial", "Prev_decl_reg_number"),
            ("id",),
            _OFFICE_KEY,
        ),
        row("Prev_decl_item_number", "line_numeric", INTEGER),
        row("Prev_decl_number_packages_written_off", "package_quantity", NUMBER),
        row("Prev_decl_weight_written_off", "gross_mass", MASS),
        row("Prev_decl_supp_quantity_written_off", "write_off.quantity", PLAIN_MEASURE),
        row("Prev_decl_ref_value_written_off", "write_off.amount", plain_amount()),
    ),
    needs=("id",),
)


def _cost(element: str, path: str) -> Row:
    """A cost of the whole declaration: what is stated in its own currency."""
    return Row(
        (f"Valuation/Gs_{element}/Amount_foreign_currency", f"Valuation/Gs_{element}/Currency_code"),
        (path,),
        AMOUNT,
        (f"Valuation/Gs_{element}/Amount_national_currency",),
    )


_ITEM = Table(
    "Item",
    model.GoodsItem,
    templates.ITEM,
    (
        Many("Attached_documents", "additional_documents", _DOCUMENT),
        Many("Packages", "packagings", _PACKAGES, numbered=True),
        Row(
            ("Tarification/HScode/Commodity_code", "Tarification/HScode/Precision_1"),
            (
                "commodity.classifications[identification_type_code=HS].id",
                "commodity.classifications[identification_type_code=TSP].id",
                "commodity.classifications[identification_type_code=TRC].id",
            ),
            _COMMODITY,
            ("Tarification/HScode/Precision_2", "Tarification/HScode/Precision_3"),
        ),
        row("Tarification/Preference_code", "commodity.duty_tax_fees[*].duty_regime_code", TEXT),
        Row(
            ("Tarification/Extended_customs_procedure",),
            ("government_procedures[0].current_code", "government_procedures[0].previous_code"),
            _PROCEDURE,
        ),
        row("Tarification/National_customs_procedure", "government_procedures[1].current_code", TEXT),
        row("Tarification/Quota_code", "commodity.duty_tax_fees[*].quota_order_id", TEXT),
        Row(
            (
                "Tarification/Supplementary_unit/Suppplementary_unit_quantity",
                "Tarification/Supplementary_unit/Suppplementary_unit_code",
            ),
            ("commodity.goods_measure.tariff_quantity",),
            MEASURE,
            ("Tarification/Supplementary_unit/Suppplementary_unit_name",),
        ),
        Row(
            ("Tarification/Item_price", "Valuation_item/Item_Invoice/Currency_code"),
            ("commodity.item_charge_amount",),
            AMOUNT,
            (
                "Tarification/Value_item",
                "Valuation_item/Item_Invoice/Amount_national_currency",
                "Valuation_item/Item_Invoice/Amount_foreign_currency",
            ),
            currency="invoice_amount",
        ),
        Echo(
            "Valuation_item/Item_Invoice/Amount_foreign_currency",
            ("commodity.item_charge_amount",),
            lambda values: None if values[0] is None else number_text(values[0].value),
        ),
        row("Tarification/Valuation_method_code", "customs_valuation.method_code", TEXT),
        row("Tarification/A.I._code|AI_code", "additional_informations[0].statement_code", TEXT),
        row("Goods_description/Country_of_origin_code", "origins[0].country_code", TEXT),
        row("Goods_description/Country_of_origin_region", "origins[0].region_id", TEXT),
        Row(
            ("Goods_description/Commercial_Description", "Goods_description/Description_of_goods"),
            ("commodity.description",),
            _DESCRIPTION,
        ),
        row("Previous_doc/Summary_declaration", "previous_documents[0].id", TEXT),
        row("Valuation_item/Weight_itm/Gross_weight_itm", "commodity.goods_measure.gross_mass", MASS),
        row("Valuation_item/Weight_itm/Net_weight_itm", "commodity.goods_measure.net_mass", MASS),
        row("Valuation_item/Total_CIF_itm", "customs_value_amount", plain_amount()),
        row("Valuation_item/Statistical_value", "statistical_value_amount", plain_amount()),
        Many("Taxation/Taxation_line", "commodity.duty_tax_fees", _TAX, joins=True),
    ),
)


def _party(element: str, path: str) -> tuple[Row, ...]:
    return (
        row(f"{element}_code", f"{path}.id", TEXT),
        Row((f"{element}_name",), tuple(f"{path}.{name}" for name in _PARTY_FIELDS), PARTY),
    )


def _declaration(means: str, office: str) -> Table:
    consignment = "goods_shipment.consignment"
    valuation = "goods_shipment.customs_valuation"
    return Table(
        "ASYCUDA",
        model.Declaration,
        templates.DECLARATION,
        (
            Echo("Property/Sad_flow", ("type_code",), lambda values: "E" if (values[0] or "")[:2] == "EX" else "I"),
            row("Property/Nbers/Total_number_of_items", "goods_item_quantity", INTEGER),
            row("Property/Nbers/Total_number_of_packages", "total_package_quantity", NUMBER),
            row("Property/Place_of_declaration", "issue_location_id", TEXT),
            row("Property/Date_of_declaration", "issue", SLASHED_DATE),
            row(
                "Identification/Office_segment/Customs_clearance_office_code",
                "declaration_office_id|presentation_office_id",
                TEXT,
                "Identification/Office_segment/Customs_Clearance_office_name",
            ),
            Row(
                (
                    "Identification/Type/Type_of_declaration",
                    "Identification/Type/Declaration_gen_procedure_code",
                ),
                ("type_code",),
                _TYPE_CODE,
                aside=("goods_shipment.items[0].government_procedures[0].current_code",),
            ),
            row(
                "Identification/Manifest_reference_number",
                "goods_shipment.previous_documents[type_code=785].id",
                TEXT,
            ),
            Row(
                ("Identification/Registration/Serial_number", "Identification/Registration/Number"),
                ("id",),
                _REGISTRATION,
            ),
            row("Identification/Registration/Date", "acceptance", SLASHED_DATE),
            *_party("Traders/Exporter/Exporter", "exporter"),
            *_party("Traders/Consignee/Consignee", "goods_shipment.consignee|importer"),
            *_party("Traders/Financial/Financial", "goods_shipment.payer"),
            *_party("Declarant/Declarant", "declarant"),
            row("Declarant/Declarant_representative", "authentication.authenticator.name", TEXT),
            row("Declarant/Reference/Number", "functional_reference_id", TEXT),
            row(
                "General_information/Country/Export/Export_country_code",
                "goods_shipment.export_country_id",
                TEXT,
                "General_information/Country/Export/Export_country_name",
            ),
            row(
                "General_information/Country/Destination/Destination_country_code",
                "goods_shipment.destination_country_code",
                TEXT,
                "General_information/Country/Destination/Destination_country_name",
            ),
            row(
                "General_information/Country/Destination/Destination_country_region",
                "goods_shipment.destination_region_id",
                TEXT,
            ),
            row("General_information/Additional_information", "additional_informations[0].statement_description", TEXT),
            row(
                "Transport/Means_of_transport/Departure_arrival_information/Identity", f"{consignment}.{means}.id", TEXT
            ),
            row(
                "Transport/Means_of_transport/Departure_arrival_information/Nationality",
                f"{consignment}.{means}.registration_nationality_code",
                TEXT,
            ),
            row("Transport/Means_of_transport/Border_information/Identity", "border_transport_means.id", TEXT),
            row(
                "Transport/Means_of_transport/Border_information/Nationality",
                "border_transport_means.registration_nationality_code",
                TEXT,
            ),
            row("Transport/Means_of_transport/Border_information/Mode", "border_transport_means.mode_code", TEXT),
            row("Transport/Means_of_transport/Inland_mode_of_transport", f"{consignment}.{means}.mode_code", TEXT),
            row("Transport/Container_flag", f"{consignment}.container_code", FLAG),
            row("Transport/Delivery_terms/Code", "goods_shipment.trade_terms.condition_code", TEXT),
            row("Transport/Delivery_terms/Place", "goods_shipment.trade_terms.location_name", TEXT),
            row("Transport/Border_office/Code", office, TEXT, "Transport/Border_office/Name"),
            row("Transport/Place_of_loading/Code", f"{consignment}.loading_location_id", TEXT),
            row("Transport/Place_of_loading/Name", f"{consignment}.loading_location_name", TEXT),
            row("Transport/Location_of_goods", f"{consignment}.goods_location.id", TEXT),
            Row(
                ("Financial/Financial_transaction/code1", "Financial/Financial_transaction/code2"),
                ("goods_shipment.transaction_nature_code",),
                _NATURE,
            ),
            row(
                "Financial/Deffered_payment_reference",
                "additional_documents[category_code=1,type_code=DAN].id",
                TEXT,
            ),
            row("Financial/Guarantee/Name", "obligation_guarantees[0].id", TEXT),
            row("Financial/Guarantee/Amount", "obligation_guarantees[0].amount", plain_amount(zero=False)),
            row("Warehouse/Identification", "goods_shipment.warehouse.id", TEXT),
            Row(
                (
                    "Valuation/Gs_Invoice/Amount_foreign_currency",
                    "Valuation/Gs_Invoice/Currency_code",
                    "Valuation/Gs_Invoice/Currency_rate",
                ),
                ("invoice_amount", "currency_exchanges[0].currency_type_code", "currency_exchanges[0].rate_numeric"),
                _INVOICE,
                ("Valuation/Gs_Invoice/Amount_national_currency", "Valuation/Total/Total_invoice"),
            ),
            _cost("external_freight", f"{valuation}.freight_charge_amount"),
            _cost("insurance", f"{valuation}.insurance_charge_amount"),
            *(
                _cost(element, f"{valuation}.charge_deductions[charges_type_code={code}].other_charge_deduction_amount")
                for element, code in _COSTS
            ),
            row("Valuation/Total/Total_weight", "total_gross_mass", MASS),
            Many("Container", f"{consignment}.transport_equipments", _CONTAINER, numbered=True),
            Many("Suppliers_documents", "goods_shipment.invoices", _INVOICE_TABLE),
            Many("Prev_decl", "goods_shipment.previous_documents", _PREVIOUS),
            Many("Item", "goods_shipment.items", _ITEM, numbered=True),
        ),
    )


def prepared(declaration: model.Declaration) -> model.Declaration:
    """The declaration with its documents at the first item: this form has them nowhere else.

    The reference of a deferred payment has an element of its own.
    """
    shipment = declaration.goods_shipment
    moved = tuple(d for d in declaration.additional_documents if (d.category_code, d.type_code) != ("1", "DAN"))
    if shipment is None or not shipment.items or not moved:
        return declaration
    first = shipment.items[0]
    first = replace(first, additional_documents=first.additional_documents + moved)
    return replace(declaration, goods_shipment=replace(shipment, items=(first, *shipment.items[1:])))


def _direction(text: str) -> str:
    return text[:2].upper()


def _alternatives() -> dict[str, Table]:
    arrival, departure = "arrival_transport_means", "departure_transport_means"
    return {
        "IM": _declaration(f"{arrival}|{departure}", "entry_office_id|exit_office_id"),
        "EX": _declaration(f"{departure}|{arrival}", "exit_office_id|entry_office_id"),
    }


DIALECT = Dialect(
    name=FORMAT,
    root="ASYCUDA",
    tables=_alternatives(),
    direction=_direction,
    direction_element="Identification/Type/Type_of_declaration",
    prepared=prepared,
)
