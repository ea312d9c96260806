# SPDX-License-Identifier: Apache-2.0
"""The words of a case as exact values: numbers, money, days, yes and no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from gumruk.law.kernel import Money
from gumruk.packs.cases.model import Cell
from gumruk.packs.cases.yaml_nodes import refuse

YES = {"true": True, "yes": True, "false": False, "no": False}


def day(cell: Cell, file: str) -> date:
    """A day written as 2027-01-04. Raises CaseFault."""
    try:
        return date.fromisoformat(cell.text)
    except ValueError:
        raise refuse(file, cell.line, "value", field="day", found=cell.text, example="2027-01-04") from None


def number(cell: Cell, file: str, field: str) -> Decimal:
    """An exact number, blanks between its digits or not. Raises CaseFault."""
    try:
        value = Decimal(cell.text.replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= Decimal(10) ** 18:
        raise refuse(file, cell.line, "value", field=field, found=cell.text, example="1250.00")
    return value


def money(cell: Cell | None, file: str, field: str) -> Money | None:
    """An amount and its currency; None for a cell that is not there. Raises CaseFault."""
    if cell is None:
        return None
    amount, _, currency = cell.text.rpartition(" ")
    try:
        return Money(number(replace(cell, text=amount), file, field), currency)
    except ValueError:
        raise refuse(file, cell.line, "value", field=field, found=cell.text, example="1250.00 USD") from None
