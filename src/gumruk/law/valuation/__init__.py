# SPDX-License-Identifier: Apache-2.0
"""Customs value: the price paid, additions, deductions and shares that sum to their whole; the methods 1 to 6."""

from __future__ import annotations

from gumruk.law.valuation.decision import ValueDecision, ValueFacts, decide_value, secured_for_doubt
from gumruk.law.valuation.elements import ELEMENTS, StatedCost
from gumruk.law.valuation.incoterms import TERMS, Term
from gumruk.law.valuation.methods import (
    FORBIDDEN_BASES,
    Comparable,
    Outcome,
    Production,
    Reasonable,
    Resale,
    Transaction,
    transaction_value,
)
from gumruk.law.valuation.record import DOUBT_REMAINS, REASONS, ValueRecord, record_findings
from gumruk.law.valuation.unit_price import Sale, UnitPrice, greatest_aggregate
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
    "DOUBT_REMAINS",
    "ELEMENTS",
    "FORBIDDEN_BASES",
    "REASONS",
    "TERMS",
    "Adjustment",
    "Comparable",
    "Extras",
    "Outcome",
    "Priced",
    "Production",
    "Reasonable",
    "Resale",
    "Sale",
    "StatedCost",
    "Term",
    "Transaction",
    "UnitPrice",
    "ValuationLaw",
    "ValueDecision",
    "ValueFacts",
    "ValueOfItem",
    "ValueRecord",
    "currencies_named",
    "decide_value",
    "greatest_aggregate",
    "obstacles",
    "record_findings",
    "secured_for_doubt",
    "statistical_value",
    "steps_of",
    "transaction_value",
    "valuation_law",
    "value_goods",
    "values_below_zero",
]
