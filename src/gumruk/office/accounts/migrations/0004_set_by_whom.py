# SPDX-License-Identifier: Apache-2.0
"""Passwords of another's choice are temporary; who made an account and set its role and password, from the journal."""

from __future__ import annotations

from django.db import migrations, models

_LAST = """
(SELECT e.actor::uuid FROM audit_event e WHERE e.subject_kind = 'user' AND e.subject_id = accounts_user.id::text
    AND {which} ORDER BY e.sequence DESC LIMIT 1)
"""
_ROLE = (
    "(e.kind = 'user.created' OR e.kind = 'user.changed'"
    " AND e.body #>> '{before,role}' IS DISTINCT FROM e.body #>> '{after,role}')"
)
FROM_THE_JOURNAL = f"""
SELECT set_config('gumruk.actor', '00000000-0000-0000-0000-000000000001', true);
UPDATE accounts_user SET
    created_by = {_LAST.format(which="e.kind = 'user.created'")},
    role_set_by = {_LAST.format(which=_ROLE)},
    password_set_by = {_LAST.format(which="e.kind IN ('user.created', 'user.password_set')")}
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_own_row"), ("audit", "__first__")]

    operations = [
        migrations.AddField("user", "password_temporary", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("user", "created_by", models.UUIDField(null=True)),
        migrations.AddField("user", "role_set_by", models.UUIDField(null=True)),
        migrations.AddField("user", "password_set_by", models.UUIDField(null=True)),
        migrations.RunSQL(FROM_THE_JOURNAL, migrations.RunSQL.noop),
    ]
