# SPDX-License-Identifier: Apache-2.0
"""What anybody learns from the search for a code: the page, its questions, the API, and what nobody can break."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.declarations.test_pages import shown
from tests.office.desk.texts_of_law import ACT, hold

from gumruk.office.desk.asked_often import QUESTIONS
from gumruk.office.nomenclature import readiness
from gumruk.office.nomenclature.finding import finder_forget
from gumruk.office.nomenclature.queries import finder


@pytest.fixture(autouse=True)
def found() -> None:
    """The index stands."""
    finder()


def ask(stage: Stage, text: str, *answers: str, page_language: str = "en", path: str = "/find/", **other: str) -> Any:
    stage.set_clock(TUESDAY)
    client = stage.client(None)
    client.cookies["gumruk_language"] = page_language
    query = [("q", text), *(("a", answer) for answer in answers), *other.items()]
    return client.get(f"{path}?{urlencode(query)}")


def test_it_groups_codes_by_heading_and_says_how_sure_and_what_the_law_of_the_day_says(stage: Stage) -> None:
    answer = ask(stage, "frozen chicken legs")
    text = shown(answer)
    assert answer.status_code == 200
    assert "0207" in text and "Meat" in text, "the heading with its path"
    assert "likely" in text and "matched:" in text
    assert "Import duty" in text and "0.3 EUR per kg" in text and "VAT" in text
    assert "Veterinary certificate" in text
    assert "help without legal force" in text


def test_it_asks_and_hides_what_the_answer_rules_out_without_dropping_it(stage: Stage) -> None:
    first = ask(stage, "frozen chicken legs").content.decode()
    led = [unescape(address) for address in re.findall(r'<a class="btn g-btn-quiet" href="(/find/[^"]*)"', first)]
    assert len(led) > 2 and led[-1].endswith("%3Aunknown")
    stage.set_clock(TUESDAY)
    second = stage.client(None).get(led[0]).content.decode()
    assert "take back" in second and "Also possible" in second
    codes = r'data-copy="(0207\d\d)"'
    hidden = second.partition("Also possible")[2]
    assert set(re.findall(codes, first)) <= set(re.findall(codes, second)), "hidden, never dropped"
    assert re.findall(codes, hidden)


def test_it_asks_no_more_than_three_questions(stage: Stage) -> None:
    address = "/find/?" + urlencode([("q", "8703")])
    stage.set_clock(TUESDAY)
    for number in range(1, 5):
        page = stage.client(None).get(address).content.decode()
        led = re.findall(r'<a class="btn g-btn-quiet" href="(/find/[^"]*unknown)"', page)
        if not led:
            break
        assert f"Question {number} of at most 3" in page
        address = unescape(led[0])
    assert number <= 4 and not led


def test_it_offers_kinds_of_goods_for_a_vague_word(stage: Stage) -> None:
    answer = ask(stage, "plastic")
    page = answer.content.decode()
    assert "g-find-facets" in page and "g-find-result" not in page


def test_it_says_what_it_read_for_a_misspelt_word_and_which_it_does_not_know(stage: Stage) -> None:
    assert "is read as" in shown(ask(stage, "refrigeretor"))
    assert "Not known here: qqzzxj" in shown(ask(stage, "rice qqzzxj"))


def test_it_finds_nothing_and_says_what_to_do(stage: Stage) -> None:
    text = shown(ask(stage, "qqzzxj"))
    assert "Nothing is found" in text and "Ask the customs office" in text


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_it_speaks_three_languages(stage: Stage, language: str) -> None:
    text = shown(ask(stage, "гӯшти мурғ", page_language=language))
    assert "0207" in text
    assert ("help without legal force" in text) is (language == "en")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "What are the goods?"),
        ("   ", "What are the goods?"),
        ("x" * 10_000, "first 2000 letters"),
        ("курица " * 1_500, "first 2000 letters"),
        ("123456789012345678901234", "Nothing is found"),
        ("999999", "Nothing is found"),
        ("🐔🐔🐔", "Nothing is found"),
        ("دجاج مجمد", "found"),
        ("'; DROP TABLE declarations_file; --", ""),
        ("<script>alert(1)</script>", ""),
        ("8471.30.0100", "8471 30"),
        ("0207141000", "The last digits, 1000, are of a national tariff"),
        ("851712", "is of an earlier edition"),
        ("64-17-5", ""),
    ],
)
def test_it_bears_whatever_is_typed(stage: Stage, text: str, says: str) -> None:
    page, api = ask(stage, text), ask(stage, text, path="/api/v1/find")
    assert page.status_code == 200 and says in shown(page)
    assert "<script>alert" not in page.content.decode()
    assert api.status_code == (200 if text.strip() else 400)


def test_it_leaves_answers_alone_that_no_question_takes(stage: Stage) -> None:
    page = ask(stage, "frozen chicken legs", "bird:dragon", "x", "nothing:at_all", "a" * 500)
    assert page.status_code == 200 and "take back" not in page.content.decode()


def test_it_answers_programs_the_same(stage: Stage) -> None:
    told = ask(stage, "frozen chicken legs", path="/api/v1/find", n="3", language="ru").json()
    assert told["kind"] == "words" and len(told["results"]) == 3
    first = told["results"][0]
    assert first["code"] == "020714" and first["law"]["day"] == "2026-12-15"
    assert first["law"]["rates"][0]["words"] and told["question"]["answers"][-1]["id"] == "unknown"
    assert told["preselected"] is None or first["probability"] >= 0.5


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"n": "0"}, "no_number"),
        ({"n": "x"}, "no_number"),
        ({"n": "101"}, "no_number"),
        ({"language": "xx"}, "no_language"),
    ],
)
def test_it_refuses_what_a_program_cannot_ask(stage: Stage, asked: dict[str, str], error: str) -> None:
    answer = ask(stage, "rice", path="/api/v1/find", **asked)
    assert answer.status_code == 400 and answer.json()["error"] == error and answer.json()["text"]


def test_it_shows_the_law_s_own_text_beside_our_label(stage: Stage) -> None:
    words = "Cuts and offal of fowls, frozen, as the act says"
    hold(stage, [("020714", words)], "en")
    page = shown(ask(stage, "frozen chicken legs"))
    assert f"Official text: {words}" in page and ACT in page
    assert words not in shown(ask(stage, "frozen chicken legs", page_language="ru")), "no other language's"


def test_it_stops_one_address_that_asks_a_hundred_times_a_second_and_no_other(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    client = stage.client(None)
    statuses = [QUESTIONS.take("203.0.113.9", at=place / 100) for place in range(100)]
    assert 30 <= sum(statuses) <= 41
    while QUESTIONS.take("127.0.0.1"):
        pass
    page, api = client.get("/find/?q=rice"), client.get("/api/v1/find?q=rice")
    assert (page.status_code, api.status_code) == (429, 429)
    assert page.headers["Retry-After"] == "1" and "too often" in shown(page)
    assert api.json()["error"] == "too_many"
    assert client.get("/find/?q=rice", REMOTE_ADDR="203.0.113.7").status_code == 200


def test_it_never_builds_the_index_in_a_request(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A house whose index does not stand yet says so at once, and whoever asks again is answered when it does."""
    stage.set_clock(TUESDAY)
    monkeypatch.setenv("GUMRUK_DATA", str(tmp_path))
    monkeypatch.setattr(readiness, "LOOK_AGAIN_SECONDS", 0.01)
    finder_forget()
    try:
        page, api = ask(stage, "rice"), ask(stage, "rice", path="/api/v1/find")
        assert (page.status_code, api.status_code) == (503, 503)
        assert "being built" in shown(page) and api.headers["Retry-After"] == "10"
        assert not list(tmp_path.rglob("*.npz"))
    finally:
        monkeypatch.undo()
        readiness._loading[0].join(60)
        assert readiness.ready_finder() is not None
