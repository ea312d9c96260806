# SPDX-License-Identifier: Apache-2.0
"""What a page that needs law answers where no law is published yet."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from gumruk.office.lawbook.queries import NoLaw


class LawNeeded:
    """Answers 503 in plain words, or in JSON, instead of an error: an installation without law is not broken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but the answer of the page."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The plain page for NoLaw; None lets every other exception take its way."""
        if not isinstance(exception, NoLaw):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"error": "no_law"}, status=503)
        return render(request, "lawbook/no_law.html", status=503)
