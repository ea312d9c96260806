# SPDX-License-Identifier: Apache-2.0
"""Cells as people type them: numbers with spaces and commas, days of several countries' styles."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from gumruk.wire.numbers import NUMBER
from gumruk.wire.safety import LIMITS

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:(?P<sign>[.,])\d{3})+(?P<rest>[.,]\d+)?", re.ASCII).fullmatch
_ISO_DAY = re.compile(r"(\d{4})[-.](\d{1,2})[-.](\d{1,2})(?:[T ].*)?", re.ASCII).fullmatch
_POINT_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?", re.ASCII).fullmatch
_SLASH_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII).fullmatch


class Ambiguous(ValueError):
    """A text that people of different countries read differently: 1,250 or 03/04/2026."""


def number(text: str) -> Decimal:
    """A number as it was typed. Raises `Ambiguous` for "1,250", `ValueError` for what is no number.

    Spaces and apostrophes group digits; of a point and a comma the last one is the decimal mark; one mark that stands
    several times groups. A single comma before exactly three digits may be either: "0,250" and "1250,500" are plain.
    """
    plain = _SPACES.sub("", text)
    grouped = _GROUPS(plain)
    if grouped:
        mark, rest = grouped["sign"], grouped["rest"]
        if rest is not None and rest[0] != mark:
            plain = plain.replace(mark, "").replace(",", ".")
        elif rest is None and plain.count(mark) > 1:
            plain = plain.replace(mark, "")
        elif rest is None and mark == "," and plain.lstrip("+-")[0] != "0":
            raise Ambiguous(text)
    plain = plain.replace(",", ".")
    if not NUMBER(plain) or len(plain) > LIMITS.number_length_max:
        raise ValueError(text)
    return Decimal(plain)


def day(text: str) -> date:
    """A day as it was typed: 2026-11-25, 25.11.2026, 25/11/2026. Raises `Ambiguous` for 03/04/2026, or `ValueError`."""
    plain = text.strip()
    if found := _ISO_DAY(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _POINT_DAY(plain):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _SLASH_DAY(plain):
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12 and first != second:
            raise Ambiguous(text)
        return date(int(found[3]), *((second, first) if first > 12 or first == second else (first, second)))
    raise ValueError(text)
