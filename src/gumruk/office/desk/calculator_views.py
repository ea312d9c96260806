# SPDX-License-Identifier: Apache-2.0
"""The page of the public calculator. All that was asked stands in its address, so that an answer can be sent on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gumruk.law.lawbook import LawBook
from gumruk.office.accounts.permissions import public
from gumruk.office.declarations.views import language_of
from gumruk.office.desk.asked_often import counted
from gumruk.office.desk.calculator import CalculatorForm, calculation
from gumruk.office.lawbook.models import Publication
from gumruk.office.lawbook.queries import law_by_digest, running_law
from gumruk.office.project.clock import legal_day, now

FIRST_ASKED = "code"


@require_GET
@public
@counted
def calculate(request: HttpRequest) -> HttpResponse:
    """What goods cost on a day, each line with its reasons; `law` in the address is the law that first answered it."""
    book, running = _law(request), running_law()
    asked = FIRST_ASKED in request.GET
    today = legal_day(now())
    form = CalculatorForm(
        request.GET if asked else None,
        law=book.at(_day(request) or today, training=settings.GUMRUK_TRAINING),
        language=language_of(request),
        initial={"on": today, "currency": "USD", "procedure": "40"},
    )
    context: dict[str, Any] = {"form": form, "asked": asked, "older": book.digest != running.digest, "law": book.digest}
    good = not asked or form.is_valid()
    if asked and good:
        context["found"] = calculation(form, book)
        context["anew"] = _without_law(request)
    return render(request, "desk/calculate.html", context, status=200 if good else 400)


def _day(request: HttpRequest) -> date | None:
    """The day that was asked for, so that the lists are those of that day; None where it is none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _law(request: HttpRequest) -> LawBook:
    digest = request.GET.get("law", "")
    if not digest:
        return running_law()
    try:
        return law_by_digest(digest)
    except Publication.DoesNotExist:
        raise Http404 from None


def _without_law(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("law", None)
    return f"?{asked.urlencode()}"
