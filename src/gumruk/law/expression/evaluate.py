# SPDX-License-Identifier: Apache-2.0
"""From the typed tree to nested functions that compute a value and note how."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk.law.expression.checker import ITEM, Typed
from gumruk.law.expression.functions import rounding_of
from gumruk.law.expression.render import render
from gumruk.law.expression.tree import ARITHMETIC, LOGIC, Binary, Call, Field, In, Negate, Not, Text, literal_value
from gumruk.law.expression.vocabulary import Kind
from gumruk.law.kernel import divided

Value = Decimal | str | bool | date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a step before it is taken: its code, fixed parameters, and the names of the values met."""

    code: str
    names: tuple[str, ...]
    params: Mapping[str, str]


Note = tuple[Told, tuple[object, ...]]
# Facts, the item of the list that is being gone through (else the facts), and the notes taken so far. The checker has
# seen to the kinds, so that values are not looked at twice.
Evaluation = Callable[[Mapping[str, object], Mapping[str, object], list[Note]], Any]

_OPERATIONS: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "+": ("add", operator.add),
    "-": ("subtract", operator.sub),
    "*": ("multiply", operator.mul),
    "==": ("compare", operator.eq),
    "!=": ("compare", operator.ne),
    "<": ("compare", operator.lt),
    "<=": ("compare", operator.le),
    ">": ("compare", operator.gt),
    ">=": ("compare", operator.ge),
}


def evaluation(typed: Typed, quiet: bool = False) -> Evaluation:
    """The function that computes this node; a quiet one takes no notes (within a list: the list's own step tells)."""
    node = typed.node
    if isinstance(node, Field):
        return _field(typed, node, quiet)
    if isinstance(node, Call):
        return _CALLS[node.name](typed, node, quiet)
    parts = [evaluation(part, quiet) for part in typed.parts]
    if isinstance(node, Binary):
        return _logic(node, parts) if node.operator in LOGIC else _binary(typed, node, parts, quiet)
    if isinstance(node, In):
        return _in(typed, node, parts[0], quiet)
    if isinstance(node, Negate | Not):
        return _unary(operator.neg if isinstance(node, Negate) else operator.not_, parts[0])
    value = literal_value(node)
    return lambda facts, item, notes: value


def _told(typed: Typed, code: str, *names: str, **params: str) -> Told:
    return Told(f"expression.{code}", names, {"expression": render(typed.node), **params})


