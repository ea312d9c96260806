# SPDX-License-Identifier: Apache-2.0
"""Conversions of the EAEU's form: what it divides among elements and the model holds in one field, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gumruk.law.declarations.model import Amount, Measure, Moment
from gumruk.wire.eaeu.codes import CURRENCIES, DIRECTIONS, DOCUMENTS, MODES, UNITS
from gumruk.wire.numbers import number_text
from gumruk.wire.tables.conversions import ISO_DATE, ISO_TIME, number, single, translated, written_number
from gumruk.wire.tables.table import Conversion, Texts, Values

_LONGEST = 250
_BY_DIRECTION = {ours: theirs for theirs, ours in DIRECTIONS.items()}
_TYPE = re.compile(r"([A-Z]{2})(\d\d)?", re.ASCII).fullmatch
_NUMBER_OF = re.compile(r"(\d{8})/(\d{2})(\d{2})(\d{2})/([^/]+)", re.ASCII).fullmatch
_NONE = frozenset({"ОО", "-"})
"""No preference claimed (in Cyrillic letters), and no tax that one could be claimed for."""


def _type_read(texts: Texts) -> Values:
    """Box 1: what is declared (ИМ) and the procedure (40) as one code."""
    kind, procedure = texts
    return (f"{DIRECTIONS.get(kind or '', kind or '')}{procedure or ''}" or None,)


def _type_write(values: Values) -> Texts:
    code, requested = values
    code = code or ""
    found = _TYPE(code)
    if found is not None:
        kind, procedure = found.groups()
    elif code[:2] in _BY_DIRECTION:  # IMA of the Data Model: the procedure says the rest
        kind, procedure = code[:2], requested
    else:
        return (code or None, None)
    return (_BY_DIRECTION.get(kind, kind), procedure if kind != "TR" else None)


TYPE_CODE = Conversion("direction and procedure", _type_read, _type_write)


def _coded(name: str, codes: Mapping[str, str], of: type[Amount] | type[Measure]) -> Conversion:
    """A value and its currency or unit by number."""
    back = {letters: digits for digits, letters in codes.items()}

    def read(texts: Texts) -> Values:
        value, code = number(texts[0]), texts[1]
        return (None if value is None else of(value, codes.get(code, code) if code else None),)

    def write(values: Values) -> Texts:
        (found,) = values
        if found is None:
            return (None, None)
        code = found.currency if isinstance(found, Amount) else found.unit
        return (number_text(found.value), back.get(code, code) if code else None)

    return Conversion(name, read, write, is_number=True)


AMOUNT = _coded("amount and its currency by number", CURRENCIES, Amount)
MEASURE = _coded("quantity and its unit by number", UNITS, Measure)


def _base_read(texts: Texts) -> Values:
    """The base of a tax: a value in a currency, or a quantity in a unit."""
    value, currency, unit = number(texts[0]), texts[1], texts[2]
    if value is None:
        return (None, None)
    if unit is not None and currency is None:
        return (None, Measure(value, UNITS.get(unit, unit)))
    return (Amount(value, CURRENCIES.get(currency, currency) if currency else None), None)


def _base_write(values: Values) -> Texts:
    money, quantity = values
    if money is not None:
        return (*AMOUNT.write((money,)), None)
    value, unit = MEASURE.write((quantity,))
    return (value, None, unit)


TAX_BASE = Conversion("base by value or by quantity", _base_read, _base_write, is_number=True)


def _invoice_read(texts: Texts) -> Values:
    value, currency, rate = number(texts[0]), texts[1], number(texts[2])
    return (None if value is None else Amount(value, currency), currency if rate else None, rate or None)


def _invoice_write(values: Values) -> Texts:
    total, currency, rate = values
    if total is None:
        return (None, None, None)
    rate = rate if currency == total.currency else None
    return (number_text(total.value), total.currency or None, written_number(rate))


INVOICE = Conversion("total, currency and rate", _invoice_read, _invoice_write, is_number=True)


def _chunks_read(texts: Texts) -> Values:
    """A long text in pieces: full ones were cut anywhere, shorter ones at a word."""
    said = [text for text in texts if text]
    whole = "".join(text if len(text) >= _LONGEST else f"{text} " for text in said).strip()
    return (whole or None,)


def _chunks_write(values: Values) -> Texts:
    text = values[0] or ""
    pieces = [text[place : place + _LONGEST] for place in range(0, len(text), _LONGEST)]
    if len(pieces) > 4:
        pieces[3:] = [text[3 * _LONGEST :]]
    return tuple(pieces[place] if place < len(pieces) else None for place in range(4))


DESCRIPTION = Conversion("description in four pieces", _chunks_read, _chunks_write)

#: The registers of the member states: where a party's number stands, and which numbers they are.
_REGISTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("RU", re.compile(r"\d{10}|\d{12}", re.ASCII)),
    ("KZ", re.compile(r"\d{4}[4-6]\d{7}", re.ASCII)),
    ("KZ", re.compile(r"\d{4}[0-3]\d{7}", re.ASCII)),
    ("BY", re.compile(r"\d{9}", re.ASCII)),
    ("AM", re.compile(r"\d{8}", re.ASCII)),
    ("KG", re.compile(r"\d{14}", re.ASCII)),
)


def _party_read(texts: Texts) -> Values:
    """A party's number from the register it stands in, and its country."""
    *numbers, country = texts
    return (next((text for text in numbers if text), None), country)


