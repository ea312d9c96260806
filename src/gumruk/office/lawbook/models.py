# SPDX-License-Identifier: Apache-2.0
"""Publications: immutable snapshots of all law of the country."""

from __future__ import annotations

from django.db import models


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
