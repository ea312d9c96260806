# SPDX-License-Identifier: Apache-2.0
"""The list, lodging a file, and the page of a file, as each person of the cast sees them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.declarations.stage import KULMA, TUESDAY, Stage, item, message

from gumruk import texts
from gumruk.law.declarations import ANSWER_TYPE_CODE
from gumruk.office.declarations import page as file_page
from gumruk.office.declarations import services
from gumruk.office.declarations.words import finding_shown

WEDNESDAY, MONDAY = datetime(2026, 12, 30, 8, tzinfo=UTC), datetime(2027, 1, 4, 5, tzinfo=UTC)
LONG = "Parts of bucket-wheel excavators, forged, not assembled, in wooden crates, " * 4


def page(stage: Stage, login: str | None, address: str, language: str = "en") -> Any:
    client = stage.client(login)
    client.cookies["gumruk_language"] = language
    return client.get(address)


def shown(answer: Any) -> str:
    """The page's text with its spaces and quotation marks made plain."""
    return " ".join(
        answer.content.decode().replace("&#x27;", "'").replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ").split()
    )


def drop(stage: Stage, content: bytes, name: str = "declaration.json", at: datetime = TUESDAY) -> Any:
    """Alpha Trade drops a file on the page of lodging."""
    stage.set_clock(at)
    return stage.client("alpha").post("/lodge/", {"message": SimpleUploadedFile(name, content)})


def wrong_mass(told: dict[str, Any]) -> None:
    item(told)["commodity"]["goods_measure"]["net_mass"]["value"] = "99999.00"


def test_it_lodges_a_dropped_file_and_leads_to_its_page(stage: Stage) -> None:
    answer = drop(stage, message())
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?done=lodged")
    text = shown(page(stage, "alpha", answer.headers["Location"]))
    assert "The declaration is lodged." in text
    assert "TJ-DYU/151226/000001" in text


def test_a_refused_file_without_a_reference_has_a_name_and_a_way_to_go_on(stage: Stage) -> None:
    answer = drop(stage, message(change=lambda told: told.pop("functional_reference_id")))
    identifier = answer.headers["Location"].split("/")[2]
    name = f"#{identifier.replace('-', '')[-8:]}"
    for address in ("/", "/declarations/", answer.headers["Location"]):
        assert f">{name}<" in shown(page(stage, "alpha", address)), address
    assert 'href="/lodge/">Lodge a declaration</a></p>' in shown(page(stage, "alpha", answer.headers["Location"]))
    assert page(stage, "alpha", f"/declarations/{identifier}/papers/registration_refusal").status_code == 200


