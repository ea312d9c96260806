# SPDX-License-Identifier: Apache-2.0
"""How texts are written: letters of two alphabets in one number, and signs that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.declarations.rules.transport import equipments
from gumruk.law.kernel import Severity

# Cyrillic letters that look like a Latin one, and which.
LOOK_ALIKES = dict(zip("АВСЕНІЈКМОРЅТХУЗаеорсухіј", "ABCEHIJKMOPSTXY3aeopcyxij", strict=True))
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKE = re.compile("[" + "".join(LOOK_ALIKES) + "]")
_WORD = re.compile(r"\w+")
# Controls other than tab and line end; marks of direction; signs of no width, save the joiners that scripts need.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def _identifiers(reading: Reading) -> Iterator[tuple[str, str]]:
    """Numbers that machines compare, with their paths."""
    declaration, shipment = reading.declaration, reading.shipment
    for path, party in reading.parties:
        yield f"{path}.id", party.id or ""
    for path, document in reading.placed_documents:
        yield f"{path}.id", document.id or ""
    for path, equipment in equipments(reading):
        yield f"{path}.id", equipment.id or ""
        for place, seal in enumerate(equipment.seals):
            yield f"{path}.seals[{place}].id", seal.id or ""
    for place, invoice in enumerate(shipment.invoices):
        yield f"goods_shipment.invoices[{place}].id", invoice.id or ""
    if declaration.border_transport_means is not None:
        yield "border_transport_means.id", declaration.border_transport_means.id or ""
    for item in reading.items:
        commodity = item.item.commodity
        for place, vehicle in enumerate(commodity.vehicles if commodity else ()):
            yield f"{item.path}.commodity.vehicles[{place}].id", vehicle.id or ""
            yield f"{item.path}.commodity.vehicles[{place}].chassis_id", vehicle.chassis_id or ""


@rule("DEC-100", act="Unicode Technical Standard 39, mixed-script confusables", severity=Severity.WARNING)
def numbers_are_of_one_alphabet(reading: Reading, context: Context) -> Iterator[Fault]:
    """Each word of a number is in one alphabet: among Latin letters stands no Cyrillic one that looks like them."""
    for path, number in _identifiers(reading):
        if number.isascii():
            continue
        alike = [
            letter for word in _WORD.findall(number) if _LATIN.search(word) for letter in _LOOK_ALIKE.findall(word)
        ]
        if alike:
            latin = "".join(LOOK_ALIKES.get(letter, letter) for letter in number)
            letters = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in dict.fromkeys(alike))
            yield path, {"number": number[:70], "letters": letters[:120], "latin": latin[:70]}


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
