# SPDX-License-Identifier: Apache-2.0
"""From a declaration to the narrow facts that an assessment asks for, with an officer's decisions in place of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gumruk.law.assessment import ExportDocument, GoodsFacts, ItemFacts, Returned
from gumruk.law.declarations.model import Amount, CustomsValuation
from gumruk.law.declarations.reading import ItemReading, Reading, day_of, document_code
from gumruk.law.kernel import HsCode, Money
from gumruk.law.origin import Consignment, Proof
from gumruk.law.valuation import Adjustment, Extras

OTHER_METHODS = frozenset("23456")
"""The methods of valuation but that by the price paid or payable (WTO Valuation Agreement, articles 2 to 7)."""


def goods_facts(
    reading: Reading, *, outside_hours: bool = False, decided: Mapping[str, str] | None = None
) -> GoodsFacts:
    """The facts of a declaration that passed its checks.

    `decided` replaces what was declared, by path: `items[0].code`, `items[0].origin`, `items[0].customs_value`.
    Raises ValueError for a declaration without code or price on an item: the checks come first.
    """
    header = tuple(document_code(document) for document in reading.documents)
    items = tuple(_item_facts(item, header, reading) for item in reading.items)
    if decided:
        items = tuple(
            replace(
                facts,
                code=HsCode(decided.get(f"items[{place}].code", facts.code.digits)),
                origin=decided.get(f"items[{place}].origin", facts.origin),
                decided_value=_value(decided.get(f"items[{place}].customs_value")),
            )
            for place, facts in enumerate(items)
        )
    valuation = reading.shipment.customs_valuation
    return GoodsFacts(
        items,
        freight=_money(reading.freight),
        insurance=_money(reading.insurance),
        outside_hours=outside_hours,
        adjustments=_adjustments(valuation),
    )


def _item_facts(item: ItemReading, header: tuple[str, ...], reading: Reading) -> ItemFacts:
    if item.code is None or item.price is None or item.price.currency is None:
        raise ValueError(f"{item.path} cannot be assessed before it passes the checks")
    return ItemFacts(
        sequence=item.item.sequence_numeric or 0,
        code=item.code,
        price=Money(item.price.value, item.price.currency),
        origin=item.origin,
        procedure=item.procedure or "",
        previous_procedure=item.previous_procedure or "",
        additional_procedures=item.additional_procedures,
        preference=item.preference,
        documents=(*header, *(document_code(document) for document in item.documents)),
        net_mass_kg=item.net_mass_kg,
        gross_mass_kg=item.gross_mass_kg,
        quantities=item.quantities,
        extras=_extras(item.item.customs_valuation),
        stated_value=_stated(item),
        consignment=_consignment(item, reading) if item.preference else Consignment(),
        returned=_returned(item, reading),
    )


def _returned(item: ItemReading, reading: Reading) -> Returned | None:
    """The documents that go before, where there are any. Who claims a relief says that the goods were not changed."""
    before = (*reading.shipment.previous_documents, *item.item.previous_documents)
    if not before:
        return None
    return Returned(
        tuple(
            ExportDocument(
                f"{document.category_code or ''}{document.type_code or ''}",
                document.id or "",
                day_of(document.issue.text) if document.issue else None,
            )
            for document in before
        )
    )


def _consignment(item: ItemReading, reading: Reading) -> Consignment:
    """How the goods of an item came: asked only where a preference is claimed."""
    return Consignment(
        item.item.export_country_id or reading.shipment.export_country_id,
        tuple(
            Proof(
                document_code(document),
                day_of(document.issue.text) if document.issue else None,
                day_of(document.expiration.text) if document.expiration else None,
            )
            for document in (*reading.documents, *item.documents)
        ),
    )


def _extras(valuation: CustomsValuation | None) -> Extras | None:
    """What was stated for one item alone; None where nothing was."""
    if valuation is None:
        return None
    freight, insurance = _money(valuation.freight_charge_amount), _money(valuation.insurance_charge_amount)
    adjustments = _adjustments(valuation)
    return Extras(freight, insurance, adjustments) if freight or insurance or adjustments else None


def _adjustments(valuation: CustomsValuation | None) -> tuple[Adjustment, ...]:
    """Additions and deductions of an amount, by their codes."""
    found = []
    for stated in valuation.charge_deductions if valuation else ():
        amount = _money(stated.other_charge_deduction_amount)
        if amount is not None:
            found.append(Adjustment(stated.charges_type_code or "", amount))
    return tuple(found)


def _stated(item: ItemReading) -> Money | None:
    """The value of goods that are not valued by the price paid for them, as it was stated."""
    return _money(item.item.customs_value_amount) if item.method in OTHER_METHODS else None


def _value(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _money(amount: Amount | None) -> Money | None:
    if amount is None or amount.currency is None:
        return None
    return Money(amount.value, amount.currency)
