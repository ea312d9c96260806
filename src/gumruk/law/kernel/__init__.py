# SPDX-License-Identifier: Apache-2.0
"""The values that every area of the law is written in."""

from __future__ import annotations

from gumruk.law.kernel.finding import Audience, Finding, Severity, Step
from gumruk.law.kernel.hscode import HsCode
from gumruk.law.kernel.money import ExchangeRate, Money, Rate
from gumruk.law.kernel.period import DateRange
from gumruk.law.kernel.quantity import UNITS, Quantity, Unit
from gumruk.law.kernel.rounding import LEGAL_CONTEXT, Level, Rounding, divided, exact_decimal

__all__ = [
    "LEGAL_CONTEXT",
    "UNITS",
    "Audience",
    "DateRange",
    "ExchangeRate",
    "Finding",
    "HsCode",
    "Level",
    "Money",
    "Quantity",
    "Rate",
    "Rounding",
    "Severity",
    "Step",
    "Unit",
    "divided",
    "exact_decimal",
]
