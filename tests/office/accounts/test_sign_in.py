# SPDX-License-Identifier: Apache-2.0
"""Signing in and out, and what happens to who guesses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings

from gumruk.office.accounts.models import User
from gumruk.office.project.clock import SHIFT_VARIABLE, now

PASSWORD = "apricots-of-isfara"


def sign_in(browser: Client, login: str, password: str, back: str = "") -> Any:
    """Send the sign-in form as the page does."""
    return browser.post("/sign-in/", {"login": login, "password": password, "next": back})


def test_it_leads_back_to_where_one_came_from(cast: dict[str, User]) -> None:
    browser = Client()
    asked = browser.get("/users/?role=trader")
    assert asked.status_code == 302
    assert asked.url == "/sign-in/?next=%2Fusers%2F%3Frole%3Dtrader"
    assert sign_in(browser, "Nekruz ", PASSWORD, "/users/").url == "/users/"
    assert browser.get("/users/").status_code == 200
    cast["nekruz"].refresh_from_db()
    assert cast["nekruz"].last_login is not None


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
@override_settings(LOGIN_REDIRECT_URL="/profile/")
def test_it_leads_nowhere_else(cast: dict[str, User], back: str) -> None:
    assert sign_in(Client(), "dilnoza", PASSWORD, back).url == "/profile/"


def test_it_says_the_same_for_a_wrong_login_and_a_wrong_password(cast: dict[str, User]) -> None:
    wrong_password = sign_in(Client(), "dilnoza", "guess")
    wrong_login = sign_in(Client(), "nobody", "guess")
    assert wrong_password.status_code == wrong_login.status_code == 422
    assert "do not go together" in wrong_password.content.decode()
    assert "do not go together" in wrong_login.content.decode()


def test_it_keeps_the_login_that_was_typed(cast: dict[str, User]) -> None:
    page = sign_in(Client(), "dilnoza", "guess").content.decode()
    assert 'value="dilnoza"' in page
    assert "guess" not in page


def test_it_rests_after_five_wrong_passwords(cast: dict[str, User]) -> None:
    browser = Client()
    answers = [sign_in(browser, "dilnoza", f"guess {n}").status_code for n in range(5)]
    assert answers[-1] == 429
    locked = sign_in(browser, "dilnoza", PASSWORD)
    assert locked.status_code == 429
    assert "quarter of an hour" in locked.content.decode()
    assert sign_in(Client(), "farrukh", PASSWORD).status_code == 302


def test_it_lets_nobody_in_whose_account_is_closed(cast: dict[str, User]) -> None:
    from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply

    with acting(GUMRUK):
        User.objects.filter(login="dilnoza").update(is_active=False)
        actor_apply(None)
    assert sign_in(Client(), "dilnoza", PASSWORD).status_code == 422


def test_it_ends_the_session_on_signing_out(browser_of: Any) -> None:
    browser = browser_of("dilnoza")
    assert browser.get("/profile/").status_code == 200
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/profile/").status_code == 302


def test_it_leads_a_late_form_back_to_its_page(cast: dict[str, User]) -> None:
    late = Client().post("/profile/tokens/", {"name": "x"}, headers={"referer": "http://testserver/profile/?done=1"})
    assert late.url == "/sign-in/?next=%2Fprofile%2F"


def test_it_shows_no_form_without_its_token() -> None:
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post("/sign-in/", {"login": "x", "password": "y"})
    assert refused.status_code == 403
    assert "open for too long" in refused.content.decode()


@override_settings(GUMRUK_TRAINING=True)
def test_it_tells_the_last_sign_in_by_the_clock_of_the_office(
    cast: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHIFT_VARIABLE, str(365 * 24 * 60 * 60))
    sign_in(Client(), "dilnoza", PASSWORD)
    cast["dilnoza"].refresh_from_db()
    signed_in = cast["dilnoza"].last_login
    assert signed_in is not None
    assert abs(now() - signed_in) < timedelta(minutes=1)
