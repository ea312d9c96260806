# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from gumruk.law.expression import ExpressionError, FieldType, Kind, Number, Vocabulary, check, conform


def number(digits: int, scale: int = 0, optional: bool = False) -> FieldType:
    return FieldType(Kind.NUMBER, digits, scale, optional=optional)


VOCABULARY: Vocabulary = {
    "item.customs_value": number(15, 2),
    "item.code": FieldType(Kind.CODE),
    "item.origin": FieldType(Kind.TEXT),
    "law.vat_rate": number(6, 4),
    "excise": number(15, 2, optional=True),
    "items": FieldType(Kind.LIST, items={"customs_value": number(15, 2), "code": FieldType(Kind.CODE)}),
}


@pytest.mark.parametrize(
    ("source", "nearest"),
    [
        ("item.custom_value", "item.customs_value"),
        ("law.vatrate", "law.vat_rate"),
        ("sum(items, item.customsvalue)", "item.customs_value"),
        ("sum(items, law.vat)", "law.vat_rate"),
        ("ratoi(1, 2, 3, 4)", "ratio"),
        ("zzzz", "—"),
    ],
)
def test_it_names_the_nearest_name(source: str, nearest: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        check(source, VOCABULARY)
    assert refused.value.params["nearest"] == nearest


@pytest.mark.parametrize(
    ("source", "digits", "scale", "optional"),
    [
        ("item.customs_value * law.vat_rate", 21, 6, False),
        ("item.customs_value + law.vat_rate", 18, 4, False),
        ("item.customs_value - 1", 16, 2, False),
        ("-item.customs_value", 15, 2, False),
        ("item.customs_value + excise", 16, 2, True),
        ("item.customs_value + default(excise, 0)", 16, 2, False),
        ('round(item.customs_value * law.vat_rate, "half_up", 2)', 18, 2, False),
        ('round(item.customs_value, "half_up", 4)', 17, 4, False),
        ('round(law.vat_rate, "up", -3)', 4, 0, False),
        ('ratio(item.customs_value, law.vat_rate, "half_up", 6)', 24, 6, True),
        ('ratio(item.customs_value, 4, "half_up", 6)', 20, 6, False),
        ('ratio(item.customs_value, 0, "half_up", 6)', 20, 6, True),
        ("max(item.customs_value, law.vat_rate)", 17, 4, False),
        ("if(true, item.customs_value, 0.001)", 16, 3, False),
        ("count(items)", 5, 0, False),
        ("sum(items, item.customs_value)", 19, 2, False),
    ],
)
def test_it_works_out_how_many_digits_a_result_has(source: str, digits: int, scale: int, optional: bool) -> None:
    found = check(source, VOCABULARY).type
    assert (found.digits, found.scale, found.optional) == (digits, scale, optional)


def test_it_lists_the_fields_that_an_expression_reads() -> None:
    checked = check('sum(items, if(item.code in ["87"], item.customs_value, 0)) * law.vat_rate', VOCABULARY)
    assert checked.fields == {"items": VOCABULARY["items"], "law.vat_rate": VOCABULARY["law.vat_rate"]}
    counted = check('count(items, item.code in ["87"])', VOCABULARY)
    assert counted.fields["items"].items == {"code": FieldType(Kind.CODE)}


def test_it_refuses_a_result_of_another_kind_than_expected() -> None:
    assert check("item.customs_value > 0", VOCABULARY, expect=Kind.BOOLEAN).type.kind is Kind.BOOLEAN
    assert check('"8703"', VOCABULARY, expect=Kind.CODE).type.kind is Kind.TEXT
    with pytest.raises(ExpressionError) as refused:
        check("item.customs_value", VOCABULARY, expect=Kind.BOOLEAN)
    assert refused.value.params == {"expected": "boolean", "found": "number"}


def test_it_gives_no_place_for_a_tree_that_a_program_made() -> None:
    with pytest.raises(ExpressionError) as refused:
        check(Number(Decimal(1)), {}, expect=Kind.TEXT)
    assert refused.value.position is None
    assert str(refused.value) == "expression.kind_expected (expected=text, found=number)"


def test_it_says_its_error_without_prose() -> None:
    with pytest.raises(ExpressionError) as refused:
        check("1 + zzzz", VOCABULARY)
    assert str(refused.value) == "expression.unknown_field at 4 (name=zzzz, nearest=—)"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.NUMBER},
        {"kind": Kind.NUMBER, "digits": 39},
        {"kind": Kind.NUMBER, "digits": 20, "scale": 19},
        {"kind": Kind.NUMBER, "digits": 2, "scale": 3},
        {"kind": Kind.TEXT, "digits": 5},
        {"kind": Kind.LIST},
        {"kind": Kind.TEXT, "items": {}},
        {"kind": Kind.LIST, "items": {"inner": FieldType(Kind.LIST, items={})}},
    ],
)
def test_it_refuses_a_type_that_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"number|list"):
        FieldType(**wrong)


