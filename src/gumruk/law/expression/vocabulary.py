# SPDX-License-Identifier: Apache-2.0
"""What an expression may speak of: fields with their kinds and bounds, and whether given facts keep to them."""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gumruk.law.expression.error import ExpressionError
from gumruk.law.expression.tree import DIGITS_MAX, SCALE_MAX

ITEMS_MAX = 10_000


class Kind(StrEnum):
    """What a value is. A code is text that has a hierarchy by its beginning, such as a commodity code."""

    NUMBER = "number"
    TEXT = "text"
    CODE = "code"
    BOOLEAN = "boolean"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a field, and of each expression.

    A number has at most `digits` digits in all, `scale` of them after the point (as SQL's DECIMAL(digits, scale)). A
    list has the vocabulary of its items: `items={"code": ...}` is written `item.code` within `sum`, `count`, `any` and
    `all`. `optional` says that the value may be missing.
    """

    kind: Kind
    digits: int = 0
    scale: int = 0
    items: Vocabulary | None = None
    optional: bool = False

    def __post_init__(self) -> None:
        if self.kind is Kind.NUMBER:
            if not (1 <= self.digits <= DIGITS_MAX and 0 <= self.scale <= min(self.digits, SCALE_MAX)):
                raise ValueError(f"a number has 1 to 38 digits, 0 to 18 of them after the point: {self}")
        elif self.digits or self.scale:
            raise ValueError(f"only a number has digits: {self}")
        if (self.kind is Kind.LIST) != (self.items is not None):
            raise ValueError(f"a list, and nothing else, has the vocabulary of its items: {self}")
        if self.items and any(item.kind is Kind.LIST for item in self.items.values()):
            raise ValueError("a list within the items of a list is not in the language")

    @property
    def whole(self) -> int:
        """Digits before the point."""
        return self.digits - self.scale


Vocabulary = Mapping[str, FieldType]

_PYTHON: dict[Kind, type] = {
    Kind.NUMBER: Decimal,
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.BOOLEAN: bool,
    Kind.DATE: date,
}


def conform(vocabulary: Vocabulary, facts: Mapping[str, object], prefix: str = "") -> None:
    """Check facts against a vocabulary, once, where they come in. Facts that no field names are let be.

    Raises ExpressionError `fact_missing`, `fact_kind`, `fact_range` or `list_too_long`, with the path of the fact
    (`items[3].code`; the first item is 0, as in findings).
    """
    for path, field in vocabulary.items():
        value = facts.get(path)
        if value is None:
            if not field.optional:
                raise ExpressionError("expression.fact_missing", None, {"path": prefix + path})
        elif field.items is not None:
            _conform_list(field.items, value, prefix + path)
        elif type(value) is not _PYTHON[field.kind]:
            params = {"path": prefix + path, "expected": field.kind.value, "found": type(value).__name__}
            raise ExpressionError("expression.fact_kind", None, params)
        elif isinstance(value, Decimal):
            _conform_number(field, value, prefix + path)


def _conform_list(items: Vocabulary, value: object, path: str) -> None:
    if not isinstance(value, list | tuple):
        params = {"path": path, "expected": Kind.LIST.value, "found": type(value).__name__}
        raise ExpressionError("expression.fact_kind", None, params)
    if len(value) > ITEMS_MAX:
        raise ExpressionError("expression.list_too_long", None, {"path": path, "limit": str(ITEMS_MAX)})
    for number, item in enumerate(value):
        if not isinstance(item, Mapping):
            params = {"path": f"{path}[{number}]", "expected": Kind.LIST.value, "found": type(item).__name__}
            raise ExpressionError("expression.fact_kind", None, params)
        conform(items, item, f"{path}[{number}].")


def _conform_number(field: FieldType, value: Decimal, path: str) -> None:
    context = _HOLDING.get((field.digits, field.scale)) or _holding(field)
    try:
        # Raises for a digit too many on either side of the point; zeros too many are no harm.
        if value.quantize(context[0], None, context[1]).is_finite():
            return
    except (decimal.Inexact, decimal.InvalidOperation):
        pass
    params = {"path": path, "digits": str(field.digits), "scale": str(field.scale)}
    raise ExpressionError("expression.fact_range", None, params)


_HOLDING: dict[tuple[int, int], tuple[Decimal, decimal.Context]] = {}


def _holding(field: FieldType) -> tuple[Decimal, decimal.Context]:
    """The last place of a field's numbers, and a context that holds just its digits."""
    traps = [decimal.InvalidOperation, decimal.Inexact]
    made = Decimal((0, (1,), -field.scale)), decimal.Context(prec=field.digits, traps=traps)
    return _HOLDING.setdefault((field.digits, field.scale), made)
