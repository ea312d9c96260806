# SPDX-License-Identifier: Apache-2.0
"""A stranger finds a code by a question; Alpha Trade finds one beside the field: on a phone and a desk, by keyboard."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Office

from gumruk import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

WIDTHS = (360, 1280)
GOODS = {"en": "frozen chicken legs", "ru": "окорочка куриные мороженые", "tg": "рони мурғи яхкарда"}
BUILT_SECONDS_MAX = 300


@pytest.fixture(autouse=True)
def index_built(house: Office) -> None:
    """The index that `up` builds beside stands; before that the page says so, and is no error."""
    page = house.stranger()
    until = time.monotonic() + BUILT_SECONDS_MAX
    while page.request.get("/api/v1/find?q=rice").status == 503:
        assert time.monotonic() < until, "the index was not built"
        time.sleep(1)
    page.context.close()


def fits(page: Page, width: int) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} is {wide} px wide of {width}"


def photographed(page: Page, name: str, of: str = "body") -> None:
    """A picture for whoever looks with his eyes: only where a folder is named for them."""
    if folder := os.environ.get("GUMRUK_PICTURES"):
        page.locator(of).first.screenshot(path=str(Path(folder) / f"{name}.png"))


def language_set(page: Page, language: str) -> None:
    page.click(f"[name=language][value={language}]")
    page.wait_for_selector(f"html[lang={language}]")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", texts.languages())
def test_it_leads_from_words_over_a_question_to_a_code(office: Office, language: str, width: int) -> None:
    page = office.stranger(viewport={"width": width, "height": 800})
    page.goto("/find/")
    language_set(page, language)
    page.fill("#find-text", GOODS[language])
    page.keyboard.press("Enter")
    page.wait_for_selector(".g-find-result")
    fits(page, width)
    photographed(page, f"find-{language}-{width}")
    question = page.locator(".g-find-question")
    expect(question).to_be_visible()
    question.locator("a.btn").first.click()
    page.wait_for_selector(".g-find-given")
    fits(page, width)
    photographed(page, f"answered-{language}-{width}")
    kept = page.url
    assert "a=" in kept
    first = page.locator(".g-find-result .g-code").first.inner_text()
    page.goto(kept)
    assert page.locator(".g-find-result .g-code").first.inner_text() == first, "the address keeps the answers"
    page.click(".g-find-given a")
    expect(page.locator(".g-find-question")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", texts.languages())
def test_it_finds_the_code_beside_the_field_by_keyboard_and_fills_only_what_is_taken(
    office: Office, language: str, width: int
) -> None:
    page = office.sign_in("alpha", viewport={"width": width, "height": 800})
    page.goto("/drafts/")
    language_set(page, language)
    page.click("form[action='/drafts/new/'] button")
    page.wait_for_selector("#draft")
    description = page.locator('[name="i:commodity.description"]')
    description.fill(GOODS[language])
    description.press("Tab")
    page.wait_for_selector("#draft:not([data-unsaved])")
    code = page.locator('[name^="i:commodity.classifications"][name$="].id"]').first
    opener = page.locator(".g-f:has([name^='i:commodity.classifications']) a[hx-get]").first
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".g-finder [data-take]")
    assert code.input_value() == "", "nothing is filled in by itself"
    fits(page, width)
    photographed(page, f"finder-{language}-{width}", "#i-section-goods")
    question = page.locator(".g-finder .g-actions button").first
    question.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".g-finder details")
    take = page.locator(".g-finder [data-take]").first
    wanted = take.get_attribute("data-take")
    take.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".g-finder .g-note-good")
    assert code.input_value() == wanted
    page.wait_for_selector("#draft:not([data-unsaved])")
    fits(page, width)
    photographed(page, f"taken-{language}-{width}", "#i-section-goods")
    page.reload()
    assert page.locator('[name^="i:commodity.classifications"][name$="].id"]').first.input_value() == wanted


def test_it_searches_anew_with_other_words_in_the_panel(office: Office) -> None:
    page = office.sign_in("alpha")
    page.goto("/drafts/")
    page.click("form[action='/drafts/new/'] button")
    page.wait_for_selector("#draft")
    page.locator(".g-f:has([name^='i:commodity.classifications']) a[hx-get]").first.click()
    box = page.locator("[data-find-text]")
    box.fill("basmati rice")
    box.press("Enter")
    expect(page.locator(".g-finder [data-take]").first).to_contain_text("1006")
