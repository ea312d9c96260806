# SPDX-License-Identifier: Apache-2.0
"""Names and goods folded, for the search. Files lodged before have none and are found by number, reference, goods."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0004_column_walls")]

    operations = [
        migrations.AddField("file", "search_key", models.TextField(default="", db_default="")),
    ]
