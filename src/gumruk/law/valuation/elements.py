# SPDX-License-Identifier: Apache-2.0
"""What is added to the price paid and what is taken off it (WTO Valuation Agreement, article 8, note to article 1).

An element that depends on circumstances asks for them; without an answer there is no value, never an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from gumruk.law.kernel import Money, Step
from gumruk.law.valuation.incoterms import TERMS
from gumruk.law.valuation.value import ValuationLaw

AGREEMENT = "WTO Valuation Agreement"
_ASSIST = "article 8.1(b)"
#: What article 8.2 leaves to each country; `EXPORT`: it is left out of the value.
CARRIAGE, EXPORT = ("transport", "handling", "insurance"), "export"


@dataclass(frozen=True, slots=True)
class Element:
    """A kind of cost: `added` to the price, `deducted` from it, or `left` as it is, where all that it `asks` is so."""

    effect: str
    act: str
    asks: tuple[str, ...] = ()


def _element(effect: str, place: str, *asks: str) -> Element:
    return Element(effect, f"{AGREEMENT}, {place}", asks)


ELEMENTS: Mapping[str, Element] = {
    "indirect_payment": _element("added", "note to article 1, paragraph 1"),
    "selling_commission": _element("added", "article 8.1(a)(i)"),
    "brokerage": _element("added", "article 8.1(a)(i)"),
    "buying_commission": _element("left", "article 8.1(a)(i)"),
    "containers": _element("added", "article 8.1(a)(ii)"),
    "packing": _element("added", "article 8.1(a)(iii)"),
    "assist_materials": _element("added", f"{_ASSIST}(i)"),
    "assist_tools": _element("added", f"{_ASSIST}(ii)"),
    "assist_consumed": _element("added", f"{_ASSIST}(iii)"),
    "assist_design": _element("added", f"{_ASSIST}(iv)", "undertaken_abroad"),
    "royalties": _element("added", "article 8.1(c)", "related_to_goods", "condition_of_sale"),
    "reproduction_right": _element("left", "note to article 8.1(c), paragraph 1"),
    "resale_proceeds": _element("added", "article 8.1(d)"),
    "transport": _element("added", "article 8.2(a)"),
    "handling": _element("added", "article 8.2(b)"),
    "insurance": _element("added", "article 8.2(c)"),
    "buyers_advertising": _element("left", "note to article 1, paragraph 2"),
    "assembly_after_importation": _element("deducted", "note to article 1, paragraph 3(a)", "distinguished"),
    "transport_after_importation": _element("deducted", "note to article 1, paragraph 3(b)", "distinguished"),
    "duties_of_importation": _element("deducted", "note to article 1, paragraph 3(c)", "distinguished"),
    "financing_interest": Element(
        "deducted", "Decision 3.1 of the Committee on Customs Valuation", ("distinguished", "in_writing", "usual_rate")
    ),
}


@dataclass(frozen=True, slots=True)
class StatedCost:
    """One cost beside the price.

    `in_price`: whether the price holds it already (None: as the delivery term says). `answers` to what it asks.
    """

    element: str
    amount: Money
    in_price: bool | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)


class Adjusted(NamedTuple):
    """A price after its adjustments, the steps that led to it, and what was asked and not answered."""

    amount: Decimal
    steps: tuple[Step, ...]
    unanswered: tuple[str, ...]


def adjusted(price: Decimal, costs: Iterable[StatedCost], term: str, law: ValuationLaw, path: str) -> Adjusted:
    """Add and deduct. `price` in the country's currency; each amount is converted and rounded as the law says.

    Carriage, handling and insurance are added where the country counts them up to the border, and taken off where it
    leaves them out (article 8.2). Raises KeyError for an unknown element and for a currency without a rate.
    """
    amount, steps, open_questions = price, list[Step](), list[str]()
    given = set()
    for each in costs:
        element = _of_country(each.element, law)
        given.add(each.element)
        asked = [f"{each.element}.{question}" for question in element.asks if question not in each.answers]
        in_price = each.in_price if each.in_price is not None else _held(each.element, element, term)
        if in_price is None and element.effect != "left":
            asked.append(f"{each.element}.in_price")
        if each.element in CARRIAGE and not law.freight_until:
            asked.append("valuation.freight_until")
        if asked:
            open_questions += asked
            continue
        share = law.conversion.apply(each.amount.amount * law.rates[each.amount.currency])
        effect = _effect(element, each, bool(in_price))
        amount += share if effect == "added" else -share if effect == "deducted" else Decimal(0)
        told = {"element": each.element, "amount": f"{share:f}", "currency": each.amount.currency}
        steps.append(Step(f"valuation.{effect}", told, path, element.act))
    held = TERMS.get(term)
    if held is not None and law.freight_until != EXPORT:
        open_questions += [f"{name}.amount" for name in held.asks if name not in given]
    return Adjusted(amount, tuple(steps), tuple(open_questions))


def _of_country(name: str, law: ValuationLaw) -> Element:
    element = ELEMENTS[name]
    return replace(element, effect="deducted") if name in CARRIAGE and law.freight_until == EXPORT else element


def _effect(element: Element, each: StatedCost, in_price: bool) -> str:
    """What an element does here: an addition that the price holds is not added again, a deduction must be in it."""
    due = all(each.answers[question] for question in element.asks)
    if element.effect == "left" or not due:
        return "left"
    return "left" if (element.effect == "added") == in_price else element.effect


def _held(name: str, element: Element, term: str) -> bool | None:
    """Whether the price holds an element under its delivery term; what is deducted was in it, what is added was not."""
    held = TERMS.get(term)
    if name in ("transport", "insurance", "transport_after_importation", "duties_of_importation"):
        return None if held is None else name in held.price_holds
    return element.effect == "deducted"
