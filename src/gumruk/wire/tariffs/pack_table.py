# SPDX-License-Identifier: Apache-2.0
"""A tariff's third-country duties as a country pack's table of rates: so an imported tariff is proposed as law."""

from __future__ import annotations

import csv
from bisect import bisect_right
from typing import IO

from gumruk.law.tariff import DutyError, parse_duty
from gumruk.law.tariff.duties import printed_duty
from gumruk.law.tariff.measures import (
    ERGA_OMNES,
    GoodsNomenclature,
    Measure,
    MeasureKind,
    MeasureType,
    Tariff,
    digits_of,
)

COLUMNS = ("code", "duty", "valid_from", "valid_to", "act", "status")
#: Nobody compared the rows with the official text.
STATUS = "unverified"


def write_pack_table(tariff: Tariff, act: str, file: IO[str]) -> tuple[int, list[str]]:
    """Write `tariff.csv` of a pack: code, rate, days, act; how many rows, and the sids of measures that are not in it.

    A row is a third-country duty on every origin, without conditions, additional code, quota or exclusions, whose rate
    can be computed; on a code that has lines below it the code is written by its digits alone, which are the beginning
    of theirs. All else needs more than the table has, and is left out and named.
    """
    kinds = {held.code: held.kind for held in tariff.held(MeasureType)}
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    codes = sorted({line.code for line in tariff.held(GoodsNomenclature)})
    count, left = 0, list[str]()
    for measure in sorted(tariff.held(Measure), key=lambda held: (held.code, str(held.starts_on or ""))):
        duty = _rate(measure) if kinds.get(measure.type) is MeasureKind.THIRD_COUNTRY else None
        if duty is None:
            left.append(measure.sid)
            continue
        days = (str(measure.starts_on or ""), str(measure.ends_on or ""))
        rows.writerow([_digits(measure.code, codes), duty, *days, act, STATUS])
        count += 1
    return count, left


def _digits(code: str, codes: list[str]) -> str:
    """A code as the pack has it: ten digits, or the beginning that the lines below it share."""
    beginning = code[: digits_of(code)]
    place = bisect_right(codes, code)
    return beginning if place < len(codes) and codes[place].startswith(beginning) else code


def _rate(measure: Measure) -> str | None:
    """The rate as the pack writes it; None where the measure is more than a rate, or its rate cannot be computed."""
    more = measure.conditions or measure.additional_code or measure.order_number or measure.excluded_areas
    if measure.duty is None or more or measure.area != ERGA_OMNES or measure.stopped or not measure.code:
        return None
    text = printed_duty(measure.duty)
    try:
        parse_duty(text)
    except DutyError:
        return None
    return text
