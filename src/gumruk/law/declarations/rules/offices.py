# SPDX-License-Identifier: Apache-2.0
"""Offices: where the goods enter, leave, are cleared and may be examined, and what passed between two posts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gumruk.law.declarations.model import PreviousDocument
from gumruk.law.declarations.reading import Reading, document_code, kilograms
from gumruk.law.declarations.rules.head import WCO, tolerance
from gumruk.law.declarations.rules.machinery import Context, Fault, rule
from gumruk.law.kernel import Severity

INLAND = "inland"


@rule("DEC-79", act=f"{WCO}, G015, G012 and G005")
def named_offices_exist(reading: Reading, context: Context) -> Iterator[Fault]:
    """Every office that is named (presentation, supervision, exit, entry) is one that the country has on that day."""
    declaration = reading.declaration
    for name, office in (
        ("presentation_office_id", declaration.presentation_office_id),
        ("supervising_office_id", declaration.supervising_office_id),
        ("entry_office_id", declaration.entry_office_id),
        ("exit_office_id", declaration.exit_office_id),
    ):
        if not office or (name == "presentation_office_id" and office == reading.office):
            continue  # DEC-5 tells of the office of lodging
        if context.law.find("offices", office) is None and not context.law.withheld("offices", office):
            yield name, {"office": office[:35]}


@rule("DEC-80", act="Kyoto Convention, Specific Annex E, chapter 1, standard 2", severity=Severity.WARNING)
def the_border_post_is_named(reading: Reading, context: Context) -> Iterator[Fault]:
    """What is cleared inland names the post that the goods entered by; an export from there, the post they leave by."""
    if _kind(context, reading.office) != INLAND:
        return
    declaration = reading.declaration
    if reading.direction == "IM" and not reading.prelodged and not declaration.entry_office_id:
        yield "entry_office_id", {"office": reading.office or "-"}
    if reading.direction == "EX" and not declaration.exit_office_id:
        yield "exit_office_id", {"office": reading.office or "-"}


@rule("DEC-81", act=f"{WCO}, G005", severity=Severity.WARNING)
def the_border_post_is_at_the_border(reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods enter and leave by a post at the border or an airport, not by an inland office."""
    for name, office in (
        ("entry_office_id", reading.declaration.entry_office_id),
        ("exit_office_id", reading.declaration.exit_office_id),
    ):
        if office and _kind(context, office) == INLAND:
            yield name, {"office": office[:35]}


def _kind(context: Context, office: str | None) -> str:
    entry = context.law.find("offices", office or "")
    return str(entry.fields.get("kind")) if entry else ""


def _previous(reading: Reading) -> Iterator[tuple[str, PreviousDocument]]:
    for place, document in enumerate(reading.shipment.previous_documents):
        yield f"goods_shipment.previous_documents[{place}]", document
    for item in reading.items:
        for place, document in enumerate(item.item.previous_documents):
            yield f"{item.path}.previous_documents[{place}]", document


@rule("DEC-82", act="Kyoto Convention, Specific Annex E, chapter 1, standard 2", severity=Severity.WARNING)
def the_transit_is_named(reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that entered by one post and are cleared at another name the transit document that they came under."""
    entered = reading.declaration.entry_office_id
    kinds = context.codes("transit_document")
    if not entered or entered == reading.office or not kinds or reading.direction != "IM":
        return
    if any(document.type_code in kinds for _, document in _previous(reading)):
        return
    if not any(
        document_code(document) in kinds or document.type_code in kinds for _, document in reading.placed_documents
    ):
        yield "goods_shipment.previous_documents", {"entered": entered[:35], "office": reading.office or "-"}


@rule("DEC-83", act=f"{WCO}, D018 and D019")
def previous_documents_are_whole(reading: Reading, context: Context) -> Iterator[Fault]:
    """A previous document has its kind, one of the country's list, and its number."""
    known = context.codes("previous_document")
    for path, document in _previous(reading):
        kind = document.type_code
        if not document.id:
            yield f"{path}.id", {"kind": (kind or "-")[:35], "number": "-"}
        elif not kind or (known and kind not in known):
            yield f"{path}.type_code", {"kind": (kind or "-")[:35], "number": document.id[:70]}


@rule("DEC-84", act=f"{WCO}, 126 and 144")
def write_offs_are_not_above_the_goods(reading: Reading, context: Context) -> Iterator[Fault]:
    """A goods item writes off no more mass and packages of its previous documents than it has itself."""
    for item in reading.items:
        documents = item.item.previous_documents
        if not documents:
            continue
        masses = [mass for d in documents if d.gross_mass and (mass := kilograms(d.gross_mass)) is not None]
        packages = [document.package_quantity for document in documents if document.package_quantity is not None]
        have = [packaging.quantity for packaging in item.item.packagings if packaging.quantity is not None]
        for name, written, held in (
            ("gross_mass", sum(masses, Decimal(0)), item.gross_mass_kg),
            ("package_quantity", sum(packages, Decimal(0)), sum(have, Decimal(0)) if have else None),
        ):
            if held is not None and written > held + tolerance(context):
                place = len(documents) - 1
                params = {"written": f"{written:f}"[:40], "held": f"{held:f}"[:40]}
                yield f"{item.path}.previous_documents[{place}].{name}", params


@rule(
    "DEC-99", act="Kyoto Convention, General Annex, standard 3.1; WCO Data Model 3.6, L017", severity=Severity.WARNING
)
def the_goods_can_be_found(reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods that are presented say where they may be examined: a place by its code or its name, in the country."""
    consignment = reading.shipment.consignment
    place = consignment.goods_location if consignment else None
    if place is None or not (place.id or place.name):
        if not reading.prelodged and reading.direction in ("IM", "EX"):
            yield "goods_shipment.consignment.goods_location", {"country": "-"}
    elif place.address and place.address.country_code and place.address.country_code != context.country:
        shown = {"country": place.address.country_code[:35]}
        yield "goods_shipment.consignment.goods_location.address.country_code", shown


@rule("DEC-200", act="Kyoto Convention, General Annex, standard 3.1")
def the_office_clears_the_procedure(reading: Reading, context: Context) -> Iterator[Fault]:
    """The office of lodging clears the procedure, where the law lists what it clears (`procedures_of_<office>`)."""
    office = reading.office or ""
    cleared = context.codes(f"procedures_of_{office}")
    if not cleared:
        return
    for item in reading.items:
        if item.procedure and item.procedure not in cleared:
            yield f"{item.path}.government_procedures", {"office": office, "procedure": item.procedure[:35]}
