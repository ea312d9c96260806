# SPDX-License-Identifier: Apache-2.0
"""WCO messages about a file: how it stands as a Response, and what its declarant asks of it by message."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.declarations.stage import TERMINAL, Stage, as_xml, counts, item, message

from gumruk import wire
from gumruk.law.declarations import model
from gumruk.law.declarations.pointers import pointers_of
from gumruk.law.declarations.responses import Response
from gumruk.office.declarations import services


def _response(stage: Stage, identifier: str, login: str = "alpha", **headers: str) -> Response:
    answer = stage.client(login).get(f"/api/v1/declarations/{identifier}/response", headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, headers.get("Accept", "application/xml"))
    found = wire.read_any(answer.content)
    assert isinstance(found, wire.ResponseMessage)
    return found.response


def _request(kind: str, number: str, *paths: str, **fields: Any) -> bytes:
    """A message that asks something of the declaration with this number, pointing at these paths."""
    changes = tuple(model.Amendment(change_reason_code="32", pointers=pointers_of(path, wire.PLACES)) for path in paths)
    said = model.AdditionalInformation(statement_description="Copied wrongly", statement_type_code="AES")
    asked = model.Declaration(
        function_code="13", functional_reference_id="ASK-1", id=number, type_code=kind, amendments=changes,
        additional_informations=(said,), **fields,
    )  # fmt: skip
    return wire.write(asked, "wco")


def _description(text: str) -> model.GoodsShipment:
    named = model.GoodsItem(sequence_numeric=1, commodity=model.Commodity(description=text))
    return model.GoodsShipment(items=(named,))


def test_it_answers_acceptance_with_the_lines_of_the_stored_assessment(stage: Stage) -> None:
    body = stage.post(message()).json()
    response = _response(stage, body["id"])
    assert (response.function_code, response.errors) == ("01", ())
    answered = response.declaration
    assert answered is not None
    assert (answered.id, answered.functional_reference_id, answered.version_id) == (body["number"], "ATR-1", "1")
    assert answered.acceptance is not None
    assert (answered.acceptance.text[:10], answered.acceptance.format_code) == ("2026121505", "304")
    lines = [line for one in answered.items for line in one.duty_tax_fees]
    sums: dict[str, Decimal] = {}
    for code, amount in [(line.type_code, line.payment_amount) for line in lines] + [
        (one.reference_id, one.payment_amount) for one in answered.payments
    ]:
        assert amount is not None and amount.currency == "TJS"
        sums[str(code)] = sums.get(str(code), Decimal(0)) + amount.value
    assert {code: f"{amount:f}" for code, amount in sums.items() if amount} == body["payable"]
    assert {one.statement_code for one in response.additional_informations} >= {"REL-4"}


def test_it_answers_a_refusal_with_pointers_to_every_error(stage: Stage) -> None:
    body = stage.post(message(change=lambda told: item(told, 1).update(origins=[]), function_code="4")).json()
    response = _response(stage, body["id"], **{"Accept-Language": "ru"})
    assert response.function_code == "03"
    assert response.declaration is not None and response.declaration.rejection is not None
    found = {(one.validation_code, one.pointers) for one in response.errors}
    declaration = wire.read(message(change=lambda told: item(told, 1).update(origins=[]))).declaration
    assert ("DEC-1", pointers_of("function_code", wire.PLACES)) in found
    assert ("DEC-21", pointers_of("items[1].origins", wire.PLACES, declaration)) in found
    assert all(one.description for one in response.errors)


def test_it_answers_each_state_with_its_function_and_the_same_in_json(stage: Stage) -> None:
    preregistered = stage.post(message("P-1", type_code="IMD")).json()
    accepted = stage.post(message("A-1")).json()
    assert _response(stage, preregistered["id"]).function_code == "02"
    assert _response(stage, accepted["id"], Accept="application/json") == _response(stage, accepted["id"])
    stage.post(_request("INV", accepted["number"]))
    withdrawn = _response(stage, accepted["id"])
    assert withdrawn.function_code == "10"
    assert withdrawn.declaration is not None and withdrawn.declaration.cancellation is not None


def test_it_answers_nobody_who_may_not_see_the_file(stage: Stage) -> None:
    body = stage.post(message()).json()
    for login, status in (("zed", 404), ("malika", 404), ("nekruz", 404), (None, 401), ("dilnoza", 200)):
        assert stage.client(login).get(f"/api/v1/declarations/{body['id']}/response").status_code == status


@pytest.mark.parametrize("kind", ["IMD", "IMA"])
def test_it_takes_a_declaration_back_by_message(stage: Stage, kind: str) -> None:
    body = stage.post(message(type_code=kind)).json()
    asked = _request("INV", body["number"])
    answers = [stage.post(asked), stage.post(asked)]
    assert [(one.status_code, one.json()["state"]) for one in answers] == [(200, "withdrawn")] * 2
    assert stage.get(body["id"]).json()["state"] == "withdrawn"


def test_it_corrects_a_preregistered_declaration_by_message(stage: Stage) -> None:
    body = stage.post(message(type_code="IMD")).json()
    path = "items[0].commodity.description"
    asked = _request("COR", body["number"], path, goods_shipment=_description("Tumble dryers, household"))
    answer = stage.post(asked)
    corrected = answer.json()
    assert (answer.status_code, corrected["state"]) == (201, "preregistered")
    assert corrected["number"] == f"{TERMINAL}/151226/000002"
    assert stage.get(body["id"]).json()["state"] == "withdrawn"
    stored = counts()
    again = stage.post(asked)
    assert (again.status_code, again.json()) == (201, corrected)
    assert again.headers["Idempotent-Replay"] == "true"
    assert counts() == stored
    declaration = wire.read(
        stage.client("alpha").get(f"/declarations/{corrected['id']}/versions/1/json").content
    ).declaration
    assert declaration.version_id == "2"
    assert declaration.goods_shipment.items[0].commodity.description == "Tumble dryers, household"


def test_a_correction_that_does_not_pass_leaves_the_declaration_as_it_is(stage: Stage) -> None:
    body = stage.post(message(type_code="IMD")).json()
    answer = stage.post(_request("COR", body["number"], "items[0].commodity.classifications[0].id"))
    assert answer.status_code == 422
    assert stage.get(body["id"]).json()["state"] == "preregistered"
    unknown = stage.post(_request("COR", body["number"], "items[8]"))
    assert (unknown.status_code, [one["code"] for one in unknown.json()["findings"]]) == (422, ["AMD-3"])
    nothing = stage.post(_request("COR", body["number"]))
    assert [one["code"] for one in nothing.json()["findings"]] == ["AMD-1"]


def test_it_says_why_a_request_is_not_done_and_stores_nothing(stage: Stage) -> None:
    body = stage.post(message()).json()
    stage.client("zed")
    stored = counts()
    path, new = "items[0].commodity.description", _description("tea")
    for asked, login, code in (
        (_request("COR", body["number"], path, goods_shipment=new), "alpha", "AMD-6"),
        (_request("INV", body["number"]), "zed", "AMD-4"),
        (_request("INV", "TJ-DYU/010101/999999"), "alpha", "AMD-4"),
        (_request("GPR", body["number"]), "alpha", "AMD-8"),
        (_request("XXX", body["number"]), "alpha", "AMD-7"),
    ):
        answer = stage.post(asked, login=login)
        assert (answer.status_code, [one["code"] for one in answer.json()["findings"]]) == (422, [code])
        assert answer.json()["findings"][0]["text"]
    assert counts() == stored
    assert stage.get(body["id"]).json()["state"] == "accepted"


def test_it_takes_nothing_back_after_release(stage: Stage) -> None:
    stage.pay("300000")
    body = stage.post(as_xml(message())).json()
    stage.deliver()
    stage.do("dilnoza", services.declaration_release, stage.file(body["id"]))
    answer = stage.post(_request("INV", body["number"]))
    assert (answer.status_code, [one["code"] for one in answer.json()["findings"]]) == (422, ["AMD-5"])
    released = _response(stage, body["id"])
    assert (released.function_code, released.additional_informations) == ("08", ())
    assert released.statuses[0].release is not None


def test_the_page_of_lodging_takes_requests_too(stage: Stage) -> None:
    body = stage.post(message(type_code="IMD")).json()
    for asked, done in ((_request("INV", "TJ-DYU/010101/999999"), ""), (_request("INV", body["number"]), "withdraw")):
        answer = stage.client("alpha").post("/lodge/", {"message": SimpleUploadedFile("ask.xml", asked)})
        if done:
            assert answer.headers["Location"] == f"/declarations/{body['id']}/?done={done}"
        else:
            assert (answer.status_code, "AMD-4" in answer.content.decode()) == (422, True)
    assert stage.get(body["id"]).json()["state"] == "withdrawn"


def test_it_refuses_a_response_as_a_lodgement(stage: Stage) -> None:
    body = stage.post(message()).json()
    answer = stage.client("alpha").get(f"/api/v1/declarations/{body['id']}/response")
    refused = stage.post(answer.content)
    assert (refused.status_code, [one["code"] for one in refused.json()["findings"]]) == (400, ["WIRE-12"])
