# SPDX-License-Identifier: Apache-2.0
"""How the codes of drafts were found; a trader sees and writes his own."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import grant_to_application, row_level_security

OF_OWN = "draft IN (SELECT id FROM drafts_draft)"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0002_item_lists")]

    operations = [
        migrations.CreateModel(
            name="DraftTrail",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("draft", models.UUIDField()),
                ("item", models.UUIDField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
            ],
            options={"db_table": "drafts_trail"},
        ),
        migrations.AddIndex("drafttrail", models.Index(fields=["draft"], name="drafts_trail_draft")),
        grant_to_application("drafts_trail", "SELECT, INSERT, DELETE"),
        row_level_security("drafts_trail", OF_OWN),
    ]
