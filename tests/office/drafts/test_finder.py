# SPDX-License-Identifier: Apache-2.0
"""Alpha Trade finds a code beside its field; how it was found goes with the file, and the officer reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.office.declarations.stage import Stage, item, message, rows
from tests.office.declarations.test_pages import shown
from tests.office.drafts.typist import goods, item_text, opened

from gumruk import texts
from gumruk.office.declarations.drafts.models import Draft, DraftItem
from gumruk.office.declarations.drafts.services import draft_delete, draft_lodge
from gumruk.office.declarations.models import ItemTrail
from gumruk.office.declarations.trail_words import trails_shown
from gumruk.office.nomenclature.queries import answer_of, finder


@pytest.fixture(autouse=True)
def found() -> Iterator[None]:
    """The index stands."""
    finder()
    yield


def chickens(told: dict[str, Any]) -> None:
    item(told)["commodity"]["description"] = "Frozen chicken legs"


def panel(stage: Stage, draft: Draft, row: DraftItem, query: str = "", by: str = "alpha") -> Any:
    return stage.client(by).get(f"/drafts/{draft.id}/code/?part={row.id}{query}")


def take(
    stage: Stage, draft: Draft, row: DraftItem, code: str, answers: str = "", text: str = "washing machine"
) -> Any:
    told = {"part": str(row.id), "text": text, "code": code, "answers": answers}
    return stage.client("alpha").post(f"/drafts/{draft.id}/code/take/", told)


def kept(stage: Stage) -> int:
    """How many trails Alpha Trade's drafts hold."""
    return int(rows("SELECT count(*) FROM drafts_trail", actor=stage.actor("alpha"))[0][0])


def test_it_searches_with_the_description_and_fills_nothing_in(stage: Stage) -> None:
    draft = opened(stage, message(change=chickens))
    row = goods(stage, draft)[0]
    before = item_text(stage, row, "commodity.description")
    answer = panel(stage, draft, row)
    text = shown(answer)
    assert answer.status_code == 200 and before == "Frozen chicken legs"
    assert "0207 14" in text and "Of which bird?" in text and "Take 0207 14" in text
    assert kept(stage) == 0, "nothing was taken yet"


def test_it_asks_on_with_each_answer_and_keeps_what_it_hides(stage: Stage) -> None:
    draft = opened(stage, message(change=chickens))
    row = goods(stage, draft)[0]
    page = panel(stage, draft, row).content.decode()
    led = [unescape(address) for address in re.findall(r'hx-get="(/drafts/[^"]*&amp;a=[^"]*)"', page)]
    assert led and led[-1].endswith(":unknown")
    after = stage.client("alpha").get(led[0])
    assert "Also possible" in shown(after) and "0207" in shown(after)


def test_it_keeps_how_the_code_was_found_for_the_officer(stage: Stage) -> None:
    draft = opened(stage)
    row = goods(stage, draft)[0]
    page = panel(stage, draft, row, "&find=washing+machine").content.decode()
    code = next(code for code in re.findall(r'data-take="(\d+)"', page) if code.startswith("8450"))
    declared = item_text(stage, row, "commodity.classifications[0].id") or ""
    answer = take(stage, draft, row, "845011")
    assert answer.status_code == 200 and "is kept with the declaration" in shown(answer), (code, declared)
    with stage.acting("alpha") as by:
        lodged = draft_lodge(draft=Draft.objects.get(id=draft.id), by=by, at=draft.created_at)
    kept = rows("SELECT sequence, content->>'chosen', content->>'description' FROM declarations_trail")
    assert kept == [(1, "845011", "washing machine")]
    page = shown(stage.client("dilnoza").get(f"/declarations/{lodged.file}/"))
    assert "How the declarant found the code" in page and "washing machine" in page and "General Rule" in page
    assert "Alpha Trade" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        rows("UPDATE declarations_trail SET sequence = 2")
    assert rows("SELECT count(*) FROM declarations_trail", actor=stage.actor("zed")) == [(0,)]


