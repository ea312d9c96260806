# SPDX-License-Identifier: Apache-2.0
"""What an office answers: read with its namespaces or without, written with them, and as our JSON."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

import pytest
from hypothesis import given
from tests.wire.test_properties import SLOW, objects

from gumruk import wire
from gumruk.cli import main
from gumruk.law.declarations import model, responses
from gumruk.wire import wco
from gumruk.wire.wco.profile import PROFILE
from gumruk.wire.wco.response_profile import RESPONSE_PROFILE
from gumruk.wire.wco.table import Kind

_OURS = model.Extension("wco", "MetaData/ResponsibleCountryCode", "TJ")


def _response(content: bytes) -> responses.Response:
    message = wire.read_any(content)
    assert isinstance(message, wire.ResponseMessage)
    return message.response


def test_it_names_what_a_response_says(sample):
    response = _response(sample("response.xml"))
    assert (response.function_code, response.bank_reference_id, response.appeal_office_id) == (
        "13",
        "BANKTJ22",
        "TJ0001",
    )
    assert response.additional_informations[0].limit == model.Moment("20261201", "102")
    assert response.errors[0].pointers[0] == model.Pointer(
        sequence_numeric=2, document_section_code="68A", tag_id="128"
    )
    answered = response.declaration
    assert (answered.id, answered.version_id, len(answered.items)) == ("TJ-KUL/251126/000017", "2", 2)
    assert answered.payments[0].guarantee_reference_ids == ("GRN-1", "GRN-2")
    assert answered.items[0].duty_tax_fees[0].tax_assessed_amount == model.Amount(Decimal("120.50"), "TJS")
    assert response.corrected.goods_shipment.consignment.goods_location.name == "KULMA"


def test_it_writes_the_response_that_it_read(sample, what_it_says):
    response = _response(sample("response.xml"))
    written = wire.write(response, "wco")
    assert what_it_says(written) == what_it_says(sample("response.xml"))
    assert _response(written) == response


def test_it_reads_a_response_that_lost_its_namespaces_and_writes_it_with_them(what_it_says):
    stripped = b"""<MetaData><WCOTypeName>RES</WCOTypeName><ResponsibleCountryCode/><Response>
    <FunctionCode>01</FunctionCode>
    <IssueDateTime><_2DateTimeString formatCode="304">20261125093000Z</_2DateTimeString></IssueDateTime>
    <Declaration><AcceptanceDateTime><DateTimeString formatCode="102">20261125</DateTimeString></AcceptanceDateTime>
    <ID>7</ID></Declaration></Response></MetaData>"""
    response = _response(stripped)
    written = wire.write(response, "wco")
    assert response.issue == model.Moment("20261125093000Z", "304")
    assert b'xmlns="urn:wco:datamodel:WCO:RES-DMS:2"' in written
    assert b"<ds:DateTimeString" in written
    assert what_it_says(written) == what_it_says(stripped.replace(b"_2DateTimeString", b"DateTimeString"))
    assert _response(written) == response


def test_json_carries_a_response_and_tells_it_from_a_declaration(sample, refused):
    response = _response(sample("response.xml"))
    written = wire.write(response, "json")
    assert list(json.loads(written)) == ["response"]
    assert _response(written) == response
    assert refused(written) == [("WIRE-12", "")]
    with pytest.raises(wire.WireError) as caught:
        wire.write(response, "asycuda")
    assert [finding.code for finding in caught.value.findings] == ["WIRE-45"]


def test_it_says_where_a_response_is_wrong():
    message = b"""<MetaData><Response>
    <FunctionCode>1</FunctionCode>
    <Status><NameCode>long</NameCode></Status>
    <Declaration><GoodsShipment><GovernmentAgencyGoodsItem><Colour/></GovernmentAgencyGoodsItem></GoodsShipment>
    </Declaration></Response></MetaData>"""
    with pytest.raises(wire.WireError) as caught:
        wire.read_any(message)
    assert [(f.code, f.path, f.params["line"]) for f in caught.value.findings] == [
        ("WIRE-40", "statuses[0].name_code", "3"),
        ("WIRE-33", "declaration.items[0].Colour", "4"),
        ("WIRE-36", "declaration.items[0]", "4"),
    ]


def test_a_declaration_is_no_response(sample):
    with pytest.raises(wire.WireError) as caught:
        wco.read_response(sample("stripped.xml"))
    assert [finding.code for finding in caught.value.findings] == ["WIRE-44"]


def test_it_refuses_pieces_of_xml_by_json_that_the_schema_has_no_place_for(refused):
    of = '{"format": "wco", "name": "Colour", "content": "<Colour>red</Colour>"}'
    assert refused(f'{{"id": "7", "extensions": [{of}]}}'.encode()) == [("WIRE-33", "Colour")]


def test_the_command_converts_a_response(sample, tmp_path, capsys):
    source, by_json, back = tmp_path / "r.xml", tmp_path / "r.json", tmp_path / "back.xml"
    source.write_bytes(sample("response.xml"))
    assert main(["convert", str(source), "--to", "json", "--out", str(by_json)]) == 0
    assert main(["convert", str(by_json), "--to", "wco", "--out", str(back)]) == 0
    assert _response(back.read_bytes()) == _response(source.read_bytes())
    assert main(["convert", str(source), "--to", "asycuda", "--out", str(tmp_path / "r.sad")]) == 2
    assert "WIRE-45" in capsys.readouterr().err


def test_every_field_of_a_response_has_one_row():
    def fields(rows):
        for row in rows:
            yield from fields(row.rows) if row.kind is Kind.GROUP else [row.attribute]

    for of in set(RESPONSE_PROFILE) - set(PROFILE):
        named = list(fields(RESPONSE_PROFILE[of]))
        assert sorted(named) == sorted(f.name for f in dataclasses.fields(of) if f.name != "extensions"), of


@SLOW
@given(objects(responses.Response, 3))
def test_both_formats_carry_every_response(response):
    ours = dataclasses.replace(response, extensions=(_OURS,))
    assert _response(wire.write(ours, "json")) == ours
    once = _response(wire.write(ours, "wco"))
    assert dataclasses.replace(once, extensions=()) == response
    assert _response(wire.write(once, "wco")) == once
