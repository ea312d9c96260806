# SPDX-License-Identifier: Apache-2.0
"""How tariffs write units, and what each counts: its Rec 20 or TARIC code, how many of it, and qualifiers.

Sources: UN/CEFACT Recommendation 20; TARIC's tables of measurement units and qualifiers; the notation of the tariffs of
the EU, the United Kingdom, the United States, Australia, Canada and the Eurasian Economic Union.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """What an amount is charged per: so many units, with qualifiers, and a basis where the word names one."""

    unit: str
    per: Decimal = Decimal(1)
    qualifiers: tuple[str, ...] = ()
    basis: str = ""


#: TARIC measurement units (three letters). They are printed after the currency: `12.000 EUR DTN`.
TARIC_UNITS = frozenset(
    """ASV BBL CCT CEN CTM DAP DHS DTN ENP EUR GFI GRM GRT HLT HMT KAC KCC KCL KGM KLT KMA KMT KNI KNS KPH KPO KPP KSD
    KSH KUR LPA LTR MCG MCL MGM MIL MLT MPR MTK MTQ MTR MWH NAR NCL NPR TJO TNE WAT""".split()
)
#: TARIC measurement unit qualifiers (one letter).
QUALIFIERS = frozenset("ABCDEFGHIJKLMNPRSTXZ")

_WORDS: dict[str, tuple[str, ...]] = {
    "KGM": ("kg", "kilo", "kilogram", "кг"),
    "GRM": ("g", "gram", "г"),
    "TNE": ("t", "tonne", "tonnes", "ton", "т"),
    "CTM": ("c/k", "carat", "карат"),
    "LTR": ("l", "liter", "litre", "liters", "litres", "л"),
    "HLT": ("hl",),
    "CMQ": ("cm3", "cm³", "см3", "см³"),
    "MTQ": ("m3", "m³", "м3", "м³"),
    "MTR": ("m", "meter", "metre", "м"),
    "MTK": ("m2", "m²", "м2", "м²"),
    "CMK": ("cm2", "cm²"),
    "NAR": (
        "each",
        "item",
        "items",
        "article",
        "p/st",
        "pc",
        "pcs",
        "u",
        "no",
        "no.",
        "head",
        "stick",
        "pins",
        "шт",
        "шт.",
    ),
    "NPR": ("pr", "pr.", "pair", "pairs", "пару", "пар", "пара"),
    "DZN": ("doz", "doz.", "dozen"),
    "DPR": ("doz. pr", "doz. pr.", "doz.pr.", "dozen pairs"),
    "GRO": ("gross",),
    "MIL": ("thousand", "thou- sand"),
    "LPA": ("l alc. 100%", "l pure alcohol", "л 100% спирта"),
    "BLL": ("bbl", "bbl.", "barrel"),
    "KWH": ("kwh", "квт·ч"),
    "MWH": ("mwh",),
    "KWT": ("kw", "квт"),
    "BHP": ("л.с.", "hp"),
    "PFL": ("pf. liter", "pf.liter", "proof liter"),
    "JWL": ("jewel",),
    "CKG": ("clean kg",),
    "LNG": ("line/ gross", "line/gross"),
    "ASV": ("% vol",),
}
#: Words that count something other than their unit alone.
_SPECIAL: dict[str, Counted] = {
    "jewel over 7": Counted("JWL", basis="of those over 7"),
    "см³ объема двигателя": Counted("CMQ", basis="of engine capacity"),
    "см3 объема двигателя": Counted("CMQ", basis="of engine capacity"),
}
_QUALIFIED: dict[str, str] = {
    "lactic matter": "P",
    "lactic.": "P",
    "dry lactic matter": "T",
    "net drained wt": "E",
    "tot alc": "A",
    "std qual": "R",
    "net dry": "M",
    "net dry wt": "M",
    "gross": "G",
    "biodiesel": "I",
    "of biodiesel content": "I",
    "raw sugar": "S",
    "% sacchar.": "Z",
    "%sacchar.": "Z",
    "net/% sacchar.": "Z",
    "net/%sacchar.": "Z",
    "hl": "X",
}
UNIT_WORDS: dict[str, Counted] = {
    **{word: Counted(code) for code, words in _WORDS.items() for word in words},
    **{code.lower(): Counted(code) for code in _WORDS},
    **_SPECIAL,
}


def _alternatives(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_END = r"(?![\w²³])"
_TARIC = re.compile(rf"({'|'.join(sorted(TARIC_UNITS))}){_END}((?:\s+[{''.join(sorted(QUALIFIERS))}]{_END})*)")
_WORD = re.compile(rf"({_alternatives(UNIT_WORDS)})(?:{_END}|(?=of\b))", re.IGNORECASE)
_QUALIFIER = re.compile(rf"\s*/\s*({_alternatives(_QUALIFIED)}){_END}", re.IGNORECASE)
_LETTERS = re.compile(rf"((?:\s+[{''.join(sorted(QUALIFIERS))}]{_END})+)")
_MULTIPLE = re.compile(r"(\d{1,3}(?:[,\u00a0 ]\d{3})+|\d+)(?![.,]?\d)\s*")


def read_unit(text: str, place: int) -> tuple[Counted, int] | None:
    """The unit that stands at this place, and where it ends; None where none does.

    >>> read_unit("100 kg/net drained wt", 0)
    (Counted(unit='KGM', per=Decimal('100'), qualifiers=('E',), basis=''), 21)
    """
    taric = _TARIC.match(text, place)
    if taric is not None:
        return Counted(taric[1], qualifiers=tuple(taric[2].split())), taric.end()
    multiple = _MULTIPLE.match(text, place)
    per = Decimal(re.sub(r"\D", "", multiple[1])) if multiple else Decimal(1)
    at = multiple.end() if multiple else place
    taric = _TARIC.match(text, at) if multiple else None
    word = None if taric else _WORD.match(text, at)
    if taric is not None:
        return Counted(taric[1], per, tuple(taric[2].split())), taric.end()
    if word is None:
        if multiple is not None and text[place - 1 : place] in "/":
            return Counted("NAR", per), len(text[:at].rstrip())
        return None
    found, at = UNIT_WORDS[word[1].lower()], word.end()
    qualifiers: tuple[str, ...] = ()
    if (letters := _LETTERS.match(text, at)) is not None:
        qualifiers, at = tuple(letters[1].split()), letters.end()
    while (qualifier := _QUALIFIER.match(text, at)) is not None:
        qualifiers, at = (*qualifiers, _QUALIFIED[qualifier[1].lower()]), qualifier.end()
    return Counted(found.unit, per * found.per, qualifiers, found.basis), at
