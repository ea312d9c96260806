# SPDX-License-Identifier: Apache-2.0
"""Editions of the Harmonized System: what became of a code, and what it was before.

The correlation between editions is many-to-many and has no legal force (WCO); it leads a searcher, never a declaration.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

EDITIONS = ("HS2012", "HS2017", "HS2022")


class Correlated(NamedTuple):
    """One pair: a subheading of an edition and one of the next that holds at least some of its goods."""

    edition: str
    code: str
    next_code: str


@dataclass(frozen=True, slots=True)
class Correlation:
    """Which subheadings each edition has, and how those of neighbouring editions belong together."""

    codes: Mapping[str, frozenset[str]]
    later: Mapping[tuple[str, str], tuple[str, ...]]
    earlier: Mapping[tuple[str, str], tuple[str, ...]]

    def editions_of(self, code: str) -> tuple[str, ...]:
        """The editions that have this subheading, oldest first."""
        return tuple(edition for edition in EDITIONS if code in self.codes[edition])

    def moved(self, code: str, edition: str, to: str) -> tuple[str, ...]:
        """Where a subheading of one edition is found in another, in order; empty: the edition does not have it.

        Raises ValueError for an edition that is not held.
        """
        if edition not in EDITIONS or to not in EDITIONS:
            raise ValueError(f"editions held are {', '.join(EDITIONS)}, not {edition!r} or {to!r}")
        if code not in self.codes[edition]:
            return ()
        start, end = EDITIONS.index(edition), EDITIONS.index(to)
        held, found = [code], self.later if start <= end else self.earlier
        path = EDITIONS[start:end] if start <= end else EDITIONS[start:end:-1]
        for step in path:
            held = sorted({moved for each in held for moved in found.get((step, each), (each,))})
        return tuple(held)

    def now(self, code: str) -> tuple[str, ...]:
        """Where a subheading of any edition held is found today; itself where the edition in force has it."""
        editions = self.editions_of(code)
        return self.moved(code, editions[-1], EDITIONS[-1]) if editions else ()


def correlation(subheadings: Iterable[str], pairs: Iterable[Correlated]) -> Correlation:
    """Build the correlation from the subheadings of the newest edition and all pairs in which something changed.

    A code that is named in no pair kept its code and its goods.
    """
    later: dict[tuple[str, str], list[str]] = defaultdict(list)
    earlier: dict[tuple[str, str], list[str]] = defaultdict(list)
    following = dict(itertools.pairwise(EDITIONS))
    for pair in pairs:
        later[pair.edition, pair.code].append(pair.next_code)
        earlier[following[pair.edition], pair.next_code].append(pair.code)
    codes = {EDITIONS[-1]: frozenset(subheadings)}
    for older, newer in reversed(tuple(following.items())):
        kept = {code for code in codes[newer] if (newer, code) not in earlier}
        codes[older] = frozenset(kept | {code for edition, code in later if edition == older})
    return Correlation(
        codes,
        {key: tuple(sorted(held)) for key, held in later.items()},
        {key: tuple(sorted(held)) for key, held in earlier.items()},
    )
