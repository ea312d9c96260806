# SPDX-License-Identifier: Apache-2.0
"""Workbooks made for tests, part by part: what a spreadsheet program would write, and what a stranger might."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/>'
    "</Relationships>"
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy;@"/>'
    '<numFmt numFmtId="171" formatCode="0.00&quot; day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)


def cell(value: object) -> str:
    """One cell: a text, a number, or its XML as it is where it begins with `<`."""
    if isinstance(value, str) and value.startswith("<"):
        return value
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def sheet(rows: Sequence[Sequence[object]], hidden: Sequence[int] = (), columns: str = "") -> str:
    """A worksheet of these rows; `hidden` are numbers of rows."""
    lines = "".join(
        f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in hidden else ""}>'
        f"{''.join(map(cell, row))}</row>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{lines}</sheetData></worksheet>'


def book(
    first: str,
    *,
    second: str = "",
    state: str = "visible",
    shared: Sequence[str] = (),
    parts: Mapping[str, str] | None = None,
    properties: str = "",
) -> bytes:
    """A workbook whose first sheet this is."""
    names = f'<sheet name="1" sheetId="1" r:id="r1" state="{state}"/><sheet name="2" sheetId="2" r:id="r2"/>'
    namespaces = f'xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"'
    held = {
        "[Content_Types].xml": _TYPES,
        "xl/workbook.xml": f"<workbook {namespaces}>{properties}<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _RELS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": first,
        "xl/worksheets/sheet2.xml": second or sheet([]),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(shared)}</sst>',
        **(parts or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return packed.getvalue()
