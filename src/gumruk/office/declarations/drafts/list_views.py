# SPDX-License-Identifier: Apache-2.0
"""The page on which goods are taken from a list: the file, what its columns mean, and then the goods."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gumruk import texts
from gumruk.office.accounts.permissions import needs
from gumruk.office.declarations.drafts import listing
from gumruk.office.declarations.drafts.choices import choices
from gumruk.office.declarations.drafts.models import Draft, ItemList
from gumruk.office.declarations.drafts.services import TooMuch
from gumruk.office.declarations.drafts.shown import draft_or_404
from gumruk.office.declarations.drafts.views import page_shown
from gumruk.office.declarations.views import actor_of, language_of
from gumruk.office.project.clock import now
from gumruk.office.ui.forms import TextForm
from gumruk.wire import LIMITS, WireError, itemlists

_ACCEPTED = ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ListForm(TextForm):
    """A list as a file."""

    texts_under = "drafts.import_form"

    goods = forms.FileField(widget=forms.FileInput(attrs={"accept": _ACCEPTED}))

    def clean_goods(self) -> Any:
        """A file that is not larger than what the wire reads."""
        goods = self.cleaned_data["goods"]
        if goods.size > LIMITS.bytes_max:
            limit = LIMITS.bytes_max // 1_000_000
            raise ValidationError(texts.say(self.language, "declarations.lodge.too_large", limit=limit))
        return goods


@require_http_methods(["GET", "POST"])
@needs("drafts.write")
def from_list(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Goods from a list: choose it, say what its columns mean, take them."""
    draft = draft_or_404(identifier)
    held = listing.list_of(draft)
    if request.method == "GET":
        return _asked(request, draft, held)
    if "take" in request.POST and held is not None:
        return _taken(request, draft, held)
    if "other" in request.POST:
        listing.list_drop(draft=draft, by=actor_of(request), at=now())
        return HttpResponseRedirect(request.path)
    form = ListForm(request.POST, request.FILES, language=language_of(request))
    if not form.is_valid():
        return _asked(request, draft, None, status=422, form=form)
    goods = form.cleaned_data["goods"]
    try:
        listing.list_keep(draft=draft, name=goods.name, content=goods.read(), by=actor_of(request), at=now())
    except WireError as error:
        return _asked(request, draft, None, status=422, findings=error.findings, name=goods.name)
    return HttpResponseRedirect(request.path)


def _asked(request: HttpRequest, draft: Draft, held: ItemList | None, status: int = 200, **more: Any) -> HttpResponse:
    """The file to choose, or the columns to name."""
    language = language_of(request)
    context: dict[str, Any] = {"draft": draft, "form": ListForm(language=language), "held": held, **more}
    if held is not None:
        headers = itemlists.headers_of(bytes(held.content))
        mapping, context["remembered"] = listing.mapping_of(headers, actor_of(request))
        mapping = context.setdefault("mapping", mapping)
        context |= {
            "columns": [
                (place, header, mapping.field_of(header) or "") for place, header in enumerate(headers) if header
            ],
            "fields": [(name, texts.say(language, f"drafts.list_field.{name}")) for name in itemlists.FIELDS],
            "currencies": choices("currencies", language),
        }
    return render(request, "drafts/from_list.html", context, status=status)


def _taken(request: HttpRequest, draft: Draft, held: ItemList) -> HttpResponse:
    """Take the goods with the columns as they are named, and show the page with what was found in the list."""
    language = language_of(request)
    headers = itemlists.headers_of(bytes(held.content))
    named = [(header, request.POST.get(f"column-{place}", "")) for place, header in enumerate(headers) if header]
    columns = tuple((header, field) for header, field in named if field in itemlists.FIELDS)
    mapping = itemlists.Mapping(columns, request.POST.get("currency", "").strip().upper()[:3] or None)
    fields = [field for _, field in columns]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice or not columns:
        words = (
            texts.say(language, "drafts.import.twice", field=texts.say(language, f"drafts.list_field.{twice}"))
            if twice
            else texts.say(language, "drafts.import.nothing")
        )
        return _asked(request, draft, held, status=422, problem_words=words, mapping=mapping)
    try:
        count, found = listing.items_take(draft=draft, held=held, mapping=mapping, by=actor_of(request), at=now())
    except WireError as error:
        return _asked(request, draft, held, status=422, findings=error.findings, name=held.name, mapping=mapping)
    except TooMuch as reason:
        words = texts.say(language, f"drafts.too_much.{reason.code}")
        return _asked(request, draft, held, status=409, problem_words=words, mapping=mapping)
    if not found:
        return HttpResponseRedirect(f"{reverse('drafts:page', args=[draft.id])}#items")
    return page_shown(request, draft.id, taken=count, refused=found)
