# SPDX-License-Identifier: Apache-2.0
"""The pages of the law: publications, a proposal with what it changes, and every table to be read as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk import packs, texts
from gumruk.law.lawbook import Status
from gumruk.law.lawbook.comparison import Change
from gumruk.office.accounts.permissions import Actor, needs
from gumruk.office.accounts.queries import names_of
from gumruk.office.lawbook import queries, services
from gumruk.office.lawbook.forms import ReasonForm
from gumruk.office.lawbook.labels import installed_pack
from gumruk.office.lawbook.models import WAITING, Proposal, Publication
from gumruk.office.lawbook.words import remarks_shown, row_shown, state_words, tables_compared
from gumruk.office.project.clock import legal_day, now

PAGE = 100
PUBLICATIONS = 20


@require_GET
@needs("lawbook.see")
def home(request: HttpRequest) -> HttpResponse:
    """What runs, what waits for a second person, and all publications, the newest first."""
    return _home_page(request)


@require_POST
@needs("lawbook.draft")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose the installation's country pack as it lies on the disk now."""
    try:
        pack = packs.load(installed_pack().folder)
        proposed = services.proposal_make(
            book=pack.book, title=f"{pack.heading.title} {pack.heading.version}", by=_actor(request), at=now()
        )
    except packs.PackError as error:
        faults = [f"{fault.file}:{fault.line}: {fault.what(_language(request))}" for fault in error.faults]
        return _home_page(request, faults=faults, status=422)
    except services.ProposalRefused as refusal:
        return _home_page(request, problem=_reason(request, refusal), status=422)
    return redirect("lawbook:proposal", proposed.number)


@require_GET
@needs("lawbook.see")
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal: what it changes, who proposed it, what was decided."""
    return _proposal_page(request, _proposal(number))


@require_http_methods(["GET", "POST"])
@needs("lawbook.publish")
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Publish a proposal of another person."""
    proposed = _proposal(number)
    if request.method == "GET":
        return _proposal_page(request, proposed, doing="approve")
    try:
        publication = services.proposal_approve(proposal=proposed, by=_actor(request), at=now())
    except services.ProposalRefused as refusal:
        return _proposal_page(request, _proposal(number), problem=_reason(request, refusal), status=422)
    return redirect("lawbook:publication", publication.number)


