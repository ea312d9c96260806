# SPDX-License-Identifier: Apache-2.0
"""The records of tariff quotas: order numbers, their origins, definitions, periods, associations, told balances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from gumruk.law.tariff.measures.model import Record


class QuotaState(StrEnum):
    """How a quota stands on a day. Closed: no definition holds; licensed: managed by licences, not by a balance."""

    OPEN = "open"
    CRITICAL = "critical"
    EXHAUSTED = "exhausted"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    LICENSED = "licensed"


@dataclass(frozen=True, slots=True)
class QuotaOrderNumber(Record):
    """A quota's order number ("090709"). `licensed`: managed by licences, not first come first served."""

    code: str
    licensed: bool = False
    sid: str = ""

    @property
    def identity(self) -> object:
        return self.sid or (self.code, self.starts_on)


@dataclass(frozen=True, slots=True)
class QuotaOrderNumberOrigin(Record):
    """An area whose goods may draw on an order number, and the areas excluded from it."""

    order_number: str
    area: str
    excluded_areas: tuple[str, ...] = ()
    sid: str = ""

    @property
    def identity(self) -> object:
        return self.sid or (self.order_number, self.area, self.starts_on)


@dataclass(frozen=True, slots=True)
class QuotaDefinition(Record):
    """A quota's period and volume, in `unit` (or a currency); `critical_threshold` is per cent of the volume drawn.

    `decimals` is the finest part of the unit that is allotted. `critical` is the state as the tariff states it.
    """

    sid: str
    order_number: str
    volume: Decimal
    unit: str = ""
    qualifier: str = ""
    currency: str = ""
    decimals: int = 3
    critical_threshold: Decimal = Decimal(90)
    critical: bool = False

    @property
    def identity(self) -> object:
        return self.sid


@dataclass(frozen=True, slots=True)
class QuotaBlockingPeriod(Record):
    """Days on which a definition's claims wait and are not served."""

    definition: str
    sid: str = ""

    @property
    def identity(self) -> object:
        return self.sid or (self.definition, self.starts_on)


@dataclass(frozen=True, slots=True)
class QuotaSuspensionPeriod(Record):
    """Days on which a definition cannot be drawn on."""

    definition: str
    sid: str = ""

    @property
    def identity(self) -> object:
        return self.sid or (self.definition, self.starts_on)


@dataclass(frozen=True, slots=True)
class QuotaAssociation(Record):
    """A sub-quota of a main quota, by definition: relation "NM" normal or "EQ" equivalent, and its coefficient."""

    main: str
    sub: str
    relation: str = "NM"
    coefficient: Decimal = Decimal(1)

    @property
    def identity(self) -> object:
        return (self.main, self.sub)


@dataclass(frozen=True, slots=True)
class QuotaBalance(Record):
    """The balance of a definition as its keeper told it at a moment (`known_from` where not told otherwise)."""

    definition: str
    told_at: datetime
    balance: Decimal

    @property
    def identity(self) -> object:
        return (self.definition, self.told_at)
