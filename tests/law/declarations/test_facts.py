# SPDX-License-Identifier: Apache-2.0
"""From a declaration to the facts of an assessment: how goods with a preference came, what shows that goods return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.law.declarations.cases import ITEM, with_items

from gumruk.law.assessment import ExportDocument, Returned
from gumruk.law.declarations import goods_facts, read_declaration
from gumruk.law.declarations.model import AdditionalDocument, Declaration, DutyTaxFee
from gumruk.law.declarations.parts import Moment, PreviousDocument
from gumruk.law.origin import Consignment, Proof


def declared(preference: str | None, sent_from: str) -> Declaration:
    """A good declaration whose item claims a preference, with an ST-1 of 1 June 2026 on its head."""
    proof = AdditionalDocument(type_code="ST1", id="7", issue=Moment("20260601", "102"))
    assert ITEM.commodity is not None
    taxes = (DutyTaxFee(duty_regime_code=preference),)
    item = replace(ITEM, commodity=replace(ITEM.commodity, duty_tax_fees=taxes), export_country_id=sent_from)
    return replace(with_items(item), additional_documents=(proof,))


@pytest.mark.parametrize("sent_from", ["KZ", "CN"])
def test_it_tells_how_goods_with_a_preference_came(sent_from: str) -> None:
    facts = goods_facts(read_declaration(declared("CISFTA", sent_from))).items[0]
    assert facts.consignment.sent_from == sent_from
    assert Proof("ST1", date(2026, 6, 1)) in facts.consignment.proofs


def test_it_asks_nothing_of_goods_without_a_preference() -> None:
    assert goods_facts(read_declaration(declared(None, "KZ"))).items[0].consignment == Consignment()


def test_it_tells_what_shows_that_goods_return() -> None:
    export = PreviousDocument(type_code="830", id="25TJ0001", issue=Moment("20250601", "102"))
    item = replace(ITEM, previous_documents=(export,))
    facts = goods_facts(read_declaration(with_items(item))).items[0]
    assert facts.returned == Returned((ExportDocument("830", "25TJ0001", date(2025, 6, 1)),))
    assert goods_facts(read_declaration(with_items(replace(ITEM, previous_documents=())))).items[0].returned is None
