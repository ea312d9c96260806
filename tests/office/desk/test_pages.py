# SPDX-License-Identifier: Apache-2.0
"""Home for each person, the journal, and what a stranger learns of a document."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.office.declarations.stage import TUESDAY, Stage, item, message
from tests.office.declarations.test_pages import page, shown, wrong_mass

from gumruk import texts
from gumruk.law.audit import proof_read, root_read, verify_proof
from gumruk.office.accounts.permissions import GUMRUK, acting
from gumruk.office.audit.queries import event_list
from gumruk.office.audit.sealing import events_seal
from gumruk.office.declarations import services
from gumruk.office.documents.models import Issued


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize("login", ["alpha", "zed", "dilnoza", "malika", "farrukh", "sitora", "rustam", "nekruz"])
def test_it_gives_everybody_a_home_in_every_language(stage: Stage, login: str, language: str) -> None:
    stage.lodge()
    assert page(stage, login, "/", language).status_code == 200


def test_it_tells_the_officer_what_is_ready_and_what_blocks_the_rest(stage: Stage) -> None:
    stage.pay("178000")
    stage.lodge(message("ATR-1"))
    stage.lodge(message("ATR-2"))
    text = shown(page(stage, "dilnoza", "/"))
    assert "Waits for you: 1 file" in text
    assert "Waits for others: 1 file" in text
    assert "177 584.08 TJS of charges are missing." in text


def test_it_tells_the_trader_what_to_mend_and_what_to_pay(stage: Stage) -> None:
    stage.pay("1000")
    stage.lodge(message("ATR-1"))
    stage.lodge(message("ATR-2", change=wrong_mass))
    text = shown(page(stage, "alpha", "/"))
    assert "Waits for you: 2 files" in text
    assert "correction and a new version" in text
    assert "Nothing waits" in shown(page(stage, "zed", "/"))


def test_it_tells_the_officer_that_goods_are_to_be_presented(stage: Stage) -> None:
    stage.lodge(message(type_code="IMD"))
    text = shown(page(stage, "dilnoza", "/"))
    assert "presentation of the goods" in text
    assert "The declaration is not accepted" not in text


def test_it_shows_a_held_file_as_the_supervisors_business(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    stage.do("dilnoza", services.hold_place, file, reason="Count the refrigerators")
    assert "Waits for you: 1 file" in shown(page(stage, "farrukh", "/"))
    assert "Waits for you" not in shown(page(stage, "dilnoza", "/"))


def test_it_proves_an_event_on_the_page_and_as_a_file(committed: Stage) -> None:
    stage = committed
    file = stage.lodge()
    with acting(GUMRUK):
        event = event_list(subject_kind="declaration", subject_id=file.id)[0]
    waiting = page(stage, "rustam", f"/audit/?event={event.id}")
    assert waiting.status_code == 404
    assert "There is no sealed event" in shown(waiting)
    events_seal(at=TUESDAY)
    text = shown(page(stage, "rustam", f"/audit/?event={event.id}"))
    assert "Proved: the event is under seal" in text
    assert "Alpha Trade" in text
    proof = proof_read(json.loads(page(stage, "rustam", f"/audit/proofs/{event.id}").content))
    root = root_read(json.loads(page(stage, "rustam", "/audit/root").content))
    assert verify_proof(proof, root) == []


def test_it_says_what_an_event_looks_like(stage: Stage) -> None:
    answer = page(stage, "rustam", "/audit/?event=%3Cb%3E")
    assert answer.status_code == 404
    assert "&lt;b&gt; is not an event" in shown(answer)


def test_it_waits_for_a_correction_no_longer_than_until_it_came(stage: Stage) -> None:
    refused = stage.lodge(message("ATR-9", change=wrong_mass))
    assert f"/declarations/{refused.id}/" in page(stage, "alpha", "/").content.decode()
    corrected = stage.lodge(message("ATR-9", version_id="2"), at=TUESDAY + timedelta(minutes=5))
    assert f"/declarations/{refused.id}/" not in page(stage, "alpha", "/").content.decode()
    text = page(stage, "alpha", f"/declarations/{refused.id}/").content.decode()
    assert f'/declarations/{corrected.id}/">{corrected.number}</a>' in text


def test_it_keeps_the_journal_from_traders(stage: Stage) -> None:
    assert page(stage, "alpha", "/audit/").status_code == 404
    assert page(stage, "alpha", "/audit/root").status_code == 404


@pytest.mark.parametrize("language", texts.languages())
def test_it_tells_a_stranger_that_a_release_note_is_genuine_and_nothing_of_the_goods(
    stage: Stage, language: str
) -> None:
    stage.pay("300000")
    file = stage.lodge(message(change=lambda told: item(told)["commodity"].update(description="Secret machines")))
    stage.do("dilnoza", services.declaration_release, file)
    page(stage, "alpha", f"/declarations/{file.id}/papers/release_note")
    with acting(GUMRUK):
        token = Issued.objects.get(kind="release_note").token
    answer = page(stage, None, f"/verify/{token}", language)
    text = shown(answer)
    assert answer.status_code == 200
    assert texts.say(language, "desk.verify.genuine") in text
    assert "TJ-DYU/151226/000001" in text
    for secret in ("Secret machines", "Alpha Trade", "020012345", "177 584"):
        assert secret not in text


def test_it_tells_a_stranger_the_date_that_the_paper_bears_whenever_it_was_printed(stage: Stage) -> None:
    stage.pay("300000")
    file = stage.lodge()
    stage.do("dilnoza", services.declaration_release, file)
    file.refresh_from_db()
    stage.set_clock(TUESDAY + timedelta(days=3))
    page(stage, "alpha", f"/declarations/{file.id}/papers/release_note")
    with acting(GUMRUK):
        issued = Issued.objects.get(kind="release_note")
    assert issued.issued_at == file.released_at
    assert "15 Dec 2026" in shown(page(stage, None, f"/verify/{issued.token}"))


def test_it_tells_a_stranger_that_a_decision_has_changed_the_charges_of_a_notice(stage: Stage) -> None:
    file = stage.lodge()
    assert page(stage, "alpha", f"/declarations/{file.id}/papers/charges").status_code == 200
    decided = {"item": 1, "kind": "origin", "decided": "DE", "grounds": "The labels say so", "act": "TJ-CC-62-2004"}
    stage.do("dilnoza", services.declaration_decide, file, **decided)
    page(stage, "alpha", f"/declarations/{file.id}/papers/charges")
    with acting(GUMRUK):
        before, after = Issued.objects.filter(kind="charges").order_by("id")
    assert "The document is no longer good" in shown(page(stage, None, f"/verify/{before.token}"))
    assert "The document is genuine" in shown(page(stage, None, f"/verify/{after.token}"))


def test_it_tells_a_stranger_that_the_declaration_has_ended_since(stage: Stage) -> None:
    file = stage.lodge()
    page(stage, "alpha", f"/declarations/{file.id}/papers/charges")
    stage.do("farrukh", services.declaration_invalidate, file, why="Lodged twice")
    with acting(GUMRUK):
        token = Issued.objects.get(kind="charges").token
    text = shown(page(stage, None, f"/verify/{token}"))
    assert "The document is no longer good" in text
    assert "Lodged twice" not in text


def test_it_tells_a_stranger_that_it_knows_no_such_document(stage: Stage) -> None:
    for token in ("abc", "x" * 200, "%00"):
        answer = page(stage, None, f"/verify/{token}")
        assert answer.status_code == 404
        assert "No such document" in shown(answer)


def test_it_takes_a_token_that_was_typed(stage: Stage) -> None:
    assert "Type the token" in shown(page(stage, None, "/verify/"))
    assert page(stage, None, "/verify/?token=abc").headers["Location"] == "/verify/abc"
