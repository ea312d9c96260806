# SPDX-License-Identifier: Apache-2.0
"""Which characters the vendored font can print: a paper for the archive may hold no others."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache

from gumruk.office.ui import FONTS

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_FONT = FONTS / "IBMPlexSans-Regular.ttf"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FORBIDDEN = ("Co", "Cs", "Cn")
"""Private use, surrogates and characters that do not exist: PDF/A takes none of them, whatever the font has."""


def printable(text: str) -> str:
    """The text with U+FFFD for each character that the font has not, such as Chinese signs and pictures."""
    return _NOT_ASCII.sub(lambda found: found[0] if _prints(found[0]) else REPLACEMENT, text)


def _prints(character: str) -> bool:
    return ord(character) in _codes() and unicodedata.category(character) not in _FORBIDDEN


@cache
def _codes() -> frozenset[int]:
    """The font's characters, from the segments of its table `cmap` (OpenType, formats 4 and 12)."""
    font = _FONT.read_bytes()
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(_short(font, 4)))
    start = next(offset for name, _, offset, _ in tables if name == b"cmap")
    found: set[int] = set()
    for place in range(_short(font, start + 2)):
        part = start + int(struct.unpack_from(">I", font, start + 8 + 8 * place)[0])
        if _short(font, part) == 4:
            found.update(_segments(font, part))
        elif _short(font, part) == 12:
            groups = struct.unpack_from(">I", font, part + 12)[0]
            for first, last, _ in struct.iter_unpack(">III", font[part + 16 : part + 16 + 12 * groups]):
                found.update(range(first, last + 1))
    return frozenset(found - {0xFFFF})


def _segments(font: bytes, part: int) -> list[int]:
    count = _short(font, part + 6) // 2
    lasts = struct.unpack_from(f">{count}H", font, part + 14)
    firsts = struct.unpack_from(f">{count}H", font, part + 16 + 2 * count)
    return [code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)]


def _short(font: bytes, place: int) -> int:
    return int(struct.unpack_from(">H", font, place)[0])
