# SPDX-License-Identifier: Apache-2.0
"""From a declaration to the narrow facts that an assessment asks for, with an officer's decisions in place of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gumruk.law.assessment import GoodsFacts, ItemFacts
from gumruk.law.declarations.model import Amount
from gumruk.law.declarations.reading import ItemReading, Reading, document_code
from gumruk.law.kernel import HsCode, Money


def goods_facts(
    reading: Reading, *, outside_hours: bool = False, decided: Mapping[str, str] | None = None
) -> GoodsFacts:
    """The facts of a declaration that passed its checks.

    `decided` replaces what was declared, by path: `items[0].code`, `items[0].origin`, `items[0].customs_value`.
    Raises ValueError for a declaration without code or price on an item: the checks come first.
    """
    header = tuple(document_code(document) for document in reading.documents)
    items = tuple(_item_facts(item, header) for item in reading.items)
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
    return GoodsFacts(items, _money(reading.freight), _money(reading.insurance), outside_hours)


def _item_facts(item: ItemReading, header: tuple[str, ...]) -> ItemFacts:
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
    )


def _value(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _money(amount: Amount | None) -> Money | None:
    if amount is None or amount.currency is None:
        return None
    return Money(amount.value, amount.currency)
