# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gumruk.law.expression import (
    Binary,
    Boolean,
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
    Vocabulary,
    check,
    compile_one,
    explain,
    parse,
    render,
)

ITEM: Vocabulary = {
    "mass": FieldType(Kind.NUMBER, 5, 1),
    "duty": FieldType(Kind.NUMBER, 5, 2, optional=True),
    "code": FieldType(Kind.CODE),
    "scheme": FieldType(Kind.TEXT, optional=True),
}
VOCABULARY: Vocabulary = {
    "value": FieldType(Kind.NUMBER, 5, 2),
    "excise": FieldType(Kind.NUMBER, 4, 2, optional=True),
    "rate": FieldType(Kind.NUMBER, 3, 3),
    "code": FieldType(Kind.CODE),
    "previous_code": FieldType(Kind.CODE, optional=True),
    "origin": FieldType(Kind.TEXT),
    "scheme": FieldType(Kind.TEXT, optional=True),
    "proof": FieldType(Kind.BOOLEAN),
    "transit": FieldType(Kind.BOOLEAN, optional=True),
    "accepted_on": FieldType(Kind.DATE),
    "permit_until": FieldType(Kind.DATE, optional=True),
    "items": FieldType(Kind.LIST, items=ITEM),
    "containers": FieldType(Kind.LIST, items=ITEM, optional=True),
}
METHODS = ["half_up", "half_even", "down", "up", "floor", "ceiling"]
CODES = ["87", "8703", "870323", "2402", "01"]
WORDS = ["", "TJ", "UZ", 'a "b"', "back\\slash", "Тоҷикистон"]
days = st.dates(date(2026, 12, 1), date(2027, 1, 31))


def decimals(field: FieldType) -> st.SearchStrategy[Decimal]:
    limit = 10**field.digits - 1
    return st.integers(-limit, limit).map(lambda number: Decimal(number).scaleb(-field.scale))


def values(field: FieldType) -> st.SearchStrategy[Any]:
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.CODE: st.sampled_from([*CODES, "8703231940"]),
        Kind.TEXT: st.sampled_from(WORDS),
        Kind.BOOLEAN: st.booleans(),
        Kind.DATE: days,
    }
    if field.items is not None:
        some: st.SearchStrategy[Any] = st.lists(facts_of(field.items), max_size=3)
    else:
        some = decimals(field) if field.kind is Kind.NUMBER else by_kind[field.kind]
    return st.none() | some if field.optional else some


def facts_of(vocabulary: Vocabulary) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({path: values(field) for path, field in vocabulary.items()})


numbers = st.builds(
    lambda digits, scale: Number(Decimal(digits).scaleb(-scale)), st.integers(0, 9999), st.integers(0, 4)
)


def fields(kind: Kind, within: bool) -> st.SearchStrategy[Node]:
    paths = [path for path, field in VOCABULARY.items() if field.kind is kind]
    if within:
        paths += [f"item.{path}" for path, field in ITEM.items() if field.kind is kind]
    return st.sampled_from(paths).map(Field)


@st.composite
def trees(draw: st.DrawFn, kind: Kind, depth: int = 4, within: bool = False) -> Node:
    """A tree of this kind that the checker will nearly always take."""
    leaves: dict[Kind, st.SearchStrategy[Node]] = {
        Kind.NUMBER: numbers,
        Kind.CODE: fields(Kind.CODE, within),
        Kind.TEXT: st.sampled_from(WORDS).map(Text),
        Kind.BOOLEAN: st.booleans().map(Boolean),
        Kind.DATE: days.map(Day),
    }
    if depth == 0 or draw(st.integers(0, 5)) == 0:
        return draw(fields(kind, within) | leaves[kind])

    def below(kind: Kind, within: bool = within) -> Node:
        return draw(trees(kind, depth - 1, within))

    shape = draw(st.sampled_from(["if", "default", "own", "own", "own"]))
    if shape == "if":
        return Call("if", (below(Kind.BOOLEAN), below(kind), below(kind)))
    if shape == "default":
        return Call("default", (below(kind), below(kind)))
    if kind is Kind.NUMBER:
        return _number(draw, below, within)
    if kind is Kind.BOOLEAN:
        return _truth(draw, below, within)
    if kind is Kind.DATE:
        return Call(draw(st.sampled_from(["min", "max"])), (below(kind), below(kind)))
    return draw(fields(kind, within))


