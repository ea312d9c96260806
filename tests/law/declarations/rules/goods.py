# SPDX-License-Identifier: Apache-2.0
"""What the tests of the rules of goods share: the lists of the world, and words to change one thing of an item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.law.declarations.cases import ITEM, law, places, with_commodity, with_item, with_items

from gumruk.law.declarations import Context
from gumruk.law.declarations.model import (
    Classification,
    Declaration,
    GoodsItem,
    GoodsMeasure,
    GovernmentProcedure,
    Measure,
    Packaging,
)
from gumruk.law.lawbook import Entry
from gumruk.packs.world import world

CODES = "items[0].commodity.classifications"
DESCRIPTION = "items[0].commodity.description"
QUANTITY = "items[0].commodity.goods_measure.tariff_quantity"
GROSS = "items[0].commodity.goods_measure.gross_mass"
NET = "items[0].commodity.goods_measure.net_mass"
PRICE = "items[0].commodity.item_charge_amount"


def goods_law(*entries: Entry) -> Context:
    """The small law with further rows, and the lists of the world."""
    return replace(law(*entries), lists=world().code_lists)


def asked(code: str, declaration: Declaration, *entries: Entry) -> list[str]:
    """Where a rule finds something under the small law with further rows."""
    return places(code, declaration, goods_law(*entries))


def commodity_item(**changes: Any) -> GoodsItem:
    """The item with something else of its commodity."""
    assert ITEM.commodity is not None
    return replace(ITEM, commodity=replace(ITEM.commodity, **changes))


def with_code(code: str, kind: str | None = "HS", **changes: Any) -> Declaration:
    return with_commodity(classifications=(Classification(id=code, identification_type_code=kind),), **changes)


def described(text: str) -> Declaration:
    return with_commodity(description=text)


def packed(*packagings: Packaging, **changes: Any) -> Declaration:
    return with_item(packagings=packagings, **changes)


def package(quantity: str | None, kind: str | None = "CT", marks: str | None = "NO MARKS 1") -> Packaging:
    return Packaging(quantity=None if quantity is None else Decimal(quantity), type_code=kind, marks_numbers_id=marks)


def measured(gross: str | None, net: str | None, quantity: str | None = None, unit: str | None = None) -> GoodsMeasure:
    """Masses in kilograms, and the quantity of the tariff line."""
    return GoodsMeasure(
        gross_mass=None if gross is None else Measure(Decimal(gross), "KGM"),
        net_mass=None if net is None else Measure(Decimal(net), "KGM"),
        tariff_quantity=None if quantity is None else Measure(Decimal(quantity), unit),
    )


def under(current: str, previous: str | None = "00", *additional: str) -> GoodsItem:
    """The item under a procedure with additional ones."""
    further = tuple(GovernmentProcedure(current_code=code) for code in additional)
    first = GovernmentProcedure(current_code=current, previous_code=previous)
    return replace(ITEM, government_procedures=(first, *further))


def procedure(current: str, previous: str | None = "00", *additional: str) -> Declaration:
    return with_items(under(current, previous, *additional))


def second(**changes: Any) -> GoodsItem:
    """A second item, like the first but for what is named."""
    return replace(ITEM, sequence_numeric=2, **changes)
