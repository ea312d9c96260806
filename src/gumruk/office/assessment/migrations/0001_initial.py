# SPDX-License-Identifier: Apache-2.0
"""Charges as they were computed; shown to whoever may see their subject."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.partitions import PartitionByYear
from gumruk.office.audit.walls import append_only, row_level_security


class Migration(migrations.Migration):
    initial = True

    dependencies = [("audit", "__first__"), ("declarations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                ("assessment", models.SmallIntegerField()),
                ("item", models.IntegerField(null=True)),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("base", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("computed", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("relieved", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("secured", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("payable", models.DecimalField(decimal_places=2, max_digits=20, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("rate", models.TextField()),
                ("rate_on", models.DateField()),
                ("act", models.TextField(default="")),
                ("status", models.TextField()),
                ("budget_code", models.TextField()),
                ("relief", models.TextField(default="")),
            ],
            options={
                "db_table": "assessment_charge",
            },
        ),
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["subject", "assessment"], name="assessment_charge_subject"),
        ),
        PartitionByYear("assessment_charge"),
        *append_only("assessment_charge"),
        row_level_security("assessment_charge", "subject IN (SELECT id FROM declarations_file)", "true"),
    ]
