# SPDX-License-Identifier: Apache-2.0
"""What the tests of rules share: a good declaration, a small law, and words to change one thing in either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk import texts
from gumruk.law.declarations import Context, check_declaration, read_declaration
from gumruk.law.declarations.model import (
    AdditionalDocument,
    Address,
    Amount,
    Classification,
    Commodity,
    Consignment,
    CustomsValuation,
    Declaration,
    GoodsItem,
    GoodsLocation,
    GoodsMeasure,
    GoodsShipment,
    GovernmentProcedure,
    Measure,
    Origin,
    Packaging,
    Party,
)
from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Entry, LawBook, Legal, Moments
from gumruk.law.reference import CodeLists

DAY = date(2026, 12, 1)
ENTRIES = (
    Entry("values", "currency", {"value": "TJS"}),
    Entry("values", "declaration.items_max", {"value": 3}),
    Entry("values", "nomenclature.length", {"value": 10}),
    Entry("values", "tolerance.totals", {"value": Decimal("0.01")}),
    Entry("offices", "TJ-KUL", {}),
    Entry("procedures", "40", {"flow": "import"}),
    Entry("procedures", "10", {"flow": "export"}),
    Entry("documents", "380", {}),
    Entry("exchange_rates", "USD", {"amount": Decimal("9.5"), "per": 1}),
    Entry("preferences", "CIS", {"countries": ("RU",), "proof": ("861",)}),
)
BOOK = LawBook("TJ", ENTRIES)
LISTS = CodeLists(frozenset({"CN", "RU", "TJ"}), frozenset({"USD", "TJS", "JPY"}), frozenset({"851713", "87"}))
CONTEXT = Context(Legal(BOOK, Moments(DAY, DAY)), LISTS, DAY)


def law(*entries: Entry, day: date = DAY) -> Context:
    """The small law with further rows: a row with the key of one that stands takes its place."""
    taken = {(entry.table, entry.key) for entry in entries}
    kept = [entry for entry in ENTRIES if (entry.table, entry.key) not in taken]
    return Context(Legal(LawBook("TJ", [*kept, *entries]), Moments(day, day)), LISTS, day)


def coded(name: str, *codes: str) -> tuple[Entry, ...]:
    """A code list as rows of the table `codes`."""
    return tuple(Entry("codes", f"{name}.{code}") for code in codes)


def numbered(code: str, number: str, grade: str = "error") -> Entry:
    """A row of `checks` that gives a rule its number."""
    return Entry("checks", code, {"grade": grade, "number": Decimal(number)})


ITEM = GoodsItem(
    sequence_numeric=1,
    commodity=Commodity(
        description="Smartphones",
        classifications=(Classification(id="8517130000", identification_type_code="HS"),),
        goods_measure=GoodsMeasure(
            gross_mass=Measure(Decimal(120), "KGM"),
            net_mass=Measure(Decimal(100), "KGM"),
            tariff_quantity=Measure(Decimal(400), "NAR"),
        ),
        item_charge_amount=Amount(Decimal("50000.00"), "USD"),
    ),
    customs_valuation=CustomsValuation(method_code="1"),
    government_procedures=(GovernmentProcedure(current_code="40", previous_code="00"),),
    origins=(Origin(country_code="CN"),),
    packagings=(Packaging(quantity=Decimal(20), type_code="CT"),),
)
GOOD = Declaration(
    function_code="9",
    functional_reference_id="ATR-1",
    type_code="IMA",
    declaration_office_id="TJ-KUL",
    goods_item_quantity=1,
    total_package_quantity=Decimal(20),
    total_gross_mass=Measure(Decimal(120), "KGM"),
    invoice_amount=Amount(Decimal("50000.00"), "USD"),
    declarant=Party(id="020012345"),
    exporter=Party(name="Kashgar Silk Road Trading Co., Ltd", address=Address(country_code="CN")),
    additional_documents=(AdditionalDocument(type_code="380", id="INV-1"),),
    goods_shipment=GoodsShipment(
        importer=Party(id="020012345"),
        export_country_id="CN",
        destination_country_code="TJ",
        consignment=Consignment(goods_location=GoodsLocation(id="TJ-KUL")),
        items=(ITEM,),
    ),
)


def findings(declaration: Declaration, context: Context = CONTEXT) -> tuple[Finding, ...]:
    """All findings of a declaration; each has all that its words need."""
    told = check_declaration(read_declaration(declaration), context)
    for finding in told:
        for part in ("text", "mend"):
            words = texts.find("en", f"finding.{finding.code}.{part}") or ""
            assert texts.placeholders(words) <= set(finding.params), finding
    return told


def found(declaration: Declaration, context: Context = CONTEXT) -> list[tuple[str, str]]:
    """The code and the path of each finding."""
    return [(finding.code, finding.path) for finding in findings(declaration, context)]


def places(code: str, declaration: Declaration, context: Context = CONTEXT) -> list[str]:
    """Where a rule finds something; empty where it is kept."""
    return [path for found_code, path in found(declaration, context) if found_code == code]


def paths(found_findings: Iterable[Finding]) -> list[str]:
    """The paths alone."""
    return [finding.path for finding in found_findings]


def with_item(**changes: Any) -> Declaration:
    return with_items(replace(ITEM, **changes))


def with_items(*items: GoodsItem) -> Declaration:
    assert GOOD.goods_shipment is not None
    return replace(GOOD, goods_shipment=replace(GOOD.goods_shipment, items=items))


def with_commodity(**changes: Any) -> Declaration:
    assert ITEM.commodity is not None
    return with_item(commodity=replace(ITEM.commodity, **changes))


def with_shipment(**changes: Any) -> Declaration:
    assert GOOD.goods_shipment is not None
    return replace(GOOD, goods_shipment=replace(GOOD.goods_shipment, **changes))


def with_consignment(**changes: Any) -> Declaration:
    """GOOD with something else of its consignment."""
    assert GOOD.goods_shipment is not None and GOOD.goods_shipment.consignment is not None
    return with_shipment(consignment=replace(GOOD.goods_shipment.consignment, **changes))


def measure(**changes: Any) -> Declaration:
    assert ITEM.commodity is not None and ITEM.commodity.goods_measure is not None
    return with_commodity(goods_measure=replace(ITEM.commodity.goods_measure, **changes))
