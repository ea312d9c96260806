# SPDX-License-Identifier: Apache-2.0
"""The rules of the documents of an item: exemptions, and what is written off licences. DEC-87 to 89 tell of days."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.model import AdditionalDocument, Measure
from gumruk.law.declarations.reading import ItemReading, Reading, document_code
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import UNITS, Severity

DOCUMENT = f"{WCO}, class 02A"
WRITE_OFF = f"{WCO}, class 22C"
NUMBER_LENGTH_MAX = 70
"""WCO Data Model, D005: an..70."""


def _documents(item: ItemReading) -> Iterator[tuple[str, AdditionalDocument]]:
    for place, document in enumerate(item.documents):
        yield f"additional_documents[{place}]", document


@item_rule("DEC-163", act=DOCUMENT)
def exemptions_from_documents_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The reason why a document is not needed is one of the law's list `document_exemption`."""
    for place, document in _documents(item):
        code = document.lpco_exemption_code
        if code is not None and not context.allows("document_exemption", code):
            yield f"{place}.lpco_exemption_code", {"code": code[:17] or "-"}


@item_rule("DEC-164", act=f"{WCO}, D005")
def numbers_of_documents_can_be_held(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A document's number has at most 70 characters."""
    for place, document in _documents(item):
        if document.id is not None and len(document.id) > NUMBER_LENGTH_MAX:
            yield f"{place}.id", {"number": document.id[:40], "most": str(NUMBER_LENGTH_MAX)}


@item_rule("DEC-165", act=WRITE_OFF)
def write_offs_are_above_zero(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """What is written off a licence is above zero."""
    for place, document in _documents(item):
        written = document.write_off
        if written is None:
            continue
        for name, figure in (("quantity", written.quantity), ("amount", written.amount)):
            if figure is not None and figure.value <= 0:
                yield f"{place}.write_off.{name}", {"number": (document.id or "-")[:40], "value": f"{figure.value:f}"}


@item_rule("DEC-166", act=WRITE_OFF, severity=Severity.WARNING)
def write_offs_are_what_the_goods_are(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """What an item writes off its licences of one kind is its own quantity in that unit, neither more nor less."""
    sums: dict[tuple[str, str], Measure] = {}
    places: dict[tuple[str, str], str] = {}
    for place, document in _documents(item):
        quantity = document.write_off.quantity if document.write_off else None
        if quantity is None or quantity.unit not in UNITS or not quantity.value.is_finite():
            continue
        key = document_code(document), quantity.unit or ""
        held = sums.get(key)
        sums[key] = Measure(quantity.value if held is None else held.value + quantity.value, quantity.unit)
        places.setdefault(key, f"{place}.write_off.quantity")
    for key, total in sums.items():
        goods = item.quantities.get(key[1])
        if goods is not None and goods != total.value:
            yield places[key], {"written": f"{total.value:f}", "goods": f"{goods:f}", "unit": key[1]}


@item_rule("DEC-167", act=DOCUMENT, severity=Severity.INFORMATION)
def exempted_documents_are_not_shown(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A document that is not needed, for a reason of the law's list `document_exemption`, has no number."""
    reasons = context.codes("document_exemption") if item.documents else frozenset()
    for place, document in _documents(item):
        if document.lpco_exemption_code in reasons and document.lpco_exemption_code and document.id:
            params = {"code": document.lpco_exemption_code[:17], "number": document.id[:40]}
            yield f"{place}.lpco_exemption_code", params


@item_rule("DEC-168", act="WTO Agreement on Import Licensing Procedures, article 3", severity=Severity.WARNING)
def licences_say_what_is_written_off(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A licence that holds for a quantity (list `written_off_document`) says what this item writes off it."""
    written_off = context.codes("written_off_document") if item.documents else frozenset()
    if not written_off:
        return
    for place, document in _documents(item):
        listed = document.type_code in written_off or document_code(document) in written_off
        if listed and document.write_off is None and not document.lpco_exemption_code:
            yield f"{place}.write_off", {"document": document_code(document)[:17], "number": (document.id or "-")[:40]}