@pytest.mark.parametrize(
    ("language", "asked", "answered", "not_known"),
    [
        ("en", "How much dry linen does it take?", "10 kg or less", "I do not know"),
        ("ru", "На сколько сухого белья рассчитана?", "Не более 10 кг", "Не знаю"),
        ("tg", "Чанд кг либоси хушк мегирад?", "То 10 кг", "Намедонам"),
    ],
)
def test_it_tells_the_officer_what_was_asked_and_answered(
    stage: Stage, language: str, asked: str, answered: str, not_known: str
) -> None:
    draft = opened(stage)
    row = goods(stage, draft)[0]
    assert take(stage, draft, row, "845011", "size:to10 type:unknown").status_code == 200
    with stage.acting("alpha") as by:
        lodged = draft_lodge(draft=Draft.objects.get(id=draft.id), by=by, at=draft.created_at)
    client = stage.client("dilnoza")
    client.cookies["gumruk_language"] = language
    page = shown(client.get(f"/declarations/{lodged.file}/"))
    assert f"{asked} {answered}" in page and not_known in page
    assert "to10" not in page and "size" not in page.partition(asked)[2][:200]
    # What an answer hides is ruled out by it: the words of the answer, in the officer's language.
    trail = ItemTrail(content=told(["845020", "answer:size=to10"]), at=draft.created_at)
    (ruled_out,) = trails_shown({1: trail}, language)[1].ruled_out
    assert ruled_out[1] == texts.say(language, "declarations.trail.by_answer", why=answered)


def told(*ruled_out: list[str]) -> dict[str, Any]:
    """What a trail holds that answered one question of washing machines."""
    asked = {"description": "washing machine", "chosen": "845011", "candidates": [["845011", "likely"]], "rule": "6"}
    given = {"answers": {"size": "to10", "type": "unknown"}, "note": "", "ruled_out": list(ruled_out)}
    return {**asked, **given, "edition": "HS2022", "person": ""}


def test_it_tells_a_question_that_nobody_asks_any_more_by_its_name() -> None:
    assert answer_of(("8450",), "weight", "heavy", "en")["text"] == "heavy"
    assert answer_of(("8450",), "weight", "unknown", "en")["text"] == "I do not know"
    assert answer_of((), "size", "to10", "en")["question_text"] == "size"


def test_it_leaves_behind_how_another_code_was_found(stage: Stage) -> None:
    """Who searched, took a code and then typed another one has not found that one by the search."""
    draft = opened(stage)
    row = goods(stage, draft)[0]
    assert take(stage, draft, row, "845020").status_code == 200
    with stage.acting("alpha") as by:
        draft_lodge(draft=Draft.objects.get(id=draft.id), by=by, at=draft.created_at)
    assert kept(stage) == 1
    assert rows("SELECT count(*) FROM declarations_trail") == [(0,)]


def test_it_takes_no_code_that_was_not_shown(stage: Stage) -> None:
    draft = opened(stage)
    row = goods(stage, draft)[0]
    for code in ("010121", "999999", "", "x" * 500):
        assert take(stage, draft, row, code).status_code == 422
    assert kept(stage) == 0


@pytest.mark.parametrize("text", ["", "  ", "🐔", "' OR 1=1 --", "x" * 10_000, "plastic"])
def test_it_bears_whatever_is_searched(stage: Stage, text: str) -> None:
    draft = opened(stage)
    row = goods(stage, draft)[0]
    answer = stage.client("alpha").get(f"/drafts/{draft.id}/code/", {"part": str(row.id), "find": text})
    assert answer.status_code == 200


def test_it_is_nobody_elses_draft(stage: Stage) -> None:
    draft = opened(stage)
    row = goods(stage, draft)[0]
    assert panel(stage, draft, row, by="zed").status_code == 404
    assert stage.client("alpha").get(f"/drafts/{draft.id}/code/?part=nonsense").status_code == 404


def test_it_goes_with_the_draft_when_that_is_deleted(stage: Stage) -> None:
    draft = opened(stage)
    take(stage, draft, goods(stage, draft)[0], "845011")
    assert kept(stage) == 1
    with stage.acting("alpha") as by:
        draft_delete(draft=Draft.objects.get(id=draft.id), by=by, at=draft.created_at)
    assert kept(stage) == 0
