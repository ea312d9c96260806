# SPDX-License-Identifier: Apache-2.0
"""Who follows which code: a person sees and writes his own rows, the system reads all to send mail."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.accounts.actors import GUMRUK
from gumruk.office.audit.walls import grant_to_application, row_level_security

_ACTOR = "NULLIF(current_setting('gumruk.actor', true), '')::uuid"
OWN = f"person = {_ACTOR}"
OWN_OR_SYSTEM = f"{OWN} OR {_ACTOR} = '{GUMRUK.id}'::uuid"


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("code", models.TextField()),
                ("mail", models.TextField()),
                ("language", models.TextField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "db_table": "nomenclature_follow",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "code"), name="nomenclature_follow_once"),
                ],
            },
        ),
        grant_to_application("nomenclature_follow", "SELECT, INSERT, UPDATE, DELETE"),
        row_level_security("nomenclature_follow", OWN_OR_SYSTEM, OWN),
    ]
