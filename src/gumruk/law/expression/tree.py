# SPDX-License-Identifier: Apache-2.0
"""The syntax tree: frozen nodes that a parser or a program makes, and its bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from gumruk.law.expression.error import ExpressionError
from gumruk.law.expression.tokens import KEYWORDS, NAME, NAME_LENGTH_MAX, TEXT_FORBIDDEN

DEPTH_MAX = 64
NODES_MAX = 1_000
CHOICES_MAX = 500
DIGITS_MAX = 38
SCALE_MAX = 18

ARITHMETIC = frozenset({"+", "-", "*"})
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
LOGIC = frozenset({"and", "or"})

_NAME = re.compile(NAME)
_FORBIDDEN = re.compile(f"[{TEXT_FORBIDDEN}]")


@dataclass(frozen=True, slots=True)
class Located:
    """A place in the source, from 0; -1 in a tree that a program made. Two trees are equal wherever they stand."""

    position: int = field(default=-1, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Located):
    """An exact number as written: zero or above, with its digits after the point. A minus is a `Negate`."""

    value: Decimal

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite() or self.value.is_signed():
            raise ValueError(f"a number in an expression is a finite Decimal, not negative: {self.value!r}")
        sign, digits, exponent = self.value.as_tuple()
        if max(len(digits) + max(int(exponent), 0), -int(exponent)) > DIGITS_MAX or -int(exponent) > SCALE_MAX:
            raise ValueError(f"a number in an expression has at most {DIGITS_MAX} digits, {SCALE_MAX} after the point")
        if int(exponent) > 0:
            object.__setattr__(self, "value", Decimal((sign, digits + (0,) * int(exponent), 0)))

    @property
    def scale(self) -> int:
        """Digits after the point, as written."""
        return -int(self.value.as_tuple().exponent)

    @property
    def digits(self) -> int:
        """All digits that a column for this number needs."""
        return max(len(self.value.as_tuple().digits), self.scale)


@dataclass(frozen=True, slots=True)
class Text(Located):
    """A text; also the form in which a code is written."""

    value: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, str) or _FORBIDDEN.search(self.value):
            raise ValueError(f"a text in an expression has no control characters: {self.value!r}")


@dataclass(frozen=True, slots=True)
class Boolean(Located):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Day(Located):
    """A legal day: `date("2026-12-31")`."""

    value: date

    def __post_init__(self) -> None:
        if not isinstance(self.value, date) or isinstance(self.value, datetime):
            raise ValueError(f"a day in an expression is a date: {self.value!r}")


@dataclass(frozen=True, slots=True)
class Field(Located):
    """A fact by its dotted path: `item.customs_value`, `fx.EUR`."""

    path: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.path) or self.path in KEYWORDS or len(self.path) > NAME_LENGTH_MAX:
            raise ValueError(f"not the path of a field: {self.path!r}")


@dataclass(frozen=True, slots=True)
class Negate(Located):
    """Unary minus."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not(Located):
    """Logical negation."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Located):
    """Arithmetic (`+ - *`), comparison (`== != < <= > >=`) or logic (`and or`)."""

    operator: str
    left: Node
    right: Node

    def __post_init__(self) -> None:
        if self.operator not in ARITHMETIC | COMPARISONS | LOGIC:
            raise ValueError(f"not an operator: {self.operator!r}")


@dataclass(frozen=True, slots=True)
class In(Located):
    """Whether the operand is one of the choices: literals (numbers, also negative; texts; days)."""

    operand: Node
    choices: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not self.choices:
            raise ValueError("a list of choices is not empty")
        for choice in self.choices:
            plain = choice.operand if isinstance(choice, Negate) else choice
            if not isinstance(plain, Number if isinstance(choice, Negate) else Number | Text | Day):
                raise ValueError(f"a choice is a number, a text or a day: {choice!r}")


@dataclass(frozen=True, slots=True)
class Call(Located):
    """A function and its arguments. Days are `Day`, not a call of `date`."""

    name: str
    arguments: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or "." in self.name or self.name in KEYWORDS or self.name == "date":
            raise ValueError(f"not the name of a function: {self.name!r}")
        if len(self.name) > NAME_LENGTH_MAX:
            raise ValueError("the name of a function is too long")


Node = Number | Text | Boolean | Day | Field | Negate | Not | Binary | In | Call


def literal_value(node: Node) -> Decimal | str | bool | date:
    """What a literal says: a number, also with a minus; a text, `true` or `false`, a day. Raises TypeError."""
    if isinstance(node, Negate) and isinstance(node.operand, Number):
        return node.operand.value.copy_negate()
    if isinstance(node, Number | Text | Boolean | Day):
        return node.value
    raise TypeError(f"not a literal: {type(node).__name__}")


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below this one, in the order of the source."""
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Negate | Not):
        return (node.operand,)
    if isinstance(node, In):
        return (node.operand, *node.choices)
    return node.arguments if isinstance(node, Call) else ()


def walk(node: Node) -> Iterator[tuple[Node, int]]:
    """Each node with its depth (the root's is 1), without recursion: safe for a tree of any depth."""
    waiting = [(node, 1)]
    while waiting:
        found, depth = waiting.pop()
        yield found, depth
        waiting.extend((child, depth + 1) for child in reversed(children(found)))


def bounded(node: Node) -> Node:
    """The same node, if its tree keeps to the bounds on depth, nodes and choices. Raises ExpressionError."""
    for count, (found, depth) in enumerate(walk(node), start=1):
        position = found.position if found.position >= 0 else None
        if depth > DEPTH_MAX:
            raise ExpressionError("expression.too_deep", position, {"limit": str(DEPTH_MAX)})
        if count > NODES_MAX:
            raise ExpressionError("expression.too_many_nodes", position, {"limit": str(NODES_MAX)})
        if isinstance(found, In) and len(found.choices) > CHOICES_MAX:
            raise ExpressionError("expression.too_many_choices", position, {"limit": str(CHOICES_MAX)})
    return node
