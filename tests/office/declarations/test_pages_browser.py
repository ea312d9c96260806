# SPDX-License-Identifier: Apache-2.0
"""The pages of declarations in a real browser: by keyboard, on a phone, without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.office.declarations.stage import TUESDAY, Stage, item, message
from tests.office.ui.test_browser import address

from gumruk import texts

pytestmark = pytest.mark.browser

__all__ = ["address"]

LONG = "Parts of bucket-wheel excavators, forged, not assembled, in wooden crates, " * 4


@pytest.fixture
def signed_in(stage: Stage, address: str, chromium_path: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser in which this person has signed in by the form; errors in its console fail the test.

    The browser starts at the first call: from then on the story is told in the browser only, since Playwright's loop
    runs in this thread and keeps Django from the test's own connection.
    """
    stage.set_clock(TUESDAY)
    complaints: list[str] = []
    with ExitStack() as stack:
        browsers: list[Browser] = []

        def opened(login: str, width: int = 1440, language: str = "en", script: bool = True) -> Page:
            if not browsers:
                playwright = stack.enter_context(sync_playwright())
                browsers.append(playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"]))
                stack.callback(browsers[0].close)
            context = browsers[0].new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=address
            )
            context.add_cookies([{"name": "gumruk_language", "value": language, "url": address}])
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto("/sign-in/")
            page.fill("[name=login]", login)
            page.fill("[name=password]", "apricots")
            page.press("[name=password]", "Enter")
            page.wait_for_selector("nav.g-areas")
            return page

        yield opened
    assert complaints == []


def drop(page: Page, folder: Path, content: bytes) -> None:
    """Choose a file on the page of lodging and send it."""
    path = folder / "declaration.json"
    path.write_bytes(content)
    page.goto("/lodge/")
    page.set_input_files("[type=file]", path)
    page.click("main form button[type=submit]")


def test_it_lodges_a_file_and_finds_it_in_the_list(signed_in: Callable[..., Page], tmp_path: Path) -> None:
    alpha = signed_in("alpha", 360, "tg")
    drop(alpha, tmp_path, message())
    alpha.wait_for_selector("text=" + texts.say("tg", "declarations.done.lodged"))
    alpha.goto("/declarations/")
    alpha.keyboard.press("/")
    alpha.keyboard.type("ATR-1")
    alpha.keyboard.press("Enter")
    alpha.wait_for_selector("text=TJ-DYU/151226/000001")


def test_it_releases_the_goods_by_keyboard_alone(stage: Stage, signed_in: Callable[..., Page]) -> None:
    stage.pay("300000")
    stage.lodge()
    dilnoza = signed_in("dilnoza")
    dilnoza.goto("/declarations/")
    dilnoza.keyboard.press("j")
    dilnoza.keyboard.press("Enter")
    dilnoza.wait_for_selector("text=The goods may go.")
    dilnoza.focus("[data-dialogue=dialogue-release]")
    dilnoza.keyboard.press("Enter")
    dilnoza.wait_for_selector("#dialogue-release[open]")
    dilnoza.focus("#dialogue-release button[type=submit]")
    dilnoza.keyboard.press("Enter")
    dilnoza.wait_for_selector("text=The goods are released.")
    assert dilnoza.is_visible("header >> text=Release note")


def test_it_works_without_a_script(stage: Stage, signed_in: Callable[..., Page], tmp_path: Path) -> None:
    alpha = signed_in("alpha", script=False)
    drop(alpha, tmp_path, message())
    farrukh = signed_in("farrukh", script=False)
    farrukh.goto(alpha.url)
    farrukh.click("text=Hold the goods")
    farrukh.fill("[name=why]", "Count the refrigerators")
    farrukh.click("main button[type=submit]")
    farrukh.wait_for_selector("text=The goods are held: Count the refrigerators")
    farrukh.click(".g-why.g-line >> nth=1")
    assert farrukh.is_visible("text=Import duty is 5% of")


@pytest.mark.parametrize(("language", "width"), [("tg", 360), ("tg", 768), ("tg", 1440), ("ru", 360), ("en", 768)])
def test_it_breaks_at_no_width_in_no_language(
    stage: Stage, signed_in: Callable[..., Page], language: str, width: int
) -> None:
    def long(told: dict[str, Any]) -> None:
        item(told)["commodity"]["description"] = LONG
        item(told)["commodity"]["classifications"][0]["id"] = "8703329000"  # the longest rate of the tariff
        item(told)["commodity"]["duty_tax_fees"] = [{"specific_tax_base_quantity": {"value": "1995", "unit": "CMQ"}}]

    good, bad = stage.lodge(message("ATR-1", change=long)), stage.lodge(message("ATR-2", type_code="XXX"))
    page = signed_in("farrukh", width, language)
    for path in (
        "/",
        "/declarations/",
        f"/declarations/{good.id}/",
        f"/declarations/{bad.id}/",
        f"/declarations/{good.id}/decide/",
        "/audit/",
        "/verify/abc",
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("login", ["alpha", "farrukh"])
def test_it_shows_every_area_whole_on_a_phone(signed_in: Callable[..., Page], login: str) -> None:
    """No strip that runs out of the screen on both sides: the areas go on in the next line."""
    for language in texts.languages():
        page = signed_in(login, 360, language)
        page.goto("/declarations/")
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.g-areas a')].map((one) => [one, one.getBoundingClientRect()])
                .filter(([one, box]) => box.left < 0 || box.right > innerWidth || box.height < 44)
                .map(([one]) => one.textContent)"""
        )
        assert cut == [], language
        assert page.locator(".g-areas a").count() > 4
