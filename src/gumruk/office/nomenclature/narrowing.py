# SPDX-License-Identifier: Apache-2.0
"""What the answers to a heading's questions leave of what was found: they hide codes and never drop one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gumruk.law.nomenclature import DO_NOT_KNOW, Questions
from gumruk.office.nomenclature.finding import finder
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.search.confidence import likelihood
from gumruk.search.finder import Found, Group, Kind, Result

#: Below a heading this sure, its questions are not asked yet.
ASKED_FROM = 0.35
#: A subheading that the words do not name keeps this chance: somebody's answer may still lead to it.
UNNAMED = 0.02

_ANSWER = re.compile(r"([a-z0-9_-]{1,40}):([a-z0-9_-]{1,40})")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was found, with the codes that the answers left, and those that they hid ("also possible")."""

    found: Found
    hidden: tuple[Result, ...] = ()


def asked_group(found: Found) -> Group | None:
    """The heading whose questions are asked: the likeliest if it is sure enough, or the one whose code was typed."""
    if found.kind is Kind.WORDS and found.groups and found.groups[0].probability >= ASKED_FROM:
        return found.groups[0]
    if found.kind is Kind.CODE and len(found.results[0].code) == len("0207"):
        heading, *below = found.results
        return Group(heading.code, 1.0, heading.likelihood, tuple(below))
    return None


def questions_of(group: Group) -> Questions | None:
    """The questions of a heading; None where it has none."""
    return nomenclature_content().questions.get(group.heading)


def answers_read(told: Sequence[str], found: Found) -> dict[str, str]:
    """Answers as an address holds them (`bird:chicken`), those alone that the heading's questions can take."""
    group = asked_group(found)
    questions = questions_of(group) if group else None
    given: dict[str, str] = {}
    for text in told:
        match = _ANSWER.fullmatch(text)
        question = next((one for one in questions.asked if one.id == match[1]), None) if questions and match else None
        if match and question and (match[2] == DO_NOT_KNOW or question.answer(match[2])):
            given.setdefault(match[1], match[2])
    return given


def chances_of(group: Group) -> dict[str, float]:
    """How likely each subheading of a heading is; those that the words do not name keep a little."""
    said = {result.code: result.probability for result in group.results}
    return {code: said.get(code, 0.0) + UNNAMED for code in finder().tree.children(group.heading)}


def narrowed(found: Found, answers: Mapping[str, str]) -> Narrowed:
    """Put what the answers leave first, and hide the rest of the heading.

    A code that is left is as probable as its heading, times its share of what is left there.
    """
    group = asked_group(found)
    questions = questions_of(group) if group else None
    if group is None or questions is None or not any(given != DO_NOT_KNOW for given in answers.values()):
        return Narrowed(found)
    chances = chances_of(group)
    kept = sorted(questions.keeps(chances, answers), key=lambda code: (-chances[code], code))
    whole = sum(chances[code] for code in kept)
    said = {result.code: result for result in group.results}
    left = []
    for code in kept:
        probability = group.probability * chances[code] / whole
        reasons = said[code].reasons if code in said else ()
        left.append(Result(code, probability, likelihood(probability), reasons))
    hidden = tuple(result for result in group.results if result.code not in kept)
    changed = replace(group, results=tuple(left))
    if found.kind is Kind.CODE:
        return Narrowed(replace(found, results=(found.results[0], *left)), hidden)
    others = tuple(result for result in found.results if not result.code.startswith(group.heading))
    return Narrowed(replace(found, results=(*left, *others), groups=(changed, *found.groups[1:])), hidden)
