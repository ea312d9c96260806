# SPDX-License-Identifier: Apache-2.0
"""The fields that a duty may use. Quantities are in the base unit of their kind, so that a rate per tonne and a mass in
kilograms meet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gumruk.law.expression import FieldType, Kind
from gumruk.law.kernel import LEGAL_CONTEXT, UNITS

# The first unit of each kind: kilogram, litre, metre, square metre, item, pair, kilowatt hour ...
_FIRST: dict[str, str] = {}
for _unit in UNITS.values():
    _FIRST.setdefault(_unit.measures, _unit.code)
BASE_OF: dict[str, str] = {code: _FIRST[unit.measures] for code, unit in UNITS.items()}
BASE_UNITS: tuple[str, ...] = tuple(_FIRST.values())

# Digits that a value, a quantity and an exchange rate may have: together they stay inside 38 digits and scale 18.
VALUE = FieldType(Kind.NUMBER, digits=20, scale=2)
QUANTITY = FieldType(Kind.NUMBER, digits=15, scale=5, optional=True)
EXCHANGE = FieldType(Kind.NUMBER, digits=13, scale=7, optional=True)


def duty_vocabulary(currencies: frozenset[str]) -> dict[str, FieldType]:
    """The vocabulary of duty texts for these currencies."""
    return {
        "value": VALUE,
        **{f"quantity.{unit}": QUANTITY for unit in BASE_UNITS},
        **{f"fx.{currency}": EXCHANGE for currency in sorted(currencies)},
    }


def base_quantity(stated: Mapping[str, Decimal], base: str) -> Decimal | None:
    """A quantity in a base unit: as stated in it, else from the first stated unit of its kind; None without one."""
    found = stated.get(base)
    if found is not None:
        return found
    for unit, value in stated.items():
        if BASE_OF.get(unit) == base:
            return LEGAL_CONTEXT.multiply(value, UNITS[unit].factor)
    return None


def base_quantities(stated: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """All stated quantities by base unit, from quantities in any unit of Rec 20."""
    bases = dict.fromkeys(BASE_OF[unit] for unit in stated if unit in BASE_OF)
    return {base: value for base in bases if (value := base_quantity(stated, base)) is not None}
