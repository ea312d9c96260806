# SPDX-License-Identifier: Apache-2.0
"""Which method gives the customs value: the six in their order, each refused with its reasons until one holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from gumruk.law.kernel import LEGAL_CONTEXT, Step
from gumruk.law.valuation.methods import (
    Comparable,
    Outcome,
    Production,
    Reasonable,
    Resale,
    Transaction,
    comparable_value,
    computed_value,
    deductive_value,
    fallback_value,
    transaction_value,
)
from gumruk.law.valuation.value import ValuationLaw


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """All that is known of the value of one item, for each method; what is None nobody stated.

    `quantity` is the item's, in the unit of the comparable goods and resales. `computed_first`: the importer asked that
    methods 4 and 5 be reversed (article 4); the administration agrees where its law asks for that (annex III,
    paragraph 3): `reversal_agreed`.
    """

    quantity: Decimal
    transaction: Transaction | None = None
    identical: tuple[Comparable, ...] = ()
    similar: tuple[Comparable, ...] = ()
    resale: Resale | None = None
    production: Production | None = None
    reasonable: Reasonable | None = None
    computed_first: bool = False
    reversal_agreed: bool = True


@dataclass(frozen=True, slots=True)
class ValueDecision:
    """The record: every method's outcome in the order tried, and the one that was used (None: none holds).

    Outcomes after the one used are comparison figures.
    """

    outcomes: tuple[Outcome, ...]
    used: Outcome | None

    @property
    def value(self) -> Decimal | None:
        """The customs value, in the country's currency."""
        return None if self.used is None else self.used.value

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """The methods that were tried before the one used, each with its reasons."""
        tried = self.outcomes if self.used is None else self.outcomes[: self.outcomes.index(self.used)]
        return tuple(each for each in tried if each.value is None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Why each method before was refused, and how the one used led to its value."""
        told = [
            Step("valuation.refused", {"method": str(each.method), "reason": reason, "about": about}, "", each.act)
            for each in self.refused
            for reason, about in each.refused
        ]
        return (*told, *(self.used.steps if self.used else ()))

    @property
    def comparison(self) -> tuple[Outcome, ...]:
        """What the methods after the one used would have given."""
        after = () if self.used is None else self.outcomes[self.outcomes.index(self.used) + 1 :]
        return tuple(each for each in after if each.value is not None)


def decide_value(facts: ValueFacts, law: ValuationLaw, path: str = "") -> ValueDecision:
    """Try the methods in their order (General Introductory Commentary; article 4) and record each."""
    with localcontext(LEGAL_CONTEXT):
        deductive = deductive_value(facts.resale, facts.quantity, law, path)
        computed = computed_value(facts.production, law, path)
        reversed_order = facts.computed_first and facts.reversal_agreed
        outcomes = (
            transaction_value(facts.transaction, law, path),
            comparable_value(2, facts.identical, facts.quantity, law, path),
            comparable_value(3, facts.similar, facts.quantity, law, path),
            *((computed, deductive) if reversed_order else (deductive, computed)),
            fallback_value(facts.reasonable, law, path),
        )
    return ValueDecision(outcomes, next((each for each in outcomes if each.value is not None), None))


def secured_for_doubt(declared: Decimal | None, likely: Decimal | None) -> Decimal | None:
    """What is secured while a declared amount is doubted (Decision 6.1): the difference only, never the whole.

    Both are sums of charges, at the declared value and at the one that is likely; None where one is not known.
    """
    if declared is None or likely is None:
        return None
    return max(LEGAL_CONTEXT.subtract(likely, declared), Decimal(0))
