# SPDX-License-Identifier: Apache-2.0
"""Drafts: what was typed, and the model that it makes. They are no legal fact: their owner changes and deletes them."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """A declaration that is being written, owned by a trader: its head, and where it came from and went to.

    `head` is the tree of typed texts as JSON, `built` what it makes of the model, `faults` what cannot be read in it.
    `made` is new, copy, file or mend, `origin` the file that it was copied from or mends. `file` is the file of the
    last lodging; `lodged_at` is empty until one was registered. `errors` and `warnings` are as of the last check.
    """

    id = models.UUIDField(primary_key=True)
    trader = models.TextField()
    made = models.TextField()
    origin = models.UUIDField(null=True)
    head = models.BinaryField()
    built = models.BinaryField()
    faults = models.BinaryField()
    goods = models.TextField(default="")
    item_count = models.IntegerField(default=0)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    file = models.UUIDField(null=True)
    lodged_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta:
        db_table = "drafts_draft"
        indexes = (models.Index(fields=["trader", "-changed_at"], name="drafts_draft_trader"),)

    def __str__(self) -> str:
        return f"#{self.id.hex[-8:]}"


class DraftItem(models.Model):
    """One goods item of a draft. One that was removed stays, so that it can be put back."""

    id = models.UUIDField(primary_key=True)
    draft = models.UUIDField()
    place = models.IntegerField()
    typed = models.BinaryField()
    built = models.BinaryField()
    faults = models.BinaryField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "drafts_item"
        indexes = (models.Index(fields=["draft", "place"], name="drafts_item_draft"),)

    def __str__(self) -> str:
        return f"{self.draft} {self.place}"


class Kept(models.Model):
    """What was typed and stands nowhere else: another tab wrote there first, or the row was removed.

    `kind` is conflict, late or row; `part` the item, or empty for the head; `content` JSON: a text, or a whole row.
    """

    id = models.UUIDField(primary_key=True)
    draft = models.UUIDField()
    part = models.UUIDField(null=True)
    kind = models.TextField()
    path = models.TextField()
    content = models.BinaryField()
    at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        db_table = "drafts_kept"
        indexes = (models.Index(fields=["draft"], name="drafts_kept_draft"),)

    def __str__(self) -> str:
        return f"{self.draft} {self.path}"


class ItemList(models.Model):
    """A list of goods that was uploaded into a draft and waits for its columns to be named; one a draft."""

    draft = models.UUIDField(primary_key=True)
    name = models.TextField()
    content = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "drafts_item_list"

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """What the columns of a trader's lists with these headings mean: kept from the last time that he named them."""

    pk = models.CompositePrimaryKey("trader", "headings")
    trader = models.TextField()
    headings = models.TextField()
    columns = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "drafts_column_mapping"

    def __str__(self) -> str:
        return f"{self.trader} {self.headings[:12]}"


class DraftTrail(models.Model):
    """How the code of a draft's item was found, each time one was taken: `content` is `Trail.to_plain`. Never changed.

    The last one whose code was declared goes with the file when the draft is lodged.
    """

    id = models.UUIDField(primary_key=True)
    draft = models.UUIDField()
    item = models.UUIDField()
    content = models.JSONField()
    at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        db_table = "drafts_trail"
        indexes = (models.Index(fields=["draft"], name="drafts_trail_draft"),)

    def __str__(self) -> str:
        return f"{self.draft} {self.item}"
