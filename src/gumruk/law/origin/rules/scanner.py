# SPDX-License-Identifier: Apache-2.0
"""A rule's text without its links and stars, and a place in it; every place is told as one of the printed text."""

from __future__ import annotations

import re
from bisect import bisect_right

from gumruk.law.kernel.scanner import Scanner
from gumruk.law.origin.rules.error import RuleError

LENGTH_MAX = 6_000
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_MARKS = {"\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2013": "-", "\u2019": "'", "\u2018": "'"}
#: Stands in the plain text for an "or" on a line of its own: what is before and behind it are whole alternatives.
OR_SIGN = " || "
_OR_LINE = re.compile(r"[;,.]?\s*\n\s*\*{0,2}or\*{0,2}:?[ \t]*\n\s*(?!-|\*\s)", re.IGNORECASE)
#: A star at the beginning of a line sets off an indent.
_INDENT = re.compile(r"(?:^|\s*\n)\s*\*[ \t]+")
#: What is not text: passed over, or put as what it means.
_PLAIN = (
    (_INDENT, " - "),
    (re.compile(r"\\?\*"), ""),
    (_OR_LINE, OR_SIGN),
    (re.compile(r"(?:\s|&nbsp;|<br ?/?>)+"), " "),
    (re.compile(r"</?[a-z]+[^<>]{0,200}>", re.IGNORECASE), ""),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"&#39;"), "'"),
)


class RuleScanner(Scanner):
    """Reads a rule from left to right. Raises RuleError (ROO-1) for a text that is too long."""

    def __init__(self, text: str) -> None:
        if len(text) > LENGTH_MAX:
            raise RuleError("ROO-1", LENGTH_MAX, {"most": str(LENGTH_MAX)})
        plain, self._places = _plain(text)
        super().__init__(plain, ";.")

    def place(self, at: int) -> int:
        """The position in the printed text of a position in the plain one; behind its end, of its end."""
        at = min(at, len(self.text))
        index = bisect_right(self._places, (at, len(self.text) * 9)) - 1
        plain, printed = self._places[index]
        return printed + at - plain

    def wrong(self, code: str = "ROO-4", **params: str) -> RuleError:
        """The error at this place, naming the text that stands there."""
        found = self.text[self.at : self.at + 60].strip()
        return RuleError(code, self.place(self.at), {"found": found or "-", **params})


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without links, stars and entities, and where each of its pieces begins in the printed text."""
    pieces: list[str] = []
    places = [(0, 0)]
    length = at = 0

    def put(piece: str, passed: int) -> None:
        nonlocal length, at
        pieces.append(piece)
        length, at = length + len(piece), at + passed
        if len(piece) != passed:
            places.append((length, at))

    while at < len(text):
        link = _LINK.match(text, at)
        if link is not None:
            put("", 1)
            put(_plain(link[1])[0], link.end() - at)
            continue
        for pattern, plain in _PLAIN:
            if (found := pattern.match(text, at)) is not None:
                put(plain, found.end() - at)
                break
        else:
            put(_MARKS.get(text[at], text[at]), 1)
    return "".join(pieces), places
