# SPDX-License-Identifier: Apache-2.0
"""Drafts, their items and what was kept beside; a trader sees and writes his own, nobody else sees any."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import grant_to_application, row_level_security

TABLES = ("drafts_draft", "drafts_item", "drafts_kept")

# Not even an auditor: nothing was said to the customs yet.
OWN = """
current_setting('gumruk.scope', true) = 'trader'
AND trader = NULLIF(current_setting('gumruk.trader', true), '')
"""
OF_OWN = "draft IN (SELECT id FROM drafts_draft)"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("trader", models.TextField()),
                ("made", models.TextField()),
                ("origin", models.UUIDField(null=True)),
                ("head", models.BinaryField()),
                ("built", models.BinaryField()),
                ("faults", models.BinaryField()),
                ("goods", models.TextField(default="")),
                ("item_count", models.IntegerField(default=0)),
                ("errors", models.IntegerField(default=0)),
                ("warnings", models.IntegerField(default=0)),
                ("file", models.UUIDField(null=True)),
                ("lodged_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.UUIDField()),
            ],
            options={"db_table": "drafts_draft"},
        ),
        migrations.CreateModel(
            name="DraftItem",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("draft", models.UUIDField()),
                ("place", models.IntegerField()),
                ("typed", models.BinaryField()),
                ("built", models.BinaryField()),
                ("faults", models.BinaryField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "drafts_item"},
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("draft", models.UUIDField()),
                ("part", models.UUIDField(null=True)),
                ("kind", models.TextField()),
                ("path", models.TextField()),
                ("content", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
            ],
            options={"db_table": "drafts_kept"},
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["trader", "-changed_at"], name="drafts_draft_trader"),
        ),
        migrations.AddIndex(
            model_name="draftitem",
            index=models.Index(fields=["draft", "place"], name="drafts_item_draft"),
        ),
        migrations.AddIndex(
            model_name="kept",
            index=models.Index(fields=["draft"], name="drafts_kept_draft"),
        ),
        *(grant_to_application(table, "SELECT, INSERT, UPDATE, DELETE") for table in TABLES),
        row_level_security("drafts_draft", OWN),
        *(row_level_security(table, OF_OWN) for table in TABLES[1:]),
    ]
