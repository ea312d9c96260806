# SPDX-License-Identifier: Apache-2.0
"""The declaration as it was declared: the classes and names of the WCO Data Model, frozen.

Every class names its WCO class ID. A field that was not sent is None or an empty tuple; an empty text that was sent is
"". What a wire format brings and no field names stays in `extensions` of the nearest object and is written out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

DATA_MODEL_VERSION = "3.6"


@dataclass(frozen=True, slots=True)
class Extension:
    """What a message carries and the model does not name: the wire format's own name, its content, and its place.

    `position` is how many of the object's elements came before it, so that it returns to the same place. A name such
    as `TypeCode/@listID` is an attribute of the element at that place, `SequenceNumeric/text()` its text where the
    sender wrote a number in another way than we do (`01`).
    """

    format: str
    name: str
    content: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as declared; the currency (ISO 4217) may be missing."""

    value: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured quantity as declared; the unit (Rec 20) may be missing: masses are then kilograms."""

    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time as declared, with the code of its format (304: with time and zone, 102: date)."""

    text: str
    format_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Address (04A)."""

    city_name: str | None = None
    country_code: str | None = None
    country_sub_division_code: str | None = None
    country_sub_division_name: str | None = None
    line: str | None = None
    postcode_id: str | None = None
    type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party in one of its roles: declarant (57B), exporter (57A), importer (74A), agent (05A), carrier (18A) ..."""

    name: str | None = None
    id: str | None = None
    function_code: str | None = None
    role_code: str | None = None
    address: Address | None = None
    contact_name: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationHolder:
    """Authorisation holder (17C)."""

    id: str | None = None
    category_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Pointer (97A) to a place in a declaration, by WCO class and element ID."""

    sequence_numeric: int | None = None
    document_section_code: str | None = None
    tag_id: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalInformation:
    """A statement (03A)."""

    statement_code: str | None = None
    statement_description: str | None = None
    statement_type_code: str | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change asked for (06A)."""

    change_reason_code: str | None = None
    pointers: tuple[Pointer, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff:
    """What is written off a document (22C)."""

    quantity: Measure | None = None
    amount: Amount | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalDocument:
    """A document, certificate or permit (02A)."""

    category_code: str | None = None
    type_code: str | None = None
    id: str | None = None
    name: str | None = None
    lpco_exemption_code: str | None = None
    effective: Moment | None = None
    submitter: Party | None = None
    write_off: WriteOff | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousDocument:
    """A previous document (99A)."""

    category_code: str | None = None
    type_code: str | None = None
    id: str | None = None
    line_numeric: int | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportMeans:
    """A means of transport (at the border 15A, on arrival 10A, on departure 46A)."""

    name: str | None = None
    id: str | None = None
    identification_type_code: str | None = None
    type_code: str | None = None
    mode_code: str | None = None
    registration_nationality_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A seal (44B)."""

    sequence_numeric: int | None = None
    id: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportEquipment:
    """A container or other equipment (31B)."""

    sequence_numeric: int | None = None
    id: str | None = None
    seals: tuple[Seal, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsLocation:
    """Where the goods may be examined (64A)."""

    name: str | None = None
    id: str | None = None
    type_code: str | None = None
    address: Address | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """A country of routing (81A)."""

    sequence_numeric: int | None = None
    routing_country_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """Consignment (28A): of the declaration (safety and security) or of the goods shipment."""

    container_code: str | None = None
    freight_payment_method_code: str | None = None
    carrier: Party | None = None
    consignor: Party | None = None
    arrival_transport_means: TransportMeans | None = None
    departure_transport_means: TransportMeans | None = None
    goods_location: GoodsLocation | None = None
    loading_location_id: str | None = None
    loading_location_name: str | None = None
    itineraries: tuple[Itinerary, ...] = ()
    transport_equipments: tuple[TransportEquipment, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationGuarantee:
    """A guarantee (90A)."""

    amount: Amount | None = None
    id: str | None = None
    reference_id: str | None = None
    security_details_code: str | None = None
    access_code: str | None = None
    guarantee_office_id: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyExchange:
    """A declared exchange rate (40A)."""

    currency_type_code: str | None = None
    rate_numeric: Decimal | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeDeduction:
    """An addition to the price or a deduction from it (58B)."""

    charges_type_code: str | None = None
    other_charge_deduction_amount: Amount | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsValuation:
    """Customs valuation (41A): method, freight and insurance, additions and deductions."""

    method_code: str | None = None
    freight_charge_amount: Amount | None = None
    insurance_charge_amount: Amount | None = None
    charge_deductions: tuple[ChargeDeduction, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Warehouse:
    """Warehouse (43B)."""

    id: str | None = None
    type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeTerms:
    """Terms of delivery (22B): Incoterms code and place."""

    condition_code: str | None = None
    description: str | None = None
    location_id: str | None = None
    location_name: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A code of the goods (21A) and the nomenclature it is from (HS, TSP, TRC, GN, CV ...)."""

    id: str | None = None
    identification_type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsMeasure:
    """Goods measure (65A): gross mass, net mass, quantity in the tariff's unit."""

    gross_mass: Measure | None = None
    net_mass: Measure | None = None
    tariff_quantity: Measure | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTaxFee:
    """A duty, tax or fee as the declarant states it (50A); what customs assesses stands apart."""

    type_code: str | None = None
    deduct_amount: Amount | None = None
    duty_regime_code: str | None = None
    quota_order_id: str | None = None
    ad_valorem_tax_base: Amount | None = None
    specific_tax_base_quantity: Measure | None = None
    tax_rate_numeric: Decimal | None = None
    payment_method_code: str | None = None
    payment_amount: Amount | None = None
    tax_assessed_amount: Amount | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Commodity:
    """Commodity (23A)."""

    description: str | None = None
    classifications: tuple[Classification, ...] = ()
    duty_tax_fees: tuple[DutyTaxFee, ...] = ()
    goods_measure: GoodsMeasure | None = None
    item_charge_amount: Amount | None = None
    dangerous_goods_ids: tuple[str, ...] = ()
    transport_equipments: tuple[TransportEquipment, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Origin (92A): country, and whether it is preferential (2) or not (1)."""

    country_code: str | None = None
    region_id: str | None = None
    type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernmentProcedure:
    """Procedure (70A): the first of an item is requested and previous procedure, each further one is additional."""

    current_code: str | None = None
    previous_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaging:
    """Packaging (93A)."""

    sequence_numeric: int | None = None
    marks_numbers_id: str | None = None
    quantity: Decimal | None = None
    type_code: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsItem:
    """Government agency goods item (68A)."""

    sequence_numeric: int | None = None
    customs_value_amount: Amount | None = None
    statistical_value_amount: Amount | None = None
    transaction_nature_code: str | None = None
    additional_documents: tuple[AdditionalDocument, ...] = ()
    additional_informations: tuple[AdditionalInformation, ...] = ()
    buyer: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    seller: Party | None = None
    domestic_duty_tax_parties: tuple[Party, ...] = ()
    aeo_parties: tuple[Party, ...] = ()
    commodity: Commodity | None = None
    customs_valuation: CustomsValuation | None = None
    destination_country_code: str | None = None
    destination_region_id: str | None = None
    export_country_id: str | None = None
    government_procedures: tuple[GovernmentProcedure, ...] = ()
    origins: tuple[Origin, ...] = ()
    packagings: tuple[Packaging, ...] = ()
    previous_documents: tuple[PreviousDocument, ...] = ()
    ucr_id: str | None = None
    trader_reference_id: str | None = None
    valuation_addition_codes: tuple[str, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsShipment:
    """Goods shipment (67A)."""

    transaction_nature_code: str | None = None
    buyer: Party | None = None
    seller: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    importer: Party | None = None
    payer: Party | None = None
    surety: Party | None = None
    domestic_duty_tax_parties: tuple[Party, ...] = ()
    aeo_parties: tuple[Party, ...] = ()
    consignment: Consignment | None = None
    customs_valuation: CustomsValuation | None = None
    destination_country_code: str | None = None
    destination_region_id: str | None = None
    export_country_id: str | None = None
    invoice_id: str | None = None
    invoice_issue: Moment | None = None
    previous_documents: tuple[PreviousDocument, ...] = ()
    trade_terms: TradeTerms | None = None
    ucr_id: str | None = None
    trader_reference_id: str | None = None
    warehouse: Warehouse | None = None
    items: tuple[GoodsItem, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Declaration (42A): one message of a declarant, as he sent it."""

    function_code: str | None = None
    functional_reference_id: str | None = None
    id: str | None = None
    type_code: str | None = None
    version_id: str | None = None
    acceptance: Moment | None = None
    issue: Moment | None = None
    issue_location_id: str | None = None
    declaration_office_id: str | None = None
    presentation_office_id: str | None = None
    supervising_office_id: str | None = None
    exit_office_id: str | None = None
    goods_item_quantity: int | None = None
    total_package_quantity: Decimal | None = None
    total_gross_mass: Measure | None = None
    invoice_amount: Amount | None = None
    declarant: Party | None = None
    agent: Party | None = None
    exporter: Party | None = None
    submitter: Party | None = None
    authorisation_holders: tuple[AuthorisationHolder, ...] = ()
    additional_documents: tuple[AdditionalDocument, ...] = ()
    additional_informations: tuple[AdditionalInformation, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    border_transport_means: TransportMeans | None = None
    consignment: Consignment | None = None
    currency_exchanges: tuple[CurrencyExchange, ...] = ()
    obligation_guarantees: tuple[ObligationGuarantee, ...] = ()
    goods_shipment: GoodsShipment | None = None
    extensions: tuple[Extension, ...] = ()
