# SPDX-License-Identifier: Apache-2.0
"""A small classifier of texts: word and letter pieces -> 80 numbers -> subheading and heading.

A shallow network trained in seconds on two cores: the pieces' vectors are summed, two softmax layers read the sum. It
catches what no single word says (`stand mixer` is no mixer of concrete). Deterministic: one seed, one order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]

DIMENSIONS = 80
EPOCHS = 5
BATCH = 256
STEP = 0.25
#: The share of a text's pieces that is hidden from the classifier while it learns: no single word may decide alone.
HIDDEN = 0.4
_SEED = 7


@dataclass(frozen=True, slots=True)
class Classifier:
    """The trained weights: `pieces` (columns x dimensions), then dimensions x subheadings and x headings."""

    pieces: NDArray[np.float16]
    leaves: Floats
    headings: Floats

    def probabilities(self, columns: Whole, amounts: Floats, heading_of: Whole) -> tuple[Floats, Floats]:
        """The probability of every subheading and of every heading for one text's columns and their amounts.

        A subheading's is its heading's, times its own among those of the heading. `heading_of` leads from each
        subheading to its heading; those of one heading stand together.
        """
        hidden = amounts @ self.pieces[columns].astype(np.float32)
        headings = _softmax(hidden @ self.headings)
        starts = np.flatnonzero(np.diff(heading_of, prepend=-1))
        scores = hidden @ self.leaves
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[heading_of])
        leaves: Floats = headings[heading_of] * raised / np.add.reduceat(raised, starts)[heading_of]
        return leaves, headings


def train(texts: csr_matrix, leaves: Whole, headings: Whole, heading_of: Whole, weights: Floats) -> Classifier:
    """Train on texts (rows) with their subheading and heading (columns of the answers; -1: not known) and weight."""
    dice = np.random.default_rng(_SEED)
    pieces = (dice.standard_normal((texts.shape[1], DIMENSIONS)) * 0.9 / np.sqrt(DIMENSIONS)).astype(np.float32)
    held = np.full(texts.shape[1], 1e-6, np.float32)
    heading_layer, leaf_layer = _Layer(int(heading_of.max()) + 1), _Layer(len(heading_of))
    for _ in range(EPOCHS):
        order = dice.permutation(texts.shape[0])
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = texts[chosen]
            columns, places = np.unique(batch.indices, return_inverse=True)
            shown = (dice.random(len(batch.data), dtype=np.float32) >= HIDDEN) / np.float32(1 - HIDDEN)
            narrow = csr_matrix((batch.data * shown, places, batch.indptr), shape=(len(chosen), len(columns)))
            hidden = narrow @ pieces[columns]
            back = heading_layer.learn(hidden, headings[chosen], weights[chosen])
            back += leaf_layer.learn_within(hidden, leaves[chosen], weights[chosen], heading_of)
            change = (narrow.T @ back) / len(chosen)
            held[columns] += (change * change).mean(axis=1)
            pieces[columns] -= STEP * change / np.sqrt(held[columns])[:, None]
    return Classifier(pieces.astype(np.float16), leaf_layer.weights, heading_layer.weights)


class _Layer:
    """One softmax layer and its sums of squares (Adagrad). Texts without an answer (-1) teach it nothing."""

    def __init__(self, count: int) -> None:
        self.weights = np.zeros((DIMENSIONS, count), np.float32)
        self._held = np.full((DIMENSIONS, count), 1e-6, np.float32)

    def learn(self, hidden: Floats, answers: Whole, weights: Floats) -> Floats:
        """Take one step over all answers; give what is to be changed in the hidden sums."""
        known = np.flatnonzero(answers >= 0)
        wrong = _softmax(hidden[known] @ self.weights)
        return self._step(hidden, known, wrong, answers[known], weights, slice(None))

    def learn_within(self, hidden: Floats, answers: Whole, weights: Floats, owner: Whole) -> Floats:
        """The same over the answers that share the right one's owner: each text tells apart its own siblings only."""
        known = np.flatnonzero(answers >= 0)
        right = owner[answers[known]]
        among = np.flatnonzero(np.isin(owner, right))
        scores = hidden[known] @ self.weights[:, among]
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
        back[known] = wrong @ self.weights[:, among].T
        change = hidden[known].T @ wrong / len(hidden)
        self._held[:, among] += change * change
        self.weights[:, among] -= 0.4 * STEP * change / np.sqrt(self._held[:, among])
        return back


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return made
