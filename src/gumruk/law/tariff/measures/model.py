# SPDX-License-Identifier: Apache-2.0
"""A tariff's records: goods nomenclature, areas, measure types, measures. Names and shapes are TARIC's.

Those of quotas stand in `measures.quota_records`; all are imported from `gumruk.law.tariff.measures`.

**How a reader builds a tariff.** It yields records, in any order, and hands them over: `Tariff.of(records)`. Every
record is a fact: `starts_on` and `ends_on` are the legal days that it holds, both included, None is open; `known_from`
is the moment since when it is known (None: always). Nothing is overwritten. A later version of a record is a second
record of the same `identity` with a later `known_from`; a deletion is `replace(record, withdrawn=True, known_from=…)`.
The tariff finds the version that was known at a moment.

- Goods codes have ten digits, padded with zeros (`8703000000`); a line that another tariff prints shorter is padded.
  `indent` is the number of dashes (headings and chapters 0): `indent_of` gives it where a tariff prints none.
- A measure on all goods is set on `ALL_GOODS`; moments (`known_from`) are aware, in UTC.
- A record names another by its trade's code ("103", "1011", "N990", "CD727"), never by an object. An area of the whole
  world is `ERGA_OMNES`; it needs no members. A sid is whatever tells two records of the source apart.
- A tariff that gives components (TARIC3, the UK) fills `components` and `duty=duty_of(components)`; one that prints
  a text (US, EAEU, Australia) fills `duty=read_duty(text)` alone. What cannot be read is left None, and reported.
- A tariff without measure types makes its own: `MeasureType("103", kind=MeasureKind.THIRD_COUNTRY, …)`; TARIC's are
  classed by `kind_of` and `claims_of` in `measures.kinds`.

Sources: the TARIC3 data model as the XML extracts show it; WTO Agreement terms for kinds of duty.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from gumruk.law.tariff.duties import Duty

#: The area that stands for every origin (TARIC's 1011); measures exclude areas from it.
ERGA_OMNES = "1011"
#: The code of a measure on every code of the nomenclature: no line, and above all chapters.
ALL_GOODS = "0000000000"
#: A line of the nomenclature that may bear measures; other suffixes are intermediate lines.
PRODUCT_LINE = "80"


class MeasureKind(StrEnum):
    """What a measure does to goods, whatever its number is in a tariff."""

    THIRD_COUNTRY = "third_country"
    PREFERENCE = "preference"
    SUSPENSION = "suspension"
    QUOTA = "quota"
    PREFERENTIAL_QUOTA = "preferential_quota"
    ANTI_DUMPING = "anti_dumping"
    COUNTERVAILING = "countervailing"
    SAFEGUARD = "safeguard"
    ADDITIONAL_DUTY = "additional_duty"
    AGRICULTURAL = "agricultural"
    EXPORT_DUTY = "export_duty"
    EXCISE = "excise"
    VAT = "vat"
    PROHIBITION = "prohibition"
    RESTRICTION = "restriction"
    SUPPLEMENTARY_UNIT = "supplementary_unit"
    UNIT_PRICE = "unit_price"
    INFORMATION = "information"


class Movement(StrEnum):
    """Which way the goods go."""

    IMPORT = "import"
    EXPORT = "export"
    BOTH = "both"


class Applicable(StrEnum):
    """Whether a field must, may or must not stand."""

    MANDATORY = "mandatory"
    PERMITTED = "permitted"
    NOT_PERMITTED = "not_permitted"


class AreaKind(StrEnum):
    """Kinds of geographical area."""

    COUNTRY = "country"
    GROUP = "group"
    REGION = "region"


class Effect(StrEnum):
    """What an action of a satisfied condition does."""

    APPLY_AMOUNT = "apply_amount"
    APPLY_DUTY = "apply_duty"
    NOT_APPLICABLE = "not_applicable"
    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    CORRECT_DECLARATION = "correct_declaration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(ABC):
    """A fact of the tariff: its legal days (both included), since when it is known, and whether it was withdrawn."""

    starts_on: date | None = None
    ends_on: date | None = None
    known_from: datetime | None = None
    withdrawn: bool = False

    @property
    @abstractmethod
    def identity(self) -> object:
        """What two versions of one fact have in common."""

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the record's legal days."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    def spans(self, other: Record) -> bool:
        """Whether all legal days of the other are days of this one."""
        starts = self.starts_on is None or (other.starts_on is not None and self.starts_on <= other.starts_on)
        return starts and (self.ends_on is None or (other.ends_on is not None and other.ends_on <= self.ends_on))

    def overlaps(self, other: Record) -> bool:
        """Whether one day lies in both."""
        before = self.ends_on is not None and other.starts_on is not None and self.ends_on < other.starts_on
        after = other.ends_on is not None and self.starts_on is not None and other.ends_on < self.starts_on
        return not (before or after)

    @property
    def days(self) -> str:
        """The legal days, for a text: `2020-01-01/...`."""
        return f"{self.starts_on or '...'}/{self.ends_on or '...'}"


@dataclass(frozen=True, slots=True)
class GoodsNomenclature(Record):
    """A line of the nomenclature: ten digits, product-line suffix, indent (dashes), supplementary unit (Rec 20).

    A line whose indent changes is one record for each period.
    """

    code: str
    suffix: str = PRODUCT_LINE
    indent: int = 0
    unit: str = ""
    sid: str = ""

    @property
    def identity(self) -> object:
        return (self.sid or f"{self.code}/{self.suffix}", self.starts_on)


@dataclass(frozen=True, slots=True)
class MeasureTypeSeries(Record):
    """A series of measure types (C duties, D trade defence …); `only_one`: one measure of the series may apply."""

    code: str
    only_one: bool = False

    @property
    def identity(self) -> object:
        return self.code


@dataclass(frozen=True, slots=True)
class MeasureType(Record):
    """A measure type. `claimed_by` are the preference codes under which it is claimed; none: it needs no claim.

    `explosion_level` is the number of digits to which measures may be set. With `nearest_wins` a measure on a nearer
    goods code takes the place of those alike above it (most national tariffs); without it two alike on one branch are
    a fault (TARIC, rule ME32): both apply, and a finding says so. `additional_code_types` are the
    types that its measures may carry; None: not stated.
    """

    code: str
    kind: MeasureKind
    series: str = ""
    movement: Movement = Movement.IMPORT
    duty: Applicable = Applicable.PERMITTED
    order_number: Applicable = Applicable.PERMITTED
    explosion_level: int = 10
    priority: int = 0
    nearest_wins: bool = False
    claimed_by: frozenset[str] = frozenset()
    additional_code_types: frozenset[str] | None = None

    @property
    def identity(self) -> object:
        return (self.code, self.starts_on)


@dataclass(frozen=True, slots=True)
class MeasureAction(Record):
    """What an action code of conditions does, where a tariff has codes of its own."""

    code: str
    effect: Effect

    @property
    def identity(self) -> object:
        return self.code


@dataclass(frozen=True, slots=True)
class GeographicalArea(Record):
    """A country (ISO 3166), a region or a group ("1008"); `parent` is the group that holds this group."""

    code: str
    kind: AreaKind = AreaKind.COUNTRY
    parent: str = ""
    sid: str = ""

    @property
    def identity(self) -> object:
        return self.sid or (self.code, self.starts_on)


@dataclass(frozen=True, slots=True)
class GeographicalMembership(Record):
    """A country or region in a group for some days."""

    group: str
    member: str

    @property
    def identity(self) -> object:
        return (self.group, self.member, self.starts_on)


@dataclass(frozen=True, slots=True)
class AdditionalCode(Record):
    """An additional code: its type's character and three more ("C490"); type 7 is Meursing's."""

    code: str
    sid: str = ""

    @property
    def identity(self) -> object:
        return self.sid or (self.code, self.starts_on)

    @property
    def type(self) -> str:
        """The type's character."""
        return self.code[:1]


