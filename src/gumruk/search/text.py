# SPDX-License-Identifier: Apache-2.0
"""What a typed text is made of: folded words, their stems, their pieces, and how they sound in Latin letters.

One folding for the index and for the query: capitals, accents and Tajik letters that a Russian keyboard lacks make no
difference (`гӯшт`, `гушт`), nor do plurals, and a word in Latin letters (`gusht`) is compared by its sound.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

#: Letters that people type for one another: Tajik ones as a Russian keyboard has them, and ё.
_LETTERS = str.maketrans("ӣӯқғҳҷё", "иукгхче")
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-я]")
_ENGLISH, _RUSSIAN = snowballstemmer.stemmer("english"), snowballstemmer.stemmer("russian")

#: Endings that Tajik puts behind a noun, folded: plural, izofat, "a", object, "and", ours. Longest first.
_TAJIK_ENDINGS = tuple(
    sorted(
        "хоямон хоятон хояшон хоям хоят хояш хоеро хоро хои хое хо ҳо гони гон они он ямон ятон яшон ям ят яш "
        "еро иро ро е и у".replace("ҳ", "х").split(),
        key=len,
        reverse=True,
    )
)
#: A stem keeps at least so many letters.
_STEM_LETTERS = 3

#: Cyrillic letters as people write them in Latin ones, roughly.
_SOUNDS = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sh  i  e yu ya".split(" "),
        strict=True,
    )
)
#: Spellings of one sound, each made the same: `kh` and `h`, `j`, `zh` and `ch`, `q` and `k`, `o` and `a`.
_SAME_SOUND = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "c"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "s"),
    ("j", "c"),
    ("q", "k"),
    ("x", "h"),
    ("w", "v"),
    ("ph", "f"),
    ("y", "i"),
    ("o", "a"),
    ("e", "i"),
    ("c", "c"),
)
LONGEST = 2000


def folded(text: str) -> str:
    """Small letters, no accents on Latin ones, Tajik and Russian letters that are typed for one another made one."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).lower().translate(_LETTERS)
    if text.isascii():
        return text
    return "".join(_bare(letter) for letter in text)


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """A Latin letter without its accents; every other letter as it is (`й` is no accented `и`)."""
    plain = unicodedata.normalize("NFD", letter)[0]
    return {"đ": "d", "ı": "i", "ø": "o", "ł": "l"}.get(letter, plain if "a" <= plain <= "z" else letter)


def words(text: str) -> list[str]:
    """The words of a text, folded, in their order; numbers alone are left out (sizes, prices, quantities)."""
    return [word for word in _WORD.findall(folded(text)) if not word.isdigit()]


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of a folded word: the English one of a Latin word, the Russian and the Tajik of a Cyrillic one.

    >>> stems("apples"), stems("ковры"), stems("гушти")
    (('appl',), ('ковр', 'ковры'), ('гушт',))
    """
    if _CYRILLIC.match(word):
        return tuple(dict.fromkeys((_RUSSIAN.stemWord(word), tajik_stem(word))))
    return (_ENGLISH.stemWord(word),)


def tajik_stem(word: str) -> str:
    """A folded Tajik word without the endings of plural, izofat and object."""
    for ending in _TAJIK_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LETTERS:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """The runs of three and four letters of a word, its edges marked: what a misspelt word still shares."""
    edged = f"<{word}>"
    return tuple(edged[start : start + length] for length in (3, 4) for start in range(max(1, len(edged) - length + 1)))


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """How a folded word sounds, in Latin letters, the same for `гушт` and `gusht`, `биринч` and `birinj`."""
    latin = "".join(_SOUNDS.get(letter, letter) for letter in word)
    for spelt, same in _SAME_SOUND:
        latin = latin.replace(spelt, same)
    return re.sub(r"(.)\1", r"\1", latin)


def is_latin(word: str) -> bool:
    """Whether the word begins with a Latin letter."""
    return bool(_LATIN.match(word))
