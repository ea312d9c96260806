# SPDX-License-Identifier: Apache-2.0
"""The Harmonized System's tree: sections, chapters, headings and subheadings of one edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gumruk.law.kernel import HsCode

#: The edition that is in force, as the WCO names its years.
EDITION = "HS2022"
LEVELS = (2, 4, 6)


@dataclass(frozen=True)
class Nomenclature:
    """HS 2022: every chapter, heading and subheading with its section and standard unit; labels of the upper levels.

    `sections` and `units` go by the code's digits (`22`, `2204`, `220421`), `labels` by section (`IV`) and chapter.
    Source: Harmonized System Convention, Annex, 2022 edition (codes only); units: WCO's recommended standard units.
    """

    sections: Mapping[str, str]
    units: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]

    def __contains__(self, code: object) -> bool:
        """Whether the code's first six digits (or all of a shorter code) are in the tree."""
        digits = code.subheading if isinstance(code, HsCode) else str(code)[:6]
        return digits in self.units

    def unit(self, code: HsCode) -> str | None:
        """The standard unit (Rec 20) of the code's subheading; None where the tree names none."""
        return self.units.get(code.subheading) or None

    def label(self, code: str, language: str) -> str | None:
        """Our own short words for a section (`IV`) or a chapter (`22`); None below that."""
        return self.labels.get(code, {}).get(language)

    @cached_property
    def subheadings(self) -> tuple[str, ...]:
        """All codes of six digits, in order."""
        return tuple(sorted(code for code in self.units if len(code) == 6))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """All codes of four digits, in order."""
        return tuple(sorted(code for code in self.units if len(code) == 4))

    @cached_property
    def chapters(self) -> tuple[str, ...]:
        """All codes of two digits, in order."""
        return tuple(sorted(code for code in self.units if len(code) == 2))

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        held: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self.units):
            held[code[:-2] if len(code) > 2 else self.sections[code]].append(code)
        return {code: tuple(codes) for code, codes in held.items()}

    def children(self, code: str) -> tuple[str, ...]:
        """The codes one level below a section, chapter or heading, in order; none below a subheading."""
        return self._children.get(code, ())

    def path(self, code: str) -> tuple[str, ...]:
        """From the section down to the code itself (cut to its subheading). Raises KeyError for a code not in the tree.

        >>> tree.path("2204210000")          # doctest: +SKIP
        ('IV', '22', '2204', '220421')
        """
        whole = code[:6]
        return (self.sections[whole], *(whole[:digits] for digits in LEVELS if digits <= len(whole)))

    def nearest(self, digits: str) -> str | None:
        """The longest code of the tree that the digits begin with, or are the beginning of; None: there is no such."""
        for length in (6, 4, 2):
            if len(digits) >= length and digits[:length] in self.units:
                return digits[:length]
        return None
