# SPDX-License-Identifier: Apache-2.0
"""The steps of a judgement of origin, and the facts that are missing, in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gumruk import texts
from gumruk.law.kernel import Step
from gumruk.office.declarations.words import number_words

_NUMBERS = frozenset({"share", "most", "least", "value", "mass", "whole", "amount", "part", "originating"})
#: Parameters whose word stands in the texts, and where.
_WORDS = {"level": "level", "base": "base", "method": "method", "kind": "cumulation", "of": "whole"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PLACE = re.compile(r"(?P<place>(?:materials|inputs)\[\d+\](?:\.inputs\[\d+\])*)\.(?P<fact>\w+)(?:\.(?P<words>.+))?")


def step_words(language: str, step: Step) -> str:
    """The sentence of a step, with the word of its verdict."""
    name = step.code.removeprefix("origin.")
    return texts.say(language, f"origin.step.{name}", **_said(language, step.params))


def _said(language: str, params: Mapping[str, str]) -> dict[str, str]:
    said = dict(params)
    for name, value in params.items():
        if name in _WORDS:
            said[name] = texts.say(language, f"origin.{_WORDS[name]}.{value}")
        elif name == "goods" and value == "*":
            said[name] = texts.say(language, "origin.every")
        elif name in ("goods", "excluded"):
            said[name] = _goods(language, value)
        elif name in _NUMBERS and _NUMBER.fullmatch(value):
            said[name] = number_words(language, value)
    if "verdict" in params:
        said["verdict"] = texts.say(language, f"origin.verdict.{params['verdict']}")
    return said


def _goods(language: str, words: str) -> str:
    for level in ("chapter", "heading", "subheading"):
        words = words.replace(f"={level}", texts.say(language, f"origin.same.{level}"))
    return words


def missing_words(language: str, fact: str) -> str:
    """A missing fact in words, with its place in the file: `materials[2].value`."""
    found = _PLACE.fullmatch(fact)
    if found is not None:
        name = f"origin.fact.{found['fact']}"
        return texts.say(language, name, place=found["place"], words=found["words"] or "-")
    head, _, rest = fact.partition(".")
    if head == "product":
        return texts.say(language, "origin.fact.product", words=rest.removeprefix("named."))
    if fact.startswith("note: "):
        return texts.say(language, "origin.fact.note", words=fact.removeprefix("note: "))
    return texts.say(language, f"origin.fact.whole_{head}", words=rest or "-")
