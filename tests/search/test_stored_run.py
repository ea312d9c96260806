# SPDX-License-Identifier: Apache-2.0
"""The benchmark's protocol: no group in two folds, and a run is compared with the stored one query by query."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from benchmarks.classification_data import Asked, rows
from benchmarks.classification_ranks import Ranks
from benchmarks.classification_stored import compared, store

pytestmark = pytest.mark.reference

ASKED = [Asked("a source", f"goods {number}", "en", f"goods {number}", {"100630"}) for number in range(50)]
RIGHT, WRONG = {"100630": 0.9, "110100": 0.1}, {"110100": 1.0}


def test_it_parts_no_group_between_two_folds(reference_data: Path):
    folds: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        fold = row["fold"] if row["fold"] in ("train", "test") else "calibration"
        folds[row["group"]].add(fold)
    assert len(folds) > 10_000
    assert [group for group, found in folds.items() if len(found) > 1] == []


def test_it_tells_what_became_better_and_worse_and_which_source_fell(reference_data: Path, tmp_path: Path):
    stored = tmp_path / "run.json"
    store(ASKED, Ranks(ASKED, [RIGHT] * 40 + [WRONG] * 10), stored)
    figures = list(compared(ASKED, Ranks(ASKED, [RIGHT] * 30 + [WRONG] * 15 + [RIGHT] * 5), stored))
    first = next(figure for figure in figures if "6 digits top-1," in figure.figure)
    assert "better 5, worse 10" in first.figure
    assert 0.25 < first.value < 0.35
    assert (figures[-1].value, figures[-1].figure.endswith(": a source")) == (1, True)


def test_it_compares_with_no_run_of_other_data(reference_data: Path, tmp_path: Path):
    (figure,) = compared(ASKED, Ranks(ASKED, [RIGHT] * 50), tmp_path / "none.json")
    assert "not compared" in figure.goal
