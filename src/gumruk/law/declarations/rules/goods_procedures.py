# SPDX-License-Identifier: Apache-2.0
"""The rules of procedures: which pairs there can be, what each needs, and additional procedures."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.goods_law import pairs
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule, rule
from gumruk.law.kernel import Severity

PLACE = "government_procedures"
KYOTO = "Kyoto Convention"
PROCEDURE = f"{WCO}, class 70A"
NO_PROCEDURE = "00"
"""No previous procedure."""


def _procedures(reading: Reading) -> list[str]:
    """The requested procedures of the declaration, each once."""
    return list(dict.fromkeys(item.procedure for item in reading.items if item.procedure))


@item_rule("DEC-152", act=PROCEDURE)
def procedures_follow_one_another(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The requested procedure may follow the previous one (list `procedure_pair`: `40.00`)."""
    known, previous = context.law.table("procedures"), item.previous_procedure or NO_PROCEDURE
    if not item.procedure or item.procedure not in known or not (previous in known or previous == NO_PROCEDURE):
        return  # DEC-22 and DEC-154 tell
    if not context.allows("procedure_pair", f"{item.procedure}.{previous}"):
        yield f"{PLACE}[0]", {"procedure": item.procedure[:17], "previous": previous[:17]}


@item_rule("DEC-153", act=f"{KYOTO}, General Annex, standard 3.16", severity=Severity.WARNING)
def previous_procedure_has_its_document(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that come from a previous procedure name the declaration that placed them under it."""
    if item.previous_procedure in (None, "", NO_PROCEDURE):
        return
    if not item.item.previous_documents and not reading.shipment.previous_documents:
        yield "previous_documents", {"previous": (item.previous_procedure or "-")[:17]}


@item_rule("DEC-154", act=PROCEDURE)
def previous_procedure_is_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The previous procedure is one of the country's, or 00 for none."""
    previous = item.previous_procedure
    if previous in (None, "", NO_PROCEDURE):
        return
    table = context.law.table("procedures")
    if table and previous not in table:
        yield f"{PLACE}[0].previous_code", {"previous": (previous or "-")[:17]}


@rule("DEC-155", act=PROCEDURE, severity=Severity.WARNING)
def items_are_under_one_procedure(reading: Reading, context: Context) -> Iterator[Fault]:
    """All items of a declaration are placed under one procedure."""
    first = reading.items[0].procedure if reading.items else None
    for item in reading.items:
        if item.procedure and first and item.procedure != first:
            params = {
                "item": str(item.item.sequence_numeric or "?"),
                "procedure": item.procedure[:17],
                "first": first[:17],
            }
            yield f"{item.path}.{PLACE}[0]", params


@item_rule("DEC-156", act=PROCEDURE)
def additional_procedures_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An additional procedure is one of the law's list `additional_procedure` or of its reliefs."""
    if not item.additional_procedures or not context.codes("additional_procedure"):
        return
    reliefs = context.law.table("reliefs")
    for place, code in _additional(item):
        if not context.allows("additional_procedure", code) and code not in reliefs:
            yield f"{PLACE}[{place}].current_code", {"code": code[:17]}


@item_rule("DEC-157", act=PROCEDURE)
def additional_procedures_go_together(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """No two additional procedures exclude each other (list `additional_procedure_apart`: `F01.F02`)."""
    held = frozenset(item.additional_procedures)
    apart = context.law.made(pairs).get("additional_procedure_apart") if len(held) > 1 else None
    if not apart:
        return
    for place, code in _additional(item):
        for other, excluded in apart.items():
            if other in held and code in excluded:
                yield f"{PLACE}[{place}].current_code", {"code": code[:17], "other": other[:17]}


@item_rule("DEC-158", act=PROCEDURE, severity=Severity.WARNING)
def additional_procedures_are_named_once(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An additional procedure is named once."""
    if len(item.additional_procedures) < 2:
        return
    seen: set[str] = set()
    for place, code in _additional(item):
        if code in seen:
            yield f"{PLACE}[{place}].current_code", {"code": code[:17]}
        seen.add(code)


@item_rule("DEC-159", act=f"{KYOTO}, General Annex, standard 3.16", severity=Severity.WARNING)
def additional_procedures_have_documents(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An additional procedure has one of its documents (list `additional_procedure_document`: `MED.911`)."""
    if not item.additional_procedures:
        return
    wanted = context.law.made(pairs).get("additional_procedure_document")
    if not wanted:
        return
    missing = {
        code: documents
        for code, documents in wanted.items()
        if code in item.additional_procedures and not reading.names_one_of(documents, item)
    }
    for place, code in _additional(item):
        if documents := missing.get(code):
            yield f"{PLACE}[{place}].current_code", {"code": code[:17], "documents": ", ".join(sorted(documents))}


def _additional(item: ItemReading) -> Iterator[tuple[int, str]]:
    """The additional procedures with their places: the first procedure of an item is the requested one."""
    for place, procedure in enumerate(item.item.government_procedures):
        if place and procedure.current_code not in (None, "000"):
            yield place, procedure.current_code or ""


@rule("DEC-160", act=f"{KYOTO}, specific annex F, chapter 1, standard 3", severity=Severity.WARNING)
def procedure_has_its_authorisation(reading: Reading, context: Context) -> Iterator[Fault]:
    """A procedure of the law's list `authorised_procedure`, such as inward processing, names an authorisation."""
    authorised = context.codes("authorised_procedure")
    if not authorised or reading.declaration.authorisation_holders:
        return
    for procedure in _procedures(reading):
        if procedure in authorised:
            yield "authorisation_holders", {"procedure": procedure}


@item_rule("DEC-161", act=f"{KYOTO}, specific annex B, chapter 2, standard 6", severity=Severity.WARNING)
def procedure_names_what_it_goes_back_to(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Re-importation names the declaration that it goes back to (list `procedure_previous_document`: `60.830`)."""
    wanted = context.law.made(pairs).get("procedure_previous_document")
    kinds = wanted.get(item.procedure or "") if wanted else None
    if not kinds:
        return
    held = {document.type_code for document in (*item.item.previous_documents, *reading.shipment.previous_documents)}
    if not kinds & held:
        yield "previous_documents", {"procedure": item.procedure or "-", "documents": ", ".join(sorted(kinds))}


@rule("DEC-162", act=f"{KYOTO}, specific annex D, chapter 1", severity=Severity.WARNING)
def warehousing_names_its_warehouse(reading: Reading, context: Context) -> Iterator[Fault]:
    """A procedure of the law's list `warehouse_procedure` names the warehouse."""
    warehousing = context.codes("warehouse_procedure")
    if not warehousing or (reading.shipment.warehouse and reading.shipment.warehouse.id):
        return
    for procedure in _procedures(reading):
        if procedure in warehousing:
            yield "goods_shipment.warehouse.id", {"procedure": procedure}
