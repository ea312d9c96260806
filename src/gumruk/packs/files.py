# SPDX-License-Identifier: Apache-2.0
"""Rows out of CSV and TOML files, each cell with the line it stands on. Nothing here knows what a row means."""

from __future__ import annotations

import csv
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gumruk.packs.faults import Fault

BYTES_MAX = 16_000_000
_BOM = b"\xef\xbb\xbf"
_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=\s*(.*)$""")
_SYNTAX_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Float:
    """A number with a point that stood unquoted in TOML: kept as text, because law has no floats."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was written: cells by column, the line it begins on, and in TOML each cell's own line."""

    file: str
    line: int
    cells: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def line_of(self, column: str) -> int:
        """The line of a cell."""
        return self.lines.get(column, self.line)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's rows and what could not be read of it. `columns` is None where the rows name their own (TOML)."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    columns: tuple[str, ...] | None = None


def text_of(path: Path, name: str) -> str | Fault:
    """A file's text, or why it cannot be had: unreadable, too large, a byte order mark, not UTF-8."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Fault(name, 0, "unreadable", {"reason": "not a regular file"})
        if found.st_size > BYTES_MAX:
            return Fault(name, 0, "too_large", {"limit": str(BYTES_MAX // 1_000_000)})
        content = path.read_bytes()
    except OSError as error:
        return Fault(name, 0, "unreadable", {"reason": error.strerror or type(error).__name__})
    if content.startswith(_BOM):
        return Fault(name, 1, "byte_order_mark")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Fault(name, line, "encoding", {"byte": f"{content[error.start]:#04x}"})


def rows_of_csv(path: Path, name: str) -> Rows:
    """The rows of a CSV file with a header line."""
    text = text_of(path, name)
    if isinstance(text, Fault):
        return Rows(faults=(text,))
    rows: list[Row] = []
    faults: list[Fault] = []
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        for cells in reader:
            line, begins = reader.line_num, line + 1
            if not cells:
                continue
            if len(cells) != len(header):
                counts = {"found": str(len(cells)), "expected": str(len(header))}
                faults.append(Fault(name, begins, "cell_count", counts))
                continue
            rows.append(Row(name, begins, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        faults.append(Fault(name, reader.line_num, "csv_syntax", {"reason": str(error)}))
        header = ()
    if not header and not faults:
        faults.append(Fault(name, 1, "empty_file"))
    return Rows(tuple(rows), tuple(faults), header or None)


def tables_of_toml(path: Path, name: str) -> tuple[dict[str, object], dict[str, list[dict[str, int]]]] | Fault:
    """The content of a TOML file and the line of each assignment, by table and occurrence ("" the top)."""
    text = text_of(path, name)
    if isinstance(text, Fault):
        return text
    try:
        content = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Float)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        return Fault(name, line, "toml_syntax", {"reason": str(error)})
    except RecursionError:
        return Fault(name, 0, "toml_syntax", {"reason": "nested too deep"})
    return content, _lines(text)


def rows_of_toml(path: Path, name: str, table: str) -> Rows:
    """The rows of a TOML file: each `[[table]]` is one."""
    read = tables_of_toml(path, name)
    if isinstance(read, Fault):
        return Rows(faults=(read,))
    content, lines = read
    faults = [
        Fault(
            name, (lines.get(other) or [{"": 1}])[0].get("", 1), "unknown_section", {"found": other, "expected": table}
        )
        for other in content
        if other != table
    ]
    array = content.get(table, [])
    if not isinstance(array, list) or not all(isinstance(cells, dict) for cells in array):
        return Rows(faults=(*faults, Fault(name, 1, "unknown_section", {"found": table, "expected": f"[{table}]"})))
    places = lines.get(table, [])
    rows = []
    for index, cells in enumerate(array):
        place = places[index] if index < len(places) else {}
        rows.append(Row(name, place.get("", 1), cells, {key: at for key, at in place.items() if key}))
    return Rows(tuple(rows), tuple(faults))


def _lines(text: str) -> dict[str, list[dict[str, int]]]:
    """For each table header its occurrences, each with the line of the header (under "") and of its keys."""
    found: dict[str, list[dict[str, int]]] = {"": [{"": 1}]}
    here = found[""][0]
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        header = _HEADER.match(line)
        if header:
            here = {"": number}
            found.setdefault(header.group(1), []).append(here)
            continue
        assignment = _ASSIGNMENT.match(line)
        if assignment:
            key = assignment.group(1) or assignment.group(2) or assignment.group(3)
            here.setdefault(key, number)
            if here is found[""][0]:
                found.setdefault(key, [{"": number}])
            opened = assignment.group(4)[:3]
            if opened in ('"""', "'''") and opened not in assignment.group(4)[3:]:
                closing = opened
    return found
