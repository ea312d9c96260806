# SPDX-License-Identifier: Apache-2.0
"""The table of an ASYCUDA World declaration: its elements and the model's fields for them.

Reader, writer and the page `docs/formats/asycuda.md` are made from these tables. Amounts in the national currency,
names beside codes and printed sums say again what other elements say: they follow them.
"""

from __future__ import annotations

from dataclasses import replace

from gumruk.law.declarations import model
from gumruk.wire.asycuda import templates
from gumruk.wire.asycuda.conversions import (
    COMMODITY,
    DESCRIPTION,
    INVOICE,
    MARKS,
    NATURE,
    OFFICE_KEY,
    PARTY,
    PROCEDURE,
    REGISTRATION,
    SEALS,
    TYPE_CODE,
)
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
    plain_amount,
)
from gumruk.wire.tables.table import Dialect, Echo, Entry, Many, Row, Table, row

FORMAT = "asycuda"

_PARTY_FIELDS = ("name", "address.line", "address.postcode_id", "address.city_name", "address.country_code")
#: Costs of the form by the codes of the Data Model's list of charges: what is added (A) and what is deducted (B).
_COSTS = (("internal_freight", "AK"), ("other_cost", "AN"), ("deduction", "BG"))

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
        Row(("Marks1_of_packages", "Marks2_of_packages"), ("marks_numbers_id",), MARKS),
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
            OFFICE_KEY,
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
            COMMODITY,
            ("Tarification/HScode/Precision_2", "Tarification/HScode/Precision_3"),
        ),
        row("Tarification/Preference_code", "commodity.duty_tax_fees[*].duty_regime_code", TEXT),
        Row(
            ("Tarification/Extended_customs_procedure",),
            ("government_procedures[0].current_code", "government_procedures[0].previous_code"),
            PROCEDURE,
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
            DESCRIPTION,
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


_HEAD: tuple[Entry, ...] = (
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
        TYPE_CODE,
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
        REGISTRATION,
    ),
    row("Identification/Registration/Date", "acceptance", SLASHED_DATE),
    *_party("Traders/Exporter/Exporter", "exporter"),
    *_party("Traders/Consignee/Consignee", "goods_shipment.consignee|importer"),
    *_party("Traders/Financial/Financial", "goods_shipment.payer"),
    *_party("Declarant/Declarant", "declarant"),
    row("Declarant/Declarant_representative", "authentication.authenticator.name", TEXT),
    row("Declarant/Reference/Number", "functional_reference_id", TEXT),
)

_COUNTRIES: tuple[Entry, ...] = (
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
)


def _transport(means: str, office: str) -> tuple[Entry, ...]:
    consignment = "goods_shipment.consignment"
    return (
        row("Transport/Means_of_transport/Departure_arrival_information/Identity", f"{consignment}.{means}.id", TEXT),
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
    )


_VALUATION = "goods_shipment.customs_valuation"
_MONEY: tuple[Entry, ...] = (
    Row(
        ("Financial/Financial_transaction/code1", "Financial/Financial_transaction/code2"),
        ("goods_shipment.transaction_nature_code",),
        NATURE,
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
        ("Transit/Seals/Identity",),
        ("goods_shipment.consignment.transport_equipments[*].seals",),
        SEALS,
        ("Transit/Seals/Number",),
    ),
    Row(
        (
            "Valuation/Gs_Invoice/Amount_foreign_currency",
            "Valuation/Gs_Invoice/Currency_code",
            "Valuation/Gs_Invoice/Currency_rate",
        ),
        ("invoice_amount", "currency_exchanges[0].currency_type_code", "currency_exchanges[0].rate_numeric"),
        INVOICE,
        ("Valuation/Gs_Invoice/Amount_national_currency", "Valuation/Total/Total_invoice"),
    ),
    _cost("external_freight", f"{_VALUATION}.freight_charge_amount"),
    _cost("insurance", f"{_VALUATION}.insurance_charge_amount"),
    *(
        _cost(element, f"{_VALUATION}.charge_deductions[charges_type_code={code}].other_charge_deduction_amount")
        for element, code in _COSTS
    ),
    row("Valuation/Total/Total_weight", "total_gross_mass", MASS),
)

_MANY: tuple[Entry, ...] = (
    Many("Container", "goods_shipment.consignment.transport_equipments", _CONTAINER, joins=True, numbered=True),
    Many("Suppliers_documents", "goods_shipment.invoices", _INVOICE_TABLE),
    Many("Prev_decl", "goods_shipment.previous_documents", _PREVIOUS),
    Many("Item", "goods_shipment.items", _ITEM, numbered=True),
)


def _declaration(means: str, office: str) -> Table:
    rows = (*_HEAD, *_COUNTRIES, *_transport(means, office), *_MONEY, *_MANY)
    return Table("ASYCUDA", model.Declaration, templates.DECLARATION, rows)


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
    constants={"function_code": "9"},
    prepared=prepared,
)
