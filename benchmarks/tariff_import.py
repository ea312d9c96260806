# SPDX-License-Identifier: Apache-2.0
"""TARIC3 files made up to the size of real ones, imported into a folder: megabytes a second, and the memory it takes.

A file of 60 MB: measures with components, conditions and footnotes, a tenth of them changed and ended in a second
file. It is made, read and loaded in a process of its own, so that its memory is counted alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.wire import memory
from gumruk.law.tariff.measures import Tariff
from gumruk.wire.tariffs import Options, TariffFolder, import_tariff, law_records, reader_of

MEASURES = 24_000
FIRST, LATER = (datetime(2026, month, 5, tzinfo=UTC) for month in (1, 2))
MEGABYTE = 1_000_000
_NAMESPACE = "urn:publicid:-:DGTAXUD:TARIC:MESSAGE:1.0"
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><env:envelope xmlns="{_NAMESPACE}" '
    'xmlns:env="urn:publicid:-:DGTAXUD:GENERAL:ENVELOPE:1.0" id="{number}">'
)


def figures() -> Iterator[Figure]:
    """What a process of its own measured."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.tariff_import"], capture_output=True, check=True)
    for figure in json.loads(done.stdout):
        yield Figure(**figure)


def measured(folder: Path) -> Iterator[dict[str, object]]:
    """The figures: the first file, the second on top of it, the same again, and the load for the law."""
    first, second = folder / "first.xml", folder / "second.xml"
    file_made(first, 26_001, range(MEASURES), "3", "10.000")
    file_made(second, 26_002, range(0, MEASURES, 10), "1", "8.000")
    before = memory("VmRSS")
    held = folder / "tariff"
    files = (("first file", first, FIRST), ("changes", second, LATER), ("the same again", second, LATER))
    for name, path, known in files:
        size = path.stat().st_size / MEGABYTE
        started = time.perf_counter()
        report = import_tariff([path], reader_of("taric3", Options()), "taric3", held, known)
        seconds = time.perf_counter() - started
        yield figure(f"TARIC3 import, {name}", round(size / seconds, 1), "MB/s", "above 5")
        yield figure(f"TARIC3 import, {name}: size", round(size, 1), "MB")
        yield figure(f"TARIC3 import, {name}: changed", report.count, "records")
    yield figure("TARIC3 import, memory in all", round(memory("VmHWM"), 1), "MB", "under 300")
    yield figure("TARIC3 import, memory taken", round(memory("VmHWM") - before, 1), "MB")
    started = time.perf_counter()
    counts = Tariff.of(law_records(TariffFolder.open(held))).counts()
    if counts["Measure"] != MEASURES + MEASURES // 10:
        raise AssertionError(f"{counts} are not the measures that were written")
    yield figure(
        f"{counts['Measure']} versions of measures loaded from a folder", round(seconds_since(started), 2), "s"
    )


def seconds_since(started: float) -> float:
    """Seconds since a mark."""
    return time.perf_counter() - started


def figure(name: str, value: float, unit: str, goal: str = "") -> dict[str, object]:
    """A figure as its fields."""
    return {"bench": "tariff", "figure": name, "value": value, "unit": unit, "goal": goal}


def file_made(path: Path, number: int, sids: range, update: str, amount: str) -> None:
    """Write a TARIC3 file: each measure with a component, two conditions and a footnote, in one transaction."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD.format(number=number))
        for place, sid in enumerate(sids, 1):
            transaction = f"{number}{place:06}"
            file.write(f'<env:transaction id="{transaction}">')
            for sequence, (kind, fields) in enumerate(measure_made(sid, amount), 1):
                file.write(record_made(transaction, sequence, update, kind, fields))
            file.write("</env:transaction>")
        file.write("</env:envelope>\n")


def measure_made(sid: int, amount: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The records of one measure."""
    number = str(3_000_000 + sid)
    yield (
        "measure",
        {
            "measure.sid": number,
            "measure.type": "103",
            "geographical.area": "1011",
            "goods.nomenclature.item.id": f"{1_000_000_000 + sid * 97:010}",
            "validity.start.date": "2026-01-01",
            "measure.generating.regulation.role": "1",
            "measure.generating.regulation.id": "R2600010",
            "stopped.flag": "0",
            "geographical.area.sid": "400",
            "goods.nomenclature.sid": str(90_000 + sid),
        },
    )
    component = {"duty.expression.id": "01", "duty.amount": amount, "monetary.unit.code": "EUR"}
    yield "measure.component", {"measure.sid": number, **component, "measurement.unit.code": "DTN"}
    for place, action in ((1, "27"), (2, "07")):
        condition = {"measure.condition.sid": f"{number}{place}", "measure.sid": number, "condition.code": "B"}
        certificate = {"certificate.type.code": "N", "certificate.code": "990"} if place == 1 else {}
        ordered = {"component.sequence.number": str(place), "action.code": action}
        yield "measure.condition", {**condition, **ordered, **certificate}
    yield "footnote.association.measure", {"measure.sid": number, "footnote.type.id": "CD", "footnote.id": "727"}


def record_made(transaction: str, sequence: int, update: str, kind: str, fields: dict[str, str]) -> str:
    """One record in the envelope's form."""
    inner = "".join(f"<oub:{name}>{value}</oub:{name}>" for name, value in fields.items())
    return (
        f'<env:app.message id="{sequence}"><oub:transmission xmlns:oub="{_NAMESPACE}" '
        f'xmlns:env="urn:publicid:-:DGTAXUD:GENERAL:ENVELOPE:1.0"><oub:record>'
        f"<oub:transaction.id>{transaction}</oub:transaction.id><oub:record.code>430</oub:record.code>"
        f"<oub:subrecord.code>00</oub:subrecord.code><oub:record.sequence.number>{sequence}"
        f"</oub:record.sequence.number><oub:update.type>{update}</oub:update.type>"
        f"<oub:{kind}>{inner}</oub:{kind}></oub:record></oub:transmission></env:app.message>"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        json.dump(list(measured(Path(made))), sys.stdout)
