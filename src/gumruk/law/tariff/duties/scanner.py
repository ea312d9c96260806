# SPDX-License-Identifier: Apache-2.0
"""A text and a place in it: what stands there is matched by patterns, and what does not is an error with its place."""

from __future__ import annotations

import re
from decimal import Decimal

from gumruk.law.kernel.scanner import Scanner
from gumruk.law.tariff.duties.error import DutyError

LENGTH_MAX = 4_000
DIGITS_MAX = 20
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_NUMBER_LATIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NUMBER_CYRILLIC = re.compile(r"\d+(?:[.,]\d+)?")
_COMMA_ALONE = re.compile(r"\d+,\d+")


class DutyScanner(Scanner):
    """Reads a duty text from left to right. Raises DutyError (DUTY-1) for one that is too long."""

    def __init__(self, text: str, dollar: str) -> None:
        if len(text) > LENGTH_MAX:
            raise DutyError("DUTY-1", LENGTH_MAX, {"most": str(LENGTH_MAX)})
        super().__init__(text.replace("\u00a0", " "), ";:.")
        self.dollar = dollar
        self.cyrillic = bool(_CYRILLIC.search(self.text))
        comma = self.cyrillic or bool(_COMMA_ALONE.fullmatch(self.text.strip()))
        self._number = _NUMBER_CYRILLIC if comma else _NUMBER_LATIN
        self._comma = comma

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
