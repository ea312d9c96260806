# SPDX-License-Identifier: Apache-2.0
"""Means of transport, containers, seals and routes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.law.declarations.cases import GOOD, coded, law, places, with_commodity, with_consignment

from gumruk.law.declarations.model import Declaration, Itinerary, Seal, TransportEquipment, TransportMeans
from gumruk.law.declarations.rules.transport import is_container_number
from gumruk.law.lawbook import Entry

LORRY = TransportMeans(id="XJQ48215", mode_code="3", registration_nationality_code="CN")
BOX = TransportEquipment(id="CSQU3054383", seals=(Seal(id="CN4471902"),))


def by(means: TransportMeans, **changes: object) -> Declaration:
    return replace(GOOD, border_transport_means=replace(means, **changes))  # type: ignore[arg-type]


def boxed(*boxes: TransportEquipment, flag: str | None = "1") -> Declaration:
    return with_consignment(container_code=flag, transport_equipments=boxes)


def test_it_asks_dec_68_modes_are_known() -> None:
    context = law(*coded("transport_mode", "2", "3", "4"))
    assert places("DEC-68", by(LORRY), context) == []
    assert places("DEC-68", by(LORRY, mode_code="A"), context) == ["border_transport_means.mode_code"]
    arriving = with_consignment(arrival_transport_means=TransportMeans(mode_code="99"))
    assert places("DEC-68", arriving, context) == ["goods_shipment.consignment.arrival_transport_means.mode_code"]


def test_it_asks_dec_69_nationality_of_means_is_known() -> None:
    assert places("DEC-69", by(LORRY)) == []
    assert places("DEC-69", by(LORRY, registration_nationality_code="ZZ")) == [
        "border_transport_means.registration_nationality_code"
    ]


def test_it_asks_dec_70_means_at_the_border_are_identified() -> None:
    assert places("DEC-70", by(LORRY)) == places("DEC-70", GOOD) == []
    assert places("DEC-70", by(LORRY, id=None)) == ["border_transport_means.id"]
    assert places("DEC-70", by(LORRY, registration_nationality_code=None)) == [
        "border_transport_means.registration_nationality_code"
    ]
    assert places("DEC-70", by(LORRY, mode_code="31", id=None)) == ["border_transport_means.id"]
    assert places("DEC-70", by(TransportMeans(mode_code="5"))) == []
    assert places("DEC-70", by(TransportMeans(mode_code="2", id="52918846"))) == []


def test_it_asks_dec_71_containers_are_flagged_and_listed() -> None:
    assert places("DEC-71", boxed(BOX)) == places("DEC-71", boxed(flag="0")) == places("DEC-71", GOOD) == []
    path = ["goods_shipment.consignment.container_code"]
    assert places("DEC-71", boxed()) == places("DEC-71", boxed(BOX, flag="0")) == path


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("CSQU3054383", True),
        ("MSKU0000006", True),
        ("CSQU3054384", False),
        ("CSQU305438", False),
        ("СSQU3054383", False),
    ],
)
def test_it_asks_dec_72_container_numbers_check(number: str, good: bool) -> None:
    assert is_container_number(number) is good
    expected = [] if good else ["goods_shipment.consignment.transport_equipments[0].id"]
    assert places("DEC-72", boxed(TransportEquipment(id=number))) == expected


def test_it_reads_container_numbers_with_spaces() -> None:
    assert places("DEC-72", boxed(TransportEquipment(id="CSQU 305438-3"))) == []


def test_it_asks_dec_73_seals_are_named_once() -> None:
    other = TransportEquipment(id="MSKU0000006", seals=(Seal(id="CN4471903"), Seal(id="CN4471902")))
    assert places("DEC-73", boxed(BOX)) == []
    assert places("DEC-73", boxed(BOX, other)) == ["goods_shipment.consignment.transport_equipments[1].seals[1].id"]
    assert places("DEC-73", boxed(replace(BOX, seals=(Seal(),)))) == [
        "goods_shipment.consignment.transport_equipments[0].seals[0].id"
    ]


def test_it_asks_dec_74_containers_are_named_once() -> None:
    assert places("DEC-74", boxed(BOX)) == []
    assert places("DEC-74", boxed(BOX, BOX)) == ["goods_shipment.consignment.transport_equipments[1].id"]
    assert places("DEC-74", boxed(TransportEquipment())) == ["goods_shipment.consignment.transport_equipments[0].id"]


def test_it_asks_dec_75_containers_of_items_are_listed() -> None:
    def packed(number: str, *listed: TransportEquipment) -> Declaration:
        item = with_commodity(transport_equipments=(TransportEquipment(id=number),))
        assert item.goods_shipment is not None and GOOD.goods_shipment is not None
        consignment = boxed(*listed).goods_shipment.consignment  # type: ignore[union-attr]
        return replace(item, goods_shipment=replace(item.goods_shipment, consignment=consignment))

    assert places("DEC-75", packed("csqu 305438-3", BOX)) == []  # as people write it
    assert places("DEC-75", packed("CSQU3054383", BOX)) == places("DEC-75", packed("MSKU0000006")) == []
    assert places("DEC-75", packed("MSKU0000006", BOX)) == ["items[0].commodity.transport_equipments[0].id"]


def test_it_asks_dec_76_trailers_are_not_the_lorry() -> None:
    assert places("DEC-76", by(LORRY, trailer_ids=("XJ1", "XJ2"))) == []
    assert places("DEC-76", by(LORRY, trailer_ids=("XJQ48215",))) == ["border_transport_means.trailer_ids[0]"]
    assert places("DEC-76", by(LORRY, trailer_ids=("XJ1", "XJ1"))) == ["border_transport_means.trailer_ids[1]"]
    assert places("DEC-76", by(LORRY, mode_code="4", trailer_ids=("XJ1",))) == ["border_transport_means.trailer_ids[0]"]


def test_it_asks_dec_77_mode_fits_the_post() -> None:
    posts = law(Entry("offices", "TJ-KUL", {"kind": "road"}), Entry("offices", "TJ-AMZ", {"kind": "rail"}))
    assert places("DEC-77", by(LORRY), posts) == places("DEC-77", by(LORRY)) == []
    assert places("DEC-77", by(LORRY, mode_code="31"), posts) == []
    assert places("DEC-77", by(LORRY, mode_code="4"), posts) == ["border_transport_means.mode_code"]
    entered = replace(by(LORRY), entry_office_id="TJ-AMZ")
    assert places("DEC-77", entered, posts) == ["border_transport_means.mode_code"]


def test_it_asks_dec_78_routes_go_through_known_countries() -> None:
    def through(*countries: str | None) -> list[str]:
        route = tuple(Itinerary(routing_country_code=country) for country in countries)
        return places("DEC-78", with_consignment(itineraries=route))

    assert through("CN", "TJ") == []
    assert through("CN", "XX", None) == [
        "goods_shipment.consignment.itineraries[1].routing_country_code",
        "goods_shipment.consignment.itineraries[2].routing_country_code",
    ]
