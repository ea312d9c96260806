# SPDX-License-Identifier: Apache-2.0
"""The fields that a list's column can fill, and what people write above such a column."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType


class Kind(StrEnum):
    """How a cell becomes a value."""

    TEXT = "text"
    CODE = "code"
    """Letters and digits: spaces within are left out."""
    GOODS_CODE = "goods code"
    """A commodity code: spaces and points are left out, a zero that a spreadsheet took from its front is put back."""
    NUMBER = "number"
    WHOLE = "whole number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its path in a goods item, and how its cells are read."""

    path: str
    kind: Kind


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "sequence": Field("sequence_numeric", Kind.WHOLE),
        "commodity_code": Field("commodity.classifications[0].id", Kind.GOODS_CODE),
        "description": Field("commodity.description", Kind.TEXT),
        "origin": Field("origins[0].country_code", Kind.CODE),
        "procedure": Field("government_procedures[0].current_code", Kind.CODE),
        "previous_procedure": Field("government_procedures[0].previous_code", Kind.CODE),
        "gross_mass": Field("commodity.goods_measure.gross_mass", Kind.NUMBER),
        "net_mass": Field("commodity.goods_measure.net_mass", Kind.NUMBER),
        "quantity": Field("commodity.goods_measure.tariff_quantity", Kind.NUMBER),
        "unit": Field("commodity.goods_measure.tariff_quantity", Kind.CODE),
        "price": Field("commodity.item_charge_amount", Kind.NUMBER),
        "currency": Field("commodity.item_charge_amount", Kind.CODE),
        "customs_value": Field("customs_value_amount", Kind.NUMBER),
        "statistical_value": Field("statistical_value_amount", Kind.NUMBER),
        "packages": Field("packagings[0].quantity", Kind.NUMBER),
        "package_type": Field("packagings[0].type_code", Kind.CODE),
        "marks": Field("packagings[0].marks_numbers_id", Kind.TEXT),
        "container": Field("commodity.transport_equipments[0].id", Kind.CODE),
        "invoice": Field("commodity.invoice_id", Kind.TEXT),
        "vehicle": Field("commodity.vehicles[0].id", Kind.CODE),
        "document_type": Field("additional_documents[0].type_code", Kind.CODE),
        "document_number": Field("additional_documents[0].id", Kind.TEXT),
        "document_day": Field("additional_documents[0].issue", Kind.DAY),
    }
)
"""Every field by its name, in the order in which a page offers them."""

_LETTERS = str.maketrans("ёғӣқӯҳҷй", "егикухчи")
_NO_WORD = re.compile(r"[^\w№]+|_+")
_NOT_KILOGRAMS = re.compile(r"\b(т|тн|тонн\w*|t|tons?|tonnes?|lbs?|pounds?|г|гр|грамм\w*|grams?)\b")
_CURRENCY = re.compile(r"\b(USD|EUR|RUB|CNY|TJS|KZT|UZS|TRY|GBP|AED|KGS|CHF|JPY|INR|IRR)\b")
_MASSES = ("gross_mass", "net_mass")
IGNORED = "ignored"
"""The entry of `headers.toml` for columns that no field is."""


def folded(header: str) -> str:
    """A header as it is compared: small letters, Tajik letters as they are typed without a Tajik keyboard, no signs."""
    text = unicodedata.normalize("NFKC", header).casefold().translate(_LETTERS)
    return " ".join(_NO_WORD.sub(" ", text).split())


def headers_by_language() -> dict[str, dict[str, list[str]]]:
    """The known headers by field (and `IGNORED`) and language."""
    return tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))


_KNOWN = {
    folded(header): name
    for name, by_language in headers_by_language().items()
    for headers in by_language.values()
    for header in headers
}


def is_known(header: str) -> bool:
    """Whether a header is one that is known word for word."""
    return folded(header) in _KNOWN


def field_for(header: str) -> str | None:
    """The field that a header most likely means; None where nothing speaks for any, or its unit is not the field's."""
    text = folded(header)
    if not text:
        return None
    known = _KNOWN.get(text)
    if known is None:
        words = f" {text} "
        inside = [one for one in _KNOWN if len(one) > 3 and f" {one} " in words]
        known = _KNOWN[max(inside, key=len)] if inside else None
    if known == IGNORED or (known in _MASSES and _NOT_KILOGRAMS.search(text)):
        return None
    return known


def currency_in(header: str) -> str | None:
    """The currency that a header names, as in "Price, USD"."""
    found = _CURRENCY.search(header)
    return found[1] if found else None
