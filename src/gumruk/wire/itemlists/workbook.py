# SPDX-License-Identifier: Apache-2.0
"""Lists as XLSX: the first visible sheet, read part by part under limits; formulas and macros are never run.

The small part of the format (ECMA-376) that a list needs is read here with the parser that reads messages: what a
library would compute, guess or repair is what must not happen to a stranger's file.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from lxml import etree

from gumruk.wire.archive import ArchiveLimits, content_of, opened
from gumruk.wire.errors import refusal
from gumruk.wire.itemlists.grid import GRID_LIMITS, Cell, CellKind, Grid, GridLimits, GridRow
from gumruk.wire.numbers import number_text
from gumruk.wire.safety import FORBIDDEN, LIMITS, Limits

_ARCHIVE = ArchiveLimits(archive_bytes_max=50_000_000, members_max=2_000, total_bytes_max=200_000_000)
_MACROS = ("vbaproject.bin", "macroenabled")
_DAY_FORMATS = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})").fullmatch
_DIGITS = Context(prec=15)  # a spreadsheet computes with 15 digits; what stands behind them is noise
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class _Book:
    """What cells need of their workbook: shared texts, which styles are days, where days begin."""

    texts: tuple[str, ...]
    day_styles: frozenset[int]
    epoch: date


def read_workbook(content: bytes, limits: GridLimits = GRID_LIMITS) -> Grid:
    """The grid of an XLSX file; raises `WireError` for macros, damage, bombs and what is no workbook."""
    with opened(content, _ARCHIVE) as archive:
        names = {member.filename: member for member in archive.infolist()}
        types = _part(archive, "[Content_Types].xml", limits)
        if any(name.lower().endswith(_MACROS[0]) for name in names) or _MACROS[1] in types.decode("latin-1").lower():
            raise refusal("LIST-02")
        if "xl/workbook.xml" not in names:
            raise refusal("LIST-01", kind="ZIP")
        workbook = _root(_part(archive, "xl/workbook.xml", limits))
        sheet = _sheet_path(archive, workbook, limits)
        book = _Book(
            _texts(archive, names, limits),
            _day_styles(archive, names, limits),
            _EPOCH_1904 if _yes(workbook, "{*}workbookPr", "date1904") else _EPOCH,
        )
        if sheet not in names:
            raise refusal("LIST-01", kind="ZIP")
        return _grid(_part(archive, sheet, limits), book, limits)


def _part(archive: zipfile.ZipFile, name: str, limits: GridLimits) -> bytes:
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise refusal("LIST-01", kind="ZIP") from error
    content = content_of(archive, member, Limits(bytes_max=limits.part_bytes_max), _ARCHIVE)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refusal("LIST-01", kind="XML")
    count = content.count(b"<")
    if count > limits.tags_max:
        raise refusal("WIRE-31", count=count, limit=limits.tags_max)
    return content


def _root(content: bytes) -> Any:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise refusal("LIST-17", row="-") from error


def _yes(root: Any, name: str, attribute: str) -> bool:
    found = root.find(name)
    return found is not None and found.get(attribute) in ("1", "true")


def _sheet_path(archive: zipfile.ZipFile, workbook: Any, limits: GridLimits) -> str:
    """The part of the first sheet that is not hidden."""
    relations = _root(_part(archive, "xl/_rels/workbook.xml.rels", limits))
    targets = {one.get("Id"): one.get("Target") or "" for one in relations}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        if sheet.get("state") in (None, "visible"):
            target = targets.get(sheet.get(_RELATION) or sheet.get(_RELATION_STRICT), "")
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    raise refusal("LIST-09")


def _texts(archive: zipfile.ZipFile, names: dict[str, Any], limits: GridLimits) -> tuple[str, ...]:
    if "xl/sharedStrings.xml" not in names:
        return ()
    found = []
    for _, one in _events(_part(archive, "xl/sharedStrings.xml", limits), "{*}si"):
        found.append(_text_of(one)[: limits.cell_length_max])
        one.clear()
    return tuple(found)


def _text_of(element: Any) -> str:
    """The text of a cell in pieces; how Japanese is pronounced (`rPh`) is left out."""
    pieces = (one for one in element.iter("{*}t") if not one.getparent().tag.endswith("}rPh"))
    return "".join(one.text or "" for one in pieces)


def _day_styles(archive: zipfile.ZipFile, names: dict[str, Any], limits: GridLimits) -> frozenset[int]:
    if "xl/styles.xml" not in names:
        return frozenset()
    styles = _root(_part(archive, "xl/styles.xml", limits))
    formats = {one.get("numFmtId"): one.get("formatCode") or "" for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    days = set()
    for place, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        number = style.get("numFmtId") or "0"
        plain = _FORMAT_NOISE.sub("", formats.get(number, "")).lower()
        if (number.isdigit() and int(number) in _DAY_FORMATS) or ("y" in plain and "m" in plain) or "d" in plain:
            days.add(place)
    return frozenset(days)


def _events(content: bytes, *tags: str) -> Iterator[tuple[str, Any]]:
    try:
        yield from etree.iterparse(
            BytesIO(content), events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        )
    except etree.XMLSyntaxError as error:
        raise refusal("LIST-17", row="-") from error


def _grid(content: bytes, book: _Book, limits: GridLimits) -> Grid:
    rows: list[GridRow] = []
    hidden: set[int] = set()
    number = 0
    for _, element in _events(content, "{*}row", "{*}col"):
        if element.tag.endswith("}col"):
            if element.get("hidden") in ("1", "true"):
                hidden.update(
                    range(_whole(element.get("min"), 1) - 1, min(_whole(element.get("max"), 1), limits.columns_max))
                )
            continue
        number, is_hidden = _whole(element.get("r"), number + 1), element.get("hidden") in ("1", "true")
        cells = _cells(element, book, limits)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if not any(cell.text.strip() or cell.kind is not CellKind.TEXT for cell in cells):
            continue
        if len(rows) >= limits.rows_max:
            raise refusal("LIST-10", limit=limits.rows_max)
        rows.append(GridRow(number, cells, is_hidden))
    return Grid(tuple(rows), frozenset(hidden))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _cells(row: Any, book: _Book, limits: GridLimits) -> tuple[Cell, ...]:
    cells: dict[int, Cell] = {}
    column = -1
    for element in row.iterchildren("{*}c"):
        reference = _REFERENCE(element.get("r") or "")
        column = _column(reference[1]) if reference else column + 1
        if column < limits.columns_max:
            cells[column] = _cell(element, book, limits)
    return tuple(cells.get(place, Cell()) for place in range(max(cells, default=-1) + 1))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _cell(element: Any, book: _Book, limits: GridLimits) -> Cell:
    if element.find("{*}f") is not None:
        return Cell(f"={element.find('{*}f').text or ''}"[:60], CellKind.FORMULA)
    text, kind = element.findtext("{*}v") or "", element.get("t") or "n"
    match kind:
        case "s":
            place = _whole(text, len(book.texts))
            text = book.texts[place] if place < len(book.texts) else ""
        case "inlineStr":
            text = _text_of(element)
        case "e":
            return Cell(text[:20], CellKind.ERROR)
        case "n" if text:
            return _number_cell(text, element, book)
        case "d":
            return Cell(text[:10], CellKind.DAY)
        case _:
            pass
    return Cell(FORBIDDEN.sub("", text).strip()[: limits.cell_length_max])


def _number_cell(text: str, element: Any, book: _Book) -> Cell:
    if len(text) > LIMITS.number_length_max:
        return Cell(text[:60])
    try:
        value = _DIGITS.create_decimal(text.strip())
    except InvalidOperation:
        return Cell(text[:60])
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return Cell(text[:60])
    if _whole(element.get("s"), -1) in book.day_styles and 0 < value < Decimal(2_900_000):
        return Cell((book.epoch + timedelta(days=int(value))).isoformat(), CellKind.DAY)
    plain = number_text(value)
    return Cell(plain.rstrip("0").rstrip(".") if "." in plain else plain, CellKind.NUMBER)
