# SPDX-License-Identifier: Apache-2.0
"""Reads the conformance file: expressions, facts and results that every walker must agree on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gumruk.law.expression import FieldType, Kind, Vocabulary

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
