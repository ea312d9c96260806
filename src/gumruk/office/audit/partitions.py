# SPDX-License-Identifier: Apache-2.0
"""A migration operation that makes a table that Django has just created into one partitioned by years of its key."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

FIRST_YEAR, LAST_YEAR = 2026, 2030

_BY_YEAR = (
    "CREATE TABLE {table}_by_year (LIKE {table} INCLUDING ALL) PARTITION BY RANGE (id)",
    "DROP TABLE {table}",
    "ALTER TABLE {table}_by_year RENAME TO {table}",
    "CREATE TABLE {table}_default PARTITION OF {table} DEFAULT",
)
_YEAR = (
    "DO $$ BEGIN EXECUTE format('CREATE TABLE {table}_{year} PARTITION OF {table} FOR VALUES FROM (%L) TO (%L)',"
    " audit_year_key({year}), audit_year_key({following})); END $$"
)


class PartitionByYear(Operation):
    """Partition a table, still empty, by range on its UUIDv7 key `id`: one partition a year, and one for the rest.

    Write it right after the table's CreateModel; the migration depends on audit's first, which brings `audit_year_key`.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing: the model is the same."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in _BY_YEAR:
            schema_editor.execute(statement.format(table=self.table), params=None)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            schema_editor.execute(_YEAR.format(table=self.table, year=year, following=year + 1), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing: dropping the table drops its partitions."""

    def describe(self) -> str:
        return f"Partition {self.table} by years"
