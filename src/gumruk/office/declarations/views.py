# SPDX-License-Identifier: Apache-2.0
"""The pages of declarations: the list, lodging a file, the file itself and what is downloaded from it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk import texts, wire
from gumruk.law.declarations import State
from gumruk.law.lawbook import Law
from gumruk.office.accounts.permissions import Actor, needs
from gumruk.office.assessment.queries import payable_of
from gumruk.office.declarations.actions import actions_for, form_for
from gumruk.office.declarations.forms import LodgeForm
from gumruk.office.declarations.lodging import Conflict
from gumruk.office.declarations.models import File
from gumruk.office.declarations.page import FileShown, deadline_of
from gumruk.office.declarations.papers import kinds_of, paper_print
from gumruk.office.declarations.queries import corrected_by, counts_by_state, file_by_id, files, version_numbered
from gumruk.office.declarations.requests import message_take
from gumruk.office.declarations.services import Refused
from gumruk.office.declarations.templatetags.declarations import BOX_NUMBERS
from gumruk.office.lawbook.labels import label
from gumruk.office.lawbook.queries import running_law
from gumruk.office.payments.queries import settlement_words
from gumruk.office.project.clock import legal_day, now
from gumruk.office.traders.queries import trader_names

PAGE_LENGTH = 50
STATES = tuple(state.value for state in State if state not in (State.DRAFT, State.LODGED))
# States in which the paper is what most people come for.
_PAPER_FIRST = (State.RELEASED, State.REGISTRATION_REFUSED, State.RELEASE_REFUSED)
_TYPES = {"xml": "application/xml", "json": "application/json"}


@require_GET
@needs("declarations.see")
def file_list(request: HttpRequest) -> HttpResponse:
    """Declarations that the person may see, one line each, with filters by state and a search."""
    state, search = request.GET.get("state", ""), request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = files(state=state if state in STATES else "", search=search)
    page = max(int(number) if (number := request.GET.get("page", "1")[:9]).isdecimal() else 1, 1)
    shown = list(found[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH + 1])
    counts = counts_by_state()
    context = {
        "rows": file_rows(shown[:PAGE_LENGTH], language_of(request)),
        "counts": [(name, counts[name]) for name in STATES if counts.get(name)],
        "total": sum(counts.values()),
        "state": state,
        "search": search,
        "page": page,
        "more": len(shown) > PAGE_LENGTH,
        "today": legal_day(now()),
        "currency": currency(),
    }
    return render(request, "declarations/list.html", context)


def file_rows(shown: list[File], language: str) -> list[dict[str, Any]]:
    """Files with what a list says of them: office, payer, payable, settlement, deadline."""
    payable = payable_of([(file.id, file.assessment) for file in shown])
    words = settlement_words([("declaration", str(file.id)) for file in shown if file.assessment])
    payers = trader_names({file.payer for file in shown})
    return [
        {
            "file": file,
            "office": label("offices", file.office, language),
            "payer": payers.get(file.payer, file.payer),
            "payable": payable.get(file.id),
            "settlement": words.get(("declaration", str(file.id)), ""),
            "due": deadline_of(file),
        }
        for file in shown
    ]


@require_http_methods(["GET", "POST"])
@needs("declarations.lodge")
def lodge(request: HttpRequest) -> HttpResponse:
    """Lodge a message from a file, or do what it asks; what is wrong is said in place, and nothing is half done."""
    language = language_of(request)
    if request.method == "GET":
        return render(request, "declarations/lodge.html", {"form": LodgeForm(language=language)})
    form = LodgeForm(request.POST, request.FILES, language=language)
    if not form.is_valid():
        return render(request, "declarations/lodge.html", {"form": form}, status=422)
    message = form.cleaned_data["message"]
    context: dict[str, Any] = {"form": LodgeForm(language=language), "name": message.name}
    try:
        taken = message_take(content=message.read(), by=actor_of(request), at=now(), name=message.name)
    except (wire.WireError, Refused) as error:
        context["findings"] = error.findings
        return render(request, "declarations/lodge.html", context, status=422)
    except Conflict as conflict:
        context["conflict"] = file_by_id(conflict.file) or conflict.file
        return render(request, "declarations/lodge.html", context, status=409)
    if isinstance(taken, File):
        return HttpResponseRedirect(f"{reverse('declarations:file', args=[taken.id])}?done=withdraw")
    done = "repeated" if taken.repeated else "lodged"
    return HttpResponseRedirect(f"{reverse('declarations:file', args=[taken.file])}?done={done}")


@require_GET
@needs("declarations.see")
def file(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The page of one file: the heart of the office."""
    return render(request, "declarations/file.html", file_context(request, file_or_404(identifier)))


