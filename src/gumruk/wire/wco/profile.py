# SPDX-License-Identifier: Apache-2.0
"""The profile: WCO Data Model 3.6 in HMRC's CDS profile (DMS:2), one table a class, rows in the schema's order.

Reader, writer, pointers and the page `docs/wco-profile.md` are made from these tables. A new field of the model is a
row here. Source: the published schema of HMRC's customs declarations API 3.0 (Apache-2.0). An ID that begins with U is
ours, for what the Data Model's published IDs do not reach: pointers need one for every element.
"""

from __future__ import annotations

from types import MappingProxyType

from gumruk.law.declarations import model
from gumruk.wire.wco.table import Row, amount, decimal, group, integer, many, measure, moment, one, text, texts

METADATA = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
DECLARATION = "urn:wco:datamodel:WCO:DEC-DMS:2"
DATA_TYPES = "urn:wco:datamodel:WCO:Declaration_DS:DMS:2"

#: Elements of the envelope `MetaData` in their order, and what we write where nothing was brought.
ENVELOPE = MappingProxyType(
    {
        "WCODataModelVersionCode": "3.6",
        "WCOTypeName": "DEC",
        "ResponsibleCountryCode": "",
        "ResponsibleAgencyName": "",
        "AgencyAssignedCustomizationCode": "",
        "AgencyAssignedCustomizationVersionCode": "",
    }
)

_ADDRESS = (
    text("TypeCode", "410", "type_code"),
    text("CityName", "241", "city_name"),
    text("CountryCode", "242", "country_code"),
    text("CountrySubDivisionCode", "244", "country_sub_division_code"),
    text("CountrySubDivisionName", "243", "country_sub_division_name"),
    text("Line", "239", "line"),
    text("PostcodeID", "245", "postcode_id"),
)

_PARTY = (
    text("Name", "", "name"),
    text("ID", "", "id"),
    text("FunctionCode", "102", "function_code"),
    text("RoleCode", "R005", "role_code"),
    one("Address", "04A", "address", model.Address),
    group("Contact", "34A", text("Name", "246", "contact_name")),
    many("Communication", "25A", "communications", model.Communication),
    many("Identification", "U01", "further_ids", model.PartyIdentification, added=True),
    one("IdentityDocument", "U02", "identity_document", model.IdentityDocument, added=True),
)

_MEANS = (
    text("Name", "", "name"),
    text("ID", "", "id"),
    text("IdentificationTypeCode", "", "identification_type_code"),
    text("TypeCode", "", "type_code"),
    text("RegistrationNationalityCode", "T014", "registration_nationality_code"),
    text("ModeCode", "", "mode_code"),
    texts("Trailer", "U05", "ID", "U020", "trailer_ids", added=True),
)

_ADDITIONAL_DOCUMENT = (
    text("CategoryCode", "D031", "category_code"),
    moment("EffectiveDateTime", "276", "effective"),
    text("ID", "D005", "id"),
    text("Name", "D028", "name"),
    text("TypeCode", "D006", "type_code"),
    text("LPCOExemptionCode", "360", "lpco_exemption_code"),
    moment("IssueDateTime", "D002", "issue", added=True),
    moment("ExpirationDateTime", "275", "expiration", added=True),
    text("IssuerName", "U001", "issuer_name", added=True),
    one("Submitter", "17B", "submitter", model.Party),
    one("WriteOff", "22C", "write_off", model.WriteOff),
)

_PREVIOUS_DOCUMENT = (
    text("CategoryCode", "D031", "category_code"),
    text("ID", "D018", "id"),
    text("TypeCode", "D019", "type_code"),
    integer("LineNumeric", "171", "line_numeric"),
    moment("IssueDateTime", "D017", "issue", added=True),
    decimal("PackageQuantity", "144", "package_quantity", added=True),
    text("PackageTypeCode", "141", "package_type_code", added=True),
    measure("GrossMassMeasure", "126", "gross_mass", added=True),
    one("WriteOff", "22C", "write_off", model.WriteOff, added=True),
)

_CONSIGNMENT = (
    text("ContainerCode", "096", "container_code"),
    one("ArrivalTransportMeans", "10A", "arrival_transport_means", model.TransportMeans),
    one("Carrier", "18A", "carrier", model.Party),
    one("Consignor", "30A", "consignor", model.Party),
    one("DepartureTransportMeans", "46A", "departure_transport_means", model.TransportMeans),
    group("Freight", "62A", text("PaymentMethodCode", "098", "freight_payment_method_code")),
    one("GoodsLocation", "64A", "goods_location", model.GoodsLocation),
    many("Itinerary", "81A", "itineraries", model.Itinerary),
    group(
        "LoadingLocation",
        "83A",
        text("Name", "L009", "loading_location_name"),
        text("ID", "L010", "loading_location_id"),
    ),
    many("TransportEquipment", "31B", "transport_equipments", model.TransportEquipment),
)

