# SPDX-License-Identifier: Apache-2.0
"""A text and a place in it: what stands there is matched by patterns, and what does not is an error with its place."""

from __future__ import annotations

import re
from decimal import Decimal

from gumruk.law.tariff.duties.error import DutyError

LENGTH_MAX = 4_000
DIGITS_MAX = 20
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_NUMBER_LATIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NUMBER_CYRILLIC = re.compile(r"\d+(?:[.,]\d+)?")
_COMMA_ALONE = re.compile(r"\d+,\d+")
_SPACE = re.compile(r"\s*")


class Scanner:
    """Reads a duty text from left to right. Raises DutyError (DUTY-1) for one that is too long."""

    def __init__(self, text: str, dollar: str) -> None:
        if len(text) > LENGTH_MAX:
            raise DutyError("DUTY-1", LENGTH_MAX, {"most": str(LENGTH_MAX)})
        self.text = text.replace("\u00a0", " ")
        self.end = len(self.text.rstrip(" \t\r\n;:."))
        self.at = 0
        self.dollar = dollar
        self.cyrillic = bool(_CYRILLIC.search(self.text))
        comma = self.cyrillic or bool(_COMMA_ALONE.fullmatch(self.text.strip()))
        self._number = _NUMBER_CYRILLIC if comma else _NUMBER_LATIN
        self._comma = comma
        self.skip()

    def skip(self) -> None:
        """Pass over spaces."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def at_end(self) -> bool:
        """Whether nothing but the text's closing stop is left."""
        return self.at >= self.end

    def look(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What the pattern finds at this place."""
        return pattern.match(self.text, self.at)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What the pattern finds at this place, and pass over it and the spaces behind it."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
            self.skip()
        return found

    def number(self) -> Decimal | None:
        """The number at this place: with the decimal comma of Russian texts, else with groups of three."""
        start, found = self.at, self.take(self._number)
        if found is None:
            return None
        if len(found[0]) > DIGITS_MAX:
            self.at = start
            raise self.wrong("DUTY-2")
        return Decimal(found[0].replace(",", "." if self._comma else ""))

    def wrong(self, code: str = "DUTY-7", **params: str) -> DutyError:
        """The error at this place, naming the text that stands there."""
        found = self.text[self.at : self.at + 30].strip()
        return DutyError(code, self.at, {"found": found or "-", **params})
