# SPDX-License-Identifier: Apache-2.0
"""The words and codes of accepted goods. A trader reads his own; of others a function tells codes that several use."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only, grant_to_application, row_level_security

OF_A_FILE_SEEN = "file IN (SELECT id FROM declarations_file)"

# The owner's rights, so that it counts what the asker may not read; it gives no names, and no code that few use.
CODES_OF_OTHERS = """
CREATE FUNCTION gumruk_codes_of_others(own text, keys text[], fewest integer)
RETURNS TABLE (key text, code text, traders bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.key, d.code, count(DISTINCT d.sender) FROM declarations_described d
    WHERE d.key = ANY(keys) AND d.sender <> own
    GROUP BY d.key, d.code HAVING count(DISTINCT d.sender) >= greatest(fewest, 3)
$$;
REVOKE ALL ON FUNCTION gumruk_codes_of_others(text, text[], integer) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("declarations", "0008_trails")]

    operations = [
        migrations.CreateModel(
            name="Described",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("sequence", models.IntegerField()),
                ("sender", models.TextField()),
                ("key", models.TextField()),
                ("code", models.TextField()),
                ("score", models.FloatField(null=True)),
                ("verdict", models.TextField(default="")),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "declarations_described"},
        ),
        migrations.AddIndex("described", models.Index(fields=["key", "sender"], name="declarations_described_key")),
        migrations.AddConstraint(
            "described", models.UniqueConstraint(fields=["file", "sequence"], name="declarations_described_once")
        ),
        *append_only("declarations_described"),
        row_level_security("declarations_described", OF_A_FILE_SEEN),
        migrations.RunSQL(CODES_OF_OTHERS, "DROP FUNCTION gumruk_codes_of_others"),
        grant_to_application("gumruk_codes_of_others(text, text[], integer)", "EXECUTE", kind="FUNCTION"),
    ]
