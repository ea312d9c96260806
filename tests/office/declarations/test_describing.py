# SPDX-License-Identifier: Apache-2.0
"""Traders are warned where words and code part: by the search, by what they said before, by what several others say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.office.declarations.stage import TUESDAY, Stage, item, message, rows

from gumruk import wire
from gumruk.law.declarations import read_declaration
from gumruk.law.kernel import Finding
from gumruk.office.declarations.describing import (
    FRESH_LODGED,
    OTHERS_LEAST,
    description_findings,
    goods_key,
    usage_findings,
)
from gumruk.office.declarations.models import Described
from gumruk.office.nomenclature.fitting import fit_remembered
from gumruk.office.nomenclature.queries import finder

WASHING = "845011"


@pytest.fixture(autouse=True)
def found() -> Iterator[None]:
    """The index stands."""
    finder()
    yield


def described(words: str, code: str = "") -> Callable[[dict[str, Any]], None]:
    """The first item under other words, or another code."""

    def change(told: dict[str, Any]) -> None:
        item(told)["commodity"]["description"] = words
        if code:
            item(told)["commodity"]["classifications"][0]["id"] = code

    return change


def findings(change: Callable[[dict[str, Any]], None] | None = None) -> list[Finding]:
    return list(description_findings(read_declaration(wire.read(message(change=change)).declaration)))


def test_it_says_nothing_of_words_that_fit() -> None:
    assert findings() == []


def test_it_warns_of_another_heading_with_better_codes_and_the_words_that_say_so() -> None:
    (warning,) = findings(described("Frozen chicken legs"))
    assert (warning.code, warning.severity.value) == ("NOM-1", "warning")
    assert warning.path.endswith("items[0].commodity.description")
    assert "0207 14" in warning.params["better"] and "chicken" in warning.params["words"]
    assert warning.params["code"] == "8450 11"


def test_it_warns_of_another_subheading_of_the_heading() -> None:
    (warning,) = findings(described("Frozen chicken legs", "0207270000"))
    assert warning.code == "NOM-2" and warning.params["better"] == "0207 14"


@pytest.mark.parametrize("words", ["Household goods, assorted", "qqzzxj", "plastic", "12345", "🐔"])
def test_it_says_what_is_missing_where_nothing_can_be_classified(words: str) -> None:
    (warning,) = findings(described(words))
    assert warning.code == "NOM-3"


def test_it_is_answered_like_any_warning(stage: Stage) -> None:
    def change(told: dict[str, Any]) -> None:
        described("Frozen chicken legs")(told)
        told["additional_informations"] = [
            {"statement_type_code": "ZAN", "statement_code": "NOM-1", "statement_description": "Toy chickens, washable"}
        ]

    answer = stage.post(message(change=change)).json()
    codes = {found["code"]: found for found in answer["findings"]}
    assert answer["number"], "a warning refuses nothing"
    assert codes["NOM-1"]["answer"] == "Toy chickens, washable" and "DEC-34" not in codes
    assert "0207" in codes["NOM-1"]["text"]


def test_it_remembers_what_it_judged() -> None:
    findings(described("Frozen chicken legs, in cartons"))
    assert fit_remembered("Frozen chicken legs, in cartons", WASHING) is not None
    assert fit_remembered("Frozen chicken legs, in crates", WASHING) is None


def test_it_judges_so_many_new_descriptions_at_once_and_no_more() -> None:
    def change(told: dict[str, Any]) -> None:
        first = item(told)
        told["goods_shipment"]["items"] = [
            {
                **first,
                "sequence_numeric": number,
                "commodity": {**first["commodity"], "description": f"Qqzzxj {number}"},
            }
            for number in range(1, 21)
        ]

    assert len(findings(change)) == FRESH_LODGED
    assert len(findings(change)) == 2 * FRESH_LODGED, "the next check goes on where this one ended"


def usage(stage: Stage, change: Callable[[dict[str, Any]], None] | None = None, by: str = "alpha") -> list[str]:
    with stage.acting(by) as actor:
        reading = read_declaration(wire.read(message(change=change)).declaration)
        return [f"{found.code} {found.params['others']}" for found in usage_findings(reading, actor.trader)]


def test_it_tells_a_trader_that_he_called_the_same_goods_by_another_code(stage: Stage) -> None:
    stage.lodge()
    kept = rows("SELECT sequence, code, verdict FROM declarations_described ORDER BY sequence")
    assert kept == [(1, "845011", "fits"), (2, "841810", "fits")]
    assert usage(stage) == []
    words = json.loads(message())["goods_shipment"]["items"][0]["commodity"]["description"]
    assert usage(stage, described(f" {words.upper()} ", "8450200000")) == ["NOM-4 8450 11 (1)"]
    assert usage(stage, described(words, "8450200000"), by="zed") == [], "what one trader does is told to nobody else"


def test_it_tells_what_several_others_do_and_names_none(stage: Stage) -> None:
    file = stage.lodge()
    words = "Samovars of brass"

    def remember(place: int) -> None:
        with stage.acting("rustam"):
            Described.objects.create(
                id=file.id.__class__(int=place), file=file.id, sequence=100 + place, sender=f"0300000{place}",
                key=goods_key(words), code="741810", at=TUESDAY,
            )  # fmt: skip

    for place in range(1, OTHERS_LEAST):
        remember(place)
    assert usage(stage, described(words)) == []
    remember(OTHERS_LEAST)
    assert usage(stage, described(words)) == [f"NOM-5 7418 10 ({OTHERS_LEAST})"]
    assert rows("SELECT count(*) FROM declarations_described", actor=stage.actor("zed")) == [(0,)]
    assert rows("SELECT * FROM gumruk_codes_of_others('x', %s, 1)", [goods_key(words)])[0][2] == OTHERS_LEAST


def test_it_keeps_the_features_for_ever_and_once(stage: Stage) -> None:
    stage.lodge()
    stage.deliver()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows("DELETE FROM declarations_described")
    assert rows("SELECT count(*) FROM declarations_described") == [(2,)]
