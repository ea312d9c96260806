# SPDX-License-Identifier: Apache-2.0
"""Our arithmetic put to others' figures: a small pack's charges and roundings, the rates as their messages state them.

A rate that a message states is laid into the pack's tariff (or excise) as one row of law; the amount then comes from
`law.assessment`, as in lodging. Nothing is multiplied here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from gumruk import packs
from gumruk.law.assessment import Amounts, Computed, GoodsFacts, ItemFacts, compute
from gumruk.law.kernel import HsCode, Money
from gumruk.law.lawbook import Entry, LawBook, Legal, Moments, Status

PACKS = Path(__file__).parent / "packs"
LINE, RELEASE = "line", "40"
FREED = ("FREE",)


@dataclass(frozen=True)
class Line:
    """A tax line as a message states it, with the file and the place to find it again. `rate` is in percent.

    `deducted` is what the line takes off again; `where` are the item's number and what else tells the line from others.
    """

    file: str
    where: str
    tax: str
    base: Decimal
    rate: Decimal
    amount: Decimal
    deducted: Decimal = Decimal(0)

    def told(self) -> str:
        """What the message says."""
        less = f" - {self.deducted}" if self.deducted else ""
        file = "/".join(self.file.split("/")[-3:])
        return f"{file} {self.where} {self.tax}: {self.base} x {self.rate}%{less} = {self.amount}"


@dataclass(frozen=True)
class Goods:
    """An item for a whole assessment: price or customs value, the duty and excise that its lines state."""

    price: Money
    value: Decimal | None = None
    duty: str = "0%"
    excise: str | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)


class Country:
    """A small pack of `packs/` and the days it is asked for."""

    def __init__(self, name: str) -> None:
        self.pack = packs.load(PACKS / name)

    def lines(self, stated: Sequence[Line]) -> list[Amounts]:
        """Each line by itself: its base under its rate, rounded as the country rounds, less what it deducts."""
        rates = {rate: f"{number:010d}" for number, rate in enumerate(sorted({line.rate for line in stated}), start=1)}
        rows = [self._row("tariff", code, f"{rate:f}%") for rate, code in rates.items()]
        items = tuple(
            ItemFacts(
                sequence=number,
                code=HsCode(rates[line.rate]),
                price=Money(line.base, self.pack.currency),
                procedure=LINE,
                additional_procedures=FREED if line.deducted else (),
                decided_value=line.base,
            )
            for number, line in enumerate(stated, start=1)
        )
        found = self._compute(GoodsFacts(items), rows, date(2020, 1, 1))
        amounts = [line for line in found.amounts if line.charge.code == LINE]
        assert len(amounts) == len(stated)
        return amounts

    def whole(
        self,
        goods: Sequence[Goods],
        on: date,
        rates: Mapping[str, Decimal] | None = None,
        freight: Money | None = None,
    ) -> Computed:
        """A whole declaration under the pack's own charges, each on what the charges before it came to."""
        rows = [
            Entry("exchange_rates", code, {"amount": rate, "per": 1}, status=Status.TRAINING)
            for code, rate in (rates or {}).items()
        ]
        for number, item in enumerate(goods, start=1):
            rows.append(self._row("tariff", f"{number:010d}", item.duty))
            if item.excise is not None:
                rows.append(self._row("excise", f"{number:010d}", item.excise))
        items = tuple(
            ItemFacts(
                sequence=number,
                code=HsCode(f"{number:010d}"),
                price=item.price,
                procedure=RELEASE,
                quantities=item.quantities,
                decided_value=item.value,
            )
            for number, item in enumerate(goods, start=1)
        )
        return self._compute(GoodsFacts(items, freight=freight), rows, on)

    def _compute(self, facts: GoodsFacts, rows: Iterable[Entry], on: date) -> Computed:
        book = LawBook(self.pack.country, (*self.pack.book.entries, *rows))
        computed = compute(facts, Legal(book, Moments(on, on), training=True))
        assert not computed.findings, computed.findings[:3]
        return computed

    @staticmethod
    def _row(table: str, code: str, duty: str) -> Entry:
        return Entry(table, code, {"duty": duty}, status=Status.TRAINING)


def by_code(computed: Computed) -> dict[tuple[int | None, str], Amounts]:
    """The amounts of an assessment by item number and charge."""
    return {(line.item, line.charge.code): line for line in computed.amounts}


def reproduced(country: Country, stated: Sequence[Line]) -> tuple[list[Line], list[tuple[Line, Amounts]]]:
    """Which lines our arithmetic gives to the last digit, and the others with what it gives."""
    same: list[Line] = []
    others: list[tuple[Line, Amounts]] = []
    for line, ours in zip(stated, country.lines(stated), strict=True):
        if ours.payable == line.amount and ours.relieved == line.deducted:
            same.append(line)
        else:
            others.append((line, ours))
    return same, others
