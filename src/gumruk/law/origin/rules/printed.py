# SPDX-License-Identifier: Apache-2.0
"""A rule in our one notation, which `read_rule` reads again into an equal tree.

Every kind of rule is a word with its fields in brackets; a field at its usual value is left out:
`all(change(heading, excluded=[0409-0410]), value(40, bases=[ex_works]))`.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any

from gumruk.law.origin.rules.tree import (
    All,
    Change,
    Choice,
    Content,
    Exempt,
    ForGoods,
    From,
    Goods,
    Noted,
    NotUsed,
    Originating,
    OriginatingValue,
    OriginatingWeight,
    Process,
    Rule,
    Span,
    ValueMost,
    ValueNotAbove,
    WeightMost,
    WhollyObtained,
)

#: The notation's word for each kind of rule.
WORDS: dict[str, type[Any]] = {
    "wholly_obtained": WhollyObtained,
    "originating": Originating,
    "change": Change,
    "from": From,
    "value": ValueMost,
    "weight": WeightMost,
    "value_not_above_originating": ValueNotAbove,
    "originating_value": OriginatingValue,
    "originating_weight": OriginatingWeight,
    "content": Content,
    "not_used": NotUsed,
    "process": Process,
    "exempt": Exempt,
    "for": ForGoods,
    "noted": Noted,
    "all": All,
    "any": Choice,
    "goods": Goods,
}
_NAMES = {kind: word for word, kind in WORDS.items()}


def printed_rule(rule: Rule) -> str:
    """The rule's text: `change(heading)`, `for([2814], change(heading))`."""
    return _printed(rule)


def usual(kind: type[Any]) -> dict[str, Any]:
    """The fields of a kind of rule in their order, with the value that each has where nothing is said."""
    return {one.name: one.default for one in fields(kind)}


def _printed(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_printed(one) for one in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Span):
        return value.first if value.first == value.last else f"{value.first}-{value.last}"
    if isinstance(value, str):
        return value if value.isidentifier() and value not in WORDS else _quoted(value)
    if isinstance(value, Goods) and value == Goods(value.spans) and len(value.spans) == 1:
        return _printed(value.spans[0])
    said = [
        _printed(given) if default is MISSING else f"{name}={_printed(given)}"
        for name, default in usual(type(value)).items()
        if (given := getattr(value, name)) != default
    ]
    return f"{_NAMES[type(value)]}({', '.join(said)})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
