# SPDX-License-Identifier: Apache-2.0
"""Users: made, changed and named with an event behind each; the database holds the second wall."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from gumruk.office.accounts import queries, services, tokens
from gumruk.office.accounts.models import User
from gumruk.office.accounts.permissions import GUMRUK, Actor, acting, actor_apply

NOW = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)


def make(**changes: Any) -> User:
    """A user as the administrator makes one."""
    given = {"login": "new", "name": "New", "role": "officer", "password": "long enough", **changes}
    return services.user_create(**given, by=GUMRUK, at=NOW)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"role": "king"}, "accounts.refused.role"),
        ({"login": " DILNOZA "}, "accounts.refused.login"),
        ({"login": " "}, "accounts.refused.login"),
        ({"role": "trader"}, "accounts.refused.trader"),
        ({"trader_tin": "020012345"}, "accounts.refused.trader"),
    ],
)
def test_it_refuses_a_user_that_makes_no_sense(cast: Any, changes: dict[str, str], reason: str) -> None:
    with acting(GUMRUK), pytest.raises(services.UserRefused, match=reason):
        make(**changes)


def test_it_appends_an_event_for_every_change(cast: dict[str, User]) -> None:
    dilnoza, nekruz = cast["dilnoza"], cast["nekruz"]
    with acting(nekruz.actor):
        services.user_change(
            user=dilnoza, role="officer", offices=["TJ-DYU"], trader_tin="", is_active=True, by=nekruz.actor, at=NOW
        )
    with acting(GUMRUK), connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, actor, body -> 'after' ->> 'offices' FROM audit_event"
            " WHERE subject_kind = 'user' AND subject_id = %s ORDER BY sequence",
            [str(dilnoza.id)],
        )
        assert cursor.fetchall() == [
            ("user.created", str(GUMRUK.id), None),
            ("user.changed", str(nekruz.id), '["TJ-DYU"]'),
        ]


def test_it_keeps_the_last_administrator_from_locking_himself_out(cast: dict[str, User]) -> None:
    nekruz = cast["nekruz"]
    with acting(nekruz.actor), pytest.raises(services.UserRefused, match=r"refused\.self"):
        services.user_change(
            user=nekruz,
            role="administrator",
            offices=[],
            trader_tin="",
            is_active=False,
            by=nekruz.actor,
            at=NOW,
        )


def test_it_lets_nobody_write_users_whom_the_database_does_not_know(cast: dict[str, User]) -> None:
    actor_apply(None)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        User.objects.filter(login="zed").update(role="administrator", trader_tin="")


@pytest.mark.parametrize(
    ("login", "change"),
    [
        ("zed", {"role": "administrator", "trader_tin": ""}), ("zed", {"trader_tin": "020012345"}),
        ("dilnoza", {"role": "administrator"}), ("dilnoza", {"offices": ["TJ-DYU"]}),
    ],
)  # fmt: skip
def test_it_lets_nobody_make_himself_another(cast: dict[str, User], login: str, change: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), acting(cast[login].actor):
        User.objects.filter(login=login).update(**change)


def test_it_lets_nobody_write_another_or_make_tokens_for_him(cast: dict[str, User]) -> None:
    zed, alpha = cast["zed"], cast["alpha"]
    with pytest.raises(DatabaseError, match="row-level security"), acting(zed.actor):
        User.objects.filter(login="alpha").update(password="x")
    with pytest.raises(DatabaseError, match="row-level security"), acting(zed.actor):
        tokens.token_create(user=alpha, name="x", by=zed.actor, at=NOW)
    with acting(zed.actor):
        services.user_password_set(user=zed, password="another sentence", by=zed.actor, at=NOW)


def test_it_lets_the_application_delete_no_user(cast: dict[str, User]) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), acting(GUMRUK), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user")


def test_it_sets_the_actor_for_the_transaction(cast: dict[str, User]) -> None:
    with acting(cast["alpha"].actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('gumruk.actor'), current_setting('gumruk.scope'),"
            " current_setting('gumruk.offices'), current_setting('gumruk.trader')"
        )
        assert cursor.fetchone() == (str(cast["alpha"].id), "trader", "", "020012345")


def test_it_applies_no_actor_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        actor_apply(GUMRUK)


def test_it_gives_each_role_its_view_of_the_database() -> None:
    scopes = {role: Actor(UUID(int=2), "x", role).scope for role in ("trader", "officer", "auditor", "nobody")}
    assert scopes == {"trader": "trader", "officer": "offices", "auditor": "all", "nobody": "public"}


def test_it_lets_a_program_act_with_a_token_until_it_is_taken_back(cast: dict[str, User]) -> None:
    alpha = cast["alpha"]
    with acting(alpha.actor):
        secret = tokens.token_create(user=alpha, name="ERP", by=alpha.actor, at=NOW)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    assert tokens.actor_by_token(secret) == alpha.actor
    token = queries.tokens_of(alpha).get()
    assert secret not in (token.digest, token.name)
    with acting(alpha.actor):
        assert tokens.token_revoke(token_id=token.id, by=alpha.actor, at=NOW)
        assert not tokens.token_revoke(token_id=token.id, by=alpha.actor, at=NOW)
        actor_apply(None)
    assert tokens.actor_by_token(secret) is None
    assert program.get("/users/").status_code == 401


def test_it_shows_a_new_token_once(browser_of: Any, cast: dict[str, User]) -> None:
    browser = browser_of("alpha")
    page = browser.post("/profile/tokens/", {"name": "ERP"}).content.decode()
    assert tokens.TOKEN_MARK in page
    assert tokens.TOKEN_MARK not in browser.get("/profile/").content.decode()


def test_it_hides_the_tokens_of_others(browser_of: Any, cast: dict[str, User]) -> None:
    alpha = cast["alpha"]
    with acting(alpha.actor):
        tokens.token_create(user=alpha, name="ERP", by=alpha.actor, at=NOW)
    token = queries.tokens_of(alpha).get()
    assert browser_of("zed").post(f"/profile/tokens/{token.id}/revoke/").status_code == 404
    assert browser_of("alpha").post(f"/profile/tokens/{token.id}/revoke/").status_code == 302
    assert not queries.tokens_of(alpha).exists()


def test_it_makes_a_user_on_the_page(browser_of: Any) -> None:
    form = {
        "login": "Mehr",
        "name": "Mehri",
        "password": "long enough",
        "role": "officer",
        "offices": "tj-kul, tj-dyu",
        "is_active": "on",
    }
    assert browser_of("nekruz").post("/users/new/", form).status_code == 302
    made = queries.user_by_login("mehr")
    assert made is not None
    assert made.offices == ["TJ-KUL", "TJ-DYU"]


def test_it_names_every_mistake_of_a_new_user_at_once(browser_of: Any) -> None:
    answer = browser_of("nekruz").post("/users/new/", {"login": "", "name": "", "password": "short", "role": "x"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "4 things have to be corrected" in page
    assert "8 characters at least" in page


def test_it_gives_a_new_user_no_password_that_is_easily_guessed(browser_of: Any) -> None:
    form = {"login": "mehri", "name": "Mehri", "password": "password1", "role": "officer", "offices": "TJ-KUL"}
    answer = browser_of("nekruz").post("/users/new/", form)
    assert "too easy to guess" in answer.content.decode()
    assert queries.user_by_login("mehri") is None


@pytest.mark.parametrize("password", ["mehrinisso", "Mehrinisso Karimova"])
def test_it_takes_no_password_that_is_the_name(browser_of: Any, password: str) -> None:
    form = {"login": "mehrinisso", "name": "Mehrinisso Karimova", "password": password, "role": "officer"}
    assert "too easy to guess" in browser_of("nekruz").post("/users/new/", form).content.decode()


def test_it_makes_no_token_for_a_token(cast: dict[str, User]) -> None:
    alpha = cast["alpha"]
    with acting(alpha.actor):
        secret = tokens.token_create(user=alpha, name="ERP", by=alpha.actor, at=NOW)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    assert program.post("/profile/tokens/", {"name": "one more"}).status_code == 403
    assert queries.tokens_of(alpha).count() == 1


def test_it_takes_a_tokens_name_without_what_no_database_holds(browser_of: Any, cast: dict[str, User]) -> None:
    assert browser_of("alpha").post("/profile/tokens/", {"name": "E\0RP"}).status_code == 200
    assert [token.name for token in queries.tokens_of(cast["alpha"])] == ["ERP"]


def test_it_changes_ones_own_password(browser_of: Any, cast: dict[str, User]) -> None:
    browser = browser_of("dilnoza")
    wrong = browser.post("/profile/", {"present": "guess", "password": "a new sentence"})
    assert (wrong.status_code, "not your present password" in wrong.content.decode()) == (422, True)
    weak = browser.post("/profile/", {"present": "apricots-of-isfara", "password": "12345678"})
    assert "too easy to guess" in weak.content.decode()
    good = browser.post("/profile/", {"present": "apricots-of-isfara", "password": "a new sentence"})
    assert good.status_code == 302
    assert browser.get("/profile/").status_code == 200
    cast["dilnoza"].refresh_from_db()
    assert cast["dilnoza"].check_password("a new sentence")


def test_it_remembers_the_language_of_a_person(browser_of: Any, cast: dict[str, User]) -> None:
    browser_of("alpha").post("/profile/language/", {"language": "tg"})
    cast["alpha"].refresh_from_db()
    assert cast["alpha"].language == "tg"
    elsewhere = Client(headers={"accept-language": "ru"})
    elsewhere.post("/sign-in/", {"login": "alpha", "password": "apricots-of-isfara", "next": "/ui/"})
    assert elsewhere.get("/ui/").headers["Content-Language"] == "tg"


def test_it_knows_the_names_behind_the_numbers_of_the_journal(cast: dict[str, User]) -> None:
    names = queries.names_of([cast["dilnoza"].id, GUMRUK.id, UUID(int=99)])
    assert names == {cast["dilnoza"].id: "Dilnoza", GUMRUK.id: "Gumruk"}


def test_it_locks_whoever_guesses_the_password_in_a_session_that_is_not_his(browser_of: Any) -> None:
    browser = browser_of("dilnoza")
    guesses = [browser.post("/profile/", {"present": f"guess {n}", "password": "a new sentence"}) for n in range(6)]
    assert [answer.status_code for answer in guesses][-2:] == [429, 429]
    right = browser.post("/profile/", {"present": "apricots-of-isfara", "password": "a new sentence"})
    assert right.status_code == 429
