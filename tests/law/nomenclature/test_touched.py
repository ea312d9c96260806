# SPDX-License-Identifier: Apache-2.0
"""Which changes of the law concern a code: its own rows, wider ones that it falls back on, and what holds for all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gumruk.law.kernel import DateRange
from gumruk.law.lawbook import Entry, LawBook, Scalar, Status
from gumruk.law.lawbook.comparison import compare
from gumruk.law.nomenclature import touching

ALWAYS = DateRange()


def row(table: str, key: str, valid: DateRange = ALWAYS, status: Status = Status.UNVERIFIED, **fields: Scalar) -> Entry:
    return Entry(table, key, fields, valid, "ACT", status)


def duty(key: str, rate: str, valid: DateRange = ALWAYS, status: Status = Status.UNVERIFIED) -> Entry:
    return row("tariff", key, valid, status, duty=rate)


def touched(code: str, before: list[Entry], after: list[Entry]) -> list[str]:
    book = LawBook("TJ", after)
    return [f"{one.entry.table} {one.entry.key}" for one in touching(compare(LawBook("TJ", before), book), code, book)]


@pytest.mark.parametrize("code", ["02", "0207", "020714", "0207140001"])
def test_it_tells_who_follows_the_code_what_is_above_and_what_is_below_it(code: str) -> None:
    assert touched(code, [duty("0207", "15%")], [duty("0207", "10%")]) == ["tariff 0207"]


@pytest.mark.parametrize("code", ["0208", "03", "020", "1207"])
def test_it_tells_nobody_else(code: str) -> None:
    assert touched(code, [duty("0207", "15%")], [duty("0207", "10%")]) == ([] if code != "020" else ["tariff 0207"])


def test_it_leaves_out_a_wider_row_where_a_nearer_one_holds_throughout() -> None:
    before, after = [duty("02", "10%"), duty("0207", "15%")], [duty("02", "5%"), duty("0207", "15%")]
    assert touched("020714", before, after) == []
    assert touched("0201", before, after) == ["tariff 02"]
    assert touched("02", before, after) == ["tariff 02"]


@pytest.mark.parametrize(
    "nearer",
    [
        duty("0207", "15%", DateRange(date(2027, 1, 1), None)),
        duty("0207", "15%", DateRange(None, date(2027, 1, 1))),
        duty("0207", "15%", status=Status.TRAINING),
    ],
)
def test_it_tells_of_a_wider_row_where_the_nearer_one_does_not_always_hold(nearer: Entry) -> None:
    assert touched("020714", [duty("02", "10%"), nearer], [duty("02", "5%"), nearer]) == ["tariff 02"]


def test_it_tells_everybody_what_holds_for_all_goods() -> None:
    before = [row("values", "vat.rate", value=Decimal("0.14")), row("preferences", "CISFTA", duty="0%")]
    after = [row("values", "vat.rate", value=Decimal("0.13")), row("preferences", "CISFTA", duty="5%")]
    assert touched("0207", before, after) == ["preferences CISFTA", "values vat.rate"]


def test_it_reads_the_codes_that_demands_and_expressions_name() -> None:
    before: list[Entry] = []
    after = [
        row("required_documents", "veterinary", codes=("01", "02"), documents=("853",)),
        row("required_documents", "invoice", codes=(), documents=("380",)),
        row("reliefs", "EV1", when='item.code in ["870380*", "8702*"]'),
        row("charges", "3010", level="item", when='item.procedure == "10" and item.code in ["26*"]'),
        row("charges", "1010", level="declaration", when="true"),
    ]
    assert touched("0207", before, after) == ["required_documents invoice", "required_documents veterinary"]
    assert touched("8703", before, after) == ["reliefs EV1", "required_documents invoice"]
    assert touched("2603", before, after) == ["charges 3010", "required_documents invoice"]


def test_it_tells_of_goods_that_a_demand_names_no_more() -> None:
    before = [row("permit_places", "animals", codes=("01", "02"))]
    assert touched("0207", before, [row("permit_places", "animals", codes=("01",))]) == ["permit_places animals"]


def test_it_tells_nobody_of_what_is_no_law_of_goods() -> None:
    before = [
        row("exchange_rates", "USD", amount=Decimal("9.5")),
        row("offices", "TJ-DYU", place="A"),
        row("fees", "1"),
    ]
    after = [row("exchange_rates", "USD", amount=Decimal("9.6")), row("offices", "TJ-DYU", place="B")]
    assert touched("0207", before, after) == []
