# SPDX-License-Identifier: Apache-2.0
"""What a shipment is known by when it is lodged again. Files lodged before have none and are never found so.

Texts, compared for equality: where rows are walled off, an index finds by what leaks nothing, and neither numbers nor
arrays are among it.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0005_search_key")]

    operations = [
        migrations.AddField("file", "invoices_key", models.TextField(default="", db_default="")),
        migrations.AddField("file", "carriage_key", models.TextField(default="", db_default="")),
        migrations.AddIndex("file", models.Index(fields=["invoices_key"], name="declarations_file_invoices")),
        migrations.AddIndex("file", models.Index(fields=["carriage_key"], name="declarations_file_carriage")),
    ]
