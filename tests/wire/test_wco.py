# SPDX-License-Identifier: Apache-2.0
"""Declarations as WCO XML: read, written, and what becomes of what the model does not name."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from gumruk import demonstration, wire
from gumruk.law.declarations import model
from gumruk.wire.wco.profile import PROFILE
from gumruk.wire.wco.table import Kind


@pytest.mark.parametrize("name", ["kept.xml", "amendment.xml"])
def test_it_writes_what_it_read(name, sample, what_it_says):
    written = wire.write(wire.read(sample(name)).declaration, "wco")
    assert what_it_says(written) == what_it_says(sample(name))


@pytest.mark.parametrize("name", [name for name in demonstration.SAMPLES if name.endswith(".xml")])
def test_it_writes_our_samples_byte_for_byte(name):
    content = demonstration.sample_path(name).read_bytes()
    assert wire.write(wire.read(content).declaration, "wco") == content


@pytest.mark.parametrize("name", demonstration.SAMPLES)
def test_it_carries_our_samples_through_both_formats(name):
    declaration = wire.read(demonstration.sample_path(name).read_bytes()).declaration
    by_json = wire.read(wire.write(declaration, "json")).declaration
    by_xml = wire.read(wire.write(by_json, "wco")).declaration
    assert by_json == declaration
    assert wire.read(wire.write(by_xml, "wco")).declaration == by_xml
    assert dataclasses.replace(by_xml, extensions=()) == dataclasses.replace(declaration, extensions=())


def test_it_adds_namespaces_that_got_lost(sample, what_it_says):
    declaration = wire.read(sample("stripped.xml")).declaration
    written = wire.write(declaration, "wco")
    assert declaration.acceptance == model.Moment("20261125", "102")
    assert b'xmlns="urn:wco:datamodel:WCO:DEC-DMS:2"' in written
    assert b"<ds:DateTimeString" in written
    assert what_it_says(written) == what_it_says(sample("stripped.xml"))


def test_it_opens_a_transport_envelope(sample):
    inner = sample("stripped.xml").split(b"-->", 1)[1]
    wrapped = b"<submitDeclarationRequest><requestDetail>" + inner + b"</requestDetail></submitDeclarationRequest>"
    assert wire.read(wrapped).declaration == wire.read(inner).declaration


def test_it_keeps_the_order_of_procedures(sample):
    item = wire.read(sample("kept.xml")).declaration.goods_shipment.items[0]
    assert [procedure.current_code for procedure in item.government_procedures] == ["40", "MED", "C07", "MED"]


def test_it_tells_absent_from_empty(sample):
    packaging = wire.read(sample("kept.xml")).declaration.goods_shipment.items[0].packagings[0]
    assert packaging.marks_numbers_id == ""
    assert wire.read(sample("kept.xml")).declaration.id is None


def test_it_reads_numbers_exactly_and_keeps_their_spelling(sample):
    declaration = wire.read(sample("kept.xml")).declaration
    assert declaration.invoice_amount == model.Amount(Decimal("1500.50"), "USD")
    assert declaration.goods_item_quantity == 2
    kept = {e.name: e.content for e in declaration.extensions}
    assert kept["InvoiceAmount/text()"] == "+1500.50"
    assert kept["GoodsItemQuantity/text()"] == "02"


def test_it_reads_a_whole_number_that_is_written_with_a_point(what_it_says):
    message = b"<MetaData><WCOTypeName>DEC</WCOTypeName><Declaration><GoodsItemQuantity>2.0</GoodsItemQuantity>"
    message += b"</Declaration></MetaData>"
    declaration = wire.read(message).declaration
    assert declaration.goods_item_quantity == 2
    assert what_it_says(wire.write(declaration, "wco")) == what_it_says(message)


def test_it_drops_a_spelling_when_the_number_was_amended(sample):
    declaration = wire.read(sample("kept.xml")).declaration
    amended = dataclasses.replace(declaration, goods_item_quantity=3)
    written = wire.write(amended, "wco")
    assert b"<GoodsItemQuantity>3</GoodsItemQuantity>" in written
    assert b"+1500.50</InvoiceAmount>" in written


def test_it_finds_the_element_of_an_attribute_when_another_came_before_it(sample):
    declaration = wire.read(sample("kept.xml")).declaration
    amended = dataclasses.replace(declaration, acceptance=model.Moment("20261125", "102"))
    assert b'<FunctionCode listAgencyID="6" listID="1225">9</FunctionCode>' in wire.write(amended, "wco").replace(
        b'listID="1225" listAgencyID="6"', b'listAgencyID="6" listID="1225"'
    )


def test_it_writes_an_envelope_where_none_was():
    declaration = wire.read(b"<Declaration><TypeCode>IMA</TypeCode></Declaration>").declaration
    written = wire.write(declaration, "wco")
    assert b"<md:WCODataModelVersionCode>3.6</md:WCODataModelVersionCode>" in written
    assert b"<md:WCOTypeName>DEC</md:WCOTypeName>" in written


def test_it_escapes_what_would_be_markup():
    nasty = '<a href="x">&amp;</a> ]]>\r\n'
    declaration = model.Declaration(id=nasty, invoice_amount=model.Amount(Decimal(1), 'U"S<D'))
    read = wire.read(wire.write(declaration, "wco")).declaration
    assert (read.id, read.invoice_amount) == (declaration.id, declaration.invoice_amount)


def test_it_names_all_wrong_values_at_once_with_path_and_line(refused):
    message = b"""<Declaration>
    <GoodsItemQuantity>two</GoodsItemQuantity>
    <GoodsShipment><CustomsValuation><FreightChargeAmount>1,5</FreightChargeAmount></CustomsValuation>
      <GovernmentAgencyGoodsItem/>
      <GovernmentAgencyGoodsItem><Commodity><GoodsMeasure>
        <NetNetWeightMeasure>12 kg</NetNetWeightMeasure></GoodsMeasure>
        <InvoiceLine><ItemChargeAmount/></InvoiceLine></Commodity>
        <Packaging/><Packaging><SequenceNumeric>1.5</SequenceNumeric></Packaging>
      </GovernmentAgencyGoodsItem></GoodsShipment></Declaration>"""
    assert refused(message) == [
        ("WIRE-15", "goods_item_quantity"),
        ("WIRE-14", "goods_shipment.customs_valuation.freight_charge_amount"),
        ("WIRE-14", "items[1].commodity.goods_measure.net_mass"),
        ("WIRE-14", "items[1].commodity.item_charge_amount"),
        ("WIRE-15", "items[1].packagings[1].sequence_numeric"),
    ]
    with pytest.raises(wire.WireError) as caught:
        wire.read(message)
    assert [finding.params["line"] for finding in caught.value.findings] == ["2", "3", "6", "7", "8"]


@pytest.mark.parametrize("number", ["1e5", "NaN", "Infinity", "1 000", "0x10", "--1", "1.2.3", "\u0661", "1" * 41])
def test_it_takes_only_plain_digits_for_a_number(number, refused):
    message = f"<Declaration><InvoiceAmount>{number}</InvoiceAmount></Declaration>".encode()
    assert refused(message) == [("WIRE-14", "invoice_amount")]


def test_it_reads_a_negative_mass_for_the_checks_to_refuse():
    message = b"<Declaration><TotalGrossMassMeasure>-5.0</TotalGrossMassMeasure></Declaration>"
    assert wire.read(message).declaration.total_gross_mass == model.Measure(Decimal("-5.0"))


def test_every_field_of_the_model_has_one_row():
    def fields(rows):
        for row in rows:
            yield from fields(row.rows) if row.kind is Kind.GROUP else [row.attribute]

    for of, rows in PROFILE.items():
        named = list(fields(rows))
        assert sorted(named) == sorted(f.name for f in dataclasses.fields(of) if f.name != "extensions"), of


def test_it_keeps_what_another_namespace_adds_to_our_edition(what_it_says):
    message = b"""<MetaData xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="urn:p" xmlns:q="urn:q">
    <WCOTypeName>&lt;DEC></WCOTypeName>
    <Declaration p:c="3" i:schemaLocation="urn:a a.xsd" i:noNamespaceSchemaLocation="b.xsd">
    <ID p:a="1" p:b="2" q:a="3" schemeName="&#10;&quot;">7</ID>
    <Note xmlns="urn:n" q:a="1" q:b="2"><p:Inner p:a="1" p:b="&lt;"/></Note></Declaration></MetaData>"""
    declaration = wire.read(message).declaration
    written = wire.write(declaration, "wco")
    assert what_it_says(written)[1:] == what_it_says(message)[1:]
    assert wire.write(wire.read(wire.canonical(declaration)).declaration, "wco") == written


def test_it_never_writes_an_attribute_twice():
    message = b"""{"id": "7", "invoice_amount": {"value": "1", "currency": "USD"}, "extensions": [
    {"format": "wco", "name": "InvoiceAmount/@currencyID", "content": "EUR"},
    {"format": "wco", "name": "ID/@schemeID", "content": "a"},
    {"format": "wco", "name": "ID/@schemeID", "content": "b"},
    {"format": "wco", "name": "@{urn:p}a", "content": "a"},
    {"format": "wco", "name": "@{urn:p}a", "content": "b"},
    {"format": "wco", "name": "MetaData/@{urn:p}a", "content": "a"},
    {"format": "wco", "name": "MetaData/@{urn:p}a", "content": "b"}]}"""
    written = wire.write(wire.read(message).declaration, "wco")
    assert wire.read(written).declaration.invoice_amount == model.Amount(Decimal(1), "USD")
