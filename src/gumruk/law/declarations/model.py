# SPDX-License-Identifier: Apache-2.0
"""The declaration as it was declared: the classes and names of the WCO Data Model, frozen.

Every class names its WCO class ID. A field that was not sent is None or an empty tuple; an empty text that was sent is
"". What a wire format brings and no field names stays in `extensions` of the nearest object and is written out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gumruk.law.declarations.parts import (
    AdditionalDocument,
    AdditionalInformation,
    Address,
    Amendment,
    Amount,
    Authentication,
    AuthorisationHolder,
    Communication,
    Extension,
    GoodsLocation,
    IdentityDocument,
    Itinerary,
    Measure,
    Moment,
    Party,
    PartyIdentification,
    Pointer,
    PreviousDocument,
    Seal,
    TransportEquipment,
    TransportMeans,
    Vehicle,
    WriteOff,
)

__all__ = [
    "DATA_MODEL_VERSION",
    "AdditionalDocument",
    "AdditionalInformation",
    "Address",
    "Amendment",
    "Amount",
    "Authentication",
    "AuthorisationHolder",
    "ChargeDeduction",
    "Classification",
    "Commodity",
    "Communication",
    "Consignment",
    "CurrencyExchange",
    "CustomsValuation",
    "Declaration",
    "DutyTaxFee",
    "Extension",
    "GoodsItem",
    "GoodsLocation",
    "GoodsMeasure",
    "GoodsShipment",
    "GovernmentProcedure",
    "IdentityDocument",
    "Invoice",
    "Itinerary",
    "Measure",
    "Moment",
    "ObligationGuarantee",
    "Origin",
    "Packaging",
    "Party",
    "PartyIdentification",
    "Pointer",
    "PreviousDocument",
    "Seal",
    "TradeTerms",
    "TransportEquipment",
    "TransportMeans",
    "ValuationAnswer",
    "Vehicle",
    "Warehouse",
    "WriteOff",
]

DATA_MODEL_VERSION = "3.6"


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
class ValuationAnswer:
    """One question on value and its answer, Y or N; a question that was not asked has no answer: that is no "no"."""

    question_code: str | None = None
    answer_code: str | None = None
    description: str | None = None
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsValuation:
    """Customs valuation (41A): method, freight and insurance, additions and deductions, questions answered."""

    method_code: str | None = None
    freight_charge_amount: Amount | None = None
    insurance_charge_amount: Amount | None = None
    charge_deductions: tuple[ChargeDeduction, ...] = ()
    answers: tuple[ValuationAnswer, ...] = ()
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
class Invoice:
    """A commercial invoice (78A): number, day, and its amount where there are several."""

    id: str | None = None
    issue: Moment | None = None
    amount: Amount | None = None
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
    invoice_id: str | None = None
    invoice_line_numeric: int | None = None
    vehicles: tuple[Vehicle, ...] = ()
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
    invoices: tuple[Invoice, ...] = ()
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
    entry_office_id: str | None = None
    goods_item_quantity: int | None = None
    total_package_quantity: Decimal | None = None
    total_gross_mass: Measure | None = None
    invoice_amount: Amount | None = None
    declarant: Party | None = None
    agent: Party | None = None
    exporter: Party | None = None
    submitter: Party | None = None
    authorisation_holders: tuple[AuthorisationHolder, ...] = ()
    authentication: Authentication | None = None
    additional_documents: tuple[AdditionalDocument, ...] = ()
    additional_informations: tuple[AdditionalInformation, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    border_transport_means: TransportMeans | None = None
    consignment: Consignment | None = None
    currency_exchanges: tuple[CurrencyExchange, ...] = ()
    obligation_guarantees: tuple[ObligationGuarantee, ...] = ()
    goods_shipment: GoodsShipment | None = None
    extensions: tuple[Extension, ...] = ()
