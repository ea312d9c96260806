# SPDX-License-Identifier: Apache-2.0
"""The fields that a pack's charges may speak of."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gumruk.law.expression import FieldType, Kind
from gumruk.law.lawbook import LawBook
from gumruk.law.tariff.vocabulary import EXCHANGE, QUANTITY, VALUE, duty_vocabulary

_TEXT = FieldType(Kind.TEXT)
_MAYBE_TEXT = FieldType(Kind.TEXT, optional=True)
_CODE = FieldType(Kind.CODE)
_BOOLEAN = FieldType(Kind.BOOLEAN)
AMOUNT = FieldType(Kind.NUMBER, digits=20, scale=2, optional=True)
HOURS = FieldType(Kind.NUMBER, digits=6, scale=2)
LAW_VALUE = FieldType(Kind.NUMBER, digits=12, scale=6, optional=True)


def law_field(key: str) -> str:
    """The field under which a decimal of the table `values` is read: `vat.rate` is `law.vat_rate`."""
    return f"law.{key.replace('.', '_')}"


def law_fields(book: LawBook) -> dict[str, str]:
    """All decimals of `values`, on any day: field -> key."""
    return {
        law_field(entry.key): entry.key
        for entry in book.entries_of("values")
        if isinstance(entry.fields.get("value"), Decimal) or entry.fields.get("type") == "decimal"
    }


def currencies_of(book: LawBook) -> frozenset[str]:
    """Every currency that has a rate on some day, and the country's own."""
    own = {str(e.fields["value"]) for e in book.entries_of("values") if e.key == "currency" and e.fields.get("value")}
    return frozenset({entry.key for entry in book.entries_of("exchange_rates")} | own)


def item_vocabulary(currencies: Iterable[str], law: Iterable[str], charges: Iterable[str]) -> dict[str, FieldType]:
    """The vocabulary of charges on an item: the goods, quantities, rates of exchange, law values, earlier charges."""
    return {
        "item.code": _CODE,
        "item.origin": _MAYBE_TEXT,
        "item.procedure": _TEXT,
        "item.previous_procedure": _TEXT,
        "item.customs_value": VALUE,
        "item.net_mass_kg": QUANTITY,
        "item.gross_mass_kg": QUANTITY,
        "base": AMOUNT,
        **dict.fromkeys(law, LAW_VALUE),
        **{f"charge.{name}": AMOUNT for name in charges},
        **{name: kind for name, kind in duty_vocabulary(frozenset(currencies)).items() if name != "value"},
    }


def declaration_vocabulary(
    currencies: Iterable[str], law: Iterable[str], charges: Iterable[str]
) -> dict[str, FieldType]:
    """The vocabulary of charges on a whole declaration; `charge.<name>` is that charge's sum over the items."""
    item = {
        "code": _CODE,
        "origin": _MAYBE_TEXT,
        "procedure": _TEXT,
        "customs_value": VALUE,
        "net_mass_kg": QUANTITY,
        "gross_mass_kg": QUANTITY,
    }
    return {
        "declaration.customs_value": VALUE,
        "declaration.item_count": FieldType(Kind.NUMBER, digits=5, scale=0),
        "declaration.procedure": _TEXT,
        "declaration.outside_hours": _BOOLEAN,
        "declaration.outside_place": _BOOLEAN,
        "declaration.service_hours": HOURS,
        "declaration.agricultural": _BOOLEAN,
        "bracket.amount": AMOUNT,
        "base": AMOUNT,
        "items": FieldType(Kind.LIST, items=item),
        **dict.fromkeys(law, LAW_VALUE),
        **{f"charge.{name}": AMOUNT for name in charges},
        **{f"fx.{currency}": EXCHANGE for currency in sorted(set(currencies))},
    }
