# SPDX-License-Identifier: Apache-2.0
"""The goods of a draft: the list page by page, one item open at a time, added, copied, moved, removed and put back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gumruk import texts
from gumruk.office.accounts.permissions import needs
from gumruk.office.declarations.drafts import arranging
from gumruk.office.declarations.drafts.save_views import form_save
from gumruk.office.declarations.drafts.services import TooMuch
from gumruk.office.declarations.drafts.shown import Panel, draft_or_404, item_context, item_or_404, list_context
from gumruk.office.declarations.views import actor_of, language_of
from gumruk.office.project.clock import now


@require_GET
@needs("drafts.write")
def item_list(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One page of the list of goods, for the page's script."""
    draft, language = draft_or_404(identifier), language_of(request)
    panel = Panel(draft, language, actor_of(request), now())
    number = request.GET.get("page", "1")[:4]
    context = list_context(draft, panel.checked, language, int(number) if number.isdecimal() else 1, None)
    return render(request, "drafts/parts/items.html", context)


@require_GET
@needs("drafts.write")
def item(request: HttpRequest, identifier: UUID, item: UUID) -> HttpResponse:
    """The fields of one item for the page's script; without one, the page with this item open."""
    draft, language = draft_or_404(identifier), language_of(request)
    found = item_or_404(draft, item)
    if not request.headers.get("X-Draft"):
        return HttpResponseRedirect(f"{reverse('drafts:page', args=[draft.id])}?item={found.id}#item")
    panel = Panel(draft, language, actor_of(request), now())
    context = {"draft": draft, **item_context(found, panel, language)}
    return render(request, "drafts/parts/item.html", context)


@require_POST
@needs("drafts.write")
def item_new(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One more item, and the page with it open."""
    draft = draft_or_404(identifier)
    form_save(request, draft)
    try:
        added = arranging.item_add(draft=draft, by=actor_of(request), at=now())
    except TooMuch as reason:
        return _too_much(request, identifier, reason)
    return _page_with(identifier, added.id)


@require_POST
@needs("drafts.write")
def item_do(request: HttpRequest, identifier: UUID, item: UUID, what: str) -> HttpResponse:
    """Copy, remove, put back, or move an item (`up`, `down`, or `move` to the number `to`)."""
    draft = draft_or_404(identifier)
    form_save(request, draft)
    found, by, at = item_or_404(draft, item), actor_of(request), now()
    opened: UUID | None = found.id
    try:
        if what == "copy":
            opened = arranging.item_copy(draft=draft, item=found, by=by, at=at).id
        elif what == "remove":
            arranging.item_remove(draft=draft, item=found, by=by, at=at)
            return HttpResponseRedirect(f"{reverse('drafts:page', args=[identifier])}?removed={found.id}#items")
        elif what == "back":
            arranging.item_put_back(draft=draft, item=found, by=by, at=at)
        elif what == "move":
            to = (request.GET.get("to") or request.POST.get("to", "")).strip()[:4]
            if to.isdecimal():
                arranging.item_move(draft=draft, item=found, to=int(to), by=by, at=at)
        else:
            raise Http404
    except TooMuch as reason:
        return _too_much(request, identifier, reason)
    return _page_with(identifier, opened)


def _page_with(identifier: UUID, item: UUID | None) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('drafts:page', args=[identifier])}?item={item}#item")


def _too_much(request: HttpRequest, identifier: UUID, reason: TooMuch) -> HttpResponse:
    from gumruk.office.declarations.drafts.views import page_shown

    words = texts.say(language_of(request), f"drafts.too_much.{reason.code}")
    return page_shown(request, identifier, status=409, problem_words=words)
