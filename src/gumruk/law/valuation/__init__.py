# SPDX-License-Identifier: Apache-2.0
"""Customs value: the price actually paid, with freight and insurance shared out so that the parts sum."""

from __future__ import annotations

from gumruk.law.valuation.value import (
    Adjustment,
    Extras,
    Priced,
    ValuationLaw,
    ValueOfItem,
    currencies_named,
    obstacles,
    statistical_value,
    steps_of,
    valuation_law,
    value_goods,
    values_below_zero,
)

__all__ = [
    "Adjustment",
    "Extras",
    "Priced",
    "ValuationLaw",
    "ValueOfItem",
    "currencies_named",
    "obstacles",
    "statistical_value",
    "steps_of",
    "valuation_law",
    "value_goods",
    "values_below_zero",
]
