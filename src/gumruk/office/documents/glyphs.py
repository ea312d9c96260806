# SPDX-License-Identifier: Apache-2.0
"""What the vendored font can print, and how wide: a paper for the archive may hold no other characters."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache

from gumruk.office.ui import FONTS

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
POINT_MM = 25.4 / 72
_REGULAR, _SEMIBOLD = "IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FORBIDDEN = ("Co", "Cs", "Cn")
"""Private use, surrogates and characters that do not exist: PDF/A takes none of them, whatever the font has."""


def printable(text: str) -> str:
    """The text with U+FFFD for each character that the font has not, such as Chinese signs and pictures."""
    return _NOT_ASCII.sub(lambda found: found[0] if _prints(found[0]) else REPLACEMENT, text)


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at a size in points, without kerning."""
    widths = _widths(_SEMIBOLD if bold else _REGULAR)
    return sum(widths.get(character, widths[REPLACEMENT]) for character in text) * size * POINT_MM


def _prints(character: str) -> bool:
    return character in _widths(_REGULAR) and unicodedata.category(character) not in _FORBIDDEN


@cache
def _widths(name: str) -> dict[str, float]:
    """The font's characters with their widths in ems, from its tables `cmap` and `hmtx` (OpenType)."""
    font = (FONTS / name).read_bytes()
    tables = {}
    for place in range(_short(font, 4)):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        tables[tag] = offset
    em, count = _short(font, tables[b"head"] + 18), _short(font, tables[b"hhea"] + 34)
    found = {}
    for code, glyph in _glyphs(font, tables[b"cmap"]):
        if glyph and code != 0xFFFF:
            found[chr(code)] = _short(font, tables[b"hmtx"] + 4 * min(glyph, count - 1)) / em
    return found


def _glyphs(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Each character's glyph, from the parts of `cmap` in the formats 4 and 12."""
    for place in range(_short(font, start + 2)):
        part = start + int(struct.unpack_from(">I", font, start + 8 + 8 * place)[0])
        if _short(font, part) == 4:
            yield from _segments(font, part)
        elif _short(font, part) == 12:
            groups = struct.unpack_from(">I", font, part + 12)[0]
            for first, last, glyph in struct.iter_unpack(">III", font[part + 16 : part + 16 + 12 * groups]):
                yield from ((code, glyph + code - first) for code in range(first, last + 1))


def _segments(font: bytes, part: int) -> Iterator[tuple[int, int]]:
    count = _short(font, part + 6) // 2
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", font, part + start)
        for start in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    for number, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offset:
                place = part + 16 + 6 * count + 2 * number + offset + 2 * (code - first)
                glyph = _short(font, place)
            yield code, (glyph + delta) & 0xFFFF if glyph else 0


def _short(font: bytes, place: int) -> int:
    return int(struct.unpack_from(">H", font, place)[0])
