# SPDX-License-Identifier: Apache-2.0
"""The public search for a code: the page and the API. All that was asked stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gumruk import texts
from gumruk.office.accounts.permissions import public
from gumruk.office.declarations.views import language_of
from gumruk.office.desk.asked_often import asks_too_often, later, too_many_told
from gumruk.office.desk.find import found_page
from gumruk.office.desk.line_law import line_law, line_law_plain
from gumruk.office.desk.tree_law import CodeLaw
from gumruk.office.lawbook.queries import NoLaw, running_law
from gumruk.office.nomenclature.queries import (
    LETTERS_MAX,
    RETRY_SECONDS,
    answers_read,
    found_shown,
    official_on,
    ready_finder,
)
from gumruk.office.project.clock import legal_day, now

RESULTS, RESULTS_MAX, ANSWERS_MAX = 10, 100, 10


@require_GET
@public
def find(request: HttpRequest) -> HttpResponse:
    """Goods to codes, with the question that would say more; 429 for who asks too fast."""
    text = _text(request)
    context: dict[str, Any] = {"text": text[:LETTERS_MAX], "cut": LETTERS_MAX if len(text) > LETTERS_MAX else 0}
    if not text.strip():
        return render(request, "desk/find.html", context)
    if asks_too_often(request):
        return later(render(request, "desk/find.html", {**context, "problem": "too_many"}, status=429))
    finder = ready_finder()
    if finder is None:
        answer = render(request, "desk/find.html", {**context, "problem": "building"}, status=503)
        return later(answer, RETRY_SECONDS)
    told = request.GET.getlist("a")[:ANSWERS_MAX]
    context |= found_page(finder, text[:LETTERS_MAX], told, language_of(request), RESULTS)
    return render(request, "desk/find.html", context)


@require_GET
@public
def api_find(request: HttpRequest) -> JsonResponse:
    """GET /api/v1/find?q=...&n=10&language=en&a=question:answer: the same as JSON, with the law of the day.

    400 for what cannot be asked, 429 for too many questions from one address, 503 as long as the index is being built.
    """
    language = request.GET.get("language", language_of(request))
    if language not in texts.languages():
        return _refused("no_language", 400, texts.DEFAULT_LANGUAGE, languages=", ".join(texts.languages()))
    text, wanted = _text(request), request.GET.get("n", str(RESULTS))[:9]
    if not text.strip():
        return _refused("no_text", 400, language)
    if not (wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= RESULTS_MAX):
        return _refused("no_number", 400, language, most=RESULTS_MAX)
    if asks_too_often(request):
        return too_many_told(request)
    finder = ready_finder()
    if finder is None:
        return later(_refused("building", 503, language), RETRY_SECONDS)
    found = finder.find(text[:LETTERS_MAX], int(wanted))
    answers = answers_read(request.GET.getlist("a")[:ANSWERS_MAX], found)
    return _json(
        {
            **_with_law(found_shown(found, language, answers, official_on(legal_day(now()))), language),
            "cut": len(text) > LETTERS_MAX,
        }
    )


def _with_law(shown: dict[str, Any], language: str) -> dict[str, Any]:
    """The law of the day at each result; without law in force, without."""
    try:
        law = CodeLaw(running_law(), legal_day(now()), training=settings.GUMRUK_TRAINING, language=language)
    except NoLaw:
        return shown
    for result in shown["results"]:
        result["law"] = line_law_plain(line_law(law, result["code"], language), law.law.day)
    return shown


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "")


def _refused(code: str, status: int, language: str, **params: object) -> JsonResponse:
    words = texts.say(language, f"find.refused.{code}", **params)
    return _json({"error": code, "text": words}, status)


def _json(told: Mapping[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
