# SPDX-License-Identifier: Apache-2.0
"""The registries of messages and numbers show each person his own: they name files too."""

from __future__ import annotations

from django.db import migrations

from gumruk.office.audit.walls import row_level_security

# Sent by this trader, or by this person where he acts for none.
OWN_MESSAGES = """
current_setting('gumruk.scope', true) = 'all'
OR sender = NULLIF(current_setting('gumruk.trader', true), '')
OR sender = NULLIF(current_setting('gumruk.actor', true), '')
"""
OF_A_FILE_SEEN = "file IN (SELECT id FROM declarations_file)"


class Migration(migrations.Migration):
    dependencies = [("declarations", "0001_initial")]

    operations = [
        row_level_security("declarations_message", OWN_MESSAGES),
        row_level_security("declarations_number", OF_A_FILE_SEEN, "true"),
    ]
