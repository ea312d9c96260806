# SPDX-License-Identifier: Apache-2.0
"""What a row of the profile's tables is: one element, the WCO's number for it, and the model's field for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an element's content becomes a value of the model."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    AMOUNT = "amount"
    MEASURE = "measure"
    MOMENT = "moment"
    OBJECT = "object"
    GROUP = "group"
    """An element that the model has no class for: its own elements are fields of the object around it."""
    TEXTS = "texts"
    """A repeated element that holds one text each."""


@dataclass(frozen=True, slots=True)
class Row:
    """One element of a class, in the order of the schema.

    `wco_id` is the WCO Data Model's class or element ID, "" where the same element has another ID in each role.
    `many` says that it may repeat. `added` marks what the model has and the published profile has not.
    """

    element: str
    wco_id: str
    kind: Kind
    attribute: str = ""
    of: type | None = None
    many: bool = False
    rows: tuple[Row, ...] = ()
    added: bool = False


def text(element: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that holds a text, a code or an identifier."""
    return Row(element, wco_id, Kind.TEXT, attribute, added=added)


def integer(element: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that holds a whole number."""
    return Row(element, wco_id, Kind.INTEGER, attribute, added=added)


def decimal(element: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that holds a plain number."""
    return Row(element, wco_id, Kind.DECIMAL, attribute, added=added)


def amount(element: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that holds an amount, its currency in `currencyID`."""
    return Row(element, wco_id, Kind.AMOUNT, attribute, added=added)


def measure(element: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that holds a measured quantity, its unit in `unitCode`."""
    return Row(element, wco_id, Kind.MEASURE, attribute, added=added)


def moment(element: str, wco_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that holds a `DateTimeString` with its `formatCode`."""
    return Row(element, wco_id, Kind.MOMENT, attribute, added=added)


def one(element: str, wco_id: str, attribute: str, of: type, *, added: bool = False) -> Row:
    """An element that is an object of the model."""
    return Row(element, wco_id, Kind.OBJECT, attribute, of, added=added)


def many(element: str, wco_id: str, attribute: str, of: type, *, added: bool = False) -> Row:
    """An element that repeats, each time an object of the model."""
    return Row(element, wco_id, Kind.OBJECT, attribute, of, many=True, added=added)


def group(element: str, wco_id: str, *rows: Row) -> Row:
    """An element whose own elements are fields of the object around it."""
    return Row(element, wco_id, Kind.GROUP, rows=rows)


def texts(element: str, wco_id: str, inner: str, inner_id: str, attribute: str, *, added: bool = False) -> Row:
    """An element that repeats, each time with one text in the element `inner`."""
    rows = (text(inner, inner_id, attribute, added=added),)
    return Row(element, wco_id, Kind.TEXTS, attribute, many=True, rows=rows, added=added)
