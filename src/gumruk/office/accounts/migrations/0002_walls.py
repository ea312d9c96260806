# SPDX-License-Identifier: Apache-2.0
"""What the application may do to users, tokens, sessions and the lock against guessing."""

from __future__ import annotations

from django.db import migrations

from gumruk.office.audit.walls import grant_to_application, row_level_security

_SOMEBODY_ACTS = "coalesce(current_setting('gumruk.actor', true), '') <> ''"


class Migration(migrations.Migration):
    """Users are read by all who sign in and written by somebody only; none is ever deleted."""

    dependencies = [
        ("accounts", "0001_users_and_tokens"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        grant_to_application("accounts_user", "SELECT, INSERT, UPDATE"),
        row_level_security("accounts_user", "true", _SOMEBODY_ACTS),
        grant_to_application("accounts_api_token", "SELECT, INSERT, UPDATE"),
        row_level_security("accounts_api_token", "true", _SOMEBODY_ACTS),
        grant_to_application("django_session", "SELECT, INSERT, UPDATE, DELETE"),
        grant_to_application("django_content_type", "SELECT"),
        grant_to_application("axes_accessattempt", "SELECT, INSERT, UPDATE, DELETE"),
        grant_to_application("axes_accessattempt_id_seq", "USAGE", kind="SEQUENCE"),
        grant_to_application("axes_accessattemptexpiration", "SELECT, INSERT, UPDATE, DELETE"),
        grant_to_application("axes_accesslog", "SELECT, INSERT, UPDATE"),
        grant_to_application("axes_accesslog_id_seq", "USAGE", kind="SEQUENCE"),
        grant_to_application("axes_accessfailurelog", "SELECT, INSERT"),
        grant_to_application("axes_accessfailurelog_id_seq", "USAGE", kind="SEQUENCE"),
    ]
