# SPDX-License-Identifier: Apache-2.0
"""Saving while typing: texts in, what is said of them out; rows added and taken out; what was kept taken or dropped."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gumruk import texts
from gumruk.office.accounts.permissions import needs
from gumruk.office.declarations.drafts import arranging, notes, services
from gumruk.office.declarations.drafts.building import build_head, build_item
from gumruk.office.declarations.drafts.form import Form
from gumruk.office.declarations.drafts.models import Draft
from gumruk.office.declarations.drafts.queries import item_by_id, kept_by_id, tree_of
from gumruk.office.declarations.drafts.shown import Panel, clock_words, draft_or_404, item_or_404
from gumruk.office.declarations.drafts.typed import ITEM, seen
from gumruk.office.declarations.views import actor_of, language_of
from gumruk.office.project.clock import now
from gumruk.wire.json.shape import ROOT

CHANGES_MAX = 5_000


@require_POST
@needs("drafts.write")
def save(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """POST what was typed, `{"changes": [{"part", "path", "text", "bases"}], "open": item}`; what changed comes back.

    400 for what the page's script would not send, 409 where a text was not written (the others were), 413 for too much.
    """
    draft, language = draft_or_404(identifier), language_of(request)
    try:
        told = json.loads(request.body)
        changes = [_change(one) for one in told["changes"]][:CHANGES_MAX]
        opened = UUID(told["open"]) if told.get("open") else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"error": "bad_request"}, status=400)
    try:
        clashes = services.draft_save(draft=draft, changes=changes, by=actor_of(request), at=now())
    except services.TooMuch as reason:
        words = texts.say(language, f"drafts.too_much.{reason.code}")
        return JsonResponse({"error": "too_much", "words": words}, status=413)
    answer = answer_of(request, draft, opened)
    answer["clashes"] = [_clash_plain(request, draft, clash) for clash in clashes]
    return JsonResponse(answer, status=409 if clashes else 200)


def _change(told: dict[str, Any]) -> services.Change:
    part, path, text, bases = told["part"], told["path"], told["text"], told["bases"]
    if not (isinstance(path, str) and isinstance(text, str) and all(isinstance(base, str) for base in bases)):
        raise TypeError("texts are texts")
    return services.Change(UUID(part) if part else None, path[:500], text, tuple(bases[:50]))


def _clash_plain(request: HttpRequest, draft: Draft, clash: services.Clash) -> dict[str, Any]:
    """A clash for the page: both texts, and the words with their two buttons."""
    part = str(clash.change.part or "")
    mine, theirs = seen(clash.change.text), seen(clash.stands)
    context = {"draft": draft, "mine": mine, "theirs": theirs, "language": language_of(request)}
    return {
        "part": part,
        "path": clash.change.path,
        "text": seen(clash.change.text),
        "stands": seen(clash.stands),
        "html": render_to_string("drafts/parts/clash.html", context, request),
    }


def answer_of(request: HttpRequest, draft: Draft, opened: UUID | None) -> dict[str, Any]:
    """What the page shows after a change: when it was saved, the panels, and what is said at each place."""
    language = language_of(request)
    panel = Panel(draft, language, actor_of(request), now())
    panel.counts_store()
    said = notes.head_notes(language, panel.head, build_head(panel.head), panel.checked)
    item = item_by_id(draft, opened) if opened else None
    if item is not None:
        tree = tree_of(item.typed)
        said |= notes.item_notes(language, tree, build_item(tree), panel.checked, item.id)
    counts = {str(key): value for key, value in notes.counts_by_item(panel.checked).items()}
    return {
        "saved_at": texts.say(language, "drafts.saved", time=clock_words(draft.changed_at)),
        "html": panel.html(request),
        "notes": said,
        "counts": counts,
        "errors": panel.checked.errors,
    }


def form_save(request: HttpRequest, draft: Draft) -> list[services.Clash]:
    """Save the whole form as a page without a script sends it: each text with the one that it was shown with."""
    try:
        bases = json.loads(request.POST.get("bases", "{}"))
    except ValueError:
        bases = {}
    part = request.POST.get("part", "")
    changes = []
    for name, value in request.POST.items():
        scope, _, path = name.partition(":")
        if scope not in ("h", "i") or not isinstance(value, str):
            continue
        text, base = value.replace("\r\n", "\n"), str(bases.get(name, "")) if isinstance(bases, dict) else ""
        if text != base.replace("\r\n", "\n"):
            changes.append(services.Change(UUID(part) if scope == "i" and part else None, path, text, (base,)))
    return services.draft_save(draft=draft, changes=changes, by=actor_of(request), at=now()) if changes else []


def _part(request: HttpRequest, draft: Draft) -> UUID:
    """The item that the form shows."""
    try:
        return item_or_404(draft, UUID(request.POST.get("part", ""))).id
    except ValueError as error:
        raise Http404 from error


@require_GET
@needs("drafts.write")
def row_new(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """A new, empty row of a list, for the page's script; nothing is stored before something is typed in it."""
    draft = draft_or_404(identifier)
    language, shape = language_of(request), ITEM if request.GET.get("scope") == "i" else ROOT
    try:
        node = Form({}, shape, language).new_row(request.GET.get("list", "")[:300])
    except KeyError as error:
        raise Http404 from error
    context = {"node": node, "draft": draft, "language": language}
    return HttpResponse(render_to_string("drafts/parts/node.html", context, request))


@require_GET
@needs("drafts.write")
def more(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The fields under "more" of a place, for the page's script."""
    draft, language = draft_or_404(identifier), language_of(request)
    wanted = request.GET.get("path", "")[:300]
    try:
        if request.GET.get("scope") == "i":
            form = Form(tree_of(item_or_404(draft, UUID(request.GET.get("item", ""))).typed), ITEM, language)
        else:
            form = Form(tree_of(draft.head), ROOT, language)
        context = {"nodes": form.more_at(wanted), "draft": draft, "language": language}
    except (KeyError, ValueError) as error:
        raise Http404 from error
    return HttpResponse(render_to_string("drafts/parts/nodes.html", context, request))


@require_POST
@needs("drafts.write")
def row_remove(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take a row out of its list; what stood in it is kept beside and can be put back."""
    draft = draft_or_404(identifier)
    form_save(request, draft)
    part = _part(request, draft) if request.GET.get("scope") == "i" else None
    path, key = request.GET.get("list", "")[:300], request.GET.get("key", "")[:30]
    arranging.row_take_out(draft=draft, part=part, path=path, key=key, by=actor_of(request), at=now())
    return _done(request, draft, part)


@require_POST
@needs("drafts.write")
def kept(request: HttpRequest, identifier: UUID, kept: UUID, what: str) -> HttpResponse:
    """Put what was kept in its place again (`take`), or drop it (`drop`)."""
    draft = draft_or_404(identifier)
    found = kept_by_id(draft, kept)
    if found is None or what not in ("take", "drop"):
        raise Http404
    form_save(request, draft)
    service = services.kept_take if what == "take" else services.kept_drop
    service(draft=draft, kept=found, by=actor_of(request), at=now())
    return _done(request, draft, found.part)


def _done(request: HttpRequest, draft: Draft, part: UUID | None) -> HttpResponse:
    """The answer for the script, or the page again."""
    if request.headers.get("X-Draft"):
        return JsonResponse(answer_of(request, draft, part))
    address = reverse("drafts:page", args=[draft.id])
    return HttpResponseRedirect(f"{address}?item={part}" if part else address)
