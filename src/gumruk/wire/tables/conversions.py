# SPDX-License-Identifier: Apache-2.0
"""How texts of a message become values of the model, and back: each in its own spelling, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from gumruk.law.declarations.model import Amount, Measure, Moment
from gumruk.law.kernel import UNITS, Quantity
from gumruk.wire.numbers import number_text
from gumruk.wire.safety import LIMITS
from gumruk.wire.tables.table import Conversion, Texts, Values

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII).fullmatch
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII).fullmatch
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", re.ASCII).fullmatch
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII).fullmatch
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII).match
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def number(text: str | None) -> Decimal | None:
    """A number: with a point or a comma, also with an exponent. "1,234" may be either and is none."""
    if text is None or len(text) > LIMITS.number_length_max or not _NUMBER(text) or _AMBIGUOUS(text):
        return None
    return Decimal(number_text(Decimal(text.replace(",", "."))))


def written_number(value: Decimal | None) -> str | None:
    """A number in plain digits."""
    return None if value is None else number_text(value)


def single(
    name: str, read: Callable[[str], Any], write: Callable[[Any], str | None], *, is_number: bool = False
) -> Conversion:
    """A conversion of one text and one value."""

    def read_one(texts: Texts) -> Values:
        (text,) = texts
        return (None if text is None else read(text),)

    def write_one(values: Values) -> Texts:
        (value,) = values
        return (None if value is None else write(value),)

    return Conversion(name, read_one, write_one, is_number)


def _whole(text: str) -> int | None:
    value = number(text)
    return int(value) if value is not None and value == int(value) and abs(value) < 10**18 else None


TEXT = single("text", lambda text: text, lambda value: value or None)
NUMBER = single("number", number, written_number, is_number=True)
INTEGER = single("whole number", _whole, str, is_number=True)


def translated(name: str, words: Mapping[str, str]) -> Conversion:
    """A code by another code; one that is not in the list stays as it is."""
    back: dict[str, str] = {}
    for theirs, ours in words.items():
        back.setdefault(ours, theirs)
    return single(name, lambda text: words.get(text, text), lambda value: back.get(value, value) or None)


FLAG = translated("yes or no", {"true": "1", "false": "0"})


def _kilograms(value: Measure) -> str | None:
    if value.unit in (None, "KGM"):
        return number_text(value.value)
    unit = UNITS.get(value.unit or "")
    if unit is None or unit.measures != "mass":
        return None
    return number_text(Quantity(value.value, unit.code).to("KGM").value)


def _mass(text: str) -> Measure | None:
    value = number(text)
    return None if value is None else Measure(value, "KGM")


MASS = single("kilograms", _mass, _kilograms, is_number=True)


def _amount(texts: Texts) -> Values:
    value, currency = number(texts[0]), texts[1]
    return (None if value is None or (value == 0 and currency is None) else Amount(value, currency),)


def _written_amount(values: Values) -> Texts:
    (found,) = values
    return (None, None) if found is None else (number_text(found.value), found.currency or None)


AMOUNT = Conversion("amount and its currency", _amount, _written_amount, is_number=True)


def plain_amount(zero: bool = True) -> Conversion:
    """An amount whose currency the format does not say there; `zero` tells whether 0 is an amount."""

    def read(text: str) -> Amount | None:
        value = number(text)
        return None if value is None or (value == 0 and not zero) else Amount(value)

    return single("amount", read, lambda found: number_text(found.value), is_number=True)


def _measure(texts: Texts) -> Values:
    value = number(texts[0])
    return (None if value is None else Measure(value, texts[1]),)


def _written_measure(values: Values) -> Texts:
    (found,) = values
    return (None, None) if found is None else (number_text(found.value), found.unit or None)


MEASURE = Conversion("quantity and its unit", _measure, _written_measure, is_number=True)
PLAIN_MEASURE = single(
    "quantity",
    lambda text: None if (value := number(text)) is None else Measure(value),
    lambda found: number_text(found.value),
    is_number=True,
)


def _date(text: str) -> Moment:
    """A day where it can be only one: a slashed one is month first if the year is short, as ASYCUDA writes it."""
    found = _SLASHES(text)
    if found:
        first, second, year = int(found[1]), int(found[2]), found[3]
        if len(year) == 2:
            month, day = (first, second) if first <= 12 else (second, first)
            if _is_day(month, day):
                return Moment(f"20{year}{month:02}{day:02}", "102")
        elif (first > 12) != (second > 12) or first == second:
            month, day = (second, first) if first > 12 else (first, second)
            if _is_day(month, day):
                return Moment(f"{year}{month:02}{day:02}", "102")
    found = _ISO(text)
    if found and _is_day(int(found[2]), int(found[3])):
        return Moment("".join(found.groups()), "102")
    return Moment(text)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _slashed(value: Moment) -> str | None:
    found = _DAY(value.text)
    if found and value.format_code in ("102", "304") and found[1].startswith("20"):
        return f"{int(found[2])}/{int(found[3])}/{found[1][2:]}"
    return value.text or None


def _iso(value: Moment) -> str | None:
    found = _DAY(value.text)
    return "-".join(found.groups()) if found and value.format_code in ("102", "304") else value.text or None


_ISO_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.0+)?(?:(Z)|([+-]\d\d):00)?", re.ASCII).fullmatch
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-]\d\d))?", re.ASCII).fullmatch


def _moment(text: str) -> Moment:
    """A day, or a day and time: with a zone (304) or without (204)."""
    found = _ISO_TIME(text)
    if found is None:
        return _date(text)
    zone = found[7] or found[8] or ""
    return Moment("".join(found.groups()[:6]) + zone, "304" if zone else "204")


def _iso_time(value: Moment) -> str | None:
    found = _TIME(value.text)
    if found is None or value.format_code not in ("304", "204"):
        day = _iso(value)
        return f"{day}T00:00:00" if day and value.format_code == "102" else day
    year, month, day, hour, minute, second = found.groups()[:6]
    zone = found[7] or (f"{found[8]}:00" if found[8] else "")
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"


SLASHED_DATE = single("day, month first", _date, _slashed)
ISO_DATE = single("day", _date, _iso)
ISO_TIME = single("day and time", _moment, _iso_time)


def joined(name: str, separator: str, parts: int, pattern: str) -> Conversion:
    """Several texts as one value, joined by the separator; a value that the pattern does not divide is written first.

    The pattern has one group a part.
    """
    divide = re.compile(pattern, re.ASCII | re.DOTALL).fullmatch

    def read(texts: Texts) -> Values:
        said = [text for text in texts if text is not None]
        return (separator.join(said) if said else None,)

    def write(values: Values) -> Texts:
        (value,) = values
        if not value:
            return (None,) * parts
        found = divide(value)
        if found is None:
            return (value, *(None,) * (parts - 1))
        return tuple(part or None for part in found.groups())

    return Conversion(name, read, write)
