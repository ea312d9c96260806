# SPDX-License-Identifier: Apache-2.0
"""Small tariff files of our own, in each format, and how they are put into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from gumruk.wire.tariffs import Options, Report, import_tariff, reader_of

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
LATER = datetime(2026, 2, 5, tzinfo=UTC)
UPDATE, DELETE, INSERT = "1", "2", "3"
Given = tuple[str, str, dict[str, str]]


def measure(sid: str, **fields: str) -> dict[str, str]:
    """A measure's fields, of an apricot's third-country duty where nothing else is said."""
    told = {
        "measure.sid": sid,
        "measure.type": "103",
        "geographical.area": "1011",
        "goods.nomenclature.item.id": "0809100000",
        "validity.start.date": "2026-01-01",
        "measure.generating.regulation.role": "1",
        "measure.generating.regulation.id": "R2600010",
        "stopped.flag": "0",
        "geographical.area.sid": "400",
    }
    return told | {name.replace("_", "."): value for name, value in fields.items()}


def component(sid: str, amount: str, expression: str = "01", **fields: str) -> dict[str, str]:
    """A component's fields."""
    told = {"measure.sid": sid, "duty.expression.id": expression, "duty.amount": amount}
    return told | {name.replace("_", "."): value for name, value in fields.items()}


def taric3(number: int, records: Iterable[Given]) -> bytes:
    """A TARIC3 file: each record a transaction of its own, numbered on from the file's number."""
    rows = []
    for place, (kind, update, fields) in enumerate(records, 1):
        inner = "".join(f"<oub:{name}>{value}</oub:{name}>" for name, value in fields.items())
        rows.append(
            f'<env:transaction id="{number}{place:03}"><env:app.message id="{place}"><oub:transmission>\n<oub:record>'
            f"<oub:transaction.id>{number}{place:03}</oub:transaction.id><oub:record.code>430</oub:record.code>"
            f"<oub:subrecord.code>00</oub:subrecord.code><oub:record.sequence.number>{place}"
            f"</oub:record.sequence.number><oub:update.type>{update}</oub:update.type>"
            f"<oub:{kind}>{inner}</oub:{kind}></oub:record></oub:transmission></env:app.message></env:transaction>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<env:envelope xmlns="urn:publicid:-:DGTAXUD:TARIC:MESSAGE:1.0" '
        'xmlns:oub="urn:publicid:-:DGTAXUD:TARIC:MESSAGE:1.0" '
        f'xmlns:env="urn:publicid:-:DGTAXUD:GENERAL:ENVELOPE:1.0" id="{number}">{"".join(rows)}</env:envelope>\n'
    ).encode()


def put(
    folder: Path,
    content: bytes | str,
    format_name: str = "taric3",
    known: datetime | None = FIRST,
    options: Options | None = None,
    name: str = "tariff.file",
) -> Report:
    """Write one file beside the folder and import it."""
    path = folder.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_tariff([path], reader_of(format_name, options or Options()), format_name, folder, known)


def content_of(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, for comparing before and after."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.exists() else {}
