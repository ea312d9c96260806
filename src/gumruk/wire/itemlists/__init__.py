# SPDX-License-Identifier: Apache-2.0
"""Goods items from lists that traders keep: CSV and XLSX, with a column mapping that is guessed, shown and remembered.

A page asks `headers_of(content)`, shows `guess_mapping(headers)` or a remembered `Mapping.from_json(text)`, lets a
person change it, then reads `read_items(content, mapping)` and keeps `mapping.to_json()` for the declarant.
"""

from __future__ import annotations

from gumruk.wire.itemlists.fields import FIELDS, Field, Kind, field_for
from gumruk.wire.itemlists.mapping import Mapping, guess_mapping
from gumruk.wire.itemlists.reader import ItemList, headers_of, read_items

__all__ = ["FIELDS", "Field", "ItemList", "Kind", "Mapping", "field_for", "guess_mapping", "headers_of", "read_items"]
