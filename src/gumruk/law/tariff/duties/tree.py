# SPDX-License-Identifier: Apache-2.0
"""What a tariff's duty says, as a tree of frozen values: equal texts of different tariffs are equal trees.

`Percent`, `Specific`, `Component` and `Reference` are terms; `Sum`, `AtLeast`, `AtMost`, `Either` and `Scaled` put them
together; `Programmes`, `Dated`, `Seasonal` and `Conditional` say whose, when and under which condition a duty holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Percent:
    """Per cent of the customs value, or of the value of a part of the goods (`basis`: "on the case")."""

    rate: Decimal
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Specific:
    """An amount of a currency (ISO 4217) per so many units; unit "" is an amount for the whole.

    `qualifiers` are TARIC's (E net drained weight, P lactic matter, X per hectolitre ...) and change the quantity that
    is counted; `basis` is a part of the goods or a content ("on lead content").
    """

    amount: Decimal
    currency: str
    unit: str = ""
    per: Decimal = Decimal(1)
    qualifiers: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A component that another table gives: EA agricultural component, ADSZ sugar, ADFM flour, with R the reduced."""

    code: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A duty that another place of the tariff states: its words, as printed. It cannot be computed here."""

    text: str


@dataclass(frozen=True, slots=True)
class Free:
    """No duty; `under` is the condition that is printed with it ("under bond"), kept as its words."""

    under: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The measure bears no duty of its own (NIHIL, "No change"): not a zero, nothing."""

    text: str = "NIHIL"


@dataclass(frozen=True, slots=True)
class SupplementaryUnit:
    """No duty but the unit in which the goods are counted (TARIC 99)."""

    unit: str
    qualifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """No duty but a quantity that a condition compares with."""

    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of two duties, or with `minus` their difference."""

    left: Duty
    right: Duty
    minus: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The duty, but not less than the floor: the greater of the two."""

    duty: Duty
    floor: Duty


@dataclass(frozen=True, slots=True)
class AtMost:
    """The duty, but not more than the cap: the lesser of the two. `where` limits the cap to a case, in its words."""

    duty: Duty
    cap: Duty
    where: str = ""


@dataclass(frozen=True, slots=True)
class Either:
    """One of two duties: the lower, or with `higher` the higher amount."""

    first: Duty
    second: Duty
    higher: bool = False


@dataclass(frozen=True, slots=True)
class Scaled:
    """A duty for each unit of a measure that the declarant states: "for each degree under 100"."""

    duty: Duty
    measure: str


@dataclass(frozen=True, slots=True)
class ProgrammeRate:
    """A duty for these programmes or country groups; none named: for everybody else."""

    duty: Duty
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programmes:
    """Duties by preference programme ("Free (A,AU,BH) 1.7% (KR)") or country group ("5% DCS4%")."""

    rates: tuple[ProgrammeRate, ...]


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A duty from a day until a day, both included; None is open. `where` is a further limit in its words."""

    duty: Duty
    first: date | None = None
    last: date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """Duties by day; of several that hold, the last named."""

    rates: tuple[DatedRate, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """A duty between two days of each year, both included, as (month, day)."""

    duty: Duty
    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seasonal:
    """Duties by season; outside them the measure bears none."""

    seasons: tuple[Season, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of a measure's conditions (TARIC): tried in sequence within its code.

    `certificate` is the document that satisfies it, `threshold` the amount or quantity that the goods are compared
    with, in `currency` (None: a quantity) per `unit`. `action` is TARIC's two digits, `duty` what action 01 applies.
    """

    code: str
    action: str
    certificate: str = ""
    threshold: Decimal | None = None
    currency: str = ""
    unit: str = ""
    qualifiers: tuple[str, ...] = ()
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    """A measure's conditions, in their printed order."""

    conditions: tuple[Condition, ...]


Duty = (
    Percent
    | Specific
    | Component
    | Reference
    | Free
    | Nothing
    | SupplementaryUnit
    | Threshold
    | Sum
    | AtLeast
    | AtMost
    | Either
    | Scaled
    | Programmes
    | Dated
    | Seasonal
    | Conditional
)


def parts_of(duty: Duty) -> tuple[Duty, ...]:
    """The duties right inside this one, in the order of the text."""
    if isinstance(duty, Sum):
        return (duty.left, duty.right)
    if isinstance(duty, AtLeast):
        return (duty.duty, duty.floor)
    if isinstance(duty, AtMost):
        return (duty.duty, duty.cap)
    if isinstance(duty, Either):
        return (duty.first, duty.second)
    if isinstance(duty, Scaled):
        return (duty.duty,)
    if isinstance(duty, Programmes):
        return tuple(rate.duty for rate in duty.rates)
    if isinstance(duty, Dated):
        return tuple(rate.duty for rate in duty.rates)
    if isinstance(duty, Seasonal):
        return tuple(season.duty for season in duty.seasons)
    if isinstance(duty, Conditional):
        return tuple(row.duty for row in duty.conditions if row.duty is not None)
    return ()
