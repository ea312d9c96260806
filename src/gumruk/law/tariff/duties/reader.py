# SPDX-License-Identifier: Apache-2.0
"""Reads a duty as tariffs print it: one grammar for the EU's, the United Kingdom's, the United States', Australia's,
Canada's and the Eurasian Economic Union's notations.

A text that cannot be read raises `DutyError` with the place and the reason. Nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gumruk.law.tariff.duties.error import DutyError
from gumruk.law.tariff.duties.notes import is_note, read_note
from gumruk.law.tariff.duties.scanner import DutyScanner
from gumruk.law.tariff.duties.sentence import sentence
from gumruk.law.tariff.duties.tree import (
    Condition,
    Conditional,
    Dated,
    DatedRate,
    Duty,
    ProgrammeRate,
    Programmes,
    Season,
    Seasonal,
    SupplementaryUnit,
    Threshold,
)
from gumruk.law.tariff.duties.units import read_unit

_MONTHS = {name: number for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_CONDITIONS = re.compile(r"Cond:\s*")
_CONDITION = re.compile(
    r"(?P<code>[A-Z]{1,2})\s*(?:cert:\s*(?P<kind>[A-Z0-9])-?(?P<number>[0-9A-Z]{3})\b)?\s*"
    r"(?:(?P<threshold>\d[\d,]*(?:\.\d+)?)\s*(?P<currency>[A-Z]{3})?\s*(?:/\s*(?P<unit>[A-Z]{3})(?:\s+(?P<qualifier>[A-Z]))?)?)?"
    r"\s*\((?P<action>\d{2,3})\)\s*:"
)
_NEXT_CONDITION = re.compile(r";")
_FROM_DAY = re.compile(r"From (?P<iso>\d{4}-\d{2}-\d{2})")
_UNTIL_DAY = re.compile(r"until (?P<iso>\d{4}-\d{2}-\d{2})")
_WHERE = re.compile(r"where: (?P<where>[^;]+)")
_FROM = re.compile(r"From\s*(?P<day>\d{1,2})\s*(?P<month>[A-Z][a-z]{2,8})\s*(?P<year>\d{4})\s*:?", re.IGNORECASE)
_SEASON = re.compile(r"\(\s*(\d{1,2})\s+([A-Z]{3})\s*-\s*(\d{1,2})\s+([A-Z]{3})\s*\)", re.IGNORECASE)
_LISTED = re.compile(
    r"\(\s*(?P<codes>[A-Z]{1,4}[*+]?(?:[\s,.]+[A-Z]{1,4}[*+]?)*)[\s,.]*\)|\((?P<twice>[A-Z]{2}) \((?P=twice)\)"
)
_GROUP = re.compile(
    r"(?!(?:EA|ADSZ|ADFM)R?\b|(?:AC|SD|FD|MIN|MAX)\b)(?P<codes>[A-Z]{2,4}(?:\s*/\s*[A-Z]{2,4})*)\s*[:;]?\s*(?=\$|\d|Free)"
)
_BETWEEN = re.compile(r"[;,]")


def read_duty(text: str, *, dollar: str = "USD") -> Duty:
    """The tree of a duty text. `dollar` is the currency that "$" and "¢" mean. Raises DutyError.

    >>> read_duty("10% MIN 0.12 EUR/kg").floor.currency
    'EUR'
    """
    scanner = DutyScanner(text, dollar)
    if scanner.at_end():
        raise DutyError("DUTY-3", 0, {"wanted": "number", "found": text.strip()[:30] or "-"})
    if scanner.take(_CONDITIONS):
        duty: Duty = _conditions(scanner)
    elif is_note(scanner):
        duty = read_note(scanner)
    else:
        duty = _unit_alone(scanner) or _listed(scanner)
    if not scanner.at_end():
        raise scanner.wrong()
    return duty


def _unit_alone(scanner: DutyScanner) -> Duty | None:
    """A supplementary unit ("KGM S"), or a quantity that a condition compares with ("160.00 kg")."""
    start = scanner.at
    number = scanner.number()
    found = read_unit(scanner.text, scanner.at)
    if found is not None and found[1] >= scanner.end and found[0].unit != "EUR":
        counted, scanner.at = found
        if number is not None:
            return Threshold(number, counted.unit)
        return SupplementaryUnit(counted.unit, counted.qualifiers)
    scanner.at = start
    return None


def _conditions(scanner: DutyScanner) -> Duty:
    rows = []
    while not scanner.at_end():
        found = scanner.take(_CONDITION)
        if found is None:
            raise scanner.wrong("DUTY-3", wanted="condition")
        duty = None if scanner.at_end() or scanner.look(_NEXT_CONDITION) else sentence(scanner)
        rows.append(_condition(found, duty))
        if not scanner.at_end() and not scanner.take(_NEXT_CONDITION):
            raise scanner.wrong("DUTY-3", wanted=";")
    return Conditional(tuple(rows))


def _condition(found: re.Match[str], duty: Duty | None) -> Condition:
    threshold = found["threshold"]
    return Condition(
        code=found["code"],
        action=found["action"],
        certificate=f"{found['kind']}{found['number']}" if found["kind"] else "",
        threshold=None if threshold is None else Decimal(threshold.replace(",", "")),
        currency=found["currency"] or "",
        unit=found["unit"] or "",
        qualifiers=(found["qualifier"],) if found["qualifier"] else (),
        duty=duty,
    )


def _listed(scanner: DutyScanner) -> Duty:
    """Rates one after another: by programme, by day, by season; or only one."""
    dated = [_Day()]
    seasons: list[Season] = []
    while not scanner.at_end():
        if found := scanner.take(_FROM_DAY):
            dated.append(_Day(_iso(found)))
            continue
        if found := scanner.take(_FROM):
            dated.append(_Day(_day(found)))
            continue
        if found := scanner.take(_UNTIL_DAY):
            if dated[-1].rates:
                dated.append(_Day())
            dated[-1].last = _iso(found)
            continue
        group = scanner.take(_GROUP)
        duty = sentence(scanner)
        if found := scanner.take(_SEASON):
            seasons.append(_season(scanner, duty, found))
        else:
            listed = scanner.take(_LISTED)
            dated[-1].rates.append(ProgrammeRate(duty, _programmes(group, listed)))
            if found := scanner.take(_WHERE):
                dated[-1].where = found["where"].strip()
        scanner.take(_BETWEEN)
    return _whole(scanner, [part for part in dated if part.rates], seasons)


@dataclass(slots=True)
class _Day:
    """Rates that hold from a day until a day, as they are being read."""

    first: date | None = None
    last: date | None = None
    where: str = ""
    rates: list[ProgrammeRate] = field(default_factory=list)


def _whole(scanner: DutyScanner, dated: list[_Day], seasons: list[Season]) -> Duty:
    if seasons:
        if dated:
            raise scanner.wrong("DUTY-9")
        return Seasonal(tuple(seasons))
    rates = [DatedRate(_of_programmes(scanner, day.rates), day.first, day.last, day.where) for day in dated]
    if not rates:
        raise scanner.wrong("DUTY-3", wanted="number")
    if len(rates) == 1 and rates[0] == DatedRate(rates[0].duty):
        return rates[0].duty
    return Dated(tuple(rates))


def _of_programmes(scanner: DutyScanner, rates: list[ProgrammeRate]) -> Duty:
    if len(rates) == 1 and not rates[0].programmes:
        return rates[0].duty
    if sum(not rate.programmes for rate in rates) > 1:
        raise scanner.wrong("DUTY-9")
    return Programmes(tuple(rates))


def _programmes(group: re.Match[str] | None, listed: re.Match[str] | None) -> tuple[str, ...]:
    if listed is not None:
        return tuple(re.findall(r"[A-Z]{1,4}[*+]?", listed["codes"] or listed["twice"]))
    return () if group is None else tuple(re.split(r"\s*/\s*", group["codes"]))


def _iso(found: re.Match[str]) -> date:
    try:
        return date.fromisoformat(found["iso"])
    except ValueError:
        raise DutyError("DUTY-10", found.start(), {"found": found[0]}) from None


def _day(found: re.Match[str]) -> date:
    try:
        return date(int(found["year"]), _MONTHS[found["month"][:3].upper()], int(found["day"]))
    except (KeyError, ValueError):
        raise DutyError("DUTY-10", found.start(), {"found": found[0]}) from None


def _season(scanner: DutyScanner, duty: Duty, found: re.Match[str]) -> Season:
    try:
        first, last = ((_MONTHS[found[place + 1].upper()], int(found[place])) for place in (1, 3))
        date(2000, *first), date(2000, *last)
    except (KeyError, ValueError):
        raise DutyError("DUTY-10", found.start(), {"found": found[0]}) from None
    return Season(duty, first, last)
