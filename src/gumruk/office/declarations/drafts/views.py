# SPDX-License-Identifier: Apache-2.0
"""The pages of drafts: the list, a new one from nothing, a file or a declaration, the page itself, and lodging."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk import texts, wire
from gumruk.law.declarations import State
from gumruk.office.accounts.permissions import needs
from gumruk.office.declarations.drafts import services
from gumruk.office.declarations.drafts.choices import PICKED, choices
from gumruk.office.declarations.drafts.layout import FIELDS
from gumruk.office.declarations.drafts.queries import draft_of_file, drafts_lodged, drafts_open, items_of
from gumruk.office.declarations.drafts.save_views import form_save
from gumruk.office.declarations.drafts.shown import (
    PAGE_LENGTH,
    Panel,
    bases_of,
    clock_words,
    draft_or_404,
    head_context,
    item_context,
    list_context,
)
from gumruk.office.declarations.drafts.value_answers import answers_confirm
from gumruk.office.declarations.forms import LodgeForm
from gumruk.office.declarations.lodging import Conflict
from gumruk.office.declarations.queries import declared, file_by_id
from gumruk.office.declarations.views import actor_of, file_or_404, language_of
from gumruk.office.project.clock import now

LISTED, LODGED_LISTED = 50, 10
LISTS = tuple(dict.fromkeys(
    field.choices for fields in FIELDS.values() for field in fields if field.choices and field.choices not in PICKED
))  # fmt: skip


@require_GET
@needs("drafts.write")
def draft_list(request: HttpRequest) -> HttpResponse:
    """Drafts that are being written, those that became a file, and the ways to begin one."""
    return _listed(request)


def _listed(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    """The list of drafts, page by page."""
    number = request.GET.get("page", "1")[:4]
    page_number = max(int(number) if number.isdecimal() else 1, 1)
    found = list(drafts_open()[(page_number - 1) * LISTED : page_number * LISTED + 1])
    context = {
        "drafts": found[:LISTED],
        "older": page_number + 1 if len(found) > LISTED else 0,
        "newer": page_number - 1,
        "lodged": list(drafts_lodged()[:LODGED_LISTED]),
        "form": LodgeForm(language=language_of(request), auto_id="open_%s"),
        **more,
    }
    return render(request, "drafts/list.html", context, status=status)


@require_POST
@needs("drafts.write")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a declaration from nothing."""
    try:
        draft = services.draft_create(by=actor_of(request), at=now())
    except services.TooMuch as reason:
        return _too_much(request, reason)
    return HttpResponseRedirect(reverse("drafts:page", args=[draft.id]))


@require_POST
@needs("drafts.write")
def open_file(request: HttpRequest) -> HttpResponse:
    """Read a message of any format into a draft, to be mended on the page; one that cannot be read is told of."""
    language = language_of(request)
    form = LodgeForm(request.POST, request.FILES, language=language, auto_id="open_%s")
    if not form.is_valid():
        return _listed(request, 422, form=form)
    message = form.cleaned_data["message"]
    try:
        declaration = wire.read(message.read(), message.name).declaration
        draft = services.draft_from(declaration=declaration, made="file", origin=None, by=actor_of(request), at=now())
    except wire.WireError as error:
        return _listed(request, 422, findings=error.findings, name=message.name)
    except services.TooMuch as reason:
        return _too_much(request, reason)
    return HttpResponseRedirect(reverse("drafts:page", args=[draft.id]))


@require_POST
@needs("drafts.write")
def of_file(request: HttpRequest, file: UUID, made: str) -> HttpResponse:
    """A draft of an earlier declaration: a copy under a new reference, or a refused one to be mended."""
    if made not in ("copy", "mend"):
        raise Http404
    found = file_or_404(file)
    if made == "mend" and found.standing is not State.REGISTRATION_REFUSED:
        raise Http404
    draft = draft_of_file(file) if made == "mend" else None
    try:
        draft = draft or services.draft_from(
            declaration=declared(found), made=made, origin=file, by=actor_of(request), at=now()
        )
    except services.TooMuch as reason:
        return _too_much(request, reason)
    return HttpResponseRedirect(reverse("drafts:page", args=[draft.id]))


