# SPDX-License-Identifier: Apache-2.0
"""Commodity codes: the Harmonized System's six digits and a country's further ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_SEPARATORS = str.maketrans("", "", " .-\u00a0\u202f\t")


@dataclass(frozen=True, slots=True, order=True)
class HsCode:
    """A commodity code of 2 to 10 digits: chapter (2), heading (4), subheading (6), national line (8 or 10).

    Harmonized System Convention (WCO), Annex: chapters, headings and subheadings; further digits are national.
    """

    digits: str

    def __post_init__(self) -> None:
        if not (isinstance(self.digits, str) and self.digits.isascii() and self.digits.isdigit()):
            raise ValueError(f"a commodity code has digits only, not {self.digits!r}")
        if not 2 <= len(self.digits) <= 10:
            raise ValueError(f"a commodity code has 2 to 10 digits, not {len(self.digits)}")

    @classmethod
    def read(cls, text: str) -> HsCode:
        """Read a code as people write it: with spaces, dots or hyphens. Raises ValueError.

        >>> HsCode.read("8703.23 1940").digits
        '8703231940'
        """
        return cls(text.translate(_SEPARATORS))

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.digits[:2]

    @property
    def heading(self) -> str:
        """The first four digits (fewer, where the code is a chapter)."""
        return self.digits[:4]

    @property
    def subheading(self) -> str:
        """The six digits that all members of the Convention share (fewer, where the code is shorter)."""
        return self.digits[:6]

    def parents(self) -> Iterator[HsCode]:
        """All shorter codes that hold this one, longest first, down to the chapter."""
        for length in range(len(self.digits) - 1, 1, -1):
            yield HsCode(self.digits[:length])

    def within(self, prefix: str) -> bool:
        """Whether this code lies under a prefix; the empty prefix holds every code."""
        return self.digits.startswith(prefix)

    def printed(self) -> str:
        """Grouped as the trade prints it.

        >>> HsCode("8703231940").printed()
        '8703 23 194 0'
        """
        groups = (self.digits[:4], self.digits[4:6], self.digits[6:9], self.digits[9:])
        return " ".join(group for group in groups if group)

    def __str__(self) -> str:
        return self.digits
