# SPDX-License-Identifier: Apache-2.0
"""How the codes of goods were found: whoever sees the file reads it, nobody changes it."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only, row_level_security

OF_A_FILE_SEEN = "file IN (SELECT id FROM declarations_file)"


class Migration(migrations.Migration):
    dependencies = [("declarations", "0007_decision_record")]

    operations = [
        migrations.CreateModel(
            name="ItemTrail",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("version", models.SmallIntegerField()),
                ("sequence", models.IntegerField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
            ],
            options={"db_table": "declarations_trail"},
        ),
        migrations.AddIndex(
            "itemtrail", models.Index(fields=["file", "version", "sequence"], name="declarations_trail_file")
        ),
        *append_only("declarations_trail"),
        row_level_security("declarations_trail", OF_A_FILE_SEEN),
    ]
