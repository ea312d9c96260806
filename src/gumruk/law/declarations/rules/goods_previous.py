# SPDX-License-Identifier: Apache-2.0
"""The rules of the previous documents of an item. What it writes off is told by DEC-84."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import Severity

PREVIOUS = f"{WCO}, class 99A"
LINE_MAX = 99_999
"""WCO Data Model, line number of a previous document: n..5."""


@item_rule("DEC-182", act=PREVIOUS)
def lines_of_previous_documents_can_be(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The line of a previous document is a number from 1, of at most five digits."""
    for place, document in enumerate(item.item.previous_documents):
        if document.line_numeric is not None and not 1 <= document.line_numeric <= LINE_MAX:
            yield f"previous_documents[{place}].line_numeric", {"line": str(document.line_numeric)}


@item_rule("DEC-185", act=PREVIOUS, severity=Severity.WARNING)
def lines_are_written_off_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An item names a line of a previous document once."""
    if len(item.item.previous_documents) < 2:
        return
    seen: set[tuple[str | None, str | None, str | None, int | None]] = set()
    for place, document in enumerate(item.item.previous_documents):
        line = (document.category_code, document.type_code, document.id, document.line_numeric)
        if line in seen:
            yield f"previous_documents[{place}]", {"document": (document.id or "-")[:35]}
        seen.add(line)
