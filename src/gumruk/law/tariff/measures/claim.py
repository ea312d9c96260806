# SPDX-License-Identifier: Apache-2.0
"""What the tariff is asked and what it answers: a claim; measures that apply, and the others with their reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gumruk.law.kernel import Finding
from gumruk.law.tariff.duties import Duty
from gumruk.law.tariff.measures.model import Measure, MeasureCondition, MeasureKind, MeasureType, Movement
from gumruk.law.tariff.measures.quota_records import QuotaState


class Reason(StrEnum):
    """Why a measure of the branch does not apply."""

    NOT_IN_FORCE = "not_in_force"
    STOPPED = "stopped"
    UNKNOWN_TYPE = "unknown_type"
    OTHER_MOVEMENT = "other_movement"
    OTHER_ORIGIN = "other_origin"
    EXCLUDED_ORIGIN = "excluded_origin"
    ADDITIONAL_CODE = "additional_code"
    NOT_CLAIMED = "not_claimed"
    NEARER_MEASURE = "nearer_measure"
    QUOTA = "quota"
    CONDITION = "condition"
    DISPLACED = "displaced"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class TariffClaim:
    """What is declared of goods, as far as the tariff asks.

    `origin` is the destination where goods are exported. `figures` are what conditions compare, by condition code.
    `units` are the units (Rec 20) in which quantities are declared; None: not asked. `quotas` says how each order
    number stands (see `law.tariff.quotas`).
    """

    code: str
    origin: str
    day: date
    movement: Movement = Movement.IMPORT
    preferences: tuple[str, ...] = ()
    order_number: str = ""
    additional_codes: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    units: frozenset[str] | None = None
    quotas: Mapping[str, QuotaState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """A measure that applies: its type, the duty that its conditions leave, and the conditions that were met."""

    measure: Measure
    type: MeasureType
    duty: Duty | None
    met: tuple[MeasureCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A measure of the branch that does not apply, and why; `detail` is the code that decided it."""

    measure: Measure
    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MeasuresFound:
    """What `measures_for` tells: nearest measures first."""

    applied: tuple[Applied, ...]
    others: tuple[NotApplied, ...]
    findings: tuple[Finding, ...]

    def of(self, *kinds: MeasureKind) -> tuple[Applied, ...]:
        """The applied measures of some kinds."""
        return tuple(held for held in self.applied if held.type.kind in kinds)
