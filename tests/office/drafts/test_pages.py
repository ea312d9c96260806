# SPDX-License-Identifier: Apache-2.0
"""The page of a draft as its trader sees it: saved as typed, checked while typing, lodged through the door of all."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.declarations.stage import KULMA, TUESDAY, Stage, item, message
from tests.office.drafts.typist import change, goods, head_text, item_text, kept, opened, save

from gumruk import texts, wire
from gumruk.office.declarations.drafts.models import Kept
from gumruk.office.declarations.drafts.queries import draft_by_id, tree_of

NET = "commodity.goods_measure.net_mass.value"


def test_it_begins_with_what_is_known_of_the_declarant(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    client = stage.client("alpha")
    answer = client.post("/drafts/new/")
    page = client.get(answer.headers["Location"])
    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="020012345"' in text and 'value="Alpha Trade"' in text
    assert "DEC-3" not in text and "Give IMA or IMD" not in text and "g-at-missing" not in text
    assert "things are required" in text and "things to fill in" in text and "g-tone-good" not in _items(text)
    lodged = client.post(answer.headers["Location"], {"lodge": "1"}, follow=True).content.decode()
    assert "DEC-3" in lodged and "Give IMA or IMD" in lodged


def test_it_names_what_is_missing_once_something_was_typed(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    client = stage.client("alpha")
    identifier = client.post("/drafts/new/").headers["Location"].split("/")[2]
    stage.set_clock(TUESDAY + timedelta(seconds=5))
    with stage.acting("alpha"):
        draft = draft_by_id(UUID(identifier))
    assert draft is not None
    answer = save(stage, draft, change("declaration_office_id", "TJ-DYU", "")).json()
    assert "Give IMA or IMD" in answer["html"]["findings"] and "g-at-missing" in str(answer["notes"])
    assert "Give IMA or IMD" in client.get(f"/drafts/{identifier}/").content.decode()
    listed = client.get("/drafts/").content.decode()
    assert texts.say("en", "drafts.list.ready") not in listed


def test_it_takes_the_reason_why_a_shipment_is_lodged_again(stage: Stage) -> None:
    stage.lodge(message("ATR-9"))
    draft = opened(stage)
    page = stage.client("alpha").get(f"/drafts/{draft.id}/").content.decode()
    assert "TJ-DYU/151226/000001" in page and 'id="answer-LOD-3"' in page


def _items(page: str) -> str:
    return "".join(re.findall(r"<td[^>]*data-counts>.*?</td>", page, re.DOTALL))


def test_it_lodges_what_was_typed_and_the_draft_then_points_to_its_file(stage: Stage) -> None:
    draft = opened(stage)
    answer = stage.client("alpha").post(f"/drafts/{draft.id}/lodge/")
    assert answer.status_code == 302 and answer.headers["Location"].endswith("?done=lodged")
    file = stage.file(answer.headers["Location"].split("/")[2])
    assert file.number == "TJ-DYU/151226/000001"
    with stage.acting("alpha"):
        stored = draft_by_id(draft.id)
    assert stored is not None and (stored.file, stored.lodged_at is not None) == (file.id, True)
    assert file.number in stage.client("alpha").get(f"/drafts/{draft.id}/").content.decode()
    assert stage.client("alpha").post(f"/drafts/{draft.id}/lodge/").headers["Location"] == f"/declarations/{file.id}/"


def test_it_saves_each_text_as_it_was_typed_and_checks_it_at_once(stage: Stage) -> None:
    draft = opened(stage)
    first, second = goods(stage, draft)
    answer = save(stage, draft, change(NET, "99 999,0", "10400.000", part=first.id), item=first.id).json()
    assert item_text(stage, first, NET) == "99 999,0"
    assert "Net mass 99 999.00 kg is more than" in answer["notes"]["i-at-commodity.goods_measure.net_mass"].replace(
        "\xa0", " "
    )
    assert answer["counts"][str(first.id)][0] == 1
    assert answer["saved_at"] == "Saved at 10:00"
    again = save(stage, draft, change(NET, "10 400", "99 999,0", part=first.id), item=first.id).json()
    assert again["errors"] == 0
    assert "Read as 10 400" in again["notes"]["i-at-commodity.goods_measure.net_mass"].replace("\xa0", " ")
    assert item_text(stage, second, NET) == "7560.000"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("issue.text", "the day before yesterday"),
        ("total_gross_mass.value", "19 tons, about"),
        ("declarant.name", "\u202eAlpha\u202c \0 \ud800 Ҷ"),
        ("declarant.address.line", "x" * 20_000),
        ("declarant.address.line", "=cmd|' /C calc'!A0"),
        ("declarant.address.line", "<script>alert(1)</script>"),
        ("goods_item_quantity", "9" * 5_000),
        ("type_code", "nonsense"),
    ],
)
def test_it_loses_nothing_that_was_typed_be_it_nonsense(stage: Stage, path: str, text: str) -> None:
    draft = opened(stage)
    before = head_text(stage, draft, path)
    assert save(stage, draft, change(path, text, before)).status_code == 200
    assert head_text(stage, draft, path) == text
    page = stage.client("alpha").get(f"/drafts/{draft.id}/")
    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.content


def test_it_refuses_more_than_it_keeps_and_says_so(stage: Stage) -> None:
    draft = opened(stage)
    answer = save(stage, draft, change("declarant.name", "x" * 200_001, "Alpha Trade LLC"))
    assert answer.status_code == 413
    assert answer.json()["words"] == texts.say("en", "drafts.too_much.text")
    assert head_text(stage, draft, "declarant.name") == "Alpha Trade LLC"


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"changes": 1}', '{"changes": [{}]}', '{"changes": [{"part": "x"}]}']
)
def test_it_answers_what_no_page_sends(stage: Stage, body: str) -> None:
    draft = opened(stage)
    answer = stage.client("alpha").post(f"/drafts/{draft.id}/save/", body, content_type="application/json")
    assert answer.status_code == 400


def test_it_keeps_both_texts_where_two_tabs_wrote_and_tells(stage: Stage) -> None:
    draft = opened(stage)
    was = "Alpha Trade LLC"
    assert save(stage, draft, change("declarant.name", "Alpha Trade", was)).status_code == 200
    answer = save(stage, draft, change("declarant.name", "Alpha LLC", was))
    assert answer.status_code == 409
    [clash] = answer.json()["clashes"]
    assert (clash["stands"], clash["text"]) == ("Alpha Trade", "Alpha LLC")
    assert "Another tab or person has written “Alpha Trade” here meanwhile" in clash["html"]
    assert head_text(stage, draft, "declarant.name") == "Alpha Trade"
    assert kept(stage, draft) == [["Alpha LLC"]]
    save(stage, draft, change("declarant.name", "Alpha LLC", was))
    assert kept(stage, draft) == [["Alpha LLC"]]
    with stage.acting("alpha"):
        identifier = Kept.objects.get(draft=draft.id).id
    stage.client("alpha").post(f"/drafts/{draft.id}/kept/{identifier}/take/")
    assert head_text(stage, draft, "declarant.name") == "Alpha LLC"
    assert kept(stage, draft) == [["Alpha Trade"]]


def test_it_takes_a_text_that_was_sent_before_and_whose_answer_was_lost(stage: Stage) -> None:
    draft = opened(stage)
    save(stage, draft, change("declarant.name", "Alpha T", "Alpha Trade LLC"))
    answer = save(stage, draft, change("declarant.name", "Alpha Tr", "Alpha Trade LLC", "Alpha T"))
    assert (answer.status_code, head_text(stage, draft, "declarant.name")) == (200, "Alpha Tr")


def test_it_keeps_what_was_typed_in_an_item_that_another_tab_removed(stage: Stage) -> None:
    draft = opened(stage)
    first, second = goods(stage, draft)
    stage.client("alpha").post(f"/drafts/{draft.id}/items/{first.id}/remove/")
    answer = save(stage, draft, change("commodity.description", "Washing machines, 8 kg", "x", part=first.id))
    assert answer.status_code == 409
    assert "is gone" in answer.json()["clashes"][0]["html"]
    assert kept(stage, draft) == [["Washing machines, 8 kg"]]
    assert [row.id for row in goods(stage, draft)] == [second.id]
    stage.client("alpha").post(f"/drafts/{draft.id}/items/{first.id}/back/")
    assert [row.id for row in goods(stage, draft)] == [first.id, second.id]


def test_it_keeps_what_was_typed_after_it_was_lodged(stage: Stage) -> None:
    draft = opened(stage)
    stage.client("alpha").post(f"/drafts/{draft.id}/lodge/")
    assert save(stage, draft, change("declarant.name", "Late", "Alpha Trade LLC")).status_code == 409
    assert kept(stage, draft) == [["Late"]]
    assert head_text(stage, draft, "declarant.name") == "Alpha Trade LLC"


def test_it_lodges_nothing_as_long_as_something_has_to_be_corrected(stage: Stage) -> None:
    draft = opened(stage)
    save(stage, draft, change("issue.text", "soon"))
    answer = stage.client("alpha").post(f"/drafts/{draft.id}/lodge/")
    assert answer.status_code == 422
    assert "Nothing was lodged: one thing has to be corrected first." in answer.content.decode()
    with stage.acting("alpha"):
        assert draft_by_id(draft.id).lodged_at is None  # type: ignore[union-attr]


def test_it_mends_a_refused_declaration_as_its_next_version(stage: Stage) -> None:
    def wrong(told: dict[str, Any]) -> None:
        item(told)["commodity"]["goods_measure"]["net_mass"]["value"] = "99999.00"

    stage.set_clock(TUESDAY)
    refused = stage.lodge(message(change=wrong))
    client = stage.client("alpha")
    assert texts.say("en", "drafts.of_file.mend") in client.get(f"/declarations/{refused.id}/").content.decode()
    address = client.post(f"/drafts/of/{refused.id}/mend/").headers["Location"]
    assert client.post(f"/drafts/of/{refused.id}/mend/").headers["Location"] == address
    with stage.acting("alpha"):
        draft = draft_by_id(UUID(address.split("/")[2]))
    assert draft is not None
    assert head_text(stage, draft, "version_id") == "2"
    first = goods(stage, draft)[0]
    save(stage, draft, change(NET, "10 400,00", "99999.00", part=first.id))
    lodged = client.post(f"/drafts/{draft.id}/lodge/")
    assert lodged.headers["Location"].endswith("?done=lodged")
    assert stage.file(lodged.headers["Location"].split("/")[2]).number == "TJ-DYU/151226/000001"


def test_it_copies_an_earlier_declaration_under_a_new_reference(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    file = stage.lodge()
    client = stage.client("alpha")
    address = client.post(f"/drafts/of/{file.id}/copy/").headers["Location"]
    answer = client.post(f"{address}lodge/")
    assert stage.file(answer.headers["Location"].split("/")[2]).reference not in ("", "ATR-1")


def test_it_opens_a_file_of_any_format_and_says_what_cannot_be_read(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    client = stage.client("alpha")
    xml = wire.write(wire.read(message()).declaration, "wco")
    answer = client.post("/drafts/open/", {"message": SimpleUploadedFile("declaration.xml", xml)})
    assert answer.status_code == 302
    assert "Washing machines" in client.get(answer.headers["Location"]).content.decode()
    refused = client.post("/drafts/open/", {"message": SimpleUploadedFile("letter.xml", b"Dear customs")})
    assert refused.status_code == 422 and "letter.xml cannot be read" in refused.content.decode()


def test_it_says_that_the_same_reference_was_lodged_with_other_content(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    stage.lodge()
    draft = opened(stage)
    save(stage, draft, change("declarant.name", "Alpha", "Alpha Trade LLC"))
    answer = stage.client("alpha").post(f"/drafts/{draft.id}/lodge/")
    assert answer.status_code == 409
    assert "under the same reference and version" in answer.content.decode()


def test_it_adds_copies_moves_and_removes_items(stage: Stage) -> None:
    draft = opened(stage)
    client, address = stage.client("alpha"), f"/drafts/{draft.id}/items/"
    first, second = goods(stage, draft)
    client.post(f"{address}new/")
    third = goods(stage, draft)[2]
    assert item_text(stage, third, "commodity.item_charge_amount.currency") == "CNY"
    client.post(f"{address}{first.id}/copy/")
    copied = goods(stage, draft)[1]
    client.post(f"{address}{third.id}/move/?to=1")
    assert [row.id for row in goods(stage, draft)] == [third.id, first.id, copied.id, second.id]
    client.post(f"{address}{third.id}/remove/")
    assert [row.id for row in goods(stage, draft)] == [first.id, copied.id, second.id]
    assert client.post(f"{address}{first.id}/burn/").status_code == 404


def test_it_puts_a_row_that_was_taken_out_back_again(stage: Stage) -> None:
    draft = opened(stage)
    with stage.acting("alpha"):
        key = tree_of(draft_by_id(draft.id).head)["additional_documents"][0]["#"]  # type: ignore[union-attr]
    client = stage.client("alpha")
    client.post(f"/drafts/{draft.id}/rows/remove/?list=additional_documents&key={key}&scope=h")
    assert head_text(stage, draft, f"additional_documents[{key}].id") == ""
    assert kept(stage, draft) == [["QHA-26-20417", "380"]]
    with stage.acting("alpha"):
        identifier = Kept.objects.get(draft=draft.id).id
    client.post(f"/drafts/{draft.id}/kept/{identifier}/take/")
    assert head_text(stage, draft, f"additional_documents[{key}].id") == "QHA-26-20417"


def test_it_says_once_what_many_items_have_wrong(stage: Stage) -> None:
    def many(told: dict[str, Any]) -> None:
        first = item(told)
        first["origins"] = [{"country_code": "XX"}]
        told["goods_shipment"]["items"] = [{**first, "sequence_numeric": place + 1} for place in range(40)]

    draft = opened(stage, message(change=many))
    text = " ".join(stage.client("alpha").get(f"/drafts/{draft.id}/").content.decode().split())
    assert text.count(">DEC-21<") == 1
    assert "40 places" in text and "30 more places" in text


def test_it_answers_a_warning_with_a_reason(stage: Stage) -> None:
    def no_invoice(told: dict[str, Any]) -> None:
        told["additional_documents"] = told["additional_documents"][1:]

    draft = opened(stage, message(change=no_invoice))
    path = "additional_informations[answer-DEC-26].statement_description"
    html = save(stage, draft).json()["html"]["findings"]
    assert f'name="h:{path}"' in html
    answer = save(stage, draft, change(path, "The invoice follows by post"), item=goods(stage, draft)[0].id).json()
    assert "Your reason: The invoice follows by post" in answer["notes"]["i-at-additional_documents"]
    assert "g-found-answered" in answer["html"]["findings"]
    lodged = stage.client("alpha").post(f"/drafts/{draft.id}/lodge/")
    identifier = lodged.headers["Location"].split("/")[2]
    declared = stage.client("alpha").get(f"/declarations/{identifier}/versions/1/json").json()
    assert declared["additional_informations"] == [
        {
            "statement_code": "DEC-26",
            "statement_description": "The invoice follows by post",
            "statement_type_code": "ZAN",
        }
    ]


def test_it_says_what_the_items_add_up_to(stage: Stage) -> None:
    draft = opened(stage)
    notes = {place: html.replace("\xa0", " ") for place, html in save(stage, draft).json()["notes"].items()}
    assert "The items add up to 19 560" in notes["h-at-total_gross_mass"]
    assert "The items add up to 320" in notes["h-at-total_package_quantity"]
    assert "The items add up to 570 000" in notes["h-at-invoice_amount"]
    first = goods(stage, draft)[0]
    partly = save(stage, draft, change("packagings[x].quantity", "?", part=first.id)).json()["notes"]
    assert "h-at-total_package_quantity" not in partly


def test_it_shows_the_charges_of_the_items_that_are_complete(stage: Stage) -> None:
    draft = opened(stage)
    first = goods(stage, draft)[0]
    whole = save(stage, draft).json()["html"]["charges"]
    assert "For all 2 goods items" in whole and "Import duty" in whole
    partly = save(stage, draft, change("commodity.item_charge_amount.value", "?", "312000.00", part=first.id))
    assert "For 1 of 2 goods items" in partly.json()["html"]["charges"]


def test_it_saves_the_whole_form_of_a_page_without_a_script(stage: Stage) -> None:
    draft = opened(stage)
    first = goods(stage, draft)[0]
    form = {
        "bases": json.dumps({"h:declarant.name": "Alpha Trade LLC", f"i:{NET}": "10400.000"}),
        "part": str(first.id), "h:declarant.name": "Alpha", f"i:{NET}": "10 300", "h:issue.text": "",
    }  # fmt: skip
    assert stage.client("alpha").post(f"/drafts/{draft.id}/", form).status_code == 200
    assert (head_text(stage, draft, "declarant.name"), item_text(stage, first, NET)) == ("Alpha", "10 300")


def test_it_makes_a_new_row_and_the_fields_under_more_when_they_are_asked_for(stage: Stage) -> None:
    draft = opened(stage)
    client, address = stage.client("alpha"), f"/drafts/{draft.id}"
    first = goods(stage, draft)[0]
    row = client.get(f"{address}/rows/new/?scope=i&list=commodity.vehicles").content.decode()
    assert "VIN" in row and 'name="i:commodity.vehicles[' in row
    nested = client.get(f"{address}/rows/new/?scope=h&list=goods_shipment.consignment.transport_equipments[a].seals")
    assert 'name="h:goods_shipment.consignment.transport_equipments[a].seals[' in nested.content.decode()
    more = client.get(f"{address}/more/?scope=i&item={first.id}&path=section.rest").content.decode()
    assert 'name="i:buyer.name"' in more
    for wrong in (
        "rows/new/?scope=h&list=items",
        "rows/new/?scope=h&list=declarant",
        "more/?path=nowhere",
        "more/?scope=i",
    ):
        assert client.get(f"{address}/{wrong}").status_code == 404


@pytest.mark.parametrize("language", texts.languages())
def test_it_speaks_every_language(stage: Stage, language: str) -> None:
    draft = opened(stage)
    client = stage.client("alpha")
    client.cookies["gumruk_language"] = language
    first = goods(stage, draft)[0]
    for address in ("/drafts/", f"/drafts/{draft.id}/?item={first.id}", f"/drafts/{draft.id}/delete/"):
        assert client.get(address).status_code == 200
    for section in ("head", "parties", "transport", "money", "rest"):
        assert client.get(f"/drafts/{draft.id}/more/?path=section.{section}").status_code in (200, 404)


def test_it_is_lodged_at_another_post_too(stage: Stage) -> None:
    draft = opened(stage, message(declaration_office_id=KULMA))
    answer = stage.client("alpha").post(f"/drafts/{draft.id}/lodge/")
    assert stage.file(answer.headers["Location"].split("/")[2]).office == KULMA
