# SPDX-License-Identifier: Apache-2.0
"""Money, rates of exchange and rates of charge: exact, and with their currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gumruk.law.kernel.rounding import LEGAL_CONTEXT, Rounding, divided, exact_decimal


def _currency(code: str) -> str:
    if not (isinstance(code, str) and len(code) == 3 and code.isascii() and code.isupper() and code.isalpha()):
        raise ValueError(f"a currency is three capital letters (ISO 4217), not {code!r}")
    return code


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217). A float is a TypeError; two currencies never mix."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", exact_decimal(self.amount))
        _currency(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in this currency."""
        return cls(Decimal(0), currency)

    def _same(self, other: object) -> Decimal:
        if not isinstance(other, Money):
            raise TypeError(f"money meets only money, not {type(other).__name__}")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix: convert by a dated exchange rate first")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(LEGAL_CONTEXT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(LEGAL_CONTEXT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(LEGAL_CONTEXT.minus(self.amount), self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(LEGAL_CONTEXT.multiply(self.amount, exact_decimal(factor)), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def rounded(self, rounding: Rounding) -> Money:
        """This money rounded as a law names it."""
        return Money(rounding.apply(self.amount), self.currency)

    def split(self, weights: Sequence[Decimal], rounding: Rounding) -> tuple[Money, ...]:
        """Share this money out by weights; the shares always add up to the whole.

        Each share is the difference of two rounded running totals, so no share is off by more than one unit of the
        rounding. All weights zero: equal shares. Raises ValueError for no weights, a negative one, or an amount
        that is finer than the rounding's unit.
        """
        if not weights:
            raise ValueError("nothing to share the amount among")
        parts = [exact_decimal(weight) for weight in weights]
        if any(part < 0 for part in parts):
            raise ValueError("a weight is negative")
        if rounding.apply(self.amount) != self.amount:
            raise ValueError(f"{self} is finer than {rounding} can share out: round it first")
        if not any(parts):
            parts = [Decimal(1)] * len(parts)
        whole = sum(parts, Decimal(0))
        shares, running, given = [], Decimal(0), Decimal(0)
        for part in parts:
            running = LEGAL_CONTEXT.add(running, part)
            reached = divided(LEGAL_CONTEXT.multiply(self.amount, running), whole, rounding)
            shares.append(Money(LEGAL_CONTEXT.subtract(reached, given), self.currency))
            given = reached
        return tuple(shares)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """`per` units of a foreign currency cost `amount` in the country's own, as the central bank quotes it.

    `per` is a power of ten (banks quote per 1, 10, 100 ...), so that the price of one unit is an exact decimal.
    """

    currency: str
    amount: Decimal
    per: int = 1

    def __post_init__(self) -> None:
        _currency(self.currency)
        object.__setattr__(self, "amount", exact_decimal(self.amount))
        if self.amount <= 0:
            raise ValueError("an exchange rate is above zero")
        if str(self.per).strip("0") != "1":
            raise ValueError(f"a rate is quoted per 1, 10, 100 ... units, not per {self.per}")

    @property
    def factor(self) -> Decimal:
        """The exact price of one unit."""
        return self.amount.scaleb(1 - len(str(self.per)))

    def convert(self, money: Money, into: str, rounding: Rounding) -> Money:
        """Convert foreign money into the country's currency, rounded as the law says for conversions."""
        if money.currency != self.currency:
            raise ValueError(f"a rate for {self.currency} does not convert {money.currency}")
        return Money(rounding.apply(LEGAL_CONTEXT.multiply(money.amount, self.factor)), into)


@dataclass(frozen=True, slots=True)
class Rate:
    """An ad valorem rate in percent: `Rate(Decimal("14"))` is 14 %."""

    percent: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "percent", exact_decimal(self.percent))

    @property
    def fraction(self) -> Decimal:
        """The rate as an exact fraction: 14 % is 0.14."""
        return self.percent.scaleb(-2)

    def of(self, base: Money, rounding: Rounding) -> Money:
        """The charge at this rate on a base, rounded as the law says."""
        return (base * self.fraction).rounded(rounding)
