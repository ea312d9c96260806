# SPDX-License-Identifier: Apache-2.0
"""Home, the journal and its proofs, and the verification of a document by strangers."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from gumruk import texts
from gumruk.law.audit import proof_plain, root_plain
from gumruk.office.accounts.permissions import needs, public
from gumruk.office.accounts.queries import names_of
from gumruk.office.audit.queries import NotSealed, audit_state, event_prove, root_get
from gumruk.office.audit.services import body_read
from gumruk.office.declarations.drafts.queries import drafts_open
from gumruk.office.declarations.queries import counts_by_state
from gumruk.office.declarations.views import STATES, actor_of, language_of
from gumruk.office.desk import queries
from gumruk.office.documents.queries import document_by_token
from gumruk.office.lawbook.labels import label
from gumruk.office.project.clock import legal_day, now

DRAFTS_SHOWN = 5
# What `secrets.token_urlsafe` makes of a document's 16 bytes.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@require_GET
@needs("desk.home")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and how many files stand in which state."""
    actor = actor_of(request)
    counts = counts_by_state() if actor.may("declarations.see") else {}
    context: dict[str, Any] = {
        "rows": queries.waiting_files(actor, language_of(request)) if actor.may("declarations.see") else [],
        "counts": [(name, counts[name]) for name in STATES if counts.get(name)],
        "today": legal_day(now()),
        "balances": queries.money_at_hand(actor) if actor.trader else [],
        "drafts": drafts_open()[:DRAFTS_SHOWN] if actor.may("drafts.write") else [],
        "unidentified": queries.receipts_unidentified(actor) if actor.may("payments.allocate") else None,
        "journal": audit_state() if actor.may("audit.verify") else None,
        "payments_address": _address("payments:home"),
    }
    context |= {
        "mine": [row for row in context["rows"] if row.mine],
        "others": [row for row in context["rows"] if not row.mine],
        "sees_files": actor.may("declarations.see"),
        "sees_journal": actor.may("audit.see"),
    }
    return render(request, "desk/home.html", context)


@require_GET
@needs("audit.see")
def audit(request: HttpRequest) -> HttpResponse:
    """The journal: how far it is sealed, its last root, how to verify it, and the proof of one event."""
    wanted = request.GET.get("event", "").strip()
    context: dict[str, Any] = {"state": audit_state(), "wanted": wanted, "problem": "", "proof": None}
    if wanted:
        try:
            found = event_prove(UUID(wanted))
        except ValueError:
            context["problem"] = texts.say(language_of(request), "cli.audit.not_an_event", event=wanted[:60])
        except NotSealed:
            context["problem"] = texts.say(language_of(request), "cli.audit.not_sealed", event=wanted)
        else:
            context |= {
                "proof": found,
                "who": names_of([UUID(found.event.actor)]).get(UUID(found.event.actor), found.event.actor),
                "event_words": queries.event_words(found.event.kind, language_of(request)),
                "subject": queries.subject_shown(found.event, language_of(request)),
                "body": json.dumps(body_plain(found.event.body), ensure_ascii=False, indent=2),
                "hashes": [hash_.hex() for hash_ in found.path],
                "root_hex": found.root.root.hex(),
            }
    last = context["state"].last_seal
    context["last_root"] = last.root.hex() if last else ""
    return render(request, "desk/audit.html", context, status=404 if context["problem"] else 200)


def body_plain(text: str) -> dict[str, str]:
    """An event's body as plain words, for reading."""
    return {name: str(value) for name, value in body_read(text).items()}


@require_GET
@needs("audit.see")
def proof(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """The proof of one event as a file for `gumruk audit verify`."""
    try:
        found = event_prove(event_id)
    except NotSealed as missing:
        raise Http404 from missing
    return _file(proof_plain(found), f"proof-{event_id}.json")


@require_GET
@needs("audit.see")
def root(request: HttpRequest) -> HttpResponse:
    """The newest root as a file, to be kept where nobody who runs the database can change it."""
    found = root_get()
    if found is None:
        raise Http404
    return _file(root_plain(found), f"root-{found.number}.json")


def _file(value: Any, name: str) -> HttpResponse:
    answer = JsonResponse(value, json_dumps_params={"indent": 2, "sort_keys": True, "ensure_ascii": False})
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
@public
def verify_ask(request: HttpRequest) -> HttpResponse:
    """Where a stranger types the token that the paper's code holds."""
    token = request.GET.get("token", "").strip()
    if token:
        return HttpResponseRedirect(reverse("desk:verify", args=[token[:80].replace("/", "-")]))
    return render(request, "desk/verify.html", {"asked": False})


@require_GET
@public
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a document is genuine: its kind, number, office and day; never the goods, the trader or an amount."""
    found = document_by_token(token) if _TOKEN.fullmatch(token) else None
    context: dict[str, Any] = {"asked": True, "found": found}
    if found is not None:
        language = language_of(request)
        context["file_state"] = queries.file_state_of(found)
        context["good"] = found.is_good and context["file_state"] not in queries.ENDED
        context["office"] = label("offices", found.office_id, language)
        context["kind"] = texts.say(language, f"document.{found.kind}.title")
    return render(request, "desk/verify.html", context, status=200 if found else 404)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
