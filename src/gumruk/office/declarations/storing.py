# SPDX-License-Identifier: Apache-2.0
"""The SQL of the hot path: one statement claims the message and its serial, one stores all rows of a lodgement.

Measured before it was written so: through the ORM the same rows take four to five times as long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from django.db import connection

from gumruk.office.assessment.services import CHARGE_COLUMNS
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.services import EVENT_COLUMNS, EVENT_TYPES, SUBJECT_COLUMNS, subject_row

Key = tuple[str, str, str, str]
Shipment = tuple[str, str, str, str]
"""By what a shipment is known again: its sender, the reference it has now, its invoices, its documents of carriage."""

FILE_COLUMNS = {
    "id": "uuid",
    "state": "text",
    "direction": "text",
    "prelodged": "boolean",
    "office": "text",
    "reference": "text",
    "sender": "text",
    "payer": "text",
    "number": "text",
    "version": "smallint",
    "assessment": "smallint",
    "item_count": "integer",
    "goods": "text",
    "search_key": "text",
    "invoices_key": "text",
    "carriage_key": "text",
    "law_digest": "text",
    "training": "boolean",
    "outside_hours": "boolean",
    "lodged_at": "timestamptz",
    "registered_at": "timestamptz",
    "accepted_at": "timestamptz",
    "presented_at": "timestamptz",
}
VERSION_COLUMNS = {
    "id": "uuid",
    "file": "uuid",
    "number": "smallint",
    "content": "bytea",
    "content_hash": "bytea",
    "format": "text",
    "source": "bytea",
    "answer": "jsonb",
    "at": "timestamptz",
    "actor": "uuid",
}
ITEM_COLUMNS = {
    "id": "uuid",
    "file": "uuid",
    "version": "smallint",
    "sequence": "integer",
    "code": "text",
    "description": "text",
    "origin": "text",
    "procedure": "text",
    "price": "numeric",
    "currency": "text",
    "customs_value": "numeric",
    "net_mass_kg": "numeric",
    "gross_mass_kg": "numeric",
}
SUBJECT_TYPES = ("text", "text", "bigint", "bytea")


@dataclass(frozen=True, slots=True)
class Lodgement:
    """All rows of one lodgement, in the order of the columns above; `items` and `charges` as `records` writes them."""

    file: tuple[Any, ...]
    version: tuple[Any, ...]
    items: str
    charges: str
    events: Sequence[tuple[Any, ...]]
    number: tuple[str, UUID] | None
    outbox: tuple[str, Mapping[str, object]] | None


# One search a key, so that each goes by its own index. An empty key is nobody's.
_SAME_SHIPMENT = """
WITH asked AS (SELECT %s::text AS sender, %s::text AS reference, %s::text AS invoices, %s::text AS carriage)
SELECT file.number FROM asked, LATERAL (
    SELECT sender, reference, state, number FROM declarations_file
    WHERE invoices_key = asked.invoices AND asked.invoices <> ''
    UNION ALL SELECT sender, reference, state, number FROM declarations_file
    WHERE carriage_key = asked.carriage AND asked.carriage <> ''
) AS file
WHERE file.sender = asked.sender AND file.reference <> asked.reference
    AND file.state NOT IN ('registration_refused', 'withdrawn', 'invalidated')
