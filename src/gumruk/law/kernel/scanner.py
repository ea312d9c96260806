# SPDX-License-Identifier: Apache-2.0
"""A text and a place in it, from left to right: what stands there is matched by patterns."""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s*")


class Scanner:
    """Reads a text from left to right. `end` is where its closing signs (`stops`, spaces) begin, `at` the place."""

    def __init__(self, text: str, stops: str) -> None:
        self.text = text
        self.end = len(text.rstrip(f" \t\r\n{stops}"))
        self.at = 0
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
