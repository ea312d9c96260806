# SPDX-License-Identifier: Apache-2.0
"""A country's official texts: editions with days, the one that holds is shown, a wrong one is withdrawn."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import Error, connections, transaction
from tests.office.declarations.stage import TUESDAY, Stage
from tests.office.desk.test_tree import look, shown
from tests.office.desk.texts_of_law import hold

from gumruk.law.kernel import DateRange
from gumruk.office.audit.queries import event_list, history_verify
from gumruk.office.desk.tree_views import PACKS
from gumruk.office.nomenclature.edition_queries import editions_all, editions_standing, official_on
from gumruk.office.nomenclature.editions import Edition, OfficialTexts, holding
from gumruk.office.nomenclature.keeping import Outcome, TextsRefused, texts_withdraw
from gumruk.office.nomenclature.models import TextEdition

FIRST, SECOND = (
    [("0207", "Мясо птицы, прежний текст")],
    [("0207", "Мясо птицы, новый текст"), ("0207140001", "Окорочка")],
)


def withdraw(stage: Stage, number: int, reason: str = "read wrongly") -> Outcome:
    with stage.acting("nekruz") as by:
        return texts_withdraw(number=number, reason=reason, by=by, at=TUESDAY)


def days() -> dict[int, str]:
    return {each.number: str(each.valid) for each in editions_standing("TJ")}


def two(stage: Stage) -> None:
    hold(stage, FIRST, "ru", "2026-01-01", act="ACT-1")
    hold(stage, SECOND, "ru", "2027-01-01", act="ACT-2")


@pytest.mark.parametrize(
    ("day", "told", "act"),
    [
        ("2025-12-31", None, None),
        ("2026-01-01", "прежний текст", "ACT-1"),
        ("2026-12-31", "прежний текст", "ACT-1"),
        ("2027-01-01", "новый текст", "ACT-2"),
    ],
)
def test_it_shows_the_text_that_holds_on_the_day_with_its_act(
    stage: Stage, day: str, told: str | None, act: str | None
) -> None:
    two(stage)
    page, paper = (shown(look(stage, f"{address}?on={day}", "ru")) for address in ("/tree/0207", "/tree/02/print"))
    api = json.loads(look(stage, f"/api/v1/nomenclature/0207?on={day}").content)
    for words in ("прежний текст", "новый текст"):
        assert (words in page, words in paper) == ((words == told),) * 2
    assert [each["act"] for each in api["official"]] == ([act] if act else [])
    assert act is None or (act in page and act in paper)
    line = look(stage, f"/tree/0207140001?on={day}", "en")
    assert ("EN Окорочка" in shown(line), "RU Окорочка" in shown(line)) == (False, act == "ACT-2")
    assert line.status_code == (200 if act == "ACT-2" else 404)


@pytest.mark.parametrize(("day", "rows"), [("2025-12-31", 0), ("2026-06-01", 1), ("2027-06-01", 2)])
def test_it_takes_the_texts_of_the_day_into_the_data_pack(stage: Stage, day: str, rows: int) -> None:
    two(stage)
    PACKS.forget()
    with zipfile.ZipFile(io.BytesIO(look(stage, f"/tree/pack.zip?on={day}").content)) as archive:
        held = list(csv.DictReader(io.StringIO(archive.read("official.csv").decode())))
        manifest = json.loads(archive.read("manifest.json"))
    assert len(held) == rows and {row["act"] for row in held} == {each["act"] for each in manifest["official"]}


def test_it_ends_the_edition_before_and_says_so(stage: Stage) -> None:
    assert hold(stage, FIRST, "ru", "2026-01-01").moved == ()
    outcome = hold(stage, SECOND, "ru", "2027-01-01", "2027-05-31")
    assert [(each.number, each.valid.last) for each in outcome.moved] == [(1, date(2026, 12, 31))]
    assert (outcome.changes.added, outcome.changes.changed, outcome.changes.gone) == (1, 1, 0)
    assert days() == {1: "2026-01-01/2026-12-31", 2: "2027-01-01/2027-05-31"}
    assert official_on(date(2027, 6, 1)).editions == ()


def test_it_takes_an_older_edition_that_comes_later_up_to_the_newer_one(stage: Stage) -> None:
    hold(stage, SECOND, "ru", "2027-01-01")
    outcome = hold(stage, FIRST, "ru", "2025-01-01")
    assert outcome.moved == () and outcome.edition.valid == DateRange(date(2025, 1, 1), date(2026, 12, 31))


def test_it_leaves_other_languages_and_countries_alone(stage: Stage) -> None:
    two(stage)
    hold(stage, [("0207", "Гӯшти парранда")], "tg", "2026-06-01")
    hold(stage, [("0207", "Канаттуулардын эти")], "ky", "2026-06-01", country="KG")
    held = {each.language: each.text for each in official_on(date(2027, 1, 1)).of("0207")}
    assert held == {"ru": "Мясо птицы, новый текст", "tg": "Гӯшти парранда"}
    assert "Канаттуулардын" not in shown(look(stage, "/tree/0207", "ru"))


def test_it_changes_nothing_when_the_same_file_comes_twice(stage: Stage) -> None:
    two(stage)
    again = hold(stage, SECOND, "ru", "2027-01-01", act="ACT-2")
    assert (again.new, again.edition.number) == (False, 2)
    assert editions_all().count() == 2
    with stage.acting("rustam"):
        assert len(event_list(subject_kind="official_texts", subject_id="TJ-ru")) == 2


@pytest.mark.parametrize("other", [{"act": "ACT-9"}, {"last": "2028-01-01"}, {"rows": FIRST}])
def test_it_refuses_another_edition_of_the_same_first_day(stage: Stage, other: dict[str, Any]) -> None:
    two(stage)
    asked = {"rows": SECOND, "language": "ru", "first": "2027-01-01", "act": "ACT-2"} | other
    with pytest.raises(TextsRefused, match="same_day") as refused:
        hold(stage, **asked)
    assert refused.value.params["number"] == 2 and editions_all().count() == 2


def test_it_keeps_a_withdrawn_edition_and_lets_the_former_go_on(stage: Stage) -> None:
    two(stage)
    outcome = withdraw(stage, 2)
    assert [(each.number, each.valid.last) for each in outcome.moved] == [(1, None)]
    stored = editions_all().get(number=2)
    assert (stored.state, stored.reason, stored.withdrawn_at) == ("withdrawn", "read wrongly", TUESDAY)
    page = shown(look(stage, "/tree/0207?on=2027-06-01", "ru"))
    assert "прежний текст" in page and "новый текст" not in page
    hold(stage, SECOND, "ru", "2027-01-01", act="ACT-2")
    assert days() == {1: "2026-01-01/2026-12-31", 3: "2027-01-01/..."}


@pytest.mark.parametrize(("number", "reason"), [(7, "none"), (2, "withdrawn")])
def test_it_withdraws_an_edition_once(stage: Stage, number: int, reason: str) -> None:
    two(stage)
    withdraw(stage, 2)
    with pytest.raises(TextsRefused, match=f"^{reason}$"):
        withdraw(stage, number)


def test_it_tells_the_history_who_did_what_and_why(stage: Stage) -> None:
    two(stage)
    withdraw(stage, 2)
    with stage.acting("rustam"):
        events = event_list(subject_kind="official_texts", subject_id="TJ-ru")
        assert history_verify() == []
    kinds = ["official_texts.imported", "official_texts.imported", "official_texts.withdrawn"]
    assert [(each.kind, each.actor) for each in events] == [(kind, str(stage.actor("nekruz").id)) for kind in kinds]
    body = events[1].details()
    assert (body["act"], body["lines"], body["file"]) == ("ACT-2", 2, "texts.csv")
    assert body["moved"] == [{"edition": 1, "last": date(2026, 12, 31)}]
    assert (events[2].details()["edition"], events[2].details()["why"]) == (2, "read wrongly")


@pytest.mark.parametrize("user", ["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE nomenclature_text_edition SET act = 'ANOTHER' WHERE number = 1",
        "UPDATE nomenclature_text_edition SET reason = 'another' WHERE number = 2",
        "UPDATE nomenclature_text_edition SET state = 'stands', withdrawn_by = NULL, withdrawn_at = NULL"
        " WHERE number = 2",
        "DELETE FROM nomenclature_text_edition WHERE number = 1",
    ],
)
def test_it_never_rewrites_or_removes_an_edition(committed: Stage, user: str, statement: str) -> None:
    two(committed)
    withdraw(committed, 2)
    with pytest.raises(Error), transaction.atomic(using=user), connections[user].cursor() as cursor:
        cursor.execute(statement)
    stored = TextEdition.objects.order_by("number").values_list("act", "state", "reason")
    assert list(stored) == [("ACT-1", "stands", ""), ("ACT-2", "withdrawn", "read wrongly")]


def test_it_shows_the_officer_the_text_of_the_day_of_the_file(stage: Stage) -> None:
    hold(stage, [("8450", "Машины стиральные")], "ru", "2026-01-01", act="ACT-1")
    hold(stage, [("8450", "Другое")], "ru", "2026-12-16", act="ACT-2")
    file = stage.lodge()
    page = shown(look(stage, f"/declarations/{file.id}/", "ru", "dilnoza"))
    assert "Машины стиральные" in page and "Официальный текст · ACT-1 · 2026-01-01" in page and "ACT-2" not in page


def edition(number: int, first: str, last: str | None = None, language: str = "ru") -> Edition:
    valid = DateRange(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    return Edition(number, "TJ", language, "ACT", valid, 1, str(number), lambda: {"0207": str(number)})


def test_it_lets_one_edition_a_language_hold_on_each_day() -> None:
    held = holding([edition(3, "2027-01-01"), edition(1, "2025-01-01", "2025-03-31"), edition(2, "2025-06-01"),
                    edition(4, "2026-01-01", language="tg")])  # fmt: skip
    assert [(each.number, str(each.valid)) for each in held] == [
        (1, "2025-01-01/2025-03-31"),
        (2, "2025-06-01/2026-12-31"),
        (3, "2027-01-01/..."),
        (4, "2026-01-01/..."),
    ]
    assert [each.text for each in OfficialTexts(date(2026, 5, 1), held).of("0207")] == ["2", "4"]
    assert OfficialTexts(date(2025, 4, 30), held).of("0207") == ()
