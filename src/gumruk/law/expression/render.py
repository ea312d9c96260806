# SPDX-License-Identifier: Apache-2.0
"""From the tree back to its canonical source: one spelling for each tree, with no bracket too many."""

from __future__ import annotations

from gumruk.law.expression.parser import BINDING, COMPARISON, NOT, UNARY
from gumruk.law.expression.tree import (
    Binary,
    Boolean,
    Call,
    Day,
    Field,
    In,
    Negate,
    Node,
    Not,
    Number,
    Text,
    bounded,
)

_ATOM = UNARY + 1


def render(node: Node) -> str:
    """The canonical source: `parse(render(node)) == node`. Raises ExpressionError for a tree beyond the bounds."""
    return _rendered(bounded(node))[0]


def _within(node: Node, minimum: int) -> str:
    text, binding = _rendered(node)
    return text if binding >= minimum else f"({text})"


def _rendered(node: Node) -> tuple[str, int]:
    """The text and how strongly its outermost operator binds."""
    if isinstance(node, Binary):
        binding = BINDING[node.operator]
        # Comparisons do not chain, so that both their sides must bind more strongly.
        left = _within(node.left, binding + 1 if binding == COMPARISON else binding)
        return f"{left} {node.operator} {_within(node.right, binding + 1)}", binding
    if isinstance(node, Negate):
        return f"-{_within(node.operand, UNARY)}", UNARY
    if isinstance(node, Not):
        if isinstance(node.operand, In):
            return _membership(node.operand, "not in"), NOT
        return f"not {_within(node.operand, NOT)}", NOT
    if isinstance(node, In):
        return _membership(node, "in"), COMPARISON
    if isinstance(node, Call):
        arguments = ", ".join(_rendered(argument)[0] for argument in node.arguments)
        return f"{node.name}({arguments})", _ATOM
    return _atom(node), _ATOM


def _membership(node: In, word: str) -> str:
    choices = ", ".join(_rendered(choice)[0] for choice in node.choices)
    return f"{_within(node.operand, COMPARISON + 1)} {word} [{choices}]"


def _atom(node: Number | Text | Boolean | Day | Field) -> str:
    if isinstance(node, Number):
        return f"{node.value:f}"
    if isinstance(node, Text):
        escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(node, Boolean):
        return "true" if node.value else "false"
    return f'date("{node.value.isoformat()}")' if isinstance(node, Day) else node.path
