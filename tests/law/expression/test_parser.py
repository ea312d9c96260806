# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from gumruk.law.expression import (
    Binary,
    Call,
    Day,
    ExpressionError,
    Field,
    FieldType,
    In,
    Kind,
    Negate,
    Node,
    Not,
    Number,
    Text,
    check,
    parse,
    render,
)

ONE = Number(Decimal(1))


def test_it_keeps_the_digits_that_were_written() -> None:
    number = parse("1.50")
    assert isinstance(number, Number)
    assert (number.digits, number.scale, render(number)) == (3, 2, "1.50")


def test_it_counts_the_digits_of_a_small_number_as_a_column_does() -> None:
    assert (Number(Decimal("0.005")).digits, Number(Decimal("0.005")).scale) == (3, 3)


def test_it_says_where_each_node_stands() -> None:
    node = parse("value + rate * 2")
    assert isinstance(node, Binary)
    assert (node.position, node.left.position, node.right.position) == (6, 0, 13)


def test_it_holds_trees_equal_wherever_they_stand() -> None:
    assert parse("  value+rate") == parse("value + rate") == Binary("+", Field("value"), Field("rate"))


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("((value))", "value"),
        ("(value * rate) + 1", "value * rate + 1"),
        ("value * (rate + 1)", "value * (rate + 1)"),
        ("value - (rate - 1)", "value - (rate - 1)"),
        ("(value - rate) - 1", "value - rate - 1"),
        ("value + (rate + 1)", "value + (rate + 1)"),
        ("-(value * rate)", "-(value * rate)"),
        ("(-value) * rate", "-value * rate"),
        ("not (a == b)", "not a == b"),
        ("(not a) == b", "(not a) == b"),
        ("not (a and b)", "not (a and b)"),
        ("(a or b) and c", "(a or b) and c"),
        ("a or (b and c)", "a or b and c"),
        ("not x in [1,2]", "x not in [1, 2]"),
        ("not (x in [1])", "x not in [1]"),
        ("(x + 1) in [-1,2.50]", "x + 1 in [-1, 2.50]"),
        ("(x in [1]) == true", "(x in [1]) == true"),
        ("(x not in [1]) == true", "(x not in [1]) == true"),
        ("not x not in [1]", "not x not in [1]"),
        ('if( a ,"x\\"y" , date("2026-12-31"))', 'if(a, "x\\"y", date("2026-12-31"))'),
        ("007.50", "7.50"),
    ],
)
def test_it_renders_one_spelling_with_no_bracket_too_many(written: str, canonical: str) -> None:
    assert render(parse(written)) == canonical
    assert parse(canonical) == parse(written)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "-" * 10_000 + "1",
        "not " * 10_000 + "true",
        "if(" * 10_000,
        "a + (" * 10_000,
        "[" * 10_000,
    ],
)
@pytest.mark.parametrize("length", [4_000, 10_000])
def test_it_refuses_what_is_nested_ten_thousand_deep(source: str, length: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source[:length])
    known = {"expression.source_too_long", "expression.too_deep", "expression.unexpected_token"}
    assert refused.value.code in known


def test_it_refuses_a_tree_nested_ten_thousand_deep_that_a_program_made() -> None:
    node: Node = ONE
    for _ in range(10_000):
        node = Negate(node)
    for walker in (render, lambda tree: check(tree, {})):
        with pytest.raises(ExpressionError) as refused:
            walker(node)
        assert refused.value.code == "expression.too_deep"


def test_it_refuses_a_tree_that_would_unfold_without_end() -> None:
    node: Node = ONE
    for _ in range(60):
        node = Binary("+", node, node)
    with pytest.raises(ExpressionError) as refused:
        check(node, {})
    assert refused.value.code in ("expression.too_many_nodes", "expression.too_deep")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1" + " " * 4_000, "source_too_long"),
        ("a" * 101, "name_too_long"),
        ("x in [" + ", ".join(["1"] * 501) + "]", "too_many_choices"),
        ("max(" + ", ".join(["1"] * 1_000) + ")", "too_many_nodes"),
        (" + ".join(["1"] * 65), "too_deep"),
    ],
)
def test_it_keeps_to_its_bounds(source: str, code: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(source)
    assert refused.value.code == f"expression.{code}"
    assert refused.value.params["limit"].isdigit()


def test_it_takes_what_is_just_within_the_bounds() -> None:
    field = {"x": FieldType(Kind.NUMBER, 5, 0)}
    for source in (
        "1" + " " * 3_999,
        "x in [" + ", ".join(["1"] * 500) + "]",
        " + ".join(["1"] * 30),
        "(" * 64 + "1" + ")" * 64,
        "-" * 63 + "1",
    ):
        assert check(source, field).type.kind in (Kind.NUMBER, Kind.BOOLEAN)


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\x00", "\x1b", "\ud800", "\u2028"])
def test_it_refuses_characters_that_hide_what_a_text_says(character: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(f'"a{character}b"')
    assert refused.value.code == "expression.bad_text"
    with pytest.raises(ValueError, match="control characters"):
        Text(f"a{character}b")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Number(Decimal(-1)),
        lambda: Number(Decimal("NaN")),
        lambda: Number(Decimal("1E+38")),
        lambda: Number(Decimal("1E-19")),
        lambda: Number(Decimal("1E+999999")),
        lambda: Field("and"),
        lambda: Field("a b"),
        lambda: Field("a."),
        lambda: Field("a" * 101),
        lambda: Call("date", ()),
        lambda: Call("a.b", ()),
        lambda: Call("a" * 101, ()),
        lambda: Binary("/", ONE, ONE),
        lambda: In(ONE, ()),
        lambda: In(ONE, (Field("x"),)),
        lambda: In(ONE, (Negate(Text("x")),)),
        lambda: Day(datetime(2026, 12, 31)),  # noqa: DTZ001
    ],
)
def test_it_refuses_nodes_that_no_source_could_say(make: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"expression|field|function|operator|choice"):
        make()


def test_it_writes_out_a_number_that_was_given_with_an_exponent() -> None:
    assert render(Number(Decimal("12E+3"))) == "12000"


def test_it_lets_a_program_make_what_a_tariff_says() -> None:
    minimum = Binary("*", Field("quantity.KGM"), Binary("*", Number(Decimal("0.12")), Field("fx.EUR")))
    duty = Call("max", (Binary("*", Field("base"), Number(Decimal("0.10"))), minimum))
    assert render(duty) == "max(base * 0.10, quantity.KGM * (0.12 * fx.EUR))"
    assert render(Not(In(Field("item.code"), (Text("87"),)))) == 'item.code not in ["87"]'
    assert render(Day(date(2026, 12, 31))) == 'date("2026-12-31")'
