# SPDX-License-Identifier: Apache-2.0
"""The whole product, started once as a user starts it, and a browser for each person of the cast."""

from __future__ import annotations

import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright
from tests.project.running import Running, all_gone

# Runs in every page that is opened: what must be true of each of them. Complaints go to the console, which no story
# may fill: the training band, nothing wider than the screen, no key of a text in place of its words.
WATCH = """
addEventListener("load", () => {
  if (document.contentType !== "text/html") return;
  const complain = (words) => console.error(`${words} on ${location.pathname}`);
  const band = document.querySelector(".g-band");
  if (!band || !band.offsetHeight) complain("no training band");
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) complain(`${width} px of ${innerWidth} in ${document.documentElement.lang}`);
  const areas = "ui|rail|desk|declarations?|payments?|accounts|finding|charges|document|law|step|receipt|trader"
    + "|tree|user";
  const key = document.body.innerText.match(new RegExp(`\\\\b(${areas})\\\\.[a-z_]+\\\\b`));
  if (key) complain(`the key “${key[0]}” in place of words`);
});
"""


class Office:
    """The running installation and the people who sign in to it, each in a browser of his own."""

    def __init__(self, running: Running, browser: Browser, password: str) -> None:
        self.address = f"http://127.0.0.1:{running.port}"
        self.browser = browser
        self.password = password
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []
        self.signed_in: dict[str, Any] = {}

    def stranger(self, **given: Any) -> Page:
        """A browser that nobody is signed in to. Whatever goes wrong in it is among the complaints."""
        given = {"viewport": {"width": 1440, "height": 900}, "locale": "en", "reduced_motion": "reduce", **given}
        context = self.browser.new_context(base_url=self.address, accept_downloads=True, **given)
        context.set_default_timeout(10_000)
        context.add_init_script(WATCH)
        self.contexts.append(context)
        page = context.new_page()
        refused: set[str] = set()

        def answered(response: Response) -> None:
            if 400 <= response.status < 500 and response.request.is_navigation_request():
                refused.add(response.url)  # a story asks for it and looks at the answer
            elif response.status >= 400:
                self.complaints.append(f"{response.status} for {response.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and message.location["url"] not in refused:
                self.complaints.append(message.text)

        page.on("response", answered)
        page.on("console", said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def sign_in(self, login: str, **given: Any) -> Page:
        """The home page of one of the cast, who signs in once and keeps the session as a browser does."""
        page = self.stranger(storage_state=self.signed_in.get(login), **given)
        if login in self.signed_in:
            page.goto("/")
            return page
        page.goto("/sign-in/")
        page.fill("#id_login", login)
        page.fill("#id_password", self.password)
        page.click("main button[type=submit]")
        page.wait_for_url(re.compile(re.escape(self.address) + "/(profile/)?$"))
        self.signed_in[login] = page.context.storage_state()
        return page

    def close(self) -> list[str]:
        """Close every browser and give what went wrong in them."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        found, self.complaints = self.complaints, []
        return found


@pytest.fixture(scope="session")
def running(chromium_path: str) -> Iterator[tuple[Running, str]]:
    """Gumruk with its demonstration and the demonstration's password; afterwards nothing of it is left."""
    if sys.platform != "linux":
        pytest.skip("these stories read /proc to see that nothing is left behind")
    parent = Path(tempfile.mkdtemp(prefix="gumruk-test-"))
    parent.chmod(0o755)
    started = Running(parent / "var")
    try:
        yield started, (parent / "var" / "demonstration_password").read_text().strip()
    finally:
        status = started.end(signal.SIGINT)
        left = not all_gone(started.children)
        shutil.rmtree(parent)
    assert status == 0 and not left, started.said


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium, open for the stories of one module: while it is, Django's database may not be used here."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def house(running: tuple[Running, str], browser: Browser) -> Office:
    """The office for what several stories of a module share."""
    return Office(running[0], browser, running[1])


@pytest.fixture
def office(house: Office) -> Iterator[Office]:
    """The office for one story. Every error that a browser's console shows meanwhile fails it."""
    yield house
    assert house.close() == []
