# SPDX-License-Identifier: Apache-2.0
"""What all countries hold of goods: units and limits of the Harmonized System, packages, words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

_WORDS = re.compile(r"[^\W\d_]+")


def phrase_of(text: str) -> str:
    """The words of a text without digits and signs, in lower case: as the lists of words are compared.

    >>> phrase_of("Parts, 12 pcs.")
    'parts pcs'
    """
    return " ".join(_WORDS.findall(text.casefold()))


class PackageKind(StrEnum):
    """How goods travel, by their package's code (UN/CEFACT Recommendation 21).

    packed: a package that has a weight of its own. piece: a bar, a coil, a roll, a log: the goods themselves, that can
    be counted. unpacked: without a package. bulk: neither packed nor counted.
    """

    PACKED = "packed"
    PIECE = "piece"
    UNPACKED = "unpacked"
    BULK = "bulk"


class Bounds(NamedTuple):
    """Between which numbers a property of the goods lies, both ends included; None: no end there."""

    least: Decimal | None
    most: Decimal | None

    def hold(self, value: Decimal) -> bool:
        """Whether a number lies between them."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        ends = ("" if end is None else f"{end:f}" for end in self)
        return "–".join(ends)


@dataclass(frozen=True, slots=True)
class GoodsLists:
    """Facts of goods. An empty list refuses nothing.

    units: the standard unit (Rec 20) of each HS subheading. retired: subheadings of earlier editions, with the last
    edition that had them. bounds: by prefix and unit, what the HS itself says of engine capacity (CMQ) and strength
    (ASV). package_kinds: by Rec 21 code. Words, as `phrase_of` writes them: `vague_words` describe no goods,
    `chapter_words` only name a chapter, `code_words` introduce a code.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    bounds: Mapping[tuple[str, str], Bounds] = field(default_factory=dict)
    package_kinds: Mapping[str, PackageKind] = field(default_factory=dict)
    vague_words: frozenset[str] = frozenset()
    chapter_words: frozenset[str] = frozenset()
    code_words: frozenset[str] = frozenset()

    def bounds_of(self, code: str, unit: str) -> Bounds | None:
        """The limits that the HS sets to goods of this code, from the longest prefix that has any."""
        for length in (6, 4):
            found = self.bounds.get((code[:length], unit))
            if found is not None:
                return found
        return None
