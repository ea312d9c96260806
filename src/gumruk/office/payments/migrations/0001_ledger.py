# SPDX-License-Identifier: Apache-2.0
"""The ledger: accounts, transactions, postings; what the database itself makes sure of; who may do what.

A posting belongs to the database transaction that opened its ledger transaction, which balances in each currency when
it is committed. No account goes below zero that may not. All three hold whatever the application believes.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from gumruk.office.audit.walls import append_only, grant_to_application, row_level_security

ACCOUNT_TABLE = """
CREATE TABLE ledger_account (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('bank', 'cash', 'advance', 'reserved', 'security', 'deposit', 'refund',
        'suspense', 'unidentified', 'treasury', 'exchange')),
    owner_kind text NOT NULL CHECK (owner_kind IN ('payer', 'office', 'administration')),
    owner_id text NOT NULL CHECK (owner_id <> ''),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    budget_code text NOT NULL CHECK ((kind = 'treasury') = (budget_code <> '')),
    is_asset boolean GENERATED ALWAYS AS (kind IN ('bank', 'cash')) STORED,
    may_go_negative boolean GENERATED ALWAYS AS (kind = 'exchange') STORED,
    balance_kept boolean GENERATED ALWAYS AS (owner_kind = 'payer') STORED,
    CONSTRAINT ledger_account_one UNIQUE (kind, owner_kind, owner_id, currency, budget_code)
);
"""

BALANCE_TABLE = """
CREATE TABLE ledger_balance (
    account_id uuid NOT NULL PRIMARY KEY REFERENCES ledger_account (id),
    balance numeric NOT NULL
) WITH (fillfactor = 80);
"""

# `xid`: its default is all that the application can write there, by its rights.
TRANSACTION_TABLE = """
CREATE TABLE ledger_transaction (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    office_id text NOT NULL,
    payer_id text NOT NULL,
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    reference text NOT NULL,
    value_date date NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id()
) PARTITION BY RANGE (id);
CREATE TABLE ledger_transaction_default PARTITION OF ledger_transaction DEFAULT;
CREATE INDEX ledger_transaction_subject ON ledger_transaction (subject_kind, subject_id);
CREATE INDEX ledger_transaction_office ON ledger_transaction (office_id, id);
"""

POSTING_TABLE = """
CREATE TABLE ledger_posting (
    transaction_id uuid NOT NULL REFERENCES ledger_transaction (id),
    line smallint NOT NULL,
    account_id uuid NOT NULL REFERENCES ledger_account (id),
    amount numeric NOT NULL CHECK (amount <> 0 AND scale(amount) <= 4 AND abs(amount) < 1e20),
    charge text NOT NULL,
    PRIMARY KEY (transaction_id, line)
) PARTITION BY RANGE (transaction_id);
CREATE TABLE ledger_posting_default PARTITION OF ledger_posting DEFAULT;
CREATE INDEX ledger_posting_account ON ledger_posting (account_id, transaction_id);
"""

KEY_TABLE = """
CREATE TABLE ledger_key (
    source text NOT NULL,
    reference text NOT NULL,
    transaction_id uuid NOT NULL,
    content jsonb NOT NULL,
    PRIMARY KEY (source, reference)
);
"""

# Who may see an account: everybody's for the whole administration, payers' and his own posts' for an officer, his own
# for a trader. One place for the policies and for the function that locks.
VISIBLE_FUNCTION = """
CREATE FUNCTION ledger_visible(owner_kind text, owner_id text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE current_setting('gumruk.scope', true)
        WHEN 'all' THEN true
        WHEN 'offices' THEN owner_kind <> 'office'
            OR owner_id = ANY (string_to_array(current_setting('gumruk.offices', true), ','))
        WHEN 'trader' THEN owner_kind = 'payer' AND owner_id = current_setting('gumruk.trader', true)
        ELSE false
    END
$$;
"""

# The application has no right to change an account, and so none to lock one: the owner lends it this function. It gives
# the balance under the lock, seen by the account's owner (an asset grows by debits, a liability by credits).
LOCK_FUNCTION = """
CREATE FUNCTION ledger_account_lock(wanted uuid) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    account ledger_account;
BEGIN
    SELECT * INTO account FROM ledger_account WHERE id = wanted FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT ledger_visible(account.owner_kind, account.owner_id) THEN
        RAISE EXCEPTION 'account % is not there for this actor', wanted USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF account.balance_kept THEN
        RETURN coalesce((SELECT balance FROM ledger_balance WHERE account_id = wanted), 0);
    END IF;
    RETURN coalesce((SELECT sum(amount) FROM ledger_posting WHERE account_id = wanted), 0)
        * CASE WHEN account.is_asset THEN 1 ELSE -1 END;
END $$;
REVOKE ALL ON FUNCTION ledger_account_lock(uuid) FROM PUBLIC;
"""

# Each posting: only in the database transaction that opened it; the kept balance follows; nothing below zero.
POSTED_FUNCTION = """
CREATE FUNCTION ledger_posted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    account ledger_account;
    change numeric;
    held numeric;
BEGIN
    IF (SELECT xid FROM ledger_transaction WHERE id = NEW.transaction_id) IS DISTINCT FROM pg_current_xact_id() THEN
        RAISE EXCEPTION 'transaction % is closed: nothing can be posted to it', NEW.transaction_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_closed';
    END IF;
    SELECT * INTO account FROM ledger_account WHERE id = NEW.account_id;
    change := CASE WHEN account.is_asset THEN NEW.amount ELSE -NEW.amount END;
    IF account.balance_kept THEN
        INSERT INTO ledger_balance AS b VALUES (NEW.account_id, change)
            ON CONFLICT (account_id) DO UPDATE SET balance = b.balance + change RETURNING balance INTO held;
    ELSIF change < 0 AND NOT account.may_go_negative THEN
        PERFORM FROM ledger_account WHERE id = NEW.account_id FOR NO KEY UPDATE;
        SELECT sum(amount) * CASE WHEN account.is_asset THEN 1 ELSE -1 END INTO held
            FROM ledger_posting WHERE account_id = NEW.account_id;
    ELSE
        RETURN NULL;
    END IF;
    IF held < 0 AND change < 0 THEN
        RAISE EXCEPTION 'account % would go below zero: %', NEW.account_id, held
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_not_negative';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER posted AFTER INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_posted();
"""

# At commit: each transaction adds up to zero in each currency, and one without postings is none.
BALANCED_FUNCTION = """
CREATE FUNCTION ledger_balanced() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    opened uuid := CASE WHEN TG_TABLE_NAME LIKE 'ledger_posting%' THEN (to_jsonb(NEW) ->> 'transaction_id')::uuid
        ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
    lines integer;
    off text;
BEGIN
    SELECT count(*) INTO lines FROM ledger_posting WHERE transaction_id = opened;
    SELECT string_agg(currency || ' ' || total, ', ') INTO off FROM (
        SELECT a.currency, sum(p.amount) AS total
        FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.transaction_id = opened GROUP BY a.currency HAVING sum(p.amount) <> 0
    ) AS sums;
    IF lines < 2 OR off IS NOT NULL THEN
        RAISE EXCEPTION 'transaction % does not balance: % postings, off by %', opened, lines, coalesce(off, 'nothing')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_posting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_transaction DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
"""

# Years are made ahead, children and parents alike, but few: a query that cannot tell the year is planned for each of
# them. What is later than the last lies in the default partitions until its year is made.
PARTITION_FUNCTION = """
CREATE FUNCTION ledger_partition_make(parent text, year integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    name text := format('%s_%s', parent, year);
BEGIN
    IF parent NOT IN ('ledger_transaction', 'ledger_posting', 'payments_demand', 'payments_receipt') THEN
        RAISE EXCEPTION '% is no table of the ledger', parent;
    END IF;
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        name, parent, audit_year_key(year), audit_year_key(year + 1));
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only()', name);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION ledger_partition_make(text, integer) FROM PUBLIC;
"""

MAKE_PARTITIONS = """
SELECT ledger_partition_make(parent, year)
FROM unnest(ARRAY['ledger_transaction', 'ledger_posting']) AS parent, generate_series(2026, 2028) AS year
"""

DEFAULT_TRUNCATE = """
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger_transaction_default
    FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON ledger_posting_default
    FOR EACH STATEMENT EXECUTE FUNCTION gumruk_append_only();
"""

TRANSACTION_COLUMNS = (
    "id", "kind", "office_id", "payer_id", "subject_kind", "subject_id", "reference", "value_date", "at", "actor",
)  # fmt: skip

SEES_TRANSACTION = "ledger_visible('office', office_id) OR (payer_id <> '' AND ledger_visible('payer', payer_id))"
SEES_ACCOUNT = "ledger_visible(owner_kind, owner_id)"
OF_VISIBLE_ACCOUNT = "EXISTS (SELECT FROM ledger_account a WHERE a.id = account_id)"
STAFF = "current_setting('gumruk.scope', true) IN ('all', 'offices')"

EXACT = {"max_digits": 24, "decimal_places": 4}

STATE = [
    migrations.CreateModel(
        name="LedgerAccount",
        fields=[
            ("id", models.UUIDField(primary_key=True, serialize=False)),
            ("kind", models.TextField()),
            ("owner_kind", models.TextField()),
            ("owner_id", models.TextField()),
            ("currency", models.TextField()),
            ("budget_code", models.TextField(default="")),
        ],
        options={
            "db_table": "ledger_account",
            "constraints": [
                models.UniqueConstraint(
                    fields=("kind", "owner_kind", "owner_id", "currency", "budget_code"), name="ledger_account_one"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="AccountBalance",
        fields=[
            (
                "account",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    primary_key=True,
                    related_name="kept",
                    serialize=False,
                    to="payments.ledgeraccount",
                ),
            ),
            ("balance", models.DecimalField(**EXACT)),
        ],
        options={"db_table": "ledger_balance"},
    ),
    migrations.CreateModel(
        name="LedgerTransaction",
        fields=[
            ("id", models.UUIDField(primary_key=True, serialize=False)),
            ("kind", models.TextField()),
            ("office_id", models.TextField()),
            ("payer_id", models.TextField()),
            ("subject_kind", models.TextField()),
            ("subject_id", models.TextField()),
            ("reference", models.TextField()),
            ("value_date", models.DateField()),
            ("at", models.DateTimeField()),
            ("actor", models.TextField()),
        ],
        options={
            "db_table": "ledger_transaction",
            "indexes": [
                models.Index(fields=["subject_kind", "subject_id"], name="ledger_transaction_subject"),
                models.Index(fields=["office_id", "id"], name="ledger_transaction_office"),
            ],
        },
    ),
    migrations.CreateModel(
        name="LedgerPosting",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "transaction_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            (
                "transaction",
                models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="postings",
                    to="payments.ledgertransaction",
                ),
            ),
            ("line", models.SmallIntegerField()),
            (
                "account",
                models.ForeignKey(
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="postings",
                    to="payments.ledgeraccount",
                ),
            ),
            ("amount", models.DecimalField(**EXACT)),
            ("charge", models.TextField()),
        ],
        options={
            "db_table": "ledger_posting",
            "indexes": [models.Index(fields=["account", "transaction"], name="ledger_posting_account")],
        },
    ),
    migrations.CreateModel(
        name="LedgerKey",
        fields=[
            (
                "pk",
                models.CompositePrimaryKey(
                    "source", "reference", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("source", models.TextField()),
            ("reference", models.TextField()),
            ("transaction_id", models.UUIDField()),
            ("content", models.JSONField()),
        ],
        options={"db_table": "ledger_key"},
    ),
]


def run(statement: str, back: str = migrations.RunSQL.noop) -> migrations.RunSQL:
    """One statement and how it is taken back."""
    return migrations.RunSQL(statement, back)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0001_events_seals_outbox")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                run(ACCOUNT_TABLE, "DROP TABLE ledger_account"),
                run(BALANCE_TABLE, "DROP TABLE ledger_balance"),
                run(TRANSACTION_TABLE, "DROP TABLE ledger_transaction"),
                run(POSTING_TABLE, "DROP TABLE ledger_posting"),
                run(KEY_TABLE, "DROP TABLE ledger_key"),
            ],
            state_operations=STATE,
        ),
        run(VISIBLE_FUNCTION, "DROP FUNCTION ledger_visible"),
        run(LOCK_FUNCTION, "DROP FUNCTION ledger_account_lock"),
        run(POSTED_FUNCTION, "DROP FUNCTION ledger_posted CASCADE"),
        run(BALANCED_FUNCTION, "DROP FUNCTION ledger_balanced CASCADE"),
        *append_only("ledger_account", ("id", "kind", "owner_kind", "owner_id", "currency", "budget_code")),
        *append_only("ledger_transaction", TRANSACTION_COLUMNS),
        *append_only("ledger_posting"),
        *append_only("ledger_key"),
        run(DEFAULT_TRUNCATE),
        run(PARTITION_FUNCTION, "DROP FUNCTION ledger_partition_make"),
        run(MAKE_PARTITIONS),
        grant_to_application("ledger_balance", "SELECT"),
        grant_to_application("ledger_account_lock(uuid)", "EXECUTE", kind="FUNCTION"),
        row_level_security("ledger_account", SEES_ACCOUNT),
        row_level_security("ledger_balance", OF_VISIBLE_ACCOUNT),
        row_level_security("ledger_transaction", SEES_TRANSACTION),
        row_level_security("ledger_posting", OF_VISIBLE_ACCOUNT),
        row_level_security("ledger_key", STAFF),
    ]
