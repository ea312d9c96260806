# SPDX-License-Identifier: Apache-2.0
"""Reads the conformance file: expressions, facts and results that every walker must agree on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from gumruk.law.expression import (
    Binary,
    Boolean,
    Call,
    Field,
    FieldType,
    In,
    Kind,
    Negate,
    Node,
    Not,
    Number,
    Vocabulary,
    check,
    explain,
)
from gumruk.law.expression.tree import literal_value

FILE = Path(__file__).parents[2] / "cases" / "expression" / "conformance.jsonl"


@dataclass(frozen=True)
class Case:
    """One line: what is asked, of which facts, and the value or the error that must come out."""

    line: int
    expression: str
    facts: Mapping[str, Any]
    kind: str
    value: object
    position: int | None

    def __str__(self) -> str:
        return f"{self.line}: {self.expression[:50]}"


def vocabulary(declared: Mapping[str, Any]) -> Vocabulary:
    """A vocabulary from its JSON."""
    return {
        path: FieldType(
            Kind(field["kind"]),
            field.get("digits", 0),
            field.get("scale", 0),
            vocabulary(field["items"]) if "items" in field else None,
            field.get("optional", False),
        )
        for path, field in declared.items()
    }


def facts(given: Mapping[str, Any], declared: Vocabulary) -> dict[str, Any]:
    """Facts from their JSON, where numbers and days are texts."""
    return {path: _fact(value, declared[path]) for path, value in given.items()}


def _fact(value: Any, field: FieldType) -> Any:
    if value is None:
        return None
    if field.items is not None:
        return [facts(item, field.items) for item in value]
    return _typed(field.kind, value)


def _typed(kind: Kind, value: Any) -> Any:
    if kind is Kind.NUMBER:
        return Decimal(value)
    return date.fromisoformat(value) if kind is Kind.DATE else value


def read() -> tuple[Vocabulary, list[Case]]:
    """The vocabulary on the first line and all cases below it."""
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    declared = vocabulary(json.loads(first)["vocabulary"])
    cases = []
    for number, line in enumerate(lines, start=2):
        case = json.loads(line)
        if "about" in case:
            continue
        result = dict(case["result"])
        position = result.pop("position", None)
        ((kind, value),) = result.items()
        value = _typed(Kind(kind), value) if kind in ("number", "date") else value
        cases.append(Case(number, case["expression"], facts(case["facts"], declared), kind, value, position))
    return declared, cases


VOCABULARY, CASES = read()


@pytest.fixture
def declared() -> Vocabulary:
    """The vocabulary of the conformance file."""
    return VOCABULARY


@pytest.fixture
def cases() -> list[Case]:
    """All cases of the conformance file."""
    return CASES


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `case` runs once a case; one that takes `answered` once a case that is no error."""
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", CASES, ids=str)
    if "answered" in metafunc.fixturenames:
        metafunc.parametrize("answered", [case for case in CASES if case.kind != "error"], ids=str)


def rounded(value: Fraction, method: str, scale: int) -> Fraction:
    """Rounded by the definition of each method: which of the two neighbours, and which of them on a tie."""
    unit = Fraction(10) ** -scale
    below, rest = divmod(value, unit)
    away = value > 0
    upwards = {
        "floor": False,
        "ceiling": rest > 0,
        "down": rest > 0 and not away,
        "up": rest > 0 and away,
        "half_up": rest * 2 > unit or (rest * 2 == unit and away),
        "half_even": rest * 2 > unit or (rest * 2 == unit and below % 2 == 1),
    }[method]
    return (below + upwards) * unit


_TRUE = Boolean(True)


