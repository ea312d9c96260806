# SPDX-License-Identifier: Apache-2.0
"""A tariff's rates as rows of the law's tables of rates: what fits, and of every other measure why it does not."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import IO

from gumruk.law.expression import Field
from gumruk.law.expression.tree import walk
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
#: Which table of the law holds the rates of which kind of measure.
KIND_OF = {"tariff": MeasureKind.THIRD_COUNTRY, "excise": MeasureKind.EXCISE}
_EXCHANGE = "fx."


class Left(StrEnum):
    """Why a measure has no row: it needs more than a code, a rate and days."""

    KIND = "kind"
    AREA = "area"
    CONDITIONS = "conditions"
    ADDITIONAL_CODE = "additional_code"
    QUOTA = "quota"
    NOT_APPLIED = "not_applied"
    DUTY = "duty"
    CURRENCY = "currency"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class PackRate:
    """A rate for all origins: the code as the law has it, the duty's text, its days (both included), its measure."""

    code: str
    duty: str
    starts_on: date | None
    ends_on: date | None
    sid: str


@dataclass(frozen=True, slots=True)
class PackRates:
    """The rates that fit, by code and first day, and why each other measure does not, with its code as a row's."""

    rates: list[PackRate] = field(default_factory=list)
    left: list[tuple[Measure, Left, str]] = field(default_factory=list)

    def overlaps(self) -> Iterator[tuple[PackRate, PackRate]]:
        """Each two neighbours that give one code a rate on the same day."""
        for held, following in pairwise(self.rates):
            if held.code == following.code and (
                held.ends_on is None or following.starts_on is None or following.starts_on <= held.ends_on
            ):
                yield held, following


def pack_rates(
    tariff: Tariff, table: str = "tariff", length: int = 10, currencies: Collection[str] | None = None
) -> PackRates:
    """The rates of a tariff for a table of `KIND_OF`, for goods codes of `length` digits.

    A rate is a measure of the table's kind on every origin, without conditions, additional code, quota or exclusions,
    whose duty can be computed, in `currencies` where they are named. On a code that has lines below it the code is
    written by its digits alone, which are the beginning of theirs.
    """
    kinds = {held.code: held.kind for held in tariff.held(MeasureType)}
    codes = sorted({line.code for line in tariff.held(GoodsNomenclature)})
    found = PackRates()
    for measure in sorted(tariff.held(Measure), key=lambda held: (held.code, str(held.starts_on or ""), held.sid)):
        code = _digits(measure.code, codes)
        text = "" if measure.duty is None else printed_duty(measure.duty)
        wrong = Left.KIND if kinds.get(measure.type) is not KIND_OF[table] else _left(measure, text, currencies)
        if wrong is None and len(code) > length:
            code, wrong = code[:length], Left.LENGTH if code[length:].strip("0") else None
        if wrong is None:
            found.rates.append(PackRate(code, text, measure.starts_on, measure.ends_on, measure.sid))
        else:
            found.left.append((measure, wrong, code))
    found.rates.sort(key=lambda rate: (rate.code, rate.starts_on or date.min, rate.sid))
    return found


def write_pack_table(tariff: Tariff, act: str, file: IO[str]) -> tuple[int, list[str]]:
    """Write `tariff.csv` of a pack: code, rate, days, act; how many rows, and the sids of measures that are not in it.

    All that is not a rate of `pack_rates` needs more than the table has, and is left out and named.
    """
    found = pack_rates(tariff)
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    for rate in found.rates:
        rows.writerow([rate.code, rate.duty, rate.starts_on or "", rate.ends_on or "", act, STATUS])
    return len(found.rates), [measure.sid for measure, _, _ in found.left]


def _digits(code: str, codes: list[str]) -> str:
    """A code as the pack has it: ten digits, or the beginning that the lines below it share."""
    beginning = code[: digits_of(code)]
    place = bisect_right(codes, code)
    return beginning if place < len(codes) and codes[place].startswith(beginning) else code


def _left(measure: Measure, text: str, currencies: Collection[str] | None) -> Left | None:
    """Why a measure is more than a rate, or its rate cannot be computed; None where it is one that can."""
    more = (
        (measure.stopped or not measure.code, Left.NOT_APPLIED),
        (measure.area != ERGA_OMNES or measure.excluded_areas, Left.AREA),
        (measure.conditions, Left.CONDITIONS),
        (measure.additional_code, Left.ADDITIONAL_CODE),
        (measure.order_number, Left.QUOTA),
    )
    for stands, reason in more:
        if stands:
            return reason
    try:
        node = parse_duty(text)
    except DutyError:
        return Left.DUTY
    paths = (part.path for part, _ in walk(node) if isinstance(part, Field))
    named = {path.removeprefix(_EXCHANGE) for path in paths if path.startswith(_EXCHANGE)}
    return Left.CURRENCY if currencies is not None and not named <= set(currencies) else None
