# SPDX-License-Identifier: Apache-2.0
"""A password of another's choice is for the first sign-in only, and who set an account up is known."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gumruk.office.accounts import queries, services, tokens
from gumruk.office.accounts.models import User
from gumruk.office.accounts.permissions import GUMRUK, acting, actor_apply

NOW = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)
FIRST, OWN = "apricots-of-isfara", "a sentence of my own"


@pytest.fixture
def mehri(cast: dict[str, User]) -> User:
    """An officer whom the administrator Nekruz has just made."""
    nekruz = cast["nekruz"].actor
    with acting(nekruz):
        made = services.user_create(
            login="mehri", name="Mehri", role="officer", password=FIRST, offices=["TJ-KUL"], by=nekruz, at=NOW
        )
        actor_apply(None)
    return made


def signed_in(password: str = FIRST) -> Client:
    browser = Client()
    assert browser.post("/sign-in/", {"login": "mehri", "password": password, "next": "/"}).status_code == 302
    return browser


def test_it_leads_to_ones_own_password_from_everywhere(mehri: User, law: None) -> None:
    browser = signed_in()
    for address in ("/home/", "/declarations/", "/users/", "/law/", "/no-such-page/"):
        answer = browser.get(address)
        assert answer.status_code == 404 or answer.url == "/profile/", address
    assert browser.get("/declarations/", headers={"hx-request": "true"}).headers["HX-Redirect"] == "/profile/"
    assert "Another person set your password" in browser.get("/profile/").content.decode()
    assert browser.post("/profile/tokens/", {"name": "ERP"}).status_code == 403
    same = browser.post("/profile/", {"present": FIRST, "password": FIRST})
    assert (same.status_code, "Choose another one" in same.content.decode()) == (422, True)
    assert browser.post("/profile/", {"present": FIRST, "password": OWN}).status_code == 302
    assert browser.get("/declarations/").status_code == 200
    assert "Another person set your password" not in browser.get("/profile/").content.decode()
    assert signed_in(OWN).get("/declarations/").status_code == 200


def test_it_lets_no_program_act_for_whom_another_gave_a_password(cast: dict[str, User]) -> None:
    alpha, nekruz = cast["alpha"], cast["nekruz"]
    with acting(alpha.actor):
        secret = tokens.token_create(user=alpha, name="ERP", by=alpha.actor, at=NOW)
    assert tokens.actor_by_token(secret) == alpha.actor
    with acting(nekruz.actor):
        services.user_password_set(user=alpha, password=OWN, by=nekruz.actor, at=NOW)
        actor_apply(None)
    assert tokens.actor_by_token(secret) is None
    assert Client(headers={"authorization": f"Bearer {secret}"}).get("/declarations/").status_code == 401
    with acting(alpha.actor):
        services.user_password_set(user=alpha, password=FIRST, by=alpha.actor, at=NOW)
        actor_apply(None)
    assert tokens.actor_by_token(secret) == alpha.actor


def test_it_knows_who_set_an_account_up(cast: dict[str, User], mehri: User) -> None:
    nekruz = cast["nekruz"]
    assert queries.set_up_by(mehri.id) == {nekruz.id}
    assert queries.set_up_by(cast["farrukh"].id) == {GUMRUK.id}
    with acting(nekruz.actor):
        for login, role in (("dilnoza", "supervisor"), ("farrukh", "supervisor")):
            user = cast[login]
            services.user_change(
                user=user, role=role, offices=user.offices, trader_tin="", is_active=True, by=nekruz.actor, at=NOW
            )
    assert queries.set_up_by(cast["dilnoza"].id) == {GUMRUK.id, nekruz.id}
    assert queries.set_up_by(cast["farrukh"].id) == {GUMRUK.id}
    with acting(nekruz.actor):
        services.user_password_set(user=cast["farrukh"], password=OWN, by=nekruz.actor, at=NOW)
    assert queries.set_up_by(cast["farrukh"].id) == {GUMRUK.id, nekruz.id}


def test_it_learns_from_the_journal_who_set_up_the_accounts_of_before(cast: dict[str, User], mehri: User) -> None:
    nekruz, dilnoza = cast["nekruz"], cast["dilnoza"]
    with acting(nekruz.actor):
        services.user_change(
            user=dilnoza, role="cashier", offices=["TJ-KUL"], trader_tin="", is_active=True, by=nekruz.actor, at=NOW
        )
        services.user_password_set(user=cast["farrukh"], password=OWN, by=nekruz.actor, at=NOW)
    logins = ("dilnoza", "farrukh", "mehri", "zed")
    told = {login: queries.set_up_by(User.objects.get(login=login).id) for login in logins}
    with acting(GUMRUK), connection.cursor() as cursor:
        User.objects.update(created_by=None, role_set_by=None, password_set_by=None)
        cursor.execute(import_module("gumruk.office.accounts.migrations.0004_set_by_whom").FROM_THE_JOURNAL)
    assert {login: queries.set_up_by(User.objects.get(login=login).id) for login in logins} == told


@pytest.mark.parametrize("login", ["\u0430lpha", "al pha", "аляска", "alpha!", "_alpha", "Алфа", "аlрhа"])
def test_it_takes_logins_in_small_latin_letters_only(cast: Any, login: str) -> None:
    with acting(GUMRUK), pytest.raises(services.UserRefused, match=r"refused\.login_letters"):
        services.user_create(login=login, name="x", role="auditor", password=FIRST, by=GUMRUK, at=NOW)


def test_it_takes_no_login_that_reads_like_one_in_use(cast: dict[str, User]) -> None:
    with acting(GUMRUK):
        User.objects.filter(login="alpha").update(login="\u0430lpha")
        for login in ("alpha", "alfa", "allpha"):
            with pytest.raises(services.UserRefused, match=r"refused\.login$"):
                services.user_create(login=login, name="x", role="auditor", password=FIRST, by=GUMRUK, at=NOW)
        made = services.user_create(login="Alpha-2.x_y", name="x", role="auditor", password=FIRST, by=GUMRUK, at=NOW)
    assert made.login == "alpha-2.x_y"


def test_it_takes_posts_and_taxpayer_numbers_of_the_country_only(browser_of: Any, settings: Any) -> None:
    settings.GUMRUK_TRAINING = True
    form = {"login": "mehri", "name": "Mehri", "password": FIRST, "role": "officer", "offices": "TJ-KUL NOPOST"}
    answer = browser_of("nekruz").post("/users/new/", form)
    assert (answer.status_code, "no posts of this country: NOPOST" in answer.content.decode()) == (422, True)
    trader = {**form, "role": "trader", "offices": "", "trader_tin": "\u041e20012345"}
    answer = browser_of("nekruz").post("/users/new/", trader)
    assert (answer.status_code, "not written as a taxpayer number" in answer.content.decode()) == (422, True)
    assert browser_of("nekruz").post("/users/new/", {**trader, "trader_tin": "020055555"}).status_code == 302
