# SPDX-License-Identifier: Apache-2.0
"""An answer of the finder as plain values with words in a language: for the command line, the API and the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gumruk import texts
from gumruk.law.kernel import HsCode
from gumruk.law.nomenclature import DO_NOT_KNOW, EDITION, Question
from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialTexts
from gumruk.office.nomenclature.narrowing import asked_group, chances_of, narrowed, questions_of
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.search.finder import Found, Group, Reason, Result

#: A text longer than this is read to here: an invoice's line is shorter.
LETTERS_MAX = 2000


def found_shown(
    found: Found, language: str, answers: Mapping[str, str] | None = None, official: OfficialTexts = NO_TEXTS
) -> dict[str, Any]:
    """The whole answer: what the text was, candidates with their reasons, kinds to choose from, the next question.

    `answers` (question id -> answer id) narrow the likeliest heading; what they hide is told under "also_possible".
    `official` are the official texts of the day, which stand beside our labels.
    """
    asked, given = found, answers or {}
    left = narrowed(asked, given)
    found = left.found
    return {
        "text": found.text,
        "kind": found.kind.value,
        "message": message_of(found, language),
        "edition": EDITION,
        "rest": found.rest,
        "results": [result_shown(result, language, official) for result in found.results],
        "groups": [
            {**_headed(group, language), "results": [result.code for result in group.results]} for group in found.groups
        ],
        "also_possible": [result_shown(result, language, official) for result in left.hidden],
        "facets": [
            {"code": facet.heading, "label": label_of(facet.heading, language), "share": round(facet.share, 4)}
            for facet in found.facets
        ],
        "preselected": found.preselected,
        "corrected": dict(found.corrected),
        "unknown": list(found.unknown),
        "answers": [answer_shown(asked, name, value, language) for name, value in given.items()],
        "question": question_shown(question, language) if (question := next_question(asked, given)) else None,
    }


def result_shown(result: Result, language: str, official: OfficialTexts = NO_TEXTS) -> dict[str, Any]:
    """One candidate: code, label, path from the section down, how likely, why, and the law's own text with its act."""
    law = official.text(result.code, language)
    return {
        "code": result.code,
        "printed": HsCode(result.code).printed(),
        "label": label_of(result.code, language),
        "path": [
            {"code": code, "label": label} for code, label in nomenclature_content().path_labels(result.code, language)
        ],
        "probability": round(result.probability, 4),
        "likelihood": result.likelihood.value,
        "likelihood_words": texts.say(language, f"find.likelihood.{result.likelihood.value}"),
        "reasons": [reason_words(reason, language) for reason in result.reasons],
        "official": law.text if law else "",
        "official_act": law.act if law else "",
    }


def label_of(code: str, language: str) -> str:
    """Our own words for a section, chapter, heading or subheading; its digits where there are none."""
    return nomenclature_content().label(code, language) or code


def message_of(found: Found, language: str) -> str:
    """What the answer is, in a sentence; for an answer without codes what to do next."""
    return texts.say(
        language,
        f"find.kind.{found.kind.value}",
        text=found.text,
        rest=found.rest,
        codes=", ".join(HsCode(result.code).printed() for result in found.results[:5]),
    )


def reason_words(reason: Reason, language: str) -> str:
    """Why a code is shown, in words."""
    return texts.say(language, f"find.reason.{reason.kind}", text=reason.text, code=HsCode(reason.code).printed())


def next_question(found: Found, answers: Mapping[str, str]) -> Question | None:
    """The question of the asked heading that splits its subheadings best; None where none helps, or was asked."""
    group = asked_group(found)
    questions = questions_of(group) if group else None
    return questions.next(chances_of(group), answers) if group and questions else None


def noted(found: Found, answers: Mapping[str, str]) -> str:
    """The notes behind the questions that were answered, each once."""
    group = asked_group(found)
    questions = questions_of(group) if group else None
    notes = [one.note for one in questions.asked if one.id in answers] if questions else []
    return "; ".join(dict.fromkeys(notes))


def answer_shown(found: Found, name: str, value: str, language: str) -> dict[str, str]:
    """An answer that was given, with the words of its question."""
    group = asked_group(found)
    return answer_of((group.heading,) if group else (), name, value, language)


def answer_of(headings: Iterable[str], name: str, value: str, language: str) -> dict[str, str]:
    """An answer in words, of the first of some headings that asks this question and takes this answer.

    A question that none of them asks (any more) is told by its own name, and so is its answer.
    """
    told = {"question": name, "id": value}
    held = (nomenclature_content().questions.get(heading) for heading in headings)
    for question in (one for questions in held if questions for one in questions.asked if one.id == name):
        answer = question.answer(value)
        if answer is not None or value == DO_NOT_KNOW:
            words = answer.texts[language] if answer else texts.say(language, "find.do_not_know")
            return {**told, "question_text": question.texts[language], "text": words}
    unknown = value == DO_NOT_KNOW
    return {**told, "question_text": name, "text": texts.say(language, "find.do_not_know") if unknown else value}


def question_shown(question: Question, language: str) -> dict[str, Any]:
    """A question with its answers; "do not know" is one of them everywhere."""
    answers: Sequence[dict[str, str]] = [
        {"id": answer.id, "text": answer.texts[language]} for answer in question.answers
    ]
    return {
        "id": question.id,
        "text": question.texts[language],
        "note": question.note,
        "answers": [*answers, {"id": "unknown", "text": texts.say(language, "find.do_not_know")}],
    }


def _headed(group: Group, language: str) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "label": label_of(group.heading, language),
        "probability": round(group.probability, 4),
        "likelihood": group.likelihood.value,
        "likelihood_words": texts.say(language, f"find.likelihood.{group.likelihood.value}"),
    }
