# SPDX-License-Identifier: Apache-2.0
"""Following a code: Alpha Trade imports chicken, and is written to when the law of chicken changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.office.declarations.stage import TUESDAY, Stage, rows
from tests.office.desk.test_tree import shown
from tests.office.lawbook.law import LATER, book_with, tariff

from gumruk import texts
from gumruk.office.nomenclature import services

ADDRESS = "chicken@alpha.example"


def person(stage: Stage, login: str, language: str = "en") -> Client:
    """A browser in which this person is signed in."""
    stage.set_clock(TUESDAY)
    client = Client()
    with stage.acting(login):
        client.force_login(stage.users[login], backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["gumruk_language"] = language
    return client


def follow(stage: Stage, code: str = "0207", login: str = "alpha", to: str = ADDRESS, language: str = "en") -> Any:
    return person(stage, login, language).post(f"/tree/{code}/follow", {"mail": to})


def chicken_cheaper(stage: Stage, code: str = "0207", duty: str = "5%") -> None:
    entry = tariff(code)
    stage.publish(book_with(replace(entry, fields={"duty": duty})), at=LATER)


def test_it_writes_to_who_follows_a_code_what_has_changed(stage: Stage) -> None:
    answer = follow(stage)
    assert answer.status_code == 302 and answer.url == "/tree/0207"
    chicken_cheaper(stage)
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS] and letter.subject == "The law has changed for 0207"
    assert "15% min 0.30 EUR/KGM → 5%" in letter.body
    assert "/tree/0207\n" in letter.body and "/tree/followed" in letter.body


@pytest.mark.parametrize(("language", "words"), [("ru", "Право изменилось"), ("tg", "Қонун барои 0207 тағйир ёфт")])
def test_it_writes_in_the_language_in_which_the_code_was_followed(stage: Stage, language: str, words: str) -> None:
    follow(stage, language=language)
    chicken_cheaper(stage)
    assert words in mail.outbox[0].subject


def test_it_writes_once_a_publication_and_one_mail_a_person(stage: Stage) -> None:
    for code in ("0207", "020714", "02"):
        follow(stage, code)
    chicken_cheaper(stage)
    (letter,) = mail.outbox
    assert letter.body.count("→ 5%") == 3
    stage.deliver()
    assert len(mail.outbox) == 1


def test_it_writes_nothing_where_the_goods_are_not_touched(stage: Stage) -> None:
    follow(stage, "0402")
    chicken_cheaper(stage)
    assert mail.outbox == []


def test_it_shows_on_the_page_that_one_follows_and_ends_it_there(stage: Stage) -> None:
    browser = person(stage, "alpha")
    assert "Follow this code" in shown(browser.get("/tree/0207"))
    follow(stage)
    assert f"You follow this code. Mail goes to {ADDRESS}." in shown(browser.get("/tree/0207"))
    assert browser.post("/tree/0207/unfollow").url == "/tree/0207"
    assert "You follow this code" not in shown(browser.get("/tree/0207"))
    chicken_cheaper(stage)
    assert mail.outbox == []


@pytest.mark.parametrize("language", texts.languages())
def test_it_lists_what_one_follows(stage: Stage, language: str) -> None:
    browser = person(stage, "alpha", language)
    assert texts.say(language, "tree.follow.none.title") in shown(browser.get("/tree/followed"))
    follow(stage, "0207")
    follow(stage, "870380")
    text = shown(browser.get("/tree/followed"))
    assert "0207" in text and "8703 80" in text and ADDRESS in text
    assert browser.post("/tree/0207/unfollow", {"back": "list"}).url == "/tree/followed"
    assert "0207" not in shown(browser.get("/tree/followed"))


def test_it_keeps_one_address_for_all_codes_of_a_person(stage: Stage) -> None:
    follow(stage, "0207", to="old@alpha.example")
    follow(stage, "0402", to=ADDRESS)
    chicken_cheaper(stage)
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_it_shows_nobody_what_another_follows(stage: Stage) -> None:
    follow(stage)
    for login in ("zed", "rustam", "nekruz"):
        assert ADDRESS not in person(stage, login).get("/tree/0207").content.decode()
        assert rows("SELECT * FROM nomenclature_follow", actor=stage.actor(login)) == []
    assert rows("SELECT * FROM nomenclature_follow", actor=None) == []
    assert len(rows("SELECT * FROM nomenclature_follow", actor=stage.actor("alpha"))) == 1


def test_it_ends_nothing_of_another(stage: Stage) -> None:
    follow(stage)
    person(stage, "zed").post("/tree/0207/unfollow")
    assert len(rows("SELECT * FROM nomenclature_follow", actor=stage.actor("alpha"))) == 1


@pytest.mark.parametrize("to", ["", "chicken", "a@b", "x" * 250 + "@a.example", "a@b.example\nBcc: all@b.example"])
def test_it_takes_no_address_that_is_none(stage: Stage, to: str) -> None:
    assert follow(stage, to=to).status_code == 422
    assert rows("SELECT * FROM nomenclature_follow", actor=stage.actor("alpha")) == []


def test_it_says_when_one_follows_too_many(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "FOLLOWED_MAX", 1)
    follow(stage, "0207")
    answer = follow(stage, "0402")
    assert answer.status_code == 422 and "End one, or follow a chapter" in shown(answer)
    assert follow(stage, "0207").status_code == 302


@pytest.mark.parametrize("code", ["9999", "IV", "030290"])
def test_it_lets_nobody_follow_what_is_no_place(stage: Stage, code: str) -> None:
    assert follow(stage, code).status_code == 404


def test_it_asks_a_stranger_to_sign_in(stage: Stage) -> None:
    for answer in (
        Client().get("/tree/0207/follow"),
        Client().post("/tree/0207/unfollow"),
        Client().get("/tree/followed"),
    ):
        assert answer.status_code == 302 and answer.url.startswith("/sign-in/")
