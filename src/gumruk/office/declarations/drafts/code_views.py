# SPDX-License-Identifier: Apache-2.0
"""The search for a code beside its field: asked with the description of the goods; nothing is filled in by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from gumruk.law.kernel import HsCode
from gumruk.office.accounts.permissions import needs
from gumruk.office.declarations.drafts.models import Draft, DraftItem
from gumruk.office.declarations.drafts.queries import tree_of
from gumruk.office.declarations.drafts.shown import draft_or_404, item_or_404
from gumruk.office.declarations.drafts.trails import NotFound, trail_keep, trail_of
from gumruk.office.declarations.views import actor_of, language_of
from gumruk.office.lawbook.queries import running_law
from gumruk.office.nomenclature.queries import (
    LETTERS_MAX,
    answers_read,
    found_shown,
    label_of,
    official_on,
    ready_finder,
)
from gumruk.office.project.clock import legal_day, now

CHOICES, HIDDEN_MAX, LINES_MAX, ANSWERS_MAX = 6, 20, 30, 10
#: Tables of the law whose keys are lines of the country's own nomenclature.
_BY_CODE = ("tariff", "excise")


@require_GET
@needs("drafts.write")
def code_find(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Codes for the description of an item, or for `find`, with the question that would say more."""
    draft = draft_or_404(identifier)
    item = _item(request, draft)
    text = request.GET.get("find", request.GET.get("i:commodity.description", _described(item)))[:LETTERS_MAX]
    told = request.GET.getlist("a")[:ANSWERS_MAX]
    context = _found(text, told, language_of(request))
    return render(request, "drafts/parts/finder.html", {"draft": draft, "item": item, **context})


@require_POST
@needs("drafts.write")
def code_take(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Keep how the person found the code that he took. The field itself is saved as all fields are."""
    draft, language = draft_or_404(identifier), language_of(request)
    item, by, at = _item(request, draft), actor_of(request), now()
    code = "".join(letter for letter in request.POST.get("code", "")[:20] if letter.isdigit())
    finder = ready_finder()
    if finder is None or draft.lodged_at:
        return render(request, "drafts/parts/finder.html", {"draft": draft, "item": item, "building": finder is None})
    found = finder.find(request.POST.get("text", "")[:LETTERS_MAX])
    answers = answers_read(request.POST.get("answers", "").split()[:ANSWERS_MAX], found)
    try:
        trail = trail_of(found, answers, code, by)
    except NotFound:
        return render(request, "drafts/parts/finder.html", {"draft": draft, "item": item, "unknown": True}, status=422)
    trail_keep(draft=draft, item=item, trail=trail, by=by, at=at)
    taken = {"code": HsCode(code).printed(), "label": label_of(code[:6], language), "short": not _is_line(code)}
    return render(request, "drafts/parts/finder.html", {"draft": draft, "item": item, "taken": taken})


def _found(text: str, told: list[str], language: str) -> dict[str, Any]:
    """What the panel shows of a search."""
    if not text.strip():
        return {"text": "", "asked": False}
    finder = ready_finder()
    if finder is None:
        return {"text": text, "building": True}
    found = finder.find(text)
    answers = answers_read(told, found)
    shown = found_shown(found, language, answers, official_on(legal_day(now())))
    subheadings = [result for result in shown["results"] if len(result["code"]) == len("020714")]
    return {
        "text": text,
        "found": shown,
        "choices": [_choice(result) for result in subheadings[: CHOICES if shown["kind"] != "code" else LINES_MAX]],
        "also": [_choice(result) for result in shown["also_possible"][:HIDDEN_MAX]],
        "given": [f"{name}:{given}" for name, given in answers.items()],
    }


def _choice(result: dict[str, Any]) -> dict[str, Any]:
    """A subheading, with the country's own lines below it where the law names any."""
    below = [{"code": code, "printed": HsCode(code).printed()} for code in _lines_below(result["code"])]
    return {**result, "lines": below}


def _lines_below(code: str) -> list[str]:
    law = running_law().at(legal_day(now()), training=True)
    keys = {key for table in _BY_CODE for key in law.table(table) if len(key) == 10 and key.startswith(code)}
    return sorted(keys)[:LINES_MAX]


def _is_line(code: str) -> bool:
    return len(code) == 10


def _item(request: HttpRequest, draft: Draft) -> DraftItem:
    told = request.GET.get("part") or request.POST.get("part") or ""
    try:
        return item_or_404(draft, UUID(told))
    except ValueError:
        return item_or_404(draft, UUID(int=0))


def _described(item: DraftItem) -> str:
    return str(tree_of(item.typed).get("commodity", {}).get("description", ""))
