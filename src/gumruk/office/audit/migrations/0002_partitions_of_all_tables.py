# SPDX-License-Identifier: Apache-2.0
"""One function that makes a year's partitions of every table that grows for ever, for the worker to call in time."""

from __future__ import annotations

from django.db import migrations

from gumruk.office.audit.walls import grant_to_application

# The application may not make tables, so the owner lends it this. A parent that only grows refuses TRUNCATE by a
# trigger, which its partitions do not inherit: they get their own.
MAKE = """
CREATE FUNCTION gumruk_partitions_make(year integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent regclass;
    name text;
    made integer := 0;
BEGIN
    FOR parent IN
        SELECT p.partrelid::regclass FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
        WHERE p.partstrat = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1
    LOOP
        name := format('%s_%s', parent, year);
        CONTINUE WHEN to_regclass(name) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
            name, parent, audit_year_key(year), audit_year_key(year + 1));
        IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = parent AND tgname = 'append_only_truncate') THEN
            EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I'
                ' FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only()', name);
        END IF;
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION gumruk_partitions_make(integer) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_events_seals_outbox")]
    operations = [
        migrations.RunSQL([MAKE], "DROP FUNCTION gumruk_partitions_make(integer)"),
        grant_to_application("gumruk_partitions_make(integer)", "EXECUTE", kind="FUNCTION"),
    ]