_DUTY_TAX_FEE = (
    amount("AdValoremTaxBaseAmount", "116", "ad_valorem_tax_base"),
    amount("DeductAmount", "111", "deduct_amount"),
    text("DutyRegimeCode", "164", "duty_regime_code"),
    measure("SpecificTaxBaseQuantity", "129", "specific_tax_base_quantity"),
    decimal("TaxRateNumeric", "115", "tax_rate_numeric"),
    text("TypeCode", "113", "type_code"),
    text("QuotaOrderID", "401", "quota_order_id"),
    group(
        "Payment",
        "94A",
        text("MethodCode", "107", "payment_method_code"),
        amount("TaxAssessedAmount", "120", "tax_assessed_amount"),
        amount("PaymentAmount", "378", "payment_amount"),
    ),
)

_DESTINATION = group(
    "Destination",
    "99B",
    text("CountryCode", "465", "destination_country_code"),
    text("RegionID", "477", "destination_region_id"),
)
_EXPORT_COUNTRY = group("ExportCountry", "95B", text("ID", "062", "export_country_id"))
_UCR = group(
    "UCR",
    "35B",
    text("ID", "016", "ucr_id"),
    text("TraderAssignedReferenceID", "009", "trader_reference_id"),
)

_COMMODITY = (
    text("Description", "137", "description"),
    many("Classification", "21A", "classifications", model.Classification),
    texts("DangerousGoods", "12C", "UNDGID", "506", "dangerous_goods_ids"),
    many("DutyTaxFee", "50A", "duty_tax_fees", model.DutyTaxFee),
    one("GoodsMeasure", "65A", "goods_measure", model.GoodsMeasure),
    group(
        "InvoiceLine",
        "79A",
        amount("ItemChargeAmount", "112", "item_charge_amount"),
        text("InvoiceID", "D016", "invoice_id", added=True),
        integer("SequenceNumeric", "006", "invoice_line_numeric", added=True),
    ),
    many("TransportEquipment", "31B", "transport_equipments", model.TransportEquipment),
    many("Vehicle", "U03", "vehicles", model.Vehicle, added=True),
)

_GOODS_ITEM = (
    amount("CustomsValueAmount", "108", "customs_value_amount"),
    integer("SequenceNumeric", "006", "sequence_numeric"),
    amount("StatisticalValueAmount", "114", "statistical_value_amount"),
    text("TransactionNatureCode", "103", "transaction_nature_code"),
    many("AdditionalDocument", "02A", "additional_documents", model.AdditionalDocument),
    many("AdditionalInformation", "03A", "additional_informations", model.AdditionalInformation),
    many("AEOMutualRecognitionParty", "16C", "aeo_parties", model.Party),
    one("Buyer", "16A", "buyer", model.Party),
    one("Commodity", "23A", "commodity", model.Commodity),
    one("Consignee", "27A", "consignee", model.Party),
    one("Consignor", "30A", "consignor", model.Party),
    one("CustomsValuation", "41A", "customs_valuation", model.CustomsValuation),
    _DESTINATION,
    many("DomesticDutyTaxParty", "55B", "domestic_duty_tax_parties", model.Party),
    _EXPORT_COUNTRY,
    many("GovernmentProcedure", "70A", "government_procedures", model.GovernmentProcedure),
    many("Origin", "92A", "origins", model.Origin),
    many("Packaging", "93A", "packagings", model.Packaging),
    many("PreviousDocument", "99A", "previous_documents", model.PreviousDocument),
    one("Seller", "09B", "seller", model.Party),
    _UCR,
    texts("ValuationAdjustment", "39B", "AdditionCode", "188", "valuation_addition_codes"),
)

_GOODS_SHIPMENT = (
    text("TransactionNatureCode", "103", "transaction_nature_code"),
    many("AEOMutualRecognitionParty", "16C", "aeo_parties", model.Party),
    one("Buyer", "16A", "buyer", model.Party),
    one("Consignee", "27A", "consignee", model.Party),
    one("Consignment", "28A", "consignment", model.Consignment),
    one("Consignor", "30A", "consignor", model.Party),
    one("CustomsValuation", "41A", "customs_valuation", model.CustomsValuation),
    _DESTINATION,
    many("DomesticDutyTaxParty", "55B", "domestic_duty_tax_parties", model.Party),
    _EXPORT_COUNTRY,
    many("GovernmentAgencyGoodsItem", "68A", "items", model.GoodsItem),
    one("Importer", "74A", "importer", model.Party),
    many("Invoice", "78A", "invoices", model.Invoice),
    one("Payer", "56B", "payer", model.Party),
    many("PreviousDocument", "99A", "previous_documents", model.PreviousDocument),
    one("Seller", "09B", "seller", model.Party),
    one("Surety", "19B", "surety", model.Party),
    one("TradeTerms", "22B", "trade_terms", model.TradeTerms),
    _UCR,
    one("Warehouse", "43B", "warehouse", model.Warehouse),
)


