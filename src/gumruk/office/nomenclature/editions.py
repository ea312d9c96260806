# SPDX-License-Identifier: Apache-2.0
"""Editions of a country's official texts: which one holds on which day, and what it says of a code.

An edition ends the day before the next one of its country and language begins, whatever its own act says; withdraw
the next one, and it goes on. So nothing has to be rewritten when an edition comes or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from gumruk.law.kernel import DateRange

_DAY = timedelta(days=1)
_LINE_DIGITS = 7


class OfficialText(NamedTuple):
    """What the law says of a code (2 to 10 digits) in a language, and in which words it is law: act and days."""

    code: str
    language: str
    text: str
    act: str
    valid: DateRange


@dataclass(frozen=True, slots=True)
class Edition:
    """One imported list of official texts that was not withdrawn. `valid` begins with a day; `digest` is of its rows.

    `read` gives its texts by code; it is called only where they are asked for.
    """

    number: int
    country: str
    language: str
    act: str
    valid: DateRange
    lines: int
    digest: str
    read: Callable[[], Mapping[str, str]]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.valid.first or date.min


def holding(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The same editions with the days on which each really holds: to the day before the next one begins."""
    found: list[Edition] = []
    following: dict[tuple[str, str], date] = {}
    for edition in sorted(editions, key=lambda each: each.first, reverse=True):
        key = edition.country, edition.language
        own, next_first = edition.valid.last, following.get(key)
        last = min((day for day in (own, next_first and next_first - _DAY) if day), default=None)
        found.append(replace(edition, valid=DateRange(edition.first, last)))
        following[key] = edition.first
    return tuple(sorted(found, key=lambda each: (each.country, each.language, each.first)))


class OfficialTexts:
    """The official texts that hold on one day, of one country, in every language: at most one edition a language."""

    def __init__(self, day: date, editions: Sequence[Edition] = ()) -> None:
        """Take of editions as `holding` gives them those that hold on the day."""
        self.day = day
        self.editions = tuple(each for each in editions if day in each.valid)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OfficialTexts) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[tuple[int, str, DateRange], ...]:
        return tuple((each.number, each.digest, each.valid) for each in self.editions)

    def text(self, code: str, language: str) -> OfficialText | None:
        """What the law says of a code in a language."""
        return next((each for each in self.of(code) if each.language == language), None)

    def of(self, code: str) -> tuple[OfficialText, ...]:
        """What the law says of a code, in each language that it is held in."""
        return tuple(
            OfficialText(code, each.language, text, each.act, each.valid)
            for each in self.editions
            if (text := each.read().get(code))
        )

    def said(self, code: str, language: str) -> OfficialText | None:
        """What the law says of a code in a language, or else in another one."""
        return self.text(code, language) or next(iter(self.of(code)), None)

    def nearest(self, code: str, language: str) -> OfficialText | None:
        """The text of the longest code of at least four digits that goods of this code fall under."""
        found = (self.said(code[:digits], language) for digits in range(len(code), 3, -1))
        return next((each for each in found if each), None) if self.editions else None

    def all(self) -> Iterable[OfficialText]:
        """Every text, by code and language."""
        return sorted(
            OfficialText(code, each.language, text, each.act, each.valid)
            for each in self.editions
            for code, text in each.read().items()
        )

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The country's own lines that the texts name: seven to ten digits, in order."""
        return tuple(sorted({code for each in self.editions for code in each.read() if len(code) >= _LINE_DIGITS}))


#: Where no official texts are held.
NO_TEXTS = OfficialTexts(date.min)