@dataclass(frozen=True, slots=True)
class Certificate(Record):
    """A document that a condition asks for: type's character and code ("N990")."""

    code: str

    @property
    def identity(self) -> object:
        return (self.code, self.starts_on)


@dataclass(frozen=True, slots=True)
class Footnote(Record):
    """A footnote: type and number ("CD727"). Its words are labels, kept apart."""

    code: str

    @property
    def identity(self) -> object:
        return (self.code, self.starts_on)


@dataclass(frozen=True, slots=True)
class Regulation(Record):
    """The act that measures come from: its number as the tariff has it; `ends_on` is its effective end."""

    code: str
    replaced_by: str = ""
    approved: bool = True
    act: str = ""

    @property
    def identity(self) -> object:
        return self.code


@dataclass(frozen=True, slots=True)
class MeasureComponent:
    """One component of a duty: TARIC's duty expression (01, 04, 15, 17 …), amount, currency, unit and qualifier."""

    expression: str
    amount: Decimal | None = None
    currency: str = ""
    unit: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class MeasureCondition:
    """One row of a measure's conditions: rows of one code are tried in their sequence, the first satisfied one acts.

    `threshold` is an amount of `currency` (empty: a quantity) per `unit`.
    """

    code: str
    sequence: int
    action: str
    certificate: str = ""
    threshold: Decimal | None = None
    currency: str = ""
    unit: str = ""
    qualifier: str = ""
    components: tuple[MeasureComponent, ...] = ()
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Measure(Record):
    """A measure. `code` is empty where an additional code alone bears it (Meursing).

    `claimed_by`, where it is not empty, takes the place of its type's: programmes such as "A" or "KR". `act` names the
    act for people, where the regulation's number does not.
    """

    sid: str
    type: str
    area: str
    code: str = ""
    additional_code: str = ""
    order_number: str = ""
    reduction: str = ""
    regulation: str = ""
    components: tuple[MeasureComponent, ...] = ()
    duty: Duty | None = None
    conditions: tuple[MeasureCondition, ...] = ()
    excluded_areas: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    stopped: bool = False
    claimed_by: frozenset[str] = field(default_factory=frozenset)
    act: str = ""

    @property
    def identity(self) -> object:
        return self.sid


def indent_of(code: str) -> int:
    """The dashes that a ten-digit code would have by its digits alone: 4 and fewer none, then one for two digits.

    >>> [indent_of(code) for code in ("8700000000", "8703000000", "8703230000", "8703231900", "8703231940")]
    [0, 0, 1, 2, 3]
    """
    return max(0, (digits_of(code) + 1) // 2 - 2)


def digits_of(code: str) -> int:
    """How many of the ten digits a code uses: 2, 4, 6, 8 or 10 (TARIC's levels); 0 for all goods."""
    return (len(code.rstrip("0")) + 1) // 2 * 2
