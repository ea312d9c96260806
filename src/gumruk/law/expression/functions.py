# SPDX-License-Identifier: Apache-2.0
"""The functions of the language: how many arguments each takes and which of them are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gumruk.law.expression.error import ExpressionError
from gumruk.law.expression.tree import SCALE_MAX, Call, Negate, Number, Text
from gumruk.law.kernel.rounding import MODES, Rounding

ARGUMENTS_MAX = 20


@dataclass(frozen=True, slots=True)
class Function:
    """How a function is called; arguments after the first `computed` ones are literals that name a rounding."""

    usage: str
    least: int
    most: int
    computed: int = ARGUMENTS_MAX
    over_items: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "all": Function("all(list, condition)", 2, 2, over_items=True),
    "any": Function("any(list, condition)", 2, 2, over_items=True),
    "count": Function("count(list, condition)", 1, 2, over_items=True),
    "days_between": Function("days_between(from, to)", 2, 2),
    "default": Function("default(value, otherwise)", 2, 2),
    "has": Function("has(value)", 1, 1),
    "if": Function("if(condition, then, otherwise)", 3, 3),
    "max": Function("max(value, value)", 2, ARGUMENTS_MAX),
    "min": Function("min(value, value)", 2, ARGUMENTS_MAX),
    "ratio": Function('ratio(value, divisor, "half_up", scale)', 4, 4, computed=2),
    "round": Function('round(value, "half_up", scale)', 3, 3, computed=1),
    "sum": Function("sum(list, value)", 2, 2, over_items=True),
}


def names_rounding(call: Call) -> bool:
    """Whether this function takes a rounding: its method and its digits after the point."""
    return call.name in ("round", "ratio")


def rounding_of(call: Call) -> Rounding:
    """The rounding that a call of `round` or `ratio` names. Raises ExpressionError."""
    method, scale = call.arguments[-2:]
    name = method.value if isinstance(method, Text) else ""
    if name not in MODES:
        raise ExpressionError("expression.unknown_rounding", _position(method.position), {"known": ", ".join(MODES)})
    least = 0 if call.name == "ratio" else -SCALE_MAX
    number = scale.operand if isinstance(scale, Negate) else scale
    if isinstance(number, Number) and number.value == int(number.value):
        digits = -int(number.value) if isinstance(scale, Negate) else int(number.value)
        if least <= digits <= SCALE_MAX:
            return Rounding(name, digits)
    params = {"least": str(least), "most": str(SCALE_MAX)}
    raise ExpressionError("expression.bad_scale", _position(scale.position), params)


def _position(position: int) -> int | None:
    return position if position >= 0 else None
