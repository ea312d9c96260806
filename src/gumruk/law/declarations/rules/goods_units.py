# SPDX-License-Identifier: Apache-2.0
"""The rules of quantities in the units of the tariff line: which unit, which kind, whole pieces."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import ItemReading, Reading, kilograms
from gumruk.law.declarations.rules.goods_law import Nearest, countable, product
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.expression import Field, Node
from gumruk.law.expression.tree import children
from gumruk.law.kernel import UNITS, Severity
from gumruk.law.lawbook import Law, Scalar
from gumruk.law.tariff import DutyError, base_quantity, parse_duty

PLACE = "commodity.goods_measure.tariff_quantity"
RECOMMENDED_UNITS = "WCO Recommendation on standard units of quantity, 1995"
QUANTITY = "quantity."
SCALE = 5
"""Digits of a quantity after the point."""
WHOLE = frozenset({"number", "pairs", "packs"})
"""Kinds of units that count whole things."""
ROUNDED = frozenset({"DZN", "GRO"})
"""Dozens and grosses: five pieces are 0.417 dozens, rounded."""


def _line_unit(item: ItemReading, context: Context) -> str | None:
    """The unit beside kilograms: of the country's line where the law knows it, else of the subheading."""
    if item.code is None:
        return None
    line = context.law.find("tariff_lines", item.code.digits)
    unit = (line and line.fields.get("unit")) or context.lists.goods.units.get(item.code.subheading)
    return unit if isinstance(unit, str) and unit != "KGM" else None


def _is_stated(item: ItemReading, unit: str) -> bool:
    kind = UNITS[unit].measures
    return any(stated in UNITS and UNITS[stated].measures == kind for stated in item.quantities)


@item_rule("DEC-116", act=RECOMMENDED_UNITS, severity=Severity.WARNING)
def unit_of_the_line_is_given(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods whose subheading is counted in another unit than kilograms give their quantity in it."""
    unit = _line_unit(item, context)
    if unit is None or _is_stated(item, unit):
        return
    measure = item.item.commodity.goods_measure if item.item.commodity else None
    if measure is None or measure.tariff_quantity is None:
        yield PLACE, {"unit": unit, "code": item.code_text[:10]}


@item_rule("DEC-117", act=RECOMMENDED_UNITS, severity=Severity.WARNING)
def quantity_is_of_the_lines_kind(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The quantity is of the kind that the subheading is counted in: pieces are no litres."""
    unit = _line_unit(item, context)
    measure = item.item.commodity.goods_measure if item.item.commodity else None
    if unit is None or measure is None or measure.tariff_quantity is None or _is_stated(item, unit):
        return
    stated = measure.tariff_quantity.unit
    if stated in UNITS:  # DEC-29 tells of a unit that is not known
        yield PLACE, {"unit": unit, "stated": stated or "-", "code": item.code_text[:10]}


@item_rule("DEC-118", act="UN/CEFACT Recommendation 20")
def pieces_are_whole(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Pieces, pairs and packs are whole numbers."""
    for code, value in item.quantities.items():
        unit = UNITS.get(code)
        if unit is None or unit.measures not in WHOLE or code in ROUNDED or not countable(value):
            continue
        if product(value, unit.factor) % 1 and round(value, SCALE) == value:  # DEC-29 tells of smaller parts
            yield PLACE, {"quantity": f"{value:f}", "unit": code}


def _units_of_duties(law: Law) -> Nearest[frozenset[str]]:
    """By table, tariff and excise: the base units that the duty of a code prefix asks for."""
    return Nearest(
        {
            table: {key: _units(entry.fields.get("duty")) for key, entry in law.table(table).items()}
            for table in ("tariff", "excise")
        }
    )


def _units(duty: Scalar) -> frozenset[str]:
    if not isinstance(duty, str):
        return frozenset()
    try:
        names = set(_fields(parse_duty(duty)))
    except DutyError:
        return frozenset()
    return frozenset(name.removeprefix(QUANTITY) for name in names if name.startswith(QUANTITY))


def _fields(node: Node) -> Iterator[str]:
    if isinstance(node, Field):
        yield node.path
    for child in children(node):
        yield from _fields(child)


@item_rule("DEC-119", act="Kyoto Convention, General Annex, standard 4.1", severity=Severity.WARNING)
def unit_of_the_duty_is_given(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods of an import that bear a duty or an excise by the unit give their quantity in it."""
    if item.code is None or reading.direction != "IM":
        return
    for table, units in context.law.made(_units_of_duties).of(item.code.digits):
        for unit in units:
            if table == "tariff" and item.preference is not None:
                continue
            if base_quantity(item.quantities, unit) is None:
                yield PLACE, {"unit": unit, "code": item.code.digits}


@item_rule("DEC-120", act=f"{WCO}, 126 and 130", severity=Severity.WARNING)
def quantity_in_mass_is_the_net_mass(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A quantity of the tariff line that is stated in a unit of mass equals the net mass."""
    measure = item.item.commodity.goods_measure if item.item.commodity else None
    if measure is None or measure.tariff_quantity is None or measure.tariff_quantity.unit is None:
        return
    stated = kilograms(measure.tariff_quantity)
    if stated is not None and item.net_mass_kg is not None and stated != item.net_mass_kg:
        yield PLACE, {"stated": f"{stated:f}", "net": f"{item.net_mass_kg:f}"}
