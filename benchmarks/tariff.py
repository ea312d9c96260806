# SPDX-License-Identifier: Apache-2.0
"""A tariff of TARIC's size: 20,000 codes and 100,000 measures made up, loaded, asked and checked by the rules.

Loading is from rows of text, as a file or a database gives them, to a tariff that has answered its first question:
records, duties from their components, indexes. Questions are of codes, origins and days drawn at random.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.figures import Figure
from gumruk.law.tariff.measures import (
    Applicable,
    AreaKind,
    Certificate,
    Footnote,
    GeographicalArea,
    GeographicalMembership,
    GoodsNomenclature,
    Measure,
    MeasureComponent,
    MeasureCondition,
    MeasureKind,
    MeasureType,
    MeasureTypeSeries,
    Record,
    Regulation,
    Tariff,
    TariffClaim,
    duty_of,
    indent_of,
    measures_for,
)
from gumruk.law.tariff.rules import check_record, check_tariff

CODES, MEASURES, QUESTIONS = 20_000, 100_000, 20_000
START, DAY = date(2020, 1, 1), date(2026, 6, 1)
COUNTRIES = [a + b for a in "ABCDEFGHIJKLMNOPQRST" for b in "ABCDEFGHIJKL"]
GROUPS = [str(2000 + number) for number in range(40)]
TYPES = {
    "103": MeasureKind.THIRD_COUNTRY,
    "142": MeasureKind.PREFERENCE,
    "112": MeasureKind.SUSPENSION,
    "552": MeasureKind.ANTI_DUMPING,
    "305": MeasureKind.VAT,
    "710": MeasureKind.RESTRICTION,
}
WEIGHTS = (20, 60, 5, 5, 5, 5)
Row = tuple[str, ...]


def codes_made(draw: random.Random) -> list[str]:
    """20,000 codes of a tree: chapters, headings, subheadings of six and eight digits, lines of ten."""
    codes: dict[str, None] = {}
    chapters = [f"{number:02d}" for number in range(1, 98) if number != 77]
    while len(codes) < CODES:
        digits = draw.choice(chapters) + f"{draw.randint(1, 20):02d}"
        codes[digits[:2].ljust(10, "0")] = codes[digits.ljust(10, "0")] = None
        for _ in range(draw.randint(1, 3)):
            digits += f"{draw.randint(1, 9)}0"
            codes[digits[:10].ljust(10, "0")] = None
    return sorted(codes)[:CODES]


def rows_made(codes: list[str], draw: random.Random) -> list[Row]:
    """100,000 sound measures: sid, type, area, code, start, regulation, rate, amount, document, excluded area."""
    rows: list[Row] = []
    placed: set[tuple[str, str, str]] = set()
    busy = draw.sample(codes, len(codes) // 10)  # a tenth of the codes bears half of the measures
    while len(rows) < MEASURES:
        code, kind = draw.choice(busy if draw.random() < 0.5 else codes), draw.choices(list(TYPES), WEIGHTS)[0]
        area = {"142": draw.choice(GROUPS), "552": draw.choice(COUNTRIES)}.get(kind, "1011")
        branch = {code[:length].ljust(10, "0") for length in (2, 4, 6, 8, 10)}
        if any((above, kind, area) in placed for above in branch) or (f"below {code}", kind, area) in placed:
            area = draw.choice(COUNTRIES)
            if any((above, kind, area) in placed for above in branch) or (f"below {code}", kind, area) in placed:
                continue
        placed.add((code, kind, area))
        placed |= {(f"below {above}", kind, area) for above in branch}
        start = START + timedelta(days=draw.randint(0, 2000))
        amount = f"{draw.randint(1, 90)}.5" if draw.random() < 0.2 else ""
        certificate = f"N{draw.randint(100, 999)}" if draw.random() < 0.3 else ""
        excluded = draw.choice(COUNTRIES) if area == "1011" and draw.random() < 0.1 else ""
        regulation = f"R{draw.randint(1, 400):07d}"
        row = (str(len(rows)), kind, area, code, start.isoformat(), regulation, str(draw.randint(0, 30)), amount)
        rows.append((*row, certificate, excluded))
    return rows


def records_of(codes: list[str], rows: list[Row]) -> Iterator[Record]:
    """The records that a reader would make of them."""
    yield MeasureTypeSeries(code="C")
    for code, kind in TYPES.items():
        duty = Applicable.NOT_PERMITTED if kind is MeasureKind.RESTRICTION else Applicable.PERMITTED
        yield MeasureType(code=code, kind=kind, series="C", duty=duty)
    yield GeographicalArea(code="1011", kind=AreaKind.GROUP)
    for country in COUNTRIES:
        yield GeographicalArea(code=country)
        for group in random.Random(country).sample(GROUPS, 6):  # noqa: S311 - made-up data
            yield GeographicalMembership(group=group, member=country)
    yield from (GeographicalArea(code=group, kind=AreaKind.GROUP) for group in GROUPS)
    yield from (Certificate(code=f"N{number}") for number in range(100, 1000))
    yield from (Regulation(code=f"R{number:07d}") for number in range(1, 401))
    yield Footnote(code="CD001")
    yield from (GoodsNomenclature(code=code, indent=indent_of(code), starts_on=date(1972, 1, 1)) for code in codes)
    yield from (_measure(row) for row in rows)


def _measure(row: Row) -> Measure:
    sid, kind, area, code, start, regulation, rate, amount, certificate, excluded = row
    components = [MeasureComponent("01", Decimal(rate))] if kind != "710" else []
    if amount and components:
        components.append(MeasureComponent("15", Decimal(amount), "EUR", "DTN"))
    conditions = (MeasureCondition("B", 1, "27", certificate), MeasureCondition("B", 2, "07")) if certificate else ()
    return Measure(
        sid=sid,
        type=kind,
        area=area,
        code=code,
        starts_on=date.fromisoformat(start),
        regulation=regulation,
        components=tuple(components),
        duty=duty_of(components),
        conditions=conditions,
        excluded_areas=(excluded,) if excluded else (),
        footnotes=("CD001",),
    )


def _asked(codes: list[str], draw: random.Random) -> TariffClaim:
    return TariffClaim(
        draw.choice(codes),
        draw.choice(COUNTRIES),
        DAY - timedelta(days=draw.randint(0, 2000)),
        preferences=("300",) if draw.random() < 0.5 else (),
        documents=frozenset({f"N{draw.randint(100, 999)}"}),
        units=frozenset({"KGM"}),
    )


def _seconds(measure: Measure, tariff: Tariff) -> float:
    started = time.perf_counter()
    check_record(measure, tariff)
    return time.perf_counter() - started


def figures() -> Iterator[Figure]:
    """Loading, the memory it holds, the slowest questions, and the rules over the whole."""
    draw = random.Random(5)  # noqa: S311 - made-up data
    codes = codes_made(draw)
    rows = rows_made(codes, draw)
    asked = [_asked(codes, draw) for _ in range(QUESTIONS)]
    started = time.perf_counter()
    tariff = Tariff.of(records_of(codes, rows))
    measures_for(tariff, asked[0])
    yield Figure("tariff", "loading", round(time.perf_counter() - started, 2), "s", "under 5")
    times = []
    for claim in asked:
        started = time.perf_counter()
        measures_for(tariff, claim)
        times.append(time.perf_counter() - started)
    times.sort()
    yield Figure("tariff", "measures_for, median", round(times[len(times) // 2] * 1e3, 3), "ms")
    yield Figure("tariff", "measures_for, p95", round(times[len(times) * 95 // 100] * 1e3, 3), "ms", "under 1")
    started = time.perf_counter()
    found = sum(1 for _ in check_tariff(tariff))
    yield Figure("tariff", "check by all rules", round(time.perf_counter() - started, 1), "s", "under 30")
    yield Figure("tariff", "findings of the check", found, "findings")
    edited = [_seconds(measure, tariff) for measure in draw.sample(list(tariff.held(Measure)), 500)]
    yield Figure("tariff", "check of one edited measure, p95", round(sorted(edited)[475] * 1e3, 3), "ms")
    del tariff
    tracemalloc.start()
    held = Tariff.of(records_of(codes, rows))
    measures_for(held, asked[0])
    yield Figure("tariff", "memory", round(tracemalloc.get_traced_memory()[0] / 2**20, 1), "MiB")
    tracemalloc.stop()
