# SPDX-License-Identifier: Apache-2.0
"""The formulas of value content, each with its source. Exact: compared by multiplying, rounded only to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gumruk.law.kernel import LEGAL_CONTEXT, Rounding, divided

_HUNDRED = Decimal(100)
_SHOWN = Rounding("half_up", 4)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: `percent` is what is printed, `at_least` and `at_most` compare without rounding.

    `whole` must be above zero (a price of nothing has no share).
    """

    part: Decimal
    whole: Decimal

    @property
    def percent(self) -> Decimal:
        """Per cent, rounded half up to four places for showing only."""
        return divided(LEGAL_CONTEXT.multiply(self.part, _HUNDRED), self.whole, _SHOWN)

    def at_least(self, percent: Decimal) -> bool:
        """Whether the share is the percentage or more."""
        return LEGAL_CONTEXT.multiply(self.part, _HUNDRED) >= LEGAL_CONTEXT.multiply(self.whole, percent)

    def at_most(self, percent: Decimal) -> bool:
        """Whether the share is the percentage or less."""
        return LEGAL_CONTEXT.multiply(self.part, _HUNDRED) <= LEGAL_CONTEXT.multiply(self.whole, percent)


@dataclass(frozen=True, slots=True)
class Formula:
    """A value content as its source writes it."""

    method: str
    written: str
    source: str


#: RVC = VOM / AV * 100: value of originating materials and adjusted value.
BUILD_UP = Formula("build_up", "RVC = VOM / AV * 100", "19 CFR 10.454(b)")
#: RVC = (TV - VNM) / TV * 100: transaction value and value of the materials that do not originate.
BUILD_DOWN = Formula("build_down", "RVC = (TV - VNM) / TV * 100", "HTSUS General Note 12(c)(i); NAFTA Article 402(2)")
NET_COST = Formula("net_cost", "RVC = (NC - VNM) / NC * 100", "HTSUS General Note 12(c)(ii); NAFTA Article 402(3)")
FOCUSED = Formula("focused", "RVC = (value - FVNM) / value * 100", "CPTPP Article 3.5")
DIRECT = Formula(
    "direct",
    "RVC = (ASEAN material cost + direct labour + direct overhead + other cost + profit) / FOB * 100 %",
    "ATIGA Article 29",
)
FORMULAS = {formula.method: formula for formula in (BUILD_UP, BUILD_DOWN, NET_COST, FOCUSED, DIRECT)}
#: What the direct method adds up.
COSTS = ("material", "labour", "overhead", "other", "profit")


def build_up(originating: Decimal, value: Decimal) -> Share:
    """The share of originating materials in the value (BUILD_UP)."""
    return Share(originating, value)


def build_down(value: Decimal, non_originating: Decimal) -> Share:
    """The share of the value that is left without non-originating materials (BUILD_DOWN, NET_COST, FOCUSED)."""
    return Share(LEGAL_CONTEXT.subtract(value, non_originating), value)


def direct(costs: Mapping[str, Decimal], fob: Decimal) -> Share:
    """The share of the region's costs (each of COSTS) and the profit in the FOB price (DIRECT)."""
    total = Decimal(0)
    for name in COSTS:
        total = LEGAL_CONTEXT.add(total, costs[name])
    return Share(total, fob)
