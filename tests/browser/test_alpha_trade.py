# SPDX-License-Identifier: Apache-2.0
"""Alpha Trade, a declarant: lodges from a file, reads what was found, follows it, takes it back."""

from __future__ import annotations

import json

import pytest
from lxml import etree
from tests.browser.conftest import Office
from tests.browser.day import (
    CARS,
    ZEDS_OIL,
    act,
    downloaded,
    file_open,
    message,
    message_lodge,
    reload_until,
    words,
)

pytestmark = [pytest.mark.browser, pytest.mark.server]

DROP = """(area, [name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, {type: "text/xml"}));
  area.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def test_it_drops_a_file_and_gets_a_number_charges_and_the_money_reserved(office: Office) -> None:
    page = office.sign_in("alpha")
    page.click(".g-areas >> text=Lodge")
    content = message("truck_mixed.xml", "ATR-2027-000001").decode()
    page.locator("[data-drop]").evaluate(DROP, ["truck.xml", content])
    page.click("main button:text-is('Lodge the declaration')")

    page.wait_for_selector("text=The declaration is lodged")
    assert page.inner_text("h1").startswith("TJ-KUL/050127/")
    assert page.inner_text(".g-head .g-state") == "Accepted"
    reload_until(page, ".g-head", "Reserved")
    assert "Nothing stands against release" in page.inner_text("main")
    assert page.locator(".g-against li").all_inner_texts() == [
        "Not checked here\nProhibitions and restrictions: not checked here. "
        "Look at the papers yourself; this version does not check them.",
        "Not checked here\nPermits and licences: not checked here. "
        "Look at the papers yourself; this version does not check them.",
    ]


def test_it_opens_why_of_the_vat_down_to_the_act(office: Office) -> None:
    page = office.sign_in("alpha")
    file_open(page, "TJ-KUL/281226/000001")
    vat = page.locator("#item-1 .g-line", has_text="VAT")
    assert not vat.locator(".g-why-body").is_visible()
    vat.locator("> summary").click()
    why = words(page, "#item-1 .g-line:has-text('VAT') .g-why-body")
    assert "VAT is 14% of" in why
    assert "The law of 28 Dec 2026 counts: the legal moment is acceptance." in why
    assert vat.locator(".g-steps tr").count() >= 3
    act_link = vat.locator(".g-law a").first
    assert "Tax Code" in act_link.inner_text()
    assert (act_link.get_attribute("href") or "").startswith("http")
    vat.locator(".g-trace > summary").click()
    assert "vat" in vat.locator(".g-trace pre").inner_text().lower()


def test_it_takes_its_declaration_along_as_json_and_as_wco_xml(office: Office) -> None:
    page = office.sign_in("alpha")
    file_open(page, "TJ-KUL/281226/000001")
    as_json = json.loads(downloaded(page, "JSON"))
    assert as_json["functional_reference_id"] == "ATR-2026-000417"
    as_wco = etree.fromstring(downloaded(page, "WCO XML"))
    assert as_wco.findtext(".//{*}FunctionalReferenceID") == "ATR-2026-000417"


def test_it_finds_nothing_at_the_address_of_a_file_of_zed(office: Office) -> None:
    zed = office.sign_in("zed")
    file_open(zed, ZEDS_OIL)
    page = office.sign_in("alpha")
    answer = page.goto(zed.url)
    assert answer is not None and answer.status == 404
    assert "There is nothing at this address" in page.inner_text("h1")
    page.goto("/declarations/?q=ZED-2026")
    assert "No declaration fits" in page.inner_text("main")


def test_it_is_not_told_that_nothing_stands_against_goods_for_which_another_has_not_paid(office: Office) -> None:
    page = office.sign_in("alpha")
    file_open(page, CARS)
    assert "Only the payer, Kuhsor Motors LLC, sees how the money stands." in page.inner_text(".g-against")
    assert "Nothing stands against release" not in page.inner_text("main")


def test_it_withdraws_a_declaration_with_a_reason(office: Office) -> None:
    page = office.sign_in("alpha")
    message_lodge(page, "phones.xml", message("phones.xml", "ATR-2027-000002"))
    act(page, "withdraw", why="The buyer has cancelled the order")
    assert "The declaration is withdrawn." in page.inner_text("main")
    assert page.inner_text(".g-head .g-state") == "Withdrawn"
    assert "Withdrawn, Alpha Trade: The buyer has cancelled the order" in page.inner_text(".g-timeline")
    assert page.locator("[data-dialogue=dialogue-withdraw]").count() == 0


def test_it_reads_every_finding_with_its_mend_and_goes_to_its_place(office: Office) -> None:
    page = office.sign_in("alpha")
    message_lodge(page, "televisions.xml", message("wrong_values.xml", "ATR-2027-000003"))
    assert page.inner_text("h1") == "ATR-2027-000003"
    assert page.inner_text(".g-head .g-state") == "Registration refused"
    assert "The declaration is lodged." not in page.inner_text("main")
    mass = page.locator(".g-finding", has_text="more than gross mass")
    assert "Goods item 1, net mass" in mass.inner_text()
    assert "Correct one of the two." in mass.inner_text()
    mass.locator("text=Go there").click()
    assert page.url.endswith("#item-1")
    assert "more than gross mass" in page.inner_text("#item-1")
    page.locator("#item-1 .g-found a").first.click()
    assert "#finding-DEC-17" in page.url


def test_it_is_told_where_a_file_cannot_be_read(office: Office) -> None:
    page = office.sign_in("alpha")
    message_lodge(page, "letter.xml", b"Dear customs, please let the truck through.")
    assert "letter.xml cannot be read. Nothing was lodged." in page.inner_text("main [role=alert]")
    assert page.locator(".g-finding .g-mend").count() == 1
    assert page.is_visible("#id_message")


def test_it_gets_the_same_answer_for_the_same_file_and_another_for_other_content(office: Office) -> None:
    page = office.sign_in("alpha")
    content = message("apricots.xml", "ATR-2027-000004")
    message_lodge(page, "apricots.xml", content)
    first = page.url.split("?")[0]
    message_lodge(page, "apricots.xml", content)
    assert page.url.split("?")[0] == first
    assert "This very message came before" in page.inner_text("main")

    message_lodge(page, "apricots.xml", content.replace(b"Dried apricots", b"Dried plums"))
    refused = words(page, "main [role=alert]")
    assert "under the same reference and version you have lodged other content" in refused
    assert "Give the message a new reference of yours, or a higher version." in page.inner_text("main")
    page.click("main [role=alert] a")
    page.wait_for_url(first)
    assert "Dried plums" not in page.inner_text("main")
