# SPDX-License-Identifier: Apache-2.0
"""A stranger walks the tree down to a line, on a phone in Tajik too; Alpha Trade follows a code and ends it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.browser.conftest import Office
from tests.browser.test_every_page import language_set

from gumruk import texts

pytestmark = [pytest.mark.browser, pytest.mark.server]

PAGES = (
    "/tree/", "/tree/IV", "/tree/22", "/tree/2202", "/tree/2202100000", "/tree/9301", "/tree/870380", "/tree/030290",
    "/tree/0299", "/tree/22/print", "/tree/compare", "/tree/compare?a=870323&b=870380",
)  # fmt: skip


def test_it_leads_a_stranger_from_a_section_to_a_line_and_to_another_day(office: Office) -> None:
    page = office.stranger()
    page.goto("/tree/")
    page.click("summary:has-text('Prepared food, drinks and tobacco')")
    page.click(".g-tree-list a:has-text('22')")
    page.click("td a:has-text('2202')")
    page.click("td a:has-text('2202 10')")
    page.click("td a:has-text('2202 10 000 0')")
    assert page.url.endswith("/tree/2202100000")
    assert "0.06 EUR per l" in page.inner_text("main")
    page.fill("#on", "2025-01-15")
    page.click("text=Show this day")
    assert page.url.endswith("/tree/2202100000?on=2025-01-15")
    assert "it does so since 29 May 2025" in page.inner_text("main").replace("\u00a0", " ")
    page.click("main a:has-text('2202 10')")
    assert page.url.endswith("/tree/220210?on=2025-01-15")
    assert "0.06 EUR per l" not in page.inner_text("main")
    page.click(".g-crumbs a:has-text('2202')")
    assert page.url.endswith("on=2025-01-15")


def test_it_goes_to_a_code_compares_it_and_takes_the_whole_along(office: Office, tmp_path: Path) -> None:
    page = office.stranger()
    page.goto("/tree/")
    page.fill("#code", "8703.23")
    page.click("text=Go there")
    page.click("text=Compare with another code")
    page.fill("#b", "8703 80")
    page.click("text=Compare the codes")
    assert "They part below: 8703" in page.inner_text("main")
    page.goto("/tree/?on=2027-01-04")
    with page.expect_download(timeout=60_000) as download:
        page.click("text=Take the whole tree along")
    download.value.save_as(tmp_path / "tree.zip")
    manifest = json.loads(zipfile.ZipFile(tmp_path / "tree.zip").read("manifest.json"))
    assert (manifest["on"], manifest["edition"]) == ("2027-01-04", "HS2022")


def test_it_lets_a_trader_follow_a_code_and_end_it(office: Office) -> None:
    page = office.sign_in("alpha")
    page.goto("/tree/0207")
    page.click("text=Follow this code")
    page.fill("#id_mail", "chicken@alpha")
    page.click("text=Follow the code")
    assert page.locator("[role=alert], .g-summary").first.is_visible()
    page.fill("#id_mail", "chicken@alpha.example")
    page.click("text=Follow the code")
    page.wait_for_url("**/tree/0207")
    assert "Mail goes to chicken@alpha.example" in page.inner_text("main")
    page.click("text=All codes that you follow")
    assert "0207" in page.inner_text("tbody")
    page.click("text=Follow no more")
    assert "You follow no code" in page.inner_text("main")


@pytest.mark.parametrize("language", texts.languages())
def test_it_fits_every_screen_in_every_language(office: Office, language: str) -> None:
    page = office.stranger()
    page.goto("/tree/")
    language_set(page, language)
    for address in PAGES:
        page.goto(address)
        for width in (360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{address} is {wide} px wide of {width}"
