# SPDX-License-Identifier: Apache-2.0
"""How often one address may ask the public pages of the desk, the search, the tree and the calculator together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse

from gumruk import texts
from gumruk.office.declarations.views import language_of
from gumruk.office.ui.allowance import Allowance, address_of
from gumruk.office.ui.views import too_many_requests

#: What one address may ask of all of them, pages and API, in one process of the web server.
QUESTIONS = Allowance(at_once=30, a_second=10)
TOO_MANY_SECONDS = 1

Answer = TypeVar("Answer", bound=HttpResponse)
View = Callable[..., HttpResponse]


def asks_too_often(request: HttpRequest) -> bool:
    """Count one question of whoever asks; True: it is one too many."""
    return not QUESTIONS.take(address_of(request))


def later(answer: Answer, seconds: int = TOO_MANY_SECONDS) -> Answer:
    """The answer, with the time after which it is of use to ask again."""
    answer.headers["Retry-After"] = str(seconds)
    return answer


def counted(view: View) -> View:
    """A page, or an answer for programs, that counts as a question: 429 in plain words for who asks too fast."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not asks_too_often(request):
            return view(request, *args, **kwargs)
        return too_many_told(request) if request.path.startswith("/api/") else later(too_many_requests(request))

    return answered


def too_many_told(request: HttpRequest) -> JsonResponse:
    """429 as JSON, in the language that was asked for, else in the page's."""
    asked = request.GET.get("language", "")
    language = asked if asked in texts.languages() else language_of(request)
    told = {"error": "too_many", "text": texts.say(language, "ui.error.too_many.what")}
    return later(JsonResponse(told, status=429, json_dumps_params={"ensure_ascii": False}))
