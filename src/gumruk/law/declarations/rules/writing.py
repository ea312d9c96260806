# SPDX-License-Identifier: Apache-2.0
"""How texts are written: letters of two alphabets in one number, and signs that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.declarations.rules.transport import equipments, transport_means
from gumruk.law.kernel import Severity

CONFUSABLES = "Unicode Technical Standard 39, mixed-script confusables"
# Cyrillic letters that look like a Latin one, and which.
LOOK_ALIKES: dict[str, str | int | None] = dict(
    zip("АВСЕНІЈКМОРЅТХУЗаеорсухіј", "ABCEHIJKMOPSTXY3aeopcyxij", strict=True)
)
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKE = re.compile("[" + "".join(LOOK_ALIKES) + "]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-z" + "".join(LOOK_ALIKES) + "]")
_WORD = re.compile(r"\w+")
# In a number of digits alone the letter that looks like a zero stands for one.
_AS_DIGITS = str.maketrans({**LOOK_ALIKES, "О": "0", "о": "0", "O": "0", "o": "0"})
# Controls other than tab and line end; marks of direction; signs of no width, save the joiners that scripts need.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def _identifiers(reading: Reading) -> Iterator[tuple[str, str]]:
    """Numbers that machines compare, with their paths; those of parties and the reference are looked at apart."""
    shipment = reading.shipment
    for path, document in reading.placed_documents:
        yield f"{path}.id", document.id or ""
    for path, equipment in equipments(reading):
        yield f"{path}.id", equipment.id or ""
        for place, seal in enumerate(equipment.seals):
            yield f"{path}.seals[{place}].id", seal.id or ""
    for place, invoice in enumerate(shipment.invoices):
        yield f"goods_shipment.invoices[{place}].id", invoice.id or ""
    for path, means in transport_means(reading):
        yield f"{path}.id", means.id or ""
        for place, trailer in enumerate(means.trailer_ids):
            yield f"{path}.trailer_ids[{place}]", trailer
    for item in reading.items:
        commodity = item.item.commodity
        for place, vehicle in enumerate(commodity.vehicles if commodity else ()):
            yield f"{item.path}.commodity.vehicles[{place}].id", vehicle.id or ""
            yield f"{item.path}.commodity.vehicles[{place}].chassis_id", vehicle.chassis_id or ""


def _party_numbers(reading: Reading) -> Iterator[tuple[str, str]]:
    for path, party in reading.parties:
        yield f"{path}.id", party.id or ""


def _disguised(number: str) -> list[str]:
    """Letters that look like Latin ones and stand in one word with Latin ones."""
    if number.isascii():
        return []
    words = (word for word in _WORD.findall(number) if _LATIN.search(word))
    return [letter for word in words for letter in _LOOK_ALIKE.findall(word)]


def _doubtful(number: str) -> list[str]:
    """Letters that look like Latin ones where nothing says that they are not: no other letter of their alphabet."""
    if number.isascii() or _OTHER_LETTER.search(number):
        return []
    return _LOOK_ALIKE.findall(number)


def named_letters(number: str) -> str:
    """The letters of a number that are no Latin ones, each once with its code point: `О (U+041E)`."""
    letters = dict.fromkeys(letter for letter in number if letter.isalpha() and not letter.isascii())
    return ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters)[:120]


def _told(number: str) -> dict[str, str]:
    alone = not _LATIN.search(number) and any(sign.isdigit() for sign in number)
    latin = number.translate(_AS_DIGITS if alone else str.maketrans(LOOK_ALIKES))
    return {"number": number[:70], "letters": named_letters(number), "latin": latin[:70]}


@rule("DEC-100", act=CONFUSABLES, severity=Severity.WARNING)
def numbers_are_of_one_alphabet(reading: Reading, context: Context) -> Iterator[Fault]:
    """Each word of a number is in one alphabet: among Latin letters, or a party's digits, is no Cyrillic look-alike."""
    for path, number in _identifiers(reading):
        if _disguised(number):
            yield path, _told(number)
    for path, number in _party_numbers(reading):
        if _disguised(number) or (_doubtful(number) and any(sign.isdigit() for sign in number)):
            yield path, _told(number)


@rule("DEC-207", act=CONFUSABLES)
def the_reference_is_of_one_alphabet(reading: Reading, context: Context) -> Iterator[Fault]:
    """The reference by which a message is known again has no Cyrillic look-alike among Latin letters."""
    reference = reading.declaration.functional_reference_id or ""
    if _disguised(reference) or (_LATIN.search(reference) and _doubtful(reference)):
        yield "functional_reference_id", _told(reference)


@rule("DEC-208", act=CONFUSABLES, severity=Severity.INFORMATION)
def letters_that_could_be_latin_are_told(reading: Reading, context: Context) -> Iterator[Fault]:
    """A number whose Cyrillic letters could all be Latin ones may be meant so: a plate, a reference or a document."""
    reference = reading.declaration.functional_reference_id or ""
    if _doubtful(reference) and not _LATIN.search(reference):
        yield "functional_reference_id", _told(reference)
    for path, number in _identifiers(reading):
        if _doubtful(number) and not _disguised(number):
            yield path, _told(number)


@rule("DEC-201", act="Unicode Standard Annex 9; Unicode Technical Standard 39")
def texts_have_no_unseen_signs(reading: Reading, context: Context) -> Iterator[Fault]:
    """Names, numbers and descriptions hold no control signs, no marks of direction, no signs of no width."""
    for path, text in _texts(reading):
        if text.isprintable():
            continue
        found = _UNSEEN.findall(text)
        if found:
            shown = ", ".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(found))
            yield path, {"signs": shown[:120], "count": str(len(found))}


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "functional_reference_id", reading.declaration.functional_reference_id or ""
    yield from _party_numbers(reading)
    yield from _identifiers(reading)
    for path, party in reading.parties:
        yield f"{path}.name", party.name or ""
        if party.address is not None:
            yield f"{path}.address.line", party.address.line or ""
            yield f"{path}.address.city_name", party.address.city_name or ""
    for item in reading.items:
        yield f"{item.path}.commodity.description", item.description
        for place, packaging in enumerate(item.item.packagings):
            yield f"{item.path}.packagings[{place}].marks_numbers_id", packaging.marks_numbers_id or ""
