# SPDX-License-Identifier: Apache-2.0
"""Rustam, who proves and changes nothing; Nekruz, who makes users and reads no file."""

from __future__ import annotations

import json

import pytest
from tests.browser.conftest import Office
from tests.browser.day import FLOUR, HOME_APPLIANCES, downloaded, file_open, words

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_it_leads_the_auditor_from_a_file_to_the_proof_of_an_event(office: Office) -> None:
    page = office.sign_in("rustam")
    file_open(page, HOME_APPLIANCES)
    page.locator(".g-timeline li", has_text="Goods released").locator("text=proof").click()
    page.wait_for_selector("text=Proved: the event is under seal")
    said = words(page)
    assert "Goods released" in said and "Dilnoza Karimova" in said and HOME_APPLIANCES in said
    proof = json.loads(downloaded(page, "Export the proof"))
    root = json.loads(downloaded(page, "Export the root"))
    assert proof["event"]["kind"] == "declaration.release"
    assert root["size"] >= proof["position"]

    page.fill("#event", "not an event")
    page.click("text=Prove the event")
    assert "not an event" in page.inner_text("main [role=alert]")


def test_it_shows_the_auditor_all_and_lets_him_change_nothing(office: Office) -> None:
    page = office.sign_in("rustam")
    page.click(".g-areas >> text=Declarations")
    numbers = page.locator("tbody td:first-child").all_inner_texts()
    assert {FLOUR, HOME_APPLIANCES, "ZED-2026-0034", "ATR-2026-000431"} <= set(numbers)
    file_open(page, FLOUR)
    assert page.locator(".g-head .g-actions a").all_inner_texts() == []
    file = page.url.split("?")[0]
    for door in ("/lodge/", f"{file}release/", f"{file}hold/", "/payments/receive/", "/users/new/"):
        answer = page.goto(door)
        assert answer is not None and answer.status == 403, door
        assert "You may see this, but not do that" in page.inner_text("h1")


def test_it_lets_the_administrator_make_a_user_who_sees_his_post_alone(office: Office) -> None:
    page = office.sign_in("nekruz")
    page.click(".g-areas >> text=Users")
    page.click("text=New user")
    page.fill("#id_login", "zafar")
    page.fill("#id_name", "Zafar Odinaev")
    page.fill("#id_password", office.password)
    page.select_option("#id_role", "officer")
    page.fill("#id_offices", "TJ-AMZ")
    page.click("text=Save the user")
    page.wait_for_url("**/users/")
    row = page.locator("tbody tr", has_text="Zafar Odinaev").inner_text()
    assert "Officer" in row and "TJ-AMZ" in row

    zafar = office.sign_in("zafar")
    zafar.goto("/declarations/")
    zafar.wait_for_url("**/profile/")  # the administrator knows this password: nothing goes before it is another
    zafar.fill("#id_present", office.password)
    zafar.fill("#id_password", f"{office.password} of his own")
    zafar.click("main form:has(#id_present) button[type=submit]")
    zafar.goto("/declarations/")
    assert zafar.locator("tbody td:first-child").all_inner_texts() == [FLOUR]


def test_it_shows_the_administrator_no_declaration_and_no_money(office: Office) -> None:
    auditor = office.sign_in("rustam")
    file_open(auditor, FLOUR)
    page = office.sign_in("nekruz")
    areas = page.locator(".g-areas a").all_inner_texts()
    assert "Users" in areas and not {"Declarations", "Lodge", "Payments"} & set(areas)
    for door in ("/declarations/", auditor.url, "/payments/", "/lodge/"):
        answer = page.goto(door)
        assert answer is not None and answer.status == 404, door
        assert "flour" not in page.content()
