# SPDX-License-Identifier: Apache-2.0
"""The country's own official texts of its nomenclature, beside our labels: these are the law, ours are help.

`gumruk nomenclature import` keeps them in the data folder, one file a language, with their act and first day.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gumruk.packs.world import world

FOLDER = "nomenclature"
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}")
#: A nomenclature is smaller than this; a larger file is not one.
BYTES_MAX = 64 * 1024 * 1024
TEXT_MAX = 4000
_DIGITS = range(2, 11)
_COLUMNS = ("code", "text")
#: With these a spreadsheet takes a text for a formula: no official text begins so.
_FORMULA = ("=", "+", "-", "@")
_State = tuple[tuple[str, int], ...]


class OfficialText(NamedTuple):
    """What the law says of a code (2 to 10 digits) in a language."""

    code: str
    language: str
    text: str


class OfficialFault(Exception):
    """A file that is no list of official texts: every fault with its place, code and what the text about it needs."""

    def __init__(self, faults: Sequence[tuple[str, str, dict[str, str]]]) -> None:
        super().__init__(faults)
        self.faults = faults


def official_texts(data: Path) -> Iterator[OfficialText]:
    """The official texts held by an installation, all languages; none where none were imported."""
    for path in sorted((data / FOLDER).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield OfficialText(row["code"], path.stem, row["text"])


def official_by_code(data: Path) -> dict[tuple[str, str], str]:
    """The official texts by code and language; read again when what is held was imported anew."""
    return _by_code(data, _state(data))


def official_acts(data: Path) -> dict[str, dict[str, str]]:
    """Of each language that is held the act it was printed in and the first day it holds (`act`, `valid_from`)."""
    return _acts(data, _state(data))


@lru_cache(maxsize=2)
def _by_code(data: Path, _state: _State) -> dict[tuple[str, str], str]:
    return {(held.code, held.language): held.text for held in official_texts(data)}


@lru_cache(maxsize=2)
def _acts(data: Path, _state: _State) -> dict[str, dict[str, str]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((data / FOLDER).glob("*.json"))}


def _state(data: Path) -> _State:
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted((data / FOLDER).glob("*.[cj]s*")))


def read_official(path: Path) -> list[tuple[str, str]]:
    """Read codes and texts from a CSV file with the columns `code` and `text` (others are left alone).

    UTF-8, UTF-16 with its mark or Windows-1251; comma or semicolon. Raises OfficialFault with all faults, OSError.
    """
    if path.stat().st_size > BYTES_MAX:
        raise OfficialFault([(str(path), "too_large", {"most": str(BYTES_MAX // 2**20)})])
    content = _decoded(path.read_bytes())
    reader = csv.DictReader(io.StringIO(content), delimiter=";" if ";" in content.split("\n", 1)[0] else ",")
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise OfficialFault([(f"{path.name}:1", "no_column", {"column": ", ".join(missing)})])
    rows: dict[str, str] = {}
    faults: list[tuple[str, str, dict[str, str]]] = []
    try:
        for number, row in enumerate(reader, start=2):
            code, text = re.sub(r"[\s.]", "", row["code"] or ""), " ".join((row["text"] or "").split())
            wrong = _row_fault(code, text)
            if wrong is None and rows.setdefault(code, text) != text:
                wrong = "twice"
            if wrong:
                faults.append((f"{path.name}:{number}", wrong, {"code": code[:20], "most": str(TEXT_MAX)}))
    except csv.Error as error:
        faults.append((path.name, "no_csv", {"reason": str(error)}))
    if faults or not rows:
        raise OfficialFault(faults or [(path.name, "nothing", {})])
    return sorted(rows.items())


def _row_fault(code: str, text: str) -> str | None:
    if not (code.isascii() and code.isdigit() and len(code) in _DIGITS):
        return "no_code"
    if code not in world().nomenclature:
        return "unknown_code"
    if not text or len(text) > TEXT_MAX:
        return "no_text"
    return "formula" if text.startswith(_FORMULA) else None


def import_official(
    data: Path,
    rows: Sequence[tuple[str, str]],
    language: str,
    *,
    act: str,
    valid_from: date,
    withdraw: bool = False,
) -> dict[str, str | int]:
    """Keep the texts of a language in place of those held; the file is whole or as it was. Gives what changed.

    Raises OfficialFault where more texts would go than the rows hold, as of a file that was cut at the end of a line;
    `withdraw` takes it all the same.
    """
    folder = data / FOLDER
    path = folder / f"{language}.csv"
    held = {text.code: text.text for text in official_texts(data) if text.language == language}
    new = dict(rows)
    gone = len(held.keys() - new.keys())
    if gone > len(new) and not withdraw:
        raise OfficialFault([(path.stem, "cut", {"gone": str(gone), "told": str(len(new))})])
    folder.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(rows)
    (folder / f"{language}.json").write_text(
        json.dumps({"act": act, "valid_from": valid_from.isoformat()}, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    half.replace(path)
    return {
        "language": language,
        "count": len(new),
        "added": len(new.keys() - held.keys()),
        "changed": sum(code in held and held[code] != text for code, text in rows),
        "gone": gone,
        "act": act,
    }


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
