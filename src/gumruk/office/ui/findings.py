# SPDX-License-Identifier: Apache-2.0
"""Many findings for a reader: what one rule says of many places is said once, with the places below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from gumruk.office.ui.words import finding_mend, finding_words, path_words

PLACES_OPEN_MAX = 10


class Addressed(Protocol):
    """A page that shows what was declared: it knows where on it a path of the declaration is shown ("" if nowhere)."""

    def address_of(self, path: str) -> str: ...


@dataclass(frozen=True)
class FoundPlace:
    """One place of a rule's findings: where, what is wrong there, and the address of its goods item on the page."""

    found: Any
    place: str
    words: str
    mend: str
    address: str


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one rule and grade. `words` and `mend` are what all places have in common, else empty."""

    code: str
    severity: str
    act: str
    places: tuple[FoundPlace, ...]

    @cached_property
    def words(self) -> str:
        """The sentence, where it is the same at every place."""
        said = {place.words for place in self.places}
        return said.pop() if len(said) == 1 else ""

    @cached_property
    def mend(self) -> str:
        """How to mend it, where that is the same at every place."""
        said = {place.mend for place in self.places}
        return said.pop() if len(said) == 1 else ""

    @property
    def first(self) -> tuple[FoundPlace, ...]:
        """The places that are shown at once."""
        return self.places[:PLACES_OPEN_MAX]

    @property
    def rest(self) -> tuple[FoundPlace, ...]:
        """The places that are shown when the reader asks for them."""
        return self.places[PLACES_OPEN_MAX:]


def finding_groups(language: str, found: Iterable[Any], page: Addressed | None = None) -> list[FindingGroup]:
    """Findings grouped by rule and grade, in the order of their first places."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for one in found:
        groups.setdefault((one.code, str(getattr(one, "severity", "error"))), []).append(one)
    return [
        FindingGroup(code, severity, group[0].act or "", tuple(_place(language, one, page) for one in group))
        for (code, severity), group in groups.items()
    ]


def _place(language: str, found: Any, page: Addressed | None) -> FoundPlace:
    return FoundPlace(
        found,
        path_words(language, found.path),
        finding_words(language, found),
        finding_mend(language, found),
        page.address_of(found.path) if page is not None else "",
    )
