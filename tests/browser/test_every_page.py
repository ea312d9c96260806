# SPDX-License-Identifier: Apache-2.0
"""All main pages, in three languages, on a phone, a tablet and a desk, light and dark; and by keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Office
from tests.browser.day import CARS, HOME_APPLIANCES, TOBACCO, file_open, message

from gumruk import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

WIDTHS = (360, 768, 1440)
REFUSED = "ATR-2026-000431"

# Who looks at which pages; a number or reference stands for the page of that file.
PAGES: dict[str, Sequence[str]] = {
    "": ("/sign-in/", "/find/", "/verify/", "/verify/nothing-of-ours", "/ui/"),
    "alpha": ("/", "/declarations/", "/lodge/", "/drafts/", CARS, REFUSED, "/payments/", "/profile/", "/nowhere/"),
    "dilnoza": ("/", "/declarations/?state=accepted", HOME_APPLIANCES, TOBACCO, "/payments/", "/audit/"),
    "sitora": ("/", "/payments/receive/", "/payments/payers/020012345/", "/payments/day/", "/payments/treasury/"),
    "nekruz": ("/", "/users/", "/users/new/", "/law/", "/law/publications/1/"),
}


def opened(page: Page, place: str) -> None:
    """Go to an address, or to the file of a number or reference."""
    if place.startswith("/"):
        page.goto(place)
    else:
        file_open(page, place)


def language_set(page: Page, language: str) -> None:
    """Choose a language by the switch that stands on each page."""
    page.click(f"[name=language][value={language}]")
    page.wait_for_selector(f"html[lang={language}]")


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize("login", PAGES)
def test_it_fits_every_screen_in_every_language(office: Office, login: str, language: str) -> None:
    """The band of training, words instead of keys and an empty console are watched on each page besides."""
    page = office.sign_in(login) if login else office.stranger()
    opened(page, PAGES[login][0])
    language_set(page, language)
    for place in PAGES[login]:
        opened(page, place)
        assert page.get_attribute("html", "lang") == language
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{place} is {wide} px wide of {width}"


def test_it_speaks_tajik_and_russian_on_the_page_of_a_file(office: Office) -> None:
    page = office.sign_in("dilnoza")
    file_open(page, CARS)
    said = {"en": page.inner_text("main")}
    for language in ("ru", "tg"):
        language_set(page, language)
        said[language] = page.inner_text("main")
    assert "Goods" in said["en"]
    assert "Товары" in said["ru"] and "Таможенная стоимость" in said["ru"]
    assert "Молҳо" in said["tg"] and "Арзиши гумрукӣ" in said["tg"]
    assert all(CARS in words for words in said.values())
    for words in ("Customs value", "Import duty", "Accepted", "Release due", "History", "why"):
        assert words not in said["ru"] and words not in said["tg"]


def test_it_turns_dark_and_stays_so(office: Office) -> None:
    page = office.sign_in("dilnoza")
    file_open(page, CARS)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.click("[data-theme-switch] button")
    dark = page.evaluate(background)
    assert dark != light
    page.goto("/payments/")
    assert page.evaluate(background) == dark


def tab_to(page: Page, selector: str) -> None:
    """Press the tab key until the focus is there, where it must be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus at {selector} cannot be seen"
            return
    raise AssertionError(f"{selector} is not reached by the tab key")


def test_it_can_be_used_by_keyboard_alone_from_sign_in_to_lodging(office: Office) -> None:
    page = office.stranger()
    page.goto("/sign-in/")
    tab_to(page, "#id_login")
    page.keyboard.type("alpha")
    tab_to(page, "#id_password")
    page.keyboard.type(office.password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{office.address}/")
    tab_to(page, ".g-areas a[href='/lodge/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lodge/")
    page.wait_for_load_state("networkidle")  # the page's script listens by then
    tab_to(page, "#id_message")
    content = message("apricots.xml", "ATR-2027-000021")
    # The chooser that the key opens is the browser's own; a busy machine shows it late, and a test cannot use it.
    page.set_input_files("#id_message", {"name": "apricots.xml", "mimeType": "text/xml", "buffer": content})
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/declarations/**")
    tab_to(page, "#item-1 .g-line summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#item-1 .g-line .g-why-body")
