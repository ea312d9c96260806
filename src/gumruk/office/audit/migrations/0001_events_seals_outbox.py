# SPDX-License-Identifier: Apache-2.0
"""Events, their subjects, the tree with its seals, personal details apart, the outbox; and who may do what."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only, grant_to_application

EVENT_COLUMNS = (
    "id", "subject_kind", "subject_id", "sequence", "previous_hash", "kind", "at", "actor", "body",
    "personal_commitment", "hash",
)  # fmt: skip

# `xid` is the writing transaction: its default is all that the application can write there, by its rights.
EVENT_TABLE = """
CREATE TABLE audit_event (
    id uuid NOT NULL PRIMARY KEY,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
    kind text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    body jsonb NOT NULL,
    personal_commitment bytea CHECK (octet_length(personal_commitment) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id()
) PARTITION BY RANGE (id);
CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, sequence);
CREATE INDEX audit_event_xid ON audit_event (xid);
"""

# Up to where the sealer has sealed everything: each transaction below is finished and its events are leaves.
SEALER_TABLE = """
CREATE TABLE audit_sealer (
    id smallint PRIMARY KEY CHECK (id = 1),
    watermark xid8 NOT NULL
);
INSERT INTO audit_sealer VALUES (1, '0');
"""

# The application may not make tables, and the worker must make next year's: so the owner lends it this function.
PARTITION_FUNCTION = """
CREATE FUNCTION audit_event_partition_make(year integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text := format('audit_event_%s', year);
    first uuid := audit_year_key(year);
    following uuid := audit_year_key(year + 1);
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)', name, first, following);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only()', name);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION audit_event_partition_make(integer) FROM PUBLIC;
"""

YEAR_KEY_FUNCTION = """
CREATE FUNCTION audit_year_key(year integer) RETURNS uuid LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog AS $$
    SELECT (lpad(to_hex((extract(epoch FROM make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid
$$;
"""

# The worker makes the following years in time.
MAKE_PARTITIONS = "SELECT audit_event_partition_make(year) FROM generate_series(2026, 2036) AS year"

DEFAULT_TRUNCATE = """
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_event_default
FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only()
"""


COMPOSITE = {"blank": True, "editable": False, "primary_key": True, "serialize": False}


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(EVENT_TABLE, "DROP TABLE audit_event")],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("subject_kind", models.TextField()),
                        ("subject_id", models.TextField()),
                        ("sequence", models.BigIntegerField()),
                        ("previous_hash", models.BinaryField()),
                        ("kind", models.TextField()),
                        ("at", models.DateTimeField()),
                        ("actor", models.TextField()),
                        ("body", models.JSONField()),
                        ("personal_commitment", models.BinaryField(null=True)),
                        ("hash", models.BinaryField()),
                    ],
                    options={"db_table": "audit_event"},
                )
            ],
        ),
        *append_only("audit_event", EVENT_COLUMNS),
        migrations.RunSQL(DEFAULT_TRUNCATE, migrations.RunSQL.noop),
        migrations.RunSQL(YEAR_KEY_FUNCTION, "DROP FUNCTION audit_year_key"),
        migrations.RunSQL(PARTITION_FUNCTION, "DROP FUNCTION audit_event_partition_make"),
        migrations.RunSQL(MAKE_PARTITIONS, migrations.RunSQL.noop),
        grant_to_application("audit_event_partition_make(integer)", "EXECUTE", kind="FUNCTION"),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_kind", "subject_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_kind", models.TextField()),
                ("subject_id", models.TextField()),
                ("last_sequence", models.BigIntegerField()),
                ("last_hash", models.BinaryField()),
            ],
            options={"db_table": "audit_subject"},
        ),
        migrations.RunSQL("ALTER TABLE audit_subject SET (fillfactor = 80)", migrations.RunSQL.noop),
        grant_to_application("audit_subject", "SELECT, INSERT, UPDATE"),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "audit_leaf"},
        ),
        *append_only("audit_leaf"),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "index", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "audit_node"},
        ),
        *append_only("audit_node"),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("first", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("peaks", models.BinaryField()),
            ],
            options={"db_table": "audit_seal"},
        ),
        *append_only("audit_seal"),
        migrations.RunSQL(SEALER_TABLE, "DROP TABLE audit_sealer"),
        grant_to_application("audit_sealer", "SELECT, UPDATE"),
        migrations.CreateModel(
            name="Personal",
            fields=[
                ("event_id", models.UUIDField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField()),
                ("details", models.JSONField()),
            ],
            options={"db_table": "audit_personal"},
        ),
        grant_to_application("audit_personal", "SELECT, INSERT, DELETE"),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("topic", models.TextField()),
                ("payload", models.JSONField()),
                ("put_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.IntegerField(default=0)),
                ("last_error", models.TextField(default="")),
            ],
            options={
                "db_table": "audit_outbox",
                "indexes": [models.Index(fields=["due_at", "id"], name="audit_outbox_due")],
            },
        ),
        grant_to_application("audit_outbox", "SELECT, INSERT, UPDATE, DELETE"),
        grant_to_application("django_migrations", "SELECT"),  # to tell whether the schema is the program's
    ]
