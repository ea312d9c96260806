# SPDX-License-Identifier: Apache-2.0
"""Learn the weights of the legs and the calibration: `python -m benchmarks.classification_learning`.

Writes `src/gumruk/search/learned.json`, which ships: learned with the index that ships (our labels and words only), on
queries of the training fold, each source counting alike; never on the calibration or the test fold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.classification_data import Asked, queries
from gumruk.office.nomenclature.finding import documents_of, finder_of
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.world import world
from gumruk.search.classifier import Floats
from gumruk.search.confidence import calibrate
from gumruk.search.index import Index, build
from gumruk.search.query import read_query
from gumruk.search.ranking import FEATURES, Candidates, Learned, Ranked, candidates_of, rank

LEARNED = Path(__file__).resolve().parents[1] / "src" / "gumruk" / "search" / "learned.json"
#: Languages whose queries teach: those that people type here.
LANGUAGES = ("en", "ru", "tg")
#: The pull of each weight towards nothing.
PULL = 1e-3
#: No source counts more than so many of its queries.
COUNTED_MAX = 1000


def learn(asked: Sequence[Asked], index: Index) -> Learned:
    """The weights that make the right codes of the queries likeliest, and the calibrations of what they then say."""
    read = [read_query(each.text, index) for each in asked]
    found = [candidates_of(query, index) for query in read]
    counts = Counter(each.source for each in asked)
    worth = np.array([min(counts[each.source], COUNTED_MAX) / counts[each.source] for each in asked])
    weights = _weights(asked, found, worth, index)
    # The calibration is of what the finder shows in the end, brands heard.
    finder = finder_of(index, Learned(weights, (), ()))
    shown = [
        finder.with_brands(query, rank(candidates, weights)) for query, candidates in zip(read, found, strict=True)
    ]
    return Learned(weights, *_steps(asked, shown, index))


def _weights(asked: Sequence[Asked], found: Sequence[Candidates], worth: Floats, index: Index) -> Floats:
    held = [
        (candidates.features.astype(np.float64), right, share)
        for each, candidates, share in zip(asked, found, worth, strict=True)
        if (right := _right(each, candidates, index)).any()
    ]
    features = np.concatenate([each[0] for each in held])
    right = np.concatenate([each[1] for each in held])
    lengths = np.array([len(each[1]) for each in held])
    owner, starts = np.repeat(np.arange(len(held)), lengths), np.concatenate(([0], np.cumsum(lengths)[:-1]))
    shares = np.array([each[2] for each in held])
    shares = shares / shares.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        whole, good = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts)
        pull = raised / whole[owner] - raised * right / good[owner]
        slope = ((pull * shares[owner])[:, None] * features).sum(axis=0)
        value = float((shares * (np.log(whole) - np.log(good + 1e-300))).sum())
        return value + PULL * float(weights @ weights), slope + 2 * PULL * weights

    learned: Floats = minimize(loss, np.full(len(FEATURES), 0.5), jac=True, method="L-BFGS-B").x
    return learned


def _right(each: Asked, candidates: Candidates, index: Index) -> Floats:
    return np.array([index.leaves[leaf].startswith(tuple(each.right)) for leaf in candidates.leaves], bool)


def _steps(
    asked: Sequence[Asked], shown: Sequence[Ranked], index: Index
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    leaves, headings = [], []
    for each, ranked in zip(asked, shown, strict=True):
        shares: dict[str, float] = {}
        for leaf, probability in zip(ranked.leaves, ranked.probabilities, strict=True):
            heading = index.leaves[leaf][:4]
            shares[heading] = shares.get(heading, 0.0) + float(probability)
        if shares:
            first, best = index.leaves[ranked.leaves[0]], max(shares, key=lambda code: shares[code])
            leaves.append((float(ranked.probabilities[0]), first.startswith(tuple(each.right))))
            headings.append((shares[best], any(code.startswith(best) for code in each.right)))
    return _calibrated(leaves), _calibrated(headings)


def _calibrated(told: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    return calibrate(np.array([score for score, _ in told]), np.array([float(right) for _, right in told]))


def main() -> None:
    """Learn and write."""
    index = build(world().nomenclature.subheadings, list(documents_of(nomenclature_content())))
    asked = [each for each in queries("train") if each.language in LANGUAGES]
    learned = learn(asked, index)
    written = {
        "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, learned.weights, strict=True)},
        "leaf_steps": learned.leaf_steps,
        "heading_steps": learned.heading_steps,
    }
    LEARNED.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(LEARNED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
