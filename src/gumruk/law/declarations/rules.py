# SPDX-License-Identifier: Apache-2.0
"""What a rule is, and the register of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.kernel import Audience, Finding, Severity
from gumruk.law.lawbook import Legal
from gumruk.law.reference import CodeLists

# What a rule yields for each thing that is wrong: where (below the subject's own path), and the text's parameters.
Fault = tuple[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may look at besides the declaration: the law of its moments, code lists, and the day of lodging."""

    legal: Legal
    lists: CodeLists
    lodged_on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of law: its code, the act or source, how much it weighs, and the check itself."""

    code: str
    act: str
    severity: Severity
    check: Callable[..., Iterable[Fault]]
    each_item: bool

    @property
    def meaning(self) -> str:
        """What the rule demands, in one sentence: the first line of its docstring."""
        return (self.check.__doc__ or "").strip().splitlines()[0]


RULES: dict[str, Rule] = {}

DeclarationCheck = Callable[[Reading, Context], Iterable[Fault]]
ItemCheck = Callable[[ItemReading, Reading, Context], Iterable[Fault]]


def _register(rule: Rule) -> None:
    if rule.code in RULES:
        raise ValueError(f"two rules are called {rule.code}")
    RULES[rule.code] = rule


def rule(code: str, act: str, severity: Severity = Severity.ERROR) -> Callable[[DeclarationCheck], DeclarationCheck]:
    """Register a rule over the whole declaration."""

    def registered(check: DeclarationCheck) -> DeclarationCheck:
        _register(Rule(code, act, severity, check, each_item=False))
        return check

    return registered


def item_rule(code: str, act: str, severity: Severity = Severity.ERROR) -> Callable[[ItemCheck], ItemCheck]:
    """Register a rule over each goods item."""

    def registered(check: ItemCheck) -> ItemCheck:
        _register(Rule(code, act, severity, check, each_item=True))
        return check

    return registered


def check_declaration(reading: Reading, context: Context) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order a person would mend them: the head first, then item by item."""
    found: list[Finding] = []
    for held in RULES.values():
        if not held.each_item:
            found.extend(_finding(held, place, params) for place, params in held.check(reading, context))
    of_items = [held for held in RULES.values() if held.each_item]
    for item in reading.items:
        for held in of_items:
            for place, params in held.check(item, reading, context):
                path = f"{item.path}.{place}" if place else item.path
                found.append(_finding(held, path, {"item": str(item.item.sequence_numeric or "?"), **params}))
    return tuple(found)


def _finding(held: Rule, path: str, params: Mapping[str, str]) -> Finding:
    return Finding(held.code, path, params, held.act, held.severity, Audience.TRADER)
