# SPDX-License-Identifier: Apache-2.0
"""Units, masses and packages of goods."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.law.declarations.cases import GOOD, ITEM, numbered, with_commodity, with_items
from tests.law.declarations.rules.goods import (
    GROSS,
    NET,
    QUANTITY,
    asked,
    measured,
    package,
    packed,
    second,
    with_code,
)

from gumruk.law.declarations.model import Declaration, DutyTaxFee, Measure
from gumruk.law.lawbook import Entry, Status

PHONES = Entry(
    "plausible",
    "8517.NAR",
    {"currency": "USD", "mass_least_kg": Decimal("0.05"), "mass_most_kg": Decimal("2")},
)


def weighing(gross: str, net: str, *packages: str) -> Declaration:
    """Goods of these masses in so many cartons."""
    return with_commodity(goods_measure=measured(gross, net)) if not packages else _in_cartons(gross, net, *packages)


def _in_cartons(gross: str, net: str, *packages: str) -> Declaration:
    assert ITEM.commodity is not None
    commodity = replace(ITEM.commodity, goods_measure=measured(gross, net))
    return with_items(replace(ITEM, commodity=commodity, packagings=tuple(package(count) for count in packages)))


def test_it_asks_dec_116_unit_of_the_line_is_given() -> None:
    assert asked("DEC-116", GOOD) == []
    assert asked("DEC-116", with_commodity(goods_measure=measured("120", "100"))) == [QUANTITY]
    assert asked("DEC-116", with_commodity(goods_measure=measured("120", "100", "0.4", "MIL"))) == []
    tea = with_code("0902300000", goods_measure=measured("120", "100"))
    assert asked("DEC-116", tea) == []  # counted in kilograms
    line = Entry("tariff_lines", "0902300000", {"unit": "NAR"})
    assert asked("DEC-116", tea, line) == [QUANTITY]  # this country counts its packets
    unknown = Entry("tariff_lines", "8517130000", {"unit": None}, status=Status.UNKNOWN)
    assert asked("DEC-116", with_commodity(goods_measure=measured("120", "100")), unknown) == [QUANTITY]


def test_it_asks_dec_117_quantity_is_of_the_lines_kind() -> None:
    assert asked("DEC-117", GOOD) == []
    assert asked("DEC-117", with_commodity(goods_measure=measured("120", "100", "400", "LTR"))) == [QUANTITY]
    assert asked("DEC-117", with_commodity(goods_measure=measured("120", "100", "400", "XYZ"))) == []  # DEC-29 tells


def test_it_asks_dec_118_pieces_are_whole() -> None:
    for quantity, unit, found in (
        ("400", "NAR", []),
        ("0.4", "MIL", []),
        ("0.417", "DZN", []),  # five pieces
        ("1.5", "LTR", []),
        ("400.5", "NAR", [QUANTITY]),
        ("0.0004", "MIL", [QUANTITY]),
        ("12.5", "PR", [QUANTITY]),
    ):
        assert asked("DEC-118", with_commodity(goods_measure=measured("120", "100", quantity, unit))) == found


def test_it_asks_dec_119_unit_of_the_duty_is_given() -> None:
    duty = Entry("tariff", "8517", {"duty": "10% min 2 EUR/LTR"})
    excise = Entry("excise", "", {"duty": "1 EUR/MIL"})
    free = Entry("excise", "8517", {"duty": "free"})
    assert asked("DEC-119", GOOD) == []
    assert asked("DEC-119", GOOD, duty) == [QUANTITY]
    assert asked("DEC-119", with_commodity(goods_measure=measured("120", "100", "400", "LTR")), duty) == []
    assert asked("DEC-119", GOOD, excise) == []  # pieces are stated
    assert asked("DEC-119", with_commodity(goods_measure=measured("120", "100")), excise) == [QUANTITY]
    assert asked("DEC-119", with_commodity(goods_measure=measured("120", "100")), excise, free) == []
    assert asked("DEC-119", replace(GOOD, type_code="EXA"), duty) == []


def test_it_asks_dec_120_quantity_in_mass_is_the_net_mass() -> None:
    for quantity, unit, found in (("100", "KGM", []), ("0.1", "TNE", []), ("101", "KGM", [QUANTITY])):
        assert asked("DEC-120", with_commodity(goods_measure=measured("120", "100", quantity, unit))) == found
    assert asked("DEC-120", GOOD) == []


def test_it_asks_dec_121_packages_weigh_something() -> None:
    assert asked("DEC-121", weighing("120", "100", "20")) == []
    assert asked("DEC-121", weighing("100", "100", "20")) == [NET]
    assert ITEM.commodity is not None
    same = replace(ITEM.commodity, goods_measure=measured("100", "100"))
    assert asked("DEC-121", packed(package("2", "NE"), commodity=same)) == []
    assert asked("DEC-121", packed(package("2", "CL"), commodity=same)) == []  # a coil is the goods themselves


def test_it_asks_dec_122_packages_weigh_less_than_goods() -> None:
    most = numbered("DEC-122", "0.8", "warning")
    assert asked("DEC-122", weighing("120", "100"), most) == []
    assert asked("DEC-122", weighing("120", "24"), most) == []
    assert asked("DEC-122", weighing("120", "12"), most) == [GROSS]
    assert asked("DEC-122", weighing("120", "12")) == []  # this law doubts no tare


def test_it_asks_dec_123_package_can_be_lifted() -> None:
    most = numbered("DEC-123", "2000", "warning")
    assert asked("DEC-123", weighing("4000", "3000", "1", "1"), most) == []
    assert asked("DEC-123", weighing("4001", "3000", "1", "1"), most) == [GROSS]
    bulk = with_items(replace(ITEM, commodity=_heavy(), packagings=(package(None, "VR"),)))
    assert asked("DEC-123", bulk, most) == []


def _heavy() -> object:
    assert ITEM.commodity is not None
    return replace(ITEM.commodity, goods_measure=measured("400000", "400000"))


def test_it_asks_dec_124_piece_weighs_what_such_goods_weigh() -> None:
    for net, found in (("100", []), ("20", []), ("800", []), ("19.9", [NET]), ("800.1", [NET])):
        heavy = with_commodity(goods_measure=measured("900", net, "400", "NAR"))
        assert asked("DEC-124", heavy, PHONES) == found
        assert asked("DEC-124", heavy) == []
    assert asked("DEC-124", with_commodity(goods_measure=measured("900", "19.9", "0.4", "MIL")), PHONES) == [NET]
    assert asked("DEC-124", with_commodity(goods_measure=measured("900", "19.9")), PHONES) == []


def test_it_asks_dec_125_packages_are_stated() -> None:
    assert asked("DEC-125", GOOD) == []
    assert asked("DEC-125", packed()) == ["items[0].packagings"]


def test_it_asks_dec_126_kinds_of_package_are_known() -> None:
    assert asked("DEC-126", packed(package("20", "CT"), package("1", "PX"), package(None, "VR"))) == []
    assert asked("DEC-126", packed(package("20", "QQQ"))) == ["items[0].packagings[0].type_code"]


def test_it_asks_dec_127_packages_have_a_kind() -> None:
    assert asked("DEC-127", GOOD) == []
    assert asked("DEC-127", packed(package("20", None))) == ["items[0].packagings[0].type_code"]


def test_it_asks_dec_128_packages_have_marks() -> None:
    assert asked("DEC-128", packed(package("20"))) == []
    assert asked("DEC-128", packed(package("20", "NE", None))) == []
    for marks in (None, "", "  "):
        assert asked("DEC-128", packed(package("20", "CT", marks))) == ["items[0].packagings[0].marks_numbers_id"]


def test_it_asks_dec_129_bulk_has_no_count() -> None:
    for count in (None, "0", "1"):
        assert asked("DEC-129", packed(package(count, "VR"))) == []
    assert asked("DEC-129", packed(package("20", "VL"))) == ["items[0].packagings[0].quantity"]


def test_it_asks_dec_130_package_of_several_items_is_counted_once() -> None:
    holds = replace(ITEM, packagings=(package("1", "BX", "BOX 7"),))
    inside, lost = second(packagings=(package("0", "BX", "BOX 7"),)), second(packagings=(package("0", "BX", "BOX 8"),))
    place = ["items[1].packagings[0].quantity"]
    assert asked("DEC-130", with_items(holds, inside)) == []
    assert asked("DEC-130", with_items(holds, lost)) == place
    assert asked("DEC-130", with_items(holds, second(packagings=(package("0", "BX", None),)))) == place
    assert asked("DEC-130", with_items(holds, second(packagings=(package("0", "VR", None),)))) == []


def test_it_asks_dec_131_packages_are_not_too_many() -> None:
    assert asked("DEC-131", packed(package("99999999"))) == []
    assert asked("DEC-131", packed(package("100000000"))) == ["items[0].packagings[0].quantity"]


def test_it_asks_dec_132_packages_are_counted() -> None:
    assert asked("DEC-132", packed(package(None, "VR"))) == []
    for kind in ("CT", "CL"):
        assert asked("DEC-132", packed(package("3", kind))) == []
        assert asked("DEC-132", packed(package(None, kind))) == ["items[0].packagings[0].quantity"]


def test_it_asks_dec_133_packages_are_named_once() -> None:
    assert asked("DEC-133", packed(package("1"), package("1", "PX"), package("1", "CT", "NO MARKS 2"))) == []
    assert asked("DEC-133", packed(package("1"), package("2"))) == ["items[0].packagings[1].marks_numbers_id"]
    assert asked("DEC-133", packed(package("1", "CT", "x" * 513))) == ["items[0].packagings[0].marks_numbers_id"]


def test_it_asks_dec_169_item_weighs_no_more_than_all() -> None:
    assert ITEM.commodity is not None
    unweighed = second(commodity=replace(ITEM.commodity, goods_measure=measured(None, None)))
    assert asked("DEC-169", with_items(ITEM, unweighed)) == []
    small = replace(with_items(ITEM, unweighed), total_gross_mass=Measure(Decimal(100), "KGM"))
    assert asked("DEC-169", small) == [GROSS]
    assert asked("DEC-169", replace(GOOD, total_gross_mass=Measure(Decimal(100), "KGM"))) == []  # DEC-12 tells


def test_it_asks_dec_170_packages_are_no_more_than_pieces() -> None:
    assert asked("DEC-170", GOOD) == []
    assert asked("DEC-170", packed(package("400"))) == []
    assert asked("DEC-170", packed(package("401"))) == ["items[0].packagings"]
    assert asked("DEC-170", packed(package("401", "VR"))) == []


def test_it_asks_dec_171_package_weighs_something() -> None:
    least = numbered("DEC-171", "0.01", "warning")
    assert asked("DEC-171", weighing("120", "100", "12000"), least) == []
    assert asked("DEC-171", weighing("120", "100", "12001"), least) == [GROSS]
    assert asked("DEC-171", weighing("120", "100", "12001")) == []


def test_it_computes_with_no_number_of_no_ordinary_size() -> None:
    for number in ("0", "-1", "1E+400", "1E-400"):
        measure = measured("120", "100", number, "NAR")
        odd = with_commodity(goods_measure=replace(measure, gross_mass=Measure(Decimal(number), "KGM")))
        numbers = [numbered(f"DEC-{code}", "1", "warning") for code in (122, 123, 171)]
        for code in (118, 121, 122, 123, 124, 170, 171):
            asked(f"DEC-{code}", odd, PHONES, *numbers)
    assert asked("DEC-124", with_commodity(duty_tax_fees=(DutyTaxFee(type_code="A"),)), PHONES) == []
