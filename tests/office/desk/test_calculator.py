# SPDX-License-Identifier: Apache-2.0
"""What anybody learns from the public calculator: charges of any day with their reasons, and an address that lasts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.declarations.test_pages import shown

from gumruk import texts

ASKED = {
    "code": "8528 72",
    "origin": "CN",
    "price": "10 000,00",
    "currency": "USD",
    "freight": "500",
    "procedure": "40",
    "on": "2026-11-24",
}


def ask(stage: Stage, language: str = "en", login: str | None = None, **other: str) -> Any:
    stage.set_clock(TUESDAY)
    client = stage.client(login)
    client.cookies["gumruk_language"] = language
    return client.get(f"/calculate/?{urlencode(ASKED | other)}")


@pytest.mark.parametrize("login", [None, "alpha", "dilnoza"])
def test_it_answers_anybody_and_gives_each_reason(stage: Stage, login: str | None) -> None:
    answer = ask(stage, login=login)
    text = shown(answer)
    assert answer.status_code == 200
    assert "Import duty" in text and "VAT" in text and "Customs value" in text
    assert answer.content.decode().count("g-why-body") == 4, "the value, duty, VAT and the fee"
    assert "14%" in text


def test_it_applies_the_law_of_the_day_asked_for(stage: Stage) -> None:
    before, after = shown(ask(stage, on="2026-12-31")), shown(ask(stage, on="2027-01-04"))
    assert "14%" in before and "13%" not in before
    assert "13%" in after and "14%" not in after


def test_its_address_gives_the_same_answer_again(stage: Stage) -> None:
    text = ask(stage).content.decode()
    address = unescape(re.search(r'href="(\?[^"]*law=[^"]*)"', text).group(1))  # type: ignore[union-attr]
    again = stage.client(None).get(f"/calculate/{address}")
    assert again.status_code == 200

    def totals(page: str) -> list[str]:
        return re.findall(r"g-line-total.*?</div>", page)

    assert totals(again.content.decode()) == totals(text) != []


def test_it_knows_no_law_that_was_never_published(stage: Stage) -> None:
    assert ask(stage, law="0" * 64).status_code == 404


def test_it_gives_the_preference_with_its_proof_only(stage: Stage) -> None:
    without = ask(stage, origin="UZ", preference="CISFTA")
    proven = ask(stage, origin="UZ", preference="CISFTA", proof="on")
    assert "ORI-3" in without.content.decode()
    assert "ORI-" not in proven.content.decode()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("code", "8528", "6 to 10 digits"),
        ("code", "85a872", "6 to 10 digits"),
        ("code", "999999", "has no 9999 99"),
        ("price", "-5", "below zero"),
        ("price", "much", "cannot be read"),
        ("on", "2026-13-45", "cannot be read"),
        ("on", "0001-01-01", "between the years"),
        ("currency", "ZZZ", "Currency: "),
        ("origin", "", "Fill this in."),
        ("quantity", "5", "Unit: "),
        ("code", "<script>", "6 to 10 digits"),
    ],
)
def test_it_says_what_is_wrong_with_a_question(stage: Stage, name: str, text: str, words: str) -> None:
    answer = ask(stage, **{name: text})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'class="g-summary"' in page and "<script>" not in page
    assert words in shown(answer)


def test_it_chooses_no_origin_for_the_asker(stage: Stage) -> None:
    stage.set_clock(TUESDAY)
    page = stage.client(None).get("/calculate/").content.decode()
    select = re.search(r'<select name="origin".*?</option>', page, re.DOTALL)
    assert select is not None
    assert '<option value=""' in select[0] and "Choose</option>" in select[0]


@pytest.mark.parametrize("language", texts.languages())
def test_it_speaks_every_language(stage: Stage, language: str) -> None:
    answer = ask(stage, language)
    assert answer.status_code == 200
    assert texts.say(language, "desk.calculate.not_binding") in answer.content.decode()
    empty = stage.client(None)
    empty.cookies["gumruk_language"] = language
    assert texts.say(language, "desk.calculate.none.title") in empty.get("/calculate/").content.decode()
