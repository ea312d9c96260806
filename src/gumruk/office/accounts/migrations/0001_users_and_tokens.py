# SPDX-License-Identifier: Apache-2.0
"""Users and their tokens."""

from __future__ import annotations

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

ROLES = ("trader", "officer", "supervisor", "cashier", "auditor", "administrator")


class Migration(migrations.Migration):
    """The first tables of accounts."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("login", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("role", models.CharField(max_length=20)),
                (
                    "offices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("trader_tin", models.CharField(blank=True, default="", max_length=20)),
                ("language", models.CharField(default="en", max_length=2)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "accounts_user",
                "constraints": [
                    models.CheckConstraint(condition=Q(("role__in", ROLES)), name="accounts_user_role_known"),
                    models.CheckConstraint(condition=Q(("login", Lower("login"))), name="accounts_user_login_lower"),
                    models.CheckConstraint(
                        condition=Q(("role", "trader"), ("trader_tin", ""), _connector="XOR"),
                        name="accounts_user_trader_has_tin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.UUIDField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to="accounts.user",
                    ),
                ),
            ],
            options={"db_table": "accounts_api_token"},
        ),
    ]
