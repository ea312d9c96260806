# SPDX-License-Identifier: Apache-2.0
"""A warning is answered with a reason, and stays to be seen."""

from __future__ import annotations

from dataclasses import replace

from tests.law.declarations.cases import GOOD, ITEM, findings, places, with_item, with_items

from gumruk.law.declarations import ANSWER_TYPE_CODE
from gumruk.law.declarations.model import AdditionalInformation, Declaration
from gumruk.law.kernel import Finding

# Method 1 without an invoice: DEC-26, a warning of the item.
WARNED = replace(GOOD, additional_documents=())


def answer(code: str | None, reason: str | None) -> AdditionalInformation:
    return AdditionalInformation(
        statement_type_code=ANSWER_TYPE_CODE, statement_code=code, statement_description=reason
    )


def told(declaration: Declaration) -> Finding:
    (finding,) = [one for one in findings(declaration) if one.code == "DEC-26"]
    return finding


def on_item(*answers: AdditionalInformation) -> Declaration:
    return replace(with_item(additional_informations=answers), additional_documents=())


def test_it_shows_an_answered_warning_with_its_reason_and_asks_no_more() -> None:
    assert told(WARNED).asks and told(WARNED).answer is None
    answered = told(on_item(answer("DEC-26", "A gift, there is no invoice")))
    assert answered.answer == "A gift, there is no invoice"
    assert not answered.asks
    on_head = replace(WARNED, additional_informations=(answer("DEC-26", "Туҳфа, ҳисобнома нест"),))
    assert told(on_head).answer == "Туҳфа, ҳисобнома нест"


def test_it_takes_an_items_answer_to_a_rule_of_the_whole() -> None:
    """Two items alike (DEC-91) is found over the whole declaration, at the second of them."""
    first = replace(ITEM, additional_informations=(answer("DEC-91", "Two lots of one invoice"),))
    twice = with_items(first, replace(first, sequence_numeric=2))
    (finding,) = [one for one in findings(twice) if one.code == "DEC-91"]
    assert (finding.path, finding.answer) == ("items[1].sequence_numeric", "Two lots of one invoice")


def test_it_answers_no_error_and_no_other_warning() -> None:
    wrong = replace(GOOD, function_code="5", additional_informations=(answer("DEC-1", "Because I say so"),))
    (error,) = findings(wrong)
    assert error.code == "DEC-1" and error.answer is None
    assert told(on_item(answer("DEC-27", "Another rule"))).asks


def test_it_asks_dec_33_answers_give_a_reason() -> None:
    assert places("DEC-33", on_item(answer("DEC-26", "A gift"))) == []
    for reason in (None, "", "..", "12345"):
        empty = on_item(answer("DEC-26", reason))
        assert places("DEC-33", empty) == ["items[0].additional_informations[0].statement_description"]
        assert told(empty).asks
    other = with_item(additional_informations=(AdditionalInformation(statement_type_code="ACB"),))
    assert places("DEC-33", other) == []


def test_it_asks_dec_34_answers_name_a_rule() -> None:
    assert places("DEC-34", on_item(answer("DEC-26", "A gift"))) == []
    unknown = replace(GOOD, additional_informations=(answer("DEC-9999", "A gift"), answer(None, "A gift")))
    assert places("DEC-34", unknown) == [
        "additional_informations[0].statement_code",
        "additional_informations[1].statement_code",
    ]
