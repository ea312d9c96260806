# SPDX-License-Identifier: Apache-2.0
"""Ranking: three legs over one query (BM25 of nodes, nearest documents, classifier), joined by a few learned weights.

Each candidate subheading has a row of features; their weighted sum, through a softmax over the candidates, is the
probability that it is right. The weights are data (`learned.json`), learned by `benchmarks/classification.py` on texts
that the index does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gumruk.search.classifier import Floats, Whole
from gumruk.search.confidence import Steps
from gumruk.search.index import Index
from gumruk.search.query import Query, read_query
from gumruk.search.text import is_latin

#: Candidates that each leg puts forward, and documents that the nearest are chosen from.
CANDIDATES = 60
NEAREST = 60
#: A long text names its goods in its first words, a short one by one noun.
OPENING = 8
#: What stands behind the noun in English.
_BEHIND = frozenset(("of", "for", "with", "without", "in", "from", "on", "to", "by", "and"))
_PART = ("bm25_heading", "bm25_both", "class_leaf", "class_heading", "class_leaf_share", "class_heading_share")
FEATURES = (
    "bm25_leaf",
    "bm25_chapter",
    "near_leaf",
    "near_leaf_votes",
    "near_heading",
    "near_heading_votes",
    "top_leaf",
    "top_heading",
    "near_first",
    "heading_size",
    *(f"{part}{name}" for part in ("", "opening_", "noun_") for name in _PART),
)
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Candidates:
    """The leaves worth showing, by position, with a row of `FEATURES` each, and the nearest documents with likeness."""

    leaves: NDArray[np.int64]
    features: Floats
    nearest: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Leaves in the order of their probability. The probabilities of all shown sum to at most 1."""

    leaves: NDArray[np.int64]
    probabilities: Floats
    nearest: tuple[tuple[int, float], ...]


def candidates_of(query: Query, index: Index) -> Candidates:
    """Gather what the legs say of a query, of its opening and of its noun."""
    if not len(query.columns):
        return Candidates(np.zeros(0, np.int64), np.zeros((0, len(FEATURES)), np.float32), ())
    places = index.places
    whole = _Part.of(query, index)
    opening = _part(query, query.words[:OPENING], whole, index)
    noun = _part(query, _noun(query.words) if len(query.words) <= OPENING else query.words, whole, index)
    near = _nearest(query, index)
    near_leaf, near_leaf_votes = _votes(near, places.document_leaf, len(index.leaves))
    near_heading, near_heading_votes = _votes(near, places.document_heading, len(places.headings))
    of_heading = places.heading_of
    legs = (
        near_leaf + 0.3 * near_heading[of_heading],
        near_leaf_votes + near_heading_votes[of_heading] * 0.2,
        whole.both,
        whole.class_leaf,
    )
    chosen = np.unique(np.concatenate([_top(leg, CANDIDATES) for leg in legs]))
    top = of_heading[chosen]
    features = (
        whole.leaf[chosen],
        whole.chapter[places.chapter_of[chosen]],
        near_leaf[chosen],
        near_leaf_votes[chosen],
        near_heading[top],
        near_heading_votes[top],
        whole.leaf[chosen] >= whole.leaf.max(),
        whole.heading[top] >= whole.heading.max(),
        near_leaf[chosen] >= max(_LEAST, near_leaf.max()),
        np.log(np.bincount(of_heading)[top]) / 5,
        *(feature for part in (whole, opening, noun) for feature in part.features(chosen, top)),
    )
    return Candidates(chosen, np.stack(features, axis=1).astype(np.float32), near)


@dataclass(frozen=True, slots=True)
class _Part:
    """What BM25 and the classifier say of a text or of a part of it."""

    leaf: Floats
    heading: Floats
    chapter: Floats
    both: Floats
    class_leaf: Floats
    class_heading: Floats

    @classmethod
    def of(cls, query: Query, index: Index) -> _Part:
        places, count = index.places, len(index.leaves)
        leaf, heading, chapter = np.split(_node_scores(query, index), [count, count + len(places.headings)])
        classes = index.classifier.probabilities(query.columns, query.amounts, places.heading_of)
        return cls(leaf, heading, chapter, leaf + 0.5 * heading[places.heading_of], *classes)

    def features(self, chosen: NDArray[np.int64], top: Whole) -> tuple[Floats, ...]:
        """The features named in `_PART`, of the chosen leaves and their headings."""
        return (
            self.heading[top],
            self.both[chosen] / max(_LEAST, float(self.both.max())),
            np.log(self.class_leaf[chosen] + _LEAST) / 10,
            np.log(self.class_heading[top] + _LEAST) / 10,
            self.class_leaf[chosen],
            self.class_heading[top],
        )


