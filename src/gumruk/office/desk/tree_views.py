# SPDX-License-Identifier: Apache-2.0
"""The public tree: every page is an address that lasts, shows the law of a day, and says so."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gumruk import texts
from gumruk.office.accounts.permissions import actor_apply, public
from gumruk.office.declarations.commands import YEARS
from gumruk.office.declarations.views import language_of
from gumruk.office.desk.asked_often import counted, later
from gumruk.office.desk.tree_pack import data_pack
from gumruk.office.desk.tree_pages import (
    AsOf,
    chapter_rows,
    columns,
    compared,
    old_shown,
    place_shown,
    sections_shown,
    unknown_shown,
)
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.queries import law_by_digest, running_law
from gumruk.office.nomenclature.following import followed
from gumruk.office.nomenclature.models import Follow
from gumruk.office.nomenclature.queries import official_on
from gumruk.office.nomenclature.tree_places import Level, Place, code_read, old_code, place_of, sections
from gumruk.office.project.clock import legal_day, now
from gumruk.office.ui.allowance import Allowance, address_of

CODE_LENGTH_MAX = 40
#: What one address may take of whole trees, each seconds of work, in one process of the web server.
PACK_SECONDS = 10
PACKS = Allowance(at_once=4, a_second=1 / PACK_SECONDS)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: under which law; whether its day could be read; what every link of the page carries on."""

    as_of: AsOf
    day_good: bool
    carried: str


def asked_of(request: HttpRequest, language: str | None = None) -> Asked:
    """Read `on` (the day, today without it) and `law` (a publication's digest). Raises Http404 for unknown law."""
    today = legal_day(now())
    written = request.GET.get("on", "").strip()
    day, good = (day_read(written), True) if written else (today, True)
    if day is None:
        day, good = today, False
    digest = request.GET.get("law", "")
    try:
        book = law_by_digest(digest) if digest else running_law()
    except Publication.DoesNotExist:
        raise Http404 from None
    kept = {name: text for name, text in (("on", day.isoformat() if written and good else ""), ("law", digest)) if text}
    as_of = AsOf(book, day, language or language_of(request), official_on(day))
    return Asked(as_of, good, f"?{urlencode(kept)}" if kept else "")


def day_read(written: str) -> date | None:
    """A day as addresses write it; None where it is none, or lies outside the years that law is asked for."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if YEARS[0] <= day.year <= YEARS[1] else None


@require_GET
@public
@counted
def home(request: HttpRequest) -> HttpResponse:
    """The sections with their chapters. A code that was typed leads to its page, words to the search."""
    asked = asked_of(request)
    if typed := request.GET.get("code", "").strip():
        code = code_read(typed)
        if code.isdigit() or code in sections():
            return HttpResponseRedirect(reverse("desk:tree_place", args=[code[:CODE_LENGTH_MAX]]) + asked.carried)
        return HttpResponseRedirect(f"{reverse('desk:find')}?{urlencode({'q': typed})}")
    return _answer(request, "desk/tree.html", asked, {"tree": sections_shown(asked.as_of)})


@require_GET
@public
@counted
def place(request: HttpRequest, code: str) -> HttpResponse:
    """A section, chapter, heading, subheading or line; an old code's goods of today; or the nearest place (404)."""
    asked = asked_of(request)
    if (read := code_read(code)) != code:
        return HttpResponseRedirect(reverse("desk:tree_place", args=[read[:CODE_LENGTH_MAX]]) + asked.carried)
    found = place_of(code, asked.as_of.law().law, asked.as_of.official)
    if found is None:
        return _no_place(request, code, asked)
    context = {"shown": place_shown(found, asked.as_of), "follow": _followed(request, code)}
    return _answer(request, "desk/tree_place.html", asked, context)


@require_GET
@public
@counted
def chapter_print(request: HttpRequest, code: str) -> HttpResponse:
    """A chapter on paper: its notes, all its codes, their rates on the day."""
    asked = asked_of(request)
    law = asked.as_of.law()
    found = place_of(code, law.law, asked.as_of.official)
    if found is None or found.level is not Level.CHAPTER:
        raise Http404
    shown = {
        "shown": place_shown(found, asked.as_of),
        "rows": list(chapter_rows(code, asked.as_of)),
        "columns": columns(law),
    }
    return _answer(request, "desk/tree_print.html", asked, shown)


@require_GET
@public
@counted
def compare(request: HttpRequest) -> HttpResponse:
    """Two codes side by side: where they part, and what differs."""
    asked = asked_of(request)
    typed = {name: code_read(request.GET.get(name, ""))[:CODE_LENGTH_MAX] for name in ("a", "b")}
    found = {name: _code_place(code, asked.as_of) for name, code in typed.items()}
    first, second = found["a"], found["b"]
    context: dict[str, object] = {
        "typed": typed,
        "wrong": [code for name, code in typed.items() if code and found[name] is None],
    }
    if first is not None and second is not None:
        context["compared"] = compared(first, second, asked.as_of)
    return _answer(request, "desk/tree_compare.html", asked, context, good=not context["wrong"])


@require_GET
@public
@counted
def pack(request: HttpRequest) -> HttpResponse:
    """The whole tree with the rates of the day, to take along."""
    asked = asked_of(request)
    if not asked.day_good:
        return _answer(request, "desk/tree.html", asked, {"tree": sections_shown(asked.as_of)})
    if not PACKS.take(address_of(request)):
        words = texts.say(asked.as_of.language, "tree.pack.too_many")
        return later(HttpResponse(words, "text/plain; charset=utf-8", 429), PACK_SECONDS)
    made = data_pack(asked.as_of.book, asked.as_of.day, settings.GUMRUK_TRAINING, asked.as_of.official)
    answer = HttpResponse(made.content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    answer.headers["Repr-Digest"] = f"sha-256=:{b64encode(sha256(made.content).digest()).decode()}:"
    return answer


def _followed(request: HttpRequest, code: str) -> Follow | None:
    """How whoever is signed in follows a code: a public page sees nobody's rows, so he acts for this one question."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return None
    actor_apply(actor)
    try:
        return followed(actor, code)
    finally:
        actor_apply(None)


def _code_place(code: str, as_of: AsOf) -> Place | None:
    return place_of(code, as_of.law().law, as_of.official) if code.isascii() and code.isdigit() else None


def _no_place(request: HttpRequest, code: str, asked: Asked) -> HttpResponse:
    old = old_code(code)
    if old is not None:
        return _answer(request, "desk/tree_old.html", asked, {"old": old_shown(old, asked.as_of)})
    context = {"unknown": unknown_shown(code, asked.as_of)}
    answer = _answer(request, "desk/tree_unknown.html", asked, context)
    answer.status_code = 404
    return answer


def _answer(
    request: HttpRequest, template: str, asked: Asked, context: dict[str, object], *, good: bool = True
) -> HttpResponse:
    as_of = asked.as_of
    held = {"as_of": as_of, "carried": asked.carried, "day_good": asked.day_good, "here": request.path, **context}
    held["older"] = as_of.book.digest != running_law().digest
    return render(request, template, held, status=200 if good and asked.day_good else 400)
