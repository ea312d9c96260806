# SPDX-License-Identifier: Apache-2.0
"""The walker that explains: the value, and the steps that led to it."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk.law.expression.checker import ITEM, Checked, Typed
from gumruk.law.expression.functions import rounding_of
from gumruk.law.expression.render import render
from gumruk.law.expression.tree import ARITHMETIC, LOGIC, Binary, Call, Field, In, Negate, Not, Text, literal_value
from gumruk.law.expression.vocabulary import Kind, conform
from gumruk.law.kernel import LEGAL_CONTEXT, Audience, Rounding, Step, divided

Value = Decimal | str | bool | date | None

MISSING = "\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Explained:
    """A value, None where it is missing, with the steps that led to it."""

    value: Value
    steps: tuple[Step, ...]


def explain(
    checked: Checked, facts: Mapping[str, object], *, audience: Audience = Audience.TRADER, act: str | None = None
) -> Explained:
    """Evaluate an expression on facts and tell how. Branches not taken are not told.

    Raises ExpressionError where facts that the expression reads do not keep to its vocabulary (see `conform`).
    """
    conform(checked.fields, facts)
    walker = _Walker(facts, audience, act)
    with decimal.localcontext(LEGAL_CONTEXT):
        value = walker.value(checked.root)
    return Explained(_unsigned_zero(value), tuple(walker.steps))


def shown(value: object) -> str:
    """A value as a step's parameter: plain digits, ISO days, source words, a dash where it is missing."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value if value else value.copy_abs():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _unsigned_zero(value: Value) -> Value:
    return value.copy_abs() if isinstance(value, Decimal) and not value else value


_OPERATIONS: dict[str, tuple[str, Callable[..., Value]]] = {
    "+": ("add", lambda a, b: a + b),
    "-": ("subtract", lambda a, b: a - b),
    "*": ("multiply", lambda a, b: a * b),
    "==": ("compare", lambda a, b: a == b),
    "!=": ("compare", lambda a, b: a != b),
    "<": ("compare", lambda a, b: a < b),
    "<=": ("compare", lambda a, b: a <= b),
    ">": ("compare", lambda a, b: a > b),
    ">=": ("compare", lambda a, b: a >= b),
}