def _noun(words: Sequence[str]) -> Sequence[str]:
    """The noun of a few words: the last one before "of" and its like; the first where it is in Cyrillic letters."""
    if not is_latin(words[0]):
        return words[:1]
    behind = next((place for place, word in enumerate(words) if place and word in _BEHIND), len(words))
    return words[behind - 1 : behind]


def _part(query: Query, words: Sequence[str], whole: _Part, index: Index) -> _Part:
    """What is said of some words of a query; the whole where they are all of it, or say nothing."""
    if len(words) == len(query.words):
        return whole
    part = read_query(" ".join(words), index)
    return _Part.of(part, index) if len(part.columns) else whole


def rank(candidates: Candidates, weights: Floats) -> Ranked:
    """Put candidates in order by the weights (a number for each of `FEATURES`)."""
    if not len(candidates.leaves):
        return Ranked(candidates.leaves, np.zeros(0, np.float32), ())
    scores = candidates.features @ weights
    raised = np.exp(scores - scores.max())
    order = np.argsort(-raised, kind="stable")
    return Ranked(candidates.leaves[order], (raised / raised.sum())[order].astype(np.float32), candidates.nearest)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned and ships as data: a weight for each of `FEATURES`, and the steps of both calibrations."""

    weights: Floats
    leaf_steps: Steps
    heading_steps: Steps


@cache
def learned() -> Learned:
    """What ships with Gumruk. Raises KeyError where the file is not of these features."""
    held = json.loads(Path(__file__).with_name("learned.json").read_text(encoding="utf-8"))
    return Learned(
        np.array([held["weights"][name] for name in FEATURES], np.float32),
        tuple((score, share) for score, share in held["leaf_steps"]),
        tuple((score, share) for score, share in held["heading_steps"]),
    )


def _node_scores(query: Query, index: Index) -> Floats:
    """BM25 of every node, as a share of what a node that says all the query's words could have."""
    possible = float((query.word_amounts * index.words_idf[query.word_columns]).sum()) or 1.0
    asked = np.zeros(index.node_rows.shape[1], np.float32)
    asked[query.word_columns] = query.word_amounts
    scores: Floats = (index.node_rows @ asked) / possible
    return scores


def _nearest(query: Query, index: Index) -> tuple[tuple[int, float], ...]:
    held = index.held
    likeness = np.zeros(len(index.documents), np.float32)
    for column, amount in zip(query.columns, query.amounts, strict=True):
        span = slice(held.indptr[column], held.indptr[column + 1])
        likeness[held.indices[span]] += amount * held.data[span]
    best = _top(likeness, NEAREST)
    return tuple((int(place), float(likeness[place])) for place in best[np.argsort(-likeness[best], kind="stable")])


def _votes(near: tuple[tuple[int, float], ...], owner: Whole, count: int) -> tuple[Floats, Floats]:
    """For each owner: the likeness of its nearest document, and its share of all votes (cubes of likeness)."""
    best, votes = np.zeros(count, np.float32), np.zeros(count, np.float32)
    whole = _LEAST
    for place, likeness in near:
        cubed = likeness**3
        whole += cubed
        if (held := owner[place]) >= 0:
            best[held] = max(best[held], likeness)
            votes[held] += cubed
    return best, votes / np.float32(whole)


def _top(scores: Floats, count: int) -> NDArray[np.int64]:
    """The positions of the best scores above zero, at most `count`."""
    if len(scores) > count:
        best = np.argpartition(-scores, count)[:count]
        return best[scores[best] > 0]
    return np.flatnonzero(scores > 0)
