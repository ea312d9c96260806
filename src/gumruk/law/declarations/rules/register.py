# SPDX-License-Identifier: Apache-2.0
"""The register of all rules, in the order in which a person would mend what they find; and the checking itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType, ModuleType

from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules import (
    answers,
    completeness,
    countries,
    documents,
    goods_charges,
    goods_codes,
    goods_descriptions,
    goods_documents,
    goods_masses,
    goods_origins,
    goods_packages,
    goods_previous,
    goods_prices,
    goods_procedures,
    goods_properties,
    goods_units,
    goods_valuation,
    guarantees,
    head,
    invoices,
    items,
    offices,
    parties,
    places,
    totals,
    transport,
    valuation,
    writing,
)
from gumruk.law.declarations.rules.answers import Answers, answer_at, answers_of
from gumruk.law.declarations.rules.machinery import DECLARED, OFF, Context, Fault, Rule
from gumruk.law.kernel import Audience, Finding, Severity
from gumruk.law.lawbook import Law

# A new subject is one line here, where a person would mend it.
SUBJECTS: tuple[ModuleType, ...] = (
    head,
    parties,
    offices,
    countries,
    transport,
    invoices,
    totals,
    valuation,
    documents,
    guarantees,
    completeness,
    writing,
    answers,
    # Of goods items.
    items,
    places,
    goods_codes,
    goods_descriptions,
    goods_procedures,
    goods_origins,
    goods_masses,
    goods_units,
    goods_packages,
    goods_prices,
    goods_valuation,
    goods_properties,
    goods_documents,
    goods_previous,
    goods_charges,
)


def _ordered() -> Mapping[str, Rule]:
    places = {subject.__name__: place for place, subject in enumerate(SUBJECTS)}
    rules = sorted(DECLARED.values(), key=lambda rule: places[rule.check.__module__])
    return MappingProxyType({rule.code: rule for rule in rules})


FINDINGS_MAX = 10_000
"""How many findings one declaration gets: ten on each of 999 items."""

RULES: Mapping[str, Rule] = _ordered()
"""Every rule by its code, in the order in which findings are told."""


@dataclass(frozen=True, slots=True)
class _InForce:
    """The rules that the law of a day asks, each with the grade that it gives them."""

    of_head: tuple[Rule, ...]
    of_items: tuple[Rule, ...]


def _in_force(law: Law) -> _InForce:
    asked = [held for rule in RULES.values() if (held := graded(rule, law)) is not None]
    return _InForce(
        tuple(rule for rule in asked if not rule.each_item), tuple(rule for rule in asked if rule.each_item)
    )


def graded(rule: Rule, law: Law) -> Rule | None:
    """A rule as the law's table `checks` grades it; None where it is off. A locked rule stays as it is."""
    entry = law.find("checks", rule.code)
    grade = None if entry is None or rule.locked else entry.fields.get("grade")
    if grade == OFF:
        return None
    return rule if grade is None else replace(rule, severity=Severity(str(grade)))


def check_declaration(reading: Reading, context: Context) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order a person would mend them: the head first, then item by item.

    More than `FINDINGS_MAX` nobody could mend at once: then the last one says so (DEC-0), and refuses.
    """
    found = tuple(islice(_found(reading, context), FINDINGS_MAX + 1))
    if len(found) <= FINDINGS_MAX:
        return found
    return (*found[:FINDINGS_MAX], Finding("DEC-0", params={"limit": str(FINDINGS_MAX)}))


def _found(reading: Reading, context: Context) -> Iterator[Finding]:
    asked = context.law.made(_in_force)
    answers = answers_of(reading)
    for rule in asked.of_head:
        for fault in rule.check(reading, context):
            yield _finding(rule, fault[0], fault[1], fault, answers)
    for item in reading.items:
        for rule in asked.of_items:
            for fault in rule.check(item, reading, context):
                path = f"{item.path}.{fault[0]}" if fault[0] else item.path
                params = {"item": str(item.item.sequence_numeric or "?"), **fault[1]}
                yield _finding(rule, path, params, fault, answers)


def _finding(rule: Rule, path: str, params: Mapping[str, str], fault: Fault, answers: Answers) -> Finding:
    severity, act = (rule.severity, rule.act) if len(fault) == 2 else (fault[2], fault[3] or rule.act)
    reason = answer_at(answers, path, rule.code) if answers and severity is Severity.WARNING else None
    return Finding(rule.code, path, params, act, severity, Audience.TRADER, reason)
