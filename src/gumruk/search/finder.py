# SPDX-License-Identifier: Apache-2.0
"""The finder: one typed text -> what it is, the codes it may mean, grouped by heading, how sure, and why each.

A code (whole, short, old, or another country's) leads to its place in the tree; a CAS number to its chemical; words to
candidates. A vague word gets kinds of goods to choose from and no code; nothing found is an answer with next steps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from gumruk.law.nomenclature import Correlation, Nomenclature
from gumruk.search.brands import KIND as BRAND
from gumruk.search.brands import brands_of, names_goods, weighed
from gumruk.search.classifier import Floats
from gumruk.search.confidence import PRESELECTED, Likelihood, Steps, calibrated, likelihood
from gumruk.search.index import Index
from gumruk.search.query import Query, read_query
from gumruk.search.ranking import Ranked, candidates_of, rank
from gumruk.search.text import stems, words

#: A country's own model: a text to codes with scores between 0 and 1. It votes; it never decides alone.
Similar = Callable[[str], Sequence[tuple[str, float]]]

#: What people write before a code: a word that names no goods.
_CODE = re.compile(
    r"(?:(?:hs|hts|cn|tnved|code|тн вэд|тнвэд|код|рамзи?)[\s.:#№-]*)?([0-9][0-9\s.\-]{0,16})", re.IGNORECASE
)
_CAS = re.compile(r"(?<!\d)(\d{2,7})-(\d{2})-(\d)(?!\d)", re.ASCII)
#: A heading below this share of the whole is no kind of goods worth offering.
_FACET_LEAST = 0.03
FACETS_MAX = 8
#: A text of unknown words only, whose nearest document is less like it than this, is not found.
LIKE_LEAST = 0.35
STEM_SHORT = 3
REASONS_MAX = 3
SIMILAR_WEIGHT = 5.0


class Kind(StrEnum):
    """What a typed text turned out to be."""

    CODE = "code"
    OLD_CODE = "old_code"
    NO_CODE = "no_code"
    CHEMICAL = "chemical"
    WORDS = "words"
    VAGUE = "vague"
    NOTHING = "nothing"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a code is shown: a text said of `code` that is near to what was typed, its kind and its language."""

    code: str
    kind: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """A code that may be meant. `probability` is calibrated: of answers like this one, so many were right."""

    code: str
    probability: float
    likelihood: Likelihood
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its results, best first, and the calibrated probability that the goods belong to the heading."""

    heading: str
    probability: float
    likelihood: Likelihood
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A heading that a vague text may mean, and its share."""

    heading: str
    share: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. `results` is empty for a vague text; `facets` then holds the kinds of goods to choose from.

    `corrected` says which misspelt words were read as which, `unknown` of which words nothing is known, `rest` the old
    code, the CAS number or the digits below the tree that were typed.
    """

    text: str
    kind: Kind
    results: tuple[Result, ...] = ()
    groups: tuple[Group, ...] = ()
    facets: tuple[Facet, ...] = ()
    corrected: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    rest: str = ""

    @property
    def preselected(self) -> str | None:
        """The code that may be marked as chosen; None where none is sure enough."""
        first = self.results[0] if self.results else None
        return first.code if first and first.probability >= PRESELECTED and len(first.code) == 6 else None


@dataclass(frozen=True)
class Finder:
    """All that finding needs, handed in. `vague` holds words and phrases that name no goods."""

    tree: Nomenclature
    correlation: Correlation
    index: Index
    weights: Floats
    leaf_steps: Steps
    heading_steps: Steps
    chemicals: Mapping[str, str] = field(default_factory=dict)
    vague: Collection[tuple[str, ...]] = frozenset()
    similar: Similar | None = None

    def find(self, text: str, limit: int = 10) -> Found:
        """Answer a typed text. Never raises for what somebody types."""
        stripped = " ".join(text.split())
        if not stripped:
            return Found(text, Kind.EMPTY)
        return self._by_chemical(stripped) or self._by_code(stripped) or self._by_words(stripped, limit)

    def _by_code(self, text: str) -> Found | None:
        match = _CODE.fullmatch(text)
        digits = re.sub(r"\D", "", match[1]) if match else ""
        if not 2 <= len(digits) <= 10:
            return None
        old = self.correlation.now(digits[:6]) if len(digits) >= 6 and digits[:6] not in self.tree else ()
        if old:
            # Codes that share the old heading come first: waste and parts were gathered from everywhere.
            near = sorted(old, key=lambda code: (code[:4] != digits[:4], code))
            told = _certain if len(near) == 1 else _possible
            return Found(text, Kind.OLD_CODE, tuple(told(code) for code in near), rest=digits[:6])
        node = self.tree.nearest(digits)
        if node is None:
            return Found(text, Kind.NOTHING)
        whole = (node,) if len(node) == 6 else (node, *self.tree.children(node))
        if len(node) < min(len(digits), 6):
            # No such code: its digits as far as the tree has them, and nothing is sure.
            return Found(text, Kind.NO_CODE, tuple(_possible(code) for code in whole), rest=digits[len(node) :])
        return Found(text, Kind.CODE, tuple(_certain(code) for code in whole), rest=digits[len(node) :])

    def _by_chemical(self, text: str) -> Found | None:
        for whole in _CAS.finditer(text):
            digits = whole[1] + whole[2]
            checked = sum(place * int(digit) for place, digit in enumerate(reversed(digits), start=1)) % 10
            code = self.chemicals.get(whole[0])
            if checked == int(whole[3]) and code is not None:
                return Found(text, Kind.CHEMICAL, (_certain(code),), rest=whole[0])
        return None

    def _by_words(self, text: str, limit: int) -> Found:
        query = read_query(text, self.index)
        ranked = self.ranked(query)
        near = ranked.nearest[0][1] if ranked.nearest else 0.0
        if (
            not len(ranked.leaves)
            or all(len(word) == 1 for word in query.words)
            or (near < LIKE_LEAST and len(query.unknown) == len(query.words))
        ):
            return Found(text, Kind.NOTHING, unknown=query.unknown)
        headings = self._headings(ranked)
        if self._is_vague(query.words, next(iter(headings.values()))):
            facets = tuple(Facet(code, share) for code, share in headings.items() if share >= _FACET_LEAST)[:FACETS_MAX]
            if len(facets) > 1:
                return Found(text, Kind.VAGUE, facets=facets, corrected=query.corrected, unknown=query.unknown)
        results = tuple(self._result(ranked, place, self.leaf_steps) for place in range(min(limit, len(ranked.leaves))))
        groups = self._groups(ranked, headings, limit)
        return Found(text, Kind.WORDS, results, groups, corrected=query.corrected, unknown=query.unknown)

    def ranked(self, query: Query) -> Ranked:
        """The subheadings for a text in the order of their probability, brands and a country's own model heard."""
        ranked = self.with_brands(query, rank(candidates_of(query, self.index), self.weights))
        if self.similar is None:
            return ranked
        votes = {code[:6]: score for code, score in self.similar(query.text)}
        leaves = self.index.leaves
        raised = ranked.probabilities * np.exp(
            [SIMILAR_WEIGHT * votes.get(leaves[leaf], 0.0) for leaf in ranked.leaves]
        )
        order = np.argsort(-raised, kind="stable")
        return Ranked(ranked.leaves[order], (raised / raised.sum())[order].astype(np.float32), ranked.nearest)

    def with_brands(self, query: Query, ranked: Ranked) -> Ranked:
        """Believe a brand only where the text names it by whole words, and the goods that stand beside it first."""
        documents = self.index.documents
        if all(documents[place].kind != BRAND for place, _ in ranked.nearest):
            return ranked
        held, near = brands_of(query, ranked, documents), names_goods(ranked.nearest, documents)
        alone = bool(held.whole) and not held.rest and not near
        goods = (not held.whole and (near or self._name_goods(held.words))) or self._name_goods(held.rest)
        fired = held.whole if goods or near else held.whole | held.begun
        return weighed(ranked, self.index, fired, goods=goods, alone=alone)

    def _name_goods(self, told: Sequence[str]) -> bool:
        """Whether words of a text name goods by themselves: known ones, and none so vague that it names none."""
        if not told or self._is_vague(told, 0.0):
            return False
        query = read_query(" ".join(told), self.index)
        return names_goods(candidates_of(query, self.index).nearest, self.index.documents)

    def _headings(self, ranked: Ranked) -> dict[str, float]:
        """The probability of each heading, best first."""
        shares: dict[str, float] = {}
        for leaf, probability in zip(ranked.leaves, ranked.probabilities, strict=True):
            heading = self.index.leaves[leaf][:4]
            shares[heading] = shares.get(heading, 0.0) + float(probability)
        return dict(sorted(shares.items(), key=lambda share: -share[1]))

    def _is_vague(self, told: Sequence[str], best: float) -> bool:
        """Whether a text is a vague word or phrase, or several vague words that together do not name one heading."""
        if tuple(told) in self.vague or tuple(map(_stem, told)) in self.vague:
            return True
        return best < PRESELECTED and all((word,) in self.vague or (_stem(word),) in self.vague for word in told)

    def _result(self, ranked: Ranked, place: int, steps: Steps) -> Result:
        code = self.index.leaves[ranked.leaves[place]]
        probability = calibrated(float(ranked.probabilities[place]), steps)
        return Result(code, probability, likelihood(probability), self._reasons(ranked, code))

    def _groups(self, ranked: Ranked, headings: Mapping[str, float], limit: int) -> tuple[Group, ...]:
        places: dict[str, list[int]] = {}
        for place, leaf in enumerate(ranked.leaves):
            places.setdefault(self.index.leaves[leaf][:4], []).append(place)
        groups = []
        for heading in list(headings)[:limit]:
            probability = calibrated(headings[heading], self.heading_steps)
            results = tuple(self._result(ranked, place, self.leaf_steps) for place in places[heading][:limit])
            groups.append(Group(heading, probability, likelihood(probability), results))
        return tuple(groups)

    def _reasons(self, ranked: Ranked, code: str) -> tuple[Reason, ...]:
        """The nearest texts said of a code, or of its heading; the law's, which is long, where there is no other."""
        found: list[Reason] = []
        of_law: list[Reason] = []
        for place, _ in ranked.nearest:
            document = self.index.documents[place]
            if code.startswith(document.code):
                reason = Reason(document.code, document.kind, document.language, document.text)
                (of_law if document.kind == "law" else found).append(reason)
            if len(found) == REASONS_MAX:
                break
        return tuple(found or of_law[:1])


def vague_stems(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Vague words and phrases as a finder takes them: as they are written, and by the stems of their words."""
    told = [words(text) for text in texts]
    return frozenset(tuple(form) for each in told for form in (each, map(_stem, each)))


def _stem(word: str) -> str:
    """A word's stem; the word itself where the stem is too short to tell it from others (`медь` from `мёд`)."""
    stem = stems(word)[0]
    return stem if len(stem) > STEM_SHORT else word


def _certain(code: str) -> Result:
    return Result(code, 1.0, Likelihood.LIKELY)


def _possible(code: str) -> Result:
    return Result(code, 0.0, Likelihood.POSSIBLE)
