# SPDX-License-Identifier: Apache-2.0
"""Tables of tariffs as CSV, read a row at a time: each row with its line, and what is no such table refused."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from io import BufferedReader, TextIOWrapper
from typing import Any, cast

from gumruk.law.kernel import Finding, Severity
from gumruk.law.tariff.duties import DutyError, read_duty
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.safety import beginning_check
from gumruk.wire.tariffs.records import Source

Row = dict[str, str]
_Reader = Any  # what csv.reader gives: its type has no name
_COLUMNS_MAX = 200
_CELL_MAX = 100_000
_CODE = re.compile(r"\d{2,10}", re.ASCII).fullmatch
_LINE_ENDS = ("\n", "\r")


class _Lines:
    """The lines of a text, and whether the last one had its end: a table that lacks it may have been cut."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text, self.last = text, "\n"

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.last = line
            yield line


def rows_of(source: Source, wanted: Sequence[str], named: str) -> Iterator[tuple[int, Row]]:
    """Each row with the number of its (last) line, by column. The header is looked at at once.

    `wanted` are the columns that the table must have, `named` is what it should be. Raises `WireError`: another kind
    of file or encoding, columns that are missing, a row with too few or too many cells, an end in the middle.
    """
    buffered = BufferedReader(source.file, 65_536)  # type: ignore[type-var]
    beginning = beginning_check(buffered.peek(2_000)[:2_000])
    if beginning.lstrip()[:1] in (b"<", b"{", b"["):
        raise refusal("TARIFF-01", line=1, found=beginning.lstrip()[:20].decode("utf-8", "replace"), wanted=named)
    lines = _Lines(TextIOWrapper(cast("BufferedReader", buffered), encoding="utf-8-sig", newline=""))
    rows = csv.reader(lines, strict=True)
    header = [name.strip() for name in _next(rows, lines) or []]
    missing = [name for name in wanted if name not in header]
    if missing or len(header) > _COLUMNS_MAX or len(set(header)) < len(header):
        found = ",".join(header)[:120]
        raise refusal("TARIFF-01", line=1, found=found, wanted=f"{named}: {','.join(missing or wanted)}")
    return _rows(rows, lines, header)


def _rows(rows: _Reader, lines: _Lines, header: list[str]) -> Iterator[tuple[int, Row]]:
    cut_line = 0
    while (cells := _next(rows, lines)) is not None:
        if not lines.last.endswith(_LINE_ENDS):
            cut_line = rows.line_num
        if not any(cells):
            continue
        if len(cells) != len(header):
            code = "TARIFF-13" if cut_line else "TARIFF-12"
            raise refusal(code, line=rows.line_num, found=len(cells), wanted=len(header))
        yield rows.line_num, dict(zip(header, cells, strict=True))
    if cut_line:
        raise refusal("TARIFF-13", line=cut_line, found="-", wanted=len(header))


def _next(rows: _Reader, lines: _Lines) -> list[str] | None:
    try:
        cells = next(rows, None)
        if cells is not None and max(map(len, cells), default=0) > _CELL_MAX:
            raise csv.Error(f"field larger than field limit ({_CELL_MAX})")
        return cells
    except UnicodeDecodeError as error:
        raise refusal("WIRE-05", byte=error.start, line=rows.line_num + 1) from error
    except csv.Error as error:
        cut = not lines.last.endswith(_LINE_ENDS) or "unexpected end" in str(error)
        if cut:
            raise refusal("TARIFF-13", line=rows.line_num, found="-", wanted="-") from error
        raise refusal("TARIFF-14", line=rows.line_num, reason=str(error)[:80]) from error


class Cells:
    """What cells of a table say, checked; what is wrong is collected, and `done` raises it all."""

    def __init__(self) -> None:
        self._wrong = Findings()
        self._texts: dict[str, str] = {}
        self._unread: Counter[str] = Counter()
        self._places: dict[str, int] = {}
        self.duties: Counter[str] = Counter()

    def code(self, text: str, line: int) -> str:
        """A goods code's digits, without points and spaces; noted as wrong where it is none, and then empty."""
        digits = text.replace(".", "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
        if _CODE(digits):
            return digits
        self.wrong("TARIFF-03", line, field="code", value=text[:60] or "-")
        return ""

    def day(self, text: str, column: str, line: int) -> str:
        """A day as 2027-01-04, or empty."""
        if not text:
            return ""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.wrong("TARIFF-02", line, field=column, value=text[:60])
            return ""

    def duty(self, text: str, line: int) -> str:
        """A duty's text, tried: one that cannot be read is kept as it is and told."""
        text = " ".join(text.split())
        code = self._texts.get(text)
        if code is None:
            try:
                read_duty(text)
            except DutyError as error:
                code = error.code
                self._places[text] = line
            self._texts[text] = code = code or ""
        self.duties["unread" if code else "read"] += 1
        if code:
            self._unread[text] += 1
        return text

    def wrong(self, code: str, line: int, **params: str) -> None:
        """Note what is wrong with a row."""
        self._wrong.add(Finding(code, f"row[{line}]", {"line": str(line), **params}))

    def done(self) -> list[Finding]:
        """At the end: raise what is wrong, else tell which texts of duties were not read, each once."""
        self._wrong.refuse()
        return [
            Finding(
                "TARIFF-17",
                f"row[{self._places[text]}]",
                {"line": str(self._places[text]), "text": text[:200], "reason": self._texts[text], "count": str(count)},
                severity=Severity.WARNING,
            )
            for text, count in self._unread.items()
        ]