@require_http_methods(["GET", "POST"])
@needs("lawbook.publish")
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse a proposal of another person, with the reason."""
    proposed = _proposal(number)
    form = ReasonForm(request.POST if request.method == "POST" else None, language=_language(request))
    if request.method == "GET" or not form.is_valid():
        return _proposal_page(request, proposed, doing="refuse", form=form, status=422 if form.errors else 200)
    try:
        services.proposal_refuse(proposal=proposed, reason=form.cleaned_data["reason"], by=_actor(request), at=now())
    except services.ProposalRefused as refusal:
        return _proposal_page(request, _proposal(number), problem=_reason(request, refusal), status=422)
    return redirect("lawbook:proposal", number)


@require_GET
@needs("lawbook.see")
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """One publication: its tables, with how far their entries of a day may be trusted."""
    published, day = _publication(number), _day(request)
    book = queries.law_by_digest(published.digest)
    tables = []
    for name in book.tables:
        entries = queries.entries_of_day(book, name, day)
        counts = [sum(entry.status is status for entry in entries) for status in Status]
        tables.append({"name": name, "counts": list(zip(Status, counts, strict=True)), "total": len(entries)})
    context = {**_head(published), "day": day, "tables": tables, "statuses": list(Status)}
    return render(request, "lawbook/publication.html", context)


@require_GET
@needs("lawbook.see")
def table(request: HttpRequest, number: int, table: str) -> HttpResponse:
    """The rows of one table of a publication, as of a day; `q` looks in keys and labels."""
    published, day, language = _publication(number), _day(request), _language(request)
    book = queries.law_by_digest(published.digest)
    if table not in book.tables:
        raise Http404
    sought = request.GET.get("q", "").strip()
    law = book.at(day, training=settings.GUMRUK_TRAINING)
    rows = [row_shown(entry, language, law) for entry in queries.entries_of_day(book, table, day)]
    if sought:
        rows = [row for row in rows if _matches(row.entry.key, row.label, sought)]
    page = _page(request)
    context = {
        **_head(published),
        "day": day,
        "name": table,
        "search": sought,
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "total": len(rows),
        "page": page,
        "more": len(rows) > page * PAGE,
    }
    return render(request, "lawbook/table.html", context)


def _home_page(request: HttpRequest, status: int = 200, **given: Any) -> HttpResponse:
    actor, language = _actor(request), _language(request)
    published = list(queries.publications().reverse())
    page = _page(request)
    shown = published[(page - 1) * PUBLICATIONS : page * PUBLICATIONS]
    proposed = list(queries.proposals().reverse()[:PUBLICATIONS])
    running = published[0] if published else None
    waiting = next((one for one in proposed if one.state == WAITING), None)
    context = {
        "running": running,
        "running_counts": _counts(running) if running else [],
        "uncollectable": _uncollectable(running),
        "publications": [{**_head(one), "counts": _counts(one)} for one in shown],
        "waiting": waiting,
        "waiting_state": state_words(WAITING, language),
        "waiting_name": _persons(waiting)["proposed_name"] if waiting else "",
        "stale": waiting is not None and queries.proposal_is_stale(waiting),
        "proposals": [{**_persons(one), "state": state_words(one.state, language)} for one in proposed],
        "may_draft": actor.may("lawbook.draft"),
        "may_publish": actor.may("lawbook.publish"),
        "page": page,
        "more": len(published) > page * PUBLICATIONS,
        "statuses": list(Status),
        **given,
    }
    return render(request, "lawbook/home.html", context, status=status)


def _proposal_page(request: HttpRequest, proposed: Proposal, status: int = 200, **given: Any) -> HttpResponse:
    actor, language = _actor(request), _language(request)
    differences = queries.proposal_differences(proposed)
    stale = proposed.state == WAITING and queries.proposal_is_stale(proposed)
    context = {
        **_persons(proposed),
        "state": state_words(proposed.state, language),
        "stale": stale,
        "running": queries.running_publication(),
        "tables": tables_compared(differences, language),
        "total": len(differences),
        "remarks": remarks_shown(queries.proposal_remarks(proposed), _language(request)),
        "removed": sum(one.change is Change.REMOVED for one in differences),
        "changes": list(Change),
        "own": actor.id == proposed.proposed_by,
        "may_decide": actor.may("lawbook.publish") and proposed.state == WAITING and actor.id != proposed.proposed_by,
        "form": ReasonForm(language=language),
        "doing": "",
        **given,
    }
    return render(request, "lawbook/proposal.html", context, status=status)


def _head(published: Publication) -> dict[str, Any]:
    """A publication with the names of its two persons."""
    names = names_of([published.proposed_by, published.approved_by])
    return {
        "publication": published,
        "proposed_name": names.get(published.proposed_by, ""),
        "approved_name": names.get(published.approved_by, ""),
    }


def _persons(proposed: Proposal) -> dict[str, Any]:
    """A proposal with the names of its two persons."""
    names = names_of(one for one in (proposed.proposed_by, proposed.decided_by) if one is not None)
    return {
        "proposal": proposed,
        "proposed_name": names.get(proposed.proposed_by, ""),
        "decided_name": names.get(proposed.decided_by, "") if proposed.decided_by else "",
    }


def _counts(published: Publication) -> list[tuple[str, int]]:
    return list(queries.standing_of(published.digest).items())


def _uncollectable(running: Publication | None) -> int | None:
    """In production how many values of today no money is collected on; None in training, and where no law runs."""
    if running is None or settings.GUMRUK_TRAINING:
        return None
    return queries.uncollectable(queries.law_by_digest(running.digest), legal_day(now()))


def _reason(request: HttpRequest, refusal: services.ProposalRefused) -> str:
    return texts.say(_language(request), refusal.key, **refusal.params)


def _matches(key: str, label: str, sought: str) -> bool:
    plain = sought.replace(" ", "")
    return key.casefold().startswith(plain.casefold()) or sought.casefold() in label.casefold()


def _proposal(number: int) -> Proposal:
    found = queries.proposals().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _publication(number: int) -> Publication:
    found = queries.publications().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _day(request: HttpRequest) -> date:
    """The day that is asked for, else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return legal_day(now())


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def _language(request: HttpRequest) -> str:
    return request.LANGUAGE_CODE  # type: ignore[attr-defined, no-any-return]
