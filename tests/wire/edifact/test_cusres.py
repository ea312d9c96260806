# SPDX-License-Identifier: Apache-2.0
"""CUSRES: what an office answers, written for a partner of EDIFACT and read from one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from tests.wire.test_properties import SLOW, objects

from gumruk import wire
from gumruk.law.declarations.model import Amount, DutyTaxFee, Moment, Pointer
from gumruk.law.declarations.responses import (
    AnsweredDeclaration,
    AnsweredItem,
    Payment,
    Response,
    ResponseError,
    Statement,
    Status,
)
from gumruk.wire import edifact

ANSWERED = AnsweredDeclaration(functional_reference_id="AT-2026-0417", id="26TJ0417", version_id="2")
REJECTED = Response(
    function_code="03",
    functional_reference_id="a1b2",
    issue=Moment("20261125093000Z", "304"),
    declaration=ANSWERED,
    errors=(
        ResponseError(
            validation_code="DEC-17",
            description="Net mass is above gross mass in item 2: 12 > 10?",
            pointers=(
                Pointer(document_section_code="42A"),
                Pointer(document_section_code="68A", sequence_numeric=2),
                Pointer(document_section_code="65A", tag_id="128"),
            ),
        ),
        ResponseError(validation_code="DEC-02"),
        ResponseError(validation_code="DEC-03", pointers=(Pointer(document_section_code="68A", sequence_numeric=3),)),
    ),
)
RELEASED = Response(
    function_code="08",
    declaration=ANSWERED,
    statuses=(Status(effective=Moment("20261125", "102"), release=Moment("20261126", "102")),),
)
TAXED = Response(
    function_code="13",
    additional_informations=(Statement(statement_code="REL-03", statement_description="Pay until tomorrow"),),
    statuses=(Status(name_code="67"),),
    declaration=AnsweredDeclaration(
        acceptance=Moment("20261125", "102"),
        payments=(Payment(payment_amount=Amount(Decimal("17.55"), "TJS")),),
        items=(
            AnsweredItem(
                sequence_numeric=1,
                duty_tax_fees=(
                    DutyTaxFee(
                        type_code="B00",
                        tax_rate_numeric=Decimal(14),
                        ad_valorem_tax_base=Amount(Decimal("114.50"), "TJS"),
                        payment_amount=Amount(Decimal("16.03"), "TJS"),
                    ),
                    DutyTaxFee(type_code="A00", payment_amount=Amount(Decimal("1.52"), "TJS")),
                ),
            ),
            AnsweredItem(sequence_numeric=2),
        ),
    ),
)


def read(content: bytes) -> Response:
    """The response in a message."""
    message = wire.read_any(content)
    assert isinstance(message, wire.ResponseMessage)
    assert message.format == "edifact"
    return message.response


@pytest.mark.parametrize("response", [REJECTED, RELEASED, TAXED])
def test_an_answer_is_written_whole_and_read_again(response):
    written = wire.write(response, "edifact")
    assert wire.left_behind(response, "edifact") == []
    once = read(written)
    assert wire.write(once, "edifact") == written
    assert read(wire.write(once, "edifact")) == once


def test_a_rejection_names_each_error_in_erp_erc_and_ftx():
    text = wire.write(REJECTED, "edifact").decode()
    assert "GIS+03:120'\n" in text
    assert "ERP+2:2'\nERC+DEC-17'\nFTX+AAO+++Net mass is above gross mass in item 2?: 12 > 10??'\n" in text
    assert "FTX+ZZZ+++42A 68A?:2 65A/128'\n" in text
    assert "ERP+1'\nERC+DEC-02'\n" in text
    assert "RFF+ABO:AT-2026-0417'\nRFF+ABT:26TJ0417::2'\n" in text


def test_taxes_stand_by_item_and_for_the_whole():
    text = wire.write(TAXED, "edifact").decode()
    assert "TAX+4'\nMOA+161:17.55:TJS'\n" in text
    assert "CST+1'\nTAX+1+B00+++:::14'\nMOA+56:114.50:TJS'\nMOA+161:16.03:TJS'\nTAX+1+A00'\n" in text


def test_it_reads_a_foreign_answer_and_keeps_what_it_does_not_name():
    content = (
        b"UNB+UNOA:3+CUSTOMS+ALPHA+261125:1000+9'UNH+1+CUSRES:D:96B:UN:ZZZ01'BGM+963+REF1'DTM+132:20261125:102'"
        b"LOC+22+TJ1001::ZZZ'GIS+03:120:ZZZ'ERP+2:1'ERC+C12::ZZZ'FTX+AAO+++WRONG HEADING'RFF+ABO:LRN1'UNT+10+1'UNZ+1+9'"
    )
    response = read(content)
    assert (response.function_code, response.functional_reference_id) == ("03", "REF1")
    assert response.errors[0].pointers == (Pointer(document_section_code="68A", sequence_numeric=1),)
    assert response.declaration.functional_reference_id == "LRN1"
    written = wire.write(response, "edifact")
    assert sorted(written.decode().split("'\n")[:-1]) == sorted(content.decode().rstrip("'").split("'"))
    assert read(written) == response
    assert read_as_json(response) == response


def read_as_json(response: Response) -> Response:
    """A response carried by our JSON."""
    message = wire.read_any(wire.write(response, "json"))
    assert isinstance(message, wire.ResponseMessage)
    return message.response


def test_a_declaration_is_no_answer_and_an_answer_no_declaration(refused):
    assert [code for code, _ in refused(wire.write(RELEASED, "edifact"))] == ["WIRE-12"]
    with pytest.raises(wire.WireError, match="WIRE-24"):
        edifact.read_response(b"UNB+UNOA:1+A+B+1+R'UNH+1+CUSDEC:D:96B:UN'BGM+929'UNT+3+1'UNZ+1+R'")


@SLOW
@given(objects(Response, 3))
def test_what_was_once_read_stays_the_same(response):
    once = read(wire.write(response, "edifact"))
    twice = read(wire.write(once, "edifact"))
    assert twice == once
