# SPDX-License-Identifier: Apache-2.0
"""The public tree: anybody goes from a section to a line and reads what the law of a day says there."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.desk.texts_of_law import hold

from gumruk import texts
from gumruk.office.desk.asked_often import QUESTIONS


def look(stage: Stage, address: str, language: str = "en", login: str | None = None) -> Any:
    stage.set_clock(TUESDAY)
    client = stage.client(login)
    client.cookies["gumruk_language"] = language
    return client.get(address)


def shown(answer: Any) -> str:
    """The words of a page as they are read, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize(
    "address",
    ["/tree/", "/tree/IV", "/tree/22", "/tree/2202", "/tree/220210", "/tree/2202100000", "/tree/02/print",
     "/tree/compare", "/tree/compare?a=0207&b=0208", "/tree/030290"],
)  # fmt: skip
def test_it_shows_every_kind_of_place_in_every_language(stage: Stage, address: str, language: str) -> None:
    answer = look(stage, address, language)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_it_leads_from_the_sections_to_the_lines_of_the_country(stage: Stage) -> None:
    steps = ["/tree/", "/tree/22", "/tree/2202", "/tree/220210", "/tree/2202100000"]
    for here, below in pairwise(steps):
        assert f'href="{below}"' in look(stage, here).content.decode()


def test_it_says_the_rates_of_the_day_in_its_address(stage: Stage) -> None:
    before, after = shown(look(stage, "/tree/0207?on=2026-12-31")), shown(look(stage, "/tree/0207?on=2027-01-04"))
    assert "15 % of the customs value, but not less than 0.3 EUR per kg" in before
    assert "14% of the customs value with: Import duty, Excise" in before
    assert "13% of the customs value with: Import duty, Excise" in after and "14%" not in after


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "15%, at least 0.30 EUR/kilogram"),
        ("ru", "15 %, не менее 0,30 EUR/килограмм"),
        ("tg", "15 %, на кам аз 0,30 EUR/килограмм"),
    ],
)
def test_it_words_the_rates_of_lists_in_every_language(stage: Stage, language: str, words: str) -> None:
    for address in ("/tree/02", "/tree/0207", "/tree/02/print"):
        assert words in shown(look(stage, address, language))
    for chapter in ("22", "24", "64", "87"):
        page = shown(look(stage, f"/tree/{chapter}/print", language))
        assert not re.search(r"\b(?:min|max)\b|/[A-Z]{3}\b", page), chapter


def test_it_names_the_one_chapter_of_a_section_once(stage: Stage) -> None:
    page = shown(look(stage, "/tree/"))
    assert "01–05" in page
    assert not re.search(r"\b(\d\d)–\1\b", page)


def test_it_keeps_the_day_in_the_addresses_that_lead_on(stage: Stage) -> None:
    page = look(stage, "/tree/0207?on=2027-01-04").content.decode()
    for address in ("/tree/02?on=2027-01-04", "/tree/020711?on=2027-01-04", "/tree/0208?on=2027-01-04"):
        assert f'href="{address}"' in page


def test_it_shows_which_rates_lie_below_and_where_each_was_set(stage: Stage) -> None:
    text = shown(look(stage, "/tree/2202?on=2027-01-04"))
    assert "0.04 EUR per l" in text and "Some lines below have another rate" in text
    line = shown(look(stage, "/tree/2202100000?on=2027-01-04"))
    assert "0.06 EUR per l" in line and "Some lines below" not in line


def test_it_names_controls_preferences_and_reliefs(stage: Stage) -> None:
    meat, cars = shown(look(stage, "/tree/0207")), shown(look(stage, "/tree/870380"))
    assert "Veterinary certificate" in meat and "Certificate of origin form ST-1" in meat and "Uzbekistan" in meat
    assert "EV1 Electric vehicles" in cars and "EV1" not in meat
    assert "Not without one of: Import licence 911 , Export licence 811" in shown(look(stage, "/tree/9301"))


def test_it_marks_what_nobody_knows_as_unknown(stage: Stage, settings: Any) -> None:
    settings.GUMRUK_TRAINING = False
    text = shown(stage.client(None).get("/tree/0207"))
    assert "Import duty unknown" in text and "15 %" not in text


def test_it_leads_from_an_old_code_to_where_its_goods_are(stage: Stage) -> None:
    answer = look(stage, "/tree/030290")
    assert "HS2012" in shown(answer) and 'href="/tree/030291"' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "nearest"),
    [("/tree/0299", "/tree/02"), ("/tree/0207140001", "/tree/020714"), ("/tree/021", "/tree/02")],
)
def test_it_answers_an_unknown_code_with_the_nearest_place(stage: Stage, address: str, nearest: str) -> None:
    answer = look(stage, address)
    assert answer.status_code == 404
    assert f'href="{nearest}"' in answer.content.decode()


def test_it_says_since_when_the_law_names_a_line(stage: Stage) -> None:
    answer = look(stage, "/tree/2202100000?on=2025-01-15")
    assert answer.status_code == 404 and "it does so since 29 May 2025" in shown(answer)
    assert 'href="/tree/2202100000?on=2025-05-29"' in answer.content.decode()
    assert look(stage, "/tree/2202100000?on=2025-05-29").status_code == 200


@pytest.mark.parametrize("code", ["99", "XXII", "курица", "💥", "%27%3B%20DROP", "0" * 10_000, "-1", "٠٢٠٧"])
def test_it_answers_nonsense_with_the_way_to_the_sections(stage: Stage, code: str) -> None:
    answer = look(stage, f"/tree/{code}")
    if answer.status_code == 302:
        answer = look(stage, answer.url)
    assert answer.status_code == 404 and "tree" in answer.content.decode()


