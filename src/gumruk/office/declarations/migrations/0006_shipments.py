# SPDX-License-Identifier: Apache-2.0
"""What a shipment is known by when it is lodged again. Files lodged before have none and are never found so."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0005_search_key")]

    operations = [
        migrations.AddField("file", "papers", ArrayField(models.TextField(), null=True)),
        migrations.AddField("file", "gross_mass_kg", models.DecimalField(max_digits=24, decimal_places=6, null=True)),
        migrations.AddIndex(
            "file", models.Index(fields=["sender", "gross_mass_kg", "item_count"], name="declarations_file_shipment")
        ),
    ]
