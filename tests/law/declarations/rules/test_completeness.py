# SPDX-License-Identifier: Apache-2.0
"""What the law's tables ask for, by procedure and goods."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.law.declarations.cases import GOOD, findings, law, places, with_commodity, with_item, with_shipment

from gumruk.law.declarations.model import AdditionalDocument, DutyTaxFee, GovernmentProcedure, TradeTerms, Vehicle
from gumruk.law.declarations.rules.paths import field_names, missing
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Entry


def wanted(key: str, grade: str = "error", act: str = "ACT") -> Entry:
    return Entry("required", key, {"grade": grade}, act=act)


def demand(**fields: object) -> Entry:
    held = {"flow": "any", "documents": ("861",), "grade": "error", **fields}
    return Entry("required_documents", "proof", held, act="ACT")  # type: ignore[arg-type]


def test_it_asks_dec_30_what_the_procedure_needs_is_given() -> None:
    terms = law(wanted("import.40..goods_shipment.trade_terms.condition_code", "warning", "TERMS-ACT"))
    with_terms = with_shipment(trade_terms=TradeTerms(condition_code="FCA"))
    assert places("DEC-30", with_terms, terms) == []
    assert places("DEC-30", GOOD, law(wanted("export.any..goods_shipment.trade_terms.condition_code"))) == []
    (told,) = [one for one in findings(GOOD, terms) if one.code == "DEC-30"]
    assert told.path == "goods_shipment.trade_terms.condition_code"
    assert (told.severity, told.act) == (Severity.WARNING, "TERMS-ACT")
    only_cars = law(wanted("any.any.87.goods_shipment.trade_terms.condition_code"))
    assert places("DEC-30", GOOD, only_cars) == []


def test_it_asks_dec_31_what_the_goods_need_is_given() -> None:
    phones = law(wanted("any.any.8517.items.commodity.vehicles.id"))
    assert places("DEC-31", GOOD, phones) == ["items[0].commodity.vehicles.id"]
    assert places("DEC-31", with_commodity(vehicles=(Vehicle(id="X1"),)), phones) == []
    assert places("DEC-31", with_commodity(vehicles=(Vehicle(id="X1"), Vehicle())), phones) == [
        "items[0].commodity.vehicles[1].id"
    ]
    assert places("DEC-31", GOOD, law(wanted("any.53.8517.items.commodity.vehicles.id"))) == []
    assert places("DEC-31", GOOD, law(wanted("any.any.8517.items.commodity.vehicles.id", "off"))) == []


def test_it_asks_dec_32_documents_that_the_goods_need_are_named() -> None:
    proof = AdditionalDocument(type_code="861", id="1")
    held = replace(GOOD, additional_documents=(*GOOD.additional_documents, proof))
    for fields in ({}, {"codes": ("85",)}, {"procedures": ("40",)}, {"origins": ("CN",)}, {"flow": "import"}):
        assert places("DEC-32", GOOD, law(demand(**fields))) == ["items[0].additional_documents"], fields
        assert places("DEC-32", held, law(demand(**fields))) == []
        assert places("DEC-32", with_item(additional_documents=(proof,)), law(demand(**fields))) == []
    for fields in ({"codes": ("87",)}, {"procedures": ("53",)}, {"origins": ("RU",)}, {"flow": "export"}):
        assert places("DEC-32", GOOD, law(demand(**fields))) == []


def test_it_asks_for_a_document_above_a_value_in_the_countrys_currency() -> None:
    assert places("DEC-32", GOOD, law(demand(value_over=Decimal("474999")))) == ["items[0].additional_documents"]
    assert places("DEC-32", GOOD, law(demand(value_over=Decimal("475000")))) == []


def test_it_asks_for_the_proof_of_a_preference_where_it_is_claimed() -> None:
    claimed = with_commodity(duty_tax_fees=(DutyTaxFee(duty_regime_code="CIS"),))
    assert places("DEC-32", claimed, law(demand(preferences=("CIS",)))) == ["items[0].additional_documents"]
    assert places("DEC-32", GOOD, law(demand(preferences=("CIS",)))) == []


def test_it_looks_at_each_procedure_of_a_declaration_for_the_head() -> None:
    other = with_item(government_procedures=(GovernmentProcedure(current_code="53"),))
    guarantee = law(wanted("import.53..obligation_guarantees.reference_id"))
    assert places("DEC-30", other, guarantee) == ["obligation_guarantees.reference_id"]
    assert places("DEC-30", GOOD, guarantee) == []


def test_it_asks_for_no_field_that_the_model_does_not_have() -> None:
    assert places("DEC-30", GOOD, law(wanted("any.any..goods_shipment.of_another_version"))) == []


@pytest.mark.parametrize("path", ["", "items", "nothing", "declarant.id.more", "items.commodity.nothing", "declarant."])
def test_it_knows_the_fields_of_a_declaration(path: str) -> None:
    with pytest.raises(ValueError, match="no field"):
        field_names(path)


def test_it_finds_an_empty_text_missing() -> None:
    assert list(missing(replace(GOOD, type_code=""), field_names("type_code"))) == ["type_code"]
    assert list(missing(GOOD, field_names("declarant.address.country_code"))) == ["declarant.address.country_code"]


def test_a_document_that_must_be_there_has_its_number() -> None:
    bare = with_item(additional_documents=(AdditionalDocument(type_code="861"),))
    for severity, found in (("error", ["items[0].additional_documents"]), ("warning", [])):
        assert places("DEC-32", bare, law(demand(grade=severity))) == found
