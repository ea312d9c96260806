# SPDX-License-Identifier: Apache-2.0
"""How numbers, money, masses, days and codes are written in each language.

Groups of three are parted by a no-break space in every language: a comma between groups would be read as a
decimal comma by half of the people at the border. Russian and Tajik have the decimal comma and the day as
14.01.2027, English the decimal point and 14 Jan 2027. The year is always written.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from decimal import Decimal

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NOT_COMPUTED = "\N{EM DASH}"

_DECIMAL_MARK = {"en": ".", "ru": ",", "tg": ","}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNIT_SIGNS = {
    "en": {"KGM": "kg", "GRM": "g", "TNE": "t", "LTR": "l", "MTQ": "m³", "CMQ": "cm³", "MTR": "m", "MTK": "m²"},
    "ru": {"KGM": "кг", "GRM": "г", "TNE": "т", "LTR": "л", "MTQ": "м³", "CMQ": "см³", "MTR": "м", "MTK": "м²"},
    "tg": {"KGM": "кг", "GRM": "г", "TNE": "т", "LTR": "л", "MTQ": "м³", "CMQ": "см³", "MTR": "м", "MTK": "м²"},
}
_HS_GROUPS = (4, 6, 9, 10)


def number(language: str, value: Decimal | int, digits: int | None = None) -> str:
    """A number with groups of three; `digits` after the mark are padded with zeros, never cut silently.

    Raises ValueError where the value has more digits than asked for: rounding is the law's business.
    """
    sign, figures, exponent = Decimal(value).as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("not a finite number")
    whole = "".join(map(str, figures)) + "0" * max(exponent, 0)
    after = -min(exponent, 0)
    whole = whole.rjust(after + 1, "0")
    whole, fraction = (whole[:-after], whole[-after:]) if after else (whole, "")
    if digits is not None:
        if fraction[digits:].strip("0"):
            raise ValueError(f"{value} has more than {digits} digits after the mark")
        fraction = fraction[:digits].ljust(digits, "0")
    whole = whole.lstrip("0") or "0"
    head = len(whole) % 3 or 3
    grouped = NO_BREAK_SPACE.join([whole[:head], *(whole[i : i + 3] for i in range(head, len(whole), 3))])
    text = grouped + (_DECIMAL_MARK.get(language, ".") + fraction if fraction else "")
    return MINUS + text if sign and text.strip("0.," + NO_BREAK_SPACE) else text


def money(language: str, amount: Decimal | None, currency: str = "", digits: int = 2) -> str:
    """An amount with its currency after it: `1 250.00 TJS`. None is written as not computed, unlike zero."""
    if amount is None:
        return NOT_COMPUTED
    places = max(digits, -_exponent(amount)) if _exponent(amount) < 0 else digits
    text = number(language, amount, places)
    return f"{text}{NO_BREAK_SPACE}{currency}" if currency else text


def percent(language: str, fraction: Decimal) -> str:
    """A fraction as a share of hundred: 0.14 is `14%`, in Russian and Tajik `14 %`."""
    value = (fraction * 100).normalize()
    text = number(language, value)
    return text + ("%" if language == "en" else NO_BREAK_SPACE + "%")


def quantity(language: str, value: Decimal | None, unit: str) -> str:
    """A quantity with its unit (UN/CEFACT Recommendation 20 code): `1 250.5 kg`; other units as their code."""
    if value is None:
        return NOT_COMPUTED
    sign = _UNIT_SIGNS.get(language, _UNIT_SIGNS["en"]).get(unit, unit)
    trimmed = value.normalize() if value == value.to_integral_value() or _exponent(value) < 0 else value
    return f"{number(language, trimmed)}{NO_BREAK_SPACE}{sign}"


def day(language: str, value: date) -> str:
    """A day with its year: `14 Jan 2027`, in Russian and Tajik `14.01.2027`."""
    if language == "en":
        return f"{value.day}{NO_BREAK_SPACE}{_MONTHS[value.month - 1]}{NO_BREAK_SPACE}{value.year:04d}"
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def moment(language: str, value: datetime, zone: tzinfo) -> str:
    """A moment as the clock on the wall of that time zone shows it. Raises ValueError for a naive one."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = value.astimezone(zone)
    return f"{day(language, local.date())}, {local.hour:02d}:{local.minute:02d}"


def hs_code(digits: str) -> str:
    """A commodity code grouped as the trade prints it: `8703231940` is `8703 23 194 0`."""
    parts, start = [], 0
    for end in _HS_GROUPS:
        if digits[start:end]:
            parts.append(digits[start:end])
        start = end
    return NO_BREAK_SPACE.join(parts) + digits[_HS_GROUPS[-1] :]


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("not a finite number")
    return exponent
