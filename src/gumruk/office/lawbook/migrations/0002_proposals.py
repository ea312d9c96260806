# SPDX-License-Identifier: Apache-2.0
"""Proposals of law: written once, decided once, by another person. Pre: the release before does not know them."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q

from gumruk.office.audit.walls import grant_to_application

_STANDS = """
CREATE FUNCTION lawbook_proposal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'waiting'
        OR ROW(NEW.number, NEW.country, NEW.title, NEW.digest, NEW.content, NEW.entries, NEW.base, NEW.proposed_by,
            NEW.proposed_at)
        IS DISTINCT FROM
        ROW(OLD.number, OLD.country, OLD.title, OLD.digest, OLD.content, OLD.entries, OLD.base, OLD.proposed_by,
            OLD.proposed_at)
    THEN
        RAISE EXCEPTION 'a proposal of law is decided once and never rewritten'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON lawbook_proposal FOR EACH ROW EXECUTE FUNCTION lawbook_proposal_stands();
"""
_STANDS_NO_MORE = """
DROP TRIGGER stands ON lawbook_proposal;
DROP FUNCTION lawbook_proposal_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("country", models.CharField(max_length=2)),
                ("title", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("entries", models.PositiveIntegerField()),
                ("base", models.PositiveIntegerField(null=True)),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("state", models.TextField(default="waiting")),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "lawbook_proposal",
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(state__in=("published", "refused"), decided_by=F("proposed_by")),
                        name="lawbook_proposal_two_persons",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="waiting", decided_by=None, decided_at=None)
                        | Q(
                            state__in=("published", "refused", "replaced"),
                            decided_by__isnull=False,
                            decided_at__isnull=False,
                        ),
                        name="lawbook_proposal_decided",
                    ),
                    models.UniqueConstraint(
                        condition=Q(state="waiting"), fields=("country",), name="lawbook_proposal_one_waits"
                    ),
                ],
            },
        ),
        migrations.RunSQL(_STANDS, _STANDS_NO_MORE),
        grant_to_application("lawbook_proposal", "SELECT, INSERT, UPDATE"),
    ]
