# SPDX-License-Identifier: Apache-2.0
"""The pages on which something is done to a file: before and after, the reason, and what the other side reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import needs
from gumruk.office.audit.moves import MoveLost, MoveRefused
from gumruk.office.declarations.actions import ACTIONS, Action, actions_for, form_for
from gumruk.office.declarations.forms import ReasonForm
from gumruk.office.declarations.models import File
from gumruk.office.declarations.page import FileShown
from gumruk.office.declarations.queries import hold_of
from gumruk.office.declarations.services import Refused, hold_lift
from gumruk.office.declarations.views import actor_of, file_or_404, language_of
from gumruk.office.declarations.words import finding_shown
from gumruk.office.payments.services import PaymentRefused
from gumruk.office.project.clock import now

CONFLICT = 409
View = Callable[..., HttpResponse]


def view_of(name: str) -> View:
    """The view of an action: its own page, and the target of the dialogue on the file's page."""
    action = ACTIONS[name]

    @require_http_methods(["GET", "POST"])
    @needs(action.permission)
    def view(request: HttpRequest, identifier: UUID) -> HttpResponse:
        file, actor = file_or_404(identifier), actor_of(request)
        if actor.trader and actor.trader != file.sender:
            raise Http404
        if action not in actions_for(file, actor):
            return _page(request, file, action, None, problem="state")
        form = form_for(action, file, language_of(request), request.POST if request.method == "POST" else None)
        if request.method == "GET" or not form.is_valid():
            return _page(request, file, action, form, status=422 if form.errors else 200)
        return _done(request, file, action, form, lambda: action.do(file, form.cleaned_data, actor, now()))

    return view


@require_http_methods(["GET", "POST"])
@needs("declarations.lift_hold")
def lift(request: HttpRequest, identifier: UUID, hold_id: UUID) -> HttpResponse:
    """Lift a hold: another person than the one who placed it."""
    file, actor = file_or_404(identifier), actor_of(request)
    hold = hold_of(file, hold_id)
    if hold is None:
        raise Http404
    action = Action("lift", "declarations.lift_hold", ReasonForm, lambda *_: None, states=(file.standing,))
    if hold.lifted_at is not None:
        return _page(request, file, action, None, problem="state")
    if hold.placed_by == actor.id:
        return _page(request, file, action, None, problem="own_hold")
    form = form_for(action, file, language_of(request), request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, file, action, form, status=422 if form.errors else 200, hold=hold)
    why = str(form.cleaned_data["why"])
    return _done(
        request, file, action, form, lambda: hold_lift(file=file, hold=hold, why=why, by=actor, at=now()), hold=hold
    )


def _done(
    request: HttpRequest, file: File, action: Action, form: Any, do: Callable[[], object], **context: Any
) -> HttpResponse:
    """Do it and lead back to the file; what refuses it is said on the action's page, and nothing is half done."""
    try:
        do()
    except (Refused, PaymentRefused) as refused:
        file = file_or_404(file.id)
        return _page(request, file, action, form, findings=refused.findings, problem="refused", **context)
    except (MoveLost, MoveRefused):
        return _page(request, file_or_404(file.id), action, None, problem="state", **context)
    return HttpResponseRedirect(f"{reverse('declarations:file', args=[file.id])}?done={action.name}")


def _page(
    request: HttpRequest,
    file: File,
    action: Action,
    form: Any,
    *,
    problem: str = "",
    findings: tuple[Finding, ...] = (),
    status: int = CONFLICT,
    **context: Any,
) -> HttpResponse:
    language = language_of(request)
    shown = FileShown(file, language, actor_of(request))
    context |= {
        "file": file,
        "shown": shown,
        "action": action,
        "form": form,
        "after": action.after(file),
        "problem": texts.say(language, f"declarations.problem.{problem}") if problem else "",
        "findings": [finding_shown(language, found, shown.names) for found in findings],
    }
    return render(request, "declarations/action.html", context, status=status)
