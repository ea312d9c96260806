# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from gumruk.law.expression import (
    ExpressionError,
    Kind,
    Node,
    Vocabulary,
    check,
    compile_one,
    compile_set,
    conform,
    explain,
    parse,
    render,
)

Reference = Callable[[Node, Mapping[str, Any], Vocabulary], None]
Walker = Callable[[str, Vocabulary, Mapping[str, Any]], Any]


def explained(source: str, vocabulary: Vocabulary, facts: Mapping[str, Any]) -> Any:
    return explain(check(source, vocabulary), facts).value


def compiled(source: str, vocabulary: Vocabulary, facts: Mapping[str, Any]) -> Any:
    checked = check(source, vocabulary)
    conform(checked.fields, facts)
    return compile_one(checked)(facts)


def compiled_in_a_set(source: str, vocabulary: Vocabulary, facts: Mapping[str, Any]) -> Any:
    checked = check(source, vocabulary)
    conform(checked.fields, facts)
    return compile_set({"answer": checked}, vocabulary)(facts)["answer"]


WALKERS: tuple[Walker, ...] = (explained, compiled, compiled_in_a_set)


def test_it_gives_the_value_or_the_error_that_the_file_names(case: Any, declared: Vocabulary) -> None:
    for walker in WALKERS:
        if case.kind == "error":
            with pytest.raises(ExpressionError) as refused:
                walker(case.expression, declared, case.facts)
            assert (refused.value.code, refused.value.position) == (case.value, case.position), walker
            continue
        value = walker(case.expression, declared, case.facts)
        expected = None if case.kind == "missing" else case.value
        assert (type(value), value) == (type(expected), expected), walker


def test_it_gives_values_of_the_type_that_was_worked_out_beforehand(answered: Any, declared: Vocabulary) -> None:
    checked = check(answered.expression, declared)
    if answered.kind == "missing":
        assert checked.type.optional
        return
    assert checked.type.kind == answered.kind or (checked.type.kind, answered.kind) == (Kind.CODE, "text")
    value = explain(checked, answered.facts).value
    conform({"value": checked.type}, {"value": value})


def test_it_gives_the_same_digits_by_both_walkers(answered: Any, declared: Vocabulary) -> None:
    checked = check(answered.expression, declared)
    assert str(explain(checked, answered.facts).value) == str(compile_one(checked)(answered.facts))


def test_it_agrees_with_the_plain_reference(answered: Any, declared: Vocabulary, reference: Reference) -> None:
    reference(parse(answered.expression), answered.facts, declared)


def test_it_reads_back_what_it_renders(answered: Any) -> None:
    node = parse(answered.expression)
    assert parse(render(node)) == node
    assert render(parse(render(node))) == render(node)


def test_it_computes_a_whole_set_in_one_call_under_any_caller_s_context(cases: list[Any], declared: Vocabulary) -> None:
    alone = [case for case in cases if case.kind != "error" and not case.facts]
    named = {str(case): check(case.expression, declared) for case in alone}
    evaluate = compile_set(named, declared)
    facts = {"value": Decimal(1), "agricultural": True}
    with decimal.localcontext(decimal.Context(prec=3, rounding=decimal.ROUND_CEILING)) as callers:
        values = evaluate(facts)
        assert decimal.getcontext() is callers
    assert values == {str(case): None if case.kind == "missing" else case.value for case in alone}


def test_the_file_is_long_enough_to_be_a_contract(cases: list[Any]) -> None:
    assert len(cases) >= 300
    assert len({(case.expression, str(case.facts)) for case in cases}) == len(cases)
