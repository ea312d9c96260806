# SPDX-License-Identifier: Apache-2.0
"""Issuing documents, and taking them back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gumruk.law.audit import canonical_text
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.services import Actor, event_append
from gumruk.office.documents.models import Issued, Revoked, Token
from gumruk.office.documents.queries import document_of

TOKEN_BYTES = 16


@transaction.atomic
def document_issue(
    *,
    kind: str,
    subject_kind: str,
    subject_id: str,
    number: str,
    office_id: str,
    content: Mapping[str, object],
    by: Actor,
    at: datetime,
    dated: datetime | None = None,
    owner_id: str = "",
) -> Issued:
    """Issue a document: give it a token that nobody guesses and keep the digest of its content.

    The same content about the same subject is the same document, however often it is printed, until it is revoked.
    `content` is what the paper says (`Paper.content`); `dated` is the moment that it bears, where that came before it
    was first printed: whoever verifies it compares the two. `owner_id` is the trader who may see it. Raises
    CanonicalError for content of other kinds.
    """
    digest = sha256(canonical_text(content).encode()).hexdigest()
    before = document_of(kind, subject_kind, subject_id)
    if before is not None and before.digest == digest and not Revoked.objects.filter(document_id=before.id).exists():
        return before
    issued = Issued.objects.create(
        id=uuid7(at),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        number=number,
        office_id=office_id,
        owner_id=owner_id,
        digest=digest,
        training=settings.GUMRUK_TRAINING,
        issued_at=dated or at,
        actor=str(by.id),
    )
    Token.objects.create(token=issued.token, document_id=issued.id)
    event_append(
        subject_kind=subject_kind,
        subject_id=subject_id,
        kind="document.issued",
        body={"kind": kind, "number": number, "document": str(issued.id), "digest": digest},
        by=by,
        at=at,
    )
    return issued


@transaction.atomic
def document_revoke(*, document_id: UUID, reason: str, by: Actor, at: datetime) -> bool:
    """Say that a document is no longer good; False where that was said before. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a document is revoked with a reason")
    issued = Issued.objects.get(id=document_id)
    if Revoked.objects.filter(document_id=document_id).exists():
        return False
    Revoked.objects.create(document_id=document_id, reason=reason.strip(), at=at, actor=str(by.id))
    event_append(
        subject_kind=issued.subject_kind,
        subject_id=issued.subject_id,
        kind="document.revoked",
        body={"document": str(document_id), "number": issued.number, "reason": reason.strip()},
        by=by,
        at=at,
    )
    return True