@require_http_methods(["GET", "POST"])
@needs("drafts.write")
def page(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The page on which a declaration is filled in. Without a script the whole form is sent here to be saved."""
    draft = draft_or_404(identifier)
    clashes = form_save(request, draft) if request.method == "POST" else []
    if request.method == "POST" and "lodge" in request.POST and not clashes:
        return lodged_answer(request, identifier)
    return page_shown(request, identifier, clashes=clashes, saved=request.method == "POST")


def page_shown(request: HttpRequest, identifier: UUID, status: int = 200, **more: Any) -> HttpResponse:
    """The page as it stands now."""
    draft, language = draft_or_404(identifier), language_of(request)
    asked = request.method == "POST" or status != 200
    panel = Panel(draft, language, actor_of(request), now(), asked=asked)
    panel.counts_store()
    extra, more_of = _asked(request, "add"), _asked(request, "more")
    opened = _opened(request, panel)
    number = request.GET.get("page", "")[:4]
    page_number = int(number) if number.isdecimal() else (_page_of(panel, opened) if opened else 1)
    context = {
        "draft": draft,
        "panel": panel,
        "saved_at": clock_words(draft.changed_at),
        "lists": [(name, choices(name, language)) for name in LISTS],
        "file": file_by_id(draft.file) if draft.file else None,
        "removed": _uuid(request.GET.get("removed", "")),
        **head_context(draft, panel, language, extra["h"], more_of["h"]),
        **list_context(draft, panel.checked, language, page_number, opened),
        **more,
    }
    if opened is not None:
        item = next(one for one in items_of(draft) if one.id == opened)
        context |= item_context(item, panel, language, extra["i"], more_of["i"])
    context["bases"] = bases_of(context)
    return render(request, "drafts/page.html", context, status=status)


def _opened(request: HttpRequest, panel: Panel) -> UUID | None:
    """The item that is open: the one asked for, else the only one."""
    items, wanted = panel.checked.items, _uuid(request.GET.get("item", ""))
    if wanted in items:
        return wanted
    return items[0] if len(items) == 1 else None


def _asked(request: HttpRequest, name: str) -> dict[str, str]:
    """A place that the address asks for (`h:` in the head, `i:` in the item), by its scope."""
    scope, _, path = request.GET.get(name, "")[:300].partition(":")
    return {"h": "", "i": "", scope: path}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page_of(panel: Panel, item: UUID) -> int:
    return list(panel.checked.items).index(item) // PAGE_LENGTH + 1


@require_POST
@needs("drafts.write")
def lodge(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Lodge the draft through the door of all messages."""
    return lodged_answer(request, identifier)


def lodged_answer(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Lodge, and lead to the file; what stands against it is said on the page, and nothing is lodged."""
    draft, by, at = draft_or_404(identifier), actor_of(request), now()
    if draft.lodged_at and draft.file:
        return HttpResponseRedirect(reverse("declarations:file", args=[draft.file]))
    if Panel(draft, language_of(request), by, at).checked.errors:
        return page_shown(request, identifier, status=422, problem="errors")
    try:
        lodged = services.draft_lodge(draft=draft, by=by, at=at)
    except wire.WireError as error:
        return page_shown(request, identifier, status=422, problem="unreadable", refused=error.findings)
    except Conflict as conflict:
        context = {"problem": "conflict", "conflict": file_by_id(conflict.file)}
        return page_shown(request, identifier, status=409, **context)
    done = "repeated" if lodged.repeated else "lodged"
    return HttpResponseRedirect(f"{reverse('declarations:file', args=[lodged.file])}?done={done}")


@require_POST
@needs("drafts.write")
def answers(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Confirm that the answers of an earlier declaration between the same parties hold for this one too.

    What was typed without a script comes with it and is saved first.
    """
    draft = draft_or_404(identifier)
    clashes = form_save(request, draft) if "bases" in request.POST else []
    confirmed = answers_confirm(draft=draft, file=request.GET.get("of", ""), by=actor_of(request), at=now())
    if clashes or not confirmed:
        return page_shown(request, identifier, status=409, clashes=clashes)
    return HttpResponseRedirect(f"{reverse('drafts:page', args=[draft.id])}#h-section-valuation")


@require_http_methods(["GET", "POST"])
@needs("drafts.write")
def delete(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Delete a draft, after asking."""
    draft = draft_or_404(identifier)
    if request.method == "GET":
        return render(request, "drafts/delete.html", {"draft": draft})
    services.draft_delete(draft=draft, by=actor_of(request), at=now())
    return HttpResponseRedirect(reverse("drafts:list"))


def _too_much(request: HttpRequest, reason: services.TooMuch) -> HttpResponse:
    return _listed(request, 409, problem_words=texts.say(language_of(request), f"drafts.too_much.{reason.code}"))
