# SPDX-License-Identifier: Apache-2.0
"""Where the right code stands in a ranking: ties get their mean rank; shares come with their interval."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

import numpy as np

from benchmarks.classification_data import Asked

TOPS = (1, 3, 5, 10)
DIGITS = (2, 4, 6)
#: Sources with at least so many queries make up the macro mean.
SOURCE_LEAST = 40
ABSENT = 10**6

Scores = Mapping[str, float]


def rank_of(scores: Scores, right: Iterable[str], digits: int, *, summed: bool = True) -> float:
    """The best mean rank of a right code among all codes of so many digits; `ABSENT` where it has no score.

    What lies under one shorter code is summed where scores are probabilities; else its best score counts. A query whose
    right codes are all shorter than that tells nothing at this level: NaN.
    """
    if all(len(code) < digits for code in right):
        return float("nan")
    best: dict[str, float] = defaultdict(float)
    for code, score in scores.items():
        held = best[code[:digits]]
        best[code[:digits]] = held + score if summed else max(held, score)
    values = np.array(sorted(best.values(), reverse=True))
    found = [best[code[:digits]] for code in right if code[:digits] in best]
    if not found or max(found) <= 0:
        return ABSENT
    held = max(found)
    return float((values > held).sum() + ((values == held).sum() + 1) / 2)


class Ranks:
    """The ranks of one method over all queries."""

    def __init__(self, asked: Sequence[Asked], scores: Iterable[Scores], *, summed: bool = True) -> None:
        self.sources = [each.source for each in asked]
        found = [
            [rank_of(score, each.right, digits, summed=summed) for digits in DIGITS]
            for each, score in zip(asked, scores, strict=True)
        ]
        self.ranks = np.array(found)

    def share(self, digits: int, top: int, source: str | None = None) -> float:
        """The share in per cent of queries (of one source) whose right code is among the first `top`."""
        held = self.ranks[:, DIGITS.index(digits)]
        chosen = np.array([source is None or each == source for each in self.sources]) & ~np.isnan(held)
        return 100 * float((held[chosen] <= top).mean()) if chosen.any() else 0.0

    def macro(self, digits: int, top: int) -> float:
        """The mean over the sources that have enough queries."""
        large = [source for source, count in Counter(self.sources).items() if count >= SOURCE_LEAST]
        return float(np.mean([self.share(digits, top, source) for source in large]))

    def interval(self, digits: int, top: int, source: str) -> str:
        """Wilson's interval of 95 % of a share, in per cent."""
        count, share, z = self.sources.count(source), self.share(digits, top, source) / 100, 1.96
        middle, half = share + z * z / (2 * count), z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
        return "-".join(f"{100 * (middle + sign * half) / (1 + z * z / count):.0f}" for sign in (-1, 1))
