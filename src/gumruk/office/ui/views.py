# SPDX-License-Identifier: Apache-2.0
"""Language and theme, the page of all parts, and the pages for what goes wrong."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from gumruk import texts
from gumruk.office.accounts.permissions import public
from gumruk.office.ui import shapes
from gumruk.office.ui.context import THEME_COOKIE, THEMES
from gumruk.office.ui.forms import TextForm
from gumruk.office.ui.middleware import language_cookie_set
from gumruk.texts import formats

_YEAR = 365 * 24 * 60 * 60


@require_POST
@public
def language_choose(request: HttpRequest) -> HttpResponse:
    """Remember the language of this browser and go back to the page."""
    answer = HttpResponseRedirect(_back(request))
    language = request.POST.get("language", "")
    if language in texts.languages():
        language_cookie_set(answer, language)
    return answer


@require_POST
@public
def theme_choose(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or what the system says, and go back to the page."""
    answer = HttpResponseRedirect(_back(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax")
    return answer


class PartsForm(TextForm):
    """A form that shows every kind of field, one of them wrong."""

    texts_under = "ui.parts.form_fields"

    consignee = forms.CharField(max_length=120)
    net_mass = forms.DecimalField()
    currency = forms.ChoiceField(choices=[("USD", "USD"), ("EUR", "EUR"), ("TJS", "TJS")])
    remark = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agricultural = forms.BooleanField(required=False)


@require_GET
@public
def parts(request: HttpRequest) -> HttpResponse:
    """The page that shows all parts in each of their states."""
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    form = PartsForm({"consignee": "", "net_mass": "1250", "currency": "EUR", "remark": ""}, language=language)
    form.add_error("net_mass", texts.say(language, "ui.parts.form_fields.wrong_mass"))
    today = date(2027, 1, 4)
    context = {
        "states": list(shapes.STATE_LOOK),
        "lanes": list(shapes.LANE_LOOK),
        "severities": list(shapes.SEVERITY_LOOK),
        "law_statuses": list(shapes.LAW_STATUS_LOOK),
        "settlements": list(shapes.SETTLEMENT_LOOK),
        "amount": Decimal("1234567.5"),
        "zero": Decimal(0),
        "missing": None,
        "mass": Decimal("24310.5"),
        "share": Decimal("0.14"),
        "today": today,
        "moment": datetime(2027, 1, 4, 4, 12, tzinfo=UTC),
        "due": today + timedelta(days=3),
        "overdue": today - timedelta(days=1),
        "act": {"title": texts.say(language, "ui.parts.act_title"), "date": date(2021, 12, 23), "status": "unverified"},
        "steps": [
            (texts.say(language, "ui.parts.step_base"), formats.money(language, Decimal("48214.30"))),
            (texts.say(language, "ui.parts.step_rate"), formats.percent(language, Decimal("0.14"))),
            (texts.say(language, "ui.parts.step_amount"), formats.money(language, Decimal("6750"))),
        ],
        "form": form,
    }
    return render(request, "ui/parts_page.html", context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in plain words."""
    return _error(request, "bad_request", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 in plain words: the person may see this, but not do that."""
    return _error(request, "permission_denied", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in plain words; a stranger learns nothing from it."""
    return _error(request, "not_found", 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429 in plain words: this address asks too fast."""
    return _error(request, "too_many", 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in plain words, made without the database; 503 where it was the database that did not answer."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _error(request, "server_error", 500)
    answer = _error(request, "unavailable", 503)
    answer.headers["Retry-After"] = "10"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent after its session: how to send it again."""
    return _error(request, "csrf", 403)


def _error(request: HttpRequest, name: str, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": name}, status=status)
    context: dict[str, Any] = {"error": f"ui.error.{name}", "status": status}
    return render(request, "ui/error.html", context, status=status)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"
