# SPDX-License-Identifier: Apache-2.0
"""Terms of delivery, the costs of carriage that they hold, and the questions on value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk.law.declarations.model import CustomsValuation, ValuationAnswer
from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.declarations.rules.transport import mode_of
from gumruk.law.kernel import Severity

AGREEMENT = "WTO Valuation Agreement, article"
YES, NO = "Y", "N"
RELATED, INFLUENCED = "7a", "7b"
"""Questions by their numbers in the value declaration (DV 1): are the parties related? did that influence the price?"""

_AIR_OR_LAND = ("2", "3", "4", "5", "7")


@rule("DEC-92", act=f"{WCO}, 090; ICC Incoterms 2020 and 2010")
def terms_of_delivery_are_known(reading: Reading, context: Context) -> Iterator[Fault]:
    """The terms of delivery, where they are stated, are a code of the list, as it stands on the day."""
    terms = reading.shipment.trade_terms
    if terms is not None and terms.condition_code and not context.allows("delivery_terms", terms.condition_code):
        yield "goods_shipment.trade_terms.condition_code", {"terms": terms.condition_code[:35]}


@rule("DEC-93", act=f"{WCO}, L001 and L002; ICC Incoterms 2020", severity=Severity.WARNING)
def terms_of_delivery_name_a_place(reading: Reading, context: Context) -> Iterator[Fault]:
    """Terms of delivery name the place that they mean: FCA alone says nothing."""
    terms = reading.shipment.trade_terms
    if terms is not None and terms.condition_code and not (terms.location_id or terms.location_name):
        yield "goods_shipment.trade_terms.location_name", {"terms": terms.condition_code[:35]}


@rule("DEC-94", act=f"{AGREEMENT} 8.2 and Interpretative Note to article 1", severity=Severity.WARNING)
def carriage_is_counted_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """Freight is added to a price without carriage (EXW, FCA, FOB), not again to one with it (CIF, CIP, DAP ...)."""
    code = reading.shipment.trade_terms.condition_code if reading.shipment.trade_terms else None
    held = context.codes("delivery_terms_with_freight")
    if not code or not held or reading.direction != "IM" or not context.allows("delivery_terms", code):
        return
    freight = reading.freight.value if reading.freight else None
    path = "goods_shipment.customs_valuation.freight_charge_amount"
    if code in held and freight is not None and freight > 0:
        yield path, {"terms": code, "freight": f"{freight:f}"[:40]}
    elif code not in held and (freight is None or freight == 0):
        yield path, {"terms": code, "freight": "-"}


@rule("DEC-95", act="ICC Incoterms 2020, rules for sea and inland waterway transport", severity=Severity.INFORMATION)
def terms_fit_the_mode(reading: Reading, context: Context) -> Iterator[Fault]:
    """FAS, FOB, CFR and CIF are made for ships: for what comes by road, rail or air others are meant."""
    code = reading.shipment.trade_terms.condition_code if reading.shipment.trade_terms else None
    mode = mode_of(reading.declaration.border_transport_means)
    if code and mode in _AIR_OR_LAND and code in context.codes("delivery_terms_by_water"):
        yield "goods_shipment.trade_terms.condition_code", {"terms": code, "mode": mode}


def _valuations(reading: Reading) -> Iterator[tuple[str, CustomsValuation, str | None]]:
    """Where values are declared: path, the valuation, the method of an item (None for the head)."""
    if reading.shipment.customs_valuation is not None:
        yield "goods_shipment.customs_valuation", reading.shipment.customs_valuation, None
    for item in reading.items:
        if item.item.customs_valuation is not None:
            yield f"{item.path}.customs_valuation", item.item.customs_valuation, item.method


@rule("DEC-96", act=f"{AGREEMENT} 1.1 and 17")
def answers_on_value_are_given(reading: Reading, context: Context) -> Iterator[Fault]:
    """A question on value that is listed is a known one and is answered Y or N; who answers one answers all.

    A question that was not asked is no "no": where none is listed, none was asked.
    """
    asked = context.codes("valuation_question")
    for path, valuation, _ in _valuations(reading):
        if not valuation.answers:
            continue
        for place, answer in enumerate(valuation.answers):
            if answer.answer_code not in (YES, NO):
                yield f"{path}.answers[{place}].answer_code", {"question": (answer.question_code or "-")[:35]}
            elif not context.allows("valuation_question", answer.question_code):
                yield f"{path}.answers[{place}].question_code", {"question": (answer.question_code or "-")[:35]}
        for question in sorted(asked - {answer.question_code for answer in valuation.answers}):
            if question != INFLUENCED or _said(valuation.answers, RELATED) == YES:
                yield f"{path}.answers", {"question": question}


@rule("DEC-97", act=f"{AGREEMENT} 1.2")
def answers_on_value_agree(reading: Reading, context: Context) -> Iterator[Fault]:
    """Answers do not contradict: one question has one answer, and only related parties can influence a price."""
    for path, valuation, _ in _valuations(reading):
        given: dict[str, str | None] = {}
        for place, answer in enumerate(valuation.answers):
            question = answer.question_code or "-"
            if given.setdefault(question, answer.answer_code) != answer.answer_code:
                yield f"{path}.answers[{place}].answer_code", {"question": question[:35]}
        if given.get(RELATED) == NO and given.get(INFLUENCED) == YES:
            yield f"{path}.answers", {"question": INFLUENCED}


@rule("DEC-98", act=f"{AGREEMENT} 1.1(d) and 1.2", severity=Severity.WARNING)
def method_1_stands_between_related_parties(reading: Reading, context: Context) -> Iterator[Fault]:
    """The price of related parties is the value only where their relation did not influence it: method 1 then asks."""
    head = reading.shipment.customs_valuation.answers if reading.shipment.customs_valuation else ()
    for item in reading.items:
        if item.method != "1":
            continue
        own = item.item.customs_valuation.answers if item.item.customs_valuation else ()
        answers = (*own, *head)
        if _said(answers, RELATED) == YES and _said(answers, INFLUENCED) != NO:
            yield f"{item.path}.customs_valuation.method_code", {"item": str(item.item.sequence_numeric or "?")}


def _said(answers: Iterable[ValuationAnswer], question: str) -> str | None:
    return next((answer.answer_code for answer in answers if answer.question_code == question), None)
