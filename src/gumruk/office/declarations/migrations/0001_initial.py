# SPDX-License-Identifier: Apache-2.0
"""Files of declarations, their versions and projections, registries, holds and decisions; and who sees them."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.partitions import PartitionByYear
from gumruk.office.audit.walls import append_only, grant_to_application, row_level_security

PARTITIONED = ("declarations_file", "declarations_version", "declarations_item")
OF_A_FILE = ("declarations_version", "declarations_item", "declarations_hold", "declarations_decision")

# An officer sees the files of his offices, a trader those that he sent or that he owes for; nobody else sees any.
SEES = """
current_setting('gumruk.scope', true) = 'all'
OR (current_setting('gumruk.scope', true) = 'offices'
    AND office = ANY (string_to_array(current_setting('gumruk.offices', true), ',')))
OR (current_setting('gumruk.scope', true) = 'trader'
    AND current_setting('gumruk.trader', true) IN (sender, payer))
"""
WRITES = """
current_setting('gumruk.scope', true) = 'all'
OR (current_setting('gumruk.scope', true) = 'offices'
    AND office = ANY (string_to_array(current_setting('gumruk.offices', true), ',')))
OR (current_setting('gumruk.scope', true) = 'trader' AND current_setting('gumruk.trader', true) = sender)
"""
OF_A_FILE_SEEN = "file IN (SELECT id FROM declarations_file)"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "__first__")]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("state", models.TextField()),
                ("direction", models.TextField()),
                ("prelodged", models.BooleanField()),
                ("office", models.TextField()),
                ("reference", models.TextField()),
                ("sender", models.TextField()),
                ("payer", models.TextField()),
                ("number", models.TextField(default="")),
                ("version", models.SmallIntegerField()),
                ("assessment", models.SmallIntegerField()),
                ("item_count", models.IntegerField()),
                ("goods", models.TextField()),
                ("law_digest", models.TextField()),
                ("training", models.BooleanField()),
                ("outside_hours", models.BooleanField()),
                ("lodged_at", models.DateTimeField()),
                ("registered_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("presented_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "declarations_file",
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("reason", models.TextField()),
                ("placed_at", models.DateTimeField()),
                ("placed_by", models.UUIDField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                ("lifted_why", models.TextField(default="")),
            ],
            options={
                "db_table": "declarations_hold",
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("version", models.SmallIntegerField()),
                ("sequence", models.IntegerField()),
                ("code", models.TextField()),
                ("description", models.TextField()),
                ("origin", models.TextField()),
                ("procedure", models.TextField()),
                ("price", models.DecimalField(decimal_places=4, max_digits=20)),
                ("currency", models.CharField(max_length=3)),
                ("customs_value", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("net_mass_kg", models.DecimalField(decimal_places=6, max_digits=20)),
                ("gross_mass_kg", models.DecimalField(decimal_places=6, max_digits=20)),
            ],
            options={
                "db_table": "declarations_item",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "sender",
                        "reference",
                        "function",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sender", models.TextField()),
                ("reference", models.TextField()),
                ("function", models.TextField()),
                ("version", models.TextField()),
                ("content_hash", models.BinaryField()),
                ("file", models.UUIDField()),
            ],
            options={
                "db_table": "declarations_message",
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
            ],
            options={
                "db_table": "declarations_number",
            },
        ),
        migrations.CreateModel(
            name="Serial",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "office", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("office", models.TextField()),
                ("day", models.DateField()),
                ("last", models.IntegerField()),
            ],
            options={
                "db_table": "declarations_serial",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("number", models.SmallIntegerField()),
                ("content", models.BinaryField()),
                ("content_hash", models.BinaryField()),
                ("format", models.TextField()),
                ("source", models.BinaryField()),
                ("answer", models.JSONField()),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
            ],
            options={
                "db_table": "declarations_version",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("number", models.SmallIntegerField()),
                ("kind", models.TextField()),
                ("path", models.TextField(default="")),
                ("declared", models.TextField(default="")),
                ("decided", models.TextField(default="")),
                ("grounds", models.TextField()),
                ("act", models.TextField()),
                ("appeal_body", models.TextField()),
                ("appeal_until", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
            ],
            options={
                "db_table": "declarations_decision",
                "constraints": [
                    models.UniqueConstraint(fields=("file", "number"), name="declarations_decision_number")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="file",
            index=models.Index(fields=["office", "state", "-id"], name="declarations_file_desk"),
        ),
        migrations.AddIndex(
            model_name="file",
            index=models.Index(fields=["sender", "-id"], name="declarations_file_sender"),
        ),
        migrations.AddIndex(
            model_name="file",
            index=models.Index(fields=["payer", "-id"], name="declarations_file_payer"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["file"], name="declarations_hold_file"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["file", "version", "sequence"], name="declarations_item_file"),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["file", "number"], name="declarations_version_file"),
        ),
        *(PartitionByYear(table) for table in PARTITIONED),
        grant_to_application("declarations_file", "SELECT, INSERT, UPDATE"),
        row_level_security("declarations_file", SEES, WRITES),
        *append_only("declarations_version"),
        *append_only("declarations_item"),
        *append_only("declarations_decision"),
        *append_only("declarations_message"),
        *append_only("declarations_number"),
        grant_to_application("declarations_serial", "SELECT, INSERT, UPDATE"),
        grant_to_application("declarations_hold", "SELECT, INSERT, UPDATE"),
        *(row_level_security(table, OF_A_FILE_SEEN, "true") for table in OF_A_FILE),
    ]
