# SPDX-License-Identifier: Apache-2.0
"""Who follows which code. No legal fact: a person begins and ends it, nobody else reads it."""

from __future__ import annotations

from django.db import models


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
