# SPDX-License-Identifier: Apache-2.0
"""Terms of delivery, carriage, and the questions on value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.law.declarations.cases import GOOD, coded, law, places, with_item, with_shipment

from gumruk.law.declarations.model import (
    Amount,
    CustomsValuation,
    Declaration,
    TradeTerms,
    TransportMeans,
    ValuationAnswer,
)
from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry

QUESTIONS = law(*coded("valuation_question", "7a", "7b", "8a"))


def terms(code: str | None, freight: str | None = None, place: str | None = "Kashgar") -> Declaration:
    amount = None if freight is None else Amount(Decimal(freight), "USD")
    return with_shipment(
        trade_terms=TradeTerms(condition_code=code, location_name=place),
        customs_valuation=CustomsValuation(freight_charge_amount=amount),
    )


def answered(**answers: str | None) -> Declaration:
    """Answers of the item, by question: q7a="Y"."""
    given = tuple(ValuationAnswer(question_code=name[1:], answer_code=answer) for name, answer in answers.items())
    return with_item(customs_valuation=CustomsValuation(method_code="1", answers=given))


def test_it_asks_dec_92_terms_of_delivery_are_known() -> None:
    until_2010 = DateRange(None, date(2010, 12, 31))
    context = law(*coded("delivery_terms", "FCA", "DPU"), Entry("codes", "delivery_terms.DAF", valid=until_2010))
    assert places("DEC-92", terms("FCA"), context) == places("DEC-92", GOOD, context) == []
    assert (
        places("DEC-92", terms("ABC"), context)
        == places("DEC-92", terms("DAF"), context)
        == ["goods_shipment.trade_terms.condition_code"]
    )


def test_it_asks_dec_93_terms_of_delivery_name_a_place() -> None:
    assert places("DEC-93", terms("FCA")) == []
    assert places("DEC-93", terms("FCA", place=None)) == ["goods_shipment.trade_terms.location_name"]


def test_it_asks_dec_94_carriage_is_counted_once() -> None:
    context = law(*coded("delivery_terms_with_freight", "CIF"))
    path = ["goods_shipment.customs_valuation.freight_charge_amount"]
    assert places("DEC-94", terms("CIF"), context) == places("DEC-94", terms("FCA", "100"), context) == []
    assert places("DEC-94", terms("CIF", "100"), context) == places("DEC-94", terms("FCA"), context) == path
    assert places("DEC-94", terms("CIF", "0"), context) == []
    assert places("DEC-94", terms("CIF", "100")) == []


def test_it_asks_dec_95_terms_fit_the_mode() -> None:
    context = law(*coded("delivery_terms_by_water", "FOB"))

    def by(mode: str, code: str) -> list[str]:
        means = TransportMeans(id="1", mode_code=mode, registration_nationality_code="CN")
        return places("DEC-95", replace(terms(code), border_transport_means=means), context)

    assert by("1", "FOB") == by("3", "FCA") == []
    assert by("3", "FOB") == ["goods_shipment.trade_terms.condition_code"]


def test_it_asks_dec_96_answers_on_value_are_given() -> None:
    path = "items[0].customs_valuation.answers"
    # What was not asked is no "no", and nothing is missing.
    assert places("DEC-96", GOOD, QUESTIONS) == []
    assert places("DEC-96", answered(q7a="N", q8a="N"), QUESTIONS) == []
    assert places("DEC-96", answered(q7a="Y", q7b="N", q8a="Y"), QUESTIONS) == []
    assert places("DEC-96", answered(q7a="Y", q8a="N"), QUESTIONS) == [path]
    assert places("DEC-96", answered(q7a="N"), QUESTIONS) == [path]
    assert places("DEC-96", answered(q7a=None, q8a="N"), QUESTIONS) == [f"{path}[0].answer_code"]
    assert places("DEC-96", answered(q7a="N", q8a="N", q99="Y"), QUESTIONS) == [f"{path}[2].question_code"]


def test_it_asks_dec_97_answers_on_value_agree() -> None:
    assert places("DEC-97", answered(q7a="Y", q7b="N")) == []
    assert places("DEC-97", answered(q7a="N", q7b="Y")) == ["items[0].customs_valuation.answers"]
    twice = (ValuationAnswer(question_code="7a", answer_code="Y"), ValuationAnswer(question_code="7a", answer_code="N"))
    both = with_item(customs_valuation=CustomsValuation(method_code="1", answers=twice))
    assert places("DEC-97", both) == ["items[0].customs_valuation.answers[1].answer_code"]


def test_it_asks_dec_98_method_1_stands_between_related_parties() -> None:
    path = ["items[0].customs_valuation.method_code"]
    assert places("DEC-98", GOOD) == places("DEC-98", answered(q7a="N")) == []
    assert places("DEC-98", answered(q7a="Y", q7b="N")) == []
    assert places("DEC-98", answered(q7a="Y")) == places("DEC-98", answered(q7a="Y", q7b="Y")) == path
    related = (ValuationAnswer(question_code="7a", answer_code="Y"),)
    assert places("DEC-98", with_shipment(customs_valuation=CustomsValuation(answers=related))) == path
