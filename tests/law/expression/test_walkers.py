# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import decimal
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gumruk.law.expression import (
    FUNCTIONS,
    Binding,
    ExpressionError,
    FieldType,
    Kind,
    Vocabulary,
    check,
    compile_one,
    compile_set,
    conform,
    evaluate,
    explain,
    python,
    to_python,
)
from gumruk.law.expression.explain import shown
from gumruk.law.kernel import LEGAL_CONTEXT, Audience

NUMBER = FieldType(Kind.NUMBER, 15, 2)
MAYBE = FieldType(Kind.NUMBER, 15, 2, optional=True)
VOCABULARY: Vocabulary = {
    "value": NUMBER,
    "excise": MAYBE,
    "rate": FieldType(Kind.NUMBER, 6, 4),
    "one": FieldType(Kind.NUMBER, 1, 0, optional=True),
    "day": FieldType(Kind.DATE, optional=True),
    "proof": FieldType(Kind.BOOLEAN, optional=True),
    "code": FieldType(Kind.CODE),
    "origin": FieldType(Kind.TEXT),
    "items": FieldType(Kind.LIST, items={"value": NUMBER, "duty": MAYBE, "code": FieldType(Kind.CODE)}),
    "containers": FieldType(Kind.LIST, items={"value": NUMBER}, optional=True),
}


def steps(source: str, **facts: Any) -> list[tuple[str, dict[str, str]]]:
    explained = explain(check(source, VOCABULARY), facts)
    return [(step.code.removeprefix("expression."), dict(step.params)) for step in explained.steps]


def test_it_tells_how_a_charge_came_about() -> None:
    assert steps('round(value * rate, "half_up", 2)', value=Decimal("100.10"), rate=Decimal("0.14")) == [
        (
            "multiply",
            {"expression": "value * rate", "left": "100.10", "right": "0.14", "result": "14.0140"},
        ),
        (
            "round",
            {
                "expression": 'round(value * rate, "half_up", 2)',
                "method": "half_up",
                "scale": "2",
                "value": "14.0140",
                "result": "14.01",
            },
        ),
    ]


def test_it_tells_only_the_branch_that_was_taken() -> None:
    told = steps("if(value > 100, value * 2, value + 1)", value=Decimal("5.00"))
    assert [code for code, _ in told] == ["compare", "add", "if"]
    assert told[-1][1] == {
        "expression": "if(value > 100, value * 2, value + 1)",
        "condition": "value > 100",
        "holds": "false",
        "result": "6.00",
    }


def test_it_tells_what_is_missing() -> None:
    assert steps("excise + 1") == [
        ("missing", {"expression": "excise"}),
        ("add", {"expression": "excise + 1", "left": "—", "right": "1", "result": "—"}),
    ]


def test_it_tells_a_list_in_one_step() -> None:
    items = [{"value": Decimal(2)}, {"value": Decimal(3)}]
    assert steps("sum(items, item.value * 2)", items=items) == [
        ("sum", {"expression": "sum(items, item.value * 2)", "items": "2", "result": "10"})
    ]


def test_it_tells_a_division_by_zero() -> None:
    told = steps('ratio(value, excise, "half_up", 2)', value=Decimal(1), excise=Decimal(0))
    assert told[0][0] == "ratio_by_zero"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1234.50"), "1234.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0000000001"), "-0.0000000001"),
        (Decimal("-0E+2"), "0"),
        (Decimal("-0.00"), "0.00"),
        ((Decimal(1), None), "1; —"),
        (date(2026, 12, 31), "2026-12-31"),
        (False, "false"),
        ("TJ", "TJ"),
    ],
)
def test_it_shows_values_in_plain_digits(value: object, words: str) -> None:
    assert shown(value) == words


def test_it_stamps_the_steps_with_their_audience_and_act() -> None:
    checked = check("value * 2", VOCABULARY)
    explained = explain(checked, {"value": Decimal(1)}, audience=Audience.RISK, act="tax-code")
    assert {(step.audience, step.act) for step in explained.steps} == {(Audience.RISK, "tax-code")}


