# SPDX-License-Identifier: Apache-2.0
"""What of a file and of a hold may be changed at all; and nobody holds or decides on a file that he does not see."""

from __future__ import annotations

from django.db import migrations

from gumruk.office.audit.walls import grant_update_of, row_level_check

OF_A_FILE_SEEN = "file IN (SELECT id FROM declarations_file)"

# Who sent a file, who owes, at which post, its number and when it was lodged stand for ever.
FILE_COLUMNS = (
    "state", "version", "assessment", "law_digest", "outside_hours", "registered_at", "accepted_at", "presented_at",
    "released_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("declarations", "0003_event_walls")]

    operations = [
        grant_update_of("declarations_file", FILE_COLUMNS),
        grant_update_of("declarations_hold", ("lifted_at", "lifted_by", "lifted_why")),
        row_level_check("declarations_hold", OF_A_FILE_SEEN, "true"),
        row_level_check("declarations_decision", OF_A_FILE_SEEN, "true"),
        # The first version and assessment come in one statement with their file, which is not yet seen there.
        row_level_check("declarations_version", f"number = 1 OR {OF_A_FILE_SEEN}", "true"),
        row_level_check("declarations_item", f"version = 1 OR {OF_A_FILE_SEEN}", "true"),
    ]