def file_context(request: HttpRequest, found: File) -> dict[str, Any]:
    """What the template of a file needs."""
    language, actor = language_of(request), actor_of(request)
    page = request.GET.get("items", "1")[:4]
    shown = FileShown(found, language, actor, int(page) if page.isascii() and page.isdecimal() else 1)
    done, papers = request.GET.get("done", ""), kinds_of(found)
    if done == "lodged" and found.standing is State.REGISTRATION_REFUSED:
        done = ""  # the refusal stands first on the page: no good news beside it
    actions = [(action, form_for(action, found, language)) for action in actions_for(found, actor)]
    return {
        "shown": shown,
        "file": found,
        "reading": shown.page.reading,
        "actions": actions,
        "corrected_by": corrected_by(found),
        "papers": papers,
        "paper_languages": texts.languages(),
        "box_numbers": request.session.get(BOX_NUMBERS, False),
        "main_paper": papers[0] if papers and found.standing in _PAPER_FIRST else "",
        "payments_address": reverse("payments:home"),
        "proof": actor.may("audit.see"),
        "reassess": found.assessment > 1 and actor.may("declarations.reassess"),
        "clear": shown.stands and not (shown.blockers or shown.covered or shown.money_hidden),
        "done": done if texts.find(language, f"declarations.done.{done}") else "",
        "today": legal_day(now()),
    }


@require_GET
@needs("declarations.see")
def original(request: HttpRequest, identifier: UUID, number: int) -> HttpResponse:
    """A version's message, byte for byte as it came."""
    version = _version(identifier, number)
    kind = "json" if version.format == "json" else "xml"
    return _download(bytes(version.source), kind, f"{identifier}-{number}-original")


@require_GET
@needs("declarations.see")
def as_json(request: HttpRequest, identifier: UUID, number: int) -> HttpResponse:
    """A version as our JSON, indented for people."""
    content = json.loads(bytes(_version(identifier, number).content))
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return _download(text.encode(), "json", f"{identifier}-{number}")


@require_GET
@needs("declarations.see")
def as_wco(request: HttpRequest, identifier: UUID, number: int) -> HttpResponse:
    """A version as WCO Data Model XML."""
    content = bytes(_version(identifier, number).content)
    declaration = wire.restore(content)
    return _download(wire.write(declaration, "wco"), "xml", f"{identifier}-{number}")


@require_POST
@needs("declarations.see")
def boxes(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Show the numbers of the form's boxes beside the fields, or hide them, as long as the person is signed in."""
    found = file_or_404(identifier)
    request.session[BOX_NUMBERS] = not request.session.get(BOX_NUMBERS)
    return HttpResponseRedirect(reverse("declarations:file", args=[found.id]))


@require_GET
@needs("declarations.see")
def paper(request: HttpRequest, identifier: UUID, kind: str) -> HttpResponse:
    """A paper of the file as PDF, in the language asked for (`?language=tg`), else that of the page."""
    asked = request.GET.get("language", "")
    language = asked if asked in texts.languages() else language_of(request)
    try:
        name, content = paper_print(file_or_404(identifier), kind, language, actor_of(request), now())
    except KeyError as unknown:
        raise Http404 from unknown
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _version(identifier: UUID, number: int) -> Any:
    version = version_numbered(file_or_404(identifier), number)
    if version is None:
        raise Http404
    return version


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def file_or_404(identifier: UUID) -> File:
    """The file, where the person may see it; to everybody else it does not exist."""
    found = file_by_id(identifier)
    if found is None:
        raise Http404
    return found


def language_of(request: HttpRequest) -> str:
    """The language of the page."""
    return str(getattr(request, "LANGUAGE_CODE", texts.DEFAULT_LANGUAGE))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, as `@needs` found it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def currency() -> str:
    """The country's currency, for heads of columns."""
    law: Law = running_law().at(legal_day(now()), training=True)
    return str(law.value("currency") or "")
