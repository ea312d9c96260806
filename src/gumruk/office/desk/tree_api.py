# SPDX-License-Identifier: Apache-2.0
"""The tree for programs: what the pages show, as JSON. Open to everybody, read only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from gumruk import texts
from gumruk.office.accounts.permissions import public
from gumruk.office.desk.asked_often import counted
from gumruk.office.desk.tree_pages import old_shown, place_shown, sections_shown, unknown_shown
from gumruk.office.desk.tree_views import CODE_LENGTH_MAX, Asked, asked_of
from gumruk.office.nomenclature.tree_places import code_read, old_code, place_of


@require_GET
@public
@counted
def all_sections(request: HttpRequest) -> HttpResponse:
    """`GET /api/v1/nomenclature`: the sections with their chapters."""
    asked = _asked(request)
    if isinstance(asked, JsonResponse):
        return asked
    return _json(sections_shown(asked.as_of))


@require_GET
@public
@counted
def one_place(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /api/v1/nomenclature/CODE`: words and law of a code; an old code's goods of today; 404 with the nearest."""
    asked = _asked(request)
    if isinstance(asked, JsonResponse):
        return asked
    read = code_read(code)[:CODE_LENGTH_MAX]
    found = place_of(read, asked.as_of.law().law, asked.as_of.official)
    if found is not None:
        return _json({"in_force": True, **place_shown(found, asked.as_of)})
    old = old_code(read)
    if old is not None:
        return _json(old_shown(old, asked.as_of))
    return _json(unknown_shown(read, asked.as_of), status=404)


def _asked(request: HttpRequest) -> Asked | JsonResponse:
    """What is asked, or the refusal (400) of a language or day that is none."""
    language = request.GET.get("language", texts.DEFAULT_LANGUAGE)
    if language not in texts.LANGUAGES:
        return _json({"error": "language", "given": language[:20], "known": list(texts.LANGUAGES)}, status=400)
    asked = asked_of(request, language)
    if not asked.day_good:
        return _json({"error": "day", "given": request.GET.get("on", "")[:20], "written": "2027-01-04"}, status=400)
    return asked


def _json(content: dict[str, object], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
