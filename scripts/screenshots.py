# SPDX-License-Identifier: Apache-2.0
"""Take the pictures of README.md in a running demonstration.

    .venv/bin/python scripts/screenshots.py [ADDRESS] [DATA]

It signs in as the demonstration's people, only looks, and writes `docs/images/*.png`. It needs the packages of
`./run test` and a Chromium or Chrome.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FILE = "TJ-DYU/301226/000001"


def main(words: list[str]) -> None:
    """Take each picture anew."""
    address = (words[0] if words else "http://127.0.0.1:8000").rstrip("/")
    data = Path(words[1]) if len(words) > 1 else ROOT / "var"
    password = (data / "demonstration_password").read_text().strip()
    program = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        why(signed_in(browser, address, "dilnoza", password, width=1280, height=940))
        phone(signed_in(browser, address, "alpha", password, width=390, height=780, scheme="dark"))
        browser.close()


def signed_in(
    browser: Browser, address: str, login: str, password: str, *, width: int, height: int, scheme: str = "light"
) -> Page:
    """The home page of one of the demonstration's people."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{address}/")
    return page


def why(page: Page) -> None:
    """An officer's file page, with the VAT of an item opened down to its act."""
    page.goto("/declarations/")
    page.click(f"text={FILE}")
    page.locator("summary", has_text="VAT").first.click()
    page.screenshot(path=IMAGES / "why.png")


def phone(page: Page) -> None:
    """A trader's refused declaration in Tajik, on a phone, dark."""
    page.goto("/declarations/")
    page.click("text=ATR-2026-000431")
    page.click("[name=language][value=tg]")
    page.wait_for_load_state()
    page.screenshot(path=IMAGES / "phone.png")


if __name__ == "__main__":
    main(sys.argv[1:])
