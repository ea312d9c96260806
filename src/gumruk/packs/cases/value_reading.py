# SPDX-License-Identifier: Apache-2.0
"""Reads a case of the six methods of valuation: what is known of the value of one item, and which method gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

import yaml

from gumruk.law.kernel import Money
from gumruk.law.valuation import (
    ELEMENTS,
    TERMS,
    Comparable,
    Production,
    Reasonable,
    Resale,
    Sale,
    StatedCost,
    Transaction,
    ValueFacts,
)
from gumruk.packs.cases.model import Cell
from gumruk.packs.cases.words import YES, money, number
from gumruk.packs.cases.yaml_nodes import Mapped, line_of, refuse

#: What a case of value may hold beside the entries that every case has.
VALUE_CASE = (
    *("value", "quantity", "sale", "costs", "identical", "similar", "resale", "production", "reasonable"),
    *("computed_first", "reversal_agreed", "expect"),
)
EXPECTED = ("method", "value", "refused", "comparison")
METHODS = tuple(str(number) for number in range(1, 7))


def value_facts(told: Mapped, file: str) -> ValueFacts:
    """What is stated for each method. Raises CaseFault."""
    quantity, first, agreed = (told.cell(name) for name in ("quantity", "computed_first", "reversal_agreed"))
    return ValueFacts(
        quantity=number(quantity, file, "quantity") if quantity else Decimal(1),
        transaction=_sale(told, file) if "sale" in told else None,
        identical=tuple(_goods(told, "identical", file)),
        similar=tuple(_goods(told, "similar", file)),
        resale=_resale(told, file) if "resale" in told else None,
        production=Production(**_stated(told, "production", Production, file)) if "production" in told else None,
        reasonable=Reasonable(**_stated(told, "reasonable", Reasonable, file)) if "reasonable" in told else None,
        computed_first=first is not None and answer(first, file, "computed_first"),
        reversal_agreed=agreed is None or answer(agreed, file, "reversal_agreed"),
    )


def value_expected(told: Mapped, file: str) -> Mapping[str, Cell]:
    """What is expected: `method`, `value`, and by method `refused.1`, `comparison.5`."""
    expect = Mapped(told.node("expect"), file, EXPECTED, "expect")
    found = {name: cell for name in EXPECTED[:2] if (cell := expect.cell(name))}
    for name in EXPECTED[2:]:
        if name in expect:
            inner = Mapped(expect.node(name), file, METHODS, name)
            found.update({f"{name}.{method}": cell for method in inner.nodes if (cell := inner.cell(method))})
    for needed in ("method", "value"):
        if needed not in found:
            raise refuse(file, expect.line, "missing", field=needed, of="expect")
    if found["method"].text not in (*METHODS, "none"):
        cell = found["method"]
        raise refuse(file, cell.line, "value", field="method", found=cell.text, example=", ".join(METHODS))
    for name, cell in found.items():
        if name.partition(".")[0] in ("value", "comparison") and cell.text != "none":
            number(cell, file, name)
    return found


def _sale(told: Mapped, file: str) -> Transaction:
    stated = _stated(told, "sale", Transaction, file, without=("costs",))
    term = stated.get("term")
    if term and term not in TERMS:
        line = line_of(Mapped(told.node("sale"), file, None, "sale").node("term"))
        raise refuse(file, line, "value", field="term", found=term, example=", ".join(TERMS))
    costs = tuple(_cost(node, file) for node in told.list("costs")) if "costs" in told else ()
    return Transaction(**stated, costs=costs)


def _cost(node: yaml.Node, file: str) -> StatedCost:
    asked = sorted({question for element in ELEMENTS.values() for question in element.asks})
    told = Mapped(node, file, ("element", "amount", "in_price", *asked), "costs")
    element, held = told.cell("element"), told.cell("in_price")
    if element is None or element.text not in ELEMENTS:
        found = element.text if element else "-"
        raise refuse(file, told.line, "value", field="element", found=found, example=", ".join(ELEMENTS))
    amount = money(told.cell("amount"), file, "amount")
    if amount is None:
        raise refuse(file, told.line, "missing", field="amount", of="costs")
    answers = {question: answer(cell, file, question) for question in asked if (cell := told.cell(question))}
    return StatedCost(element.text, amount, answer(held, file, "in_price") if held else None, answers)


def _goods(told: Mapped, name: str, file: str) -> list[Comparable]:
    if name not in told:
        return []
    return [Comparable(**_values(node, name, Comparable, file)) for node in told.list(name)]


def _resale(told: Mapped, file: str) -> Resale:
    stated = Mapped(told.node("resale"), file, tuple(field.name for field in fields(Resale)), "resale")
    sales = tuple(Sale(**_values(node, "sales", Sale, file)) for node in stated.list("sales"))
    return Resale(sales=sales, **_stated(told, "resale", Resale, file, without=("sales",)))


def _stated(told: Mapped, name: str, kind: type[Any], file: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    return _values(told.node(name), name, kind, file, without)


def _values(node: yaml.Node, name: str, kind: type[Any], file: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a value of law as stated, each by its type; what has no default must be there."""
    known = {field.name: field for field in fields(kind)}
    told = Mapped(node, file, tuple(known), name)
    found: dict[str, Any] = {}
    for key, field in known.items():
        if key in without:
            continue
        cell = told.cell(key)
        if cell is not None:
            found[key] = _typed(cell, str(field.type), file, key)
        elif field.default is field.default_factory:  # neither is given: the field is asked for
            raise refuse(file, told.line, "missing", field=key, of=name)
    return found


def _typed(cell: Cell, kind: str, file: str, name: str) -> Decimal | Money | bool | int | str | None:
    if "Money" in kind:
        return money(cell, file, name)
    if "bool" in kind:
        return answer(cell, file, name)
    if "Decimal" in kind:
        return number(cell, file, name)
    return int(number(cell, file, name)) if kind == "int" else cell.text


def answer(cell: Cell, file: str, name: str) -> bool:
    """Yes or no. Raises CaseFault."""
    if cell.text.lower() not in YES:
        raise refuse(file, cell.line, "value", field=name, found=cell.text, example="yes, no")
    return YES[cell.text.lower()]
