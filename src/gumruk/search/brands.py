# SPDX-License-Identifier: Apache-2.0
"""Which brands a typed text names. A brand is a guess at the kind of goods, so it is believed only as whole words.

What a text shares with a brand by letters alone (`paist` with Paiste), or by the goods that stand in the brand's own
text (`холодильник` with `Минск холодильник`), names no brand; and where the rest of a text names goods, these win.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gumruk.search.classifier import Floats
from gumruk.search.documents import Document
from gumruk.search.index import Index
from gumruk.search.query import Query
from gumruk.search.ranking import Ranked
from gumruk.search.text import is_latin, sound, stems, words

KIND = "brand"
#: What the probability of a heading is multiplied by that has nothing to stand on.
GIVES_WAY = 0.05
#: A heading stands on what is believed, if that is so near to the text beside what is not.
STANDS_SHARE = 0.5
#: A text this like one said of goods names goods.
GOODS_LEAST = 0.75
#: A brand's first word of fewer letters tells nobody which brand is meant.
_LETTERS_LEAST = 2
_HEADING_DIGITS = 4
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Brands:
    """The brands among the documents near to a text, by their position: those named whole, and those begun.

    `words` are the words of the text that are those of whole brands, where there are none, of begun ones; `rest` all
    others.
    """

    whole: frozenset[int]
    begun: frozenset[int]
    words: tuple[str, ...]
    rest: tuple[str, ...]


def brands_of(query: Query, ranked: Ranked, documents: Sequence[Document]) -> Brands:
    """Read a text's brands: whole where all words of one stand in it, begun where the first of them does.

    A number that is part of a brand (`18+ energy`) has to stand in the text too.
    """
    whole, begun = set[int](), set[int]()
    of_whole, of_begun = set[int](), set[int]()
    numbers = _numbers(query.text)
    for place, _ in ranked.nearest:
        document = documents[place]
        told = words(document.text) if document.kind == KIND else []
        if not told or not _numbers(document.text) <= numbers:
            continue
        found = [_place_of(word, query) for word in told]
        if None not in found:
            whole.add(place)
            of_whole.update(at for at in found if at is not None)
        elif found[0] is not None and len(told[0]) >= _LETTERS_LEAST:
            begun.add(place)
            of_begun.add(found[0])
    named = of_whole or of_begun
    parts = [tuple(word for at, word in enumerate(query.words) if (at in named) is told) for told in (True, False)]
    return Brands(frozenset(whole), frozenset(begun), *parts)


def names_goods(nearest: Sequence[tuple[int, float]], documents: Sequence[Document]) -> bool:
    """Whether a text that these documents are near to names goods: one that is no brand is so like it."""
    return any(likeness >= GOODS_LEAST for place, likeness in nearest if documents[place].kind != KIND)


def weighed(ranked: Ranked, index: Index, fired: Collection[int], *, goods: bool, alone: bool) -> Ranked:
    """The same with the brands that fired, and without the others: these explain nothing.

    No heading stands on brands that did not fire, and with `goods`, the rest of the text naming some, on a brand at
    all; `alone`: the text is a brand and nothing else, so every other heading gives way to the brand's.
    """
    documents = index.documents
    speaks: dict[str, float] = {}
    silent: dict[str, float] = {}
    for place, likeness in ranked.nearest:
        document = documents[place]
        believed = place in fired and not goods if document.kind == KIND else not alone
        best = speaks if believed else silent
        heading = document.code[:_HEADING_DIGITS]
        best[heading] = max(best.get(heading, 0.0), likeness)
    told = speaks.keys() | silent.keys()
    stands = {each: speaks.get(each, 0.0) >= STANDS_SHARE * silent.get(each, 0.0) for each in told}
    nearest = tuple(near for near in ranked.nearest if documents[near[0]].kind != KIND or near[0] in fired)
    headings = [index.leaves[leaf][:_HEADING_DIGITS] for leaf in ranked.leaves]
    factors = np.array([1.0 if stands.get(heading, not alone) else GIVES_WAY for heading in headings], np.float32)
    raised: Floats = ranked.probabilities * factors
    order = np.argsort(-raised, kind="stable")
    return Ranked(ranked.leaves[order], (raised / raised.sum())[order].astype(np.float32), nearest)


def _numbers(text: str) -> set[str]:
    return {token for token in _TOKEN.findall(text) if token.isdigit()}


def _place_of(word: str, query: Query) -> int | None:
    """Where a word of a brand stands in a text; None where it does not."""
    return next((at for at, typed in enumerate(query.words) if _same(word, typed, query.corrected)), None)


def _same(brand: str, typed: str, corrected: Mapping[str, str]) -> bool:
    """Whether a word that was typed, or what it was read as, is a brand's: as a word, or heard in other letters."""
    forms = {typed, corrected.get(typed, typed)}
    if any(not set(stems(brand)).isdisjoint(stems(form)) for form in forms):
        return True
    return is_latin(brand) != is_latin(typed) and sound(brand) == sound(typed)
