# SPDX-License-Identifier: Apache-2.0
"""A trader's country is named when the file is opened: no country stands for all of them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("traders", "0001_initial")]
    operations = [
        migrations.AlterField(model_name="trader", name="country", field=models.CharField(max_length=2)),
    ]