class _Walker:
    def __init__(self, facts: Mapping[str, object], audience: Audience, act: str | None) -> None:
        self._facts = facts
        self._item: Mapping[str, object] | None = None
        self._stamp = (audience, act)
        self.steps: list[Step] = []

    def _tell(self, code: str, typed: Typed, **params: object) -> None:
        if self._item is not None:
            return  # what happens within a list is told once, by the list's own step
        words = {name: shown(value) for name, value in params.items()}
        audience, act = self._stamp
        self.steps.append(Step(f"expression.{code}", {"expression": render(typed.node), **words}, "", act, audience))

    def value(self, typed: Typed) -> Value:
        node = typed.node
        if isinstance(node, Field):
            return self._field(typed, node)
        if isinstance(node, Binary):
            return self._logic(typed, node) if node.operator in LOGIC else self._binary(typed, node)
        if isinstance(node, Call):
            return _CALLS[node.name](self, typed)
        if isinstance(node, In):
            return self._in(typed, node)
        if isinstance(node, Negate):
            number = self._number(typed.parts[0])
            return None if number is None else -number
        if isinstance(node, Not):
            truth = self.value(typed.parts[0])
            return None if truth is None else not truth
        return literal_value(node)

    def _number(self, typed: Typed) -> Decimal | None:
        value = self.value(typed)
        if value is not None and not isinstance(value, Decimal):
            raise TypeError(f"the checker let {type(value).__name__} through as a number")
        return value

    def _field(self, typed: Typed, node: Field) -> Value:
        if typed.of_item and self._item is not None:
            value = self._item.get(node.path.removeprefix(ITEM))
        else:
            value = self._facts.get(node.path)
        if value is None:
            self._tell("missing", typed)
        return value  # type: ignore[return-value]  # conform has seen that it is of a field's kind

    def _binary(self, typed: Typed, node: Binary) -> Value:
        left, right = self.value(typed.parts[0]), self.value(typed.parts[1])
        code, operation = _OPERATIONS[node.operator]
        result = None if left is None or right is None else operation(left, right)
        operator = {} if node.operator in ARITHMETIC else {"operator": node.operator}
        self._tell(code, typed, left=left, **operator, right=right, result=result)
        return result

    def _logic(self, typed: Typed, node: Binary) -> Value:
        """Three-valued: one side may settle it, whatever the other; else a missing side leaves it missing."""
        settles = node.operator == "or"
        left = self.value(typed.parts[0])
        if left is settles:
            return settles
        right = self.value(typed.parts[1])
        if right is settles:
            return settles
        return None if left is None or right is None else not settles

    def _in(self, typed: Typed, node: In) -> Value:
        value = self.value(typed.parts[0])
        if value is None:
            result = None
        elif typed.parts[0].type.kind is Kind.CODE:
            listed = (choice.value.removesuffix("*") for choice in node.choices if isinstance(choice, Text))
            result = any(str(value).startswith(code) for code in listed)
        else:
            result = any(value == literal_value(choice) for choice in node.choices)
        self._tell("in", typed, value=value, result=result)
        return result

    def choose(self, typed: Typed) -> Value:
        condition, then, otherwise = typed.parts
        truth = self.value(condition)
        result = self.value(then if truth is True else otherwise)
        self._tell("if", typed, condition=render(condition.node), holds=truth, result=result)
        return result

    def default(self, typed: Typed) -> Value:
        value = self.value(typed.parts[0])
        if value is not None:
            return value
        result = self.value(typed.parts[1])
        self._tell("default", typed, result=result)
        return result

    def has(self, typed: Typed) -> Value:
        result = self.value(typed.parts[0]) is not None
        self._tell("has", typed, result=result)
        return result

    def extreme(self, typed: Typed, code: str, better: Callable[[Value, Value], bool]) -> Value:
        values = [self.value(part) for part in typed.parts]
        result: Value = None
        if None not in values:
            result = values[0]
            for value in values[1:]:
                result = value if better(value, result) else result
        self._tell(code, typed, values="; ".join(shown(value) for value in values), result=result)
        return result

    def days_between(self, typed: Typed) -> Value:
        first, last = (self.value(part) for part in typed.parts)
        result = None
        if isinstance(first, date) and isinstance(last, date):
            result = Decimal((last - first).days)
        self._tell("days_between", typed, left=first, right=last, result=result)
        return result

    def round(self, typed: Typed) -> Value:
        value = self._number(typed.parts[0])
        rounding = _rounding(typed)
        result = None if value is None else rounding.apply(value)
        self._tell("round", typed, value=value, method=rounding.method, scale=str(rounding.scale), result=result)
        return result

    def ratio(self, typed: Typed) -> Value:
        value, divisor = self._number(typed.parts[0]), self._number(typed.parts[1])
        rounding = _rounding(typed)
        result = None if value is None or not divisor else divided(value, divisor, rounding)
        self._tell(
            "ratio_by_zero" if divisor is not None and not divisor else "ratio",
            typed,
            left=value,
            right=divisor,
            method=rounding.method,
            scale=str(rounding.scale),
            result=result,
        )
        return result

    def _items(self, typed: Typed) -> Sequence[Mapping[str, object]] | None:
        return self.value(typed)  # type: ignore[return-value]  # a list is no value, and is read here only

    def aggregate(self, typed: Typed, code: str, gather: Callable[[list[Value]], Value]) -> Value:
        items = self._items(typed.parts[0])
        values: list[Value] = []
        for item in items or ():
            self._item = item
            values.append(self.value(typed.parts[1]) if len(typed.parts) > 1 else True)
        self._item = None
        result = None if items is None else gather(values)
        self._tell(code, typed, items=str(len(values)), result=result)
        return result


def _rounding(typed: Typed) -> Rounding:
    rounding = rounding_of(typed.node) if isinstance(typed.node, Call) else None
    if rounding is None:
        raise TypeError("a call that names no rounding")
    return rounding


def _sum(values: list[Value]) -> Value:
    total = Decimal(0)
    for value in values:
        if not isinstance(value, Decimal):
            return None
        total += value
    return total


def _count(values: list[Value]) -> Value:
    return Decimal(sum(1 for value in values if value is True))


def _any(values: list[Value]) -> Value:
    return True if True in values else (None if None in values else False)


def _all(values: list[Value]) -> Value:
    return False if False in values else (None if None in values else True)


_CALLS: dict[str, Callable[[_Walker, Typed], Value]] = {
    "all": lambda walker, typed: walker.aggregate(typed, "all", _all),
    "any": lambda walker, typed: walker.aggregate(typed, "any", _any),
    "count": lambda walker, typed: walker.aggregate(typed, "count", _count),
    "days_between": _Walker.days_between,
    "default": _Walker.default,
    "has": _Walker.has,
    "if": _Walker.choose,
    "max": lambda walker, typed: walker.extreme(typed, "max", lambda value, best: value > best),  # type: ignore[operator]
    "min": lambda walker, typed: walker.extreme(typed, "min", lambda value, best: value < best),  # type: ignore[operator]
    "ratio": _Walker.ratio,
    "round": _Walker.round,
    "sum": lambda walker, typed: walker.aggregate(typed, "sum", _sum),
}
