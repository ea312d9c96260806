# SPDX-License-Identifier: Apache-2.0
"""Publications of law; they are never changed."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("country", models.CharField(max_length=2)),
                ("title", models.TextField()),
                ("content", models.BinaryField()),
                ("entries", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField()),
                ("proposed_by", models.UUIDField()),
                ("approved_by", models.UUIDField()),
            ],
            options={
                "db_table": "lawbook_publication",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("approved_by")), _negated=True),
                        name="lawbook_publication_two_persons",
                    )
                ],
            },
        ),
        *append_only("lawbook_publication"),
    ]
