# SPDX-License-Identifier: Apache-2.0
"""Who declares, for whom, who signs."""

from __future__ import annotations

from dataclasses import replace

from tests.law.declarations.cases import (
    GOOD,
    coded,
    found,
    law,
    numbered,
    places,
    with_item,
    with_shipment,
)

from gumruk.law.declarations.model import AdditionalDocument, Address, Authentication, Declaration, Moment, Party
from gumruk.law.lawbook import Entry


def agent(code: str | None, number: str | None = "010000001", name: str | None = None) -> Declaration:
    return replace(GOOD, agent=Party(id=number, name=name, function_code=code))


def signed(capacity: str | None, **fields: object) -> Declaration:
    held = Authentication(capacity_code=capacity, authenticator=Party(name="Nigora Rahimova", id="020012345"))
    return replace(GOOD, authentication=replace(held, **fields))  # type: ignore[arg-type]


def test_it_never_asks_for_a_broker() -> None:
    assert GOOD.agent is None and found(GOOD) == []


def test_it_asks_dec_35_representation_is_named() -> None:
    assert places("DEC-35", GOOD) == places("DEC-35", agent("2")) == places("DEC-35", agent("3")) == []
    assert places("DEC-35", agent(None)) == places("DEC-35", agent("1")) == ["agent.function_code"]


def test_it_asks_dec_36_agent_is_identified() -> None:
    assert places("DEC-36", agent("2")) == []
    assert places("DEC-36", agent("2", None, "Broker LLC")) == ["agent.id"]
    assert places("DEC-36", agent("2", "1" * 36)) == ["agent.id"]
    assert places("DEC-36", agent("2", None)) == []


def test_it_asks_dec_37_representation_fits_the_declarant() -> None:
    assert places("DEC-37", agent("2")) == []
    assert places("DEC-37", agent("3", "020012345")) == []
    assert places("DEC-37", agent("2", "020012345")) == ["agent.function_code"]
    assert places("DEC-37", agent("3")) == ["agent.function_code"]
    # Without a number the declarant himself is the agent: of another, for nobody is his own.
    assert places("DEC-37", replace(agent("2", None), declarant=Party(id="030000002"))) == []
    assert places("DEC-37", agent("2", None)) == ["agent.function_code"]


def test_it_asks_dec_38_signatory_is_named() -> None:
    context = law(*coded("signatory_capacity", "1", "2", "3", "4"))
    assert places("DEC-38", GOOD, context) == places("DEC-38", signed("2"), context) == []
    assert places("DEC-38", signed("2", authenticator=None), context) == ["authentication.authenticator"]
    assert places("DEC-38", signed("2", authenticator=Party()), context) == ["authentication.authenticator"]
    assert places("DEC-38", signed("9"), context) == ["authentication.capacity_code"]


def test_it_asks_dec_39_signatory_fits_his_capacity() -> None:
    assert places("DEC-39", signed("1")) == places("DEC-39", signed("2")) == []
    assert places("DEC-39", signed("1", authenticator=Party(id="099999999"))) == ["authentication.authenticator"]
    assert places("DEC-39", signed("3")) == ["agent"]
    assert places("DEC-39", replace(signed("3"), agent=Party(id="010000001", function_code="2"))) == []


def test_it_asks_dec_40_authority_of_the_signatory_is_shown() -> None:
    power = AdditionalDocument(id="7/2026")
    assert places("DEC-40", signed("1")) == places("DEC-40", signed("4", authority=power)) == []
    assert places("DEC-40", signed("4")) == places("DEC-40", signed("3")) == ["authentication.authority"]
    assert places("DEC-40", signed("4", authority=AdditionalDocument())) == ["authentication.authority"]


def test_it_asks_dec_204_authority_of_the_signatory_holds() -> None:
    def power(issue: str | None, expiration: str | None) -> list[str]:
        days = [Moment(day, "102") if day else None for day in (issue, expiration)]
        return places("DEC-204", signed("4", authority=AdditionalDocument(id="7", issue=days[0], expiration=days[1])))

    assert power("20260101", "20261201") == power(None, None) == places("DEC-204", GOOD) == []
    assert power("20261202", None) == power("never", None) == ["authentication.authority.issue"]
    assert power("20260101", "20261130") == power(None, "never") == ["authentication.authority.expiration"]


def test_it_asks_dec_205_signature_is_of_its_time() -> None:
    assert places("DEC-205", signed("1", signed=Moment("20261201", "102"))) == places("DEC-205", signed("1")) == []
    for wrong in ("20261202", "20261301"):
        assert places("DEC-205", signed("1", signed=Moment(wrong, "102"))) == ["authentication.signed"]


