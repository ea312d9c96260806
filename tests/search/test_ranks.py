# SPDX-License-Identifier: Apache-2.0
"""The benchmark's ranks: ties share their mean rank, and codes under one heading are summed or stand for it."""

from __future__ import annotations

from math import isnan

import pytest
from benchmarks.classification_data import Asked
from benchmarks.classification_ranks import ABSENT, Ranks, rank_of

SCORES = {"100610": 0.3, "100630": 0.3, "110100": 0.4}


def test_it_gives_equal_scores_their_mean_rank():
    assert rank_of(SCORES, {"100630"}, 6) == 2.5
    assert rank_of(SCORES, {"110100"}, 6) == 1


@pytest.mark.parametrize(("summed", "rank"), [(True, 1), (False, 2)])
def test_it_ranks_a_heading_by_the_sum_of_probabilities_or_by_its_best_score(summed: bool, rank: int):
    asked = [Asked("a source", "rice", "en", "rice", {"1006"})]
    assert Ranks(asked, [SCORES], summed=summed).ranks[0][1] == rank


def test_it_leaves_out_what_the_data_does_not_say():
    assert isnan(rank_of(SCORES, {"1006"}, 6))
    assert rank_of(SCORES, {"8703"}, 4) == ABSENT
