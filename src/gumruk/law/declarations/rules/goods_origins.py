# SPDX-License-Identifier: Apache-2.0
"""The rules of origin: what a preference needs, and origins that deserve a second look."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.declarations.rules.head import WCO
from gumruk.law.declarations.rules.machinery import Context, Fault, item_rule
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Entry

ORIGIN_ANNEX = "WTO Agreement on Rules of Origin, annex II"
FEES = "commodity.duty_tax_fees"
NOT_PREFERENTIAL, PREFERENTIAL = "1", "2"
"""WCO Data Model, origin type: whether the origin gives a claim to a preference."""


def _scheme(item: ItemReading, context: Context) -> Entry | None:
    """The scheme whose preference is claimed, where it covers the origin (DEC-27 tells where it does not)."""
    if item.preference is None:
        return None
    entry = context.legal.of("preference").find("preferences", item.preference)
    return entry if entry is not None and item.origin in _words(entry, "countries") else None


def _words(entry: Entry, name: str) -> tuple[str, ...]:
    words = entry.fields.get(name)
    return words if isinstance(words, tuple) else ()


def _exported_from(item: ItemReading, reading: Reading) -> str | None:
    return item.item.export_country_id or reading.shipment.export_country_id


@item_rule("DEC-142", act="Kyoto Convention, specific annex K, chapter 1", severity=Severity.INFORMATION)
def goods_come_from_their_origin(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Imported goods that come from another country than that of their origin: both are worth a look."""
    country = _exported_from(item, reading)
    known = context.lists.countries
    if reading.direction == "IM" and country != item.origin and country in known and item.origin in known:
        yield "origins", {"origin": item.origin or "-", "country": country or "-"}


@item_rule("DEC-143", act=f"{ORIGIN_ANNEX}; Kyoto Convention, specific annex K, chapter 2", severity=Severity.WARNING)
def preference_has_its_proof(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A preference that is claimed is shown by a proof of origin of its scheme."""
    entry = _scheme(item, context)
    proofs = _words(entry, "proof") if entry else ()
    if proofs and not reading.names_one_of(proofs, item):
        yield "additional_documents", {"preference": item.preference or "-", "documents": ", ".join(proofs)}


@item_rule("DEC-144", act=ORIGIN_ANNEX)
def preference_covers_the_goods(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A preference is not claimed for goods that its scheme excludes."""
    entry = _scheme(item, context)
    excluded = _words(entry, "excluded") if entry else ()
    if item.code is not None and any(item.code.within(prefix) for prefix in excluded):
        yield FEES, {"preference": item.preference or "-", "code": item.code.digits}


@item_rule("DEC-145", act=ORIGIN_ANNEX, severity=Severity.WARNING)
def preference_rests_on_a_preferential_origin(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """A preference is claimed on an origin that is declared as preferential (2), not as non-preferential (1)."""
    if item.item.origins and item.item.origins[0].type_code == NOT_PREFERENTIAL and _scheme(item, context) is not None:
        yield "origins[0].type_code", {"preference": item.preference or "-"}


@item_rule("DEC-146", act=ORIGIN_ANNEX, severity=Severity.INFORMATION)
def preferential_origin_is_used(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An origin that is declared as preferential may give a lower duty: no preference is claimed."""
    if reading.direction != "IM" or item.preference is not None or not item.item.origins:
        return
    if item.item.origins[0].type_code == PREFERENTIAL:
        yield "origins[0].type_code", {"origin": item.origin or "-"}


@item_rule("DEC-147", act=f"{WCO}, class 92A")
def kinds_of_origin_are_known(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """The kind of an origin is one of the law's list `origin_type`."""
    for place, origin in enumerate(item.item.origins):
        if origin.type_code is not None and not context.allows("origin_type", origin.type_code):
            yield f"origins[{place}].type_code", {"kind": origin.type_code[:17] or "-"}


@item_rule("DEC-148", act="ISO 3166-1", severity=Severity.INFORMATION)
def origin_is_one_country(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An origin is one country: a union, a group or "unknown" (list `origin_group`) is none."""
    for place, origin in enumerate(item.item.origins):
        if origin.country_code is not None and origin.country_code in context.codes("origin_group"):
            yield f"origins[{place}].country_code", {"origin": origin.country_code}


@item_rule("DEC-149", act=f"{WCO}, class 92A", severity=Severity.WARNING)
def goods_have_one_origin(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods have one origin of a kind: goods of two origins are two items."""
    if len(item.item.origins) < 2:
        return
    kinds: dict[str | None, str | None] = {}
    for place, origin in enumerate(item.item.origins):
        first = kinds.setdefault(origin.type_code, origin.country_code)
        if first != origin.country_code:
            yield f"origins[{place}]", {"first": first or "-", "second": origin.country_code or "-"}


@item_rule("DEC-150", act=f"{ORIGIN_ANNEX}; rules of direct consignment", severity=Severity.WARNING)
def preferential_goods_come_directly(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """Goods with a preference come from a country of its scheme: direct consignment."""
    entry = _scheme(item, context)
    country = _exported_from(item, reading)
    if entry is not None and country is not None and country not in (*_words(entry, "countries"), item.origin):
        yield "origins", {"preference": item.preference or "-", "country": country[:17]}


@item_rule("DEC-151", act="Kyoto Convention, specific annexes B chapter 2 and C", severity=Severity.INFORMATION)
def origin_fits_the_direction(item: ItemReading, reading: Reading, context: Context) -> Iterator[Fault]:
    """An import of the country's own goods may be a re-importation, an export of foreign goods a re-exportation."""
    own = item.origin == context.country
    if item.origin in context.lists.countries and (reading.direction, own) in (("IM", True), ("EX", False)):
        yield "origins", {"origin": item.origin or "-", "procedure": item.procedure or "-"}