def test_it_explains_conformed_facts_without_looking_at_them_again() -> None:
    checked = check("value * 2", VOCABULARY)
    facts = {"value": Decimal("1.00")}
    conform(checked.fields, facts)
    assert explain(checked, facts, conformed=True) == explain(checked, facts)


def test_it_knows_each_function_in_each_walker() -> None:
    assert set(FUNCTIONS) == set(evaluate._CALLS) == set(python._CALLS)


def test_it_computes_a_set_and_names_its_results() -> None:
    sources = {"duty": "value * 0.10", "vat": "value * rate", "exempt": 'origin in ["TJ"]', 'a "b"\n': "1"}
    evaluate_all = compile_set({name: check(source, VOCABULARY) for name, source in sources.items()}, VOCABULARY)
    assert evaluate_all({"value": Decimal(100), "rate": Decimal("0.14"), "origin": "TJ"}) == {
        "duty": Decimal(10),
        "vat": Decimal(14),
        "exempt": True,
        'a "b"\n': Decimal(1),
    }


def test_it_computes_an_empty_set() -> None:
    assert compile_set({}, VOCABULARY)({}) == {}


def test_it_refuses_an_expression_checked_against_another_vocabulary() -> None:
    for other in ({}, {**VOCABULARY, "value": MAYBE}, {**VOCABULARY, "items": VOCABULARY["containers"]}):
        with pytest.raises(ValueError, match="another vocabulary"):
            compile_set({"a": check("value + sum(items, item.value)", VOCABULARY)}, other)


def test_it_merges_what_different_expressions_read_of_the_same_items() -> None:
    named = {
        "value": check("sum(items, item.value)", VOCABULARY),
        "cars": check('count(items, item.code in ["8703"])', VOCABULARY),
    }
    evaluate_all = compile_set(named, VOCABULARY)
    items = [{"value": Decimal(1), "code": "870323"}]
    assert evaluate_all({"items": items}) == {"value": Decimal(1), "cars": Decimal(1)}
    with pytest.raises(ExpressionError) as refused:
        evaluate_all({"items": [*items, {"value": Decimal(1), "code": None}]})
    assert refused.value.params == {"path": "items[1].code"}


@pytest.mark.parametrize(
    ("source", "facts", "code"),
    [
        ("value + 1", {}, "fact_missing"),
        ("value + 1", {"value": None}, "fact_missing"),
        ('origin == "TJ"', {"origin": None}, "fact_missing"),
        ("value + 1", {"value": "1"}, "fact_kind"),
        ("value + 1", {"value": 1.5}, "fact_kind"),
        ("value * value", {"value": Decimal("1." + "1" * 50)}, "fact_range"),
        ('code in ["87"]', {"code": 87}, "fact_kind"),
        ("sum(items, item.value)", {"items": [{}]}, "fact_missing"),
        ('count(items, item.code == "87")', {"items": [{"code": None}]}, "fact_missing"),
        ("sum(items, item.value)", {"items": [{"value": 1.5}]}, "fact_kind"),
        ("sum(items, item.value)", {"items": [None]}, "fact_kind"),
        ("count(items)", {"items": [{}] * 10_001}, "list_too_long"),
        ("count(containers)", {"containers": [{}] * 10_001}, "list_too_long"),
    ],
)
def test_it_refuses_facts_that_it_cannot_compute_with(source: str, facts: dict[str, Any], code: str) -> None:
    run = compile_one(check(source, VOCABULARY))
    before = decimal.getcontext()
    with pytest.raises(ExpressionError) as refused:
        run(facts)
    assert refused.value.code == f"expression.{code}"
    assert decimal.getcontext() is before


def test_it_lets_through_what_is_no_fault_of_the_facts() -> None:
    class Broken(dict[str, Any]):
        def get(self, *_: object) -> Any:
            raise TypeError("a broken mapping")

    with pytest.raises(TypeError, match="a broken mapping"):
        compile_one(check("excise", VOCABULARY))(Broken())


