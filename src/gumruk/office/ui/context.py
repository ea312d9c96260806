# SPDX-License-Identifier: Apache-2.0
"""What every page knows: language, theme, training mode, who is signed in and which areas are open to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from gumruk import texts

THEME_COOKIE = "gumruk_theme"
THEMES = ("auto", "light", "dark")


def interface(request: HttpRequest) -> dict[str, Any]:
    """The context processor for all pages. `actor` is None for a stranger."""
    actor = getattr(request, "actor", None)
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    if theme not in THEMES:
        theme = "auto"
    return {
        "language": getattr(request, "LANGUAGE_CODE", texts.DEFAULT_LANGUAGE),
        "languages": settings.LANGUAGES,
        "theme": theme,
        "next_theme": THEMES[(THEMES.index(theme) + 1) % len(THEMES)],
        "training": settings.GUMRUK_TRAINING,
        "actor": actor,
        "areas": rail(request, actor),
    }


def rail(request: HttpRequest, actor: Any) -> list[dict[str, object]]:
    """The areas of the left rail that this person may enter, in the order of `settings.GUMRUK_RAIL`.

    Each line there is (text key, URL name, permission); the area of the page on screen is marked.
    """
    if actor is None:
        return []
    areas = []
    for key, url_name, permission in getattr(settings, "GUMRUK_RAIL", ()):
        if actor.may(permission):
            address = reverse(url_name)
            here = request.path == address or (address != "/" and request.path.startswith(address))
            areas.append({"key": key, "address": address, "here": here})
    return areas