def test_it_puts_each_finding_into_words_once_however_many_items_there_are(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(told: dict[str, Any]) -> None:
        wrong_mass(told)
        shipment = told["goods_shipment"]
        goods = item(told)
        shipment["items"] = [
            {
                **goods,
                "sequence_numeric": number,
                "commodity": {**goods["commodity"], "description": f"Washer {number}"},
            }
            for number in range(1, 31)
        ]

    file, said = stage.lodge(message(change=many)), []
    monkeypatch.setattr(file_page, "finding_shown", lambda *given: said.append(given) or finding_shown(*given))
    with stage.acting("dilnoza") as by:
        shown = file_page.FileShown(stage.file(file.id), "en", by)
    assert "DEC-17" in {found.code for found in shown.items[29].findings}
    assert len(said) == len(shown.findings) > 30


def test_it_shows_the_reason_that_answers_a_warning(stage: Stage) -> None:
    def without_invoice(told: dict[str, Any]) -> None:
        told["additional_documents"] = [paper for paper in told["additional_documents"] if paper["type_code"] != "380"]
        told["additional_informations"] = [
            {
                "statement_type_code": ANSWER_TYPE_CODE,
                "statement_code": "DEC-26",
                "statement_description": "The invoice follows by post",
            }
        ]

    answer = stage.post(message(change=without_invoice))
    assert answer.status_code == 201
    told = [found for found in answer.json()["findings"] if found["code"] == "DEC-26"]
    assert {found["answer"] for found in told} == {"The invoice follows by post"}
    file = shown(page(stage, "dilnoza", f"/declarations/{answer.json()['id']}/"))
    assert "The declarant answers: The invoice follows by post" in file


def test_it_asks_nobody_to_pay_in_what_the_account_holds_already(stage: Stage) -> None:
    stage.pay("300000")
    answer = drop(stage, message())  # the worker has not reserved anything yet
    told = shown(page(stage, "alpha", answer.headers["Location"]))
    assert "the charges are being reserved from it" in told
    assert "Pay in" not in told and "are missing" not in told and "The goods may go" not in told
    prelodged = drop(stage, message("ATR-2", type_code="IMD"))
    told = shown(page(stage, "dilnoza", prelodged.headers["Location"]))
    assert "the charges are reserved from it when the goods are accepted" in told and "are missing" not in told


def test_it_leads_to_the_same_file_when_the_same_message_is_dropped_again(stage: Stage) -> None:
    first, second = drop(stage, message()), drop(stage, message())
    assert second.headers["Location"] == first.headers["Location"].replace("lodged", "repeated")


def test_it_explains_that_other_content_has_the_same_reference(stage: Stage) -> None:
    first = drop(stage, message())
    answer = drop(stage, message(change=lambda told: item(told)["commodity"].update(description="Other goods")))
    assert answer.status_code == 409
    assert "you have lodged other content" in shown(answer)
    assert first.headers["Location"].partition("?")[0] in shown(answer)


@pytest.mark.parametrize("language", texts.languages())
def test_it_says_in_place_why_a_message_cannot_be_read(stage: Stage, language: str) -> None:
    client = stage.client("alpha")
    client.cookies["gumruk_language"] = language
    answer = client.post("/lodge/", {"message": SimpleUploadedFile("cut.json", b'{"function_code": "9",\n "items": }')})
    assert answer.status_code == 422
    assert "WIRE-17" in shown(answer)
    assert texts.say(language, "declarations.lodge.unreadable", name="cut.json") in shown(answer)


def test_it_asks_for_a_file_where_none_was_dropped(stage: Stage) -> None:
    answer = stage.client("alpha").post("/lodge/", {})
    assert answer.status_code == 422
    assert "Fill this in." in shown(answer)


def test_it_shows_a_refused_file_with_all_findings_and_their_mends(stage: Stage) -> None:
    file = stage.lodge(message(change=wrong_mass, type_code="XXX"))
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "Registration is refused: 2 things have to be corrected." in text
    assert "Net mass 99 999.00 kg is more than gross mass 11 440.00 kg." in text
    assert "Correct one of the two." in text
    assert "Declaration type XXX is not known." in text
    assert 'href="#item-1"' in text


def test_it_shows_why_each_amount_is_what_it_is(stage: Stage) -> None:
    file = stage.lodge()
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "VAT is 14% of 456 291.73 TJS: 63 880.84 TJS." in text
    assert "Customs value + import duty: 434 563.55 + 21 728.18" in text
    assert "The law of 15 Dec 2026 counts: the legal moment is acceptance." in text
    assert 'href="https://mmih.adlia.tj/SEARCH/DocumentView?DocumentId=140741"' in text
    assert "assessment.rounded" in text  # the bare trace


def test_it_says_that_the_rate_fell_between_preregistration_and_acceptance(stage: Stage) -> None:
    file = stage.lodge(message(type_code="IMD"), at=WEDNESDAY)
    forecast = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "A forecast by the law of today." in forecast
    stage.do("dilnoza", services.declaration_present, file, at=MONDAY)
    stage.deliver()
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "Computed on 30 Dec 2026 as 14%, computed anew on 4 Jan 2027 as 13%: acceptance is the legal moment." in text


def test_it_lists_what_stands_against_release_and_marks_what_waits_for_the_reader(stage: Stage) -> None:
    file = stage.lodge()
    alpha, dilnoza = (shown(page(stage, login, f"/declarations/{file.id}/")) for login in ("alpha", "dilnoza"))
    missing = "VAT is not settled: 119 220.84 TJS are missing."
    assert missing in alpha
    assert missing in dilnoza
    assert "g-waits" in alpha
    assert "g-waits" not in dilnoza
    assert "Permits and licences: not checked here." in dilnoza


def test_it_says_that_the_goods_may_go_when_nothing_stands_against_it(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    assert "The goods may go." in shown(page(stage, "dilnoza", f"/declarations/{file.id}/"))


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize("login", ["alpha", "dilnoza", "farrukh", "sitora", "rustam"])
def test_it_shows_a_file_in_every_language_to_everyone_who_may_see_it(stage: Stage, login: str, language: str) -> None:
    stage.pay("300000")
    file = stage.lodge()
    stage.do("dilnoza", services.hold_place, file, reason="Count the refrigerators")
    answer = page(stage, login, f"/declarations/{file.id}/", language)
    assert answer.status_code == 200
    assert texts.say(language, "declarations.against.title") in shown(answer)
    assert "Count the refrigerators" in shown(answer)


def test_it_hides_a_file_from_strangers_and_other_posts(stage: Stage) -> None:
    file = stage.lodge()
    for login in ("zed", "malika", "nekruz"):
        assert page(stage, login, f"/declarations/{file.id}/").status_code == 404
    assert page(stage, None, f"/declarations/{file.id}/").status_code in (302, 401)


def test_it_does_not_show_a_broker_how_his_client_stands_with_money(stage: Stage) -> None:
    def of_zed(told: dict[str, Any]) -> None:
        told["goods_shipment"]["importer"]["id"] = "020067890"

    file = stage.lodge(message(change=of_zed))
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "Only the payer, Zed Ltd, sees how the money stands." in text
    assert "is not settled" not in text
    assert "VAT is not settled" in shown(page(stage, "zed", f"/declarations/{file.id}/"))


def test_it_keeps_a_long_description_and_escapes_it(stage: Stage) -> None:
    text = LONG + "<script>alert(1)</script>"
    file = stage.lodge(message(change=lambda told: item(told)["commodity"].update(description=text)))
    answer = page(stage, "alpha", f"/declarations/{file.id}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer
    assert "<script>alert(1)" not in answer
    assert LONG.strip() in answer


def test_it_lists_files_with_counts_filters_and_a_search(stage: Stage) -> None:
    stage.lodge(message("ATR-1"))
    stage.lodge(message("ATR-2", change=wrong_mass))
    everything = shown(page(stage, "dilnoza", "/declarations/"))
    assert "TJ-DYU/151226/000001" in everything
    assert "ATR-2" in everything
    refused = shown(page(stage, "dilnoza", "/declarations/?state=registration_refused"))
    assert "ATR-2" in refused
    assert "TJ-DYU/151226/000001" not in refused
    assert "No declaration fits" in shown(page(stage, "dilnoza", "/declarations/?q=nothing+like+it"))
    assert "ATR-2" in shown(page(stage, "dilnoza", "/declarations/?q=ATR-2"))
    # Alpha Trade and Qingdao Home Appliances, in whatever letters they are typed; and their goods.
    for spelt in ("alpha trade", "АЛЬФА", "алфа", "Qingdao  home", "REFRIGERATOR"):
        assert "ATR-2" in shown(page(stage, "dilnoza", f"/declarations/?q={quote(spelt)}")), spelt
    assert "No declaration fits" in shown(page(stage, "dilnoza", f"/declarations/?q={quote('Зед')}"))
    # Digits are never folded together, and what folds to one sign or none finds only what is just so.
    for spelt in ("000000000", "а", "оо", "!!!", "A"):
        assert "No declaration fits" in shown(page(stage, "dilnoza", f"/declarations/?q={quote(spelt)}")), spelt
    assert "ATR-2" in shown(page(stage, "dilnoza", "/declarations/?q=atr-2"))


def test_it_says_what_an_empty_list_would_hold(stage: Stage) -> None:
    assert "Lodge a declaration from a file" in shown(page(stage, "alpha", "/declarations/"))
    assert "No declarations at your posts yet" in shown(page(stage, "malika", "/declarations/"))
    stage.lodge(message(declaration_office_id=KULMA))
    assert "TJ-KUL/151226/000001" in shown(page(stage, "malika", "/declarations/"))


def test_it_gives_back_the_message_as_it_came_and_in_both_formats(stage: Stage) -> None:
    content = message()
    file = stage.lodge(content)
    assert page(stage, "alpha", f"/declarations/{file.id}/versions/1/original").content == content
    assert page(stage, "alpha", f"/declarations/{file.id}/versions/1/json").json()["functional_reference_id"] == "ATR-1"
    assert b"ATR-1</FunctionalReferenceID>" in page(stage, "rustam", f"/declarations/{file.id}/versions/1/wco").content
    assert page(stage, "alpha", f"/declarations/{file.id}/versions/2/json").status_code == 404
    assert page(stage, "zed", f"/declarations/{file.id}/versions/1/original").status_code == 404


def test_it_shows_the_goods_of_a_long_declaration_by_the_page(stage: Stage) -> None:
    def many(told: dict[str, Any]) -> None:
        first = told["goods_shipment"]["items"][0]
        told["goods_shipment"]["items"] = [{**first, "sequence_numeric": n} for n in range(1, 121)]
        for name in ("goods_item_quantity", "invoice_amount", "total_gross_mass", "total_package_quantity"):
            told.pop(name, None)

    file = stage.lodge(message(change=many))
    with stage.acting("rustam") as by:
        page = file_page.FileShown(stage.file(file.id), "en", by, 3)
    assert [row.number for row in page.items] == list(range(101, 121))
    assert all(row.charges for row in page.items)
    assert page.address_of("items[4].origins") == "?items=1#item-5"
    assert page.address_of("items[104].origins") == "#item-105"
    assert page.address_of("declarant.id") == ""
    answer = stage.client("alpha").get(f"/declarations/{file.id}/?items=3")
    assert answer.status_code == 200
    assert '?items=3#file-goods" aria-current="page"' in answer.content.decode()
