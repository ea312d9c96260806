# SPDX-License-Identifier: Apache-2.0
"""Code lists as the page offers them: codes with what they are called in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gumruk import texts
from gumruk.office.lawbook.labels import installed_pack

OF_PACK = ("offices", "procedures", "documents", "preferences")
OF_WORLD = ("countries", "currencies", "units")
OF_TEXTS: Mapping[str, tuple[str, ...]] = {
    "types": ("IMA", "IMD", "EXA", "EXD"),
    "functions": ("9",),
    "yes_no": ("0", "1"),
    "answers": ("Y", "N"),
    "origin_types": ("1", "2"),
    "methods": ("1", "2", "3", "4", "5", "6"),
    "capacities": ("1", "2", "3", "4"),
    "representations": ("2", "3"),
    "modes": ("1", "2", "3", "4", "5", "7", "8", "9"),
    "means": ("10", "11", "20", "21", "30", "31", "40", "41", "80", "81"),
    "fullness": ("1", "2", "3", "4", "5"),
    "communications": ("TE", "EM", "FX"),
    "classifications": ("HS", "TSP", "TRC", "TRA", "GN", "CV"),
    "incoterms": ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"),
    "packages": (
        "PK", "CT", "BX", "CS", "CR", "BG", "SA", "BE", "BL", "RO", "DR", "BA", "CN", "CA", "BO", "PX", "PP", "IN",
        "NE", "NF", "NG", "VG", "VL", "VO", "VR", "VY", "VQ", "ZZ",
    ),
}  # fmt: skip
"""Lists whose labels are texts: `form.choice.<list>.<code>`."""

PICKED = frozenset(OF_TEXTS) - {"packages", "classifications", "means"}
"""Lists so short that one picks from them; the others are searched while typing."""

Choices = tuple[tuple[str, str], ...]


@lru_cache(maxsize=100)
def choices(name: str, language: str) -> Choices:
    """The codes of a list with their labels, as the page offers them."""
    if name in OF_TEXTS:
        return tuple((code, texts.say(language, f"form.choice.{name}.{code}")) for code in OF_TEXTS[name])
    pack = installed_pack()
    if name in OF_WORLD:
        names = getattr(pack.world, name)
        return tuple(sorted(((code, held[language]) for code, held in names.items()), key=lambda pair: pair[1]))
    if name == "previous_procedures":
        return (("00", texts.say(language, "form.choice.previous_procedures.00")), *choices("procedures", language))
    if name in OF_PACK:
        keys = dict.fromkeys(entry.key for entry in pack.book.entries_of(name))
        return tuple((key, pack.label(name, key, language)) for key in keys)
    return ()


@lru_cache(maxsize=100)
def _labels(name: str, language: str) -> Mapping[str, str]:
    return dict(choices(name, language))


def choice_label(name: str, code: str, language: str) -> str:
    """What a code is called; empty where the list has none such."""
    return _labels(name, language).get(code, "")


@lru_cache(maxsize=100)
def _codes(name: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in texts.languages():
        for code, label in choices(name, language):
            found.setdefault(label.upper(), code)
    return found


def code_named(name: str, text: str) -> str | None:
    """The code that somebody meant who wrote its name, in any language: "Китай" is CN. None for a code, or no name."""
    return None if text in _labels(name, texts.DEFAULT_LANGUAGE) else _codes(name).get(text)
