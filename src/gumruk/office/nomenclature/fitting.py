# SPDX-License-Identifier: Apache-2.0
"""Whether a description of goods fits a code: how sure, which words speak against it, which codes fit better.

It warns and never decides: a description may be short and the code right. What was judged once is remembered, since
traders describe the same goods again and again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from gumruk.office.nomenclature.readiness import ready_finder
from gumruk.search.confidence import LIKELY, POSSIBLE
from gumruk.search.finder import Finder, Found, Kind
from gumruk.search.text import words

#: A heading below this is not what the description says, where another is likely.
UNLIKELY = 0.05
#: Within the declared heading a subheading this sure speaks against an unlikely one.
SURE = 0.6
BETTER_MAX, AGAINST_MAX, LEFT_OUT_MAX = 3, 3, 8
#: A word speaks for the other heading if leaving it out takes so much from that heading's probability.
SPEAKS = 0.1
REMEMBERED_MAX = 20_000
LETTERS_MAX = 1000
#: Headings that a judgement looks at: the declared one is unlikely where it is not among so many.
LOOKED_AT = 5


class Verdict(StrEnum):
    """What a description says of a code."""

    FITS = "fits"
    OTHER_HEADING = "other_heading"
    OTHER_SUBHEADING = "other_subheading"
    SAYS_NOTHING = "says_nothing"


@dataclass(frozen=True, slots=True)
class Fit:
    """A judgement: `score` is the calibrated probability of the declared heading (of answers like this, so many were
    right), `better` the codes that fit better, `against` the words of the description that speak for them."""

    verdict: Verdict
    score: float
    better: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


_remembered: OrderedDict[tuple[str, str, str], Fit] = OrderedDict()
_turn = Lock()


def fit_remembered(description: str, code: str) -> Fit | None:
    """What was judged before of this description and code, in this process; costs next to nothing."""
    finder = ready_finder()
    return None if finder is None else _remembered.get(_key(finder, description, code))


def fit_of(description: str, code: str) -> Fit | None:
    """Judge a description against a code of at least four digits; None as long as the search index does not stand."""
    finder = ready_finder()
    if finder is None:
        return None
    key = _key(finder, description, code)
    held = _remembered.get(key)
    if held is None:
        held = _judged(finder, description[:LETTERS_MAX], code)
        with _turn:
            _remembered[key] = held
            if len(_remembered) > REMEMBERED_MAX:
                _remembered.popitem(last=False)
    return held


def _key(finder: Finder, description: str, code: str) -> tuple[str, str, str]:
    return finder.index.digest, description[:LETTERS_MAX], code[:6]


def _judged(finder: Finder, description: str, code: str) -> Fit:
    found = finder.find(description, LOOKED_AT)
    if found.kind is Kind.CHEMICAL:
        chemical = found.results[0].code
        return Fit(Verdict.FITS, 1.0) if code[:4] == chemical[:4] else Fit(Verdict.OTHER_HEADING, 0.0, (chemical,))
    if found.kind is not Kind.WORDS:
        return Fit(Verdict.SAYS_NOTHING, 0.0)
    heading, score = code[:4], _share(found, code[:4])
    first = found.groups[0]
    if first.heading != heading:
        if first.probability < POSSIBLE and score < UNLIKELY:
            return Fit(Verdict.SAYS_NOTHING, score)
        if first.probability < LIKELY or score >= UNLIKELY:
            return Fit(Verdict.FITS, score)
        better = [result.code for result in first.results[:BETTER_MAX]]
        return Fit(
            Verdict.OTHER_HEADING, score, tuple(better), _against(finder, description, first.heading, first.probability)
        )
    best = first.results[0]
    own = next((result.probability for result in first.results if result.code == code[:6]), 0.0)
    if len(code) >= len(best.code) and best.code != code[:6] and best.probability >= SURE and own < UNLIKELY:
        return Fit(Verdict.OTHER_SUBHEADING, score, (best.code,))
    return Fit(Verdict.FITS, score)


def _share(found: Found, heading: str) -> float:
    return next((group.probability for group in found.groups if group.heading == heading), 0.0)


def _against(finder: Finder, description: str, heading: str, probability: float) -> tuple[str, ...]:
    """The words without which the other heading would be less likely, the weightiest first."""
    told = list(dict.fromkeys(words(description)))[:LEFT_OUT_MAX]
    lost = {}
    for word in told:
        without = " ".join(other for other in told if other != word)
        lost[word] = probability - (_share(finder.find(without, LOOKED_AT), heading) if without else 0.0)
    weighty = sorted((word for word in told if lost[word] >= SPEAKS), key=lambda word: -lost[word])
    return tuple(weighty[:AGAINST_MAX])
