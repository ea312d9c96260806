# SPDX-License-Identifier: Apache-2.0
"""The Harmonized Tariff Schedule of the United States as its CSV export has it.

The hierarchy is positional. A rate stands on the row that has its column 2 (or special) rate, and on rows of chapters
98 and 99; statistical rows below inherit it, whether or not the export repeats it there. Column 2 is a measure of the
area `COL2`: which countries are in it is law that the file does not have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from gumruk.law.kernel import Finding, Severity
from gumruk.law.tariff.duties import DutyError, read_duty
from gumruk.law.tariff.duties.tree import Programmes
from gumruk.law.tariff.measures import ERGA_OMNES, MeasureKind
from gumruk.wire.tariffs.lines import Line, Lines, measure_record, type_record
from gumruk.wire.tariffs.options import Options
from gumruk.wire.tariffs.records import Reading, Source, TariffRecord, record_of
from gumruk.wire.tariffs.rows import Cells, Row, rows_of

CODE, INDENT, TEXT, UNIT = "HTS Number", "Indent", "Description", "Unit of Quantity"
GENERAL, SPECIAL, COLUMN_2 = "General Rate of Duty", "Special Rate of Duty", "Column 2 Rate of Duty"
QUOTA, ADDITIONAL = "Quota Quantity", "Additional Duties"
COLUMNS = (CODE, INDENT, TEXT, UNIT, GENERAL, SPECIAL, COLUMN_2)
COLUMN_2_AREA = "COL2"
#: The measure types of this tariff: its column, the kind, the area.
TYPES = {
    "general": (GENERAL, MeasureKind.THIRD_COUNTRY, ERGA_OMNES),
    "special": (SPECIAL, MeasureKind.PREFERENCE, ERGA_OMNES),
    "column2": (COLUMN_2, MeasureKind.THIRD_COUNTRY, COLUMN_2_AREA),
    "additional": (ADDITIONAL, MeasureKind.ADDITIONAL_DUTY, ERGA_OMNES),
}
#: Units of quantity as UN/CEFACT Recommendation 20; others are kept as they are printed.
UNITS = {
    "kg": "KGM",
    "No.": "NAR",
    "pcs": "NAR",
    "doz.": "DZN",
    "prs.": "NPR",
    "m2": "MTK",
    "m²": "MTK",
    "m3": "MTQ",
    "m³": "MTQ",
    "m": "MTR",
    "t": "TNE",
    "liters": "LTR",
    "g": "GRM",
    "gross": "GRO",
    "carat": "CTM",
    "bbl": "BLL",
    "thousands": "MIL",
    "hundreds": "CEN",
}
_INDENT_MAX = 20
_SPECIAL_CHAPTERS = ("98", "99")


def read_us_hts(source: Source, options: Options) -> Reading:
    """The records of the schedule. Raises `WireError`, at the end with all rows that are wrong."""
    rows = rows_of(source, COLUMNS, "us-hts")
    warnings: list[Finding] = []
    return Reading(_records(rows, options, warnings), warnings, whole="")


def _records(rows: Iterator[tuple[int, Row]], options: Options, warnings: list[Finding]) -> Iterator[TariffRecord]:
    cells, lines, repeated = Cells(), Lines(since=options.since_text), 0
    for code, (_, kind, _area) in TYPES.items():
        yield type_record(code, kind.value)
    area = (("geographical.area.sid", COLUMN_2_AREA), ("geographical.area.id", COLUMN_2_AREA))
    yield record_of("geographical.area", (*area, ("geographical.code", "1")), 0)
    for number, row in rows:
        digits = cells.code(row[CODE], number) if row[CODE].strip() else ""
        indent = row[INDENT].strip()
        if not (indent.isascii() and indent.isdigit() and int(indent) <= _INDENT_MAX):
            cells.wrong("TARIFF-02", number, field=INDENT, value=indent[:60] or "-")
            continue
        if row[CODE].strip() and not digits:
            continue
        yield from lines.add(Line(digits, int(indent), number, _fields(row)))
        if _bears_rates(row, digits):
            yield from _measures(row, digits, options, number, cells)
        else:
            repeated += bool(row[GENERAL].strip())
    yield from lines.end()
    warnings.extend(cells.done())
    if repeated:
        warnings.append(Finding("TARIFF-19", "", {"count": str(repeated)}, severity=Severity.INFORMATION))


def _bears_rates(row: Row, digits: str) -> bool:
    own = bool(row[COLUMN_2].strip() or row[SPECIAL].strip())
    return bool(digits) and (own or (len(digits) >= 8 and digits.startswith(_SPECIAL_CHAPTERS)))


def _fields(row: Row) -> tuple[tuple[str, str], ...]:
    units = _units(row[UNIT])
    # The first unit is the one that specific rates count; kilograms are always declared.
    known = next((UNITS[unit] for unit in units if UNITS.get(unit, "KGM") != "KGM"), "")
    return (
        ("unit.text", ", ".join(units)),
        ("supplementary.unit", known or ("KGM" if "kg" in units else "")),
        ("description", row[TEXT].strip()),
        ("quota.text", row.get(QUOTA, "").strip()),
    )


def _units(text: str) -> list[str]:
    """The units of a cell: a list in JSON, or the text itself."""
    text = text.strip()
    if not text.startswith("["):
        return [text] if text else []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    return [unit.strip() for unit in found if isinstance(unit, str) and unit.strip()]


def _measures(row: Row, digits: str, options: Options, line: int, cells: Cells) -> Iterator[TariffRecord]:
    for code, (column, _, area) in TYPES.items():
        text = row.get(column, "").strip()
        if not text:
            continue
        duty = cells.duty(text, line)
        fields = (
            ("measure.type", code),
            ("geographical.area", area),
            ("goods.nomenclature.item.id", digits.ljust(10, "0")),
            ("validity.start.date", options.since_text),
            ("duty.text", duty),
            ("claimed.by", _programmes(duty) if code == "special" else ""),
        )
        yield measure_record("", f"{digits.ljust(10, '0')}/{code}", line, fields)


def _programmes(text: str) -> str:
    """The programmes that a special rate is for, as its text names them."""
    try:
        duty = read_duty(text)
    except DutyError:
        return ""
    if not isinstance(duty, Programmes):
        return ""
    return " ".join(dict.fromkeys(name for rate in duty.rates for name in rate.programmes))
