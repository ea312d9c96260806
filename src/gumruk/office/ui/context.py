# SPDX-License-Identifier: Apache-2.0
"""What every page knows: language, theme, training mode, who is signed in and which areas are open to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gumruk import texts

THEME_COOKIE = "gumruk_theme"
THEMES = ("auto", "dark", "light")


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

    Each line there is (text key, URL name, permission); the area of the page on screen is marked. An area whose
    pages are not installed is left out.
    """
    if actor is None:
        return []
    areas = []
    for key, url_name, permission in getattr(settings, "GUMRUK_RAIL", ()):
        if not actor.may(permission):
            continue
        try:
            address = reverse(url_name)
        except NoReverseMatch:
            continue
        areas.append({"key": key, "address": address, "here": False})
    inside = [area for area in areas if request.path == area["address"] or _is_below(request.path, area["address"])]
    if inside:
        max(inside, key=lambda area: len(str(area["address"])))["here"] = True
    return areas


def _is_below(path: str, address: object) -> bool:
    return address != "/" and path.startswith(str(address))
