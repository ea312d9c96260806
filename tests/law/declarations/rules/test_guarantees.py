# SPDX-License-Identifier: Apache-2.0
"""Authorisations and guarantees."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.law.declarations.cases import GOOD, coded, law, places, with_item, with_shipment

from gumruk.law.declarations.model import Amount, AuthorisationHolder, Declaration, ObligationGuarantee, Party
from gumruk.law.lawbook import Entry


def guaranteed(*guarantees: ObligationGuarantee) -> Declaration:
    return replace(GOOD, obligation_guarantees=guarantees)


def test_it_asks_dec_49_authorisations_are_whole() -> None:
    def held(*holders: AuthorisationHolder) -> Declaration:
        return replace(GOOD, authorisation_holders=holders)

    context = law(*coded("authorisation", "IPO"))
    whole = AuthorisationHolder(id="020012345", category_code="IPO")
    assert places("DEC-49", held(whole), context) == []
    assert places("DEC-49", held(whole, replace(whole, id=None))) == ["authorisation_holders[1].id"]
    assert places("DEC-49", held(replace(whole, category_code=None))) == ["authorisation_holders[0].category_code"]
    assert places("DEC-49", held(replace(whole, category_code="XX")), context) == [
        "authorisation_holders[0].category_code"
    ]


def test_it_asks_dec_50_trusted_parties_are_identified() -> None:
    trusted = Party(id="TJAEO0001", role_code="MF")
    assert places("DEC-50", with_shipment(aeo_parties=(trusted,))) == []
    assert places("DEC-50", with_shipment(aeo_parties=(replace(trusted, role_code=None),))) == [
        "goods_shipment.aeo_parties[0]"
    ]
    assert places("DEC-50", with_item(aeo_parties=(trusted, Party(role_code="MF")))) == ["items[0].aeo_parties[1]"]


def test_it_asks_dec_51_secured_procedures_have_a_guarantee() -> None:
    secured = law(Entry("procedures", "40", {"flow": "import", "collect": "secured"}))
    assert places("DEC-51", GOOD) == []
    assert places("DEC-51", GOOD, secured) == ["obligation_guarantees"]
    assert places("DEC-51", guaranteed(ObligationGuarantee(reference_id="26TJ01")), secured) == []


def test_it_asks_dec_52_guarantees_are_referenced() -> None:
    assert places("DEC-52", guaranteed(ObligationGuarantee(reference_id="26TJ01"))) == []
    assert places("DEC-52", guaranteed(ObligationGuarantee(id="1"), ObligationGuarantee())) == [
        "obligation_guarantees[1].reference_id"
    ]


def test_it_asks_dec_53_guarantees_have_an_amount() -> None:
    def worth(value: str, currency: str | None) -> list[str]:
        held = ObligationGuarantee(reference_id="26TJ01", amount=Amount(Decimal(value), currency))
        return places("DEC-53", guaranteed(held))

    assert worth("1000", "USD") == worth("0.01", "TJS") == []
    for value, currency in (("0", "TJS"), ("-1", "TJS"), ("10", "JPY"), ("10", None), ("1" * 14, "TJS")):
        assert worth(value, currency) == ["obligation_guarantees[0].amount"], (value, currency)


def test_it_asks_dec_54_guarantees_are_of_a_known_kind() -> None:
    context = law(*coded("guarantee", "1"))
    first = ObligationGuarantee(reference_id="26TJ01", security_details_code="1")
    other = ObligationGuarantee(reference_id="26TJ02", security_details_code="1")
    assert places("DEC-54", guaranteed(first, other), context) == []
    assert places("DEC-54", guaranteed(first, first), context) == ["obligation_guarantees[1].reference_id"]
    assert places("DEC-54", guaranteed(replace(first, security_details_code="9")), context) == [
        "obligation_guarantees[0].security_details_code"
    ]
