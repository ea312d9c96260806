# SPDX-License-Identifier: Apache-2.0
"""The search page's answer: what was found, with the law of the day at each line, and addresses that keep it all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from gumruk.office.desk.line_law import line_law
from gumruk.office.desk.tree_law import CodeLaw
from gumruk.office.lawbook.queries import running_law
from gumruk.office.nomenclature.queries import answers_read, found_shown, label_of, official_on
from gumruk.office.project.clock import legal_day, now
from gumruk.search.finder import Finder, Kind

#: Headings that a page shows, and results of each; a heading that was asked about shows all that the answers left.
GROUPS_MAX, OF_FIRST_MAX, OF_OTHERS_MAX, ASKED_SHOWN_MAX = 6, 5, 2, 12
PATH_DIGITS = 4


def found_page(finder: Finder, text: str, told: Sequence[str], language: str, limit: int) -> dict[str, Any]:
    """All that the page of an answer shows: groups of lines under their heading, and where each answer leads."""
    found = finder.find(text, limit)
    answers = answers_read(told, found)
    today = legal_day(now())
    shown = found_shown(found, language, answers, official_on(today))
    law = CodeLaw(running_law(), today, training=settings.GUMRUK_TRAINING, language=language)
    return {
        "found": shown,
        "groups": _groups(shown, law, language),
        "also": [_line(result, law, language) for result in shown["also_possible"]],
        "preselected": shown["preselected"],
        "question": _question(shown, text, answers),
        "given": [
            {
                **answer,
                "address": _address(
                    text, {name: given for name, given in answers.items() if name != answer["question"]}
                ),
            }
            for answer in shown["answers"]
        ],
        "facets": [{**facet, "address": _address(facet["code"], {})} for facet in shown["facets"]],
        "foreign": shown["rest"] if shown["kind"] == Kind.CODE else "",
        "day": law.law.day,
        "law_status": settings.GUMRUK_TRAINING,
    }


def _groups(shown: Mapping[str, Any], law: CodeLaw, language: str) -> list[dict[str, Any]]:
    """Headings with their lines; of a code that was typed the one heading that it lies in."""
    by_code = {result["code"]: result for result in shown["results"]}
    if not shown["groups"]:
        return _of_codes(shown["results"], law, language)
    groups = []
    for place, group in enumerate(shown["groups"][:GROUPS_MAX]):
        most = OF_OTHERS_MAX if place else ASKED_SHOWN_MAX if shown["answers"] else OF_FIRST_MAX
        results = [by_code[code] for code in group["results"] if code in by_code][:most]
        if results:
            path = [level for level in results[0]["path"] if len(level["code"]) < PATH_DIGITS]
            lines = [_line(result, law, language) for result in results]
            groups.append({**group, "path": path, "results": lines, "told": True})
    return groups


def _of_codes(results: Sequence[Mapping[str, Any]], law: CodeLaw, language: str) -> list[dict[str, Any]]:
    """Codes that are certain, under their headings, without a likelihood."""
    groups: dict[str, dict[str, Any]] = {}
    for result in results:
        if len(result["code"]) < PATH_DIGITS:
            continue
        heading = result["code"][:PATH_DIGITS]
        if heading not in groups:
            path = [level for level in result["path"] if len(level["code"]) < PATH_DIGITS]
            groups[heading] = {
                "heading": heading, "label": label_of(heading, language), "path": path, "results": [], "told": False,
            }  # fmt: skip
        if len(result["code"]) > PATH_DIGITS:
            groups[heading]["results"].append(_line(result, law, language))
    return list(groups.values())


def _line(result: Mapping[str, Any], law: CodeLaw, language: str) -> dict[str, Any]:
    return {**result, "law": line_law(law, result["code"], language)}


def _question(shown: Mapping[str, Any], text: str, answers: Mapping[str, str]) -> dict[str, Any] | None:
    """The next question, with the address that each answer leads to."""
    question = shown["question"]
    if question is None:
        return None
    led = [
        {**answer, "address": _address(text, {**answers, question["id"]: answer["id"]})}
        for answer in question["answers"]
    ]
    return {**question, "answers": led, "number": len(answers) + 1}


def _address(text: str, answers: Mapping[str, str]) -> str:
    asked = [("q", text), *(("a", f"{name}:{given}") for name, given in answers.items())]
    return f"{reverse('desk:find')}?{urlencode(asked)}"
