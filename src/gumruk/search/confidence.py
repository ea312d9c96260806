# SPDX-License-Identifier: Apache-2.0
"""Confidence: what share of answers that look like this one were right, and the word that is shown for it.

Isotonic regression (pool adjacent violators) over answers whose right code is known: the shown probability never falls
where the score rises. Nothing is preselected below one half.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from gumruk.search.classifier import Floats

#: From here on an answer is called likely, from here on possible; below there is not enough information.
LIKELY, POSSIBLE = 0.7, 0.25
#: Below this nothing is preselected.
PRESELECTED = 0.5
#: A calibration keeps at most so many steps.
STEPS = 40

Steps = Sequence[tuple[float, float]]


class Likelihood(StrEnum):
    """How sure an answer is, as it is shown."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_ENOUGH = "not_enough"


def likelihood(probability: float) -> Likelihood:
    """The word for a calibrated probability."""
    if probability >= LIKELY:
        return Likelihood.LIKELY
    return Likelihood.POSSIBLE if probability >= POSSIBLE else Likelihood.NOT_ENOUGH


def calibrated(score: float, steps: Steps) -> float:
    """The share of right answers among those that scored like this one; between two steps, in proportion."""
    if not steps:
        return score
    scores, shares = zip(*steps, strict=True)
    return float(np.interp(score, scores, shares))


def calibrate(scores: Floats, right: Floats) -> list[tuple[float, float]]:
    """Learn the steps from scores and whether each answer was right (1) or wrong (0)."""
    order = np.argsort(scores, kind="stable")
    pools: list[list[float]] = []
    for score, hit in zip(scores[order].tolist(), right[order].tolist(), strict=True):
        pools.append([score, hit, 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            held = pools[-1]
            held[0] = (held[0] * held[2] + last[0] * last[2]) / (held[2] + last[2])
            held[1], held[2] = held[1] + last[1], held[2] + last[2]
    merged = _wide(pools)
    return [(round(score, 4), round(hits / count, 4)) for score, hits, count in merged]


def _wide(pools: list[list[float]]) -> list[list[float]]:
    """Join narrow pools until each stands for enough answers: a step of one answer says nothing."""
    least = sum(pool[2] for pool in pools) / STEPS
    wide: list[list[float]] = []
    for score, hits, count in pools:
        if wide and wide[-1][2] < least:
            held = wide[-1]
            held[0] = (held[0] * held[2] + score * count) / (held[2] + count)
            held[1], held[2] = held[1] + hits, held[2] + count
        else:
            wide.append([score, hits, count])
    return wide


def calibration_error(shown: Floats, right: Floats, bins: int = 15) -> float:
    """The expected calibration error: the mean distance between the shown and the true share, over equal bins."""
    places = np.minimum((shown * bins).astype(int), bins - 1)
    whole = 0.0
    for place in range(bins):
        held = places == place
        if held.any():
            whole += float(held.mean()) * abs(float(shown[held].mean()) - float(right[held].mean()))
    return whole
