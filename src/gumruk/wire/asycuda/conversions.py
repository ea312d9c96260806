# SPDX-License-Identifier: Apache-2.0
"""Conversions of the ASYCUDA form: what it divides among boxes and the model holds in one field, or the reverse."""

from __future__ import annotations

import re

from gumruk.law.declarations.model import Amount, Seal
from gumruk.wire.numbers import number_text
from gumruk.wire.tables.conversions import joined, number, written_number
from gumruk.wire.tables.table import Conversion, Texts, Values

_DIVIDED = re.compile(r"[,;\s]+")
_LINES = re.compile(r"\s*\n\s*")
_TYPE = re.compile(r"([A-Z]{2,3})(\d)?", re.ASCII).fullmatch


def _party_read(texts: Texts) -> Values:
    """A trader's one field of several lines: the name first, the address below it."""
    lines = [line for line in _LINES.split(texts[0] or "") if line]
    return (lines[0] if lines else None, ", ".join(lines[1:]) or None, None, None, None)


def _party_write(values: Values) -> Texts:
    name, line, postcode, city, country = values
    place = " ".join(part for part in (postcode, city) if part)
    lines = [part for part in (name, line, place, country) if part]
    return ("\n".join(lines) or None,)


def _type_read(texts: Texts) -> Values:
    """Box 1: what is declared (IM) and the general procedure (4) as one code."""
    kind, procedure = texts
    return (f"{kind or ''}{procedure or ''}" or None,)


def _type_write(values: Values) -> Texts:
    code, requested = values
    found = _TYPE(code or "")
    if found is None:
        return (code or None, None)
    kind, procedure = found.groups()
    if procedure is None and len(kind) == 3 and requested:  # IMA of the Data Model: the procedure says the rest
        return (kind[:2], requested[:1])
    return (kind, procedure)


def _code_read(texts: Texts) -> Values:
    return ("".join(text for text in texts if text) or None, None, None)


def _code_write(values: Values) -> Texts:
    whole, tariff, further = values
    code = whole or f"{tariff or ''}{further or ''}"
    return (code[:8] or None, code[8:] or None)


def _procedure_read(texts: Texts) -> Values:
    code = texts[0] or ""
    return (code[:2], code[2:]) if len(code) == 4 else (code or None, None)


def _procedure_write(values: Values) -> Texts:
    return (f"{values[0] or ''}{values[1] or ''}" or None,)


def _registration_read(texts: Texts) -> Values:
    return ("".join(text for text in texts if text) or None,)


def _registration_write(values: Values) -> Texts:
    found = re.fullmatch(r"([A-Z])(\d+)", values[0] or "", re.ASCII)
    return found.groups() if found else (None, values[0] or None)


def _invoice_read(texts: Texts) -> Values:
    """The invoice's total, its currency and that currency's rate."""
    value, currency, rate = number(texts[0]), texts[1], number(texts[2])
    total = None if value is None or (value == 0 and currency is None) else Amount(value, currency)
    return (total, currency if rate else None, rate or None)


def _invoice_write(values: Values) -> Texts:
    total, currency, rate = values
    if total is None:
        return (None, None, None)
    same = currency == total.currency
    return (number_text(total.value), total.currency or None, written_number(rate) if same else None)


def _description_read(texts: Texts) -> Values:
    """The goods in the trade's words; where these are missing, in the tariff's."""
    return (texts[0] or texts[1],)


def _description_write(values: Values) -> Texts:
    return (values[0] or None, None)


def _marks_write(values: Values) -> Texts:
    first, _, second = (values[0] or "").partition("\n")
    return (first or None, second or None)


def _seals_read(texts: Texts) -> Values:
    """The seals of the one field, each by its number."""
    numbers = [number for number in _DIVIDED.split(texts[0] or "") if number]
    return (tuple(Seal(id=number) for number in numbers) or None,)


def _seals_write(values: Values) -> Texts:
    return (", ".join(seal.id for seal in values[0] or () if seal.id) or None,)


SEALS = Conversion("seals, one after the other", _seals_read, _seals_write)
PARTY = Conversion("name, and address below it", _party_read, _party_write)
TYPE_CODE = Conversion("kind and general procedure", _type_read, _type_write)
COMMODITY = Conversion("code of the goods", _code_read, _code_write)
PROCEDURE = Conversion("requested and previous procedure", _procedure_read, _procedure_write)
REGISTRATION = Conversion("serial letter and number", _registration_read, _registration_write)
INVOICE = Conversion("total, currency and rate", _invoice_read, _invoice_write, is_number=True)
DESCRIPTION = Conversion("description", _description_read, _description_write)
MARKS = Conversion("marks", lambda texts: ("\n".join(t for t in texts if t) or None,), _marks_write)
OFFICE_KEY = joined("office, year, serial, number", " ", 4, r"(\S+) (\d{4}) ([A-Z]) (\d+)")
NATURE = Conversion(
    "nature of transaction",
    lambda texts: ("".join(text for text in texts if text) or None,),
    lambda values: (None, None) if not values[0] else (values[0][:1], values[0][1:] or None),
)
