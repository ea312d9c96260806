# SPDX-License-Identifier: Apache-2.0
"""Code lists that declarations are checked against, exchange rates, office hours and holidays."""

from __future__ import annotations

from gumruk.law.reference.calendar import outside_hours
from gumruk.law.reference.goods import Bounds, GoodsLists, PackageKind, phrase_of
from gumruk.law.reference.known import unknown_code, unknown_country
from gumruk.law.reference.lists import CodeLists, code_lists, exchange_rate

__all__ = [
    "Bounds",
    "CodeLists",
    "GoodsLists",
    "PackageKind",
    "code_lists",
    "exchange_rate",
    "outside_hours",
    "phrase_of",
    "unknown_code",
    "unknown_country",
]
