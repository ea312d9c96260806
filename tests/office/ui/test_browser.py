# SPDX-License-Identifier: Apache-2.0
"""The script of the pages in a real browser: what it adds, and that pages stand without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from playwright.sync_api import BrowserContext, Page, sync_playwright

from gumruk import texts
from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply

pytestmark = pytest.mark.browser

PASSWORD = "secret of the pass"


class Server(ThreadingMixIn, WSGIServer):
    """A server whose threads all use the test's own connection, so that they see its transaction."""

    daemon_threads = True
    connection: Any = None

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one request."""
        connections["default"] = self.connection
        super().process_request_thread(request, client_address)


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *words: Any) -> None:
        """Nothing."""


@pytest.fixture
def address(db: None, settings: Any) -> Iterator[str]:
    """The application, served from the test's transaction."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    for signal in (request_started, request_finished):  # they would close a connection that is in a transaction
        signal.disconnect(close_old_connections)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, Quiet)
    server.connection = connections["default"]
    server.connection.inc_thread_sharing()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    server.connection.dec_thread_sharing()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def open_page(address: str, chromium_path: str) -> Iterator[Any]:
    """Opens the page of all parts; every error in the browser's console fails the test."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        complaints: list[str] = []

        def opened(width: int = 1440, language: str = "en", script: bool = True) -> tuple[BrowserContext, Page]:
            context = chromium.new_context(
                viewport={"width": width, "height": 900}, java_script_enabled=script, locale=language
            )
            page = context.new_page()
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(f"{address}/ui/")
            return context, page

        yield opened
        chromium.close()
    assert complaints == []


def test_it_fits_every_width_in_every_language(open_page: Any) -> None:
    for language in texts.languages():
        context, page = open_page(1440, language)
        assert page.get_attribute("html", "lang") == language
        for width in (1440, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, width)
        context.close()


def test_it_gives_a_finger_room_on_a_phone(open_page: Any) -> None:
    _context, page = open_page(360, "tg")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button.btn, a.btn, .g-switch button, .form-control, .form-select')]
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
            .map((one) => one.textContent.trim())"""
    )
    assert small == []


def test_it_walks_a_list_by_keys(open_page: Any) -> None:
    _context, page = open_page()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.inner_text("tr.g-current td:first-child") == "KLM/070127/0000041"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.url.endswith("#row-1")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")


def test_it_does_not_take_typing_for_commands(open_page: Any) -> None:
    _context, page = open_page()
    page.locator("#id_consignee").press_sequentially("j?/")
    assert page.input_value("#id_consignee") == "j?/"
    assert page.locator("tr.g-current").count() == 0
    assert not page.is_visible("#keys")


def test_it_changes_the_theme_and_keeps_what_was_typed(open_page: Any) -> None:
    context, page = open_page()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.fill("#id_remark", "half a sentence")
    page.click("[data-theme-switch] button")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.input_value("#id_remark") == "half a sentence"
    assert {"gumruk_theme": "dark"}.items() <= {cookie["name"]: cookie["value"] for cookie in context.cookies()}.items()


def test_it_changes_the_theme_without_a_script(open_page: Any) -> None:
    _context, page = open_page(script=False)
    page.click("[data-theme-switch] button")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.click("button[name=language][value=tg]")
    assert page.get_attribute("html", "lang") == "tg"


def test_it_follows_the_system_where_nothing_was_chosen(open_page: Any) -> None:
    _context, page = open_page()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_it_copies_codes_without_their_spaces(open_page: Any) -> None:
    context, page = open_page()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy='8703231940']")
    page.wait_for_selector(".g-just-copied")
    assert page.evaluate("navigator.clipboard.readText()") == "8703231940"


def test_it_remembers_what_was_folded(open_page: Any) -> None:
    _context, page = open_page()
    page.click("details[data-remember=parts-words] > summary")
    page.wait_for_function("localStorage.getItem('fold:parts-words') === 'shut'")
    page.reload()
    assert page.get_attribute("details[data-remember=parts-words]", "open") is None


def test_it_shows_the_focus_to_who_has_no_mouse(open_page: Any) -> None:
    _context, page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "g-skip"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_it_sends_the_forms_token_with_requests_of_htmx(open_page: Any) -> None:
    _context, page = open_page()
    with page.expect_request("**/theme/") as sent:
        page.evaluate("htmx.ajax('POST', '/theme/', {values: {theme: 'dark', next: '/ui/'}, target: '#notes'})")
    assert sent.value.headers["x-csrftoken"] == page.input_value("input[name=csrfmiddlewaretoken] >> nth=0")
    page.wait_for_load_state("networkidle")


@pytest.fixture
def administrator(db: None) -> None:
    """Nekruz, who makes users."""
    from gumruk.office.accounts import services

    with acting(GUMRUK):
        at = datetime(2027, 1, 4, tzinfo=UTC)
        services.user_create(login="nekruz", name="Nekruz", role="administrator", password=PASSWORD, by=GUMRUK, at=at)
        actor_apply(None)


def test_it_keeps_typed_work_when_the_session_has_ended(administrator: None, open_page: Any, address: str) -> None:
    context, page = open_page()

    def sign_in() -> None:
        page.fill("#id_login", "nekruz")
        page.fill("#id_password", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/users/new/")

    page.goto(f"{address}/users/new/")
    sign_in()
    page.fill("#id_name", "Зафар")
    page.select_option("#id_role", "officer")
    page.wait_for_selector(".g-saved:not(:empty)")
    context.clear_cookies(name="sessionid")
    page.click("main button[type=submit]")
    page.wait_for_url("**/sign-in/**")
    sign_in()
    assert page.input_value("#id_name") == "Зафар"
    assert page.input_value("#id_role") == "officer"
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")
