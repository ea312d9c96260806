# SPDX-License-Identifier: Apache-2.0
"""Finding what was issued: by its subject for those who may see it, by its token for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from gumruk.office.documents.models import Issued


@dataclass(frozen=True, slots=True)
class Verified:
    """What a stranger learns of a document whose token he holds: that it is real, and nothing of the goods.

    `control` is printed on the paper too: other words on the paper have another control.
    """

    id: UUID
    kind: str
    number: str
    office_id: str
    digest: str
    training: bool
    issued_at: datetime
    revoked_at: datetime | None
    subject_kind: str
    subject_id: str

    @property
    def control(self) -> str:
        """The short control of the content, as the paper prints it."""
        return control(self.digest)

    @property
    def is_good(self) -> bool:
        """False for a document that was revoked."""
        return self.revoked_at is None


def document_by_token(token: str) -> Verified | None:
    """The document of a token, whoever asks; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_by_token(%s)", [token])
        row = cursor.fetchone()
    return None if row is None else Verified(*row)


def document_of(kind: str, subject_kind: str, subject_id: str) -> Issued | None:
    """The latest document of this kind about a subject."""
    found = Issued.objects.filter(kind=kind, subject_kind=subject_kind, subject_id=subject_id)
    return found.order_by("-id").first()


def documents_about(subject_kind: str, subject_id: str) -> list[Issued]:
    """All documents about a subject, the oldest first."""
    return list(Issued.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("id"))


def verification_address(token: str) -> str:
    """What the QR code of a document opens."""
    return f"{settings.GUMRUK_PUBLIC_ADDRESS}/verify/{token}"


def control(digest: str) -> str:
    """The short control of a digest: four groups of four, to be compared by eye."""
    return " ".join(digest[place : place + 4].upper() for place in range(0, 16, 4))
