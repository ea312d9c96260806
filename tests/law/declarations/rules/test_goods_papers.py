# SPDX-License-Identifier: Apache-2.0
"""Documents of items, previous documents, drinks, vehicles and dangerous goods."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.law.declarations.cases import GOOD, ITEM, coded, with_commodity, with_item, with_items
from tests.law.declarations.rules.goods import QUANTITY, asked, commodity_item, measured, with_code

from gumruk.law.declarations.model import (
    AdditionalDocument,
    Amount,
    Declaration,
    DutyTaxFee,
    Measure,
    PreviousDocument,
    Vehicle,
    WriteOff,
)

DOCUMENT = "items[0].additional_documents[0]"
VEHICLE = "items[0].commodity.vehicles[0]"
VIN = "1M8GDM9AXKP042788"


def licensed(*documents: AdditionalDocument) -> Declaration:
    return with_item(additional_documents=documents)


def written_off(quantity: str, unit: str = "NAR", code: str = "911") -> AdditionalDocument:
    return AdditionalDocument(type_code=code, id="L-1", write_off=WriteOff(quantity=Measure(Decimal(quantity), unit)))


def driven(*vehicles: Vehicle, code: str = "8703231940", pieces: str = "1") -> Declaration:
    return with_code(code, vehicles=vehicles, goods_measure=measured("1500", "1500", pieces, "NAR"))


def drink(code: str, litres: str, pure: str | None = None, strength: str | None = None) -> Declaration:
    """A drink in litres, with litres of pure alcohol, or its strength."""
    bases = [Measure(Decimal(pure), "LPA")] if pure else []
    bases += [Measure(Decimal(strength), "ASV")] if strength else []
    return with_code(
        code,
        goods_measure=measured("1500", "1000", litres, "LTR"),
        duty_tax_fees=tuple(DutyTaxFee(specific_tax_base_quantity=base) for base in bases),
    )


def after(*documents: PreviousDocument) -> Declaration:
    return with_item(previous_documents=documents)


def test_it_asks_dec_163_exemptions_from_documents_are_known() -> None:
    reasons = coded("document_exemption", "NR")
    for code, found in (("NR", []), ("XX", [f"{DOCUMENT}.lpco_exemption_code"])):
        document = AdditionalDocument(type_code="911", lpco_exemption_code=code)
        assert asked("DEC-163", licensed(document), *reasons) == found
        assert asked("DEC-163", licensed(document)) == []


def test_it_asks_dec_164_numbers_of_documents_can_be_held() -> None:
    assert asked("DEC-164", licensed(AdditionalDocument(type_code="911", id="x" * 70))) == []
    assert asked("DEC-164", licensed(AdditionalDocument(type_code="911", id="x" * 71))) == [f"{DOCUMENT}.id"]


def test_it_asks_dec_165_write_offs_are_above_zero() -> None:
    assert asked("DEC-165", licensed(written_off("1"))) == []
    assert asked("DEC-165", licensed(written_off("0"))) == [f"{DOCUMENT}.write_off.quantity"]
    owed = AdditionalDocument(type_code="911", write_off=WriteOff(amount=Amount(Decimal(-1), "USD")))
    assert asked("DEC-165", licensed(owed)) == [f"{DOCUMENT}.write_off.amount"]


def test_it_asks_dec_166_write_offs_are_what_the_goods_are() -> None:
    place = [f"{DOCUMENT}.write_off.quantity"]
    assert asked("DEC-166", licensed(written_off("400"))) == []
    assert asked("DEC-166", licensed(written_off("150"), written_off("250"))) == []
    assert asked("DEC-166", licensed(written_off("7", "LTR"))) == []  # the item has no litres
    for quantity in ("399", "401"):
        assert asked("DEC-166", licensed(written_off(quantity))) == place


def test_it_asks_dec_167_exempted_documents_are_not_shown() -> None:
    exempt, reasons = AdditionalDocument(type_code="911", lpco_exemption_code="NR"), coded("document_exemption", "NR")
    assert asked("DEC-167", licensed(exempt), *reasons) == []
    assert asked("DEC-167", licensed(replace(exempt, id="L-1"))) == []  # this law keeps no reasons
    assert asked("DEC-167", licensed(replace(exempt, id="L-1")), *reasons) == [f"{DOCUMENT}.lpco_exemption_code"]


def test_it_asks_dec_168_licences_say_what_is_written_off() -> None:
    listed = coded("written_off_document", "911")
    assert asked("DEC-168", licensed(written_off("400")), *listed) == []
    bare = AdditionalDocument(type_code="911", id="L-1")
    assert asked("DEC-168", licensed(bare)) == []
    assert asked("DEC-168", licensed(bare), *listed) == [f"{DOCUMENT}.write_off"]
    assert asked("DEC-168", licensed(replace(bare, lpco_exemption_code="NR")), *listed) == []


def test_it_asks_dec_172_strength_is_that_of_the_heading() -> None:
    for code, strength, found in (
        ("2203000100", "4.5", []),
        ("2203000100", "0.3", [QUANTITY]),
        ("2202100000", "0.4", []),
        ("2202100000", "5", [QUANTITY]),
        ("2207100000", "96", []),
        ("2207100000", "45", [QUANTITY]),
        ("2208601100", "40", []),
        ("2208601100", "96", [QUANTITY]),
    ):
        assert asked("DEC-172", drink(code, "1000", strength=strength)) == found
        assert asked("DEC-172", drink(code, "1000", pure=str(Decimal(strength) * 10))) == found
    assert asked("DEC-172", GOOD) == []


def test_it_asks_dec_173_pure_alcohol_is_in_the_drink() -> None:
    assert asked("DEC-173", drink("2208601100", "1000", pure="1000")) == []
    assert asked("DEC-173", drink("2208601100", "1000", pure="1001")) == [QUANTITY]
    assert asked("DEC-173", drink("2208601100", "1000")) == []


def test_it_asks_dec_174_vin_is_written_as_such() -> None:
    assert asked("DEC-174", driven(Vehicle(id=VIN))) == []
    assert asked("DEC-174", driven(Vehicle(chassis_id="55-100"))) == []
    for vin in (VIN[:16], f"{VIN}0", VIN.lower(), "1M8GDM9AXKPO42788", "WBA8C5100LК553218"):
        assert asked("DEC-174", driven(Vehicle(id=vin))) == [f"{VEHICLE}.id"]


def test_it_asks_dec_175_check_digit_of_the_vin_is_right() -> None:
    for vin in (VIN, "1" * 17, "WBA8C5100LK553218", "short"):
        assert asked("DEC-175", driven(Vehicle(id=vin))) == []
    assert asked("DEC-175", driven(Vehicle(id="1M8GDM9A1KP042788"))) == [f"{VEHICLE}.id"]


def test_it_asks_dec_176_year_of_the_vehicle_can_be() -> None:
    for year in (None, 1886, 2026, 2027):
        assert asked("DEC-176", driven(Vehicle(id=VIN, manufacture_year=year))) == []
    for year in (0, 1885, 2028, 20260):
        assert asked("DEC-176", driven(Vehicle(id=VIN, manufacture_year=year))) == [f"{VEHICLE}.manufacture_year"]


@pytest.mark.parametrize(
    ("code", "capacity", "unit", "found"),
    [
        ("8703231940", "1797", "CMQ", []),
        ("8703231940", "1797", None, []),
        ("8703231940", "1.797", "LTR", []),
        ("8703231940", "1500", "CMQ", []),  # what lies on an edge is not doubted
        ("8703231940", "998", "CMQ", [f"{VEHICLE}.engine_capacity"]),
        ("8703231940", "3.5", "LTR", [f"{VEHICLE}.engine_capacity"]),
        ("8703801000", "3500", "CMQ", []),
        ("8711200000", "650", "CMQ", [f"{VEHICLE}.engine_capacity"]),
    ],
)
def test_it_asks_dec_177_engine_is_that_of_the_subheading(
    code: str, capacity: str, unit: str | None, found: list[str]
) -> None:
    vehicle = Vehicle(id=VIN, engine_capacity=Measure(Decimal(capacity), unit))
    assert asked("DEC-177", driven(vehicle, code=code)) == found


def test_it_asks_dec_177_of_a_capacity_that_a_charge_is_based_on() -> None:
    def based(code: str, capacity: int, pieces: str, *vehicles: Vehicle) -> Declaration:
        base = DutyTaxFee(specific_tax_base_quantity=Measure(Decimal(capacity), "CMQ"))
        measure = measured("1500", "1500", pieces, "NAR")
        return with_code(code, duty_tax_fees=(base,), goods_measure=measure, vehicles=vehicles)

    wrong = ["items[0].commodity.duty_tax_fees"]
    assert asked("DEC-177", based("8703321990", 1995, "1")) == []
    assert asked("DEC-177", based("8703311000", 1995, "1")) == wrong
    # The duty is on the item: two cars have two engines.
    assert asked("DEC-177", based("8703321990", 3990, "2")) == []
    assert asked("DEC-177", based("8703321990", 1995, "2")) == wrong
    assert asked("DEC-177", based("8703321990", 3990, "1", Vehicle(id=VIN), Vehicle(id="1" * 17))) == []


def test_it_asks_dec_178_vehicle_is_declared_once() -> None:
    first, other = commodity_item(vehicles=(Vehicle(id=VIN),)), commodity_item(vehicles=(Vehicle(id="1" * 17),))
    same = replace(first, sequence_numeric=2)
    assert asked("DEC-178", with_items(first, replace(other, sequence_numeric=2))) == []
    assert asked("DEC-178", with_items(first, same)) == ["items[1].commodity.vehicles[0].id"]
    assert asked("DEC-178", driven(Vehicle(id=VIN), Vehicle(id=VIN))) == ["items[0].commodity.vehicles[1].id"]


def test_it_asks_dec_179_vehicles_are_as_many_as_pieces() -> None:
    two = (Vehicle(id=VIN), Vehicle(id="1" * 17))
    assert asked("DEC-179", driven(*two, pieces="2")) == []
    assert asked("DEC-179", driven(pieces="2")) == []  # none is named
    assert asked("DEC-179", driven(*two, pieces="3")) == ["items[0].commodity.vehicles"]


def test_it_asks_dec_180_dangerous_goods_have_un_numbers() -> None:
    assert asked("DEC-180", with_commodity(dangerous_goods_ids=("1203", "UN1203", "UN 0004"))) == []
    for number in ("", "203", "0000", "12033", "ADR3", "١٢٠٣"):
        assert asked("DEC-180", with_commodity(dangerous_goods_ids=(number,))) == [
            "items[0].commodity.dangerous_goods_ids[0]"
        ]


def test_it_asks_dec_181_dangerous_goods_say_so() -> None:
    listed = coded("dangerous_goods", "271012", "36")
    assert asked("DEC-181", GOOD, *listed) == []
    assert asked("DEC-181", with_code("2710124130")) == []
    for code in ("2710124130", "3604100000"):
        assert asked("DEC-181", with_code(code), *listed) == ["items[0].commodity.dangerous_goods_ids"]
        assert asked("DEC-181", with_code(code, dangerous_goods_ids=("1203",)), *listed) == []


def test_it_asks_dec_182_lines_of_previous_documents_can_be() -> None:
    for line in (None, 1, 99999):
        assert asked("DEC-182", after(PreviousDocument(id="1", line_numeric=line))) == []
    for line in (0, -1, 100000):
        assert asked("DEC-182", after(PreviousDocument(id="1", line_numeric=line))) == [
            "items[0].previous_documents[0].line_numeric"
        ]


def test_it_asks_dec_183_un_numbers_are_named_once() -> None:
    assert asked("DEC-183", with_commodity(dangerous_goods_ids=("1203", "1202"))) == []
    assert asked("DEC-183", with_commodity(dangerous_goods_ids=("1203", "1202", "1203"))) == [
        "items[0].commodity.dangerous_goods_ids[2]"
    ]


def test_it_asks_dec_184_vehicles_have_their_numbers() -> None:
    listed = coded("vehicle", "8703")
    assert asked("DEC-184", GOOD, *listed) == []
    assert asked("DEC-184", driven()) == []
    assert asked("DEC-184", driven(), *listed) == ["items[0].commodity.vehicles"]
    assert asked("DEC-184", driven(Vehicle(make_name="Toyota")), *listed) == ["items[0].commodity.vehicles"]
    for vehicle in (Vehicle(id=VIN), Vehicle(chassis_id="55-100"), Vehicle(body_id="77")):
        assert asked("DEC-184", driven(vehicle), *listed) == []


def test_it_asks_dec_185_lines_are_written_off_once() -> None:
    first = PreviousDocument(type_code="830", id="TJ-KUL/011126/000001", line_numeric=1)
    assert asked("DEC-185", after(first, replace(first, line_numeric=2))) == []
    assert asked("DEC-185", after(first, first)) == ["items[0].previous_documents[1]"]


def test_it_reads_every_document_of_an_item_and_none_of_another() -> None:
    other = replace(ITEM, sequence_numeric=2, additional_documents=(AdditionalDocument(type_code="911", id="x" * 71),))
    assert asked("DEC-164", with_items(ITEM, other)) == ["items[1].additional_documents[0].id"]
