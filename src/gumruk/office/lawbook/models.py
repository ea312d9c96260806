# SPDX-License-Identifier: Apache-2.0
"""Publications: immutable snapshots of all law of the country. Proposals: what a second person is asked to publish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

# The subject kind of all events on the running law; its chain has the country's code as its subject.
LAW = "law"


class Publication(models.Model):
    """One snapshot of the whole law. Nothing else is running law; a stored assessment names its digest.

    Two persons stand behind it, and the database refuses one alone. `content` is the canonical JSON of all entries,
    compressed; the latest number runs.
    """

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    country = models.CharField(max_length=2)
    title = models.TextField()
    content = models.BinaryField()
    entries = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    approved_by = models.UUIDField()

    class Meta:
        db_table = "lawbook_publication"
        constraints = (
            models.CheckConstraint(
                name="lawbook_publication_two_persons", condition=~models.Q(proposed_by=models.F("approved_by"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.number} {self.digest[:12]}"


WAITING, PUBLISHED, REFUSED, REPLACED = "waiting", "published", "refused", "replaced"


class Proposal(models.Model):
    """A whole law that one person proposes and another publishes or refuses; at most one waits.

    `base` is the number of the publication that ran when it was made (None: no law ran): what it is compared with, and
    while that runs it can be approved. `digest` is the proposed book's, as `gumruk pack check` prints it. What was
    proposed is never rewritten, and a decision stands: the database refuses both, and one person for the two. `remarks`
    are findings that belong to what is proposed: what an imported tariff holds and the law has no place for.
    """

    MOVES: ClassVar[Mapping[tuple[str, str], str]] = {
        (WAITING, "approved"): PUBLISHED,
        (WAITING, "refused"): REFUSED,
        (WAITING, "replaced"): REPLACED,
    }
    SUBJECT_KIND: ClassVar[str] = LAW

    number = models.PositiveIntegerField(primary_key=True)
    country = models.CharField(max_length=2)
    title = models.TextField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    entries = models.PositiveIntegerField()
    base = models.PositiveIntegerField(null=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    state = models.TextField(default=WAITING)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)
    remarks = models.JSONField(default=list, db_default=[], blank=True)

    class Meta:
        db_table = "lawbook_proposal"
        constraints = (
            models.CheckConstraint(
                name="lawbook_proposal_two_persons",
                condition=~Q(state__in=(PUBLISHED, REFUSED), decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="lawbook_proposal_decided",
                condition=Q(state=WAITING, decided_by=None, decided_at=None)
                | Q(state__in=(PUBLISHED, REFUSED, REPLACED), decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(name="lawbook_proposal_one_waits", fields=("country",), condition=Q(state=WAITING)),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.number} {self.state}"

    @property
    def subject_id(self) -> str:
        """The chain that its events stand in: the country's law."""
        return str(self.country)

    @property
    def publication_number(self) -> int:
        """The number it gets, or got, as a publication."""
        return (self.base or 0) + 1
