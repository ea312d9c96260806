# SPDX-License-Identifier: Apache-2.0
"""The schema at the edge: what is wrong with a message's structure and formats, each at its line and its place."""

from __future__ import annotations

import pytest

from gumruk import wire
from gumruk.wire.wco.facts import Fact, published, widened
from gumruk.wire.wco.plan import DECLARATIONS, RESPONSES

_SPACES = 'xmlns="urn:wco:datamodel:WCO:DEC-DMS:2" xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"'
_SPACES += ' xmlns:ds="urn:wco:datamodel:WCO:Declaration_DS:DMS:2"'


def _message(inner: str, country: str = "GB") -> bytes:
    envelope = f"<md:ResponsibleCountryCode>{country}</md:ResponsibleCountryCode>" if country else ""
    return f"<md:MetaData {_SPACES}>{envelope}<Declaration>{inner}</Declaration></md:MetaData>".encode()


def _item(inner: str) -> bytes:
    shipment = f"<GoodsShipment><GovernmentAgencyGoodsItem>{inner}</GovernmentAgencyGoodsItem></GoodsShipment>"
    return _message(f"<FunctionCode>9</FunctionCode>{shipment}")


def _findings(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(wire.WireError) as caught:
        wire.read(content)
    return [(finding.code, finding.path) for finding in caught.value.findings]


def test_it_names_an_unknown_element_and_what_may_stand_there(refused):
    message = _message("<FunctionCode>9</FunctionCode>\n<Unknown/>")
    assert refused(message) == [("WIRE-33", "Unknown")]
    with pytest.raises(wire.WireError) as caught:
        wire.read(message)
    params = caught.value.findings[0].params
    assert (params["line"], params["parent"]) == ("2", "Declaration")
    assert params["expected"].startswith("FunctionCode, FunctionalReferenceID, ID")


def test_it_names_an_element_out_of_order(refused):
    assert refused(_message("<ID>1</ID><FunctionCode>9</FunctionCode>")) == [("WIRE-34", "function_code")]


def test_it_names_an_element_that_stands_too_often(refused):
    twice = "<FunctionCode>9</FunctionCode><Declarant><ID>1</ID></Declarant><Declarant><ID>2</ID></Declarant>"
    assert refused(_message(twice)) == [("WIRE-35", "declarant")]
    assert refused(_message(twice, "TJ")) == [("WIRE-35", "declarant")]


def test_it_names_what_is_missing(refused):
    assert refused(_item("<TransactionNatureCode>1</TransactionNatureCode>")) == [("WIRE-36", "items[0]")]
    assert refused(_message("<ID>1</ID>")) == [("WIRE-36", "")]


def test_it_names_a_wrong_namespace(refused):
    head = "<FunctionCode>9</FunctionCode>"
    assert refused(_message(f'{head}<ID xmlns="urn:x">1</ID>')) == [("WIRE-37", "ID")]
    assert refused(_message(f'{head}<ID xmlns="urn:x">1</ID>', "TJ")) == [("WIRE-37", "ID")]
    date = '<IssueDateTime><DateTimeString formatCode="102">20260101</DateTimeString></IssueDateTime>'
    assert ("WIRE-37", "issue.DateTimeString") in refused(_message(head + date))


def test_it_names_attributes_that_are_not_or_must_be(refused):
    head = "<FunctionCode>9</FunctionCode>"
    date = "<IssueDateTime><ds:DateTimeString>20260101</ds:DateTimeString></IssueDateTime>"
    assert refused(_message(head + date)) == [("WIRE-39", "issue.DateTimeString")]
    assert refused(_message(head + '<ID color="red">1</ID>')) == [("WIRE-38", "id")]
    assert refused(_message(head + '<ID color="red">1</ID>', "TJ")) == [("WIRE-38", "id")]
    amount = '<InvoiceAmount currencyID="usd">1</InvoiceAmount>'
    assert refused(_message(head + amount)) == [("WIRE-43", "invoice_amount")]


@pytest.mark.parametrize(
    ("element", "code", "path"),
    [
        ("<FunctionCode>8</FunctionCode>", "WIRE-41", "function_code"),
        ("<FunctionCode>9</FunctionCode><ID>" + "x" * 71 + "</ID>", "WIRE-40", "id"),
        ("<FunctionCode>9</FunctionCode><ID>two\nlines</ID>", "WIRE-40", "id"),
        ("<FunctionCode>9</FunctionCode><ID> </ID>", "WIRE-40", "id"),
        ("<FunctionCode>9</FunctionCode><ID><b>1</b></ID>", "WIRE-42", "id"),
        ("<FunctionCode>9</FunctionCode><GoodsItemQuantity>x</GoodsItemQuantity>", "WIRE-15", "goods_item_quantity"),
        (
            "<FunctionCode>9</FunctionCode><GoodsItemQuantity>100000</GoodsItemQuantity>",
            "WIRE-40",
            "goods_item_quantity",
        ),
        ("<FunctionCode>9</FunctionCode><InvoiceAmount>1,5</InvoiceAmount>", "WIRE-14", "invoice_amount"),
        ("<FunctionCode>9</FunctionCode><InvoiceAmount>1.0001</InvoiceAmount>", "WIRE-40", "invoice_amount"),
        ("<FunctionCode>9</FunctionCode><InvoiceAmount>12345678901234</InvoiceAmount>", "", ""),
        ("<FunctionCode>9</FunctionCode><InvoiceAmount>12345678901234567</InvoiceAmount>", "WIRE-40", "invoice_amount"),
        ("<FunctionCode> 9 </FunctionCode><InvoiceAmount> 0001.50000 </InvoiceAmount>", "", ""),
    ],
)
def test_it_holds_a_message_to_the_formats_of_the_edition_that_it_names(element, code, path, refused):
    if code:
        assert refused(_message(element)) == [(code, path)]
    else:
        assert wire.read(_message(element)).declaration.function_code


def test_it_holds_our_own_edition_to_no_lengths_of_another_country():
    name = "Ҷамъияти дорои масъулияти маҳдуди " + "Ш" * 478
    inner = f"<Declarant><Name>{name}</Name></Declarant>"
    for country in ("TJ", ""):
        assert wire.read(_message(inner, country)).declaration.declarant.name == name
    assert ("WIRE-40", "declarant.name") in _findings(_message(inner))


def test_it_refuses_what_we_add_in_the_edition_of_another_country(refused):
    inner = "<FunctionCode>9</FunctionCode><EntryOffice><ID>TJ1</ID></EntryOffice>"
    assert wire.read(_message(inner, "TJ")).declaration.entry_office_id == "TJ1"
    assert refused(_message(inner)) == [("WIRE-33", "EntryOffice")]


def test_it_reads_what_the_schema_knows_and_the_model_does_not(what_it_says):
    inner = (
        "<FunctionCode>9</FunctionCode><LoadingListQuantity>3</LoadingListQuantity>"
        "<Consignment><ConsignmentItem><SequenceNumeric>1</SequenceNumeric></ConsignmentItem></Consignment>"
        '<GoodsShipment><ExitDateTime><ds:DateTimeString formatCode="102">20260101</ds:DateTimeString></ExitDateTime>'
        "</GoodsShipment>"
    )
    for country in ("GB", "TJ"):
        message = _message(inner, country)
        assert what_it_says(wire.write(wire.read(message).declaration, "wco")) == what_it_says(message)


def test_it_gives_back_its_namespace_to_a_date_that_the_model_does_not_name():
    stripped = (
        b"<MetaData><Declaration><GoodsShipment><ExitDateTime>"
        b'<DateTimeString formatCode="102">20260101</DateTimeString>'
        b"</ExitDateTime></GoodsShipment></Declaration></MetaData>"
    )
    declaration = wire.read(stripped).declaration
    assert b"<ds:DateTimeString" in wire.write(declaration, "wco")
    assert wire.read(wire.write(declaration, "wco")).declaration.goods_shipment == declaration.goods_shipment


def test_it_looks_into_what_stands_in_a_wrong_place(refused):
    inner = "<FunctionCode>9</FunctionCode><Declarant><ID>1</ID></Declarant><Agent><ID> </ID></Agent>"
    assert refused(_message(inner)) == [("WIRE-34", "agent"), ("WIRE-40", "agent.id")]


def test_it_names_what_is_wrong_in_the_envelope(refused):
    envelope = "<MetaData><WCOTypeName>DEC</WCOTypeName><WCODataModelVersionCode>3.6</WCODataModelVersionCode>"
    message = f"{envelope}<Sender/><Declaration/></MetaData>".encode()
    assert refused(message) == [("WIRE-34", ""), ("WIRE-33", "")]


def test_it_refuses_a_response_as_no_declaration(refused):
    assert refused(b"<MetaData><Response><FunctionCode>01</FunctionCode></Response></MetaData>") == [("WIRE-12", "")]


def _all(fact: Fact) -> list[Fact]:
    return [fact, *(inner for part in fact.parts for inner in _all(part))]


@pytest.mark.parametrize("dialect", [DECLARATIONS, RESPONSES], ids=["declaration", "response"])
def test_our_edition_is_the_published_one_and_what_our_profile_adds_in_one_order(dialect):
    theirs = published(dialect.table)
    ours = widened(theirs, dialect.profile[dialect.plan.of], dialect.profile)
    assert {fact.name for fact in _all(theirs)} <= {fact.name for fact in _all(ours)}
    for fact in _all(ours):
        names = [part.name for part in fact.parts]
        assert len(names) == len(set(names)), fact.name
    own = [row.element for row in dialect.profile[dialect.plan.of]]
    named = [part.name for part in ours.parts]
    assert [name for name in named if name in own] == own
    assert [name for name in named if name in {part.name for part in theirs.parts}] == [p.name for p in theirs.parts]
