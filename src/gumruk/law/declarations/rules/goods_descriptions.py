# SPDX-License-Identifier: Apache-2.0
"""The rules of the description of goods: words that an officer can find the goods by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import Severity
from gumruk.law.reference import phrase_of

PLACE = "commodity.description"
GUIDELINES = "WCO SAFE Framework, annex II: description of goods"
DESCRIPTION_LENGTH_MAX = 512
"""WCO Data Model: an..512."""
LETTERS_MIN = 3
PHRASE_LENGTH_MAX = 60
"""A longer description says more than a phrase of a list."""
SHOWN_MAX = 60

_LATIN, _CYRILLIC = "A-Za-z\u00c0-\u024f", "\u0400-\u052f"
_MIXED = re.compile(rf"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_WORD = re.compile(r"[^\W\d_]+")
_BROKEN_CATEGORIES = frozenset({"Cn", "Co", "Cs"})
_LOST, _LOST_MARKS = "\ufffd", "???"


@lru_cache(maxsize=1024)
def _phrase(text: str) -> str | None:
    """The letters of a short description, as the lists of words write them; None for a long one."""
    return phrase_of(text) if len(text) <= PHRASE_LENGTH_MAX else None


@item_rule("DEC-109", act=GUIDELINES, severity=Severity.WARNING)
def description_is_long_enough(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The description has as many letters as the law asks for."""
    least = context.number("DEC-109")
    if least is None or len(item.description) > 4 * least:
        return
    letters = sum(letter.isalpha() for letter in item.description)
    if LETTERS_MIN <= letters < least:  # fewer are no description at all: DEC-19
        yield PLACE, {"description": item.description[:SHOWN_MAX], "least": f"{least:f}"}


@item_rule("DEC-110", act=GUIDELINES, severity=Severity.WARNING)
def description_says_more_than_the_chapter(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The description says more than the name of a chapter of the nomenclature."""
    phrase = _phrase(item.description)
    if phrase and phrase in context.lists.goods.chapter_words and phrase not in context.lists.goods.vague_words:
        yield PLACE, {"description": item.description[:SHOWN_MAX]}


@item_rule("DEC-111", act=GUIDELINES)
def description_is_no_code(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The description is not just a code or a number again."""
    phrase = _phrase(item.description)
    if phrase and phrase in context.lists.goods.code_words and any(letter.isdigit() for letter in item.description):
        yield PLACE, {"description": item.description[:SHOWN_MAX]}


@item_rule("DEC-112", act="ISO/IEC 10646, replacement character")
def description_lost_no_letters(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The description lost no letters on the way: none became a question mark or a sign that is no letter.

    Control signs are told by DEC-201.
    """
    text = item.description
    if text.isprintable() and _LOST not in text and _LOST_MARKS not in text:
        return
    lost = [place for place, letter in enumerate(text) if unicodedata.category(letter) in _BROKEN_CATEGORIES]
    lost += [text.find(sign) for sign in (_LOST, _LOST_MARKS) if sign in text]
    if lost:
        yield PLACE, {"place": str(min(lost) + 1), "description": text[:SHOWN_MAX].replace(_LOST, "?")}


@item_rule("DEC-113", act="Unicode Technical Standard 39, mixed scripts", severity=Severity.WARNING)
def words_are_of_one_script(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """No word of the description mixes Latin and Cyrillic letters."""
    if item.description.isascii():
        return
    text = item.description[:DESCRIPTION_LENGTH_MAX]
    found = _MIXED.search(text)
    if found is not None:
        word = next(word for word in _WORD.finditer(text) if word.end() > found.start())
        yield PLACE, {"word": word.group(0)[:SHOWN_MAX]}


@item_rule("DEC-114", act=f"{WCO}, 137")
def description_is_not_too_long(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The description has at most 512 characters."""
    if len(item.description) > DESCRIPTION_LENGTH_MAX:
        yield PLACE, {"length": str(len(item.description)), "most": str(DESCRIPTION_LENGTH_MAX)}


@item_rule("DEC-115", act=GUIDELINES, severity=Severity.WARNING)
def description_is_not_vague(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The description says what the goods are, not that they are goods, parts or equipment."""
    phrase = _phrase(item.description)
    if phrase and phrase in context.lists.goods.vague_words:
        yield PLACE, {"description": item.description[:SHOWN_MAX]}
