# SPDX-License-Identifier: Apache-2.0
"""Offices, and what passed between two posts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.law.declarations.cases import GOOD, coded, law, places, with_consignment, with_item, with_shipment

from gumruk.law.declarations.model import Address, GoodsLocation, Measure, PreviousDocument
from gumruk.law.lawbook import Entry

POSTS = (
    Entry("offices", "TJ-KUL", {"kind": "road"}),
    Entry("offices", "TJ-DYU", {"kind": "inland"}),
)
IN_DUSHANBE = replace(GOOD, declaration_office_id="TJ-DYU")


def test_it_asks_dec_79_named_offices_exist() -> None:
    assert places("DEC-79", replace(GOOD, exit_office_id="TJ-KUL", presentation_office_id="TJ-KUL")) == []
    for name in ("presentation_office_id", "supervising_office_id", "entry_office_id", "exit_office_id"):
        assert places("DEC-79", replace(GOOD, **{name: "TJ-XXX"})) == [name]


def test_it_asks_dec_80_the_border_post_is_named() -> None:
    context = law(*POSTS)
    assert places("DEC-80", GOOD, context) == []
    assert places("DEC-80", IN_DUSHANBE, context) == ["entry_office_id"]
    assert places("DEC-80", replace(IN_DUSHANBE, entry_office_id="TJ-KUL"), context) == []
    assert places("DEC-80", replace(IN_DUSHANBE, type_code="IMD"), context) == []
    assert places("DEC-80", replace(IN_DUSHANBE, type_code="EXA"), context) == ["exit_office_id"]


def test_it_asks_dec_81_the_border_post_is_at_the_border() -> None:
    context = law(*POSTS)
    assert places("DEC-81", replace(GOOD, entry_office_id="TJ-KUL"), context) == []
    assert places("DEC-81", replace(GOOD, entry_office_id="TJ-DYU"), context) == ["entry_office_id"]
    assert places("DEC-81", replace(GOOD, exit_office_id="TJ-DYU"), context) == ["exit_office_id"]


def test_it_asks_dec_82_the_transit_is_named() -> None:
    context = law(*POSTS, *coded("transit_document", "820"))
    entered = replace(IN_DUSHANBE, entry_office_id="TJ-KUL")
    assert places("DEC-82", replace(GOOD, entry_office_id="TJ-KUL"), context) == []
    assert places("DEC-82", entered, context) == ["goods_shipment.previous_documents"]
    for named in (
        with_shipment(previous_documents=(PreviousDocument(type_code="820", id="1"),)),
        with_item(previous_documents=(PreviousDocument(type_code="820", id="1"),)),
    ):
        moved = replace(named, declaration_office_id="TJ-DYU", entry_office_id="TJ-KUL")
        assert places("DEC-82", moved, context) == []


def test_it_asks_dec_83_previous_documents_are_whole() -> None:
    context = law(*coded("previous_document", "820"))
    whole = PreviousDocument(type_code="820", id="26TJ01")
    assert places("DEC-83", with_shipment(previous_documents=(whole,)), context) == []
    assert places("DEC-83", with_shipment(previous_documents=(replace(whole, id=None),))) == [
        "goods_shipment.previous_documents[0].id"
    ]
    for wrong in (None, "999"):
        assert places("DEC-83", with_item(previous_documents=(replace(whole, type_code=wrong),)), context) == [
            "items[0].previous_documents[0].type_code"
        ]


def test_it_asks_dec_84_write_offs_are_not_above_the_goods() -> None:
    def written(mass: str, packages: str) -> list[str]:
        document = PreviousDocument(
            type_code="820", id="1", gross_mass=Measure(Decimal(mass), "TNE"), package_quantity=Decimal(packages)
        )
        return places("DEC-84", with_item(previous_documents=(document, PreviousDocument(type_code="820", id="2"))))

    assert written("0.120", "20") == []
    assert written("0.121", "20") == ["items[0].previous_documents[1].gross_mass"]
    assert written("0.120", "21") == ["items[0].previous_documents[1].package_quantity"]


def test_it_asks_dec_99_the_goods_can_be_found() -> None:
    path = "goods_shipment.consignment.goods_location"
    assert places("DEC-99", GOOD) == []
    assert places("DEC-99", with_consignment(goods_location=GoodsLocation(name="Terminal"))) == []
    assert places("DEC-99", with_consignment(goods_location=None)) == [path]
    assert places("DEC-99", replace(with_consignment(goods_location=None), type_code="IMD")) == []
    abroad = GoodsLocation(id="X", address=Address(country_code="CN"))
    assert places("DEC-99", with_consignment(goods_location=abroad)) == [f"{path}.address.country_code"]


def test_it_asks_dec_200_the_office_clears_the_procedure() -> None:
    assert places("DEC-200", GOOD, law(*coded("procedures_of_TJ-KUL", "40", "10"))) == []
    assert places("DEC-200", GOOD, law(*coded("procedures_of_TJ-DYU", "10"))) == []
    assert places("DEC-200", GOOD, law(*coded("procedures_of_TJ-KUL", "10"))) == ["items[0].government_procedures"]
