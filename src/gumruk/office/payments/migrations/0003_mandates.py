# SPDX-License-Identifier: Apache-2.0
"""Mandates: whose charges a payer lets others have reserved from his advance account; who declared what a file owes."""

from __future__ import annotations

from django.db import migrations, models

from gumruk.office.audit.walls import append_only, row_level_security

MANDATE_TABLE = """
CREATE TABLE payments_mandate (
    id uuid NOT NULL PRIMARY KEY,
    payer_id text NOT NULL CHECK (payer_id <> ''),
    agent_id text NOT NULL CHECK (agent_id <> '' AND agent_id <> payer_id),
    since date NOT NULL,
    until date CHECK (until >= since),
    at timestamptz NOT NULL,
    actor text NOT NULL,
    CONSTRAINT payments_mandate_whole UNIQUE (id, payer_id, agent_id)
);
CREATE INDEX payments_mandate_payer ON payments_mandate (payer_id, agent_id);
CREATE INDEX payments_mandate_agent ON payments_mandate (agent_id);
"""

# The payer and the agent stand here again, so that a revocation is seen and written by whom the mandate concerns.
REVOCATION_TABLE = """
CREATE TABLE payments_mandate_revocation (
    mandate_id uuid NOT NULL PRIMARY KEY,
    payer_id text NOT NULL,
    agent_id text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    CONSTRAINT payments_mandate_revocation_of FOREIGN KEY (mandate_id, payer_id, agent_id)
        REFERENCES payments_mandate (id, payer_id, agent_id)
);
"""

SEES = (
    "current_setting('gumruk.scope', true) IN ('all', 'offices') OR (current_setting('gumruk.scope', true) = 'trader'"
    " AND current_setting('gumruk.trader', true) IN (payer_id, agent_id))"
)
# Nobody agrees for a payer, be he an officer or the system.
WRITES = "current_setting('gumruk.scope', true) = 'trader' AND payer_id = current_setting('gumruk.trader', true)"

STATE = [
    migrations.CreateModel(
        name="Mandate",
        fields=[
            ("id", models.UUIDField(primary_key=True, serialize=False)),
            ("payer_id", models.TextField()),
            ("agent_id", models.TextField()),
            ("since", models.DateField()),
            ("until", models.DateField(null=True)),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={
            "db_table": "payments_mandate",
            "indexes": [
                models.Index(fields=["payer_id", "agent_id"], name="payments_mandate_payer"),
                models.Index(fields=["agent_id"], name="payments_mandate_agent"),
            ],
        },
    ),
    migrations.CreateModel(
        name="MandateRevocation",
        fields=[
            ("mandate_id", models.UUIDField(primary_key=True, serialize=False)),
            ("payer_id", models.TextField()),
            ("agent_id", models.TextField()),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={"db_table": "payments_mandate_revocation"},
    ),
    migrations.AddField("Demand", "agent_id", models.TextField(default="")),
]


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_receipts")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL([MANDATE_TABLE], "DROP TABLE payments_mandate"),
                migrations.RunSQL([REVOCATION_TABLE], "DROP TABLE payments_mandate_revocation"),
                migrations.RunSQL(
                    ["ALTER TABLE payments_demand ADD COLUMN agent_id text NOT NULL DEFAULT ''"],
                    "ALTER TABLE payments_demand DROP COLUMN agent_id",
                ),
            ],
            state_operations=STATE,
        ),
        *append_only("payments_mandate"),
        *append_only("payments_mandate_revocation"),
        row_level_security("payments_mandate", SEES, WRITES),
        row_level_security("payments_mandate_revocation", SEES, WRITES),
    ]
