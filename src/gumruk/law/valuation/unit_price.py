# SPDX-License-Identifier: Apache-2.0
"""The unit price at which goods are sold in the greatest aggregate quantity (WTO Valuation Agreement, article 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from gumruk.law.kernel import LEGAL_CONTEXT


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale in the country of importation, at the first commercial level after importation.

    `related`: to a person related to the seller; `to_assist_supplier`: to one who supplies assists free of charge or at
    reduced cost (Interpretative note to article 5, paragraph 5). Neither counts.
    """

    unit_price: Decimal
    quantity: Decimal
    related: bool = False
    to_assist_supplier: bool = False


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of the greatest aggregate quantity, that quantity, and what was sold at every price."""

    price: Decimal
    quantity: Decimal
    totals: Mapping[Decimal, Decimal]


def greatest_aggregate(sales: Iterable[Sale]) -> UnitPrice | None:
    """The unit price of the greatest aggregate quantity; of two such prices the lower one. None without a sale.

    Interpretative note to article 5, paragraph 1: the greatest number of units sold at one price to persons not
    related to those from whom they buy.
    """
    totals: dict[Decimal, Decimal] = {}
    with localcontext(LEGAL_CONTEXT):
        for sale in sales:
            if not sale.related and not sale.to_assist_supplier:
                totals[sale.unit_price] = totals.get(sale.unit_price, Decimal(0)) + sale.quantity
    if not totals:
        return None
    price = min(totals, key=lambda each: (-totals[each], each))
    return UnitPrice(price, totals[price], dict(sorted(totals.items())))
