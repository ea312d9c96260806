# SPDX-License-Identifier: Apache-2.0
"""Whose charges may be reserved from a payer's account: what he states on his page of payments, and takes back."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gumruk.office.accounts.permissions import needs
from gumruk.office.payments import services
from gumruk.office.payments.account_views import account_page
from gumruk.office.payments.forms import MandateForm
from gumruk.office.payments.models import Mandate
from gumruk.office.payments.views import actor_of, language_of, law_today
from gumruk.office.project.clock import now


@require_POST
@needs("payments.see")
def give(request: HttpRequest) -> HttpResponse:
    """Let another trader use the account of the trader who sends this."""
    actor, law = actor_of(request), law_today()
    if not actor.trader:
        raise PermissionDenied
    form = MandateForm(request.POST, language=language_of(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.mandate_give(
                payer_id=actor.trader,
                agent_id=given["agent"].strip(),
                since=given["since"],
                until=given["until"],
                currency=str(law.value("currency")),
                by=actor,
                at=now(),
            )
        except services.PaymentRefused as refused:
            form.refuse(refused.findings, law)
        else:
            return redirect("payments:account", actor.trader)
    return account_page(request, actor.trader, mandate_form=form)


@require_POST
@needs("payments.see")
def revoke(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Take a mandate back. Another's is not there."""
    actor = actor_of(request)
    if not Mandate.objects.filter(id=mandate_id, payer_id=actor.trader or "-").exists():
        raise Http404
    services.mandate_revoke(mandate_id=mandate_id, by=actor, at=now())
    return redirect("payments:account", actor.trader)
