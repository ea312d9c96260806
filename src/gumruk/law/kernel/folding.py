# SPDX-License-Identifier: Apache-2.0
"""Names folded for comparing and searching: Tajik, Russian and Latin spellings of one name have one key."""

from __future__ import annotations

import re
import unicodedata

# Tajik letters without their mark, then the Russian alphabet in Latin letters as passports and invoices have it.
_TO_LATIN = str.maketrans(
    {
        "ғ": "g", "ӣ": "i", "қ": "k", "ӯ": "u", "ҳ": "h", "ҷ": "j",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip
# What one sound is written as, in another of the three alphabets or by another clerk: the longest first.
_SOUNDS = (
    ("shch", "sh"), ("dzh", "j"), ("kh", "h"), ("ph", "f"), ("gh", "g"), ("ch", "j"), ("zh", "j"),
    ("ts", "s"), ("yo", "o"), ("yu", "u"), ("ya", "a"), ("ye", "e"), ("x", "ks"), ("q", "k"), ("w", "v"), ("c", "k"),
    ("y", "i"),
)  # fmt: skip
# Cyrillic letters that look like a Latin one, as Unicode Technical Standard 39 pairs them, small as both are folded.
_ALIKE = str.maketrans("авсеніјкморѕтхуз", "abcehijkmopstxy3")
# Controls, marks of direction (Unicode Standard Annex 9) and signs of no width.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_BETWEEN = re.compile(r"[\W_]+")
_DOUBLED = re.compile(r"([^\W\d])\1+")


def folded(name: str) -> str:
    """The key that spellings of one name share: small Latin letters and digits, words parted by one space.

    Tajik letters go with the Russian ones that stand in for them (қ with к, ҳ with х, ҷ with ч, ӣ with и, ӯ with у, ғ
    with г). Doubled letters are one; digits stay as they are. The key is for finding and comparing, never for showing:
    it folds more than one spelling too many.

    >>> folded("Ҷамшед Қосимов") == folded("Чамшед Косимов") == folded("JAMSHED QOSIMOV")
    True
    """
    latin = unicodedata.normalize("NFC", name).casefold()
    if not latin.isascii():
        latin = "".join(_plain(letter) for letter in latin.translate(_TO_LATIN))
    for written, sound in _SOUNDS:
        latin = latin.replace(written, sound)
    return _DOUBLED.sub(r"\1", _BETWEEN.sub(" ", latin).strip())


def number_folded(number: str) -> str:
    """The key that all ways of writing one reference number share: one case, one alphabet, one width, no spaces.

    Other than `folded` it keeps digits, marks and doubled letters apart: they tell two numbers apart.

    >>> number_folded("BK1") == number_folded("bk 1") == number_folded("ВК1")
    True
    >>> number_folded("PO-11") == number_folded("PO-1")
    False
    """
    plain = unicodedata.normalize("NFKC", number).casefold().translate(_ALIKE)
    return "".join(plain.split())


def unseen_signs(text: str) -> tuple[str, ...]:
    """The signs in a text that nobody sees, each once, as `U+202E`: controls, marks of direction, no width."""
    return tuple(f"U+{ord(sign):04X}" for sign in dict.fromkeys(_UNSEEN.findall(text)))


def _plain(letter: str) -> str:
    """A letter without its accents: é is e."""
    if letter.isascii():
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
