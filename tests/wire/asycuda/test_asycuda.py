# SPDX-License-Identifier: Apache-2.0
"""ASYCUDA World declarations: what is read, what comes back, and what a change changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from gumruk import demonstration, texts, wire
from gumruk.law.declarations import model
from gumruk.law.declarations.reading import read_declaration
from gumruk.wire.safety import Limits

SAMPLE = (Path(__file__).parent / "samples" / "import.xml").read_bytes()
_PARSER = etree.XMLParser(remove_comments=True)


@pytest.fixture
def read() -> model.Declaration:
    """The sample as it is read."""
    return wire.read(SAMPLE).declaration


def said(content: bytes) -> list:
    def of(element) -> list:
        return [element.tag, sorted(element.items()), " ".join((element.text or "").split()), *map(of, element)]

    return of(etree.fromstring(content, _PARSER))


def changed(before: model.Declaration, **values: object) -> etree._Element:
    return etree.fromstring(wire.write(replace(before, **values), "asycuda"))


def first_item(before: model.Declaration, **values: object) -> model.Declaration:
    shipment = before.goods_shipment
    items = (replace(shipment.items[0], **values), *shipment.items[1:])
    return replace(before, goods_shipment=replace(shipment, items=items))


def test_it_reads_the_head(read):
    shipment = read.goods_shipment
    assert wire.read(SAMPLE).format == "asycuda"
    assert (read.function_code, read.type_code, read.id) == ("9", "IM4", "C3773")
    assert read.declaration_office_id == "XX110"
    assert read.issue == model.Moment("20160824", "102")
    assert (read.goods_item_quantity, read.total_package_quantity) == (2, Decimal(15))
    assert read.exporter == model.Party(
        name="Blue Hill Mills", address=model.Address(line="12 Harbour Road, Port Anne")
    )
    assert (shipment.consignee.id, read.declarant.id) == ("K10001", "D77")
    assert read.authentication.authenticator.name == "Anna Example"
    assert read.invoice_amount == model.Amount(Decimal(78012), "EUR")
    assert read.currency_exchanges[0].rate_numeric == Decimal("136.18")
    assert shipment.customs_valuation.freight_charge_amount == model.Amount(Decimal("350.5"), "USD")
    assert [charge.charges_type_code for charge in shipment.customs_valuation.charge_deductions] == ["AN"]
    assert (read.entry_office_id, shipment.consignment.container_code) == ("XX190", "1")
    assert shipment.consignment.arrival_transport_means.id == "AB123"
    assert shipment.consignment.transport_equipments[0].id == "CSQU3054383"
    assert (shipment.invoices[0].id, shipment.invoices[0].issue.text) == ("IV-7", "20160916")
    assert [(document.type_code, document.id) for document in shipment.previous_documents] == [
        (None, "XX110 2015 C 22699"),
        ("785", "2016 299"),
    ]
    assert shipment.previous_documents[0].gross_mass == model.Measure(Decimal("1.5"), "KGM")
    assert read.obligation_guarantees == ()
    assert read.additional_documents == (model.AdditionalDocument(category_code="1", type_code="DAN", id="K10001"),)


def test_it_reads_an_item(read):
    item, second = read.goods_shipment.items
    reading = read_declaration(read)
    assert reading.direction == "IM"
    assert reading.items[0].code_text == "7614100000"
    assert (reading.items[0].procedure, reading.items[0].previous_procedure) == ("40", "00")
    assert (reading.items[0].additional_procedures, reading.items[0].preference) == (("EXB",), "PREF")
    assert item.commodity.item_charge_amount == model.Amount(Decimal(70000), "EUR")
    assert item.commodity.goods_measure.net_mass == model.Measure(Decimal("3.5"), "KGM")
    assert item.commodity.goods_measure.tariff_quantity == model.Measure(Decimal(12), "NMB")
    assert (item.packagings[0].marks_numbers_id, item.packagings[0].type_code) == ("BHM\n1-10", "CT")
    assert [document.type_code for document in item.additional_documents] == ["380"]
    taxes = item.commodity.duty_tax_fees
    assert [(tax.type_code, tax.tax_rate_numeric, tax.payment_amount.value) for tax in taxes] == [
        ("DOG", Decimal(0), Decimal(0)),
        ("TVS", Decimal("0.2"), Decimal(177470)),
    ]
    assert (item.sequence_numeric, second.sequence_numeric) == (1, 2)
    assert second.commodity.description == "T-shirts"
    assert second.additional_informations[0].statement_code == "7"
    assert second.commodity.item_charge_amount.currency == "EUR", "the invoice's, where an item names none"


def test_it_writes_back_what_it_read(read):
    assert said(wire.write(read, "asycuda")) == said(SAMPLE)
    assert said(wire.write(wire.read(wire.canonical(read)).declaration, "asycuda")) == said(SAMPLE)
    assert wire.left_behind(read, "asycuda") == []


def test_it_leaves_what_may_be_two_numbers_in_the_message(read):
    assert read.goods_shipment.items[1].packagings == ()
    written = etree.fromstring(wire.write(read, "asycuda"))
    assert written.findall("Item")[1].findtext("Packages/Number_of_packages") == "1,234"
    (note,) = wire.unread(read)
    assert (note.code, note.path) == ("WIRE-46", "items[1]")
    assert dict(note.params) == {"element": "Number_of_packages", "value": "1,234"}
    assert all(texts.say(language, "finding.WIRE-46.text", **note.params) for language in texts.LANGUAGES)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("8/24/16", model.Moment("20160824", "102")),
        ("24/8/16", model.Moment("20160824", "102")),
        ("16/09/2016", model.Moment("20160916", "102")),
        ("2016-09-16", model.Moment("20160916", "102")),
        ("03/04/2016", model.Moment("03/04/2016")),
        ("31/31/16", model.Moment("31/31/16")),
        ("soon", model.Moment("soon")),
    ],
)
def test_it_reads_a_day_only_where_it_can_be_one_only(text, moment):
    content = SAMPLE.replace(b"<Date_of_declaration>8/24/16<", f"<Date_of_declaration>{text}<".encode())
    read = wire.read(content).declaration
    assert read.issue == moment
    assert etree.fromstring(wire.write(read, "asycuda")).findtext("Property/Date_of_declaration") == text


def test_it_takes_out_what_follows_a_value_that_changed(read):
    written = changed(read, declaration_office_id="XX200")
    assert written.findtext("Identification/Office_segment/Customs_clearance_office_code") == "XX200"
    assert not written.findtext("Identification/Office_segment/Customs_Clearance_office_name")
    written = changed(read, invoice_amount=model.Amount(Decimal("80000.50"), "EUR"))
    assert written.findtext("Valuation/Gs_Invoice/Amount_foreign_currency") == "80000.50"
    assert written.findtext("Valuation/Gs_Invoice/Currency_rate") == "136.18"
    assert not written.findtext("Valuation/Gs_Invoice/Amount_national_currency")
    assert not written.findtext("Valuation/Total/Total_invoice")
    assert written.findtext("Valuation/Total_CIF") == "1.0623724E7"


def test_it_leaves_an_empty_box_where_a_value_is_gone(read):
    written = changed(read, issue=None, exporter=None)
    assert written.find("Property/Date_of_declaration") is not None
    assert not written.findtext("Property/Date_of_declaration")
    assert not written.findtext("Traders/Exporter/Exporter_name")


def test_it_fills_an_empty_row_with_a_further_tax_line(read):
    taxes = read.goods_shipment.items[0].commodity.duty_tax_fees
    commodity = replace(
        read.goods_shipment.items[0].commodity, duty_tax_fees=(*taxes, model.DutyTaxFee(type_code="AKC"))
    )
    written = etree.fromstring(wire.write(first_item(read, commodity=commodity), "asycuda"))
    lines = written.find("Item").findall("Taxation/Taxation_line")
    assert [line.findtext("Duty_tax_code").strip() for line in lines] == ["DOG", "TVS", "AKC", ""]
    commodity = replace(commodity, duty_tax_fees=taxes[1:])
    written = etree.fromstring(wire.write(first_item(read, commodity=commodity), "asycuda"))
    lines = written.find("Item").findall("Taxation/Taxation_line")
    assert [line.findtext("Duty_tax_code").strip() for line in lines] == ["TVS", "", ""]
    assert lines[0].findtext("Duty_tax_amount") == "177470"


def test_it_adds_and_removes_items_with_all_they_hold(read):
    shipment = read.goods_shipment
    fresh = model.GoodsItem(commodity=model.Commodity(description="Nails"))
    items = (shipment.items[1], fresh)
    written = changed(read, goods_shipment=replace(shipment, items=items))
    kept, new = written.findall("Item")
    assert kept.findtext("Strange_box/Inner") == "too"
    assert kept.find("Strange_box").get("kind") == "own"
    assert new.findtext("Goods_description/Commercial_Description") == "Nails"
    assert [e.tag for e in written][-3:] == ["Prev_decl", "Item", "Item"]


def test_it_reads_an_export_into_other_fields(read):
    content = SAMPLE.replace(b"<Type_of_declaration>IM<", b"<Type_of_declaration>EX<")
    export = wire.read(content).declaration
    assert (export.type_code, export.exit_office_id, export.entry_office_id) == ("EX4", "XX190", None)
    assert export.goods_shipment.consignment.departure_transport_means.id == "AB123"
    assert said(wire.write(export, "asycuda")) == said(content)


def test_it_brings_a_type_of_three_letters_back(read):
    content = SAMPLE.replace(b"<Type_of_declaration>IM<", b"<Type_of_declaration>IMR<")
    again = wire.read(content).declaration
    assert again.type_code == "IMR4"
    assert said(wire.write(again, "asycuda")) == said(content)


def test_it_writes_a_declaration_of_another_format_whole():
    source = wire.read(demonstration.sample_path("flour.json").read_bytes()).declaration
    written = etree.fromstring(wire.write(source, "asycuda"))

    def text(path: str) -> str:
        return written.findtext(path)

    assert (text("Property/Sad_flow"), text("Identification/Type/Type_of_declaration")) == ("I", "IM")
    assert text("Identification/Type/Declaration_gen_procedure_code") == "4"
    assert text("Traders/Exporter/Exporter_name") == "Kostanay Mills JSC\n64 Abay Avenue\n110000 Kostanay\nKZ"
    assert text("Traders/Consignee/Consignee_code") == "050018236"
    assert (
        text("Item/Tarification/HScode/Commodity_code") + text("Item/Tarification/HScode/Precision_1") == "1101001500"
    )
    assert text("Item/Tarification/Extended_customs_procedure") == "4000"
    assert text("Item/Tarification/Item_price") == "19720.00"
    assert text("Item/Valuation_item/Item_Invoice/Amount_foreign_currency") == "19720.00"
    assert text("Item/Valuation_item/Weight_itm/Net_weight_itm") == "68000.000"
    assert text("Item/Packages/Number_of_packages") == "1360"
    assert [e.text for e in written.iterfind("Item/Attached_documents/Attached_document_code")] == ["380", "720", "851"]
    assert text("Valuation/Gs_external_freight/Amount_foreign_currency") == "2380.00"
    back = wire.read(etree.tostring(written)).declaration
    assert back.goods_shipment.items[0].commodity.item_charge_amount == model.Amount(Decimal("19720.00"), "USD")
    lost = {finding.path for finding in wire.left_behind(source, "asycuda")}
    assert "border_transport_means.identification_type_code" in lost
    assert not any("commodity" in path or path.startswith("invoice") for path in lost)


def test_it_says_what_no_other_format_can_carry(read):
    names = [finding.params["name"] for finding in wire.left_behind(read, "wco")]
    assert "Item/Strange_box/Inner" in names
    assert "ASYCUDA/General_information/Country/Trading_country" in names
    assert "Item/Tarification/Item_price" not in names, "the model has it"
    assert len(names) == len(set(names)), "each once"


def test_it_writes_masses_in_kilograms(read):
    measure = model.GoodsMeasure(gross_mass=model.Measure(Decimal("1.25"), "TNE"))
    commodity = replace(read.goods_shipment.items[0].commodity, goods_measure=measure)
    written = etree.fromstring(wire.write(first_item(read, commodity=commodity), "asycuda"))
    assert Decimal(written.findtext("Item/Valuation_item/Weight_itm/Gross_weight_itm")) == 1250


def test_it_brings_a_namespace_back():
    content = SAMPLE.replace(b'<ASYCUDA id="41">', b'<ASYCUDA id="41" xmlns="urn:example:aw:7">')
    content = content.replace(b"<Strange_box", b'<Strange_box xmlns=""').replace(b"<Inner>", b'<Inner xmlns="urn:x">')
    read = wire.read(content).declaration
    assert read.type_code == "IM4"
    assert said(wire.write(read, "asycuda")) == said(content)
    item = model.GoodsItem(commodity=model.Commodity(description="Nails"))
    shipment = replace(read.goods_shipment, items=(*read.goods_shipment.items, item))
    written = changed(read, goods_shipment=shipment)
    assert len(written.findall("{urn:example:aw:7}Item")) == 3


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (b"</Traders>", b"</Trader>", ("WIRE-07", "")),
        (b"<A.I._code>9<", b"<A.I._code>" + b"9" * 4001 + b"<", ("WIRE-32", "items[0].A.I._code")),
        (b"<Inner>too</Inner>", b"<I>" * 40 + b"</I>" * 40, ("WIRE-09", "I")),
        (b"<Warehouse>", b"<Warehouse %s>" % b" ".join(b'a%d="1"' % n for n in range(40)), ("WIRE-10", "Warehouse")),
        (b"</ASYCUDA>", b"", ("WIRE-08", "")),
    ],
)
def test_it_refuses_what_is_broken_or_too_much(before, after, found, refused):
    assert refused(SAMPLE.replace(before, after, 1)) == [found]


def test_it_says_the_line_of_a_finding(refused):
    content = SAMPLE.replace(b"<Inner>too</Inner>", b"\n\n" + b"<I>" * 40 + b"</I>" * 40)
    with pytest.raises(wire.WireError) as caught:
        wire.read(content)
    line = int(caught.value.findings[0].params["line"])
    assert b"<I><I>" in content.split(b"\n")[line - 1]


def test_it_refuses_very_many_items(refused):
    assert refused(SAMPLE, Limits(items_max=1)) == [("WIRE-13", "items")]


def test_it_names_a_manifest_and_refuses_it(refused):
    assert refused(b"<Awmds/>") == [("WIRE-24", "")]


def test_it_reads_and_writes_seals(read):
    content = SAMPLE.replace(b"<Valuation>", b"<Transit><Seals><Identity>S1 S2</Identity></Seals></Transit><Valuation>")
    sealed = wire.read(content).declaration
    (container,) = sealed.goods_shipment.consignment.transport_equipments
    assert (container.id, container.seals) == ("CSQU3054383", (model.Seal(id="S1"), model.Seal(id="S2")))
    assert said(wire.write(sealed, "asycuda")) == said(content)
    alone = model.Consignment(transport_equipments=(model.TransportEquipment(seals=(model.Seal(id="S9"),)),))
    written = wire.write(model.Declaration(goods_shipment=model.GoodsShipment(consignment=alone)), "asycuda")
    assert etree.fromstring(written).findtext("Transit/Seals/Identity") == "S9"
    assert etree.fromstring(written).find("Container") is None


def test_it_reads_a_bare_root():
    assert wire.read(b"<ASYCUDA/>").declaration == model.Declaration(
        function_code="9", extensions=(model.Extension("asycuda", "ASYCUDA", "<ASYCUDA></ASYCUDA>"),)
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Item", "<Item><Free_text_1></Item>"),
        ("Item", "<Other/>"),
        ("Nothing", "<Nothing/>"),
        ("Item", "<Item/><Item/>"),
        ("Item", "<Item><!-- x --></Item>"),
        ("Item", "<Item>" + "<a>" * 40 + "</a>" * 40 + "</Item>"),
        ("xmlns", "<_ a='1'/>"),
    ],
)
def test_it_refuses_a_kept_piece_that_no_reader_made(name, content, refused):
    declaration = model.Declaration(extensions=(model.Extension("asycuda", name, content),))
    assert refused(wire.canonical(declaration)) == [("WIRE-26", "extensions[0]")]


def test_it_says_that_a_piece_made_by_hand_cannot_be_written():
    broken = model.Declaration(extensions=(model.Extension("asycuda", "ASYCUDA", "<ASYCUDA>"),))
    with pytest.raises(wire.WireError) as caught:
        wire.write(broken, "asycuda")
    assert caught.value.findings[0].code == "WIRE-26"


def test_it_says_that_no_message_may_hold_a_character():
    with pytest.raises(wire.WireError) as caught:
        wire.write(model.Declaration(functional_reference_id="a\x00b"), "asycuda")
    assert caught.value.findings[0].code == "WIRE-22"


@pytest.mark.parametrize("root", [b"Asycuda", b"asycuda"])
def test_it_knows_the_form_by_its_root_in_any_case(root):
    content = SAMPLE.replace(b"<ASYCUDA", b"<" + root).replace(b"</ASYCUDA>", b"</" + root + b">")
    message = wire.read(content)
    assert message.format == "asycuda"
    assert said(wire.write(message.declaration, "asycuda")) == said(content)
