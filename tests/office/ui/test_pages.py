# SPDX-License-Identifier: Apache-2.0
"""The frame of every page: language, theme, training band, policy, and the pages for what goes wrong."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.conf import settings as project
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from gumruk import texts
from gumruk.office.declarations.forms import ReasonForm
from gumruk.office.ui import views
from gumruk.office.ui.middleware import chosen_language

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", texts.languages())
def test_it_shows_all_parts_in_every_language(language: str) -> None:
    page = Client(headers={"accept-language": language}).get("/ui/")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in page.content.decode()
    assert texts.say(language, "ui.parts.lead") in page.content.decode()


def test_a_form_is_refused_by_the_server_in_words_and_never_by_the_browser() -> None:
    form = ReasonForm({"why": "x"}, language="tg")
    assert "minlength" not in str(form["why"]) and "required" not in str(form["why"])
    assert form.errors["why"] == [texts.say("tg", "ui.form.min_length", limit=3)]


def test_it_writes_numbers_as_the_language_does() -> None:
    english = Client(headers={"accept-language": "en"}).get("/ui/").content.decode()
    tajik = Client(headers={"accept-language": "tg"}).get("/ui/").content.decode()
    assert "1\xa0234\xa0567.50\xa0TJS" in english
    assert "1\xa0234\xa0567,50\xa0TJS" in tajik
    assert "04.01.2027" in tajik
    assert 'data-copy="8703231940"' in tajik


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("tg-TJ,tg;q=0.9,ru;q=0.8", "tg"),
        ("de,ru;q=0.4,en;q=0.2", "ru"),
        ("de", "en"),
        ("", "en"),
        ("ru;q=high,tg;q=0.1", "tg"),
    ],
)
def test_it_reads_the_language_that_the_browser_asks_for(header: str, language: str) -> None:
    assert chosen_language(RequestFactory().get("/", headers={"accept-language": header})) == language


@pytest.mark.parametrize(
    ("address", "most"), [("/sign-in/", 12_582_912), ("/nowhere", 12_582_912), ("/lodge/", 157_286_400)]
)
def test_it_reads_no_body_that_no_page_takes(address: str, most: int) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["csrftoken"] = "a" * 32
    body = io.BytesIO(b"x" * 100)
    for length in (str(most + 1), "9" * 5000, "-1", "x"):
        answer = browser.generic("POST", address, **{"wsgi.input": body, "CONTENT_LENGTH": length})
        assert (answer.status_code, body.tell()) == (413, 0)
    assert browser.post(address).status_code in (403, 404)


def test_it_asks_for_the_length_of_what_comes_in_pieces() -> None:
    body = io.BytesIO(b"5\r\nhello\r\n0\r\n\r\n")
    sent = {"wsgi.input": body, "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = Client().generic("POST", "/sign-in/", **sent)
    assert (answer.status_code, body.tell()) == (411, 0)
    assert "Content-Length" in answer.content.decode()


def test_it_gives_scripts_no_cookie_that_they_do_not_need() -> None:
    assert Client().get("/sign-in/").cookies["csrftoken"]["httponly"]


@pytest.mark.parametrize("address", ["/ui/", "/nowhere", "/sign-in/"])
def test_it_keeps_answers_out_of_every_cache(address: str) -> None:
    assert {"private", "no-store"} <= set(Client().get(address).headers["Cache-Control"].split(", "))


def test_it_remembers_the_chosen_language_and_goes_back() -> None:
    browser = Client(headers={"accept-language": "ru"})
    answer = browser.post("/language/", {"language": "tg", "next": "/ui/?a=b"})
    assert answer.url == "/ui/?a=b"
    assert browser.get("/ui/").headers["Content-Language"] == "tg"
    assert browser.post("/language/", {"language": "xx", "next": "//evil.example"}).url == "/"
    assert browser.get("/ui/").headers["Content-Language"] == "tg"


def test_it_remembers_the_theme_without_a_script() -> None:
    browser = Client()
    assert "data-bs-theme" not in browser.get("/ui/").content.decode()
    browser.post("/theme/", {"theme": "dark", "next": "/ui/"})
    assert 'data-bs-theme="dark"' in browser.get("/ui/").content.decode()
    browser.post("/theme/", {"theme": "auto", "next": "/ui/"})
    assert "data-bs-theme" not in browser.get("/ui/").content.decode()


def test_it_says_on_each_page_that_this_is_training(settings: Any) -> None:
    assert 'class="g-band"' in Client().get("/ui/").content.decode()
    assert 'class="g-band"' in Client().get("/no-such-page/").content.decode()
    settings.GUMRUK_TRAINING = False
    assert 'class="g-band"' not in Client().get("/ui/").content.decode()


@pytest.mark.parametrize("address", ["/ui/", "/no-such-page/", "/sign-in/"])
def test_it_allows_nothing_from_elsewhere(address: str) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_it_says_in_plain_words_that_nothing_is_here() -> None:
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (views.bad_request, 400, "This request cannot be read"),
        (views.permission_denied, 403, "You may see this, but not do that"),
        (views.server_error, 500, "Gumruk made a mistake"),
        (views.csrf_failure, 403, "This page was open for too long"),
    ],
)
def test_it_has_words_for_every_mistake(view: Any, status: int, title: str) -> None:
    answer = view(RequestFactory().get("/any/"))
    assert answer.status_code == status
    assert title in answer.content.decode()


def test_it_answers_programs_in_json() -> None:
    answer = views.not_found(RequestFactory().get("/api/v1/any/"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")


def test_it_has_a_page_made_for_paper() -> None:
    page = render_to_string("ui/print.html", {"language": "tg", "training": True})
    assert 'class="g-paper"' in page
    assert "Речаи омӯзишӣ" in page
    assert "<form" not in page


@pytest.mark.parametrize("language", texts.languages())
def test_it_has_a_word_for_every_area_of_the_rail(language: str) -> None:
    assert all(texts.find(language, key) for key, _url, _permission in project.GUMRUK_RAIL)
