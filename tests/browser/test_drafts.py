# SPDX-License-Identifier: Apache-2.0
"""Alpha Trade types a whole declaration by hand: saved as typed, checked while typing, lodged; nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Office
from tests.browser.day import WEDNESDAYS_REFERENCE, words

pytestmark = [pytest.mark.browser, pytest.mark.server]


def field(page: Page, name: str) -> str:
    """The selector of a field by the place of its text; `*` stands for the key of a row."""
    start, _, end = name.partition("*")
    return f'[name^="{start}"][name$="{end}"]' if end else f'[name="{name}"]'


def put(page: Page, name: str, text: str) -> None:
    """Type a text into a field, or choose it, and go on to the next."""
    entry = page.locator(field(page, name)).first
    if entry.evaluate("entry => entry.tagName") == "SELECT":
        entry.select_option(text)
    else:
        entry.fill(text)
        entry.press("Tab")


def saved(page: Page) -> None:
    """Wait until everything that was typed is on the server."""
    page.wait_for_selector("#draft:not([data-unsaved])")
    expect(page.locator("#saved")).to_contain_text("Saved at")


def begun(page: Page) -> None:
    """A new declaration."""
    page.click(".g-areas >> text=Fill in")
    page.click("text=Begin a declaration")
    page.wait_for_selector("#draft")


HEAD = {
    "h:type_code": "IMA",
    "h:declaration_office_id": "TJ-DYU",
    "h:goods_shipment.export_country_id": "Китай",
    "h:goods_shipment.destination_country_code": "tj",
    "h:goods_shipment.transaction_nature_code": "11",
    "h:declarant.address.city_name": "Dushanbe",
    "h:declarant.address.line": "12 Rudaki Avenue",
    "h:goods_shipment.importer.id": "020012345",
    "h:goods_shipment.importer.name": "Alpha Trade LLC",
    "h:goods_shipment.importer.address.country_code": "TJ",
    "h:goods_shipment.importer.address.city_name": "Dushanbe",
    "h:goods_shipment.importer.address.line": "12 Rudaki Avenue",
    "h:exporter.name": "Qingdao Home Appliances Co., Ltd",
    "h:exporter.address.country_code": "CN",
    "h:exporter.address.city_name": "Qingdao",
    "h:exporter.address.line": "66 Haier Road",
    "h:border_transport_means.mode_code": "3",
    "h:border_transport_means.id": "XJN20781",
    "h:border_transport_means.registration_nationality_code": "CN",
    "h:goods_shipment.consignment.container_code": "0",
    "h:invoice_amount.value": "312 000,00",
    "h:invoice_amount.currency": "CNY",
    "h:goods_shipment.trade_terms.condition_code": "FCA",
    "h:goods_shipment.trade_terms.location_name": "Qingdao",
    "h:goods_shipment.customs_valuation.freight_charge_amount.value": "38 000",
    "h:goods_shipment.customs_valuation.freight_charge_amount.currency": "CNY",
}
ITEM = {
    "i:commodity.description": "Washing machines, fully automatic, 7 kg, Haier HW70",
    "i:commodity.classifications[*].id": "8450 11 000 0",
    "i:origins[*].country_code": "CN",
    "i:origins[*].type_code": "1",
    "i:government_procedures[*].current_code": "40",
    "i:government_procedures[*].previous_code": "00",
    "i:commodity.goods_measure.gross_mass.value": "11 440",
    "i:commodity.goods_measure.net_mass.value": "10 400,5",
    "i:commodity.goods_measure.tariff_quantity.value": "208",
    "i:commodity.goods_measure.tariff_quantity.unit": "NAR",
    "i:packagings[*].quantity": "208",
    "i:packagings[*].type_code": "CT",
    "i:packagings[*].marks_numbers_id": "NO MARKS 1",
    "i:commodity.item_charge_amount.value": "312000",
    "i:commodity.item_charge_amount.currency": "CNY",
    "i:customs_valuation.method_code": "1",
}


def document(page: Page, code: str, number: str, day: str = "") -> None:
    """One more document of the whole declaration."""
    rows = page.locator('[data-list="additional_documents"] > .g-row')
    count = rows.count()
    page.click('[data-add="additional_documents"][data-scope=h]')
    expect(rows).to_have_count(count + 1)
    row = rows.nth(count)
    for name, text in (("type_code", code), ("id", number), ("issue.text", day)):
        entry = row.locator(f'[name$="].{name}"]').first
        entry.fill(text)
        entry.press("Tab")


def test_it_types_a_whole_declaration_and_lodges_it(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    for name, text in (*HEAD.items(), *ITEM.items()):
        put(page, name, text)
    document(page, "380", "QHA-27-00012", "4.1.2027")
    document(page, "730", "CMR 0419260", "2027-01-04")
    document(page, "271", "QHA-27-00012-P", "04/01/2027")
    saved(page)
    assert "Read as CN, China" in words(page, "#h-at-goods_shipment\\.export_country_id")
    assert "Read as 10 400.5" in words(page, "#i-at-commodity\\.goods_measure\\.net_mass")
    findings = words(page, "#findings")
    assert "Error" not in findings, findings
    assert "Payable in all" in words(page, "#charges")

    page.reload()
    for name, text in (*HEAD.items(), *ITEM.items()):
        assert page.locator(field(page, name)).first.input_value() == text, name

    page.click(".g-head >> text=Lodge the declaration")
    page.wait_for_selector("text=The declaration is lodged")
    assert page.inner_text("h1").startswith("TJ-DYU/050127/")
    assert "Washing machines" in page.inner_text("main")
    page.goto("/drafts/")
    assert "lodged" in page.inner_text("main tbody >> nth=-1")


def test_it_says_what_is_wrong_beside_the_field_and_leads_there_from_the_list(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    put(page, "i:commodity.goods_measure.gross_mass.value", "100")
    put(page, "i:commodity.goods_measure.net_mass.value", "1 250,0")
    saved(page)
    said = words(page, "#i-at-commodity\\.goods_measure\\.net_mass")
    assert "Net mass 1 250.00 kg is more than gross mass 100 kg" in said
    page.click("#findings a:has-text('Net mass') >> nth=0")
    assert page.evaluate("document.activeElement.name") == "i:commodity.goods_measure.net_mass.value"
    put(page, "i:commodity.goods_measure.net_mass.value", "95")
    saved(page)
    assert "more than" not in words(page, "#i-at-commodity\\.goods_measure\\.net_mass")


def test_it_keeps_what_was_typed_without_a_line_and_sends_it_later(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    address = page.url
    page.context.set_offline(True)
    put(page, "h:exporter.name", "Kashgar Trade Co.")
    expect(page.locator("#saved")).to_contain_text("No connection")
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(address)
    assert page.locator(field(page, "h:exporter.name")).input_value() == "Kashgar Trade Co."
    saved(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.locator(field(page, "h:exporter.name")).input_value() == "Kashgar Trade Co."
    office.complaints[:] = [said for said in office.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


def test_it_keeps_what_was_typed_after_the_session_ended(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    address = page.url
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    put(page, "h:exporter.name", "Urumqi Export")
    expect(page.locator("#saved")).to_contain_text("Your session has ended")
    page.context.add_cookies(cookies)
    page.goto(address)
    saved(page)
    assert page.locator(field(page, "h:exporter.name")).input_value() == "Urumqi Export"


def test_it_tells_that_another_tab_wrote_and_keeps_both_texts(office: Office) -> None:
    first = office.sign_in("alpha")
    begun(first)
    second = first.context.new_page()
    second.goto(first.url)
    put(first, "h:exporter.name", "Kashgar Trade")
    saved(first)
    put(second, "h:exporter.name", "Kashgar Trading House")
    expect(second.locator("#saved")).to_contain_text("Both texts are kept")
    assert second.locator(field(second, "h:exporter.name")).input_value() == "Kashgar Trade"
    assert "Kashgar Trading House" in second.inner_text("#kept")
    second.click("#kept >> text=Take this text")
    expect(second.locator(field(second, "h:exporter.name"))).to_have_value("Kashgar Trading House")
    assert "Kashgar Trade" in second.inner_text("#kept")
    office.complaints[:] = [said for said in office.complaints if "409" not in said]


def test_it_keeps_nonsense_and_what_was_pasted(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    pasted = "\u202eAlpha\u202c Trade " + "x" * 20_000
    texts = {
        "h:exporter.name": pasted,
        "h:total_gross_mass.value": "about 19 tons",
        "i:packagings[*].quantity": "1,5",
        "i:commodity.goods_measure.net_mass.value": "1,250",
    }
    for name, text in texts.items():
        put(page, name, text)
    saved(page)
    page.reload()
    for name, text in texts.items():
        assert page.locator(field(page, name)).first.input_value() == text
    assert "“about 19 tons” is no number" in words(page, "#h-at-total_gross_mass")
    assert "The text has 20014 characters" in words(page, "#h-at-exporter\\.name")
    assert "was read as 1.250: a comma is the decimal mark" in words(page, "#i-at-commodity\\.goods_measure\\.net_mass")


def test_it_mends_a_refused_declaration_of_a_file_on_the_page(office: Office) -> None:
    page = office.sign_in("alpha")
    page.goto("/declarations/?q=ATR-2026-000431")
    page.click("tbody a:text-is('ATR-2026-000431')")
    page.click("text=Mend it here")
    page.wait_for_selector("#draft")
    assert page.locator(field(page, "h:version_id")).input_value() == "2"
    page.click("#findings a >> nth=0")
    page.goto("/declarations/?q=" + WEDNESDAYS_REFERENCE)
    page.click("tbody tr a >> nth=0")
    page.click("text=Copy into a new declaration")
    page.wait_for_selector("#draft")
    assert page.locator("tr[data-line]").count() == 2
    page.click("tr[data-line] >> nth=1 >> a >> nth=0")
    page.wait_for_selector("#item-title:has-text('2')")
    page.click("text=Copy the item")
    page.wait_for_selector("tr[data-line] >> nth=2")
    page.click("text=Remove the item")
    page.wait_for_selector("text=Put the removed item back")
    assert page.locator("tr[data-line]").count() == 2


def test_it_leads_to_a_field_that_lay_folded_under_more(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    page.click("#h-section-parties > details.g-more > summary")
    put(page, "h:agent.name", "Broker LLC")
    page.click("#h-at-agent > details.g-more > summary")
    put(page, "h:agent.identity_document.issue.text", "the other day")
    saved(page)
    page.goto(page.url.split("?")[0])
    page.click("#h-section-head > summary")
    page.click("#findings a:has-text('issued on')")
    assert page.evaluate("document.activeElement.name") == "h:agent.identity_document.issue.text"
    assert "“the other day” is no day" in words(page, "#h-at-agent\\.identity_document\\.issue")


def test_it_takes_rows_out_and_puts_them_back(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    document(page, "380", "INV-1", "4.1.2027")
    document(page, "730", "CMR-1")
    rows = page.locator('[data-list="additional_documents"] > .g-row')
    rows.nth(0).locator("button[data-row-remove]").click()
    expect(rows).to_have_count(1)
    expect(page.locator("#kept")).to_contain_text("INV-1")
    assert rows.nth(0).locator('[name$="].id"]').input_value() == "CMR-1"
    page.click("#kept >> text=Put it back")
    expect(rows).to_have_count(2)
    assert {row.locator('[name$="].id"]').input_value() for row in rows.all()} == {"INV-1", "CMR-1"}


def test_it_opens_one_item_at_a_time_and_keeps_what_was_typed_in_each(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    put(page, "i:commodity.description", "Tea, green")
    page.click("text=Add a goods item")
    page.wait_for_selector("#item-title:has-text('2')")
    put(page, "i:commodity.description", "Tea, black")
    page.click("tr[data-line] >> nth=0 >> a >> nth=0")
    page.wait_for_selector("#item-title:has-text('1')")
    assert page.locator(field(page, "i:commodity.description")).input_value() == "Tea, green"
    page.click("tr[data-line] >> nth=1 >> a >> nth=0")
    page.wait_for_selector("#item-title:has-text('2')")
    assert page.locator(field(page, "i:commodity.description")).input_value() == "Tea, black"
    page.click("#item >> text=Up")
    page.wait_for_selector("#item-title:has-text('1')")
    assert "Tea, black" in page.inner_text("tr[data-line] >> nth=0")


def test_it_takes_goods_from_a_list(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    page.click("text=Take goods from a list")
    rows = "".join(f"Tea No {number};0902100000;CN;110;100;5 400,00\n" for number in range(60))
    content = f"Goods;HS code;Country of origin;Gross kg;Net kg;Amount, USD\n{rows}".encode()
    page.set_input_files("[type=file]", {"name": "tea.csv", "mimeType": "text/csv", "buffer": content})
    page.click("text=Read the list")
    page.wait_for_selector("text=What the columns of tea.csv mean")
    page.click("main form >> text=Take the goods")
    page.wait_for_selector("#items >> text=60")
    assert page.locator("tr[data-line]").count() == 50
    assert "60 places" in words(page, "#findings")
    page.click("nav.g-filters >> text=2")
    expect(page.locator("tr[data-line]")).to_have_count(10)
    page.click("tr[data-line] >> nth=9 >> a >> nth=0")
    page.wait_for_selector("#item-title:has-text('60')")
    assert page.locator(field(page, "i:commodity.description")).input_value() == "Tea No 59"


def test_it_works_without_a_script(office: Office) -> None:
    page = office.sign_in("alpha", java_script_enabled=False)
    page.goto("/drafts/")
    page.click("text=Begin a declaration")
    page.fill(field(page, "h:goods_shipment.importer.name"), "Alpha Trade LLC")
    page.fill(field(page, "h:total_gross_mass.value"), "1 250,5")
    page.fill(field(page, "i:commodity.description"), "Tea, green")
    page.press(field(page, "h:total_gross_mass.value"), "Enter")
    page.wait_for_load_state()
    assert "Nothing was lodged" not in page.inner_text("main"), "Enter saves and lodges nothing"
    page.click("#draft >> text=Save and check")
    assert page.input_value(field(page, "h:total_gross_mass.value")) == "1 250,5"
    assert "Read as 1 250.5" in words(page, "#h-at-total_gross_mass")
    page.click("[data-add='additional_documents'][data-scope=h]")
    page.fill('[name^="h:additional_documents["][name$="].id"]', "INV-7")
    page.click("#draft >> text=Add a goods item")
    assert page.locator("tr[data-line]").count() == 2
    assert page.input_value('[name^="h:additional_documents["][name$="].id"]') == "INV-7"
    page.click("tr[data-line] >> nth=0 >> a >> nth=0")
    assert page.input_value(field(page, "i:commodity.description")) == "Tea, green"
    page.click(".g-head >> text=Lodge the declaration")
    assert "Nothing was lodged" in page.inner_text("main [role=alert]")


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_it_fits_every_screen_with_everything_open(office: Office, language: str) -> None:
    page = office.sign_in("alpha")
    page.context.add_cookies([{"name": "gumruk_language", "value": language, "url": office.address}])
    page.goto("/drafts/")
    page.click("main header button")
    page.wait_for_selector("#draft")
    while page.locator("details:not([open])").count():
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        page.wait_for_load_state("networkidle")
    for width in (1440, 768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px of {width} in {language}"


def test_it_is_filled_in_by_keyboard_alone(office: Office) -> None:
    page = office.sign_in("alpha")
    begun(page)
    page.focus(field(page, "h:declaration_office_id"))
    page.keyboard.type("TJ-KUL")
    page.keyboard.press("Tab")
    page.keyboard.type("KEY-1")
    page.keyboard.press("Tab")
    page.keyboard.type("CN")
    page.keyboard.press("Tab")
    saved(page)
    page.reload()
    assert page.locator(field(page, "h:goods_shipment.export_country_id")).input_value() == "CN"
    assert page.locator(field(page, "h:functional_reference_id")).input_value().endswith("KEY-1")

    address = page.url
    page.focus(field(page, "h:exporter.name"))
    page.keyboard.type("Kashgar Trade")
    page.keyboard.press("Enter")
    saved(page)
    assert page.url == address and "Nothing was lodged" not in page.inner_text("main"), "Enter saves and lodges nothing"
