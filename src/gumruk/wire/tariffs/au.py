# SPDX-License-Identifier: Apache-2.0
"""Australia's tariff as tables: Schedule 3 (general rates), and the schedules of free trade agreements.

Schedule 3: `code` (8 digits with points, fewer on group lines), `stat_code` (two more, statistical), `unit`,
`description` (dashes are the indent), `duty_rate_raw` with country-group and dated rates in one cell. The agreements'
table: `schedule`, `fta`, `code`, `duty_rate_raw`. Which of the two a file is, its columns say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gumruk.law.kernel import Finding
from gumruk.law.tariff.measures import ERGA_OMNES, PRODUCT_LINE, MeasureKind
from gumruk.wire.tariffs.lines import Line, goods_record, measure_record, type_record
from gumruk.wire.tariffs.options import Options
from gumruk.wire.tariffs.records import Reading, Source, TariffRecord
from gumruk.wire.tariffs.rows import Cells, Row, rows_of

BOTH = ("code", "description", "duty_rate_raw")
GENERAL = "general"
UNITS = {
    "No": "NAR",
    "kg": "KGM",
    "t": "TNE",
    "sm": "MTK",
    "L": "LTR",
    "cu": "MTQ",
    "m": "MTR",
    "Pr": "NPR",
    "g": "GRM",
    "L al": "LPA",
    "TH": "MIL",
}
#: A sign after a code points to a remark (goods like excisable ones), which may follow in brackets.
_MARKER = re.compile(r"[*#]")
_DASHES = re.compile(r"[-\N{NON-BREAKING HYPHEN}\N{EN DASH}\s]*")


@dataclass(frozen=True, slots=True)
class _Rate:
    duty: str
    agreement: str
    since: str
    remark: str = ""


def read_au(source: Source, options: Options) -> Reading:
    """The records of one of the two tables. Raises `WireError`, at the end with all rows that are wrong."""
    rows = rows_of(source, BOTH, "au")
    first = next(rows, None)
    agreements = first is not None and "fta" in first[1]
    prefix = "FTA/" if agreements else "S3/"
    warnings: list[Finding] = []
    read = _agreements if agreements else _schedule
    return Reading(read(_again(first, rows), options, warnings, prefix), warnings, whole=prefix)


def _again(first: tuple[int, Row] | None, rows: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    if first is not None:
        yield first
    yield from rows


def _schedule(
    rows: Iterator[tuple[int, Row]], options: Options, warnings: list[Finding], prefix: str
) -> Iterator[TariffRecord]:
    cells, seen, since = Cells(), set[str](), options.since_text
    yield type_record(GENERAL, MeasureKind.THIRD_COUNTRY.value)
    for number, row in rows:
        digits = cells.code(_marked(row["code"])[0], number)
        if not digits:
            continue
        code, statistical = digits.ljust(10, "0"), row.get("stat_code", "").strip()
        line = Line(digits, _indent(row["description"]), number, _fields(row))
        for each in (code, f"{code[:8]}{statistical}" if len(digits) == 8 and statistical else code):
            if each not in seen:
                seen.add(each)
                # A code of ten digits beside the eight that bear the rate is a statistical one, one dash below.
                below = Line(digits, line.indent + (each != code), number, line.fields)
                yield goods_record(prefix, each, PRODUCT_LINE, below, since)
        duty = row["duty_rate_raw"].strip()
        if duty:
            yield _measure(prefix, code, GENERAL, number, _Rate(cells.duty(duty, number), "", since))
    warnings.extend(cells.done())


def _agreements(
    rows: Iterator[tuple[int, Row]], options: Options, warnings: list[Finding], prefix: str
) -> Iterator[TariffRecord]:
    cells, agreements = Cells(), set[str]()
    for number, row in rows:
        digits, agreement = cells.code(_marked(row["code"])[0], number), row["fta"].strip()
        if not digits:
            continue
        if not agreement:
            cells.wrong("TARIFF-02", number, field="fta", value="-")
            continue
        duty = cells.duty(row["duty_rate_raw"], number)
        code, remark = digits.ljust(10, "0"), _marked(row["code"])[1]
        if agreement not in agreements:
            agreements.add(agreement)
            yield type_record(agreement, MeasureKind.PREFERENCE.value)
        yield _measure(prefix, code, agreement, number, _Rate(duty, agreement, options.since_text, remark))
    warnings.extend(cells.done())


def _measure(prefix: str, code: str, kind: str, line: int, rate: _Rate) -> TariffRecord:
    fields = (
        ("measure.type", kind),
        ("geographical.area", ERGA_OMNES),
        ("goods.nomenclature.item.id", code),
        ("validity.start.date", rate.since),
        ("duty.text", rate.duty),
        ("claimed.by", rate.agreement),
        ("marker", rate.remark),
    )
    # A remark ("prescribed goods only") may give one code two rates: both are kept, and which holds is not guessed.
    return measure_record(prefix, "/".join(part for part in (code, kind, rate.remark) if part), line, fields)


def _fields(row: Row) -> tuple[tuple[str, str], ...]:
    unit = row.get("unit", "").strip()
    return (
        ("unit.text", unit),
        ("supplementary.unit", UNITS.get(unit, "")),
        ("description", _DASHES.sub("", row["description"], count=1).strip()),
        ("marker", _marked(row["code"])[1]),
    )


def _marked(code: str) -> tuple[str, str]:
    """A code and its marker."""
    found = _MARKER.search(code)
    return (code, "") if found is None else (code[: found.start()], code[found.start() :])


def _indent(description: str) -> int:
    found = _DASHES.match(description)
    return 0 if found is None else sum(not sign.isspace() for sign in found[0])
