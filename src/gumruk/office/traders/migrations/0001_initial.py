# SPDX-License-Identifier: Apache-2.0
"""Trader files."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import grant_to_application


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Trader",
            fields=[
                ("tin", models.CharField(max_length=35, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=512)),
                ("address", models.TextField(blank=True, default="")),
                ("country", models.CharField(default="TJ", max_length=2)),
                ("registered_at", models.DateTimeField()),
            ],
            options={
                "db_table": "traders_trader",
            },
        ),
        grant_to_application("traders_trader", "SELECT, INSERT, UPDATE"),
    ]
