# SPDX-License-Identifier: Apache-2.0
"""What is compared with: BM25, nearest neighbours, and the rank fusion of these two with two linear heading models.

Built from scikit-learn on the same texts, in the same run. They are no part of Gumruk.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import ComplementNB

from gumruk.search.classifier import Floats
from gumruk.search.documents import Document
from gumruk.search.text import stems, words

NEIGHBOURS, FUSED, FUSION = 20, 200, 10
_BATCH = 500


@dataclass(frozen=True)
class Baseline:
    """A method's scores of all leaves for each query, and the seconds that its training took."""

    name: str
    seconds: float
    scores: Floats


def baselines(
    leaves: Sequence[str], law: Sequence[Document], examples: Sequence[Document], queries: Sequence[str]
) -> Iterator[Baseline]:
    """BM25, nearest neighbours, both fused, and the fusion of four."""
    taught = [example for example in examples if len(example.code) == 6]
    bm25 = _timed("BM25", lambda: _bm25(leaves, [*law, *taught], queries))
    yield bm25
    near = _timed(f"nearest {NEIGHBOURS}", lambda: _nearest(leaves, taught, queries))
    yield near
    yield Baseline("fusion of two", bm25.seconds + near.seconds, fused([bm25.scores, near.scores]))
    linear = [
        _timed(name, lambda model=model: _linear(leaves, taught, queries, model))  # type: ignore[misc]
        for name, model in (
            ("naive Bayes", ComplementNB(alpha=0.1)),
            ("logistic", SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=8, tol=None, random_state=1, n_jobs=2)),
        )
    ]
    whole = [bm25, near, *linear]
    yield Baseline("fusion of four", sum(each.seconds for each in whole), fused([each.scores for each in whole]))


def fused(scores: Sequence[Floats]) -> Floats:
    """Reciprocal rank fusion of several methods."""
    whole = np.zeros_like(scores[0])
    for each in scores:
        order = np.argsort(-each, axis=1, kind="stable")[:, :FUSED]
        for row, best in enumerate(order):
            held = best[each[row][best] > 0]
            whole[row][held] += 1 / (FUSION + np.arange(len(held)))
    return whole


def _timed(name: str, work: Callable[[], Floats]) -> Baseline:
    started = time.perf_counter()
    scores = work()
    return Baseline(name, time.perf_counter() - started, scores)


def _stemmed(text: str) -> list[str]:
    return [stems(word)[0] for word in words(text)]


def _bm25(leaves: Sequence[str], said: Sequence[Document], queries: Sequence[str]) -> Floats:
    told: dict[str, list[str]] = defaultdict(list)
    for document in said:
        told[document.code].append(document.text)
    counter = CountVectorizer(analyzer=_stemmed, dtype=np.float32)
    counts = counter.fit_transform([" ".join(told[leaf]) for leaf in leaves]).tocsr()
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (counts.shape[0] - holding + 0.5) / (holding + 0.5)).astype(np.float32)
    back = np.repeat(1.2 * (0.4 + 0.6 * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = (counts.data * 2.2 / (counts.data + back) * rarity[counts.indices]).astype(np.float32)
    asked = counter.transform(queries)
    asked.data[:] = 1
    scores: Floats = (asked @ counts.T).toarray()
    return scores


def _features(said: Sequence[Document], queries: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
    makers = (
        TfidfVectorizer(analyzer=_stemmed, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, dtype=np.float32),
    )
    texts = [document.text for document in said]
    held = [maker.fit_transform(texts) for maker in makers]
    return hstack(held).tocsr(), hstack([maker.transform(queries) for maker in makers]).tocsr()


def _nearest(leaves: Sequence[str], said: Sequence[Document], queries: Sequence[str]) -> Floats:
    held, asked = _features(said, queries)
    at = {leaf: place for place, leaf in enumerate(leaves)}
    owner = np.array([at[document.code] for document in said])
    scores = np.zeros((len(queries), len(leaves)), np.float32)
    for start in range(0, len(queries), _BATCH):
        alike = (asked[start : start + _BATCH] @ held.T).tocsr()
        for row in range(alike.shape[0]):
            one = alike[row]
            count = min(NEIGHBOURS, one.nnz)
            if count:
                best = np.argpartition(-one.data, count - 1)[:count]
                np.add.at(scores[start + row], owner[one.indices[best]], one.data[best] ** 3)
    return scores


def _linear(
    leaves: Sequence[str], said: Sequence[Document], queries: Sequence[str], model: ComplementNB | SGDClassifier
) -> Floats:
    """A model of headings; its score of a heading is shared by the heading's leaves."""
    held, asked = _features(said, queries)
    model.fit(held, [document.code[:4] for document in said])
    told = model.predict_proba(asked).astype(np.float32)
    at = {heading: place for place, heading in enumerate(model.classes_)}
    columns = np.array([at.get(leaf[:4], -1) for leaf in leaves])
    return np.where(columns >= 0, told[:, columns], 0).astype(np.float32)