class Reference:
    """The language once more, in the plainest way: fractions and recursion. What it says, the walkers must say."""

    def __init__(self, facts: Mapping[str, Any], codes: set[str]) -> None:
        self.facts = facts
        self.codes = codes
        self.item: Mapping[str, Any] | None = None

    def of(self, node: Node) -> Any:
        if isinstance(node, Field):
            within = self.item if node.path.startswith("item.") else None
            value = self.facts.get(node.path) if within is None else within.get(node.path[5:])
            return Fraction(value) if isinstance(value, Decimal) else value
        if isinstance(node, Binary):
            return self.binary(node)
        if isinstance(node, Call):
            return self.call(node.name, node.arguments)
        if isinstance(node, In):
            return self.membership(node)
        if isinstance(node, Negate | Not):
            value = self.of(node.operand)
            return None if value is None else (-value if isinstance(node, Negate) else not value)
        value = literal_value(node)
        return Fraction(value) if isinstance(node, Number) and isinstance(value, Decimal) else value

    def binary(self, node: Binary) -> Any:
        left, right = self.of(node.left), self.of(node.right)
        if node.operator in ("and", "or"):
            # Missing is between false and true: `and` is the lesser, `or` the greater.
            order = [False, None, True]
            places = (order.index(left), order.index(right))
            return order[min(places) if node.operator == "and" else max(places)]
        if left is None or right is None:
            return None
        operations: dict[str, Callable[[Any, Any], Any]] = {
            "+": lambda a, b: a + b,
            "-": lambda a, b: a - b,
            "*": lambda a, b: a * b,
            "==": lambda a, b: a == b,
            "!=": lambda a, b: not a == b,
            "<": lambda a, b: a < b,
            ">": lambda a, b: b < a,
            "<=": lambda a, b: not b < a,
            ">=": lambda a, b: not a < b,
        }
        return operations[node.operator](left, right)

    def is_code(self, node: Node) -> bool:
        if isinstance(node, Call):
            return self.is_code(node.arguments[-1])
        return isinstance(node, Field) and node.path in self.codes

    def membership(self, node: In) -> Any:
        value = self.of(node.operand)
        if value is None:
            return None
        choices = [literal_value(choice) for choice in node.choices]
        if self.is_code(node.operand):
            return any(value[: len(str(choice).rstrip("*"))] == str(choice).rstrip("*") for choice in choices)
        return any(value == choice for choice in choices)

    def call(self, name: str, arguments: tuple[Node, ...]) -> Any:
        if name == "if":
            return self.of(arguments[1] if self.of(arguments[0]) is True else arguments[2])
        if name in ("sum", "count", "any", "all"):
            return self.over_items(name, *arguments)
        values = [self.of(argument) for argument in arguments]
        if name == "has":
            return values[0] is not None
        if name == "default":
            return values[1] if values[0] is None else values[0]
        if None in values:
            return None
        if name in ("min", "max"):
            return sorted(values)[0 if name == "min" else -1]
        if name == "days_between":
            return Fraction(values[1].toordinal() - values[0].toordinal())
        if name == "round":
            return rounded(values[0], values[1], int(values[2]))
        return None if values[1] == 0 else rounded(values[0] / values[1], values[2], int(values[3]))

    def over_items(self, name: str, listed: Node, body: Node = _TRUE) -> Any:
        items = self.of(listed)
        if items is None:
            return None
        values = []
        for item in items:
            self.item = item
            values.append(self.of(body))
        self.item = None
        if name == "count":
            return Fraction(values.count(True))
        if name == "sum":
            return None if None in values else sum(values, Fraction(0))
        settles = name == "any"
        return settles if settles in values else None if None in values else not settles


def agree(node: Node, facts: Mapping[str, Any], vocabulary: Vocabulary) -> None:
    """Hold the explaining walker to the reference."""
    codes = {path for path, field in vocabulary.items() if field.kind is Kind.CODE}
    for field in vocabulary.values():
        codes |= {f"item.{path}" for path, kind in (field.items or {}).items() if kind.kind is Kind.CODE}
    value = explain(check(node, vocabulary), facts).value
    expected = Reference(facts, codes).of(node)
    if isinstance(expected, Fraction):
        assert isinstance(value, Decimal)
        assert Fraction(value) == expected
    else:
        assert value is expected or (isinstance(value, str | date) and value == expected)


@pytest.fixture(scope="session")
def reference() -> Callable[[Node, Mapping[str, Any], Vocabulary], None]:
    """Holds the explaining walker to the plain reference."""
    return agree
