# SPDX-License-Identifier: Apache-2.0
"""What a decision on value rests on: its methods, or a doubt with its day and its security. Earlier ones have none."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0006_shipments")]

    operations = [migrations.AddField("decision", "record", models.JSONField(default=dict, db_default={}))]
