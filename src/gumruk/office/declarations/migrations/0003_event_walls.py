# SPDX-License-Identifier: Apache-2.0
"""Who reads events: of a declaration whoever may see its file, of all else who did it; auditors and jobs see all."""

from __future__ import annotations

from django.db import migrations

from gumruk.office.audit.walls import row_level_security

# Jobs (the sealer, the worker, commands) run without an actor: no request does, since every door sets one.
SEES = """
coalesce(current_setting('gumruk.scope', true), '') IN ('', 'all')
OR actor = current_setting('gumruk.actor', true)
OR (CASE WHEN subject_kind = 'declaration' THEN subject_id::uuid END) IN (SELECT id FROM declarations_file)
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0002_registry_walls"), ("audit", "0002_partitions_of_all_tables")]
    operations = [row_level_security("audit_event", SEES, "true")]
