# SPDX-License-Identifier: Apache-2.0
"""The file of a declaration, its immutable versions, and their projections. Partitioned by range on `id`, by years."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from gumruk.law.declarations.states import MOVES, State


class File(models.Model):
    """One declaration's file: where it stands. What it says lies in its versions, what it owes in its assessments.

    Moments are UTC; the law goes by their civil dates. `number` is empty until it is given. `assessment` is the number
    of the assessment that counts. `outside_hours` is as of the acceptance. `search_key` holds the parties' names and
    the goods as `folded` writes them, so that a name is found in whatever letters it is typed. `invoices_key`
    and `carriage_key` are what its shipment is known by when it comes again; a file that was refused has none.
    """

    MOVES: ClassVar = MOVES
    SUBJECT_KIND: ClassVar = "declaration"

    id = models.UUIDField(primary_key=True)
    state = models.TextField()
    direction = models.TextField()
    prelodged = models.BooleanField()
    office = models.TextField()
    reference = models.TextField()
    sender = models.TextField()
    payer = models.TextField()
    number = models.TextField(default="")
    version = models.SmallIntegerField()
    assessment = models.SmallIntegerField()
    item_count = models.IntegerField()
    goods = models.TextField()
    search_key = models.TextField(default="", db_default="")
    invoices_key = models.TextField(default="", db_default="")
    carriage_key = models.TextField(default="", db_default="")
    law_digest = models.TextField()
    training = models.BooleanField()
    outside_hours = models.BooleanField()
    lodged_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    presented_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "declarations_file"
        indexes = (
            models.Index(fields=["office", "state", "-id"], name="declarations_file_desk"),
            models.Index(fields=["sender", "-id"], name="declarations_file_sender"),
            models.Index(fields=["payer", "-id"], name="declarations_file_payer"),
            models.Index(fields=["invoices_key"], name="declarations_file_invoices"),
            models.Index(fields=["carriage_key"], name="declarations_file_carriage"),
        )

    def __str__(self) -> str:
        """What a person calls this file: its number, else the declarant's reference, else the end of its key."""
        return self.number or self.reference.strip() or f"#{self.id.hex[-8:]}"

    @property
    def subject_id(self) -> UUID:
        """The subject of the file's events."""
        return self.id

    @property
    def standing(self) -> State:
        """The state as the law knows it."""
        return State(self.state)


class Version(models.Model):
    """What was declared, as immutable canonical JSON, beside the message as it came and the answer that it got."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    number = models.SmallIntegerField()
    content = models.BinaryField()
    content_hash = models.BinaryField()
    format = models.TextField()
    source = models.BinaryField()
    answer = models.JSONField()
    at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        db_table = "declarations_version"
        indexes = (models.Index(fields=["file", "number"], name="declarations_version_file"),)

    def __str__(self) -> str:
        return f"{self.file} {self.number}"


class Item(models.Model):
    """A projection of one goods item of a version, for lists and statistics; it can be rebuilt from the version."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    version = models.SmallIntegerField()
    sequence = models.IntegerField()
    code = models.TextField()
    description = models.TextField()
    origin = models.TextField()
    procedure = models.TextField()
    price = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    customs_value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    net_mass_kg = models.DecimalField(max_digits=20, decimal_places=6)
    gross_mass_kg = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        db_table = "declarations_item"
        indexes = (models.Index(fields=["file", "version", "sequence"], name="declarations_item_file"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.code}"


class Message(models.Model):
    """The registry that makes lodging idempotent: one content for one sender, reference, function and version."""

    pk = models.CompositePrimaryKey("sender", "reference", "function", "version")
    sender = models.TextField()
    reference = models.TextField()
    function = models.TextField()
    version = models.TextField()
    content_hash = models.BinaryField()
    file = models.UUIDField()

    class Meta:
        db_table = "declarations_message"

    def __str__(self) -> str:
        return f"{self.sender} {self.reference}"


class Number(models.Model):
    """The registry of numbers given: each once."""

    number = models.TextField(primary_key=True)
    file = models.UUIDField()

    class Meta:
        db_table = "declarations_number"

    def __str__(self) -> str:
        return self.number


class Serial(models.Model):
    """The last serial given at a post on a civil day."""

    pk = models.CompositePrimaryKey("office", "day")
    office = models.TextField()
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        db_table = "declarations_serial"

    def __str__(self) -> str:
        return f"{self.office} {self.day} {self.last}"


class Hold(models.Model):
    """Something that stops the goods until it is lifted; release knows holds, not who placed them."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)
    lifted_why = models.TextField(default="")

    class Meta:
        db_table = "declarations_hold"
        indexes = (models.Index(fields=["file"], name="declarations_hold_file"),)

    def __str__(self) -> str:
        return self.reason


class Decision(models.Model):
    """An officer's numbered decision: what it decides, with grounds, act, appeal body and deadline. Append-only.

    `kind` is release, release_refusal, code, origin, customs_value, value_doubt or value_accepted; `path` the place in
    which it replaces what was declared; `declared` and `decided` the values before and after (empty for release and its
    refusal). `record` is what a decision on value rests on: the methods, or the doubt with its day and its security.
    """

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    number = models.SmallIntegerField()
    kind = models.TextField()
    path = models.TextField(default="")
    declared = models.TextField(default="")
    decided = models.TextField(default="")
    record = models.JSONField(default=dict, db_default={})
    grounds = models.TextField()
    act = models.TextField()
    appeal_body = models.TextField()
    appeal_until = models.DateField(null=True)
    at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        db_table = "declarations_decision"
        constraints = (models.UniqueConstraint(fields=["file", "number"], name="declarations_decision_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class ItemTrail(models.Model):
    """How the declarant found the code of a goods item by the search: `content` is `Trail.to_plain`. Append-only."""

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    version = models.SmallIntegerField()
    sequence = models.IntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    actor = models.UUIDField()

    class Meta:
        db_table = "declarations_trail"
        indexes = (models.Index(fields=["file", "version", "sequence"], name="declarations_trail_file"),)

    def __str__(self) -> str:
        return f"{self.file} {self.sequence}"


class Described(models.Model):
    """The words and the code of goods that were accepted: how others and the same trader call the same. Append-only.

    `key` is `describing.goods_key`, `code` six digits. `score` and `verdict` say how well the words fitted the code
    (`nomenclature.fitting`), kept as a feature for selectivity; empty where the search index did not stand.
    """

    id = models.UUIDField(primary_key=True)
    file = models.UUIDField()
    sequence = models.IntegerField()
    sender = models.TextField()
    key = models.TextField()
    code = models.TextField()
    score = models.FloatField(null=True)
    verdict = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "declarations_described"
        indexes = (models.Index(fields=["key", "sender"], name="declarations_described_key"),)
        constraints = (models.UniqueConstraint(fields=["file", "sequence"], name="declarations_described_once"),)

    def __str__(self) -> str:
        return f"{self.file} {self.sequence}"
