# SPDX-License-Identifier: Apache-2.0
"""How a code was found, in words: what the page of a file shows beside the code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gumruk import texts
from gumruk.law.nomenclature import DO_NOT_KNOW
from gumruk.office.accounts.queries import names_of
from gumruk.office.declarations.models import ItemTrail
from gumruk.office.nomenclature.queries import answer_of
from gumruk.texts import formats

HEADING_DIGITS = 4


@dataclass(frozen=True, slots=True)
class TrailShown:
    """How the declarant found an item's code, in words: what he searched, what was shown, answered and ruled out."""

    description: str
    chosen: str
    shown: Sequence[tuple[str, str]]
    answers: Sequence[str]
    rule: str
    note: str
    ruled_out: Sequence[tuple[str, str]]
    edition: str
    person: str
    at: datetime


def trails_shown(trails: Mapping[int, ItemTrail], language: str) -> dict[int, TrailShown]:
    """Trails by the number of their item, each in words."""
    people = names_of(trail.actor for trail in trails.values()) if trails else {}
    return {place: _shown(trail, people.get(trail.actor, ""), language) for place, trail in trails.items()}


def _shown(trail: ItemTrail, person: str, language: str) -> TrailShown:
    told = trail.content

    def say(key: str, **params: object) -> str:
        return texts.say(language, f"declarations.trail.{key}", **params)

    headings = _headings(told)
    answers = [answer_of(headings, name, given, language) for name, given in told["answers"].items()]

    def why(reason: str) -> str:
        if not reason.startswith("answer:"):
            return say("less_likely")
        known = [answer["text"] for answer in answers if answer["id"] != DO_NOT_KNOW]
        return say("by_answer", why="; ".join(known))

    return TrailShown(
        description=told["description"],
        chosen=formats.hs_code(told["chosen"]),
        shown=[
            (formats.hs_code(code), texts.say(language, f"find.likelihood.{likely}"))
            for code, likely in told["candidates"]
        ],
        answers=[f"{answer['question_text']} {answer['text']}" for answer in answers],
        rule=say("general_rule", rule=told["rule"]),
        note=told["note"],
        ruled_out=[(formats.hs_code(code), why(reason)) for code, reason in told["ruled_out"]],
        edition=told["edition"],
        person=person,
        at=trail.at,
    )


def _headings(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The headings of a trail, first the one whose questions were asked: answers rule out its codes, and it is shown
    before all others, whatever was taken in the end.
    """
    ruled_out = [code for code, reason in told["ruled_out"] if reason.startswith("answer:")]
    codes = (*ruled_out, *(code for code, _ in told["candidates"]), told["chosen"])
    return tuple(dict.fromkeys(code[:HEADING_DIGITS] for code in codes))
