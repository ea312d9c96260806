# SPDX-License-Identifier: Apache-2.0
"""The page `docs/formats/lists.md`: which columns a list may have, and what may stand above them."""

from __future__ import annotations

from gumruk.wire.itemlists.fields import FIELDS, IGNORED, headers_by_language
from gumruk.wire.itemlists.grid import GRID_LIMITS

PAGE_PATH = "docs/formats/lists.md"
_HEAD = """<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Made from src/gumruk/wire/itemlists/: change fields.py and headers.toml there, not this page. -->
# Lists of goods: CSV and XLSX

A list becomes the goods items of a declaration (`gumruk.wire.itemlists`). A column is found by its header, in English,
Russian or Tajik, without regard to case, signs and Tajik letters; a person looks at the mapping before it is used, and
it is kept for the declarant as JSON: `{{"columns": [["Нетто, кг", "net_mass"]], "currency": "USD", "version": 1}}`.

- **CSV**: UTF-8, UTF-16 with its mark, else Windows-1251; the separator `;` `,` tab or `|` is found, Excel's line
  `sep=` is known. **XLSX**: the first visible sheet. Macros are refused (LIST-02), old `.xls` too (LIST-01).
- **Numbers**: 1 250,50 or 1,250.50 or 1250.5. "1,250" can be read in two ways and is told, not guessed (LIST-06).
  A spreadsheet's number is read with 15 digits. **Days**: 2026-11-25, 25.11.2026 or a cell that is formatted as a day.
- **Formulas** are never computed and their last result is not believed (LIST-04); a text that only begins like one is
  told (LIST-11). Hidden rows and columns are read and told (LIST-07, LIST-08), rows of totals passed over (LIST-12).
- A commodity code that a spreadsheet took for a number gets its first zero back, and that is told (LIST-18).
- Masses are kilograms: a column whose header names another unit is not guessed. Amounts take the currency of its
  column, or the one that a header names ("Price, USD").
- At most {rows} rows and {columns} columns are looked at, and 999 goods are read.

| field | of the item | read as | English | Russian | Tajik |
| --- | --- | --- | --- | --- | --- |
"""


def page_text() -> str:
    """The whole page."""
    text = _HEAD.format(rows=f"{GRID_LIMITS.rows_max:,}", columns=GRID_LIMITS.columns_max)
    known = headers_by_language()
    for name, field in FIELDS.items():
        words = " | ".join(", ".join(known[name][language]) or "-" for language in ("en", "ru", "tg"))
        text += f"| `{name}` | `{field.path}` | {field.kind.value} | {words} |\n"
    ignored = "; ".join(", ".join(known[IGNORED][language]) for language in ("en", "ru", "tg"))
    return f"{text}\nNot read, because no field of an item is meant: {ignored}.\n"