@pytest.mark.parametrize(("typed", "place"), [("0207.14", "020714"), ("0207 14", "020714"), ("iv", "IV")])
def test_it_reads_a_code_as_people_write_it(stage: Stage, typed: str, place: str) -> None:
    assert look(stage, f"/tree/{typed}?on=2027-01-04").url == f"/tree/{place}?on=2027-01-04"
    assert look(stage, f"/tree/?code={typed}").url == f"/tree/{place}"


@pytest.mark.parametrize("words", ["гушт", "0207 мясо", "'; DROP TABLE", "a/b"])
def test_it_sends_words_to_the_search(stage: Stage, words: str) -> None:
    assert look(stage, f"/tree/?{urlencode({'code': words})}").url == f"/find/?{urlencode({'q': words})}"


@pytest.mark.parametrize("day", ["tomorrow", "2027-13-01", "0999-01-01", "9999-01-01"])
def test_it_says_so_when_the_day_is_none(stage: Stage, day: str) -> None:
    answer = look(stage, f"/tree/0207?on={day}")
    assert answer.status_code == 400 and "This is no day" in shown(answer)


def test_it_keeps_an_answer_under_the_law_that_gave_it(stage: Stage) -> None:
    page = look(stage, "/tree/0207?on=2027-01-04").content.decode()
    digest = page.split("law=")[1][:64]
    assert look(stage, f"/tree/0207?on=2027-01-04&law={digest}").status_code == 200
    assert look(stage, f"/tree/0207?law={'0' * 64}").status_code == 404


def test_it_compares_two_codes_and_says_where_they_part(stage: Stage) -> None:
    text = shown(look(stage, "/tree/compare?a=0207&b=0402"))
    assert "They part below: I " in text
    assert "Import duty: 15 % of the customs value, but not less than 0.3 EUR per kg" in text
    assert "Import duty: 10 % of the customs value, but not less than 0.2 EUR per kg" in text
    assert look(stage, "/tree/compare?a=0207&b=9999").status_code == 400


def test_it_tells_programs_the_same(stage: Stage) -> None:
    answer = look(stage, "/api/v1/nomenclature/2202100000?on=2027-01-04&language=tg")
    told = json.loads(answer.content)
    assert told["on"] == "2027-01-04" and told["path"][0]["code"] == "IV" and told["in_force"]
    excise = next(rate for rate in told["rates"] if rate["charge"] == "excise")
    assert (excise["rate"], excise["set_for"], excise["status"]) == ("0.06 EUR/LTR", "2202100000", "unverified")
    sections = json.loads(look(stage, "/api/v1/nomenclature").content)["sections"]
    assert len(sections) == 21 and sum(len(section["chapters"]) for section in sections) == 96


@pytest.mark.parametrize(
    ("asked", "status", "error"),
    [("9999", 404, "unknown_code"), ("0207?on=never", 400, "day"), ("0207?language=xx", 400, "language")],
)
def test_it_refuses_programs_in_words_that_they_read(stage: Stage, asked: str, status: int, error: str) -> None:
    answer = look(stage, f"/api/v1/nomenclature/{asked}")
    assert (answer.status_code, json.loads(answer.content)["error"]) == (status, error)


def test_it_tells_programs_where_the_goods_of_an_old_code_are(stage: Stage) -> None:
    told = json.loads(look(stage, "/api/v1/nomenclature/030290").content)
    assert told["in_force"] is False and [each["code"] for each in told["now"]] == ["030291"]


def test_it_prints_a_whole_chapter_with_its_lines(stage: Stage) -> None:
    page = shown(look(stage, "/tree/22/print?on=2027-01-04"))
    assert "2202 10 000 0" in page and "0.06 EUR/litre" in page and "2209" in page
    assert look(stage, "/tree/2202/print").status_code == 404


def test_it_sets_the_official_text_beside_our_words_and_knows_its_lines(stage: Stage) -> None:
    texts_of_law = [("0207", "Гӯшти парранда, чунон ки дар қонун аст"), ("0207140001", "Ронҳои мурғ")]
    hold(stage, texts_of_law, "tg", "2024-08-28", act="TJ-GOV-470-2024")
    heading = shown(look(stage, "/tree/0207"))
    assert "Poultry meat" in heading and "Гӯшти парранда, чунон ки дар қонун аст" in heading
    assert "TJ-GOV-470-2024 · 2024-08-28" in heading
    assert 'href="/tree/0207140001"' in look(stage, "/tree/020714").content.decode()
    line = shown(look(stage, "/tree/0207140001"))
    assert "0207 14 000 1 Ронҳои мурғ" in line and "15 % of the customs value" in line


def test_it_says_where_goods_stand_that_people_look_for_here(stage: Stage) -> None:
    page = look(stage, "/tree/0105")
    assert "Slaughtered chickens and their pieces are poultry meat" in shown(page)
    assert 'href="/tree/0207"' in page.content.decode()


@pytest.mark.parametrize(("language", "name"), [("en", "Note 3"), ("ru", "Примечание 3"), ("tg", "Эзоҳи 3")])
def test_it_tells_the_notes_that_decide_in_the_language_of_the_page(stage: Stage, language: str, name: str) -> None:
    assert f"22, {name} " in shown(look(stage, "/tree/2202", language))


def test_it_walks_by_the_places_beside_each_other(stage: Stage) -> None:
    here, seen = "/tree/01", 1
    while found := re.search(r'<a rel="next" href="(/tree/[^"]+)"', look(stage, here).content.decode()):
        here, seen = found[1], seen + 1
        QUESTIONS.forget()  # nobody reads so fast
    assert (here, seen) == ("/tree/97", 96)
