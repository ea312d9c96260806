# SPDX-License-Identifier: Apache-2.0
"""What is to be said of a proposal stands with it, never rewritten. Pre: the release before does not write it."""

from __future__ import annotations

from django.db import migrations, models

_FIELDS = ("number", "country", "title", "digest", "content", "entries", "base", "proposed_by", "proposed_at")


def _stands(fields: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in fields) for row in ("NEW", "OLD"))
    return f"""
CREATE OR REPLACE FUNCTION lawbook_proposal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'waiting' OR ROW({new}) IS DISTINCT FROM ROW({old}) THEN
        RAISE EXCEPTION 'a proposal of law is decided once and never rewritten'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0002_proposals")]

    operations = [
        migrations.AddField(
            model_name="proposal", name="remarks", field=models.JSONField(blank=True, db_default=[], default=list)
        ),
        migrations.RunSQL(_stands((*_FIELDS, "remarks")), _stands(_FIELDS)),
    ]