def test_it_keeps_what_is_checked_from_being_changed() -> None:
    checked = check("1", {})
    with pytest.raises(FrozenInstanceError):
        checked.source = "2"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (number(5, 2), 1, "fact_kind"),
        (number(5, 2), 1.5, "fact_kind"),
        (number(5, 2), True, "fact_kind"),
        (number(5, 2), "1.50", "fact_kind"),
        (number(5, 2), Decimal("NaN"), "fact_range"),
        (number(5, 2), Decimal("sNaN"), "fact_range"),
        (number(5, 2), Decimal("Infinity"), "fact_range"),
        (number(5, 2), Decimal("1000"), "fact_range"),
        (number(5, 2), Decimal("1E+3"), "fact_range"),
        (number(5, 2), Decimal("0.001"), "fact_range"),
        (number(5, 2), Decimal("1E-999999"), "fact_range"),
        (number(5, 2), None, "fact_missing"),
        (FieldType(Kind.TEXT), 5, "fact_kind"),
        (FieldType(Kind.BOOLEAN), 1, "fact_kind"),
        (FieldType(Kind.DATE), "2026-12-31", "fact_kind"),
        (FieldType(Kind.DATE), datetime(2026, 12, 31), "fact_kind"),  # noqa: DTZ001
        (FieldType(Kind.LIST, items={}), "items", "fact_kind"),
        (FieldType(Kind.LIST, items={}), [None], "fact_kind"),
        (FieldType(Kind.LIST, items={}), [{}] * 10_001, "list_too_long"),
    ],
)
def test_it_refuses_facts_that_do_not_keep_to_the_vocabulary(kind: FieldType, value: object, code: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        conform({"fact": kind}, {"fact": value})
    assert refused.value.code == f"expression.{code}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (number(5, 2), Decimal("999.99")),
        (number(5, 2), Decimal("-999.99")),
        (number(5, 2), Decimal("1.00000")),
        (number(5, 2), Decimal("1E+2")),
        (number(5, 2), Decimal(0)),
        (number(2, 2), Decimal("0.05")),
        (number(5, 2, optional=True), None),
        (FieldType(Kind.DATE), date(2026, 12, 31)),
        (FieldType(Kind.LIST, items={}), ()),
        (FieldType(Kind.LIST, items={}), [{}] * 10_000),
    ],
)
def test_it_takes_facts_that_keep_to_the_vocabulary(kind: FieldType, value: object) -> None:
    conform({"fact": kind}, {"fact": value, "other": object()})


def test_it_names_the_item_whose_fact_is_wrong() -> None:
    items = [{"customs_value": Decimal(1), "code": "87"}, {"customs_value": Decimal(1), "code": 87}]
    with pytest.raises(ExpressionError) as refused:
        conform({"items": VOCABULARY["items"]}, {"items": items})
    assert refused.value.params == {"path": "items[1].code", "expected": "code", "found": "int"}
