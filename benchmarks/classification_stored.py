# SPDX-License-Identifier: Apache-2.0
"""The stored run: where the right code stood, query by query, so that a change is compared with it in pairs.

`python -m benchmarks.classification_stored` makes and stores it; `./run bench classification` compares with it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from benchmarks.classification_data import FOLDER, Asked, queries
from benchmarks.classification_ranks import DIGITS, SOURCE_LEAST, Ranks
from benchmarks.figures import Figure
from gumruk.office.nomenclature.finding import finder_of
from gumruk.packs.world import world
from gumruk.search.index import build

STORED = Path(__file__).with_name("classification_run.json")
#: A change fails where a source's share at one of these tops falls by more points than this.
FALLS, FALL_TOPS = 3.0, (1, 5)
BENCH = "classification"


def store(asked: Sequence[Asked], ranks: Ranks, path: Path = STORED) -> None:
    """Keep a run: the digest of its data and folds, its commit, and of each query the ranks at 4 and 6 digits."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    told = {_key(each): [_written(rank) for rank in row[1:]] for each, row in zip(asked, ranks.ranks, strict=True)}
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(found)}" for key, found in sorted(told.items()))
    head = json.dumps({"data": data_digest(), "folds": _digest([FOLDER / "folds.csv"]), "commit": commit}, indent=1)
    path.write_text(f'{head[:-2]},\n "ranks": {{\n{lines}\n }}\n}}\n', encoding="utf-8")


def compared(asked: Sequence[Asked], ranks: Ranks, path: Path = STORED) -> Iterator[Figure]:
    """McNemar's test of each top against the stored run, and how many sources fell by too much."""
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if held.get("data") != data_digest():
        yield Figure(BENCH, "stored run", 0, "queries", "of other data, or none: not compared")
        return
    before = np.array([[float(rank or "nan") for rank in held["ranks"][_key(each)]] for each in asked])
    now = ranks.ranks[:, 1:]
    for column, digits in enumerate(DIGITS[1:]):
        for top in (1, 5, 10):
            was, found = before[:, column] <= top, now[:, column] <= top
            better, worse = int((found & ~was).sum()), int((was & ~found).sum())
            sure = binomtest(min(better, worse), better + worse).pvalue if better + worse else 1.0
            name = f"beside the run of {held['commit'][:7]}: {digits} digits top-{top}, better {better}, worse {worse}"
            yield Figure(BENCH, f"{name}; McNemar", round(float(sure), 4), "p")
    large = [source for source, count in Counter(ranks.sources).items() if count >= SOURCE_LEAST]
    fallen = [source for source in large if _fell(source, ranks, before[:, 1])]
    name = f"sources that fell by more than {FALLS:g} points beside it{': ' if fallen else ''}{', '.join(fallen)}"
    yield Figure(BENCH, name, len(fallen), "sources", "0")


def _fell(source: str, ranks: Ranks, before: np.ndarray) -> bool:
    of_source = np.array([each == source for each in ranks.sources]) & ~np.isnan(before)
    return any(
        100 * float((before[of_source] <= top).mean()) - ranks.share(6, top, source) > FALLS for top in FALL_TOPS
    )


def data_digest() -> str:
    """The digest of all labelled texts and folds."""
    return _digest([FOLDER / "folds.csv", *sorted((FOLDER / "train").glob("*.jsonl"))])


def _digest(paths: Sequence[Path]) -> str:
    made = hashlib.sha256()
    for path in paths:
        made.update(path.read_bytes())
    return made.hexdigest()[:16]


def _key(each: Asked) -> str:
    return hashlib.sha256(f"{each.source}\n{each.text}".encode()).hexdigest()[:12]


def _written(rank: float) -> float | None:
    return None if np.isnan(rank) else float(rank)


def main() -> None:
    """Run the queries of the test fold and keep where their codes stood."""
    # Imported here, for the benchmark itself compares with what is stored.
    from benchmarks.classification import documents, learned_apart, scores_of

    asked, learned = queries("test"), learned_apart()
    index = build(world().nomenclature.subheadings, documents())
    finding = finder_of(index, learned)
    store(asked, Ranks(asked, [scores_of(each.text, finding) for each in asked]))


if __name__ == "__main__":
    main()
