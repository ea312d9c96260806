# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import Error, connection, connections, migrations, transaction
from django.db.migrations.state import ProjectState
from tests.office.audit.conftest import NOON

from gumruk.law.audit import Event
from gumruk.office.audit.sealing import events_seal
from gumruk.office.audit.walls import append_only, application_role, row_level_security

FORBIDDEN = [
    "UPDATE audit_event SET actor = 'farrukh'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "UPDATE audit_event_2026 SET actor = 'farrukh'",
    "DELETE FROM audit_event_2026",
    "TRUNCATE audit_event_2026",
    "UPDATE audit_leaf SET hash = hash",
    "DELETE FROM audit_leaf",
    "TRUNCATE audit_leaf",
    "UPDATE audit_seal SET root = root",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
@pytest.mark.parametrize("user", ["default", "owner"])
def test_it_refuses_to_change_what_was_written(append: Callable[..., Event], user: str, statement: str) -> None:
    append("1")
    events_seal(at=NOON)
    with (
        pytest.raises(Error, match=r"permission denied|never changed or removed"),
        transaction.atomic(using=user),
        connections[user].cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON audit_event",
        "UPDATE audit_personal SET salt = salt",
        "INSERT INTO audit_sealer VALUES (1, '0')",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
    ],
)
def test_it_does_not_let_the_application_take_the_walls_down(committed: None, statement: str) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_it_does_not_let_the_application_say_which_transaction_wrote(append: Callable[..., Event]) -> None:
    append("1")
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_event SELECT * FROM audit_event")


def test_it_makes_a_partition_for_a_year_to_come_once(committed: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_event_partition_make(2040), audit_event_partition_make(2040)")
        assert cursor.fetchone() == (True, False)
        cursor.execute("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'audit_event_2040'")
        assert "FOR VALUES FROM ('0202" in cursor.fetchone()[0]
        transaction.set_rollback(True)


def test_it_shows_rows_by_the_transactions_actor(committed: None) -> None:
    """The operations that other areas' migrations use, on a table of our own, forwards and backwards."""
    scope = "current_setting('gumruk.scope', true)"
    operations = [
        migrations.RunSQL("CREATE TABLE walls_trial (owner text)", "DROP TABLE walls_trial"),
        *append_only("walls_trial"),
        row_level_security("walls_trial", f"owner = {scope}", f"{scope} = 'all' OR owner = {scope}"),
    ]
    for operation in operations:
        assert operation.describe()
        with connections["owner"].schema_editor() as editor:
            operation.database_forwards("audit", editor, ProjectState(), ProjectState())
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('gumruk.scope', 'alpha', true)")
            cursor.execute("INSERT INTO walls_trial VALUES ('alpha')")
            cursor.execute("SELECT set_config('gumruk.scope', 'zed', true)")
            cursor.execute("SELECT count(*) FROM walls_trial")
            assert cursor.fetchone() == (0,)
        with (
            pytest.raises(Error, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT set_config('gumruk.scope', 'zed', true)")
            cursor.execute("INSERT INTO walls_trial VALUES ('alpha')")
    finally:
        for operation in reversed(operations):
            with connections["owner"].schema_editor() as editor:
                operation.database_backwards("audit", editor, ProjectState(), ProjectState())
    assert application_role() != connections["owner"].settings_dict["USER"]
