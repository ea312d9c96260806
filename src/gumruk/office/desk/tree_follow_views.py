# SPDX-License-Identifier: Apache-2.0
"""Following a code: beginning it with a mail address, ending it, and the list of what one follows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk import texts
from gumruk.office.accounts.permissions import needs
from gumruk.office.declarations.views import language_of
from gumruk.office.desk.tree_views import asked_of
from gumruk.office.nomenclature.following import follows_of
from gumruk.office.nomenclature.queries import official_on
from gumruk.office.nomenclature.services import FOLLOWED_MAX, FollowedTooMuch, follow_begin, follow_end
from gumruk.office.nomenclature.tree_places import Level, place_of
from gumruk.office.nomenclature.tree_words import named
from gumruk.office.project.clock import legal_day, now
from gumruk.office.ui.forms import TextForm

MAIL_LENGTH_MAX = 254


class FollowForm(TextForm):
    """The address that mail goes to."""

    texts_under = "tree.follow.form"

    mail = forms.EmailField(max_length=MAIL_LENGTH_MAX)


@require_http_methods(["GET", "POST"])
@needs("nomenclature.follow")
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the mail address, and begin to follow the code."""
    language, actor = language_of(request), request.actor  # type: ignore[attr-defined]
    as_of = asked_of(request).as_of
    place = place_of(code, as_of.law().law, as_of.official)
    if place is None or place.level is Level.SECTION:
        raise Http404
    held = follows_of(actor.id)
    initial: dict[str, Any] = {"mail": held[0].mail if held else ""}
    form = FollowForm(request.POST if request.method == "POST" else None, language=language, initial=initial)
    if form.is_valid():
        try:
            follow_begin(code=code, mail=form.cleaned_data["mail"], language=language, by=actor, at=now())
        except FollowedTooMuch:
            form.add_error(None, texts.say(language, "tree.follow.too_much", most=FOLLOWED_MAX))
        else:
            return HttpResponseRedirect(reverse("desk:tree_place", args=[code]))
    context = {"form": form, "shown": named(code, language, as_of.official)}
    return render(request, "desk/tree_follow.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs("nomenclature.follow")
def unfollow(request: HttpRequest, code: str) -> HttpResponse:
    """Follow the code no more, and go back to where this was asked: its page, or the list."""
    follow_end(code=code, by=request.actor)  # type: ignore[attr-defined]
    if request.POST.get("back") == "list":
        return HttpResponseRedirect(reverse("desk:tree_followed"))
    return HttpResponseRedirect(reverse("desk:tree_place", args=[code]))


@require_GET
@needs("nomenclature.follow")
def followed_list(request: HttpRequest) -> HttpResponse:
    """The codes that the person follows, and where mail goes."""
    language = language_of(request)
    held = follows_of(request.actor.id)  # type: ignore[attr-defined]
    official = official_on(legal_day(now()))
    rows = [{**named(each.code, language, official), "since": each.since} for each in held]
    context = {"rows": rows, "mail": held[0].mail if held else ""}
    return render(request, "desk/tree_followed.html", context)
