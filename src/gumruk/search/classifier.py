# SPDX-License-Identifier: Apache-2.0
"""A small classifier of texts: word and letter pieces -> 96 numbers -> subheading and heading.

A shallow network trained in seconds on two cores: the pieces' vectors are summed, two softmax layers read the sum. It
catches what no single word says (`stand mixer` is no mixer of concrete). Deterministic: one seed, one order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Whole = NDArray[np.int32]

DIMENSIONS = 96
EPOCHS = 8
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

    def probabilities(self, columns: Whole, amounts: Floats) -> tuple[Floats, Floats]:
        """The probability of every subheading and of every heading for one text's columns and their amounts."""
        hidden = amounts @ self.pieces[columns].astype(np.float32)
        return _softmax(hidden @ self.leaves), _softmax(hidden @ self.headings)


def train(texts: csr_matrix, leaves: Whole, headings: Whole, counts: tuple[int, int], weights: Floats) -> Classifier:
    """Train on texts (rows) with their subheading and heading (columns of the answers; -1: not known) and weight."""
    dice = np.random.default_rng(_SEED)
    pieces = (dice.standard_normal((texts.shape[1], DIMENSIONS)) * 0.9 / np.sqrt(DIMENSIONS)).astype(np.float32)
    held = np.full(texts.shape[1], 1e-6, np.float32)
    layers = [_Layer(count) for count in counts]
    for _ in range(EPOCHS):
        order = dice.permutation(texts.shape[0])
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            batch = texts[chosen]
            batch.data *= (dice.random(len(batch.data), dtype=np.float32) >= HIDDEN) / np.float32(1 - HIDDEN)
            hidden = batch @ pieces
            back = np.zeros_like(hidden)
            for layer, answers in zip(layers, (leaves, headings), strict=True):
                back += layer.learn(hidden, answers[chosen], weights[chosen])
            columns = np.unique(batch.indices)
            change = (batch[:, columns].T @ back) / len(chosen)
            held[columns] += (change * change).mean(axis=1)
            pieces[columns] -= STEP * change / np.sqrt(held[columns])[:, None]
    return Classifier(pieces.astype(np.float16), layers[0].weights, layers[1].weights)


class _Layer:
    """One softmax layer and its sums of squares (Adagrad)."""

    def __init__(self, count: int) -> None:
        self.weights = np.zeros((DIMENSIONS, count), np.float32)
        self._held = np.full((DIMENSIONS, count), 1e-6, np.float32)

    def learn(self, hidden: Floats, answers: Whole, weights: Floats) -> Floats:
        """Take one step; give what is to be changed in the hidden sums. Texts without an answer teach nothing."""
        wrong = _softmax(hidden @ self.weights)
        known = answers >= 0
        wrong[np.flatnonzero(known), answers[known]] -= 1
        wrong *= (weights * known)[:, None]
        change = hidden.T @ wrong / len(answers)
        back: Floats = wrong @ self.weights.T
        self._held += change * change
        self.weights -= 0.4 * STEP * change / np.sqrt(self._held)
        return back


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return made
