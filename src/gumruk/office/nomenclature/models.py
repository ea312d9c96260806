# SPDX-License-Identifier: Apache-2.0
"""Who follows which code, and the editions of a country's official texts.

Following is no legal fact: a person begins and ends it, nobody else reads it. An edition is: it is kept for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Follow(models.Model):
    """A person is told by mail when a publication changes the law of goods under a code.

    `person` is the opaque id of a user, `mail` the address that he gave, `language` that in which he is written to.
    """

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    code = models.TextField()
    mail = models.TextField()
    language = models.TextField()
    since = models.DateTimeField()

    class Meta:
        db_table = "nomenclature_follow"
        constraints = (models.UniqueConstraint(fields=["person", "code"], name="nomenclature_follow_once"),)

    def __str__(self) -> str:
        return f"{self.person} {self.code}"


STANDS, WITHDRAWN = "stands", "withdrawn"


class TextEdition(models.Model):
    """A list of official texts of a country in a language, as an act prints them, from a day on.

    What was imported is never rewritten or removed, and the database refuses both: a wrong edition is withdrawn, with
    the reason, once. `content` is compressed JSON of codes and texts, `digest` the SHA-256 of that JSON, `file` how the
    imported file was called. On which days an edition really holds, `editions.holding` says.
    """

    MOVES: ClassVar[Mapping[tuple[str, str], str]] = {(STANDS, "withdrawn"): WITHDRAWN}
    SUBJECT_KIND: ClassVar[str] = "official_texts"

    number = models.PositiveIntegerField(primary_key=True)
    country = models.CharField(max_length=2)
    language = models.TextField()
    act = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    file = models.TextField()
    lines = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    imported_by = models.UUIDField()
    imported_at = models.DateTimeField()
    state = models.TextField(default=STANDS)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "nomenclature_text_edition"
        constraints = (
            models.CheckConstraint(
                name="nomenclature_text_edition_days", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="nomenclature_text_edition_decided",
                condition=Q(state=STANDS, withdrawn_by=None, withdrawn_at=None)
                | Q(state=WITHDRAWN, withdrawn_by__isnull=False, withdrawn_at__isnull=False, reason__gt=""),
            ),
            models.UniqueConstraint(
                name="nomenclature_text_edition_one_a_day",
                fields=("country", "language", "valid_from"),
                condition=Q(state=STANDS),
            ),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.language} {self.valid_from} {self.state}"

    @property
    def subject_id(self) -> str:
        """The chain that its events stand in: the country's texts in a language."""
        return f"{self.country}-{self.language}"
