# SPDX-License-Identifier: Apache-2.0
"""The duty that TARIC's components make: each has a duty expression that says how it joins those before it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gumruk.law.tariff.duties import Duty, DutyError
from gumruk.law.tariff.duties.tree import (
    AtLeast,
    AtMost,
    Component,
    Nothing,
    Percent,
    Specific,
    Sum,
    SupplementaryUnit,
)
from gumruk.law.tariff.measures.model import MeasureComponent

#: TARIC's duty expressions, in the order in which a sentence has them.
PLUS, MINUS = frozenset({"04", "19", "20"}), frozenset({"02", "36"})
FLOOR, CAP = frozenset({"15"}), frozenset({"17", "35"})
TABLES = {"12": "EA", "14": "EAR", "21": "ADSZ", "25": "ADSZR", "27": "ADFM", "29": "ADFMR"}
FIRST, NIHIL, SUPPLEMENTARY = "01", "37", "99"
EXPRESSIONS = frozenset({FIRST, NIHIL, SUPPLEMENTARY}) | PLUS | MINUS | FLOOR | CAP | frozenset(TABLES)


def duty_of(components: Iterable[MeasureComponent]) -> Duty | None:
    """The duty of components in their printed order; None for none.

    Clauses are sums; a minimum and a maximum open a new clause and are applied from left to right (so TARIC).
    Raises DutyError: DUTY-4 for an expression that is not known, DUTY-3 for one without its amount.
    """
    whole: Duty | None = None
    clause: Duty | None = None
    join = ""
    for component in components:
        term = _term(component)
        if component.expression in FLOOR or component.expression in CAP:
            whole, clause, join = _joined(whole, clause, join), term, component.expression
        elif clause is None:
            clause = term
        else:
            clause = Sum(clause, term, minus=component.expression in MINUS)
    return _joined(whole, clause, join)


def _joined(whole: Duty | None, clause: Duty | None, join: str) -> Duty | None:
    if clause is None or whole is None:
        return clause
    return AtLeast(whole, clause) if join in FLOOR else AtMost(whole, clause)


def _term(component: MeasureComponent) -> Duty:
    expression = component.expression
    if expression not in EXPRESSIONS:
        raise DutyError("DUTY-4", 0, {"found": expression, "wanted": "% / currency"})
    if expression in TABLES:
        return Component(TABLES[expression])
    if expression == NIHIL:
        return Nothing()
    qualifiers = (component.qualifier,) if component.qualifier else ()
    if expression == SUPPLEMENTARY:
        return SupplementaryUnit(component.unit, qualifiers)
    if component.amount is None:
        raise DutyError("DUTY-3", 0, {"wanted": "number", "found": expression})
    if not component.currency:
        return Percent(component.amount)
    return Specific(component.amount, component.currency, component.unit, Decimal(1), qualifiers)
