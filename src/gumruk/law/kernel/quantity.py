# SPDX-License-Identifier: Apache-2.0
"""Quantities with their unit of measure, by UN/CEFACT Recommendation 20."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, Inexact

from gumruk.law.kernel.rounding import LEGAL_CONTEXT, Rounding, divided, exact_decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its Rec 20 code, what it measures, and how many of that kind's base unit it holds (exact)."""

    code: str
    measures: str
    factor: Decimal


def _units(measures: str, **factors: str) -> dict[str, Unit]:
    return {code: Unit(code, measures, Decimal(factor)) for code, factor in factors.items()}


# UN/CEFACT Recommendation 20, revision 11e: codes and conversion factors to the first unit of each group.
UNITS: dict[str, Unit] = {
    **_units("mass", KGM="1", GRM="0.001", MGM="0.000001", TNE="1000", DTN="100", CTM="0.0002"),
    **_units("volume", LTR="1", MLT="0.001", HLT="100", MTQ="1000", CMQ="0.001", DMQ="1", K6="1000", R9="1000000"),
    **_units("length", MTR="1", CMT="0.01", MMT="0.001", KMT="1000"),
    **_units("area", MTK="1", CMK="0.0001", MMK="0.000001", HAR="10000"),
    **_units("number", C62="1", NAR="1", H87="1", CEN="100", MIL="1000", DZN="12", GRO="144"),
    **_units("packs", NMP="1"),
    **_units("pairs", PR="1", NPR="1"),
    **_units("energy", KWH="1", WHR="0.001", MWH="1000", GWH="1000000"),
    **_units("pure alcohol", LPA="1"),
    **_units("percent", P1="1"),
    **_units("strength", ASV="1"),
    **_units("power", KWT="1", WTT="0.001"),
    **_units("mass dried to nine tenths", KSD="1"),
    **_units("nitrogen", KNI="1"),
    **_units("phosphorus pentoxide", KPP="1"),
    **_units("potassium oxide", KPO="1"),
    **_units("potassium hydroxide", KPH="1"),
    **_units("sodium hydroxide", KSH="1"),
    **_units("hydrogen peroxide", KHY="1"),
    **_units("uranium", KUR="1"),
    **_units("fissile isotopes", GFI="1"),
    **_units("radioactivity", BQL="1", GBQ="1000000000", CUR="37000000000"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured amount of goods: exact value and Rec 20 unit. Raises ValueError for a unit that is not known."""

    value: Decimal
    unit: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", exact_decimal(self.value))
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit of measure {self.unit!r} (UN/CEFACT Recommendation 20)")

    def to(self, unit: str, rounding: Rounding | None = None) -> Quantity:
        """The same quantity in another unit of the same kind.

        Raises ValueError between unlike units (mass is never volume), and where the result would not be exact and no
        rounding is given.
        """
        if unit not in UNITS:
            raise ValueError(f"unknown unit of measure {unit!r} (UN/CEFACT Recommendation 20)")
        source, target = UNITS[self.unit], UNITS[unit]
        if source.measures != target.measures:
            raise ValueError(f"{self.unit} measures {source.measures}, {unit} measures {target.measures}")
        base = LEGAL_CONTEXT.multiply(self.value, source.factor)
        if rounding is not None:
            return Quantity(divided(base, target.factor, rounding), unit)
        try:
            exact = LEGAL_CONTEXT.divide(base, target.factor)
        except Inexact:
            raise ValueError(f"{self} is no exact number of {unit}: name a rounding") from None
        return Quantity(exact, unit)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(LEGAL_CONTEXT.add(self.value, other.to(self.unit).value), self.unit)

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"
