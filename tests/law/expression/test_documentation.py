# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gumruk import texts
from gumruk.law.expression import (
    FUNCTIONS,
    ExpressionError,
    FieldType,
    Kind,
    Vocabulary,
    check,
    compile_one,
    explain,
)
from gumruk.law.expression.explain import shown

PAGE = (Path(__file__).parents[3] / "docs" / "expression-language.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


AMOUNT = FieldType(Kind.NUMBER, 15, 2)
VOCABULARY: Vocabulary = {
    "item.customs_value": AMOUNT,
    "item.code": FieldType(Kind.CODE),
    "item.origin": FieldType(Kind.TEXT),
    "law.vat_rate": FieldType(Kind.NUMBER, 6, 4),
    "fx.EUR": FieldType(Kind.NUMBER, 10, 4),
    "quantity.KGM": FieldType(Kind.NUMBER, 14, 3),
    "quantity.C62": FieldType(Kind.NUMBER, 10, 0),
    "charge.import_duty": AMOUNT,
    "charge.excise": FieldType(Kind.NUMBER, 15, 2, optional=True),
    "items": FieldType(Kind.LIST, items={"code": FieldType(Kind.CODE), "value": AMOUNT}),
}


def read(block: str) -> tuple[dict[str, Any], str, list[str]]:
    """The facts, the expression and what comes out."""
    above, _, below = block.rpartition("=> ")
    facts: dict[str, Any] = {}
    for line in above.splitlines():
        if not line.startswith("#"):
            path, _, value = line.partition(" = ")
            facts[path] = Decimal(value) if VOCABULARY[path].kind is Kind.NUMBER else value
    if "items" in facts:
        items = json.loads(facts["items"])
        facts["items"] = [{**item, "value": Decimal(item["value"])} for item in items]
    source, *result = below.splitlines()
    return facts, source, result


@pytest.mark.parametrize("block", blocks("expression"))
def test_it_computes_what_the_page_says(block: str) -> None:
    facts, source, (expected,) = read(block)
    if expected.startswith("error "):
        with pytest.raises(ExpressionError) as refused:
            check(source, VOCABULARY)
        assert f"error {refused.value.code}" == expected
        return
    checked = check(source, VOCABULARY)
    for value in (explain(checked, facts).value, compile_one(checked)(facts)):
        if isinstance(value, Decimal):
            assert value == Decimal(expected)
        else:
            assert (shown(value) if value is not None else "missing") == expected


@pytest.mark.parametrize("block", blocks("steps"))
def test_it_tells_the_steps_that_the_page_shows(block: str) -> None:
    facts, source, expected = read(block)
    steps = explain(check(source, VOCABULARY), facts).steps
    assert [texts.say("en", step.code, **step.params) for step in steps] == expected


@pytest.mark.parametrize("block", blocks("python"))
def test_it_runs_the_page_s_python(block: str) -> None:
    exec(compile(block, "docs/expression-language.md", "exec"), {})  # noqa: S102


def test_it_finds_examples_of_each_sort() -> None:
    assert len(blocks("expression")) >= 12
    assert blocks("steps")
    assert blocks("python")


def test_it_lists_every_function_and_every_error() -> None:
    for name in FUNCTIONS:
        assert f"`{name}(" in PAGE
    table = PAGE.partition("<!-- codes:")[2].partition("## For")[0]
    listed = set(re.findall(r"`([a-z_]+)`", table.replace("`/`", "")))
    keys = [key.removeprefix("expression.") for key in texts.catalogue("en") if key.startswith("expression.")]
    source = (Path(__file__).parents[3] / "src" / "gumruk" / "texts" / "en" / "expression.toml").read_text("utf-8")
    steps = set(re.findall(r"^([a-z_]+) =", source.partition("# How it is written.")[0], re.MULTILINE))
    assert listed == {key for key in keys if "." not in key} - steps
