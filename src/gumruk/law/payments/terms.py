# SPDX-License-Identifier: Apache-2.0
"""What a country's law says about payments on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk.law.kernel import ExchangeRate, Rounding
from gumruk.law.lawbook import Law, Status

# What holds where a country's law is silent: how receipts are numbered is then the office's own business.
RECEIPT_PATTERN = "{office}/{year}/{serial}"
SERIAL_DIGITS = 6
CURRENCY_DIGITS = 2
CONVERSION_ROUNDING = Rounding("half_up", 2)


@dataclass(frozen=True, slots=True)
class DatedRate:
    """An official rate of exchange with the day it is of, its act, and how far it may be trusted."""

    rate: ExchangeRate
    day: date
    act: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of payment: the country's own currency, digits of each, how conversions are rounded, receipt numbers.

    `order` holds charge codes in the order in which money is given to them.
    """

    home: str
    digits: Mapping[str, int]
    conversion: Rounding
    receipt_pattern: str
    serial_digits: int
    order: tuple[str, ...]
    training: bool

    @classmethod
    def of(cls, law: Law) -> Terms:
        """The terms in a law. Raises ValueError where it does not name the country's currency."""
        home = law.value("currency")
        if not isinstance(home, str) or not home:
            raise ValueError("the law names no currency of the country (value `currency`)")
        rounding, pattern = law.value("rounding.conversion"), law.value("receipt.pattern")
        serial_digits = law.value("receipt.serial_digits")
        return cls(
            home,
            {code: _whole(row.fields.get("digits"), CURRENCY_DIGITS) for code, row in law.table("currencies").items()},
            Rounding.parse(rounding) if isinstance(rounding, str) and rounding else CONVERSION_ROUNDING,
            pattern if isinstance(pattern, str) and pattern else RECEIPT_PATTERN,
            _whole(serial_digits, SERIAL_DIGITS),
            charge_order(law),
            law.training,
        )

    def digits_of(self, currency: str) -> int:
        """Digits after the point of a currency."""
        return self.digits.get(currency, CURRENCY_DIGITS)

    def receipt_number(self, office: str, year: int, serial: int) -> str:
        """The number of a receipt by the country's pattern."""
        written = {"office": office, "year": f"{year:04}", "serial": str(serial).zfill(self.serial_digits)}
        number = self.receipt_pattern
        for name, value in written.items():
            number = number.replace(f"{{{name}}}", value)
        return number


def charge_order(law: Law) -> tuple[str, ...]:
    """Charge codes in the order that the law computes and settles them in."""
    rows = law.table("charges")
    return tuple(sorted(rows, key=lambda code: (_whole(rows[code].fields.get("order"), 0), code)))


def dated_rate(law: Law, currency: str) -> DatedRate | None:
    """The official rate of the law's day for a currency; None where the day has none."""
    entry = law.find("exchange_rates", currency)
    amount = None if entry is None else entry.fields.get("amount")
    if entry is None or not isinstance(amount, Decimal):
        return None
    rate = ExchangeRate(currency, amount, _whole(entry.fields.get("per"), 1))
    return DatedRate(rate, law.day, entry.act, entry.status)


def _whole(value: object, silent: int) -> int:
    """A whole number of the law, however its table writes it; `silent` where it has none."""
    if isinstance(value, Decimal):
        return int(value)
    return value if isinstance(value, int) else silent