def _noting(run: Callable[..., tuple[object, ...]], told: Told, quiet: bool) -> Evaluation:
    """From a function that gives all values met, the result last, to one that notes them and gives the result."""
    if quiet:
        return lambda facts, item, notes: run(facts, item, notes)[-1]

    def noted(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        met = run(facts, item, notes)
        notes.append((told, met))
        return met[-1]

    return noted


def _field(typed: Typed, node: Field, quiet: bool) -> Evaluation:
    path = node.path.removeprefix(ITEM) if typed.of_item else node.path
    if typed.of_item:
        return lambda facts, item, notes: item.get(path)
    if quiet or not typed.type.optional:
        return lambda facts, item, notes: facts.get(path)
    told = _told(typed, "missing")

    def read(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        value = facts.get(path)
        if value is None:
            notes.append((told, ()))
        return value

    return read


def _unary(operation: Callable[[Any], Any], part: Evaluation) -> Evaluation:
    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        value = part(facts, item, notes)
        return None if value is None else operation(value)

    return run


def _binary(typed: Typed, node: Binary, parts: list[Evaluation], quiet: bool) -> Evaluation:
    left, right = parts
    code, operation = _OPERATIONS[node.operator]
    params = {} if node.operator in ARITHMETIC else {"operator": node.operator}
    told = _told(typed, code, "left", "right", "result", **params)

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        one = left(facts, item, notes)
        other = right(facts, item, notes)
        result = None if one is None or other is None else operation(one, other)
        if not quiet:
            notes.append((told, (one, other, result)))
        return result

    return run


def _logic(node: Binary, parts: list[Evaluation]) -> Evaluation:
    """Three-valued: one side may settle it, whatever the other; else a missing side leaves it missing."""
    settles = node.operator == "or"
    left, right = parts

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        one = left(facts, item, notes)
        if one is settles:
            return settles
        other = right(facts, item, notes)
        if other is settles:
            return settles
        return None if one is None or other is None else not settles

    return run


def _in(typed: Typed, node: In, part: Evaluation, quiet: bool) -> Evaluation:
    if typed.parts[0].type.kind is Kind.CODE:
        prefixes = tuple(choice.value.removesuffix("*") for choice in node.choices if isinstance(choice, Text))

        def among(value: Any) -> bool:
            return bool(value.startswith(prefixes))
    else:
        choices = tuple(literal_value(choice) for choice in node.choices)

        def among(value: Any) -> bool:
            return value in choices

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> tuple[object, ...]:
        value = part(facts, item, notes)
        return value, None if value is None else among(value)

    return _noting(run, _told(typed, "in", "value", "result"), quiet)


def _choose(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    condition, then, otherwise = (evaluation(part, quiet) for part in typed.parts)

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> tuple[object, ...]:
        holds = condition(facts, item, notes)
        return holds, (then if holds is True else otherwise)(facts, item, notes)

    return _noting(run, _told(typed, "if", "holds", "result", condition=render(node.arguments[0])), quiet)


def _default(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    value, otherwise = (evaluation(part, quiet) for part in typed.parts)
    told = _told(typed, "default", "result")

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        result = value(facts, item, notes)
        if result is None:
            result = otherwise(facts, item, notes)
            if not quiet:
                notes.append((told, (result,)))
        return result

    return run


def _has(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    part = evaluation(typed.parts[0], quiet)
    return _noting(
        lambda facts, item, notes: (part(facts, item, notes) is not None,), _told(typed, "has", "result"), quiet
    )


def _extreme(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    parts = tuple(evaluation(part, quiet) for part in typed.parts)
    best: Callable[[Any], Any] = max if node.name == "max" else min

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> tuple[object, ...]:
        values = tuple([part(facts, item, notes) for part in parts])
        return values, None if any(value is None for value in values) else best(values)

    return _noting(run, _told(typed, node.name, "values", "result"), quiet)


def _days_between(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    from_day, to_day = (evaluation(part, quiet) for part in typed.parts)

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> tuple[object, ...]:
        first, last = from_day(facts, item, notes), to_day(facts, item, notes)
        return first, last, None if first is None or last is None else Decimal((last - first).days)

    return _noting(run, _told(typed, "days_between", "left", "right", "result"), quiet)


def _round(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    part, rounding = evaluation(typed.parts[0], quiet), rounding_of(node)

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> tuple[object, ...]:
        value = part(facts, item, notes)
        return value, None if value is None else rounding.apply(value)

    told = _told(typed, "round", "value", "result", method=rounding.method, scale=str(rounding.scale))
    return _noting(run, told, quiet)


def _ratio(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    top, bottom = (evaluation(part, quiet) for part in typed.parts)
    rounding = rounding_of(node)
    params = {"method": rounding.method, "scale": str(rounding.scale)}
    told = _told(typed, "ratio", "left", "right", "result", **params)
    by_zero = _told(typed, "ratio_by_zero", "left", "right", "result")

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> Any:
        value, divisor = top(facts, item, notes), bottom(facts, item, notes)
        zero = divisor is not None and not divisor
        result = None if value is None or not divisor else divided(value, divisor, rounding)
        if not quiet:
            notes.append((by_zero if zero else told, (value, divisor, result)))
        return result

    return run


def _sum(values: list[Any]) -> Any:
    return None if any(value is None for value in values) else sum(values, Decimal(0))


def _count(values: list[Any]) -> Any:
    return Decimal(sum(value is True for value in values))


def _any(values: list[Any]) -> Any:
    return True if True in values else (None if None in values else False)


def _all(values: list[Any]) -> Any:
    return False if False in values else (None if None in values else True)


_GATHER: Mapping[str, Callable[[list[Any]], Any]] = {"all": _all, "any": _any, "count": _count, "sum": _sum}


def _over_items(typed: Typed, node: Call, quiet: bool) -> Evaluation:
    listed, gather = evaluation(typed.parts[0], quiet), _GATHER[node.name]
    body: Evaluation = lambda facts, item, notes: True  # noqa: E731
    if len(typed.parts) > 1:
        body = evaluation(typed.parts[1], quiet=True)

    def run(facts: Mapping[str, object], item: Mapping[str, object], notes: list[Note]) -> tuple[object, ...]:
        items = listed(facts, item, notes)
        if items is None:
            return None, None
        return str(len(items)), gather([body(facts, each, notes) for each in items])

    return _noting(run, _told(typed, node.name, "items", "result"), quiet)


_CALLS: Mapping[str, Callable[[Typed, Call, bool], Evaluation]] = {
    "all": _over_items,
    "any": _over_items,
    "count": _over_items,
    "days_between": _days_between,
    "default": _default,
    "has": _has,
    "if": _choose,
    "max": _extreme,
    "min": _extreme,
    "ratio": _ratio,
    "round": _round,
    "sum": _over_items,
}
