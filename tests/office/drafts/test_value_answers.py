# SPDX-License-Identifier: Apache-2.0
"""What was answered on value is asked anew for each sale, and is taken from an earlier one only when confirmed."""

from __future__ import annotations

from typing import Any

from tests.office.declarations.stage import TUESDAY, Stage, message
from tests.office.drafts.typist import change, head_text, opened, save

from gumruk.office.declarations.drafts.models import Draft
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import declared

ANSWERS = {"7a": "N", "8a": "N", "8b": "N", "9a": "Y", "9b": "N"}
PLACE = "goods_shipment.customs_valuation.answers"
CONFIRM = "The same holds for this sale"


def answered(told: dict[str, Any]) -> None:
    valuation = told["goods_shipment"]["customs_valuation"]
    valuation["answers"] = [{"question_code": code, "answer_code": said} for code, said in sorted(ANSWERS.items())]


def copied(stage: Stage, file: File) -> str:
    stage.set_clock(TUESDAY)
    address: str = stage.client("alpha").post(f"/drafts/of/{file.id}/copy/").headers["Location"]
    return address


def draft_at(stage: Stage, address: str) -> Draft:
    with stage.acting("alpha"):
        return Draft.objects.get(id=address.split("/")[2])


def test_it_asks_the_questions_on_value_anew_in_a_copy(stage: Stage) -> None:
    file = stage.lodge(message("ATR-1", answered))
    address = copied(stage, file)
    assert head_text(stage, draft_at(stage, address), f"{PLACE}[q-9a].answer_code") == ""
    text = stage.client("alpha").get(address).content.decode()
    assert CONFIRM in text and "Are royalties or licence fees payable on the goods? Yes" in text
    client = stage.client("alpha")
    lodged = stage.file(client.post(f"{address}lodge/").headers["Location"].split("/")[2])
    with stage.acting("alpha"):
        assert declared(lodged).goods_shipment.customs_valuation.answers == ()  # type: ignore[union-attr]


def test_it_takes_earlier_answers_when_the_declarant_confirms_them(stage: Stage) -> None:
    file = stage.lodge(message("ATR-1", answered))
    address = copied(stage, file)
    client = stage.client("alpha")
    assert client.post(f"{address}answers/?of={file.id}").status_code == 302
    assert head_text(stage, draft_at(stage, address), f"{PLACE}[q-9a].answer_code") == "Y"
    assert CONFIRM not in client.get(address).content.decode()
    lodged = stage.file(client.post(f"{address}lodge/").headers["Location"].split("/")[2])
    with stage.acting("alpha"):
        held = declared(lodged).goods_shipment.customs_valuation.answers  # type: ignore[union-attr]
    assert {answer.question_code: answer.answer_code for answer in held} == ANSWERS


def test_it_offers_no_answers_of_other_parties_and_writes_none(stage: Stage) -> None:
    file = stage.lodge(message("ATR-1", answered))
    draft = opened(stage, message("ATR-2"))
    client, address = stage.client("alpha"), f"/drafts/{draft.id}/"
    assert CONFIRM in client.get(address).content.decode()
    save(stage, draft, change("exporter.name", "Ningbo Cooling", "Qingdao Home Appliances Co., Ltd"))
    assert CONFIRM not in client.get(address).content.decode()
    assert client.post(f"{address}answers/?of={file.id}").status_code == 409
    assert head_text(stage, draft, f"{PLACE}[q-9a].answer_code") == ""


def test_it_overwrites_no_answer_that_the_declarant_gave_meanwhile(stage: Stage) -> None:
    file = stage.lodge(message("ATR-1", answered))
    draft = opened(stage, message("ATR-2"))
    save(stage, draft, change(f"{PLACE}[q-9a].answer_code", "N"))
    assert stage.client("alpha").post(f"/drafts/{draft.id}/answers/?of={file.id}").status_code == 409
    assert head_text(stage, draft, f"{PLACE}[q-9a].answer_code") == "N"


def test_it_shows_a_stranger_neither_the_draft_nor_its_answers(stage: Stage) -> None:
    file = stage.lodge(message("ATR-1", answered))
    draft = opened(stage, message("ATR-2"))
    assert stage.client("zed").post(f"/drafts/{draft.id}/answers/?of={file.id}").status_code == 404
