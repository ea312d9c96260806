# SPDX-License-Identifier: Apache-2.0
"""What is said of a place of the tree in words: labels, notes, "not here, see", official texts, units, its history."""

from __future__ import annotations

from typing import Any

from gumruk import texts
from gumruk.law.kernel import HsCode
from gumruk.law.lawbook import Law
from gumruk.law.nomenclature import EDITION
from gumruk.office.lawbook.labels import unit_name
from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialTexts
from gumruk.office.nomenclature.tree_places import SUBHEADING_DIGITS, Level, Place, history_of
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.world import LANGUAGES, world

Shown = dict[str, Any]


def printed(code: str) -> str:
    """A code as the trade groups it; a section's numeral as it is."""
    return HsCode(code).printed() if code.isdigit() else code


def named(code: str, language: str, official: OfficialTexts = NO_TEXTS) -> Shown:
    """A code with its label: as it is named wherever it is a link."""
    return {"code": code, "printed": printed(code), "label": label_of(code, language, official)}


def label_of(code: str, language: str, official: OfficialTexts = NO_TEXTS) -> str:
    """Our own words; for a country's line its official text, in this language or another. Empty where none are."""
    own = label_in(code, language, official)
    said = None if own or len(code) <= SUBHEADING_DIGITS else official.said(code, language)
    return said.text if said else own


def label_in(code: str, language: str, official: OfficialTexts = NO_TEXTS) -> str:
    """The same in this language alone: a text of another language is not said to be of this one."""
    own = nomenclature_content().label(code, language)
    said = None if own or len(code) <= SUBHEADING_DIGITS else official.text(code, language)
    return own or (said.text if said else "")


def words_shown(place: Place, language: str, law: Law, official: OfficialTexts = NO_TEXTS) -> Shown:
    """All that is said of a place: plain values, the same for the page and for a program."""
    content, code = nomenclature_content(), place.code
    entry = content.entries.get(code)
    return {
        **named(code, language, official),
        "level": place.level.value,
        "edition": EDITION,
        "labels": {each: label_in(code, each, official) for each in LANGUAGES},
        "also_called": list(entry.words[language]) if entry else [],
        "path": [named(each, language, official) for each in place.above],
        "previous": named(place.previous, language, official) if place.previous else None,
        "next": named(place.next, language, official) if place.next else None,
        "unit": _unit(code, language, law),
        "notes": _notes(place, language),
        "see": _see(place, language),
        "official": _official(place, official),
        "history": [
            {"edition": edition, "codes": [printed(each) for each in codes], "same": codes == (code[:6],)}
            for edition, codes in history_of(code)
        ],
    }


def _unit(code: str, language: str, law: Law) -> Shown | None:
    """The unit beside kilograms: the country's for its line, else the one that the WCO recommends."""
    own = law.find("tariff_lines", code)
    unit = str(own.fields.get("unit") or "") if own else ""
    known = unit or (world().nomenclature.units.get(code[:SUBHEADING_DIGITS], "") if len(code) >= 6 else "")
    if not known:
        return None
    return {"code": known, "name": unit_name(known, language), "source": "law" if unit else "wco"}


def _notes(place: Place, language: str) -> list[Shown]:
    """Our summaries of the notes of the section and chapter that a place lies in."""
    places = {*place.above, place.code}
    return [
        {"place": note.place, "note": _note_named(note.note, language), "text": note.texts[language]}
        for note in nomenclature_content().notes
        if note.place in places
    ]


def _note_named(name: str, language: str) -> str:
    """The name of a note (`Note 1(a)`, `Subheading note 2`) in a language; as it is, where it is none of these."""
    kind, _, number = name.rpartition(" ")
    key = {"Note": "note", "Subheading note": "subheading_note"}.get(kind)
    return texts.say(language, f"tree.{key}", number=number) if key else name


def _see(place: Place, language: str) -> list[Shown]:
    """Goods that people look for here, or at the places above, and find elsewhere."""
    held = nomenclature_content().see
    looked = (place.code, *reversed(place.above)) if place.level is not Level.SECTION else (place.code,)
    return [
        {**named(hint.see, language), "text": hint.texts[language], "not_here": printed(code)}
        for code in looked
        for hint in held.get(code, ())
    ]


def _official(place: Place, official: OfficialTexts) -> list[Shown]:
    """The country's official text of a code in every language that it is held in, with its act and days."""
    return [
        {
            "language": each.language,
            "text": each.text,
            "act": each.act,
            "valid_from": each.valid.first.isoformat() if each.valid.first else None,
            "valid_to": each.valid.last.isoformat() if each.valid.last else None,
        }
        for each in official.of(place.code)
    ]
