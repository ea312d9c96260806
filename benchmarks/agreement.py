# SPDX-License-Identifier: Apache-2.0
"""Explained and compiled law on a million random goods: every amount of both is compared, and the differences counted.

The goods are drawn from the packs' own tariffs, procedures, preferences, reliefs, currencies and days; some lack the
quantity that their rate asks for, some have extras of their own or a value by another method.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.figures import Figure
from gumruk import packs
from gumruk.law.assessment import GoodsFacts, ItemFacts, assess, compute
from gumruk.law.kernel import HsCode, Money
from gumruk.law.lawbook import Legal, Moments
from gumruk.law.valuation import Adjustment, Extras

CASES = 1_000_000
COUNTRIES = ("tj", "kg")
DAYS = 20
UNITS = ("KGM", "LTR", "NAR", "NPR", "MTK", "CMQ", "GRM", "LPA")
PARTS = ("base", "computed", "relieved", "secured", "payable")


def figures() -> Iterator[Figure]:
    """How many cases were compared, how many differ, and how long it took."""
    started, differing, counted = time.perf_counter(), 0, 0
    for country in COUNTRIES:
        for legal, facts in cases(country, CASES // len(COUNTRIES)):
            counted += 1
            differing += not agree(facts, legal)
    yield Figure("agreement", "random cases, explained and compiled", counted, "cases", "a million")
    yield Figure("agreement", "cases in which they differ", differing, "cases", "none")
    yield Figure("agreement", "time", round(time.perf_counter() - started), "s")


def agree(facts: GoodsFacts, legal: Legal) -> bool:
    """Whether both walkers give the same lines with the same amounts, and find the same."""
    explained, compiled = assess(facts, legal), compute(facts, legal)
    lines = [(line.item, line.code, *(getattr(line, part) for part in PARTS)) for line in explained.lines]
    fast = [(line.item, line.charge.code, *(getattr(line, part) for part in PARTS)) for line in compiled.amounts]
    found = [(finding.code, finding.path) for finding in explained.findings]
    return lines == fast and found == [(finding.code, finding.path) for finding in compiled.findings]


def cases(country: str, count: int, seed: int = 5) -> Iterator[tuple[Legal, GoodsFacts]]:
    """Random goods of a country's pack on some days around the change of a year, the same in every run."""
    dice = random.Random(seed)  # noqa: S311 - the same cases every time
    book = packs.load(packs.pack_folder(country)).book
    days = [date(2026, 12, 22) + timedelta(days=place) for place in range(DAYS)]
    legals = [Legal(book, Moments(day, day), training=True) for day in days]
    drawn = {table: sorted({entry.key for entry in book.entries_of(table)}) for table in _DRAWN}
    for number in range(count):
        yield legals[number % DAYS], _goods(dice, drawn)


_DRAWN = ("tariff", "excise", "procedures", "preferences", "reliefs", "currencies", "codes")


def _goods(dice: random.Random, drawn: dict[str, list[str]]) -> GoodsFacts:
    items = tuple(_item(dice, drawn, place) for place in range(1, dice.choice((1, 1, 1, 2, 3)) + 1))
    freight = _money(dice, drawn, 10**5) if dice.random() < 0.6 else None
    insurance = _money(dice, drawn, 10**4) if dice.random() < 0.3 else None
    return GoodsFacts(items, freight, insurance, outside_hours=dice.random() < 0.2)


def _item(dice: random.Random, drawn: dict[str, list[str]], place: int) -> ItemFacts:
    code = (dice.choice(drawn[dice.choice(("tariff", "excise"))]) or "0101").ljust(10, dice.choice("019"))[:10]
    quantities = {unit: _number(dice, 10**6) for unit in UNITS if dice.random() < 0.6}
    own = Extras(_money(dice, drawn, 10**3), None, _adjustments(dice, drawn)) if dice.random() < 0.1 else None
    claimed = drawn["preferences"] and dice.random() < 0.3
    relieved = drawn["reliefs"] and dice.random() < 0.2
    return ItemFacts(
        sequence=place,
        code=HsCode(code),
        price=_money(dice, drawn, 10**8),
        origin=dice.choice(("CN", "UZ", "RU", "DE", "KZ")),
        procedure=dice.choice(drawn["procedures"]),
        previous_procedure="00",
        additional_procedures=(dice.choice(drawn["reliefs"]),) if relieved else (),
        preference=dice.choice(drawn["preferences"]) if claimed else None,
        documents=("ST1",) if dice.random() < 0.5 else (),
        net_mass_kg=quantities.get("KGM"),
        gross_mass_kg=quantities.get("KGM"),
        quantities=quantities,
        decided_value=_number(dice, 10**7) if dice.random() < 0.05 else None,
        extras=own,
        stated_value=_money(dice, drawn, 10**7) if dice.random() < 0.05 else None,
    )


def _adjustments(dice: random.Random, drawn: dict[str, list[str]]) -> tuple[Adjustment, ...]:
    codes = [key.partition(".")[2] for key in drawn["codes"] if key.startswith(("valuation_a", "valuation_d"))]
    return (Adjustment(dice.choice(codes), _money(dice, drawn, 10**3)),) if codes else ()


def _money(dice: random.Random, drawn: dict[str, list[str]], most: int) -> Money:
    return Money(_number(dice, most), dice.choice(drawn["currencies"]))


def _number(dice: random.Random, most: int) -> Decimal:
    return Decimal(dice.randrange(1, most)) / dice.choice((1, 10, 100))
