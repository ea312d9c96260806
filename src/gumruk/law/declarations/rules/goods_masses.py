# SPDX-License-Identifier: Apache-2.0
"""The rules of masses: the tare, and masses that cannot be in anybody's experience."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.reading import ItemReading, Reading, kilograms
from gumruk.law.declarations.rules.goods_law import countable, in_unit, plausible, product
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule, rule
from gumruk.law.kernel import Severity
from gumruk.law.reference import Bounds, PackageKind

NO_BOUNDS = Bounds(None, None)
GROSS, NET = "commodity.goods_measure.gross_mass", "commodity.goods_measure.net_mass"


@item_rule("DEC-121", act=f"{WCO}, 126 and 128", severity=Severity.WARNING)
def packages_weigh_something(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that are packed weigh less without their packages: the net mass is below the gross mass."""
    if item.gross_mass_kg is None or item.gross_mass_kg != item.net_mass_kg or not item.item.packagings:
        return
    kinds = context.lists.goods.package_kinds
    if all(kinds.get(packaging.type_code or "") is PackageKind.PACKED for packaging in item.item.packagings):
        yield NET, {"mass": f"{item.gross_mass_kg:f}"}


@item_rule("DEC-122", act=f"{WCO}, 126 and 128", severity=Severity.WARNING)
def packages_weigh_less_than_goods(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The packages weigh at most the share of the gross mass that the law finds plausible."""
    most, gross, net = context.number("DEC-122"), item.gross_mass_kg, item.net_mass_kg
    if most is None or gross is None or net is None or not (countable(gross) and countable(net)):
        return
    if net < gross and gross - net > product(gross, most):
        yield GROSS, {"tare": f"{gross - net:f}", "gross": f"{gross:f}"}


@item_rule("DEC-123", act=f"{WCO}, 128 and 144", severity=Severity.WARNING)
def package_can_be_lifted(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A package weighs at most what the law finds plausible, in kilograms."""
    most, gross = context.number("DEC-123"), item.gross_mass_kg
    if most is None or gross is None or not countable(gross):
        return
    total = _packed(item, context)
    if total and gross > product(total, most):
        yield GROSS, {"gross": f"{gross:f}", "packages": f"{total:f}", "most": f"{most:f}"}


@item_rule("DEC-124", act=f"{WCO}, 126 and 130", severity=Severity.WARNING)
def piece_weighs_what_such_goods_weigh(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The net mass of one unit lies in the range of such goods, by the law's table `plausible`."""
    net = item.net_mass_kg
    if item.code is None or net is None or not countable(net):
        return
    for unit, row in context.law.made(plausible).of(item.code.digits):
        quantity = None if row.mass_kg == NO_BOUNDS else in_unit(item.quantities, unit)
        if quantity is None:
            continue
        least, most = row.mass_kg
        if (least is not None and net < product(quantity, least)) or (
            most is not None and net > product(quantity, most)
        ):
            params = {"net": f"{net:f}", "quantity": f"{quantity:f}", "unit": unit, "range": str(row.mass_kg)}
            yield NET, params


@rule("DEC-169", act=f"{WCO}, 128 and 131")
def item_weighs_no_more_than_all(reading: Reading, context: Context) -> Iterator[Fault]:
    """An item's gross mass is not above the total gross mass; DEC-12 tells where all masses can be added up."""
    total = kilograms(reading.declaration.total_gross_mass)
    if total is None or all(item.gross_mass_kg is not None for item in reading.items):
        return
    for item in reading.items:
        if item.gross_mass_kg is not None and item.gross_mass_kg > total:
            params = {"item": str(item.item.sequence_numeric or "?"), "gross": f"{item.gross_mass_kg:f}"}
            yield f"{item.path}.{GROSS}", {**params, "total": f"{total:f}"}


@item_rule("DEC-170", act=f"{WCO}, 130 and 144", severity=Severity.INFORMATION)
def packages_are_no_more_than_pieces(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """There are no more packages than pieces, unless a piece travels in several."""
    total = _packed(item, context)
    pieces = in_unit(item.quantities, "NAR") if total else None
    if total and pieces is not None and pieces < total:
        yield "packagings", {"pieces": f"{pieces:f}", "packages": f"{total:f}"}


@item_rule("DEC-171", act=f"{WCO}, 128 and 144", severity=Severity.WARNING)
def package_weighs_something(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A package weighs at least what the law finds plausible, in kilograms."""
    least, gross = context.number("DEC-171"), item.gross_mass_kg
    if least is None or gross is None or not countable(gross):
        return
    total = _packed(item, context)
    if total and gross < product(total, least):
        yield GROSS, {"gross": f"{gross:f}", "packages": f"{total:f}", "least": f"{least:f}"}


def _packed(item: ItemReading, context: Context) -> Decimal | None:
    """How many packages the item has; None where any of it travels otherwise, or is not counted."""
    kinds = context.lists.goods.package_kinds
    total = Decimal(0)
    for packaging in item.item.packagings:
        count = packaging.quantity
        if count is None or not countable(count) or kinds.get(packaging.type_code or "") is not PackageKind.PACKED:
            return None
        total += count
    return total
