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

#: What a qualifier counts instead of the goods' own mass or volume (TARIC's table of measurement unit qualifiers). A
#: quantity so counted is stated under its unit and this word: `KGM.net_drained`.
QUALIFIED: dict[str, str] = {
    "A": "total_alcohol",
    "E": "net_drained",
    "G": "gross",
    "I": "biodiesel",
    "M": "net_dry",
    "P": "lactic_matter",
    "R": "standard_quality",
    "S": "raw_sugar",
    "T": "dry_lactic_matter",
}
#: What goods contain, in per cent of their mass; stated as `content.sucrose`.
CONTENTS = ("sucrose",)
_QUALIFIED_UNITS = ("KGM", "LTR")

# Digits that a value, a quantity and an exchange rate may have: together they stay inside 38 digits and scale 18.
VALUE = FieldType(Kind.NUMBER, digits=20, scale=2)
QUANTITY = FieldType(Kind.NUMBER, digits=15, scale=5, optional=True)
#: Per cent of alcohol by volume, per cent of a content: they multiply a quantity.
STRENGTH = FieldType(Kind.NUMBER, digits=5, scale=2, optional=True)
EXCHANGE = FieldType(Kind.NUMBER, digits=13, scale=7, optional=True)


def duty_vocabulary(currencies: frozenset[str]) -> dict[str, FieldType]:
    """The vocabulary of duty texts for these currencies."""
    return {
        "value": VALUE,
        **{f"quantity.{unit}": QUANTITY for unit in BASE_UNITS},
        **{f"quantity.{unit}.{word}": QUANTITY for unit in _QUALIFIED_UNITS for word in QUALIFIED.values()},
        **{f"content.{word}": STRENGTH for word in CONTENTS},
        "quantity.ASV": STRENGTH,
        **{f"fx.{currency}": EXCHANGE for currency in sorted(currencies)},
    }


def base_quantity(stated: Mapping[str, Decimal], base: str) -> Decimal | None:
    """A quantity in a base unit: as stated in it, else from the first stated unit of its kind; None without one.

    `base` may bear a qualifier (`KGM.net_drained`): only what is stated with the same one counts.
    """
    found = stated.get(base)
    if found is not None:
        return found
    kind, _, word = base.partition(".")
    for key, value in stated.items():
        unit, _, named = key.partition(".")
        if BASE_OF.get(unit) == kind and named == word:
            return LEGAL_CONTEXT.multiply(value, UNITS[unit].factor)
    return None


def base_quantities(stated: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """All stated quantities and contents by their field, from quantities in any unit of Rec 20 and TARIC.

    >>> base_quantities({"TNE": Decimal(2), "KGM.net_drained": Decimal(1500), "content.sucrose": Decimal(80)})
    {'quantity.KGM': Decimal('2000'), 'quantity.KGM.net_drained': Decimal('1500'), 'content.sucrose': Decimal('80')}
    """
    fields: dict[str, Decimal] = {}
    for key, value in stated.items():
        unit, dot, word = key.partition(".")
        if unit == "content":
            fields[key] = value
        elif unit in BASE_OF:
            base = f"{BASE_OF[unit]}{dot}{word}"
            found = base_quantity(stated, base)
            if found is not None:
                fields[f"quantity.{base}"] = found
    return fields