def test_it_asks_dec_41_both_sides_are_named() -> None:
    assert places("DEC-41", GOOD) == []
    assert places("DEC-41", replace(GOOD, exporter=None)) == ["exporter"]
    assert places("DEC-41", replace(with_shipment(seller=Party(name="Seller")), exporter=None)) == []
    assert places("DEC-41", replace(with_item(consignor=Party(name="Seller")), exporter=None)) == []
    exported = replace(with_shipment(importer=None), type_code="EXA")
    assert places("DEC-41", exported) == ["goods_shipment.importer"]


def test_it_asks_dec_42_exporter_is_not_the_importer() -> None:
    assert places("DEC-42", GOOD) == []
    assert places("DEC-42", replace(GOOD, exporter=Party(id="020012345"))) == ["exporter"]
    named = replace(with_shipment(importer=Party(name="Ҷамшед Қосимов")), exporter=Party(name="DZHAMSHED KOSIMOV"))
    assert places("DEC-42", named) == ["exporter"]


def test_it_asks_dec_43_taxpayer_numbers_have_their_form() -> None:
    nine = law(Entry("values", "form.taxpayer", {"value": "n9"}))
    assert places("DEC-43", GOOD, nine) == []
    assert places("DEC-43", replace(GOOD, declarant=Party(id="02001234")), nine) == ["declarant.id"]
    assert places("DEC-43", with_shipment(importer=Party(id="02001234X")), nine) == ["goods_shipment.importer.id"]
    # A foreign exporter has his own country's number; where the law knows no form, none is wrong.
    assert places("DEC-43", replace(GOOD, exporter=Party(id="91653100MA")), nine) == []
    assert places("DEC-43", replace(GOOD, declarant=Party(id="02001234"))) == []


def test_it_asks_dec_44_countries_of_parties_are_known() -> None:
    assert places("DEC-44", GOOD) == []
    wrong = Party(name="X", address=Address(country_code="ZZ"))
    assert places("DEC-44", replace(GOOD, exporter=wrong)) == ["exporter.address.country_code"]
    assert places("DEC-44", with_item(seller=wrong)) == ["items[0].seller.address.country_code"]


def test_it_asks_dec_45_names_can_be_held() -> None:
    context = law(numbered("DEC-45", "512"))
    assert places("DEC-45", replace(GOOD, exporter=Party(name="ғ" * 512)), context) == []
    assert places("DEC-45", replace(GOOD, exporter=Party(name="ғ" * 513)), context) == ["exporter.name"]
    assert places("DEC-45", replace(GOOD, exporter=Party(name="ғ" * 513))) == []


def test_it_asks_dec_46_a_number_bears_one_name() -> None:
    def named(declarant: str, importer: str) -> Declaration:
        changed = with_shipment(importer=Party(id="020012345", name=importer))
        return replace(changed, declarant=Party(id="020012345", name=declarant))

    assert places("DEC-46", named("Исфара Агро", "ISFARA AGRO")) == []
    assert places("DEC-46", named("Alpha Trade LLC", "Zed Ltd")) == ["goods_shipment.importer.name"]


def test_it_asks_dec_47_foreign_party_is_abroad() -> None:
    at_home = Party(name="Alpha", address=Address(country_code="TJ"))
    assert places("DEC-47", GOOD) == []
    assert places("DEC-47", replace(GOOD, exporter=at_home)) == ["exporter.address.country_code"]
    exported = replace(with_shipment(importer=at_home), type_code="EXA")
    assert places("DEC-47", exported) == ["goods_shipment.importer.address.country_code"]


def test_it_asks_dec_48_own_party_is_at_home() -> None:
    abroad = Party(id="020012345", address=Address(country_code="CN"))
    at_home = Party(id="020012345", address=Address(country_code="TJ"))
    assert places("DEC-48", GOOD) == places("DEC-48", with_shipment(importer=at_home)) == []
    assert places("DEC-48", with_shipment(importer=abroad)) == ["goods_shipment.importer.address.country_code"]
    assert places("DEC-48", replace(GOOD, exporter=abroad, type_code="EXA")) == ["exporter.address.country_code"]


def test_who_imports_for_himself_is_named_as_consignee_only() -> None:
    nine = law(Entry("values", "form.taxpayer", {"value": "n9"}))
    abroad = Party(id="BAD-1", name="Beta", address=Address(country_code="UZ"))
    alone = with_shipment(importer=None, consignee=abroad)
    assert places("DEC-43", alone, nine) == ["goods_shipment.consignee.id"]
    assert places("DEC-48", alone) == ["goods_shipment.consignee.address.country_code"]
