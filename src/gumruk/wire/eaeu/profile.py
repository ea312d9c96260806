# SPDX-License-Identifier: Apache-2.0
"""The table of an EAEU goods declaration (`ESADout_CU`): its elements and the model's fields for them.

Elements are found by their names without namespace and version: what albums 5.14 to 5.23 name alike is read alike.
Reader, writer and the page `docs/formats/eaeu.md` are made from these tables.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from gumruk.law.declarations import model
from gumruk.wire.eaeu import templates
from gumruk.wire.eaeu.codes import DIRECTIONS
from gumruk.wire.eaeu.conversions import (
    INVOICE,
    MODE,
    MOMENT,
    PARTY,
    PERSON,
    TYPE_CODE,
)
from gumruk.wire.eaeu.goods import GOODS
from gumruk.wire.tables.conversions import FLAG, INTEGER, ISO_DATE, NUMBER, TEXT, plain_amount
from gumruk.wire.tables.table import Dialect, Echo, Entry, Many, Row, Same, Table, Values, row

FORMAT = "eaeu"
ALBUM = "5.23.0"

_GUARANTEE = Table(
    "Guarantee",
    model.ObligationGuarantee,
    templates.GUARANTEE,
    (
        row("PaymentWayCode", "security_details_code", TEXT),
        row("Amount", "amount", plain_amount()),
        row("GuaranteeDocDetails/PrDocumentNumber", "reference_id|id", TEXT),
    ),
    prunes=True,
)

_TRANSIT_GUARANTEE = Table(
    "TDGuarantee",
    model.ObligationGuarantee,
    templates.TRANSIT_GUARANTEE,
    (
        row("MeasureCode", "security_details_code", TEXT),
        row("DocNumber", "reference_id|id", TEXT),
        row("GuaranteeAmount", "amount", plain_amount()),
    ),
    prunes=True,
)


def _address(element: str, path: str, *, country: bool = True) -> tuple[Row, ...]:
    rows = (
        row(f"{element}/PostalCode", f"{path}.postcode_id", TEXT),
        row(f"{element}/Region", f"{path}.country_sub_division_name", TEXT),
        row(f"{element}/City|Town", f"{path}.city_name", TEXT),
        row(f"{element}/StreetHouse", f"{path}.line", TEXT),
    )
    if not country:
        return rows
    return (row(f"{element}/CountryCode", f"{path}.country_code", TEXT, f"{element}/CounryName"), *rows)


def _contact(element: str, path: str) -> tuple[Row, ...]:
    return (
        row(f"{element}/CommunicationDetails/Phone", f"{path}.communications[type_code=TE].id", TEXT),
        row(f"{element}/CommunicationDetails/Fax", f"{path}.communications[type_code=FX].id", TEXT),
        row(f"{element}/CommunicationDetails/E_mail", f"{path}.communications[type_code=EM].id", TEXT),
    )


def _card(element: str, path: str) -> tuple[Row, ...]:
    return (
        row(f"{element}/IdentityCardCode", f"{path}.identity_document.type_code", TEXT, f"{element}/IdentityCardName"),
        row(f"{element}/IdentityCardSeries", f"{path}.identity_document.series_id", TEXT),
        row(f"{element}/IdentityCardNumber", f"{path}.identity_document.id", TEXT),
        row(f"{element}/IdentityCardDate", f"{path}.identity_document.issue", ISO_DATE),
        row(f"{element}/OrganizationName", f"{path}.identity_document.issuer_name", TEXT),
    )


def _party(element: str, path: str) -> tuple[Row | Same, ...]:
    address = f"{element}/SubjectAddressDetails"
    return (
        row(f"{element}/OrganizationName", f"{path}.name", TEXT),
        row(f"{element}/RFOrganizationFeatures/OGRN", f"{path}.further_ids[identification_type_code=OGRN].id", TEXT),
        row(f"{element}/RFOrganizationFeatures/KPP", f"{path}.further_ids[identification_type_code=KPP].id", TEXT),
        Row(
            (
                f"{element}/RFOrganizationFeatures/INN",
                f"{element}/RKOrganizationFeatures/BIN",
                f"{element}/RKOrganizationFeatures/IIN",
                f"{element}/RBOrganizationFeatures/UNP",
                f"{element}/RAOrganizationFeatures/UNN",
                f"{element}/KGOrganizationFeatures/KGINN",
                f"{element}/UITN/UITNCode",
                f"{address}/CountryCode",
            ),
            (f"{path}.id", f"{path}.address.country_code"),
            PARTY,
            (f"{address}/CounryName",),
        ),
        row(f"{element}/PersonId", f"{path}.further_ids[identification_type_code=PERSON].id", TEXT),
        *_card(f"{element}/IdentityCard", path),
        *_address(address, f"{path}.address", country=False),
        *_contact(element, path),
        *(() if path == "declarant" else (Same(f"{element}/EqualIndicator", path, "declarant"),)),
    )


def _means(element: str, path: str) -> tuple[Row | Echo, ...]:
    vehicle = f"{element}/RUTransportMeans|TransportMeans"
    return (
        row(f"{element}/TransportModeCode", f"{path}.mode_code", MODE),
        row(f"{element}/TransportNationalityCode", f"{path}.registration_nationality_code", TEXT),
        Echo(f"{element}/TransportMeansQuantity", (f"{path}.id",), lambda values: "1" if values[0] else None),
        row(f"{vehicle}/TransportKindCode", f"{path}.type_code", TEXT),
        row(f"{vehicle}/TransportIdentifier", f"{path}.id", TEXT),
    )


def _document_id(values: Values) -> str | None:
    """An identifier for the document: the same for the same declaration of the same declarant."""
    known = "/".join(value for value in values if value)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:gumruk:{known}")).upper() if known else None


def _first(values: Values) -> str | None:
    """The first moment that is there, as day and time."""
    found = next((value for value in values if value is not None), None)
    return None if found is None else MOMENT.write((found,))[0]


_SHIPMENT = "ESADout_CUGoodsShipment"
_CONSIGNMENT, _TERMS = f"{_SHIPMENT}/ESADout_CUConsigment", f"{_SHIPMENT}/ESADout_CUMainContractTerms"
_LOCATION, _GOODS = f"{_SHIPMENT}/ESADout_CUGoodsLocation", "goods_shipment.consignment"
_PERSON, _PAPER = "FilledPerson", "FilledPerson/PowerOfAttorneyDetails"
_SIGNATORY, _AUTHORITY = "authentication.authenticator", "authentication.authority"

_HEAD: tuple[Entry, ...] = (
    Echo("DocumentID", ("functional_reference_id", "id", "declarant.id", "declarant.name"), _document_id),
    row("EECEDocHeaderAddInfo/EDocDateTime", "issue", MOMENT),
    Echo("EECEDocHeaderAddInfo/EDocDateTime", ("issue", "authentication.signed", "acceptance"), _first),
    Row(
        ("CustomsProcedure", "CustomsModeCode"),
        ("type_code",),
        TYPE_CODE,
        aside=("goods_shipment.items[0].government_procedures[0].current_code",),
    ),
    Echo("ElectronicDocumentSign", (), lambda values: "ЭД"),
    Echo(
        "RecipientCountryCode",
        ("goods_shipment.destination_country_code", "declarant.address.country_code"),
        lambda values: next((value for value in values if value), None),
    ),
    row("ExecutionPlace", "issue_location_id", TEXT),
    row("RegNumberDoc", "functional_reference_id", TEXT),
)

_PARTIES: tuple[Entry, ...] = (
    row(f"{_SHIPMENT}/TotalGoodsNumber", "goods_item_quantity", INTEGER),
    row(f"{_SHIPMENT}/TotalPackageNumber", "total_package_quantity", NUMBER),
    *_party(f"{_SHIPMENT}/ESADout_CUConsignor", "exporter"),
    *_party(f"{_SHIPMENT}/ESADout_CUConsignee", "goods_shipment.consignee|importer"),
    *_party(f"{_SHIPMENT}/ESADout_CUFinancialAdjustingResponsiblePerson", "goods_shipment.payer"),
    Same(
        f"{_SHIPMENT}/ESADout_CUFinancialAdjustingResponsiblePerson/DeclarantEqualFlag",
        "goods_shipment.payer",
        "declarant",
    ),
    *_party(f"{_SHIPMENT}/ESADout_CUDeclarant", "declarant"),
    *_party(f"{_SHIPMENT}/ESADout_CUCarrier", f"{_GOODS}.carrier"),
    row(f"{_LOCATION}/InformationTypeCode", f"{_GOODS}.goods_location.type_code", TEXT),
    Echo(
        f"{_LOCATION}/CustomsCountryCode",
        (f"{_GOODS}.goods_location.address.country_code",),
        lambda values: values[0],
    ),
    row(f"{_LOCATION}/LocationName", f"{_GOODS}.goods_location.name", TEXT),
    row(f"{_LOCATION}/GoodsLocationPlace/NumberCustomsZone", f"{_GOODS}.goods_location.id", TEXT),
    *_address(f"{_LOCATION}/Address", f"{_GOODS}.goods_location.address"),
)


def _transport(means: str, border: str) -> tuple[Entry, ...]:
    return (
        row(f"{_CONSIGNMENT}/ContainerIndicator", f"{_GOODS}.container_code", FLAG),
        row(
            f"{_CONSIGNMENT}/DispatchCountryCode",
            "goods_shipment.export_country_id",
            TEXT,
            f"{_CONSIGNMENT}/DispatchCountryName",
        ),
        row(
            f"{_CONSIGNMENT}/DestinationCountryCode",
            "goods_shipment.destination_country_code",
            TEXT,
            f"{_CONSIGNMENT}/DestinationCountryName",
        ),
        row(f"{_CONSIGNMENT}/BorderCustomsOffice/Code", border, TEXT, f"{_CONSIGNMENT}/BorderCustomsOffice/OfficeName"),
        *_means(f"{_CONSIGNMENT}/ESADout_CUDepartureArrivalTransport", f"{_GOODS}.{means}"),
        *_means(f"{_CONSIGNMENT}/ESADout_CUBorderTransport", "border_transport_means"),
    )


_CONTRACT: tuple[Entry, ...] = (
    Row(
        (
            f"{_TERMS}/TotalInvoiceAmount",
            f"{_TERMS}/ContractCurrencyCode",
            f"{_TERMS}/ContractCurrencyRate",
        ),
        ("invoice_amount", "currency_exchanges[0].currency_type_code", "currency_exchanges[0].rate_numeric"),
        INVOICE,
    ),
    row(f"{_TERMS}/DealNatureCode", "goods_shipment.transaction_nature_code", TEXT),
    row(f"{_TERMS}/CUESADDeliveryTerms/DeliveryPlace", "goods_shipment.trade_terms.location_name", TEXT),
    row(
        f"{_TERMS}/CUESADDeliveryTerms/DeliveryTermsStringCode",
        "goods_shipment.trade_terms.condition_code",
        TEXT,
    ),
)

_SIGNED: tuple[Entry, ...] = (
    Row(
        tuple(f"{_PERSON}/SigningDetails/Person{name}" for name in ("Surname", "Name", "MiddleName")),
        (f"{_SIGNATORY}.name",),
        PERSON,
    ),
    *_contact(f"{_PERSON}/SigningDetails", _SIGNATORY),
    row(f"{_PERSON}/SigningDetails/SigningDate", "authentication.signed", MOMENT),
    *_card(f"{_PERSON}/SignatoryPersonIdentityDetails", _SIGNATORY),
    row(f"{_PAPER}/PrDocumentName", f"{_AUTHORITY}.name", TEXT),
    row(f"{_PAPER}/PrDocumentNumber", f"{_AUTHORITY}.id", TEXT),
    row(f"{_PAPER}/PrDocumentDate", f"{_AUTHORITY}.issue", ISO_DATE),
    row(f"{_PAPER}/DocStartDate", f"{_AUTHORITY}.effective", ISO_DATE),
    row(f"{_PAPER}/DocValidityDate", f"{_AUTHORITY}.expiration", ISO_DATE),
    row("CUESADCustomsRepresentative/BrokerRegistryDocDetails/RegistrationNumberId", "agent.id", TEXT),
)


def _declaration(means: str, border: str, guarantee: Many, offices: tuple[Row, ...]) -> Table:
    goods = Many(f"{_SHIPMENT}/ESADout_CUGoods", "goods_shipment.items", GOODS)
    rows = (*_HEAD, *_PARTIES, *offices, *_transport(means, border), *_CONTRACT, goods, guarantee, *_SIGNED)
    return Table("ESADout_CU", model.Declaration, templates.DECLARATION, rows, prunes=True)


def _alternatives() -> dict[str, Table]:
    arrival, departure = "arrival_transport_means", "departure_transport_means"
    security = Many(f"{_SHIPMENT}/Guarantee", "obligation_guarantees", _GUARANTEE)
    transit = Many(f"{_SHIPMENT}/TDGuarantee", "obligation_guarantees", _TRANSIT_GUARANTEE)
    clearing = (
        row(f"{_SHIPMENT}/ESADout_CUGoodsLocation/CustomsOffice", "declaration_office_id|presentation_office_id", TEXT),
    )
    passing = (
        row(
            f"{_CONSIGNMENT}/PPBorderCustoms/Code",
            "declaration_office_id",
            TEXT,
            f"{_CONSIGNMENT}/PPBorderCustoms/OfficeName",
        ),
        row(
            f"{_CONSIGNMENT}/TDDeliveryPlace/DeliveryCustomsOffice/Code",
            "presentation_office_id",
            TEXT,
            f"{_CONSIGNMENT}/TDDeliveryPlace/DeliveryCustomsOffice/OfficeName",
        ),
    )
    return {
        "IM": _declaration(f"{arrival}|{departure}", "entry_office_id|exit_office_id", security, clearing),
        "EX": _declaration(f"{departure}|{arrival}", "exit_office_id|entry_office_id", security, clearing),
        "TR": _declaration(f"{departure}|{arrival}", "entry_office_id|exit_office_id", transit, passing),
    }


def prepared(declaration: model.Declaration) -> model.Declaration:
    """The declaration with what this form has at its items only at the first one: documents, invoices, containers."""
    shipment = declaration.goods_shipment
    if shipment is None or not shipment.items:
        return declaration
    first = shipment.items[0]
    documents = first.additional_documents + declaration.additional_documents
    known = {document.id for item in shipment.items for document in item.additional_documents}
    known |= {document.id for document in documents}
    documents += tuple(
        model.AdditionalDocument(type_code="380", id=invoice.id, issue=invoice.issue)
        for invoice in shipment.invoices
        if invoice.id not in known
    )
    changed = replace(first, additional_documents=documents)
    equipments = shipment.consignment.transport_equipments if shipment.consignment else ()
    commodity = first.commodity or model.Commodity()
    if equipments and not any(item.commodity and item.commodity.transport_equipments for item in shipment.items):
        changed = replace(changed, commodity=replace(commodity, transport_equipments=equipments))
    return replace(declaration, goods_shipment=replace(shipment, items=(changed, *shipment.items[1:])))


_CUSTOMS_RU = "urn:customs.ru:"
_FAMILIES = {
    "Information:CustomsDocuments:ESADout_CU": "",
    "Information:ExchangeDocuments:ED_Container": "ed",
    "CommonAggregateTypes": "cat_ru",
    "CommonLeafTypes": "clt_ru",
    "CUESADCommonAggregateTypesCust": "catESAD_cu",
    "CUESADCommonLeafTypes": "cltESAD_cu",
    "RUDeclCommonAggregateTypesCust": "RUDECLcat",
    "RUSCommonAggregateTypes": "RUScat_ru",
    "RUSCommonLeafTypes": "RUSclt_ru",
}
#: The versions of the namespaces in the album that we write.
_NAMESPACES = {
    "": f"{_CUSTOMS_RU}Information:CustomsDocuments:ESADout_CU:{ALBUM}",
    "cat_ru": f"{_CUSTOMS_RU}CommonAggregateTypes:5.22.0",
    "catESAD_cu": f"{_CUSTOMS_RU}CUESADCommonAggregateTypesCust:5.22.0",
    "RUDECLcat": f"{_CUSTOMS_RU}RUDeclCommonAggregateTypesCust:5.23.0",
    "RUScat_ru": f"{_CUSTOMS_RU}RUSCommonAggregateTypes:5.22.0",
}

DIALECT = Dialect(
    name=FORMAT,
    root="ESADout_CU",
    tables=_alternatives(),
    direction=lambda text: DIRECTIONS.get(text, text),
    direction_element="CustomsProcedure",
    envelope="ED_Container",
    families={f"{_CUSTOMS_RU}{family}": prefix for family, prefix in _FAMILIES.items()},
    namespaces=_NAMESPACES,
    constants={"function_code": "9"},
    prepared=prepared,
)
