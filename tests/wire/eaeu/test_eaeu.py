# SPDX-License-Identifier: Apache-2.0
"""EAEU goods declarations: what is read, what comes back with its namespaces, and what a change changes."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from gumruk import demonstration, wire
from gumruk.law.declarations import model
from gumruk.law.declarations.reading import read_declaration

_FOLDER = Path(__file__).parent / "samples"
IMPORT = (_FOLDER / "import.xml").read_bytes()
TRANSIT = (_FOLDER / "transit.xml").read_bytes()
_PARSER = etree.XMLParser(remove_comments=True)


@pytest.fixture
def read() -> model.Declaration:
    """The import as it is read."""
    return wire.read(IMPORT).declaration


def said(content: bytes) -> list:
    def of(element) -> list:
        return [element.tag, sorted(element.items()), " ".join((element.text or "").split()), *map(of, element)]

    return of(etree.fromstring(content, _PARSER))


def find(content: bytes, name: str) -> list[str | None]:
    return [element.text for element in etree.fromstring(content).iter(f"{{*}}{name}")]


def test_it_reads_the_head(read):
    shipment = read.goods_shipment
    assert (wire.read(IMPORT).format, read.function_code) == ("eaeu", "9")
    assert (read.type_code, read.declaration_office_id, read.entry_office_id) == ("IM40", "10000001", "10000002")
    assert read.issue == model.Moment("20190214102030+03", "304")
    assert (read.goods_item_quantity, read.total_package_quantity) == (1, Decimal(4320))
    assert (read.exporter.name, read.exporter.address.country_code) == ("FRUTAS S.A.", "EC")
    assert (read.declarant.id, read.declarant.address.city_name) == ("7712345678", "Г.ГОРОД")
    assert [(known.identification_type_code, known.id) for known in read.declarant.further_ids] == [
        ("OGRN", "1234567890123"),
        ("KPP", "771201001"),
    ]
    assert shipment.consignee == read.declarant, "the indicator says so"
    assert read.invoice_amount == model.Amount(Decimal("63676.80"), "USD")
    assert read.currency_exchanges[0].rate_numeric == Decimal("65.6783")
    assert (read.border_transport_means.mode_code, read.border_transport_means.id) == ("1", '"EXAMPLE STAR"')
    assert (shipment.trade_terms.condition_code, shipment.consignment.container_code) == ("CFR", "1")
    assert read.obligation_guarantees[0].amount == model.Amount(Decimal("1000.00"))


def test_it_writes_a_party_that_is_the_declarant_no_more(read):
    other = replace(read.goods_shipment.consignee, name="ДРУГОЙ")
    changed = replace(read, goods_shipment=replace(read.goods_shipment, consignee=other))
    written = wire.write(changed, "eaeu")
    assert find(written, "EqualIndicator") == []
    assert find(written, "OrganizationName") == ["FRUTAS S.A.", "ДРУГОЙ", 'ООО "ПРИМЕР"']
    moved = replace(read, declarant=replace(read.declarant, name="НОВЫЙ"))
    assert find(wire.write(moved, "eaeu"), "OrganizationName") == ["FRUTAS S.A.", 'ООО "ПРИМЕР"', "НОВЫЙ"]


def test_it_reads_who_signed(read):
    signed = read.authentication
    assert signed.authenticator.name == "ПРИМЕРОВ ИВАН ИВАНОВИЧ"
    assert signed.authenticator.communications[0] == model.Communication(type_code="TE", id="+7 000 000-00-00")
    assert (signed.authenticator.identity_document.type_code, signed.signed.text) == ("21", "20190214")
    assert (signed.authority.name, signed.authority.expiration.text) == ("ПРИКАЗ", "20201231")


def test_it_reads_an_item(read):
    (item,) = read.goods_shipment.items
    reading = read_declaration(read)
    assert reading.direction == "IM"
    assert (reading.items[0].code_text, reading.items[0].preference) == ("0803901000", "ГГ")
    assert (reading.items[0].procedure, reading.items[0].previous_procedure) == ("40", "00")
    assert item.commodity.description == "БАНАНЫ СВЕЖИЕ 4320 КОР."
    assert item.commodity.item_charge_amount == model.Amount(Decimal("63676.80"), "USD")
    assert item.statistical_value_amount.currency == "USD"
    assert [(document.type_code, document.id) for document in item.additional_documents] == [
        ("380", "IV-9"),
        ("01191", "D 1"),
    ]
    assert item.previous_documents[0].id == "10000003/051218/0000063"
    assert item.previous_documents[0].issue == model.Moment("20181205", "102")
    (tax,) = item.commodity.duty_tax_fees
    assert (tax.type_code, tax.tax_rate_numeric, tax.payment_method_code) == ("2010", Decimal("4.00"), "УН")
    assert tax.payment_amount == model.Amount(Decimal("167287.36"), "RUB")
    assert tax.ad_valorem_tax_base == model.Amount(Decimal("4182183.97"), "RUB")
    assert (item.packagings[0].type_code, item.packagings[0].quantity) == ("BX", Decimal(4320))
    assert item.commodity.transport_equipments[0].id == "CSQU3054383"


def test_it_reads_a_transit():
    read = wire.read(TRANSIT).declaration
    item = read.goods_shipment.items[0]
    assert (read.type_code, read.declaration_office_id, read.presentation_office_id) == ("TR", "10000004", "39800001")
    assert read.goods_shipment.consignment.departure_transport_means.id == "000AAA"
    assert read.goods_shipment.consignment.carrier.name == "ПРИМЕР"
    assert item.commodity.goods_measure.tariff_quantity == model.Measure(Decimal(2400), "CMQ")
    assert (item.commodity.vehicles[0].id, item.commodity.vehicles[0].manufacture_year) == ("XTA00000000000001", 2016)
    assert read.obligation_guarantees[0].reference_id == "10000000/230524/0000001"


def _unnamed(content: bytes) -> bytes:
    """The message without any namespace."""
    return re.sub(rb'(</?)[A-Za-z_]+:|\sxmlns(?::\w+)?="[^"]*"', lambda found: found[1] or b"", content)


@pytest.mark.parametrize(
    "content",
    [
        IMPORT,
        TRANSIT,
        _unnamed(TRANSIT),
        _unnamed(IMPORT),
        TRANSIT.replace(b":5.23.0", b":5.31.1").replace(b":5.22.0", b":5.30.2"),
        TRANSIT.replace(b"<cat_ru:", b"<c:").replace(b"</cat_ru:", b"</c:").replace(b"xmlns:cat_ru=", b"xmlns:c="),
        TRANSIT.replace(b"<TransitDirectionCode", b'<TransitDirectionCode xmlns=""'),
        TRANSIT.replace(
            b"<RecipientCountryCode", b'<RecipientCountryCode xmlns="urn:customs.ru:CommonAggregateTypes:9"'
        ),
    ],
    ids=["import", "transit", "unnamed", "unnamed-envelope", "album", "prefix", "none", "two-versions"],
)
def test_it_writes_back_what_it_read(content):
    read = wire.read(content).declaration
    assert read.type_code in ("IM40", "TR")
    assert said(wire.write(read, "eaeu")) == said(content)
    assert said(wire.write(wire.read(wire.canonical(read)).declaration, "eaeu")) == said(content)
    assert wire.read(wire.write(read, "eaeu")).declaration == read


def test_it_writes_new_elements_in_the_messages_own_album(read):
    shipment = read.goods_shipment
    new = model.GoodsItem(sequence_numeric=2, commodity=model.Commodity(description="ЯБЛОКИ"))
    written = wire.write(replace(read, goods_shipment=replace(shipment, items=(*shipment.items, new))), "eaeu")
    items = list(
        etree.fromstring(written).iter("{urn:customs.ru:Information:CustomsDocuments:ESADout_CU:5.14.0}ESADout_CUGoods")
    )
    assert len(items) == 2
    name = "{urn:customs.ru:CUESADCommonAggregateTypesCust:5.14.0}GoodsDescription"
    assert items[1].findtext(name) == "ЯБЛОКИ"
    assert etree.QName(items[1].getnext()).localname == "Guarantee"
    assert [etree.QName(child).localname for child in items[1]] == ["GoodsNumeric", "GoodsDescription", "Preferencii"]


def test_it_writes_new_elements_without_a_namespace_where_the_message_has_none():
    read = wire.read(_unnamed(TRANSIT)).declaration
    written = wire.write(replace(read, functional_reference_id="A-1"), "eaeu")
    assert b"<RegNumberDoc>A-1<" in written
    assert b"xmlns" not in written


def test_it_keeps_the_order_of_the_schema_for_what_is_new():
    read = wire.read(TRANSIT).declaration
    written = etree.fromstring(
        wire.write(replace(read, issue_location_id="ПОСТ", declarant=model.Party(name="Я")), "eaeu")
    )
    assert [etree.QName(child).localname for child in written] == [
        "DocumentID",
        "CustomsProcedure",
        "TransitDirectionCode",
        "RecipientCountryCode",
        "ExecutionPlace",
        "ESADout_CUGoodsShipment",
    ]
    assert [etree.QName(child).localname for child in written[-1]][:2] == ["ESADout_CUDeclarant", "ESADout_CUCarrier"]


def test_it_takes_out_what_follows_a_value_that_changed(read):
    shipment = replace(read.goods_shipment, export_country_id="CO")
    written = wire.write(replace(read, goods_shipment=shipment), "eaeu")
    assert find(written, "DispatchCountryCode") == ["CO"]
    assert find(written, "DispatchCountryName") == []


def test_it_leaves_no_empty_element_where_a_value_is_gone(read):
    written = wire.write(replace(read, entry_office_id=None, issue_location_id=None), "eaeu")
    assert find(written, "ExecutionPlace") == []


def test_it_keeps_a_long_description_whole(read):
    text = "очень подробное описание товара " * 25
    commodity = replace(read.goods_shipment.items[0].commodity, description=text.strip())
    items = (replace(read.goods_shipment.items[0], commodity=commodity),)
    changed = replace(read, goods_shipment=replace(read.goods_shipment, items=items))
    again = wire.read(wire.write(changed, "eaeu")).declaration
    assert again.goods_shipment.items[0].commodity.description == text.strip()


@pytest.mark.parametrize(
    ("country", "number", "element"),
    [
        ("RU", "7712345678", "INN"),
        ("KZ", "990140000001", "BIN"),
        ("KZ", "990112000001", "IIN"),
        ("BY", "100000001", "UNP"),
        ("AM", "00000001", "UNN"),
        ("KG", "01234567890123", "KGINN"),
        ("TJ", "020012345", "UITNCode"),
        ("RU", "a new one", "UITNCode"),
    ],
)
def test_it_writes_a_partys_number_into_its_countrys_register(country, number, element):
    party = model.Party(id=number, address=model.Address(country_code=country))
    written = wire.write(model.Declaration(type_code="IM40", declarant=party), "eaeu")
    assert find(written, element) == [number]
    assert wire.read(written).declaration.declarant == party


def test_it_writes_a_declaration_of_another_format_whole():
    source = wire.read(demonstration.sample_path("flour.json").read_bytes()).declaration
    written = wire.write(source, "eaeu")
    assert find(written, "CustomsProcedure") + find(written, "CustomsModeCode") == ["ИМ", "40"]
    assert find(written, "GoodsTNVEDCode") == ["1101001500"]
    assert find(written, "InvoicedCost") + find(written, "ContractCurrencyCode") == ["19720.00", "USD"]
    assert find(written, "PresentedDocumentModeCode") == ["04021", "02013", "851"]
    assert find(written, "PalleteCode") + find(written, "PakageQuantity") == ["BG", "1360"]
    assert find(written, "MainCustomsModeCode") + find(written, "GoodsTransferFeature") == ["40", "000"]
    assert find(written, "DocumentID") == find(wire.write(source, "eaeu"), "DocumentID")
    back = wire.read(written).declaration
    assert back.goods_shipment.items[0].commodity == source.goods_shipment.items[0].commodity
    lost = {finding.path for finding in wire.left_behind(source, "eaeu")}
    assert "goods_shipment.customs_valuation" in lost
    assert not any("commodity" in path for path in lost)


def test_it_says_what_no_other_format_can_carry(read):
    names = {finding.params["name"] for finding in wire.left_behind(read, "wco")}
    assert "ESADout_CUCustomsPaymentCalculation/Rate2" in names
    assert "ED_Container/ContainerDoc/DocBody/Inventory/InventoryInstance/InventDocument/InvDocCode" in names
    assert "xmlns" not in names
    assert wire.left_behind(read, "eaeu") == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (IMPORT.replace(b"</FilledPerson>", b"</Filled>"), ("WIRE-07", "")),
        (IMPORT[:3000], ("WIRE-08", "")),
        (b"<ED_Container><ESADout_CU/><ESADout_CU/></ED_Container>", ("WIRE-25", "")),
        (b"<ED_Container/>", ("WIRE-11", "")),
        (TRANSIT.replace(b"8703239087", b"8" * 4001), ("WIRE-32", "items[0].GoodsTNVEDCode")),
        (
            TRANSIT.replace(b"<TransitDirectionCode>", b"<a>" * 40 + b"</a>" * 40 + b"<TransitDirectionCode>"),
            ("WIRE-09", "a"),
        ),
    ],
)
def test_it_refuses_what_is_no_declaration_or_too_much(content, found, refused):
    assert refused(content) == [found]


def test_it_refuses_a_kept_piece_that_no_reader_made(refused):
    for name, content in (("ESADout_CUGoods", "<q:ESADout_CUGoods/>"), ("xmlns", "<x/>"), ("ED_Container", "<a/>")):
        declaration = model.Declaration(extensions=(model.Extension("eaeu", name, content),))
        assert refused(wire.canonical(declaration)) == [("WIRE-26", "extensions[0]")]
