# SPDX-License-Identifier: Apache-2.0
"""Code lists that all countries share, and the exchange rate of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.kernel import ExchangeRate
from gumruk.law.lawbook import Entry, Law
from gumruk.law.reference.goods import GoodsLists


@dataclass(frozen=True, slots=True)
class CodeLists:
    """The lists of the world: ISO 3166 countries, ISO 4217 currencies, HS codes (chapters, headings, subheadings)."""

    countries: frozenset[str]
    currencies: frozenset[str]
    commodity_codes: frozenset[str]
    goods: GoodsLists = field(default_factory=GoodsLists)


def code_lists(law: Law) -> Mapping[str, frozenset[str]]:
    """The lists of the table `codes` (`list.code`) as they stand on the law's day, by name. For `law.made`."""
    lists: dict[str, set[str]] = {}
    for key in law.table("codes"):
        name, _, code = key.partition(".")
        lists.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in lists.items()}


def exchange_rate(law: Law, currency: str) -> tuple[ExchangeRate, Entry] | None:
    """The rate of a currency in force on the law's day, with its entry; None where none is published.

    Table `exchange_rates`: `amount` of the country's currency buys `per` units of the foreign one.
    """
    entry = law.find("exchange_rates", currency)
    amount = entry.fields.get("amount") if entry else None
    if entry is None or not isinstance(amount, Decimal):
        return None
    per = entry.fields.get("per")
    return ExchangeRate(currency, amount, int(per) if isinstance(per, int | Decimal) else 1), entry
