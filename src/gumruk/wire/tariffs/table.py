# SPDX-License-Identifier: Apache-2.0
"""Our own table of a tariff: a row a measure, or a row a line of the nomenclature. Written, it reads back the same.

Columns (`code` alone must stand): `code` (2 to 10 digits; empty: a measure on its additional code alone), `suffix`,
`indent`, `unit` (Rec 20), `description`; of a measure `type`, `area` (1011: all),
`duty` (as tariffs print it), `valid_from`, `valid_to`, `order_number`, `additional_code`, `preference`, `excluded`,
`documents` (any one of them suffices; several words are divided by spaces), `regulation`, `act`, `sid`; of its type
`kind` and `nearest_wins` (1: a measure on a nearer code takes the place of those above).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import IO

from gumruk.law.kernel import Finding
from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import (
    ERGA_OMNES,
    PRODUCT_LINE,
    GoodsNomenclature,
    Measure,
    MeasureKind,
    MeasureType,
    Tariff,
)
from gumruk.wire.errors import refusal
from gumruk.wire.tariffs.lines import Line, goods_record, measure_record
from gumruk.wire.tariffs.options import Options
from gumruk.wire.tariffs.records import Reading, Source, TariffRecord, record_of
from gumruk.wire.tariffs.rows import Cells, Row, rows_of

COLUMNS = tuple(
    "code suffix indent unit description type kind area duty valid_from valid_to order_number additional_code "
    "preference excluded documents regulation act nearest_wins sid".split()
)
_KINDS = frozenset(kind.value for kind in MeasureKind)
_DEFAULT_TYPE = "103"
_APPLIES, _DOES_NOT, _PROOF = "27", "07", "Q"


def read_table(source: Source, options: Options) -> Reading:
    """The records of the table. Raises `WireError`, at the end with all rows that are wrong."""
    rows = rows_of(source, ("code",), "csv")
    warnings: list[Finding] = []
    return Reading(_records(rows, options, warnings), warnings, whole="")


def _records(rows: Iterator[tuple[int, Row]], options: Options, warnings: list[Finding]) -> Iterator[TariffRecord]:
    cells, kinds = Cells(), dict[str, str]()
    for number, cells_of_row in rows:
        row = {name: cell.strip() for name, cell in cells_of_row.items()}
        unknown = [name for name in row if name not in COLUMNS]
        if unknown:
            raise refusal("TARIFF-15", line=1, found=", ".join(unknown)[:120], wanted=", ".join(COLUMNS))
        bare = not row["code"] and row.get("additional_code")
        digits = "" if bare else cells.code(row["code"], number)
        if not digits and not bare:
            continue
        if row.get("type") or row.get("duty"):
            yield from _measure(row, digits, options, number, cells, kinds)
        else:
            yield from _line(row, digits, options, number, cells)
    warnings.extend(cells.done())


def _line(row: Row, digits: str, options: Options, number: int, cells: Cells) -> Iterator[TariffRecord]:
    indent, suffix = row.get("indent", "") or "0", row.get("suffix", "") or PRODUCT_LINE
    for name, text in (("indent", indent), ("suffix", suffix)):
        if not (text.isascii() and text.isdigit() and len(text) <= 2):
            cells.wrong("TARIFF-02", number, field=name, value=text[:60])
            return
    first, last = (cells.day(row.get(name, ""), name, number) for name in ("valid_from", "valid_to"))
    unit, description = row.get("unit", ""), row.get("description", "")
    fields = (("supplementary.unit", unit), ("description", description), ("validity.end.date", last))
    line = Line(digits, int(indent), number, fields)
    yield goods_record("", line.code, suffix, line, first or options.since_text)


def _measure(
    row: Row, digits: str, options: Options, number: int, cells: Cells, kinds: dict[str, str]
) -> Iterator[TariffRecord]:
    code, measure_type = digits.ljust(10, "0") if digits else "", row.get("type", "") or _DEFAULT_TYPE
    kind = row.get("kind", "")
    if (kind and kind not in _KINDS) or (kind and kinds.setdefault(measure_type, kind) != kind):
        cells.wrong("TARIFF-02", number, field="kind", value=kind[:60])
        return
    if kind:
        nearest = "1" if row.get("nearest_wins") else ""
        told = (("measure.type.id", measure_type), ("measure.kind", kind), ("nearest.wins", nearest))
        yield record_of("measure.type", told, number)
    first, last = (cells.day(row.get(name, ""), name, number) for name in ("valid_from", "valid_to"))
    duty, area = row.get("duty", ""), row.get("area", "") or ERGA_OMNES
    additional, order = row.get("additional_code", ""), row.get("order_number", "")
    parts = (code, measure_type, area, additional, order, row.get("preference", ""), first)
    sid = row.get("sid", "") or "/".join(part for part in parts if part)
    fields = (
        ("measure.type", measure_type),
        ("geographical.area", area),
        ("goods.nomenclature.item.id", code),
        ("additional.code.text", additional),
        ("ordernumber", order),
        ("validity.start.date", first or options.since_text),
        ("validity.end.date", last),
        ("measure.generating.regulation.id", row.get("regulation", "")),
        ("claimed.by", row.get("preference", "")),
        ("act", row.get("act", "")),
        ("duty.text", cells.duty(duty, number) if duty else ""),
    )
    yield measure_record("", sid, number, fields)
    for excluded in row.get("excluded", "").split():
        names = (("measure.sid", sid), ("excluded.geographical.area", excluded))
        yield record_of("measure.excluded.geographical.area", names, number)
    yield from _conditions(sid, row.get("documents", "").split(), number)


def _conditions(sid: str, documents: list[str], number: int) -> Iterator[TariffRecord]:
    """Any one of the documents lets the measure apply; with none of them it does not."""
    for place, document in enumerate([*documents, ""] if documents else [], 1):
        names = (
            ("measure.condition.sid", f"{sid}/{place}"),
            ("measure.sid", sid),
            ("condition.code", _PROOF),
            ("component.sequence.number", str(place)),
            ("action.code", _APPLIES if document else _DOES_NOT),
            ("certificate.code", document),
        )
        yield record_of("measure.condition", names, number)


def write_table(tariff: Tariff, file: IO[str]) -> tuple[int, list[str]]:
    """Write a tariff, as it is known now, into our table; how many rows, and the sids of measures that do not fit.

    What does not fit: conditions that are more than a choice of documents, and footnotes, quotas, types' texts.
    """
    rows = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    rows.writeheader()
    count, left = 0, list[str]()
    for line in sorted(tariff.held(GoodsNomenclature), key=lambda line: (line.code, line.suffix, line.days)):
        days = {"valid_from": str(line.starts_on or ""), "valid_to": str(line.ends_on or "")}
        rows.writerow({"code": line.code, "suffix": line.suffix, "indent": line.indent, "unit": line.unit, **days})
        count += 1
    types = {held.code: held for held in tariff.held(MeasureType)}
    for measure in sorted(tariff.held(Measure), key=lambda measure: (measure.code, measure.sid)):
        documents = _documents(measure)
        if documents is None or (not measure.code and not measure.additional_code):
            left.append(measure.sid)
            continue
        rows.writerow({**_cells(measure), "documents": _words(documents), **_type(types.get(measure.type))})
        count += 1
    return count, left


def _documents(measure: Measure) -> tuple[str, ...] | None:
    """The documents of which one suffices; none without conditions; None where the conditions are other ones."""
    if not measure.conditions:
        return ()
    *asked, last = sorted(measure.conditions, key=lambda row: row.sequence)
    plain = all(row.certificate and row.action == _APPLIES and row.code == last.code for row in asked)
    if asked and plain and last.action == _DOES_NOT and not last.certificate and last.threshold is None:
        return tuple(row.certificate for row in asked)
    return None


def _type(held: MeasureType | None) -> dict[str, str]:
    if held is None:
        return {}
    return {"kind": held.kind.value, "nearest_wins": "1" if held.nearest_wins else ""}


def _cells(measure: Measure) -> dict[str, str]:
    return {
        "code": measure.code,
        "type": measure.type,
        "area": measure.area,
        "duty": "" if measure.duty is None else printed_duty(measure.duty),
        "valid_from": str(measure.starts_on or ""),
        "valid_to": str(measure.ends_on or ""),
        "order_number": measure.order_number,
        "additional_code": measure.additional_code,
        "preference": _words(sorted(measure.claimed_by)),
        "excluded": _words(measure.excluded_areas),
        "regulation": measure.regulation,
        "act": measure.act,
        "sid": measure.sid,
    }


def _words(words: Iterable[str]) -> str:
    return " ".join(words)