def _office(element: str, class_id: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    return group(element, class_id, text("ID", wco_id, attribute, added=added))


_DECLARATION = (
    moment("AcceptanceDateTime", "023", "acceptance"),
    text("FunctionCode", "017", "function_code"),
    text("FunctionalReferenceID", "D026", "functional_reference_id"),
    text("ID", "D014", "id"),
    moment("IssueDateTime", "D011", "issue"),
    text("IssueLocationID", "D012", "issue_location_id"),
    text("TypeCode", "D013", "type_code"),
    text("VersionID", "383", "version_id", added=True),
    integer("GoodsItemQuantity", "228", "goods_item_quantity"),
    text("DeclarationOfficeID", "065", "declaration_office_id"),
    amount("InvoiceAmount", "109", "invoice_amount"),
    measure("TotalGrossMassMeasure", "131", "total_gross_mass"),
    decimal("TotalPackageQuantity", "146", "total_package_quantity"),
    one("Authentication", "61B", "authentication", model.Authentication),
    one("Submitter", "17B", "submitter", model.Party),
    many("AdditionalDocument", "02A", "additional_documents", model.AdditionalDocument),
    many("AdditionalInformation", "03A", "additional_informations", model.AdditionalInformation),
    one("Agent", "05A", "agent", model.Party),
    many("Amendment", "06A", "amendments", model.Amendment),
    many("AuthorisationHolder", "17C", "authorisation_holders", model.AuthorisationHolder),
    one("BorderTransportMeans", "15A", "border_transport_means", model.TransportMeans),
    one("Consignment", "28A", "consignment", model.Consignment),
    many("CurrencyExchange", "40A", "currency_exchanges", model.CurrencyExchange),
    one("Declarant", "57B", "declarant", model.Party),
    _office("ExitOffice", "56A", "G005", "exit_office_id"),
    one("Exporter", "57A", "exporter", model.Party),
    one("GoodsShipment", "67A", "goods_shipment", model.GoodsShipment),
    many("ObligationGuarantee", "90A", "obligation_guarantees", model.ObligationGuarantee),
    _office("PresentationOffice", "15C", "G015", "presentation_office_id"),
    _office("SupervisingOffice", "97B", "G012", "supervising_office_id"),
    _office("EntryOffice", "U06", "U002", "entry_office_id", added=True),
)

#: The elements of every class of the model, in the schema's order.
PROFILE: MappingProxyType[type, tuple[Row, ...]] = MappingProxyType(
    {
        model.Declaration: _DECLARATION,
        model.GoodsShipment: _GOODS_SHIPMENT,
        model.GoodsItem: _GOODS_ITEM,
        model.Commodity: _COMMODITY,
        model.DutyTaxFee: _DUTY_TAX_FEE,
        model.Consignment: _CONSIGNMENT,
        model.Address: _ADDRESS,
        model.Party: _PARTY,
        model.TransportMeans: _MEANS,
        model.AdditionalDocument: _ADDITIONAL_DOCUMENT,
        model.PreviousDocument: _PREVIOUS_DOCUMENT,
        model.AuthorisationHolder: (
            text("ID", "R144", "id"),
            text("CategoryCode", "R145", "category_code"),
        ),
        model.Pointer: (
            integer("SequenceNumeric", "006", "sequence_numeric"),
            text("DocumentSectionCode", "375", "document_section_code"),
            text("TagID", "381", "tag_id"),
        ),
        model.AdditionalInformation: (
            text("StatementCode", "226", "statement_code"),
            text("StatementDescription", "225", "statement_description"),
            text("StatementTypeCode", "369", "statement_type_code"),
            many("Pointer", "97A", "pointers", model.Pointer),
        ),
        model.Amendment: (
            text("ChangeReasonCode", "099", "change_reason_code"),
            many("Pointer", "97A", "pointers", model.Pointer),
        ),
        model.Communication: (
            text("ID", "240", "id"),
            text("TypeCode", "253", "type_code"),
        ),
        model.PartyIdentification: (
            text("ID", "U003", "id", added=True),
            text("IdentificationTypeCode", "U004", "identification_type_code", added=True),
        ),
        model.IdentityDocument: (
            text("TypeCode", "D006", "type_code", added=True),
            text("SeriesID", "U005", "series_id", added=True),
            text("ID", "D005", "id", added=True),
            moment("IssueDateTime", "D002", "issue", added=True),
            text("IssuerName", "U001", "issuer_name", added=True),
        ),
        model.Authentication: (
            text("Authentication", "104", "authentication"),
            text("CapacityCode", "U006", "capacity_code", added=True),
            moment("SignedDateTime", "U007", "signed", added=True),
            one("Authenticator", "12A", "authenticator", model.Party),
            one("Authority", "02A", "authority", model.AdditionalDocument, added=True),
        ),
        model.Invoice: (
            text("ID", "D016", "id"),
            moment("IssueDateTime", "D015", "issue"),
            amount("Amount", "109", "amount", added=True),
        ),
        model.ValuationAnswer: (
            text("QuestionCode", "U008", "question_code", added=True),
            text("AnswerCode", "U009", "answer_code", added=True),
            text("Description", "U010", "description", added=True),
        ),
        model.Vehicle: (
            text("ID", "U003", "id", added=True),
            text("ChassisID", "U011", "chassis_id", added=True),
            text("BodyID", "U012", "body_id", added=True),
            text("EngineID", "U013", "engine_id", added=True),
            text("MakeName", "U014", "make_name", added=True),
            text("ModelName", "U015", "model_name", added=True),
            integer("ManufactureYear", "U016", "manufacture_year", added=True),
            measure("EngineCapacityMeasure", "U017", "engine_capacity", added=True),
            measure("EnginePowerMeasure", "U018", "engine_power", added=True),
        ),
        model.WriteOff: (
            measure("QuantityQuantity", "502", "quantity"),
            amount("AmountAmount", "503", "amount"),
        ),
        model.Seal: (
            integer("SequenceNumeric", "006", "sequence_numeric"),
            text("ID", "165", "id"),
        ),
        model.TransportEquipment: (
            integer("SequenceNumeric", "006", "sequence_numeric"),
            text("ID", "159", "id"),
            text("CharacteristicCode", "152", "characteristic_code", added=True),
            text("FullnessCode", "153", "fullness_code", added=True),
            many("Seal", "44B", "seals", model.Seal),
        ),
        model.GoodsLocation: (
            text("Name", "L016", "name"),
            text("ID", "L017", "id"),
            text("TypeCode", "L110", "type_code"),
            one("Address", "04A", "address", model.Address),
        ),
        model.Itinerary: (
            integer("SequenceNumeric", "006", "sequence_numeric"),
            text("RoutingCountryCode", "064", "routing_country_code"),
        ),
        model.ObligationGuarantee: (
            amount("AmountAmount", "492", "amount"),
            text("ID", "D014", "id"),
            text("ReferenceID", "100", "reference_id"),
            text("SecurityDetailsCode", "101", "security_details_code"),
            text("AccessCode", "499", "access_code"),
            _office("GuaranteeOffice", "14C", "G014", "guarantee_office_id"),
        ),
        model.CurrencyExchange: (
            text("CurrencyTypeCode", "135", "currency_type_code"),
            decimal("RateNumeric", "118", "rate_numeric"),
        ),
        model.ChargeDeduction: (
            text("ChargesTypeCode", "371", "charges_type_code"),
            amount("OtherChargeDeductionAmount", "181", "other_charge_deduction_amount"),
        ),
        model.CustomsValuation: (
            text("MethodCode", "122", "method_code"),
            amount("FreightChargeAmount", "117", "freight_charge_amount"),
            amount("InsuranceChargeAmount", "U019", "insurance_charge_amount", added=True),
            many("ChargeDeduction", "58B", "charge_deductions", model.ChargeDeduction),
            many("ValuationAnswer", "U04", "answers", model.ValuationAnswer, added=True),
        ),
        model.Warehouse: (
            text("ID", "L019", "id"),
            text("TypeCode", "L112", "type_code"),
        ),
        model.TradeTerms: (
            text("ConditionCode", "090", "condition_code"),
            text("Description", "089", "description"),
            text("LocationID", "L002", "location_id"),
            text("LocationName", "L001", "location_name"),
        ),
        model.Classification: (
            text("ID", "145", "id"),
            text("IdentificationTypeCode", "337", "identification_type_code"),
        ),
        model.GoodsMeasure: (
            measure("GrossMassMeasure", "126", "gross_mass"),
            measure("NetNetWeightMeasure", "128", "net_mass"),
            measure("TariffQuantity", "130", "tariff_quantity"),
        ),
        model.Origin: (
            text("CountryCode", "063", "country_code"),
            text("RegionID", "066", "region_id"),
            text("TypeCode", "501", "type_code"),
        ),
        model.GovernmentProcedure: (
            text("CurrentCode", "166", "current_code"),
            text("PreviousCode", "161", "previous_code"),
        ),
        model.Packaging: (
            integer("SequenceNumeric", "006", "sequence_numeric"),
            text("MarksNumbersID", "142", "marks_numbers_id"),
            decimal("QuantityQuantity", "144", "quantity"),
            text("TypeCode", "141", "type_code"),
        ),
    }
)
