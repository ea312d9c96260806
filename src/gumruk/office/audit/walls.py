# SPDX-License-Identifier: Apache-2.0
"""Migration operations that build the second wall: what PostgreSQL refuses, whatever the application believes.

The application's role is the user of the database alias `default`. Where it is the one that migrates (a database
without two users), there is nobody to grant to, and the triggers alone hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.migrations.operations.base import Operation


def grant_to_application(table: str, rights: str, columns: Sequence[str] = (), kind: str = "TABLE") -> Operation:
    """Give the application these rights (`SELECT, INSERT`) on a table, and no others.

    With `columns`, INSERT is given on those columns only: the rest keep their defaults. `kind` may be SEQUENCE.
    """
    return _Walls(
        forward=[
            f"REVOKE ALL ON {kind} {table} FROM {{role}}",
            *(f"GRANT {_on(right, columns)} ON {kind} {table} TO {{role}}" for right in rights.split(",")),
        ],
        back=[f"REVOKE ALL ON {kind} {table} FROM {{role}}"],
        describes=f"Grant {rights} on {table} to the application",
        needs_role=True,
    )


def append_only(table: str, columns: Sequence[str] = ()) -> list[Operation]:
    """Rows of this table are added and read, never changed or removed.

    The application is granted SELECT and INSERT; triggers refuse UPDATE, DELETE and TRUNCATE even to the owner, who
    would have to drop them first. Write `*append_only("payments_posting")` among a migration's operations.
    """
    refuse = "EXECUTE FUNCTION gumruk_append_only()"
    triggers = _Walls(
        forward=[
            _APPEND_ONLY_FUNCTION,
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
            f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
        ],
        back=[
            f"DROP TRIGGER append_only ON {table}",
            f"DROP TRIGGER append_only_truncate ON {table}",
        ],
        describes=f"Let {table} only grow",
    )
    return [triggers, grant_to_application(table, "SELECT, INSERT", columns)]


def row_level_security(table: str, using_sql: str, check_sql: str | None = None) -> Operation:
    """The application sees the rows for which `using_sql` holds, and writes those for which `check_sql` does.

    The conditions read the transaction's settings, as in `current_setting('gumruk.scope', true) = 'all'`. Without
    `check_sql`, what may be seen may be written. The owner is not bound: migrations and the backup see all.
    """
    policy = f"{table}_actor"
    return _Walls(
        forward=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY {policy} ON {table} TO {{role}} USING ({using_sql}) WITH CHECK ({check_sql or using_sql})",
        ],
        back=[
            f"DROP POLICY {policy} ON {table}",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
        describes=f"Show rows of {table} by the transaction's actor",
        needs_role=True,
    )


def grant_update_of(table: str, columns: Sequence[str]) -> Operation:
    """Let the application, which could change all columns of a table, change these and no others."""
    return _Walls(
        forward=[
            f"REVOKE UPDATE ON TABLE {table} FROM {{role}}",
            f"GRANT UPDATE ({', '.join(columns)}) ON TABLE {table} TO {{role}}",
        ],
        back=[f"GRANT UPDATE ON TABLE {table} TO {{role}}"],
        describes=f"Let the application change {', '.join(columns)} of {table} only",
        needs_role=True,
    )


def row_level_check(table: str, check_sql: str, before_sql: str) -> Operation:
    """Another condition for what may be written where `row_level_security` stands already; `before_sql` was it."""
    alter = f"ALTER POLICY {table}_actor ON {table} WITH CHECK"
    return _Walls(
        forward=[f"{alter} ({check_sql})"],
        back=[f"{alter} ({before_sql})"],
        describes=f"Write rows of {table} only by what the transaction's actor sees",
        needs_role=True,
    )


def application_role() -> str:
    """The database user that the application works as."""
    return str(settings.DATABASES["default"]["USER"])


def _on(right: str, columns: Sequence[str]) -> str:
    right = right.strip()
    return f"INSERT ({', '.join(columns)})" if columns and right == "INSERT" else right


# `OR REPLACE`: whichever append-only table comes first brings the function.
_APPEND_ONLY_FUNCTION = """
CREATE OR REPLACE FUNCTION gumruk_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""


class _Walls(Operation):
    """Statements that say who may do what; they know no models and change no state."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, forward: Sequence[str], back: Sequence[str], describes: str, needs_role: bool = False) -> None:
        self.forward = list(forward)
        self.back = list(back)
        self.describes = describes
        self.needs_role = needs_role

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing: rights are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._execute(schema_editor, self.forward)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._execute(schema_editor, self.back)

    def describe(self) -> str:
        return self.describes

    def _execute(self, schema_editor: Any, statements: Sequence[str]) -> None:
        role = application_role()
        owner = schema_editor.connection.settings_dict["USER"]
        if self.needs_role and role == owner:
            return
        quoted = schema_editor.quote_name(role)
        for statement in statements:
            schema_editor.execute(statement.replace("{role}", quoted), params=None)
