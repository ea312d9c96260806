# SPDX-License-Identifier: Apache-2.0
"""The tables of a pack as documentation, made from the schema that packs are checked by."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.packs.schema import TABLES, Column, Table


def tables_described() -> str:
    """A Markdown table of every table: its columns, what each holds, and what is asked of the rows."""
    lines = ["| table | column | holds | |", "| --- | --- | --- | --- |"]
    for table in TABLES.values():
        lines += _rows(table)
    return "\n".join(lines) + "\n"


def _rows(table: Table) -> Iterator[str]:
    for place, column in enumerate(table.columns):
        name = f"`{table.name}`" + (" (required)" if table.required else "") if place == 0 else ""
        key = "key" if column in table.keys else "" if column.required else "may be empty"
        yield f"| {name} | `{column.name}` | {_holds(column)} | {key} |"
    notes = []
    if table.labelled is not None:
        notes.append("labels by `" + (table.labelled or table.keys[0].name) + "`")
    if table.continuous:
        notes.append("no gap between two periods of a key")
    if notes:
        yield f"| | | | {'; '.join(notes)} |"


def _holds(column: Column) -> str:
    if column.choices:
        return "one of " + ", ".join(f"`{word}`" for word in column.choices)
    if column.codes_of:
        return f"{column.type.value} of " + " or ".join(f"`{table}`" for table in column.codes_of.split())
    if column.result:
        return f"{column.type.value} giving a {column.result}"
    return column.type.value
