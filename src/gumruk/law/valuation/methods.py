# SPDX-License-Identifier: Apache-2.0
"""The six methods of the WTO Valuation Agreement, each a function of stated facts: a value with its steps, or refused.

Amounts without a currency are in the country's own. Method 1 is article 1, 2 is article 2, 3 is article 3, 4 is article
5 (deductive), 5 is article 6 (computed), 6 is article 7 (fall-back).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.kernel import Money, Step, divided
from gumruk.law.valuation.elements import AGREEMENT, StatedCost, adjusted
from gumruk.law.valuation.unit_price import Sale, greatest_aggregate
from gumruk.law.valuation.value import ValuationLaw

ARTICLES = {1: "article 1", 2: "article 2", 3: "article 3", 4: "article 5", 5: "article 6", 6: "article 7"}
#: What article 7.2 forbids as a basis of the fall-back method.
FORBIDDEN_BASES = (
    *("price_of_domestic_goods", "higher_of_two_values", "price_in_country_of_export", "other_cost_of_production"),
    *("price_for_export_elsewhere", "minimum_value", "arbitrary_value"),
)
#: Goods not resold at the time of importation: the earliest sale before this many days counts (article 5.1(b)).
RESALE_DAYS_MAX = 90


@dataclass(frozen=True, slots=True)
class Transaction:
    """The sale for export (article 1). A question that is None was not answered.

    `restrictions`, `conditions`, `proceeds` (articles 1.1(a) to (c)): whether there is such a one that stands in the
    way. `price_influenced`: by the relationship, as the circumstances of the sale show (1.2(a)); `test_value` is a
    value of article 1.2(b), which the price approximates closely within `tolerance` (a share, from the country's law).
    """

    price: Money
    term: str = ""
    sold_for_export: bool | None = None
    restrictions: bool | None = None
    conditions: bool | None = None
    proceeds: bool | None = None
    related: bool | None = None
    price_influenced: bool | None = None
    test_value: Decimal | None = None
    tolerance: Decimal | None = None
    costs: tuple[StatedCost, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparable:
    """A customs value that was accepted by method 1 for identical or similar goods (articles 2 and 3).

    `level_factor`, `quantity_factor`: shown by evidence where the commercial level or the quantity differs; without it
    such goods cannot be used. `transport_difference` is added (article 2.2).
    """

    value: Decimal
    quantity: Decimal
    same_time: bool
    same_country: bool = True
    same_level: bool = True
    same_quantity: bool = True
    same_producer: bool = True
    level_factor: Decimal | None = None
    quantity_factor: Decimal | None = None
    transport_difference: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Resale:
    """Sales in the country of importation (article 5), and per unit what is taken off: commission or profit and general
    expenses, transport and insurance after importation, duties and taxes; `value_added` by further processing (5.2)."""

    sales: tuple[Sale, ...]
    margin: Decimal
    inland_costs: Decimal = Decimal(0)
    duties: Decimal = Decimal(0)
    days_after_importation: int = 0
    processed: bool = False
    processing_requested: bool = False
    value_added: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Production:
    """The producer's costs (article 6): materials and making, profit and general expenses, what article 8.2 counts."""

    materials_and_making: Decimal
    profit_and_expenses: Decimal
    transport_and_insurance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reasonable:
    """A value by reasonable means (article 7): which `basis` it rests on, in a word."""

    value: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method came to: a value, or `refused` with its reasons (code, and what it speaks of); always its steps."""

    method: int
    value: Decimal | None
    refused: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = field(default=())

    @property
    def act(self) -> str:
        """The article of the method."""
        return f"{AGREEMENT}, {ARTICLES[self.method]}"


def _act(method: int, part: str = "") -> str:
    return f"{AGREEMENT}, {ARTICLES[method]}{part}"


def transaction_value(facts: Transaction | None, law: ValuationLaw, path: str = "") -> Outcome:
    """Method 1: the price actually paid or payable, adjusted under article 8."""
    if facts is None:
        return Outcome(1, None, (("no_sale", ""),))
    money = facts.price
    if money.currency not in law.rates:
        return Outcome(1, None, (("no_rate", money.currency),))
    price = law.conversion.apply(money.amount * law.rates[money.currency])
    told = {"price": f"{money.amount:f}", "currency": money.currency, "rate": f"{law.rates[money.currency]:f}"}
    steps = [Step("valuation.price", {**told, "amount": f"{price:f}"}, path, _act(1))]
    missing = [each.amount.currency for each in facts.costs if each.amount.currency not in law.rates]
    if missing:
        return Outcome(1, None, tuple(("no_rate", currency) for currency in missing), tuple(steps))
    found = adjusted(price, facts.costs, facts.term, law, path)
    value = law.rounding.apply(found.amount)
    steps += found.steps
    reasons = [("unanswered", question) for question in found.unanswered]
    for question in ("sold_for_export", "restrictions", "conditions", "proceeds", "related"):
        answer = getattr(facts, question)
        if answer is None:
            reasons.append(("unanswered", question))
        elif question != "related" and answer is (question != "sold_for_export"):
            reasons.append((question if question != "sold_for_export" else "no_sale", ""))
    if facts.related:
        reasons += _relation(facts, value)
    if value <= 0 and not found.unanswered:
        reasons.append(("nothing_left", f"{value:f}"))
    if reasons:
        return Outcome(1, None, tuple(reasons), tuple(steps))
    return Outcome(1, value, (), (*steps, _total(value, law, path)))


def _relation(facts: Transaction, value: Decimal) -> list[tuple[str, str]]:
    """Why a sale between related persons is not accepted: article 1.2 has two ways to show that the price is sound."""
    if facts.price_influenced is False:
        return []
    if facts.test_value is not None and facts.tolerance is not None:
        near = abs(value - facts.test_value) <= facts.test_value * facts.tolerance
        return [] if near else [("far_from_test_value", f"{facts.test_value:f}")]
    return [("related", "")] if facts.price_influenced else [("unanswered", "price_influenced")]


def comparable_value(
    method: int, goods: Iterable[Comparable], quantity: Decimal, law: ValuationLaw, path: str = ""
) -> Outcome:
    """Methods 2 and 3: the value of identical (2) or similar (3) goods, of several the lowest (articles 2.3 and 3.3).

    Goods of another producer count only where there are none of the same one (article 15.2(e)).
    """
    usable: list[tuple[bool, Decimal, Comparable]] = []
    reasons = []
    for each in goods:
        why = _unusable(each)
        if why:
            reasons.append((why, f"{each.value:f}"))
            continue
        factor = (each.level_factor or Decimal(1)) * (each.quantity_factor or Decimal(1))
        share = divided(each.value * quantity * factor, each.quantity, law.rounding)
        usable.append((not each.same_producer, share + law.rounding.apply(each.transport_difference), each))
    if not usable:
        return Outcome(method, None, tuple(reasons) or (("no_comparable", ""),))
    _, value, chosen = min(usable, key=lambda found: found[:2])
    told = {"amount": f"{value:f}", "value": f"{chosen.value:f}", "quantity": f"{chosen.quantity:f}"}
    step = Step("valuation.comparable", {**told, "usable": str(len(usable))}, path, _act(method))
    return Outcome(method, value, (), (step, _total(value, law, path)))


def _unusable(goods: Comparable) -> str:
    if not goods.same_country:
        return "other_country"
    if not goods.same_time:
        return "other_time"
    if not goods.same_level and goods.level_factor is None:
        return "level_unproven"
    return "quantity_unproven" if not goods.same_quantity and goods.quantity_factor is None else ""


def deductive_value(facts: Resale | None, quantity: Decimal, law: ValuationLaw, path: str = "") -> Outcome:
    """Method 4: from the price at which the goods, or identical or similar ones, are sold after importation."""
    price = None if facts is None else greatest_aggregate(facts.sales)
    if facts is None or price is None:
        return Outcome(4, None, (("no_resale", ""),))
    told = {"amount": f"{price.price:f}", "quantity": f"{price.quantity:f}"}
    steps = [Step("valuation.unit_price", told, path, _act(4, ".1(a)"))]
    if facts.days_after_importation > RESALE_DAYS_MAX:
        return Outcome(4, None, (("resold_late", str(facts.days_after_importation)),), tuple(steps))
    if facts.processed and not facts.processing_requested:
        return Outcome(4, None, (("processed", ""),), tuple(steps))
    if facts.processed and facts.value_added is None:
        return Outcome(4, None, (("unanswered", "value_added"),), tuple(steps))
    unit = price.price
    for name, part, act in (
        ("margin", facts.margin, ".1(a)(i)"),
        ("inland_costs", facts.inland_costs, ".1(a)(ii)"),
        ("duties_of_importation", facts.duties, ".1(a)(iv)"),
        ("value_added", facts.value_added or Decimal(0), ".2"),
    ):
        if part:
            unit -= part
            given = {"element": name, "amount": f"{part:f}", "currency": law.currency}
            steps.append(Step("valuation.deducted", given, path, _act(4, act)))
    if unit <= 0:
        return Outcome(4, None, (("nothing_left", f"{unit:f}"),), tuple(steps))
    value = law.rounding.apply(unit * quantity)
    return Outcome(4, value, (), (*steps, _total(value, law, path)))


def computed_value(facts: Production | None, law: ValuationLaw, path: str = "") -> Outcome:
    """Method 5: what it cost to make the goods, with the usual profit and general expenses."""
    if facts is None:
        return Outcome(5, None, (("no_production", ""),))
    steps, total = [], Decimal(0)
    for name, part, act in (
        ("materials_and_making", facts.materials_and_making, ".1(a)"),
        ("profit_and_expenses", facts.profit_and_expenses, ".1(b)"),
        ("transport", facts.transport_and_insurance, ".1(c)"),
    ):
        total += part
        told = {"element": name, "amount": f"{part:f}", "currency": law.currency}
        steps.append(Step("valuation.added", told, path, _act(5, act)))
    value = law.rounding.apply(total)
    return Outcome(5, value, (), (*steps, _total(value, law, path)))


def fallback_value(facts: Reasonable | None, law: ValuationLaw, path: str = "") -> Outcome:
    """Method 6: by reasonable means consistent with the Agreement; never on a basis that article 7.2 forbids."""
    if facts is None:
        return Outcome(6, None, (("no_other_means", ""),))
    if facts.basis in FORBIDDEN_BASES:
        return Outcome(6, None, (("forbidden_basis", facts.basis),))
    value = law.rounding.apply(facts.value)
    told = {"amount": f"{value:f}", "basis": facts.basis}
    return Outcome(6, value, (), (Step("valuation.reasonable", told, path, _act(6)), _total(value, law, path)))


def _total(value: Decimal, law: ValuationLaw, path: str) -> Step:
    return Step("valuation.total", {"amount": f"{value:f}", "rounding": str(law.rounding)}, path)
