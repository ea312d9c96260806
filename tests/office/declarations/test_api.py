# SPDX-License-Identifier: Apache-2.0
"""Lodging by API: every answer that a trader's program can get, and what is stored after it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from tests.office.declarations.stage import ALPHA, TERMINAL, TUESDAY, Stage, as_xml, counts, item, message, rows

from gumruk import texts
from gumruk.office.declarations import services
from gumruk.office.lawbook.labels import label

WRONG_MASS = {"net_mass": {"unit": "KGM", "value": "-5"}, "gross_mass": {"unit": "KGM", "value": "1"}}


def broken(told: dict[str, Any]) -> None:
    """Four things wrong in one message."""
    item(told)["commodity"]["goods_measure"] |= WRONG_MASS
    item(told)["commodity"]["item_charge_amount"]["currency"] = "XQQ"
    item(told, 1)["origins"] = []
    told["function_code"] = "4"


@pytest.mark.parametrize("form", [bytes, as_xml], ids=["json", "xml"])
def test_it_accepts_and_gives_the_number_of_the_packs_scheme(stage: Stage, form: Any) -> None:
    answer = stage.post(form(message()))
    body = answer.json()
    assert answer.status_code == 201
    assert (body["state"], body["number"]) == ("accepted", f"{TERMINAL}/151226/000001")
    assert body["functional_reference_id"] == "ATR-1"
    assert set(body["payable"]) == {"2010", "5010", "1010"}
    assert answer.headers["Location"] == f"/api/v1/declarations/{body['id']}"
    assert stage.get(body["id"]).json()["number"] == body["number"]


def test_it_preregisters_what_is_lodged_before_the_goods_come(stage: Stage) -> None:
    answer = stage.post(message(type_code="IMD"))
    body = answer.json()
    assert (answer.status_code, body["state"]) == (201, "preregistered")
    assert body["number"] == f"{TERMINAL}/151226/000001"
    assert [found["code"] for found in stage.get(body["id"]).json()["blockers"]][:2] == ["REL-2", "REL-4"]
    assert counts("audit_outbox") == {"audit_outbox": 0}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_names_the_charges_that_stand_against_release(stage: Stage, language: str) -> None:
    identifier = stage.post(message()).json()["id"]
    headers = {"Accept-Language": language}
    told = stage.client("alpha").get(f"/api/v1/declarations/{identifier}", headers=headers).json()["blockers"]
    unsettled = [one for one in told if one["code"] == "REL-4"]
    assert [one["params"]["charge"] for one in unsettled] == ["2010", "5010", "1010"]
    names = [label("charges", name, language) for name in ("import_duty", "vat", "clearance_fee")]
    assert all(any(name in one["text"] for name in names) for one in unsettled)
    answer = stage.client("alpha").get(f"/api/v1/declarations/{identifier}/response", headers=headers)
    assert names[0] in answer.content.decode()


def test_it_refuses_registration_with_all_findings_at_once_and_gives_no_number(stage: Stage) -> None:
    answer = stage.post(message(change=broken), headers={"Accept-Language": "ru"})
    body = answer.json()
    assert (answer.status_code, body["state"], body["number"]) == (422, "registration_refused", None)
    codes = {(found["code"], found["path"]) for found in body["findings"]}
    assert {
        ("DEC-1", "function_code"),
        ("DEC-18", "items[0].commodity.goods_measure.net_mass"),
        ("DEC-21", "items[1].origins"),
        ("DEC-24", "items[0].commodity.item_charge_amount"),
    } <= codes
    assert all(found["text"] and found["mend"] for found in body["findings"])
    assert body["findings"][0]["text"] == texts.say("ru", "finding.DEC-1.text", code="4")
    assert counts("declarations_number", "declarations_serial", "assessment_charge", "declarations_item") == {
        "declarations_number": 0, "declarations_serial": 0, "assessment_charge": 0, "declarations_item": 0,
    }  # fmt: skip
    assert stage.get(body["id"]).json()["blockers"] == []


@pytest.mark.parametrize("change", [None, broken], ids=["accepted", "refused"])
def test_it_answers_the_same_message_the_same_and_stores_nothing_new(stage: Stage, change: Any) -> None:
    first = stage.post(message(change=change))
    stored = counts()
    again = stage.post(message(change=change), at=TUESDAY + timedelta(days=20))
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert [answer.headers["Idempotent-Replay"] for answer in (first, again)] == ["false", "true"]
    assert counts() == stored


def test_it_refuses_other_content_under_the_same_reference(stage: Stage) -> None:
    first = stage.post(message())
    stored = counts()
    other = stage.post(message(change=lambda told: item(told)["commodity"].update(description="Tumble dryers")))
    assert (other.status_code, other.json()) == (409, {"error": "conflict", "id": first.json()["id"]})
    assert counts() == stored


def test_it_takes_another_version_under_the_same_reference(stage: Stage) -> None:
    refused = stage.post(message(change=broken))
    mended = stage.post(message(version_id="2"))
    assert (refused.status_code, mended.status_code) == (422, 201)
    assert refused.json()["id"] != mended.json()["id"]


def test_it_tells_two_messages_without_a_reference_apart(stage: Stage) -> None:
    """Nothing identifies them: each gets its own findings, and the same one again its own answer."""
    first, other = stage.post(message("")), stage.post(message("", invoice_amount=None))
    again = stage.post(message(""))
    assert [answer.status_code for answer in (first, other, again)] == [422, 422, 422]
    assert first.json()["id"] == again.json()["id"] != other.json()["id"]
    assert {found["code"] for found in first.json()["findings"]} == {"DEC-2"}


def test_it_lets_two_traders_use_the_same_reference(stage: Stage) -> None:
    first = stage.post(message())
    other = stage.post(message(declarant={"id": "020067890", "name": "Zed Ltd"}), login="zed")
    assert (first.status_code, other.status_code) == (201, 201)
    assert other.json()["number"].endswith("/000002")


def test_it_asks_who_declares_for_whom(stage: Stage) -> None:
    answer = stage.post(message(), login="zed")
    assert answer.status_code == 422
    assert [(found["code"], found["params"]) for found in answer.json()["findings"]] == [
        ("LOD-1", {"declarant": ALPHA, "sender": "020067890"})
    ]


def doubled(answer: Any) -> list[Any]:
    """What is said of a shipment that was lodged before: the other number, and the answer."""
    found = [one for one in answer.json()["findings"] if one["code"] == "LOD-3"]
    return [(one["severity"], one["params"]["number"], one["answer"]) for one in found]


def test_it_warns_that_the_same_shipment_is_lodged_already(stage: Stage) -> None:
    first = stage.post(message("ATR-1"))
    again = stage.post(message("ATR-2"))
    assert (first.status_code, again.status_code, doubled(first)) == (201, 201, [])
    assert doubled(again) == [("warning", first.json()["number"], None)]
    assert doubled(stage.get(again.json()["id"])) == doubled(again)
    assert doubled(stage.post(message("ATR-2"))) == doubled(again)
    reason = {"statement_type_code": "ZAN", "statement_code": "LOD-3", "statement_description": "two lorries"}
    answered = stage.post(message("ATR-3", additional_informations=[reason]))
    assert [reason for _, _, reason in doubled(answered)] == ["two lorries"]
    assert "DEC-34" not in {one["code"] for one in answered.json()["findings"]}


def test_it_knows_a_shipment_by_one_paper_of_its_kind_and_its_mass(stage: Stage) -> None:
    number = stage.post(message("ATR-1")).json()["number"]
    invoice, transport = {"type_code": "380", "id": "qha-26 -20417"}, {"type_code": "730", "id": "CMR 7"}
    assert [one[1] for one in doubled(stage.post(message("ATR-2", additional_documents=[invoice])))] == [number]

    def alone(documents: list[dict[str, str]]) -> Any:
        def change(told: dict[str, Any]) -> None:
            told["goods_shipment"].pop("invoices")
            told["additional_documents"] = documents

        return stage.post(message(f"ATR-{documents}"[:35], change=change))

    crossed = [{**invoice, "type_code": "730"}, {**transport, "type_code": "380"}]
    for documents in ([transport], crossed, []):
        answer = alone(documents)
        assert (answer.status_code, doubled(answer)) == (201, [])

    def heavier(told: dict[str, Any]) -> None:
        mass = item(told)["commodity"]["goods_measure"]["gross_mass"]
        mass["value"] = str(float(mass["value"]) + 1)
        told.pop("total_gross_mass", None)

    assert doubled(stage.post(message("ATR-4", change=heavier))) == []


def test_it_knows_no_shipment_of_another_or_of_a_file_that_is_gone(stage: Stage) -> None:
    file = stage.lodge(message("ATR-1", type_code="IMD"))
    other = stage.post(message("ATR-2", declarant={"id": "020067890", "name": "Zed Ltd"}), login="zed")
    assert doubled(other) == []
    stage.do("alpha", services.declaration_withdraw, file, why="lodged twice")
    assert doubled(stage.post(message("ATR-3"))) == []
    assert doubled(stage.post(message("ATR-4", change=broken))) == []


def test_it_names_the_letter_that_stands_among_the_digits_of_the_declarant(stage: Stage) -> None:
    disguised = "\u041e" + ALPHA[1:]
    answer = stage.post(message(declarant={"id": disguised, "name": "Alpha Trade"}))
    assert answer.status_code == 422
    told = next(found for found in answer.json()["findings"] if found["code"] == "LOD-2")
    assert (told["path"], told["params"]["letters"]) == ("declarant.id", "\u041e (U+041E)")


def test_it_gives_no_second_number_to_a_reference_typed_with_look_alikes(stage: Stage) -> None:
    assert stage.post(message("ATR-1")).status_code == 201
    again = stage.post(message("\u0410TR-1"))
    assert (again.status_code, [found["code"] for found in again.json()["findings"]]) == (422, ["DEC-207"])


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer gumruk_wrong"}, {"Authorization": "Basic YTpi"}])
def test_it_answers_401_without_a_token(stage: Stage, headers: dict[str, str]) -> None:
    stage.set_clock(TUESDAY)
    for answer in (
        stage.client(None).post("/api/v1/declarations", message(), content_type="text/xml", headers=headers),
        stage.client(None).get(f"/api/v1/declarations/{'0' * 8}-0000-7000-8000-{'0' * 12}", headers=headers),
    ):
        assert (answer.status_code, answer.json()) == (401, {"error": "unauthenticated"})
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert counts("declarations_message") == {"declarations_message": 0}


@pytest.mark.parametrize(
    ("login", "status"), [("dilnoza", 403), ("farrukh", 403), ("sitora", 403), ("rustam", 403), ("nekruz", 404)]
)
def test_it_lets_no_one_lodge_but_traders(stage: Stage, login: str, status: int) -> None:
    answer = stage.post(message(), login=login)
    assert answer.status_code == status
    assert answer.json()["error"] in ("permission_denied", "not_found")
    assert counts("declarations_message") == {"declarations_message": 0}


@pytest.mark.parametrize(
    ("login", "status"),
    [("alpha", 200), ("dilnoza", 200), ("rustam", 200), ("zed", 404), ("malika", 404), ("nekruz", 404)],
)
def test_it_shows_a_file_to_its_trader_its_post_and_the_auditor(stage: Stage, login: str, status: int) -> None:
    file = stage.lodge()
    assert stage.get(file.id, login).status_code == status


OF_THE_FILE = (
    "declarations_file", "declarations_version", "declarations_item", "declarations_hold", "declarations_decision",
    "assessment_charge",
)  # fmt: skip


@pytest.mark.parametrize("login", ["zed", "malika", "nekruz", None])
@pytest.mark.parametrize("table", OF_THE_FILE)
def test_it_shows_strangers_no_row_even_where_the_query_forgets(stage: Stage, login: str | None, table: str) -> None:
    from gumruk.office.declarations import services

    file = stage.lodge()
    stage.do("dilnoza", services.hold_place, file, reason="to be weighed")
    stage.do("dilnoza", services.declaration_decide, file, item=1, kind="origin", decided="TR", grounds="plate", act="")
    mine = rows(f"SELECT count(*) FROM {table}", actor=stage.actor("dilnoza"))
    theirs = rows(f"SELECT count(*) FROM {table}", actor=stage.actor(login) if login else None)
    assert mine[0][0] > 0
    assert theirs == [(0,)]


@pytest.mark.parametrize("table", ["declarations_message", "declarations_number"])
def test_it_shows_strangers_no_registry_row(stage: Stage, table: str) -> None:
    stage.lodge()
    assert rows(f"SELECT count(*) FROM {table}", actor=stage.actor("alpha")) == [(1,)]
    for login in ("zed", "nekruz", None):
        assert rows(f"SELECT count(*) FROM {table}", actor=stage.actor(login) if login else None) == [(0,)]


def test_it_lets_no_one_write_a_file_that_is_not_his(stage: Stage) -> None:
    from django.db import Error, connection

    file = stage.lodge()
    with stage.acting("zed"), connection.cursor() as cursor:
        cursor.execute("UPDATE declarations_file SET state = 'released'")
        assert cursor.rowcount == 0
    with pytest.raises(Error, match="permission denied"), stage.acting("alpha"), connection.cursor() as cursor:
        cursor.execute("UPDATE declarations_file SET sender = '020067890', payer = '020067890'")
    assert stage.file(file.id).state == "accepted"


@pytest.mark.parametrize("address", ["not-a-key", "00000000-0000-7000-8000-000000000000"])
def test_it_knows_no_file_that_is_not_there(stage: Stage, address: str) -> None:
    answer = stage.get(address)
    assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})


@pytest.mark.parametrize("verb", ["get", "put", "delete", "patch"])
def test_it_only_takes_posts(stage: Stage, verb: str) -> None:
    assert getattr(stage.client("alpha"), verb)("/api/v1/declarations").status_code == 405


def test_it_tells_the_states_of_law_and_time(stage: Stage) -> None:
    stage.post(message())
    body = stage.get(stage.file(rows("SELECT id FROM declarations_file")[0][0]).id).json()
    assert body["training"] is True
    assert body["accepted_at"] == body["lodged_at"]
    assert body["accepted_at"].startswith("2026-12-15T05:00")
    assert (body["office"], body["released_at"]) == (TERMINAL, None)
    assert json.dumps(body)