def _number(draw: st.DrawFn, below: Any, within: bool) -> Node:
    number, method = Kind.NUMBER, Text(draw(st.sampled_from(METHODS)))
    shape = draw(st.sampled_from(["arithmetic", "arithmetic", "minus", "extreme", "round", "ratio", "days", "list"]))
    if shape == "minus":
        return Negate(below(number))
    if shape == "extreme":
        count = draw(st.integers(2, 3))
        return Call(draw(st.sampled_from(["min", "max"])), tuple(below(number) for _ in range(count)))
    if shape == "round":
        scale = draw(st.integers(-2, 6))
        written = Number(Decimal(scale)) if scale >= 0 else Negate(Number(Decimal(-scale)))
        return Call("round", (below(number), method, written))
    if shape == "ratio":
        return Call("ratio", (below(number), below(number), method, Number(Decimal(draw(st.integers(0, 6))))))
    if shape == "days":
        return Call("days_between", (below(Kind.DATE), below(Kind.DATE)))
    if shape == "list" and not within:
        listed = Field(draw(st.sampled_from(["items", "containers"])))
        if draw(st.booleans()):
            return Call("sum", (listed, below(number, True)))
        return Call("count", (listed, below(Kind.BOOLEAN, True)))
    return Binary(draw(st.sampled_from(["+", "-", "*"])), below(number), below(number))


def _truth(draw: st.DrawFn, below: Any, within: bool) -> Node:
    shape = draw(st.sampled_from(["logic", "logic", "not", "ordered", "equal", "code", "text", "has", "list"]))
    if shape == "not":
        return Not(below(Kind.BOOLEAN))
    if shape == "ordered":
        kind = draw(st.sampled_from([Kind.NUMBER, Kind.DATE]))
        return Binary(draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="])), below(kind), below(kind))
    if shape == "equal":
        kind = draw(st.sampled_from([Kind.TEXT, Kind.CODE, Kind.BOOLEAN]))
        return Binary(draw(st.sampled_from(["==", "!="])), below(kind), below(kind))
    if shape == "code":
        return In(below(Kind.CODE), tuple(draw(st.lists(st.sampled_from(CODES).map(Text), min_size=1, max_size=5))))
    if shape == "text":
        return In(below(Kind.TEXT), tuple(draw(st.lists(st.sampled_from(WORDS).map(Text), min_size=1, max_size=5))))
    if shape == "has":
        return Call("has", (below(draw(st.sampled_from([Kind.NUMBER, Kind.DATE, Kind.BOOLEAN]))),))
    if shape == "list" and not within:
        listed = Field(draw(st.sampled_from(["items", "containers"])))
        return Call(draw(st.sampled_from(["any", "all"])), (listed, below(Kind.BOOLEAN, True)))
    return Binary(draw(st.sampled_from(["and", "or"])), below(Kind.BOOLEAN), below(Kind.BOOLEAN))


anything = st.sampled_from([Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.CODE, Kind.TEXT]).flatmap(trees)


@settings(max_examples=150, deadline=None)
@given(anything)
def test_it_reads_back_every_tree_that_it_renders(node: Node) -> None:
    assert parse(render(node)) == node


@settings(max_examples=150, deadline=None)
@given(node=anything, facts=facts_of(VOCABULARY))
def test_it_computes_what_it_explains_and_what_the_plain_reference_says(
    reference: Callable[[Node, Any, Vocabulary], None], node: Node, facts: dict[str, Any]
) -> None:
    try:
        checked = check(node, VOCABULARY)
    except ExpressionError as refused:
        assume(refused.code not in ("expression.result_too_long", "expression.result_too_fine"))
        raise
    explained = explain(checked, facts)
    computed = compile_one(checked)(facts)
    assert (type(computed), str(computed)) == (type(explained.value), str(explained.value))
    assert computed is not None or checked.type.optional
    if isinstance(computed, Decimal):
        assert abs(computed) < 10**checked.type.whole
        assert -int(computed.as_tuple().exponent) <= checked.type.scale
    reference(node, facts, VOCABULARY)
    for step in explained.steps:
        assert parse(step.params["expression"])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_it_answers_any_text_with_a_tree_or_an_expression_error(source: str) -> None:
    try:
        node = parse(source)
    except ExpressionError as refused:
        assert refused.code.startswith("expression.")
        assert refused.position is not None
        assert 0 <= refused.position <= len(source)
    else:
        assert parse(render(node)) == node


PIECES = [
    *["value", "rate", "items", "item.mass", "code", "origin", "1", "0.5", '"87"', '"half_up"', "true", "false"],
    *["+", "-", "*", "==", "<", "and", "or", "not", "in", "not in", "(", ")", "[", "]", ",", "date(", "if(", "sum("],
    *["round(", "ratio(", "max(", "has(", "count(", "any(", "days_between(", "accepted_on", "/", "%", "é", "__"],
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
def test_it_answers_any_heap_of_words_with_a_type_or_an_expression_error(pieces: list[str], spaced: bool) -> None:
    source = (" " if spaced else "").join(pieces)
    try:
        checked = check(source, VOCABULARY)
    except ExpressionError as refused:
        assert refused.position is not None
        assert 0 <= refused.position <= len(source)
    else:
        assert check(checked.node, VOCABULARY).type == checked.type