LIMIT 1
"""
_CLAIM = f"""
WITH claimed AS (
    INSERT INTO declarations_message (sender, reference, function, version, content_hash, file)
    VALUES (%s::text, %s::text, %s::text, %s::text, %s::bytea, %s::uuid)
    ON CONFLICT DO NOTHING RETURNING 1
), serial AS (
    INSERT INTO declarations_serial AS s (office, day, last)
    SELECT %s::text, %s::date, 1 FROM claimed WHERE %s::boolean
    ON CONFLICT (office, day) DO UPDATE SET last = s.last + 1 RETURNING last
)
SELECT EXISTS (SELECT 1 FROM claimed), (SELECT last FROM serial), ({_SAME_SHIPMENT})
"""  # noqa: S608 - our own text


def _one(table: str, columns: Mapping[str, str]) -> str:
    values = ", ".join(f"%s::{kind}" for kind in columns.values())
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 - our own names


def _many(table: str, columns: Mapping[str, str]) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608 - our own names


def _records(table: str, columns: Mapping[str, str]) -> str:
    names, kinds = ", ".join(columns), ", ".join(f"{name} {kind}" for name, kind in columns.items())
    rows = f"jsonb_to_recordset(%s::jsonb) AS row ({kinds})"
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {rows}"  # noqa: S608 - our own names


def records(rows: Sequence[tuple[Any, ...]], columns: Mapping[str, str]) -> str:
    """Many rows as one JSON parameter: written before the statement is sent, and quicker than an array a column."""
    return msgspec.json.encode([dict(zip(columns, row, strict=True)) for row in rows]).decode()


_STORE = f"""
WITH file AS ({_one("declarations_file", FILE_COLUMNS)}),
version AS ({_one("declarations_version", VERSION_COLUMNS)}),
items AS ({_records("declarations_item", ITEM_COLUMNS)}),
charges AS ({_records("assessment_charge", CHARGE_COLUMNS)}),
subjects AS ({_one("audit_subject", dict(zip(SUBJECT_COLUMNS, SUBJECT_TYPES, strict=True)))}),
numbers AS (INSERT INTO declarations_number (number, file) SELECT %s::text, %s::uuid WHERE %s::text <> ''),
told AS (
    INSERT INTO audit_outbox (id, topic, payload, put_at, due_at, attempts, last_error)
    SELECT %s::uuid, %s::text, %s::jsonb, %s::timestamptz, clock_timestamp(), 0, '' WHERE %s::text <> ''
)
{_many("audit_event", dict(zip(EVENT_COLUMNS, EVENT_TYPES, strict=True)))}
"""


def _numbered(statement: str) -> bytes:
    """The statement with PostgreSQL's own placeholders ($1, $2 ...), so that nobody has to translate it each time."""
    parts = statement.split("%s")
    return "".join(f"{part}${number}" for number, part in enumerate(parts[:-1], start=1)).encode() + parts[-1].encode()


def _execute(statement: bytes, params: Sequence[Any]) -> psycopg.RawCursor[Any]:
    """Run a statement prepared on the server: Django's own cursor would write the values into its text each time."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return psycopg.RawCursor(connection.connection).execute(statement, params, prepare=True)


_CLAIM_NUMBERED, _STORE_NUMBERED = _numbered(_CLAIM), _numbered(_STORE)
_SAME_SHIPMENT_NUMBERED = _numbered(_SAME_SHIPMENT)
_CHARGES_NUMBERED = _numbered(_records("assessment_charge", CHARGE_COLUMNS))


def claim(
    key: Key, content_hash: bytes, file: UUID, serial_of: tuple[str, date] | None, shipment: Shipment
) -> tuple[bool, int | None, str]:
    """Claim a message for a file and draw the post's next serial; (False, None, "") where the message came before.

    The third is the number under which the same shipment stands already; empty where it does not.
    """
    office, day = serial_of or ("", date.min)
    params = [*key, content_hash, file, office, day, serial_of is not None, *shipment]
    row = _execute(_CLAIM_NUMBERED, params).fetchone()
    return (bool(row[0]), row[1], row[2] or "") if row and row[0] else (False, None, "")


def same_shipment(shipment: Shipment) -> str:
    """The number of a live file of the same shipment under another reference; empty where there is none."""
    row = _execute(_SAME_SHIPMENT_NUMBERED, shipment).fetchone()
    return str(row[0]) if row else ""


def store(lodgement: Lodgement, at: datetime) -> None:
    """Store every row of a lodgement in one statement."""
    number, file = lodgement.number or ("", lodgement.file[0])
    topic, payload = lodgement.outbox or ("", {})
    params: list[Any] = [*lodgement.file, *lodgement.version]
    params += [lodgement.items, lodgement.charges]
    params += [*subject_row(lodgement.events[-1]), number, file, number]
    params += [uuid7(at), topic, json_text(payload), at, topic]
    params += _columns(lodgement.events)
    _execute(_STORE_NUMBERED, params)


def store_charges(rows: Sequence[tuple[Any, ...]]) -> None:
    """Store the charges of a further assessment."""
    _execute(_CHARGES_NUMBERED, [records(rows, CHARGE_COLUMNS)])


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def json_text(value: object) -> str:
    """JSON for a jsonb parameter."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def earlier(key: Key) -> tuple[UUID, bytes, dict[str, Any]]:
    """The file, content hash and answer of a message that came before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.file, m.content_hash, v.answer FROM declarations_message m"
            " JOIN declarations_version v ON v.file = m.file AND v.number = 1"
            " WHERE m.sender = %s AND m.reference = %s AND m.function = %s AND m.version = %s",
            key,
        )
        file, content_hash, answer = cursor.fetchone()
    return file, bytes(content_hash), answer if isinstance(answer, dict) else json.loads(answer)
