# SPDX-License-Identifier: Apache-2.0
"""A typed text as the index reads it: known words, words known by their sound, and misspelt words put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from gumruk.search.classifier import Floats, Whole
from gumruk.search.index import PIECE_WEIGHT, Index, piece_column
from gumruk.search.text import pieces, sound, stems, words

#: A word shorter than this is not put right: too many others are near.
MISSPELT_LETTERS = 4
#: From so many letters on, two mistakes are put right.
TWO_MISTAKES_LETTERS = 7
#: At most so many unknown words of one text are put right.
PUT_RIGHT = 4
#: What a word counts that was put right, or is known by its sound only.
GUESSED = 0.8
#: What the letters of a word in Latin letters count beside those of the word that it sounds like.
LATIN_PIECES = 0.2
#: What the words near a word count that is known, if rarely, or by its sound.
DOUBTED = 0.4
#: So many words near a misspelt one are read, the second half as much.
NEAREST_WORDS = 2
#: A word that fewer than so many documents hold may be another language's word in Latin letters.
USUAL = 12
#: A word that fewer than so many documents hold may be a mistake.
KNOWN = 3
#: At most so many words of a text are read.
WORDS = 120


@dataclass(frozen=True, slots=True)
class Query:
    """A text's columns and amounts in the index (its length is 1), its known words, and what was put right.

    `unknown` are the words of which the index knows nothing, not even by sound or with a mistake.
    """

    text: str
    words: tuple[str, ...]
    columns: Whole
    amounts: Floats
    word_columns: Whole
    word_amounts: Floats
    corrected: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def read_query(text: str, index: Index) -> Query:
    """Read a text. Never fails: a text without a known word has no columns."""
    told = words(text)[:WORDS]
    amounts: dict[int, float] = {}
    corrected: dict[str, str] = {}
    unknown: list[str] = []
    left = PUT_RIGHT
    for word in told:
        own = known_columns(word, index)
        found = dict.fromkeys(own, 1.0)
        heard = None if _held_by(own, USUAL, index) else index.heard.get(sound(word))
        if heard is not None and heard != word:
            # Tajik or Russian in Latin letters, or a letter that sounds the same: read as the word that it sounds like.
            corrected[word] = heard
            found = dict.fromkeys((*own, *known_columns(heard, index)), GUESSED)
            _add_pieces(amounts, heard, index, 1.0)
        near: list[str] = []
        if left and len(word) >= MISSPELT_LETTERS and not _held_by(own, KNOWN, index):
            left -= 1
            near = _put_right(word, index, known=bool(own))
            weight = DOUBTED if found else GUESSED
            if near and not found:
                corrected[word] = near[0]
            for place, right in enumerate(near):
                for column in known_columns(right, index):
                    found[column] = max(found.get(column, 0.0), weight / (place + 1))
                _add_pieces(amounts, right, index, weight / (place + 1) / 2)
        if not found:
            unknown.append(word)
        for column, weight in found.items():
            amounts[column] = amounts.get(column, 0.0) + weight
        is_heard = heard is not None and heard != word and not near
        _add_pieces(amounts, word, index, LATIN_PIECES if is_heard else 1.0)
    columns = np.array(sorted(amounts), np.int32)
    counts = np.array([amounts[column] for column in columns], np.float32)
    rarity = np.concatenate((index.words_idf, PIECE_WEIGHT * index.pieces_idf))[columns]
    weighted = np.where(counts >= 1, 1 + np.log(np.maximum(counts, 1)), counts) * rarity
    length = float(np.sqrt((weighted * weighted).sum())) or 1.0
    is_word = columns < len(index.vocabulary)
    return Query(
        text,
        tuple(told),
        columns,
        (weighted / length).astype(np.float32),
        columns[is_word],
        np.minimum(counts[is_word], 1),
        corrected,
        tuple(unknown),
    )


def _held_by(columns: Sequence[int], documents: int, index: Index) -> bool:
    """Whether one of a word's columns is held by so many documents or more."""
    return bool(columns) and min(float(index.words_idf[column]) for column in columns) < index.rarity_of(documents)


def known_columns(word: str, index: Index) -> list[int]:
    """The columns of a word's stems that the index knows."""
    return [index.column[stem] for stem in stems(word) if stem in index.column]


def _add_pieces(amounts: dict[int, float], word: str, index: Index, weight: float) -> None:
    for piece in pieces(word):
        column = len(index.vocabulary) + piece_column(piece)
        amounts[column] = amounts.get(column, 0.0) + weight


def _put_right(word: str, index: Index, *, known: bool) -> list[str]:
    """The nearest words of the index, one or two mistakes away; of a word that is known, only usual ones at one."""
    mistakes = 2 if len(word) >= TWO_MISTAKES_LETTERS and not known else 1
    near = process.extract(
        word, _of_length(index.surfaces, len(word), mistakes), scorer=OSA.distance, score_cutoff=mistakes, limit=8
    )
    near = [found for found in near if found[0] != word]
    if known:
        near = [found for found in near if _held_by(known_columns(found[0], index), USUAL, index)]
    if not near:
        return []
    # The nearest; among equals one that begins alike, then one that the index holds often (its stem is less rare).
    least = min(found[1] for found in near)
    alike = [found[0] for found in near if found[1] == least]
    return sorted(alike, key=lambda right: (right[:1] != word[:1], _rarity(right, index), right))[:NEAREST_WORDS]


def _rarity(word: str, index: Index) -> float:
    return min((float(index.words_idf[column]) for column in known_columns(word, index)), default=99.0)


@lru_cache(maxsize=256)
def _of_length(surfaces: Sequence[str], letters: int, mistakes: int) -> list[str]:
    return [surface for surface in surfaces if abs(len(surface) - letters) <= mistakes]
