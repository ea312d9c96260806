# SPDX-License-Identifier: Apache-2.0
"""Editions of official texts: added, read by all, withdrawn once; never rewritten, never removed."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q

from gumruk.office.audit.walls import grant_to_application

_FIELDS = (
    "number", "country", "language", "act", "valid_from", "valid_to", "file", "lines", "digest", "content",
    "imported_by", "imported_at",
)  # fmt: skip
_NEW, _OLD = (", ".join(f"{row}.{name}" for name in _FIELDS) for row in ("NEW", "OLD"))
_STANDS = f"""
CREATE FUNCTION nomenclature_text_edition_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'stands' AND ROW({_NEW}) IS NOT DISTINCT FROM ROW({_OLD}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an edition of official texts is withdrawn once, never rewritten or removed'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON nomenclature_text_edition
    FOR EACH ROW EXECUTE FUNCTION nomenclature_text_edition_stands();
"""
_STANDS_NO_MORE = """
DROP TRIGGER stands ON nomenclature_text_edition;
DROP FUNCTION nomenclature_text_edition_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("nomenclature", "0001_follow")]

    operations = [
        migrations.CreateModel(
            name="TextEdition",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("country", models.CharField(max_length=2)),
                ("language", models.TextField()),
                ("act", models.TextField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("file", models.TextField()),
                ("lines", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("imported_by", models.UUIDField()),
                ("imported_at", models.DateTimeField()),
                ("state", models.TextField(default="stands")),
                ("withdrawn_by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "nomenclature_text_edition",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                        name="nomenclature_text_edition_days",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="stands", withdrawn_by=None, withdrawn_at=None)
                        | Q(
                            state="withdrawn",
                            withdrawn_by__isnull=False,
                            withdrawn_at__isnull=False,
                            reason__gt="",
                        ),
                        name="nomenclature_text_edition_decided",
                    ),
                    models.UniqueConstraint(
                        condition=Q(state="stands"),
                        fields=("country", "language", "valid_from"),
                        name="nomenclature_text_edition_one_a_day",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_STANDS, _STANDS_NO_MORE),
        grant_to_application("nomenclature_text_edition", "SELECT, INSERT, UPDATE"),
    ]
