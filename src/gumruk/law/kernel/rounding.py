# SPDX-License-Identifier: Apache-2.0
"""Named roundings, and the levels at which a law may order them."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
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
_QUANTIZING = decimal.Context(prec=80, traps=[decimal.InvalidOperation])


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

    def __post_init__(self) -> None:
        if self.method not in MODES:
            raise ValueError(f"unknown rounding method {self.method!r}; known: {', '.join(MODES)}")
        if not -18 <= self.scale <= 18:
            raise ValueError(f"a rounding keeps between -18 and 18 digits after the point, not {self.scale}")

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
        if self.scale >= 0:
            return value.quantize(Decimal(1).scaleb(-self.scale), MODES[self.method], _QUANTIZING)
        rounded = value.quantize(Decimal(1).scaleb(-self.scale), MODES[self.method], _QUANTIZING)
        return rounded.quantize(Decimal(1), context=_QUANTIZING)

    def __str__(self) -> str:
        return f"{self.method}:{self.scale}"


def divided(numerator: Decimal, denominator: Decimal, rounding: Rounding) -> Decimal:
    """The quotient, rounded once by a named rounding: no digit is lost before it. Raises ZeroDivisionError."""
    shift = max(0, rounding.scale) + 2
    top, bottom = numerator.as_integer_ratio(), denominator.as_integer_ratio()
    whole, rest = divmod(abs(top[0]) * bottom[1] * 10**shift, top[1] * abs(bottom[0]))
    # A rest, however small, must still tip a tie: one more digit that stands for it.
    sticky = Decimal(1).scaleb(-shift - 1) if rest else Decimal(0)
    magnitude = LEGAL_CONTEXT.add(Decimal(whole).scaleb(-shift, LEGAL_CONTEXT), sticky)
    return rounding.apply(-magnitude if (numerator < 0) != (denominator < 0) else magnitude)
