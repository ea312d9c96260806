# SPDX-License-Identifier: Apache-2.0
"""What was issued. The paper itself is not kept: it is set again from the same facts, and the digest tells."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Issued(models.Model):
    """A document that left the office: its kind, what it is about, its number and the digest of its content.

    Partitioned by range on `id`; a stranger finds it by its token, in the registry `Token`.
    """

    id = models.UUIDField(primary_key=True)
    token = models.TextField()
    kind = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.TextField()
    number = models.TextField()
    office_id = models.TextField()
    owner_id = models.TextField()
    digest = models.TextField()
    training = models.BooleanField()
    issued_at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "documents_issued"
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "kind"], name="documents_issued_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Token(models.Model):
    """The narrow registry of tokens: 128 bits of chance each, so that nobody guesses one."""

    token = models.TextField(primary_key=True)
    document_id = models.UUIDField()

    class Meta:
        db_table = "documents_token"

    def __str__(self) -> str:
        return self.token


class Revoked(models.Model):
    """That a document is no longer good, and why: whoever verifies it is told."""

    document_id = models.UUIDField(primary_key=True)
    reason = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "documents_revoked"

    def __str__(self) -> str:
        return str(self.document_id)
