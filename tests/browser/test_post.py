# SPDX-License-Identifier: Apache-2.0
"""A day at the post: Dilnoza works her list, Farrukh decides where a second person is needed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Office
from tests.browser.day import FLOUR, TOBACCO, act, file_open, message, message_lodge, reload_until, words

pytestmark = [pytest.mark.browser, pytest.mark.server]

STILL_MISSING = "Pay the amount in to the payer's advance account; it is reserved by itself."


def lodged(office: Office, sample: str, reference: str) -> Page:
    """What Alpha Trade has lodged just now, open before Dilnoza."""
    trader = office.sign_in("alpha")
    message_lodge(trader, sample, message(sample, reference))
    page = office.sign_in("dilnoza")
    page.goto(trader.url.split("?")[0])
    return page


def test_it_walks_the_list_with_filters_and_keys(office: Office) -> None:
    page = office.sign_in("dilnoza")
    page.click(".g-areas >> text=Declarations")
    page.click(".g-filters >> text=Accepted")
    page.wait_for_url("**?state=accepted")
    numbers = page.locator("tbody td:first-child").all_inner_texts()
    assert {FLOUR, TOBACCO} <= set(numbers)
    assert set(page.locator("tbody .g-state").all_inner_texts()) == {"Accepted"}
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/declarations/[0-9a-f-]{36}/$"))
    assert page.inner_text("h1") == numbers[0]


def test_it_names_each_blocker_when_a_file_cannot_be_released(office: Office) -> None:
    page = office.sign_in("dilnoza")
    file_open(page, FLOUR)
    page.click("text=Release the goods")
    assert "3 things stand against release." in page.inner_text("#dialogue-release")
    page.click("#dialogue-release button[type=submit]")
    page.wait_for_selector("text=This cannot be done yet. Nothing was changed; this stands against it:")
    found = page.locator(".g-finding .g-places li").all_inner_texts()
    assert len(found) == 3
    for name, said in zip(("Import duty", "VAT", "Clearance fee"), found, strict=True):
        assert f"{name} is not settled" in said
    assert page.inner_text(".g-finding").count(STILL_MISSING) == 1
    page.click("text=Cancel")
    page.wait_for_load_state()
    assert page.inner_text(".g-head .g-state") == "Accepted"


def test_it_holds_goods_and_another_person_lifts_the_hold(office: Office) -> None:
    dilnoza = lodged(office, "truck_mixed.xml", "ATR-2027-000011")
    act(dilnoza, "hold", why="The seal number differs from the consignment note")
    stands = dilnoza.locator(".g-against li", has_text="The goods are held")
    assert "The seal number differs from the consignment note" in stands.inner_text()
    assert dilnoza.locator("text=Lift the hold").count() == 0, "not her own"

    farrukh = office.sign_in("farrukh")
    farrukh.goto(dilnoza.url.split("?")[0])
    farrukh.click(".g-against >> text=Lift the hold")
    address = farrukh.url
    answer = dilnoza.goto(address)
    assert answer is not None and answer.status == 403
    farrukh.fill("[name=why]", "The seal was changed at the border, the record is there")
    farrukh.click("main button[type=submit]")
    farrukh.wait_for_selector("text=The hold is lifted.")
    assert farrukh.locator(".g-against li", has_text="The goods are held").count() == 0
    assert "Hold lifted, Farrukh Rahimov" in farrukh.inner_text(".g-timeline")


def test_it_does_not_let_a_supervisor_lift_a_hold_of_his_own(office: Office) -> None:
    farrukh = office.sign_in("farrukh")
    file_open(farrukh, TOBACCO)
    act(farrukh, "hold", why="Stamps of two series in one consignment")
    own = farrukh.locator(".g-against li", has_text="Stamps of two series")
    assert own.locator("text=Lift the hold").count() == 0
    assert farrukh.locator(".g-against li", has_text="Excise stamps").locator("text=Lift the hold").count() == 1


def test_it_decides_another_code_with_grounds_and_shows_the_charges_anew(office: Office) -> None:
    page = lodged(office, "truck_mixed.xml", "ATR-2027-000012")
    duty = page.locator("#item-1 .g-line", has_text="Import duty").locator(".g-num")
    before = duty.first.inner_text()
    act(
        page,
        "decide",
        item="1",
        kind="code",
        decided="8528 72 000 0",
        grounds="The devices have a screen of 43 inches and receive television",
        act="TJ-CC-62-2004",
    )
    page.wait_for_selector("text=The decision is taken and the charges are computed anew.")
    trio = words(page, "#item-1 .g-trio")
    assert "8517 13 000 0" in trio and "8528 72 000 0" in trio
    assert duty.first.inner_text() != before
    assert "Before the officer's decision the rate was 5%; now it is 10%." in words(page, "#item-1")
    decision = page.inner_text("details:has(> summary h2:text-is('Decisions'))")
    assert "The devices have a screen of 43 inches" in decision
    assert "Can be appealed" in decision


def test_it_refuses_a_decision_on_a_code_that_does_not_exist_and_keeps_what_was_typed(office: Office) -> None:
    page = lodged(office, "truck_mixed.xml", "ATR-2027-000013")
    act(page, "decide", item="2", kind="code", decided="9999", grounds="It looks different", act="TJ-CC-62-2004")
    assert "9999 is not in the nomenclature." in page.inner_text("main .g-summary")
    assert page.input_value("#decide_grounds") == "It looks different"
    assert page.input_value("#decide_decided") == "9999"


def test_it_presents_goods_that_were_declared_before_they_came(office: Office) -> None:
    page = lodged(office, "preregistered.json", "ATR-2027-000014")
    assert page.inner_text(".g-head .g-state") == "Preregistered"
    assert "A forecast by the law of today." in page.inner_text("main")
    act(page, "present")
    page.wait_for_selector("text=The goods are presented and the declaration is accepted.")
    assert page.inner_text(".g-head .g-state") == "Accepted"
    reload_until(page, ".g-head", re.compile("Reserved|Not settled"))
    assert "A forecast" not in page.inner_text("main")


def test_it_lets_a_supervisor_invalidate_a_file_and_frees_the_money(office: Office) -> None:
    trader = office.sign_in("alpha")
    message_lodge(trader, "apricots.xml", message("apricots.xml", "ATR-2027-000015"))
    page = office.sign_in("farrukh")
    page.goto(trader.url.split("?")[0])
    act(page, "invalidate", why="Declared twice by mistake; the goods left under another declaration")
    page.wait_for_selector("text=The declaration is void.")
    assert page.inner_text(".g-head .g-state") == "Invalidated"
    assert page.locator(".g-head .g-actions a").count() == 0
    trader.reload()
    assert "Invalidated, Farrukh Rahimov: Declared twice by mistake" in trader.inner_text(".g-timeline")
