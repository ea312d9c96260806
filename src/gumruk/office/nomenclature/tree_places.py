# SPDX-License-Identifier: Apache-2.0
"""Places of the tree: from the sections down to the country's own lines, what lies beside each, and old codes.

The world's tree ends at six digits. Lines of eight to ten digits are those that the country's law or its official
texts name; a law that lists no line has none here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from gumruk.law.kernel import DateRange, HsCode
from gumruk.law.lawbook import Law, LawBook
from gumruk.law.nomenclature import EDITIONS
from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialTexts
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.world import world

SECTION = re.compile(r"[IVX]{1,5}")
#: Tables of law whose keys are commodity codes, so that a key of more than six digits is a line of the country.
LINE_TABLES = ("tariff_lines", "tariff", "excise")
SUBHEADING_DIGITS = 6


class Level(StrEnum):
    """What a place of the tree is."""

    SECTION = "section"
    CHAPTER = "chapter"
    HEADING = "heading"
    SUBHEADING = "subheading"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its code (a section's numeral), the codes above it from the section down, below it and beside it."""

    code: str
    level: Level
    above: tuple[str, ...]
    below: tuple[str, ...]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class OldCode:
    """A code that only earlier editions had: those editions, oldest first, and where its goods are found today."""

    code: str
    editions: tuple[str, ...]
    now: tuple[str, ...]


def sections() -> tuple[str, ...]:
    """The sections in their order (I to XXI)."""
    tree = world().nomenclature
    return tuple(dict.fromkeys(tree.sections[chapter] for chapter in tree.chapters))


def code_read(text: str) -> str:
    """A code as people write it (`0207.14`, `iv`), without what parts its digits; what is none stays as it is."""
    numeral = text.strip().upper()
    if SECTION.fullmatch(numeral):
        return numeral
    try:
        return HsCode.read(text.strip()).digits
    except ValueError:
        return text.strip()


def country_lines(law: Law, official: OfficialTexts = NO_TEXTS) -> tuple[str, ...]:
    """The country's own lines, eight to ten digits, in order: of its law on this day and of its official texts."""
    return _both(law.made(_lines_of_law), official.lines) if official.lines else law.made(_lines_of_law)


def _lines_of_law(law: Law) -> tuple[str, ...]:
    tree = world().nomenclature
    named = {key for table in LINE_TABLES for key in law.table(table)}
    return tuple(sorted(code for code in named if len(code) > SUBHEADING_DIGITS and code in tree))


@lru_cache(maxsize=4)
def _both(of_law: tuple[str, ...], of_texts: tuple[str, ...]) -> tuple[str, ...]:
    tree = world().nomenclature
    return tuple(sorted({*of_law, *(code for code in of_texts if code in tree)}))


def line_days(code: str, book: LawBook) -> tuple[DateRange, ...]:
    """The periods in which a country's law names a line, whatever the day asked for, the earliest first."""
    rows = (entry for table in LINE_TABLES for entry in book.entries_of(table) if entry.key == code)
    held = dict.fromkeys(entry.valid for entry in rows) if len(code) > SUBHEADING_DIGITS else ()
    return tuple(sorted(held, key=lambda valid: valid.first or date.min))


def lines_above(code: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines that a line lies in, the widest first."""
    held = (code[:digits] for digits in range(SUBHEADING_DIGITS + 1, len(code)))
    return tuple(line for line in held if (place := bisect_left(lines, line)) < len(lines) and lines[place] == line)


def lines_below(code: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines one step below a code: those that no other line below it holds. The lines are in order."""
    found: list[str] = []
    for line in lines[bisect_left(lines, code) :]:
        if not line.startswith(code):
            break
        if line != code and not (found and line.startswith(found[-1])):
            found.append(line)
    return tuple(found)


def place_of(code: str, law: Law, official: OfficialTexts = NO_TEXTS) -> Place | None:
    """The place of a code or section; None where neither the tree nor the country's law or official texts know it."""
    tree = world().nomenclature
    if code in (held := sections()):
        return Place(code, Level.SECTION, (), tree.children(code), *_beside(code, held))
    lines = country_lines(law, official)
    if len(code) <= SUBHEADING_DIGITS:
        if code not in tree:
            return None
        above = tree.path(code)[:-1]
        level = (Level.CHAPTER, Level.HEADING, Level.SUBHEADING)[len(code) // 2 - 1]
        below = tree.children(code) if level is not Level.SUBHEADING else lines_below(code, lines)
        kind = {Level.CHAPTER: tree.chapters, Level.HEADING: tree.headings}.get(level, tree.subheadings)
        return Place(code, level, above, below, *_beside(code, kind))
    place = bisect_left(lines, code)
    if place == len(lines) or lines[place] != code:
        return None
    alike = [line for line in lines if len(line) == len(code)]
    above = (*tree.path(code), *lines_above(code, lines))
    return Place(code, Level.LINE, above, lines_below(code, lines), *_beside(code, alike))


def nearest_place(code: str) -> str | None:
    """The longest code of the tree that these digits begin with; None where not even the chapter is known."""
    return world().nomenclature.nearest(code) if code.isascii() and code.isdigit() else None


def old_code(code: str) -> OldCode | None:
    """A heading or subheading that only earlier editions had; None for one in force and one that no edition had."""
    held = nomenclature_content().correlation
    if len(code) not in (4, SUBHEADING_DIGITS) or code in world().nomenclature:
        return None
    found = {edition: [old for old in held.codes[edition] if old.startswith(code)] for edition in EDITIONS}
    editions = tuple(edition for edition in EDITIONS if found[edition])
    if not editions:
        return None
    now = {each[: len(code)] for old in found[editions[-1]] for each in held.now(old)}
    return OldCode(code, editions, tuple(sorted(now)))


def history_of(code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """In which codes each edition, newest first, has the goods of a subheading (of a line: of its subheading)."""
    held, subheading = nomenclature_content().correlation, code[:SUBHEADING_DIGITS]
    if subheading not in held.codes[EDITIONS[-1]]:
        return ()
    return tuple((edition, held.moved(subheading, EDITIONS[-1], edition)) for edition in reversed(EDITIONS))


def _beside(code: str, kind: Sequence[str]) -> tuple[str | None, str | None]:
    """What stands before and after a code among those of its level."""
    place = kind.index(code)
    return kind[place - 1] if place else None, kind[place + 1] if place + 1 < len(kind) else None
