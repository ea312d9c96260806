# SPDX-License-Identifier: Apache-2.0
"""A worked case as it was read: the day, the goods, and what a lawyer worked out for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk.law.assessment import CarriedGoods, GoodsFacts, Method, Output, Scale
from gumruk.law.lawbook import Moments
from gumruk.law.payments import Breach
from gumruk.law.tariff.duties import Duty
from gumruk.law.valuation import ValueFacts

#: Where a charge stands that is not an item's; `ANYWHERE`: a row of a table, whose one item needs no number.
WHOLE, ANYWHERE = "whole", ""
#: What may be expected of one charge.
PARTS = ("rate", "base", "computed", "relieved", "secured", "payable", "relief")
#: What may be expected of an item beside its charges, and of the whole.
VALUE, STATISTICAL, TOTAL = "value", "statistical_value", "total"


@dataclass(frozen=True, slots=True)
class Cell:
    """A word of a case as it was written, and the line of the file that it stands on (1 for the first)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of a charge, value or total: `place` an item's number, `WHOLE` or `ANYWHERE`; parts by name."""

    place: str
    name: str
    parts: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What every case has: its place in its file, its name, the pack, what it follows, the arithmetic, the days.

    `country` is a pack that is shipped, or a folder beside the case's file.
    """

    file: str
    line: int
    name: str
    country: str
    law: str
    working: str
    moments: Moments
    training: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Worked):
    """A case of what goods cost. `findings` are the codes that the assessment gives, in their order."""

    facts: GoodsFacts
    expected: tuple[Expected, ...]
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCase(Worked):
    """A case of the six methods of valuation; `expected`: `method`, `value`, `refused.1`, `comparison.5`."""

    facts: ValueFacts
    expected: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Delay:
    """An amount that was due on one day and paid on another."""

    amount: Decimal
    due_on: date
    paid_on: date


@dataclass(frozen=True, slots=True)
class Stay:
    """Goods that stay for a time: what a release for good would cost, when they were admitted, until when they stay."""

    amount: Decimal
    admitted_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Anew:
    """The same goods as they were assessed, and as they are assessed anew."""

    before: GoodsFacts
    after: GoodsFacts


@dataclass(frozen=True, slots=True)
class Carried:
    """What a traveller carries, or a parcel holds, by one traffic of flat rates."""

    traffic: str
    goods: tuple[CarriedGoods, ...]


@dataclass(frozen=True, slots=True)
class ProcessedInward:
    """Goods imported to be processed, how much of them, and what came of it; `own` the released waste as goods."""

    imported: GoodsFacts
    quantity: Decimal
    scale: Scale
    outputs: tuple[Output, ...]
    own: Mapping[str, GoodsFacts]


@dataclass(frozen=True, slots=True)
class ProcessedOutward:
    """Products that come back, the goods that were sent out for them, and what the processing is worth."""

    products: GoodsFacts
    sent: GoodsFacts
    method: Method
    processing_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Offence:
    """A penalty by its code in the law, and what was not paid or done in time."""

    penalty: str
    breach: Breach


@dataclass(frozen=True, slots=True)
class PrintedDuty:
    """A duty as a tariff prints it, the goods it is taken of, and what its conditions and components are told.

    `figures` are by the code of a condition (V: the goods' own price for the unit), `components` by theirs (EA).
    """

    duty: Duty
    value: Decimal
    quantities: Mapping[str, Decimal]
    figures: Mapping[str, Decimal]
    documents: tuple[str, ...]
    programme: str
    components: Mapping[str, Duty]


LaterFacts = PrintedDuty | Offence | Delay | Stay | Anew | Carried | ProcessedInward | ProcessedOutward


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterCase(Worked):
    """A case of another reckoning than an assessment: interest, partial relief, flat rates; `expected` by name."""

    facts: LaterFacts
    expected: Mapping[str, Cell]
