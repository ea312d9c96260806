# SPDX-License-Identifier: Apache-2.0
"""Uploaded lists of goods, and what their columns meant the last time; a trader sees and writes his own."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import grant_to_application, row_level_security

OWN = """
current_setting('gumruk.scope', true) = 'trader'
AND trader = NULLIF(current_setting('gumruk.trader', true), '')
"""
OF_OWN = "draft IN (SELECT id FROM drafts_draft)"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_drafts")]

    operations = [
        migrations.CreateModel(
            name="ItemList",
            fields=[
                ("draft", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("content", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "drafts_item_list"},
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "trader", "headings", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("trader", models.TextField()),
                ("headings", models.TextField()),
                ("columns", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={"db_table": "drafts_column_mapping"},
        ),
        grant_to_application("drafts_item_list", "SELECT, INSERT, UPDATE, DELETE"),
        row_level_security("drafts_item_list", OF_OWN),
        grant_to_application("drafts_column_mapping", "SELECT, INSERT, UPDATE"),
        row_level_security("drafts_column_mapping", OWN),
    ]
