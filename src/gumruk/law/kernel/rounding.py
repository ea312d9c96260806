# SPDX-License-Identifier: Apache-2.0
"""Named roundings, and the levels at which a law may order them."""

from __future__ import annotations

import decimal
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

MODES = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "down": decimal.ROUND_DOWN,
    "up": decimal.ROUND_UP,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}

# Law computes in a context of its own, so that a caller's precision can never change an amount. Inexact is trapped:
# a result that would have to be rounded silently raises instead; only a named rounding may round.
LEGAL_CONTEXT = decimal.Context(
    prec=80,
    rounding=decimal.ROUND_HALF_EVEN,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow, decimal.Inexact],
)
_DIVIDING = decimal.Context(
    prec=80, rounding=decimal.ROUND_05UP, traps=[decimal.InvalidOperation, decimal.DivisionByZero]
)
_QUANTIZING = decimal.Context(prec=80, traps=[decimal.InvalidOperation])
_ONE = Decimal(1)


class Level(StrEnum):
    """Where a rounding applies: to each item's charge, to the charge's total, or to each conversion of currency."""

    ITEM = "item"
    DECLARATION = "declaration"
    CONVERSION = "conversion"


def exact_decimal(value: object) -> Decimal:
    """Take a Decimal, an int or decimal text as an exact, finite Decimal.

    Raises TypeError for a float (money and law are never floats) and ValueError for text that is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise TypeError(f"an exact number is a Decimal, an int or decimal text, not {type(value).__name__}")
    try:
        number = Decimal(value)
    except decimal.InvalidOperation:
        raise ValueError(f"not a decimal number: {value!r}") from None
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return number


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding that a law names: the method and the digits kept after the point (negative: before it).

    >>> str(Rounding.parse("half_up:2").apply(Decimal("1.005")))
    '1.01'
    """

    method: str
    scale: int
    mode: str = field(init=False, repr=False, compare=False)
    unit: Decimal = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.method not in MODES:
            raise ValueError(f"unknown rounding method {self.method!r}; known: {', '.join(MODES)}")
        if not -18 <= self.scale <= 18:
            raise ValueError(f"a rounding keeps between -18 and 18 digits after the point, not {self.scale}")
        object.__setattr__(self, "mode", MODES[self.method])
        object.__setattr__(self, "unit", Decimal(1).scaleb(-self.scale))

    @classmethod
    def parse(cls, text: str) -> Rounding:
        """Read `method:scale`, as country packs write it. Raises ValueError."""
        method, colon, scale = text.partition(":")
        digits = scale.removeprefix("-")
        if not colon or not (digits.isascii() and digits.isdigit()):
            raise ValueError(f"a rounding is written method:digits, for example half_up:2, not {text!r}")
        return cls(method, int(scale))

    def apply(self, value: Decimal) -> Decimal:
        """The value rounded by this method to this scale."""
        rounded = value.quantize(self.unit, self.mode, _QUANTIZING)
        return rounded if self.scale >= 0 else rounded.quantize(_ONE, context=_QUANTIZING)

    def __str__(self) -> str:
        return f"{self.method}:{self.scale}"


def divided(numerator: Decimal, denominator: Decimal, rounding: Rounding) -> Decimal:
    """The quotient, rounded once by a named rounding: no digit is lost before it. Raises decimal.DivisionByZero.

    The quotient is first cut to 80 digits so that its last digit is never 0 or 5 unless it is exact (round-05up of the
    General Decimal Arithmetic specification): a tie is only ever a true tie.
    """
    rounded = _DIVIDING.divide(numerator, denominator).quantize(rounding.unit, rounding.mode, _QUANTIZING)
    return rounded if rounding.scale >= 0 else rounded.quantize(_ONE, context=_QUANTIZING)
