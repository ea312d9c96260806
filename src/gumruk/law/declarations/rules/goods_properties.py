# SPDX-License-Identifier: Apache-2.0
"""The rules of what goods are like: strength of drinks, vehicles by their numbers and engines, dangerous goods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.model import Vehicle
from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.goods_law import COMPARING, countable, in_unit, product
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule, rule
from gumruk.law.kernel import Severity
from gumruk.law.reference import Bounds

HS_TEXTS = "Harmonized System 2022"
QUANTITY = "commodity.goods_measure.tariff_quantity"
VIN = "ISO 3779"
FIRST_YEAR = 1886
"""The year of the first motor car's patent (DRP 37435)."""

_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_UN_NUMBER = re.compile(r"(?:UN ?)?(?!0000)[0-9]{4}")
# 49 CFR 565.15: what each character counts and weighs; the ninth is the check digit.
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10)), strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_CHECK_PLACE = 8
# ISO 3780, the first character: 1 to 5 North America, L China (GB 16735).
_VIN_CHECKED_REGIONS = frozenset("12345L")


@item_rule("DEC-172", act=f"{HS_TEXTS}, chapter 22", severity=Severity.WARNING)
def strength_is_that_of_the_heading(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The strength of alcohol, stated or found from litres of pure alcohol, is one that the heading has."""
    bounds = None if item.code is None else context.lists.goods.bounds_of(item.code.digits, "ASV")
    if bounds is None:
        return
    strength = item.quantities.get("ASV")
    if strength is None:
        pure, litres = in_unit(item.quantities, "LPA"), in_unit(item.quantities, "LTR")
        strength = None if pure is None or litres is None else COMPARING.divide(product(pure, Decimal(100)), litres)
    if strength is not None and strength.is_finite() and not bounds.hold(strength):
        yield QUANTITY, {"strength": f"{strength:.1f}", "range": str(bounds), "code": item.code_text[:10]}


@item_rule("DEC-173", act="UN/CEFACT Recommendation 20, LPA")
def pure_alcohol_is_in_the_drink(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """There is no more pure alcohol than there are litres."""
    if "LPA" not in item.quantities:
        return
    pure, litres = in_unit(item.quantities, "LPA"), in_unit(item.quantities, "LTR")
    if pure is not None and litres is not None and pure > litres:
        yield QUANTITY, {"pure": f"{pure:f}", "litres": f"{litres:f}"}


@item_rule("DEC-174", act=VIN, severity=Severity.WARNING)
def vin_is_written_as_such(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A vehicle identification number has 17 capital letters and digits, without I, O and Q."""
    for place, vehicle in _vehicles(item):
        if vehicle.id and not _VIN.fullmatch(vehicle.id):
            yield f"{place}.id", {"vin": vehicle.id[:25]}


@item_rule("DEC-175", act=f"{VIN}; 49 CFR 565.15; GB 16735", severity=Severity.INFORMATION)
def check_digit_of_the_vin_is_right(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The ninth character of a VIN from North America or China is its check digit; other makers need none."""
    for place, vehicle in _vehicles(item):
        if vehicle.id and vehicle.id[0] in _VIN_CHECKED_REGIONS and _VIN.fullmatch(vehicle.id):
            total = sum(_VIN_VALUES[letter] * weight for letter, weight in zip(vehicle.id, _VIN_WEIGHTS, strict=True))
            if "0123456789X"[total % 11] != vehicle.id[_VIN_CHECK_PLACE]:
                yield f"{place}.id", {"vin": vehicle.id}


@item_rule("DEC-176", act=f"{WCO}, vehicle", severity=Severity.WARNING)
def year_of_the_vehicle_can_be(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A vehicle was made between the first motor car and next year."""
    for place, vehicle in _vehicles(item):
        year = vehicle.manufacture_year
        if year is not None and not FIRST_YEAR <= year <= context.lodged_on.year + 1:
            yield f"{place}.manufacture_year", {"year": str(year)}


@item_rule("DEC-177", act=f"{HS_TEXTS}, headings 8407, 8703 and 8711", severity=Severity.WARNING)
def engine_is_that_of_the_subheading(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The capacity of an engine lies in the range that the subheading names, in cubic centimetres.

    The quantity that a charge is based on counts the engines of all vehicles of the item.
    """
    bounds = None if item.code is None else context.lists.goods.bounds_of(item.code.digits, "CMQ")
    if bounds is None:
        return
    whole, number = item.quantities.get("CMQ"), _number_of(item)
    if whole is not None and countable(whole) and number > 0:
        each = COMPARING.divide(whole, number)
        if not bounds.hold(each):
            yield from _other_engine("commodity.duty_tax_fees", item, each, bounds)
    for place, vehicle in _vehicles(item):
        capacity = _cubic_centimetres(vehicle)
        if capacity is not None and not bounds.hold(capacity):
            yield from _other_engine(f"{place}.engine_capacity", item, capacity, bounds)


def _other_engine(place: str, item: ItemReading, capacity: Decimal, bounds: Bounds) -> Iterator[Fault]:
    yield place, {"capacity": f"{capacity.normalize():f}"[:20], "range": str(bounds), "code": item.code_text[:10]}


def _number_of(item: ItemReading) -> Decimal:
    """How many vehicles an item holds: those that it names, else its pieces, else one."""
    vehicles = item.item.commodity.vehicles if item.item.commodity else ()
    return Decimal(len(vehicles)) if vehicles else in_unit(item.quantities, "NAR") or Decimal(1)


def _cubic_centimetres(vehicle: Vehicle) -> Decimal | None:
    """The engine's capacity; a number without a unit is in cubic centimetres."""
    stated = vehicle.engine_capacity
    if stated is None or not countable(stated.value):
        return None
    return stated.value if stated.unit is None else in_unit({stated.unit: stated.value}, "CMQ")


@rule("DEC-178", act=VIN)
def vehicle_is_declared_once(reading: Reading, context: Context) -> Iterator[Fault]:
    """A vehicle is declared once: no two have one number."""
    seen: dict[str, str] = {}
    for item in reading.items:
        for place, vehicle in _vehicles(item):
            if not vehicle.id:
                continue
            number = str(item.item.sequence_numeric or "?")
            first = seen.setdefault(vehicle.id, f"{item.path}.{place}")
            if first != f"{item.path}.{place}":
                yield f"{item.path}.{place}.id", {"item": number, "vin": vehicle.id[:25]}


@item_rule("DEC-179", act=f"{WCO}, vehicle", severity=Severity.WARNING)
def vehicles_are_as_many_as_pieces(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """As many vehicles are named as pieces are declared."""
    vehicles = item.item.commodity.vehicles if item.item.commodity else ()
    pieces = in_unit(item.quantities, "NAR") if vehicles else None
    if pieces is not None and pieces != len(vehicles):
        yield "commodity.vehicles", {"vehicles": str(len(vehicles)), "pieces": f"{pieces:f}"}


@item_rule("DEC-180", act="UN Recommendations on the Transport of Dangerous Goods; ADR, part 3")
def dangerous_goods_have_un_numbers(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A number of dangerous goods is a UN number: four digits."""
    for place, number in enumerate(item.item.commodity.dangerous_goods_ids if item.item.commodity else ()):
        if not _UN_NUMBER.fullmatch(number):
            yield f"commodity.dangerous_goods_ids[{place}]", {"number": number[:17] or "-"}


def _vehicles(item: ItemReading) -> Iterator[tuple[str, Vehicle]]:
    for place, vehicle in enumerate(item.item.commodity.vehicles if item.item.commodity else ()):
        yield f"commodity.vehicles[{place}]", vehicle


@item_rule("DEC-181", act="ADR, part 5, chapter 5.4", severity=Severity.WARNING)
def dangerous_goods_say_so(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods of the law's list `dangerous_goods` (code prefixes) give their UN number."""
    if not (item.item.commodity and item.item.commodity.dangerous_goods_ids) and _listed(
        item, context, "dangerous_goods"
    ):
        yield "commodity.dangerous_goods_ids", {"code": item.code_text[:10]}


@item_rule("DEC-183", act="ADR, part 5, chapter 5.4", severity=Severity.WARNING)
def un_numbers_are_named_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An item names a UN number once."""
    numbers = item.item.commodity.dangerous_goods_ids if item.item.commodity else ()
    seen: set[str] = set()
    for place, number in enumerate(numbers):
        if number in seen:
            yield f"commodity.dangerous_goods_ids[{place}]", {"number": number[:17] or "-"}
        seen.add(number)


@item_rule("DEC-184", act=f"{VIN}; {WCO}, vehicle", severity=Severity.WARNING)
def vehicles_have_their_numbers(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Vehicles of the law's list `vehicle` (code prefixes) are named by their numbers: VIN, chassis or body."""
    vehicles = item.item.commodity.vehicles if item.item.commodity else ()
    named = any(vehicle.id or vehicle.chassis_id or vehicle.body_id for vehicle in vehicles)
    if not named and _listed(item, context, "vehicle"):
        yield "commodity.vehicles", {"code": item.code_text[:10]}


def _listed(item: ItemReading, context: Context, name: str) -> bool:
    """Whether a list of the law holds the goods' code or a prefix of it."""
    codes = context.codes(name) if item.code is not None else frozenset()
    return bool(codes) and not codes.isdisjoint({item.code_text[:length] for length in (2, 4, 6, 8, 10)})