def _party_write(values: Values) -> Texts:
    number_, country = values
    texts: list[str | None] = [None] * (len(_REGISTERS) + 1)
    if number_:
        places = (place for place, (of, form) in enumerate(_REGISTERS) if of == country and form.fullmatch(number_))
        texts[next(places, len(_REGISTERS))] = number_
    return (*texts, country or None)


PARTY = Conversion("number in the country's register, and country", _party_read, _party_write)


def _previous_read(texts: Texts) -> Values:
    """A previous declaration's number: office/day/number; another document has a number and a day."""
    office, day, serial, other, other_day = texts
    if office and day and serial:
        (moment,) = ISO_DATE.read((day,))
        if moment.format_code:
            return (f"{office}/{moment.text[6:8]}{moment.text[4:6]}{moment.text[2:4]}/{serial}", moment)
    return (other, ISO_DATE.read((other_day,))[0])


def _previous_write(values: Values) -> Texts:
    number_, moment = values
    found = _NUMBER_OF(number_ or "")
    if found is not None:
        office, day, month, year, serial = found.groups()
        if moment is None or moment == Moment(f"20{year}{month}{day}", "102"):
            return (office, f"20{year}-{month}-{day}", serial, None, None)
    return (None, None, None, number_ or None, ISO_DATE.write((moment,))[0])


PREVIOUS = Conversion("office, day and number", _previous_read, _previous_write)


def _person_read(texts: Texts) -> Values:
    return (" ".join(text for text in texts if text) or None,)


def _person_write(values: Values) -> Texts:
    names = (values[0] or "").split(None, 2)
    return tuple(names[place] if place < len(names) else None for place in range(3))


PERSON = Conversion("surname, name, father's name", _person_read, _person_write)
PREFERENCE = single("preference", lambda text: None if text in _NONE else text, lambda value: value or None)
MOMENT = ISO_TIME
MODE = translated("mode of transport", MODES)
_PAPERS = {ours: theirs for theirs, ours in DOCUMENTS.items()}


def _document_write(values: Values) -> Texts:
    """A document's code; the European profile says of an international one N before it."""
    code, category = values
    if code in _PAPERS and category in (None, "N"):
        return (_PAPERS[code],)
    return (f"{category or ''}{code or ''}" or None,)


DOCUMENT_CODE = Conversion(
    "code of the document", lambda texts: (DOCUMENTS.get(texts[0] or "", texts[0]), None), _document_write
)
