# SPDX-License-Identifier: Apache-2.0
"""The Common Customs Tariff of the Eurasian Economic Union as a table: codes, units, rates as printed, note numbers.

Columns: `code` (4 to 10 digits, or none on a row of dashes), `description_ru`, `supplementary_unit`, `duty_rate_raw`,
`rate_footnote` ("63С)"). A rate stands on ten digits. A note may set another rate for some days: with the notes' text
at hand (`Options.notes`) those days become measures of their own, without it the measure names its note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gumruk.law.kernel import Finding, Severity
from gumruk.law.tariff.duties import DutyError, printed_duty, read_duty
from gumruk.law.tariff.duties.tree import Dated, DatedRate
from gumruk.law.tariff.measures import ERGA_OMNES, MeasureKind
from gumruk.wire.tariffs.lines import Line, Lines, measure_record, type_record
from gumruk.wire.tariffs.options import Options
from gumruk.wire.tariffs.records import Reading, Source, TariffRecord, record_of
from gumruk.wire.tariffs.rows import Cells, Row, rows_of

COLUMNS = ("code", "description_ru", "supplementary_unit", "duty_rate_raw", "rate_footnote")
DUTY = "103"
#: The tariff's supplementary units as UN/CEFACT Recommendation 20; a dash: kilograms alone. "м" is none: where the
#: raised figure was lost it may be a metre, a square or a cubic one.
UNITS = {
    "–": "KGM",
    "шт": "NAR",
    "шт (колод)": "NAR",
    "100 шт": "CEN",
    "1000 шт": "MIL",
    "пар": "NPR",
    "м2": "MTK",
    "м3": "MTQ",
    "1000м3": "R9",
    "л": "LTR",
    "1000 л": "K6",
    "л 100% спирта": "LPA",
    "г": "GRM",
    "кар": "CTM",
    "кг 90% с/в": "KSD",
    "кг N": "KNI",
    "кг U": "KUR",
    "кг K2O": "KPO",
    "кг P2O5": "KPP",
    "кг NaOH": "KSH",
    "кг KOH": "KPH",
    "кг H2O2": "KHY",
    "г Д/И": "GFI",
    "Ки": "CUR",
    "1000 кВт·ч": "MWH",
    "шт, м": "MTR",
}
_NOTE = re.compile(r"^(\d+)[CС]\)\s*", re.MULTILINE)
_NUMBER = re.compile(r"(\d+)[CС]\)?").fullmatch
_DASHES = re.compile(r"(?:[–—-]\s*)*")
#: What a note says that sets a rate for another member state, or none any more.
OF_ANOTHER, LOST_FORCE = "ввозимых", "утратило силу"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RateDays:
    """A rate and its days; `note` is the number of the note that sets it, empty for the printed rate."""

    duty: str
    first: date | None
    last: date | None
    note: str = ""


def notes_of(text: str) -> dict[str, str]:
    """Each note of the tariff by its number: "1С) Ставка ввозной таможенной пошлины ..."."""
    parts = _NOTE.split(text)
    return {number: " ".join(note.split()).rstrip("_ ") for number, note in zip(parts[1::2], parts[2::2], strict=True)}


def rates_of(printed: str, note: str, notes: Mapping[str, str], since: date | None) -> tuple[RateDays, ...]:
    """A printed rate with the days that its note takes from it, in their order, from a day on.

    A note that is not at hand, lost its force, has expired, or is for another member state leaves the printed rate.
    Raises DutyError for a note that cannot be read.
    """
    number = _NUMBER(note)
    text = notes.get(number[1]) if number else None
    whole = (RateDays(printed, since, None),)
    if number is None or text is None or LOST_FORCE in text:
        return whole
    duty = read_duty(text)
    rates = duty.rates if isinstance(duty, Dated) else ()
    own = [rate for rate in rates if OF_ANOTHER not in rate.where and _lasts(rate, since)]
    return tuple(_split(printed, own, since, f"{number[1]}C")) if own else whole


def _lasts(rate: DatedRate, since: date | None) -> bool:
    return rate.last is None or since is None or rate.last >= since


def _split(printed: str, rates: list[DatedRate], since: date | None, note: str) -> Iterator[RateDays]:
    begins = since
    for rate in rates:
        first = rate.first if begins is None or (rate.first is not None and rate.first > begins) else begins
        if first is not None and (begins is None or first > begins):
            yield RateDays(printed, begins, first - _DAY)
        yield RateDays(printed_duty(rate.duty), first, rate.last, note)
        if rate.last is None:
            return
        begins = rate.last + _DAY
    yield RateDays(printed, begins, None)


def read_eaeu(source: Source, options: Options) -> Reading:
    """The records of the tariff's table. Raises `WireError`, at the end with all rows that are wrong."""
    rows = rows_of(source, COLUMNS, "eaeu")
    warnings: list[Finding] = []
    return Reading(_records(rows, options, warnings), warnings, whole="")


def _records(rows: Iterator[tuple[int, Row]], options: Options, warnings: list[Finding]) -> Iterator[TariffRecord]:
    cells, lines, noted = Cells(), Lines(since=options.since_text), 0
    yield type_record(DUTY, MeasureKind.THIRD_COUNTRY.value)
    for number, row in rows:
        digits = cells.code(row["code"], number) if row["code"] else ""
        if row["code"] and not digits:
            continue
        unit = row["supplementary_unit"].strip()
        fields = (
            ("unit.text", unit),
            ("supplementary.unit", UNITS.get(unit, "")),
            ("description", _DASHES.sub("", row["description_ru"], count=1).strip()),
        )
        yield from lines.add(Line(digits, _indent(row["description_ru"]), number, fields))
        if not row["duty_rate_raw"].strip():
            continue
        if len(digits) != 10:
            cells.wrong("TARIFF-03", number, field="code", value=row["code"] or "-")
            continue
        note = row["rate_footnote"].strip()
        noted += bool(note) and not options.notes
        yield from _measures(digits, row["duty_rate_raw"], note, options, number, cells)
    yield from lines.end()
    warnings.extend(cells.done())
    if noted:
        warnings.append(Finding("TARIFF-18", "", {"count": str(noted)}, severity=Severity.WARNING))


def _measures(code: str, rate: str, note: str, options: Options, line: int, cells: Cells) -> Iterator[TariffRecord]:
    printed = cells.duty(rate, line)
    try:
        days = rates_of(printed, note, options.notes, options.since)
    except DutyError:
        cells.duty(options.notes[note.rstrip("CС)")], line)  # told as a text that was not read
        days = (RateDays(printed, options.since, None),)
    for place, rates in enumerate(days):
        sid = code if place == 0 else f"{code}/{place}"
        fields = (
            ("measure.type", DUTY),
            ("geographical.area", ERGA_OMNES),
            ("goods.nomenclature.item.id", code),
            ("validity.start.date", "" if rates.first is None else rates.first.isoformat()),
            ("validity.end.date", "" if rates.last is None else rates.last.isoformat()),
            ("duty.text", rates.duty),
        )
        yield measure_record("", sid, line, fields)
        if note:
            number = note.rstrip(")CС")
            names = (("measure.sid", sid), ("footnote.type.id", "N"), ("footnote.id", number))
            yield record_of("footnote.association.measure", names, line)


def _indent(description: str) -> int:
    found = _DASHES.match(description)
    return sum(sign in "–—-" for sign in found[0]) if found else 0
