# SPDX-License-Identifier: Apache-2.0
"""Mandates: a payer states that another trader may have charges reserved from his advance account, or no longer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.services import event_append, outbox_put
from gumruk.office.payments.ledger import payer_key
from gumruk.office.payments.models import Mandate, MandateRevocation
from gumruk.office.payments.receiving import RECEIVED
from gumruk.office.payments.refusal import PaymentRefused
from gumruk.office.project.clock import legal_day
from gumruk.office.traders.queries import trader_names


@transaction.atomic
def mandate_give(
    *, payer_id: str, agent_id: str, since: date, until: date | None, currency: str, by: Actor, at: datetime
) -> Mandate:
    """A payer lets `agent_id` have charges reserved from his advance account, from one day to another or until revoked.

    Files that wait for it go on (`currency` is the country's own). Raises PermissionError for whoever is not the payer,
    PaymentRefused: PAY-25 where the agent is unknown or the payer himself, PAY-26 for days that are past or no period.
    """
    _payer_check(payer_id, by)
    today, findings = legal_day(at), []
    if agent_id == payer_id or not trader_names([agent_id]):
        findings.append(Finding("PAY-25", "agent", {"agent": agent_id}))
    if since < today or (until is not None and until < since):
        days = {"since": since.isoformat(), "until": "" if until is None else until.isoformat()}
        findings.append(Finding("PAY-26", "since", {**days, "today": today.isoformat()}))
    if findings:
        raise PaymentRefused(findings)
    mandate = Mandate.objects.create(
        id=uuid7(at), payer_id=payer_id, agent_id=agent_id, since=since, until=until, at=at, actor=str(by.id)
    )
    _event(mandate, "mandate.given", by=by, at=at)
    outbox_put(RECEIVED, {"payer": payer_id, "currency": currency}, at=at)
    return mandate


@transaction.atomic
def mandate_revoke(*, mandate_id: UUID, by: Actor, at: datetime) -> None:
    """A payer takes a mandate back from now on; what is reserved already stays so. Twice revokes once.

    Raises Mandate.DoesNotExist, and PermissionError for whoever is not the payer.
    """
    mandate = Mandate.objects.get(id=mandate_id)
    _payer_check(mandate.payer_id, by)
    given = {"payer_id": mandate.payer_id, "agent_id": mandate.agent_id, "at": at, "actor": str(by.id)}
    _, revoked = MandateRevocation.objects.get_or_create(mandate_id=mandate_id, defaults=given)
    if revoked:
        _event(mandate, "mandate.revoked", by=by, at=at)


def _payer_check(payer_id: str, by: Actor) -> None:
    if not by.trader or by.trader != payer_id:
        raise PermissionError("only the payer says who may use his account")


def _event(mandate: Mandate, kind: str, *, by: Actor, at: datetime) -> None:
    body = {
        "mandate": str(mandate.id),
        "agent": str(payer_key(mandate.agent_id)),
        "since": mandate.since,
        "until": mandate.until,
    }
    subject = str(payer_key(mandate.payer_id))
    event_append(subject_kind="trader", subject_id=subject, kind=kind, body=body, by=by, at=at)