def test_it_inlines_into_a_function_that_a_program_writes() -> None:
    bind = Binding({"value": "value", "rate": "rate", "excise": "excise"}.__getitem__)
    vat = to_python(check('round((value + default(excise, 0)) * rate, "half_up", 2)', VOCABULARY), bind)
    total = to_python(check("value + default(excise, 0)", VOCABULARY), bind)
    source = f"def charges(value, rate, excise):\n    return {vat}, {total}\n"
    namespace: dict[str, Any] = dict(bind.constants)
    exec(compile(source, "<test>", "exec"), namespace)  # noqa: S102
    with decimal.localcontext(LEGAL_CONTEXT):
        assert namespace["charges"](Decimal(100), Decimal("0.14"), None) == (Decimal("14.00"), Decimal(100))


def test_it_writes_no_text_of_the_user_into_the_source() -> None:
    bind = Binding(lambda path: "origin")
    source = to_python(check('origin == "__import__(\\"os\\")"', VOCABULARY), bind)
    assert source == "(origin == _c0)"
    assert bind.constants == {"_c0": '__import__("os")'}


def test_it_never_answers_with_a_negative_zero() -> None:
    for source in ("value * 0", "-value * 0", 'round(value, "down", 0)', 'ratio(value, 1000, "down", 2)', "one * 0"):
        checked = check(source, VOCABULARY)
        facts = {"value": Decimal("-0.01"), "one": Decimal(-1)}
        for value in (compile_one(checked)(facts), explain(checked, facts).value):
            assert not str(value).startswith("-")


def nested(open_: str, close: str, core: str, depth: int) -> str:
    return open_ * depth + core + close * depth


@pytest.mark.parametrize(
    "source",
    [
        nested("-", "", "one", 62),
        nested("not ", "", "proof", 62),
        nested("if(proof, one, ", ")", "one", 62),
        nested("default(one, ", ")", "one", 62),
        nested("max(one, ", ")", "one", 62),
        nested("min(", ", one)", "one", 62),
        nested("max(", ", day)", "day", 62),
        nested("round(one + round(", ', "half_up", 0), "half_up", 0)', "one", 15),
        nested("(proof or not ", ")", "proof", 31),
        nested("(", " and proof)", "proof", 62),
        nested("(proof and ", ")", "proof", 62),
        nested("(one + ", ")", "one", 30),
        nested("ratio(", ', one, "half_up", 0)', "one", 30),
        nested("ratio(one, ", ', "half_up", 0)', "one", 30),
        "sum(items, " + nested("max(item.duty, ", ")", "item.duty", 60) + ")",
        "any(items, " + nested("(item.duty > 1 and ", ")", "item.duty > 1", 58) + ")",
        nested("has(", ")", "days_between(" + nested("max(", ", day)", "day", 50) + ", day)", 1),
    ],
)
@pytest.mark.parametrize("one", [Decimal(1), None])
def test_it_compiles_what_is_as_deep_as_it_may_be(source: str, one: Decimal | None) -> None:
    checked = check(source, VOCABULARY)
    facts: dict[str, Any] = {"one": one, "proof": one and True, "items": [{"duty": one}]}
    assert compile_one(checked)(facts) == explain(checked, facts).value


def test_it_computes_ten_thousand_items_in_one_go() -> None:
    items = [{"value": Decimal("9999999999999.99"), "duty": None, "code": "87"}] * 10_000
    run: Callable[[Any], Any] = compile_one(check("sum(items, item.value)", VOCABULARY))
    assert run({"items": items}) == Decimal("99999999999999900.00")


def test_it_computes_in_its_own_context() -> None:
    checked = check('ratio(value, 3, "half_up", 10) + value * rate', VOCABULARY)
    facts = {"value": Decimal("1000000000000.01"), "rate": Decimal("0.1234")}
    expected = compile_one(checked)(facts)
    with decimal.localcontext(decimal.Context(prec=2, rounding=decimal.ROUND_UP, traps=[decimal.Inexact])):
        assert compile_one(check(checked.source, VOCABULARY))(facts) == expected
        assert explain(checked, facts).value == expected
    assert expected == Decimal("456733333333.3379006667")
