# SPDX-License-Identifier: Apache-2.0
"""What every answer carries: a strict content policy, and the language it is written in; what no body may exceed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from gumruk import texts

LANGUAGE_COOKIE = "gumruk_language"
_YEAR = 365 * 24 * 60 * 60

# Everything comes from this server: no inline script or style, no frame, no plug-in. `data:` is for the small
# drawings inside the vendored style sheet.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

Answer = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Adds the content policy, and keeps answers out of caches: after the sign-out nobody reads them there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer and add the headers, where a view has not set its own. Static files are answered before this."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        return response


class BodyLimit:
    """Refuses (413) a body that is larger than its page takes, before a byte of it is read.

    Django writes a form's files to the disk before it knows who sends them. The most is `GUMRUK_BODY_BYTES_MAX`, or
    what `GUMRUK_LARGE_BODIES` says for an address. One sent in pieces, whose length nobody knows, is refused too (411):
    Django would take it for an empty one. Doors of programs look at the length themselves.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if is_of_unknown_length(request) and not request.path.startswith("/api/"):
            request.LANGUAGE_CODE = chosen_language(request)  # type: ignore[attr-defined]
            context = {"error": "ui.error.length_required", "status": 411}
            return render(request, "ui/error.html", context, status=411)
        most = settings.GUMRUK_LARGE_BODIES.get(request.path, settings.GUMRUK_BODY_BYTES_MAX)
        if not request.path.startswith("/api/") and (not length.isdecimal() or int(length[:20]) > most):
            request.LANGUAGE_CODE = chosen_language(request)  # type: ignore[attr-defined]
            context = {"error": "ui.error.bad_request", "status": 413}
            return render(request, "ui/error.html", context, status=413)
        return self.get_response(request)


def is_of_unknown_length(request: HttpRequest) -> bool:
    """Whether a body comes in pieces (`Transfer-Encoding`) and does not say how long it is (RFC 9110, 15.5.12)."""
    return bool(request.META.get("HTTP_TRANSFER_ENCODING")) and not request.META.get("CONTENT_LENGTH")


class Language:
    """Sets `request.LANGUAGE_CODE`: what the person chose, else what the browser asks for, else the default."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language and name it in the head of the answer."""
        language = chosen_language(request)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request: HttpRequest) -> str:
    """The language of this request: cookie, then Accept-Language by its weights, then the default."""
    known = texts.languages()
    wanted = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if wanted in known:
        return wanted
    ranked: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        language = name.split("-")[0].lower()
        if language in known:
            ranked.append((_weight(weight), language))
    best = max(ranked, key=lambda pair: pair[0], default=(0.0, texts.DEFAULT_LANGUAGE))
    return best[1]


def language_cookie_set(response: HttpResponse, language: str) -> None:
    """Remember the language in this browser."""
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="Lax")


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
