# SPDX-License-Identifier: Apache-2.0
"""Receipts without gaps, what files owe, and which of them wait for money."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only, grant_to_application, row_level_security

DEMAND_TABLE = """
CREATE TABLE payments_demand (
    id uuid NOT NULL PRIMARY KEY,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    reference text NOT NULL,
    payer_id text NOT NULL,
    office_id text NOT NULL,
    currency text NOT NULL,
    charges jsonb NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE payments_demand_default PARTITION OF payments_demand DEFAULT;
CREATE INDEX payments_demand_subject ON payments_demand (subject_kind, subject_id, version DESC);
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON payments_demand_default
    FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only();
"""

WAITING_TABLE = """
CREATE TABLE payments_waiting (
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    payer_id text NOT NULL,
    office_id text NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
);
CREATE INDEX payments_waiting_payer ON payments_waiting (payer_id, since);
"""

RECEIPT_TABLE = """
CREATE TABLE payments_receipt (
    id uuid NOT NULL PRIMARY KEY,
    office_id text NOT NULL,
    year smallint NOT NULL,
    serial integer NOT NULL CHECK (serial > 0),
    number text NOT NULL,
    transaction_id uuid NOT NULL REFERENCES ledger_transaction (id),
    payer_id text NOT NULL,
    holder text NOT NULL CHECK (holder IN ('bank', 'cash')),
    amount numeric NOT NULL CHECK (amount > 0),
    currency text NOT NULL,
    reference text NOT NULL CHECK (reference <> ''),
    value_date date NOT NULL,
    remark text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL
) PARTITION BY RANGE (id);
CREATE TABLE payments_receipt_default PARTITION OF payments_receipt DEFAULT;
CREATE INDEX payments_receipt_office ON payments_receipt (office_id, id DESC);
CREATE INDEX payments_receipt_payer ON payments_receipt (payer_id, id DESC);
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON payments_receipt_default
    FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only();
"""

NUMBER_TABLE = """
CREATE TABLE payments_receipt_number (
    office_id text NOT NULL,
    year smallint NOT NULL,
    serial integer NOT NULL,
    receipt_id uuid NOT NULL UNIQUE REFERENCES payments_receipt (id),
    PRIMARY KEY (office_id, year, serial)
);
"""

# A counter starts at one and goes up by one: whoever writes anything else is refused by the database.
COUNTER_TABLE = """
CREATE TABLE payments_receipt_counter (
    office_id text NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    PRIMARY KEY (office_id, year)
) WITH (fillfactor = 50);
CREATE FUNCTION payments_counter_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        before := OLD.last;
    END IF;
    IF NEW.last <> before + 1 THEN
        RAISE EXCEPTION 'receipts of % have no gaps: after % comes not %', NEW.office_id, before, NEW.last
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER step BEFORE INSERT OR UPDATE ON payments_receipt_counter
    FOR EACH ROW EXECUTE FUNCTION payments_counter_step();
"""

VOID_TABLE = """
CREATE TABLE payments_receipt_void (
    receipt_id uuid NOT NULL PRIMARY KEY REFERENCES payments_receipt (id),
    transaction_id uuid NOT NULL REFERENCES ledger_transaction (id),
    office_id text NOT NULL,
    payer_id text NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    at timestamptz NOT NULL,
    actor text NOT NULL
);
"""

MAKE_PARTITIONS = """
SELECT ledger_partition_make(parent, year)
FROM unnest(ARRAY['payments_demand', 'payments_receipt']) AS parent, generate_series(2026, 2028) AS year
"""

SEES = "ledger_visible('office', office_id) OR (payer_id <> '' AND ledger_visible('payer', payer_id))"
STAFF = "current_setting('gumruk.scope', true) IN ('all', 'offices')"
EXACT = {"max_digits": 24, "decimal_places": 4}
OF_SUBJECT = ["subject_kind", "subject_id"]


def key(*names: str) -> models.CompositePrimaryKey:
    """A primary key of several columns."""
    return models.CompositePrimaryKey(*names, blank=True, editable=False, primary_key=True, serialize=False)


STATE = [
    migrations.CreateModel(
        name="Demand",
        fields=[
            ("id", models.UUIDField(primary_key=True, serialize=False)),
            ("subject_kind", models.TextField()),
            ("subject_id", models.TextField()),
            ("version", models.IntegerField()),
            ("reference", models.TextField()),
            ("payer_id", models.TextField()),
            ("office_id", models.TextField()),
            ("currency", models.TextField()),
            ("charges", models.JSONField()),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={
            "db_table": "payments_demand",
            "indexes": [models.Index(fields=[*OF_SUBJECT, "-version"], name="payments_demand_subject")],
        },
    ),
    migrations.CreateModel(
        name="Waiting",
        fields=[
            ("pk", key(*OF_SUBJECT)),
            ("subject_kind", models.TextField()),
            ("subject_id", models.TextField()),
            ("payer_id", models.TextField()),
            ("office_id", models.TextField()),
            ("since", models.DateTimeField()),
        ],
        options={
            "db_table": "payments_waiting",
            "indexes": [models.Index(fields=["payer_id", "since"], name="payments_waiting_payer")],
        },
    ),
    migrations.CreateModel(
        name="Receipt",
        fields=[
            ("id", models.UUIDField(primary_key=True, serialize=False)),
            ("office_id", models.TextField()),
            ("year", models.SmallIntegerField()),
            ("serial", models.IntegerField()),
            ("number", models.TextField()),
            ("transaction_id", models.UUIDField()),
            ("payer_id", models.TextField()),
            ("holder", models.TextField()),
            ("amount", models.DecimalField(**EXACT)),
            ("currency", models.TextField()),
            ("reference", models.TextField()),
            ("value_date", models.DateField()),
            ("remark", models.TextField()),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={
            "db_table": "payments_receipt",
            "indexes": [
                models.Index(fields=["office_id", "-id"], name="payments_receipt_office"),
                models.Index(fields=["payer_id", "-id"], name="payments_receipt_payer"),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReceiptNumber",
        fields=[
            ("pk", key("office_id", "year", "serial")),
            ("office_id", models.TextField()),
            ("year", models.SmallIntegerField()),
            ("serial", models.IntegerField()),
            ("receipt_id", models.UUIDField(unique=True)),
        ],
        options={"db_table": "payments_receipt_number"},
    ),
    migrations.CreateModel(
        name="ReceiptCounter",
        fields=[
            ("pk", key("office_id", "year")),
            ("office_id", models.TextField()),
            ("year", models.SmallIntegerField()),
            ("last", models.IntegerField()),
        ],
        options={"db_table": "payments_receipt_counter"},
    ),
    migrations.CreateModel(
        name="ReceiptVoid",
        fields=[
            ("receipt_id", models.UUIDField(primary_key=True, serialize=False)),
            ("transaction_id", models.UUIDField()),
            ("office_id", models.TextField()),
            ("payer_id", models.TextField()),
            ("reason", models.TextField()),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={"db_table": "payments_receipt_void"},
    ),
]


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_ledger")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL([DEMAND_TABLE], "DROP TABLE payments_demand"),
                migrations.RunSQL([WAITING_TABLE], "DROP TABLE payments_waiting"),
                migrations.RunSQL([RECEIPT_TABLE], "DROP TABLE payments_receipt"),
                migrations.RunSQL([NUMBER_TABLE], "DROP TABLE payments_receipt_number"),
                migrations.RunSQL(
                    [COUNTER_TABLE], "DROP TABLE payments_receipt_counter; DROP FUNCTION payments_counter_step"
                ),
                migrations.RunSQL([VOID_TABLE], "DROP TABLE payments_receipt_void"),
            ],
            state_operations=STATE,
        ),
        *append_only("payments_demand"),
        *append_only("payments_receipt"),
        *append_only("payments_receipt_number"),
        *append_only("payments_receipt_void"),
        migrations.RunSQL([MAKE_PARTITIONS], migrations.RunSQL.noop),
        grant_to_application("payments_waiting", "SELECT, INSERT, UPDATE, DELETE"),
        grant_to_application("payments_receipt_counter", "SELECT, INSERT, UPDATE"),
        row_level_security("payments_demand", SEES),
        row_level_security("payments_waiting", SEES),
        row_level_security("payments_receipt", SEES),
        row_level_security("payments_receipt_number", STAFF),
        row_level_security("payments_receipt_counter", STAFF),
        row_level_security("payments_receipt_void", SEES),
    ]
