# SPDX-License-Identifier: Apache-2.0
"""A committee of small classifiers of texts: word and letter pieces -> 80 numbers -> subheading and heading.

Each member is a shallow network: the pieces' vectors are summed, two softmax layers read the sum. It catches what no
single word says (`stand mixer` is no mixer of concrete). Members differ by their first vectors and by what is hidden
from them while they learn; together they err less than any of them. Deterministic: each has its seed and its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]

MEMBERS = 2
DIMENSIONS = 80
EPOCHS = 5
BATCH = 256
STEP = 0.25
#: The share of a text's pieces that is hidden from a member while it learns: no single word may decide alone.
HIDDEN = 0.4
#: A word that a single document holds teaches nothing: so many must hold it.
HELD_BY = 2
_SEED = 7
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Member:
    """One trained network: a vector of whole numbers for each column, to be multiplied by `scales`, and two layers."""

    pieces: NDArray[np.int8]
    scales: NDArray[np.float16]
    leaves: Floats
    headings: Floats

    def probabilities(self, columns: Whole, amounts: Floats, heading_of: Whole) -> tuple[Floats, Floats]:
        """As `Classifier.probabilities`."""
        hidden = (amounts * self.scales[columns]) @ self.pieces[columns].astype(np.float32)
        headings = _softmax(self.headings @ hidden)
        scores = self.leaves @ hidden
        starts = np.flatnonzero(np.diff(heading_of, prepend=-1))
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[heading_of])
        leaves: Floats = headings[heading_of] * raised / np.add.reduceat(raised, starts)[heading_of]
        return leaves, headings


@dataclass(frozen=True, slots=True)
class Classifier:
    """The committee."""

    members: tuple[Member, ...]

    def probabilities(self, columns: Whole, amounts: Floats, heading_of: Whole) -> tuple[Floats, Floats]:
        """The probability of every subheading and of every heading for one text's columns and their amounts.

        A subheading's is its heading's, times its own among those of the heading; the committee's is the geometric mean
        of its members'. `heading_of` leads from each subheading to its heading; those of one heading stand together.
        """
        told = [member.probabilities(columns, amounts, heading_of) for member in self.members]
        return _mean([leaves for leaves, _ in told]), _mean([headings for _, headings in told])


def _mean(told: Sequence[Floats]) -> Floats:
    raised = np.exp(np.mean([np.log(each + _LEAST) for each in told], axis=0))
    made: Floats = (raised / raised.sum()).astype(np.float32)
    return made


def train(texts: csr_matrix, leaves: Whole, headings: Whole, heading_of: Whole, weights: Floats) -> Classifier:
    """Train on texts (rows) with their subheading and heading (columns of the answers; -1: not known) and weight."""
    holding = np.bincount(texts.indices, minlength=texts.shape[1])
    texts = texts.copy()
    texts.data[holding[texts.indices] < HELD_BY] = 0
    texts.eliminate_zeros()

    def member(number: int) -> Member:
        return _member(texts, leaves, headings, heading_of, weights, number)

    # Two members at a time, each on one core: their matrices are small.
    with threadpool_limits(1), ThreadPoolExecutor(2) as pool:
        return Classifier(tuple(pool.map(member, range(MEMBERS))))


def _member(
    texts: csr_matrix, leaves: Whole, headings: Whole, heading_of: Whole, weights: Floats, number: int
) -> Member:
    dice = np.random.default_rng((_SEED, number))
    pieces = (dice.standard_normal((texts.shape[1], DIMENSIONS), np.float32) * 0.9 / np.sqrt(DIMENSIONS)).astype(
        np.float32
    )
    pieces[np.bincount(texts.indices, minlength=texts.shape[1]) == 0] = 0
    held = np.full(texts.shape[1], 1e-6, np.float32)
    heading_layer, leaf_layer = _Layer(int(heading_of.max()) + 1), _Layer(len(heading_of))
    for _ in range(EPOCHS):
        order = dice.permutation(texts.shape[0])
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            batch = texts[chosen]
            shown = dice.random(len(batch.data), dtype=np.float32) >= HIDDEN
            columns, places = np.unique(batch.indices[shown], return_inverse=True)
            starts = np.concatenate(([0], np.cumsum(shown)))[batch.indptr]
            data = batch.data[shown] / np.float32(1 - HIDDEN)
            narrow = csr_matrix((data, places, starts), shape=(len(chosen), len(columns)))
            hidden = narrow @ pieces[columns]
            back = heading_layer.learn(hidden, headings[chosen], weights[chosen])
            back += leaf_layer.learn_within(hidden, leaves[chosen], weights[chosen], heading_of)
            change = (narrow.T @ back) / len(chosen)
            held[columns] += (change * change).mean(axis=1)
            pieces[columns] -= STEP * change / np.sqrt(held[columns])[:, None]
    scales = np.maximum(np.abs(pieces).max(axis=1), _LEAST) / 127
    return Member(
        np.rint(pieces / scales[:, None]).astype(np.int8),
        scales.astype(np.float16),
        # Rounded as they are kept, so that an index answers alike whether it was built or read.
        leaf_layer.weights.astype(np.float16).astype(np.float32),
        heading_layer.weights.astype(np.float16).astype(np.float32),
    )


class _Layer:
    """One softmax layer and its sums of squares (Adagrad). Texts without an answer (-1) teach it nothing."""

    def __init__(self, count: int) -> None:
        self.weights = np.zeros((count, DIMENSIONS), np.float32)
        self._held = np.full((count, DIMENSIONS), 1e-6, np.float32)

    def learn(self, hidden: Floats, answers: Whole, weights: Floats) -> Floats:
        """Take one step over all answers; give what is to be changed in the hidden sums."""
        known = np.flatnonzero(answers >= 0)
        wrong = _softmax(hidden[known] @ self.weights.T)
        return self._step(hidden, known, wrong, answers[known], weights, slice(None))

    def learn_within(self, hidden: Floats, answers: Whole, weights: Floats, owner: Whole) -> Floats:
        """The same over the answers that share the right one's owner: each text tells apart its own siblings only."""
        known = np.flatnonzero(answers >= 0)
        right = owner[answers[known]]
        among = np.flatnonzero(np.isin(owner, right))
        scores = hidden[known] @ self.weights[among].T
        scores[owner[among][None, :] != right[:, None]] = -np.inf
        return self._step(hidden, known, _softmax(scores), np.searchsorted(among, answers[known]), weights, among)

    def _step(
        self,
        hidden: Floats,
        known: NDArray[np.int64],
        wrong: Floats,
        answers: NDArray[Any],
        weights: Floats,
        among: NDArray[np.int64] | slice,
    ) -> Floats:
        wrong[np.arange(len(known)), answers] -= 1
        wrong *= weights[known][:, None]
        back = np.zeros_like(hidden)
        held = self.weights[among]
        back[known] = wrong @ held
        change = wrong.T @ hidden[known] / len(hidden)
        squares = self._held[among] + change * change
        self._held[among] = squares
        self.weights[among] = held - 0.4 * STEP * change / np.sqrt(squares)
        return back


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return made
