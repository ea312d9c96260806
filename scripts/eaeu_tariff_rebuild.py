#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rebuild the tariff of a member state of the Eurasian Economic Union from the text of the common tariff.

    python scripts/eaeu_tariff_rebuild.py TARIFF NOTES PACK [--since 2026-03-01]

TARIFF is the common customs tariff as CSV (columns `code`, `supplementary_unit`, `duty_rate_raw`, `rate_footnote`),
read from the Commission's 96 files of March 2026. NOTES is the text of its notes ("1С) Ставка ввозной таможенной
пошлины ..."). PACK is the folder of a country pack: `tariff_lines.csv` (codes, units) and `tariff.csv` (rates) are
written into it. Codes, units, rates and days are taken, no text is.

How a rate is told, from the day `--since` (before it the tariff is `unknown` to the pack):

- a rate without a note holds from then on;
- a note with a rate and days puts that rate between those days; where its first day is that of an act's entry into
  force, it is held to have begun: the tariff of that day already names it;
- a note that has expired, has lost its force, or is for another member state leaves the printed rate;
- a note that is not in NOTES leaves the printed rate, and the row says so.

All rows are `unverified`; what a note did stands in the column `note`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from gumruk import packs
from gumruk.law.tariff import DutyError, parse_duty
from gumruk.law.tariff.duties import printed_duty, read_duty
from gumruk.wire.tariffs.eaeu import LOST_FORCE, OF_ANOTHER, UNITS, notes_of, rates_of

ACT = "EEC-COUNCIL-80-2021"
SINCE = date(2026, 3, 1)
LINE_LENGTH = 10
#: The source lost the raised figure of square and cubic metres: the Harmonized System's own unit says which it was.
METRES = "м"
METRE_UNITS = {"MTR", "MTK", "MTQ"}


@dataclass(frozen=True)
class Printed:
    """A line as the tariff prints it."""

    code: str
    unit: str
    rate: str
    note: str


@dataclass(frozen=True)
class Row:
    """A row of `tariff.csv`."""

    code: str
    duty: str
    first: date
    last: date | None
    note: str = ""


def lines_of(path: Path) -> list[Printed]:
    """The lines of ten digits."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if len(row["code"]) == LINE_LENGTH]
    return [Printed(r["code"], r["supplementary_unit"], r["duty_rate_raw"], r["rate_footnote"]) for r in rows]


def unit_of(line: Printed, standard: str | None) -> tuple[str, str]:
    """The line's unit, and where it comes from: the tariff, the Harmonized System, or `unknown`."""
    if line.unit == METRES:
        return (standard, "Harmonized System") if standard in METRE_UNITS else ("", "unknown")
    if line.unit in UNITS:
        return UNITS[line.unit], "tariff"
    return "", "unknown"


def rows_of(line: Printed, notes: Mapping[str, str], since: date) -> Iterator[Row]:
    """The line's rates from a day on. Raises DutyError for a rate or a note that cannot be read or computed."""
    days = rates_of(printed_duty(read_duty(line.rate)), line.note, notes, since)
    number = line.note.rstrip("CС)")
    for place, rate in enumerate(days):
        parse_duty(rate.duty)
        told = f"note {number}C" if number else ""
        if number and len(days) == 1 and not rate.note:
            told += f" {_why_not(notes.get(number))}"
        elif number and not rate.note:
            told = f"{'before' if any(each.note for each in days[place:]) else 'after'} {told}"
        yield Row(line.code, rate.duty, rate.first or since, rate.last, told)


def _why_not(text: str | None) -> str:
    """Why a note leaves the printed rate."""
    if text is None:
        return "was not read; it may set another rate"
    if LOST_FORCE in text:
        return "lost its force"
    return "is for another member state" if OF_ANOTHER in text else "has expired"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def rebuild(tariff: Path, notes_file: Path, pack: Path, since: date = SINCE) -> dict[str, int]:
    """Write both tables; how many lines, rates and rows there are, and what could not be read."""
    notes, standard = notes_of(notes_file.read_text(encoding="utf-8")), packs.world().nomenclature.units
    counts: Counter[str] = Counter()
    units, rates = [], [["", "", "", "", ACT, "unknown", "no line, or before the tariff that was read"]]
    texts: dict[str, bool] = {}
    for line in sorted(lines_of(tariff), key=lambda each: each.code):
        counts["lines"] += 1
        unit, source = unit_of(line, standard.get(line.code[:6]))
        counts[f"units from: {source}"] += 1
        status = "unknown" if source == "unknown" else "unverified"
        units.append([line.code, unit, since.isoformat(), "", ACT, status])
        counts["lines with a note"] += bool(line.note)
        try:
            found = list(rows_of(line, notes, since))
            texts[line.rate] = True
        except DutyError as error:
            texts.setdefault(line.rate, False)
            print(f"{line.code}: {line.rate!r} {line.note} is not read: {error}", file=sys.stderr)
            rates.append([line.code, "", since.isoformat(), "", ACT, "unknown", error.code])
            continue
        counts["rows by a note"] += sum(row.note.startswith("note") and row.note.endswith("C") for row in found)
        counts["lines whose note was not read"] += any("not read" in row.note for row in found)
        rates += [[r.code, r.duty, _day(r.first), _day(r.last), ACT, "unverified", r.note] for r in found]
    _write(pack / "tariff_lines.csv", ("code", "unit", "valid_from", "valid_to", "act", "status"), units)
    _write(pack / "tariff.csv", ("code", "duty", "valid_from", "valid_to", "act", "status", "note"), rates)
    counts["distinct rates"] = len(texts)
    counts["rates read and computable"] = sum(texts.values())
    counts["rates not read"] = len(texts) - counts["rates read and computable"]
    counts["rows of tariff.csv"] = len(rates)
    return dict(counts)


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> int:
    """Rebuild and print the counts."""
    parser = argparse.ArgumentParser(description="Rebuild a member state's tariff from the EAEU's common tariff.")
    for name in ("tariff", "notes", "pack"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--since", type=date.fromisoformat, default=SINCE)
    arguments = parser.parse_args()
    counts = rebuild(arguments.tariff, arguments.notes, arguments.pack, arguments.since)
    for name, count in counts.items():
        print(f"{count:>7}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
