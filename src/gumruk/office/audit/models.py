# SPDX-License-Identifier: Apache-2.0
"""The tables of the audit. Rights, triggers and partitions are in the migrations."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One appended fact. Partitioned by range on `id`, by years; written by `services`, never through the ORM.

    The table has one column more: `xid`, the transaction that wrote the row, which the sealer goes by.
    """

    id = models.UUIDField(primary_key=True)
    subject_kind = models.TextField()
    subject_id = models.TextField()
    sequence = models.BigIntegerField()
    previous_hash = models.BinaryField()
    kind = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()
    body = models.JSONField()
    personal_commitment = models.BinaryField(null=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_event"

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.sequence} {self.kind}"


class Subject(models.Model):
    """Where each subject's chain ends: locked while an event is appended, so one file waits for itself only."""

    pk = models.CompositePrimaryKey("subject_kind", "subject_id")
    subject_kind = models.TextField()
    subject_id = models.TextField()
    last_sequence = models.BigIntegerField()
    last_hash = models.BinaryField()

    class Meta:
        db_table = "audit_subject"

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.last_sequence}"


class Leaf(models.Model):
    """A leaf of the Merkle tree: which event stands where, and with which hash."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_leaf"

    def __str__(self) -> str:
        return f"{self.position} {self.event_id}"


class Node(models.Model):
    """A complete inner node of the tree on levels 8, 16, 24 ...: so a proof reads O(log n) short ranges."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_node"

    def __str__(self) -> str:
        return f"{self.level} {self.index}"


class Seal(models.Model):
    """The tree at one moment, chained to the seal before. `peaks` let the tree grow without being read again."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    first = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    peaks = models.BinaryField()

    class Meta:
        db_table = "audit_seal"

    def __str__(self) -> str:
        return f"{self.number} {self.at:%Y-%m-%d %H:%M:%S} {self.size}"


class Personal(models.Model):
    """Personal details of an event, with the salt of their commitment: erased by law, and the chain still holds."""

    event_id = models.UUIDField(primary_key=True)
    salt = models.BinaryField()
    details = models.JSONField()

    class Meta:
        db_table = "audit_personal"

    def __str__(self) -> str:
        return str(self.event_id)


class OutboxMessage(models.Model):
    """What another area shall hear of, put down in the transaction that caused it; deleted once it was heard."""

    id = models.UUIDField(primary_key=True)
    topic = models.TextField()
    payload = models.JSONField()
    put_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    last_error = models.TextField(default="")

    class Meta:
        db_table = "audit_outbox"
        indexes = (models.Index(fields=["due_at", "id"], name="audit_outbox_due"),)

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"
