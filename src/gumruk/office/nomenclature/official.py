# SPDX-License-Identifier: Apache-2.0
"""A file of a country's own official texts of its nomenclature: these are the law, our labels are help.

`gumruk nomenclature import` keeps what is read here as an edition (`keeping`), with its act and days.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gumruk.packs.world import world

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}")
#: A nomenclature is smaller than this; a larger file is not one.
BYTES_MAX = 64 * 1024 * 1024
TEXT_MAX = 4000
ACT_MAX = 300
_DIGITS = range(2, 11)
_COLUMNS = ("code", "text")
#: With these a spreadsheet takes a text for a formula: no official text begins so.
_FORMULA = ("=", "+", "-", "@")
#: What stands in no text: the sign for a lost letter, and signs that move a typewriter.
_NO_LETTERS = re.compile("[\\ufffd\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f]")
#: In Windows-1251 also: letters of no language of the region (DOS's, taken for Windows'), and words that begin small
#: and go on in capitals (KOI8's).
_NO_WINDOWS = re.compile(
    _NO_LETTERS.pattern
    + "|[\u0402\u0403\u0452\u0453\u0409\u040a\u040b\u040f\u0459\u045a\u045b\u045f]|\\b[\u0430-\u044f][\u0410-\u042f]{2}"
)


class Changes(NamedTuple):
    """What a list of texts changes: how many codes are new, have another text, are gone."""

    added: int = 0
    changed: int = 0
    gone: int = 0


NO_CHANGES = Changes()


class OfficialFault(Exception):
    """A file that is no list of official texts: every fault with its place, code and what the text about it needs."""

    def __init__(self, faults: Sequence[tuple[str, str, dict[str, str]]]) -> None:
        super().__init__(faults)
        self.faults = faults


def changes_between(held: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """What leads from the texts that are held to new ones, by code."""
    return Changes(
        added=len(new.keys() - held.keys()),
        changed=sum(held[code] != text for code, text in new.items() if code in held),
        gone=len(held.keys() - new.keys()),
    )


def read_official(path: Path) -> list[tuple[str, str]]:
    """Read codes and texts from a CSV file with the columns `code` and `text` (others are left alone).

    UTF-8, UTF-16 with its mark or Windows-1251; comma or semicolon. Raises OfficialFault with all faults, OSError.
    """
    if path.stat().st_size > BYTES_MAX:
        raise OfficialFault([(str(path), "too_large", {"most": str(BYTES_MAX // 2**20)})])
    content = _decoded(path)
    reader = csv.DictReader(io.StringIO(content), delimiter=";" if ";" in content.split("\n", 1)[0] else ",")
    rows: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults: list[tuple[str, str, dict[str, str]]] = []
    try:
        missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise OfficialFault([(f"{path.name}:1", "no_column", {"column": ", ".join(missing)})])
        for row in reader:
            code, text = re.sub(r"[\s.]", "", row["code"] or ""), " ".join((row["text"] or "").split())
            wrong, first = _row_fault(code, text), lines.setdefault(code, reader.line_num)
            if wrong is None and code in rows:
                wrong = "twice"
            if wrong:
                params = {"code": code[:20], "most": str(TEXT_MAX), "first": str(first)}
                faults.append((f"{path.name}:{reader.line_num}", wrong, params))
            else:
                rows[code] = text
    except csv.Error as error:
        faults.append((f"{path.name}:{reader.line_num + 1}", "no_csv", {"reason": str(error)}))
    if faults or not rows:
        raise OfficialFault(faults or [(path.name, "nothing", {})])
    return sorted(rows.items())


def _row_fault(code: str, text: str) -> str | None:
    if not (code.isascii() and code.isdigit() and len(code) in _DIGITS):
        return "no_code"
    if code not in world().nomenclature:
        return "unknown_code"
    if not text:
        return "no_text"
    if len(text) > TEXT_MAX:
        return "long_text"
    return "formula" if text.startswith(_FORMULA) else None


def _decoded(path: Path) -> str:
    """The file's text, without any guess: a line whose letters cannot have been meant so is a fault."""
    content = path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
        wrong = _lines_with(text, _NO_LETTERS)
    elif not (broken := [place for place, line in enumerate(content.splitlines(), 1) if not _is_utf8(line)]):
        text = content.decode("utf-8-sig")
        wrong = _lines_with(text, _NO_LETTERS)
    elif any(_is_utf8(line) and not line.isascii() for line in content.removeprefix(codecs.BOM_UTF8).splitlines()):
        text, wrong = "", broken
    else:
        text = content.decode("cp1251", errors="replace")
        wrong = _lines_with(text, _NO_WINDOWS)
    if wrong:
        raise OfficialFault([(f"{path.name}:{line}", "encoding", {}) for line in wrong])
    return text


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lines_with(text: str, pattern: re.Pattern[str]) -> list[int]:
    return [place for place, line in enumerate(text.split("\n"), 1) if pattern.search(line)]
