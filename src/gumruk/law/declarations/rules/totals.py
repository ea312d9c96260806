# SPDX-License-Identifier: Apache-2.0
"""Totals and values of the head that stand beside those of the items."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import Reading, kilograms
from gumruk.law.declarations.rules.head import PRICE_DIGITS, PRICE_SCALE, WCO, fits
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity


@rule("DEC-64", act=f"{WCO}, 146")
def total_packages_can_be_counted(reading: Reading, context: Context) -> Iterator[Fault]:
    """The total number of packages, where it is stated, is a whole number, zero or more."""
    stated = reading.declaration.total_package_quantity
    if stated is None:
        return
    if not (stated >= 0 and fits(stated, 10, 0)):
        yield "total_package_quantity", {"stated": f"{stated:f}"[:40]}


@rule("DEC-65", act=f"{WCO}, 131")
def total_mass_is_above_zero(reading: Reading, context: Context) -> Iterator[Fault]:
    """The total gross mass, where it is stated, is above zero, in a unit of mass."""
    stated = reading.declaration.total_gross_mass
    if stated is None:
        return
    mass = kilograms(stated) if fits(stated.value, 16, 10) else None
    if mass is None or mass <= 0:
        yield "total_gross_mass", {"stated": f"{stated.value:f} {stated.unit or 'KGM'}"[:60]}


@rule("DEC-66", act=f"{WCO}, 109")
def invoice_amount_can_be(reading: Reading, context: Context) -> Iterator[Fault]:
    """The total invoice amount, where it is stated, is not negative, and of an ISO 4217 currency."""
    stated = reading.declaration.invoice_amount
    if stated is None:
        return
    told = {item.price.currency for item in reading.items if item.price is not None}  # DEC-24 tells of these
    known = stated.currency is None or stated.currency in context.lists.currencies or stated.currency in told
    if not known or stated.value < 0 or not fits(stated.value, PRICE_DIGITS, PRICE_SCALE):
        yield "invoice_amount", {"stated": f"{stated.value:f} {stated.currency or ''}".strip()[:60]}


@rule("DEC-67", act=f"{WCO}, 131 and 146", severity=Severity.INFORMATION)
def totals_are_stated(reading: Reading, context: Context) -> Iterator[Fault]:
    """A declaration of several items states total gross mass, packages and invoice amount: they are then compared."""
    if len(reading.items) < 2:
        return
    declaration = reading.declaration
    for name, stated in (
        ("total_gross_mass", declaration.total_gross_mass),
        ("total_package_quantity", declaration.total_package_quantity),
        ("invoice_amount", declaration.invoice_amount),
    ):
        if stated is None:
            yield name, {"items": str(len(reading.items))}
