# SPDX-License-Identifier: Apache-2.0
"""What is done on the pages of a file, each with and without a script by the same form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.office.declarations.stage import TUESDAY, Stage, message
from tests.office.declarations.test_pages import page, shown

from gumruk import texts
from gumruk.office.declarations import services
from gumruk.office.declarations.models import Decision, File, Hold

MONDAY = datetime(2026, 12, 21, 5, tzinfo=UTC)


def send(stage: Stage, login: str, file: File, action: str, at: datetime = TUESDAY, **words: Any) -> Any:
    stage.set_clock(at)
    return stage.client(login).post(f"/declarations/{file.id}/{action}/", words)


def paid_file(stage: Stage) -> File:
    stage.pay("300000")
    return stage.lodge()


def test_it_releases_the_goods_and_says_so(stage: Stage) -> None:
    file = paid_file(stage)
    answer = send(stage, "dilnoza", file, "release")
    assert answer.headers["Location"] == f"/declarations/{file.id}/?done=release"
    assert stage.file(file.id).state == "released"
    assert "The goods are released." in shown(page(stage, "alpha", answer.headers["Location"]))


def test_it_names_every_blocker_when_release_is_refused(stage: Stage) -> None:
    file = stage.lodge()
    stage.do("dilnoza", services.hold_place, file, reason="Count the refrigerators")
    answer = send(stage, "dilnoza", file, "release")
    assert answer.status_code == 409
    for words in (
        "Nothing was changed",
        "The goods are held: Count the refrigerators",
        "Import duty is not settled",
        "VAT is not settled",
        "Clearance fee is not settled",
    ):
        assert words in shown(answer)
    assert stage.file(file.id).state == "accepted"


def test_it_says_that_somebody_was_faster(stage: Stage) -> None:
    file = paid_file(stage)
    send(stage, "dilnoza", file, "release")
    for answer in (
        send(stage, "farrukh", file, "release"),
        page(stage, "farrukh", f"/declarations/{file.id}/release/"),
    ):
        assert answer.status_code == 409
        assert "somebody was faster" in shown(answer)


def test_it_presents_a_preregistered_file(stage: Stage) -> None:
    file = stage.lodge(message(type_code="IMD"))
    assert "Present the goods" in shown(page(stage, "dilnoza", f"/declarations/{file.id}/"))
    answer = send(stage, "dilnoza", file, "present", at=MONDAY)
    assert answer.headers["Location"].endswith("?done=present")
    assert stage.file(file.id).accepted_at.date() == MONDAY.date()


def test_it_decides_another_code_beside_the_declared_one(stage: Stage) -> None:
    file = paid_file(stage)
    words = {"item": "1", "kind": "code", "decided": "8418 10 100 0", "grounds": "They cool", "act": "TJ-CC-62-2004"}
    assert send(stage, "dilnoza", file, "decide", **words).status_code == 302
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "No. 1: commodity code" in text
    assert 'data-copy="8450110000"' in text
    assert 'data-copy="8418101000"' in text
    assert "They cool" in text
    assert "Before the officer's decision the rate was 5%; now it is 10%." in text


def test_it_decides_another_customs_value_as_it_is_written_here(stage: Stage) -> None:
    file = paid_file(stage)
    words = {"item": "1", "value": "512 000,50", "method": "1", "grounds": "A royalty", "act": "TJ-CC-62-2004"}
    assert send(stage, "dilnoza", file, "value", **words).status_code == 302
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "No. 1: customs value" in text
    assert "512 000.50" in text


@pytest.mark.parametrize(
    ("kind", "decided", "words"),
    [
        ("code", "9999 99", "is not in the nomenclature"),
        ("origin", "XX", "is no country"),
        ("code", "", "Fill this in"),
        ("customs_value", "512000", "Choose one of the offered values."),
    ],
)
def test_it_refuses_to_decide_what_does_not_exist(stage: Stage, kind: str, decided: str, words: str) -> None:
    file = paid_file(stage)
    given = {"item": "1", "kind": kind, "decided": decided, "grounds": "They cool", "act": "TJ-CC-62-2004"}
    answer = send(stage, "dilnoza", file, "decide", **given)
    assert answer.status_code == 422
    assert words in shown(answer)
    assert "They cool" in shown(answer)  # nothing typed is lost
    with stage.acting("dilnoza"):
        assert not Decision.objects.filter(file=file.id).exists()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("-5", "is no customs value"),
        ("0", "is no customs value"),
        ("5.1255", "is no customs value"),
        ("512,000", "Write 512000 or 512.00"),
        ("512.000", "Write 512000 or 512.00"),
    ],
)
def test_it_refuses_to_decide_a_value_that_cannot_be(stage: Stage, value: str, words: str) -> None:
    file = paid_file(stage)
    given = {"item": "1", "value": value, "method": "1", "grounds": "A royalty", "act": "TJ-CC-62-2004"}
    answer = send(stage, "dilnoza", file, "value", **given)
    assert answer.status_code == 422
    assert words in shown(answer)
    with stage.acting("dilnoza"):
        assert not Decision.objects.filter(file=file.id).exists()


def test_it_holds_the_goods_until_another_person_lifts_the_hold(stage: Stage) -> None:
    file = paid_file(stage)
    assert send(stage, "farrukh", file, "hold", why="Count the refrigerators").status_code == 302
    with stage.acting("farrukh"):
        hold = Hold.objects.get(file=file.id)
    address = f"/declarations/{file.id}/holds/{hold.id}/lift/"
    own = stage.client("farrukh").post(address, {"why": "All there"})
    assert own.status_code == 409
    assert "Another person must lift it." in shown(own)
    assert stage.client("dilnoza").post(address, {"why": "All there"}).status_code == 403
    text = shown(page(stage, "farrukh", f"/declarations/{file.id}/"))
    assert address not in text


def test_it_lets_the_supervisor_lift_the_officers_hold(stage: Stage) -> None:
    file = paid_file(stage)
    send(stage, "dilnoza", file, "hold", why="Count the refrigerators")
    with stage.acting("dilnoza"):
        hold = Hold.objects.get(file=file.id)
    address = f"/declarations/{file.id}/holds/{hold.id}/lift/"
    assert address in shown(page(stage, "farrukh", f"/declarations/{file.id}/"))
    assert "Count the refrigerators" in shown(page(stage, "farrukh", address))
    assert stage.client("farrukh").post(address, {"why": "All there"}).status_code == 302
    assert "All there" in shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert stage.client("farrukh").post(address, {"why": "Again"}).status_code == 409


def test_it_refuses_release_with_grounds_act_and_where_to_appeal(stage: Stage) -> None:
    file = paid_file(stage)
    assert send(stage, "dilnoza", file, "refuse").status_code == 422
    words = {"grounds": "Forty more were found", "act": "TJ-CC-62-2004"}
    assert send(stage, "dilnoza", file, "refuse", **words).status_code == 302
    text = shown(page(stage, "alpha", f"/declarations/{file.id}/"))
    assert "Release is refused: Forty more were found" in text
    assert "Nothing is due any more" in text
    assert page(stage, "alpha", f"/declarations/{file.id}/papers/release_refusal").content.startswith(b"%PDF")
    for part in ("refusal of release", "Forty more were found", "Customs Code (2004)", "14 Jan 2027"):
        assert part in text


def test_it_lets_the_declarant_withdraw_and_only_him(stage: Stage) -> None:
    file = paid_file(stage)
    assert send(stage, "dilnoza", file, "withdraw", why="No").status_code == 403
    assert send(stage, "zed", file, "withdraw", why="Not mine").status_code == 404
    assert send(stage, "alpha", file, "withdraw", why="The truck turned back").status_code == 302
    assert stage.file(file.id).state == "withdrawn"


def test_it_lets_a_supervisor_invalidate_and_no_officer(stage: Stage) -> None:
    file = paid_file(stage)
    assert send(stage, "dilnoza", file, "invalidate", why="Lodged twice").status_code == 403
    assert send(stage, "farrukh", file, "invalidate", why="Lodged twice").status_code == 302
    assert stage.file(file.id).state == "invalidated"


@pytest.mark.parametrize("language", texts.languages())
def test_it_shows_before_and_after_and_what_the_other_side_reads(stage: Stage, language: str) -> None:
    file = paid_file(stage)
    after = {"release": "released", "refuse": "release_refused", "invalidate": "invalidated", "decide": "", "hold": ""}
    for action, state in after.items():
        text = shown(page(stage, "farrukh", f"/declarations/{file.id}/{action}/", language))
        assert texts.say(language, f"declarations.action.{action}.read") in text
        words = [texts.say(language, f"ui.state.{name}") for name in ("accepted", state) if state]
        assert all(word in text for word in words), "a move shows the state before and after"


def test_it_prints_the_papers_of_a_file_and_a_stranger_verifies_them(stage: Stage) -> None:
    file = paid_file(stage)
    assert page(stage, "alpha", f"/declarations/{file.id}/papers/release_note").status_code == 404
    send(stage, "dilnoza", file, "release")
    for kind in ("release_note", "charges"):
        for login in ("alpha", "dilnoza", "rustam"):
            answer = page(stage, login, f"/declarations/{file.id}/papers/{kind}")
            assert answer.headers["Content-Type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF")
    assert page(stage, "zed", f"/declarations/{file.id}/papers/release_note").status_code == 404


def test_it_prints_the_refusal_of_registration(stage: Stage) -> None:
    file = stage.lodge(message(type_code="XXX"))
    answer = page(stage, "alpha", f"/declarations/{file.id}/papers/registration_refusal", "tg")
    assert answer.content.startswith(b"%PDF")
