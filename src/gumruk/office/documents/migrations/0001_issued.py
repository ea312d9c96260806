# SPDX-License-Identifier: Apache-2.0
"""Issued documents, their tokens, and which of them are revoked."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only, grant_to_application, row_level_security

ISSUED_TABLE = """
CREATE TABLE documents_issued (
    id uuid NOT NULL PRIMARY KEY,
    token text NOT NULL CHECK (length(token) = 22),
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    number text NOT NULL,
    office_id text NOT NULL,
    owner_id text NOT NULL,
    digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    training boolean NOT NULL,
    issued_at timestamptz NOT NULL,
    actor text NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE documents_issued_default PARTITION OF documents_issued DEFAULT;
CREATE INDEX documents_issued_subject ON documents_issued (subject_kind, subject_id, kind);
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON documents_issued_default
    FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only();
"""

REGISTRY_TABLE = """
CREATE TABLE documents_token (
    token text NOT NULL PRIMARY KEY,
    document_id uuid NOT NULL REFERENCES documents_issued (id)
);
"""

REVOKED_TABLE = """
CREATE TABLE documents_revoked (
    document_id uuid NOT NULL PRIMARY KEY REFERENCES documents_issued (id),
    reason text NOT NULL CHECK (reason <> ''),
    at timestamptz NOT NULL,
    actor text NOT NULL
);
"""

# A stranger may see the one document whose token he holds, and cannot list any: the owner lends him this function.
FINDING_FUNCTION = """
CREATE FUNCTION documents_by_token(wanted text)
RETURNS TABLE (id uuid, kind text, number text, office_id text, digest text, training boolean, issued_at timestamptz,
    revoked_at timestamptz, subject_kind text, subject_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.id, i.kind, i.number, i.office_id, i.digest, i.training, i.issued_at, r.at, i.subject_kind, i.subject_id
    FROM documents_token t JOIN documents_issued i ON i.id = t.document_id
    LEFT JOIN documents_revoked r ON r.document_id = i.id
    WHERE t.token = wanted
$$;
REVOKE ALL ON FUNCTION documents_by_token(text) FROM PUBLIC;
"""

PARTITION_FUNCTION = """
CREATE FUNCTION documents_partition_make(year integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text := format('documents_issued_%s', year);
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF documents_issued FOR VALUES FROM (%L) TO (%L)',
        name, audit_year_key(year), audit_year_key(year + 1));
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only()', name);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION documents_partition_make(integer) FROM PUBLIC;
"""

MAKE_PARTITIONS = "SELECT documents_partition_make(year) FROM generate_series(2026, 2028) AS year"

SEES = """
CASE current_setting('gumruk.scope', true)
    WHEN 'all' THEN true
    WHEN 'offices' THEN true
    WHEN 'trader' THEN owner_id <> '' AND owner_id = current_setting('gumruk.trader', true)
    ELSE false
END
"""
OF_VISIBLE_DOCUMENT = "EXISTS (SELECT FROM documents_issued i WHERE i.id = document_id)"

STATE = [
    migrations.CreateModel(
        name="Issued",
        fields=[
            ("id", models.UUIDField(primary_key=True, serialize=False)),
            ("token", models.TextField()),
            ("kind", models.TextField()),
            ("subject_kind", models.TextField()),
            ("subject_id", models.TextField()),
            ("number", models.TextField()),
            ("office_id", models.TextField()),
            ("owner_id", models.TextField()),
            ("digest", models.TextField()),
            ("training", models.BooleanField()),
            ("issued_at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={
            "db_table": "documents_issued",
            "indexes": [models.Index(fields=["subject_kind", "subject_id", "kind"], name="documents_issued_subject")],
        },
    ),
    migrations.CreateModel(
        name="Token",
        fields=[
            ("token", models.TextField(primary_key=True, serialize=False)),
            ("document_id", models.UUIDField()),
        ],
        options={"db_table": "documents_token"},
    ),
    migrations.CreateModel(
        name="Revoked",
        fields=[
            ("document_id", models.UUIDField(primary_key=True, serialize=False)),
            ("reason", models.TextField()),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={"db_table": "documents_revoked"},
    ),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0001_events_seals_outbox")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(ISSUED_TABLE, "DROP TABLE documents_issued"),
                migrations.RunSQL(REGISTRY_TABLE, "DROP TABLE documents_token"),
                migrations.RunSQL(REVOKED_TABLE, "DROP TABLE documents_revoked"),
            ],
            state_operations=STATE,
        ),
        *append_only("documents_issued"),
        *append_only("documents_token"),
        *append_only("documents_revoked"),
        migrations.RunSQL(FINDING_FUNCTION, "DROP FUNCTION documents_by_token"),
        migrations.RunSQL(PARTITION_FUNCTION, "DROP FUNCTION documents_partition_make"),
        migrations.RunSQL(MAKE_PARTITIONS, migrations.RunSQL.noop),
        grant_to_application("documents_by_token(text)", "EXECUTE", kind="FUNCTION"),
        row_level_security("documents_issued", SEES),
        row_level_security("documents_token", OF_VISIBLE_DOCUMENT),
        row_level_security("documents_revoked", OF_VISIBLE_DOCUMENT),
    ]
