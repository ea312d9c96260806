# SPDX-License-Identifier: Apache-2.0
"""What the tables of a format are made of: its elements, the model's fields for them, and how one becomes the other.

A table tells of one element that is one object of the model (the message, a goods item, a tax line). Its rows are read
and written; what no row names stays with the object as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gumruk.law.declarations.model import Declaration

Texts = tuple[str | None, ...]
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """Texts of elements to values of the model and back: as many as the row names. None is what is not there.

    What cannot be understood is None too: it then stays in the message as it came. `is_number` says that the first
    text is a number, so that one which is none can be told.
    """

    name: str
    read: Callable[[Texts], Values]
    write: Callable[[Values], Texts]
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Elements (paths below the table's element) and the model's fields for them (paths below the table's object).

    In an element's path `one|other` is an element that has two names, `name#2` the second of one name. `currency` is
    the declaration's field whose currency an amount has that comes without one. `aside` are fields of other rows that
    the writing of a new element looks at: their values stand behind those of `fields`.
    `follows` names elements that only say again what this row says (the name beside a code, the same amount in
    another currency): they stay while the value stays, and go when it changes.
    """

    elements: tuple[str, ...]
    fields: tuple[str, ...]
    conversion: Conversion
    follows: tuple[str, ...] = ()
    currency: str = ""
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Echo:
    """An element that is not read: it is written where a declaration is put into this format for the first time."""

    element: str
    fields: tuple[str, ...]
    write: Callable[[Values], str | None]


@dataclass(frozen=True, slots=True)
class Same:
    """An element that says yes or no: whether the object `field`, of which nothing else is said, is `other`."""

    element: str
    field: str
    other: str


@dataclass(frozen=True, slots=True)
class Many:
    """An element that repeats (its path), each time an object in the list `field`.

    `joins` says that the first element is the list's first object even if another row has put something in it,
    `numbered` that the format counts the objects only by their order: they get their number in reading.
    """

    path: str
    field: str
    table: Table
    joins: bool = False
    numbered: bool = False


Entry = Row | Echo | Same | Many
"""What a table may hold."""


@dataclass(frozen=True, slots=True)
class Table:
    """One element of a format as an object of the model.

    `needs` are the fields of which an object must have one: an element without any is an empty row of a form.
    `template` is the element as it is written first, all known elements in their order; `prunes` says that those
    without content are then left out.
    """

    element: str
    of: type
    template: str
    rows: tuple[Entry, ...]
    needs: tuple[str, ...] = ()
    prunes: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """A format: its tables and its manners.

    `root` is the element of the declaration, `envelope` one that may stand around it. `tables` are those of the
    declaration by direction (IM, EX, TR): the same element can be another field on export; `direction` makes one of
    the text of `direction_element` (a path below the root). `families` are the namespaces without their version, each
    with the prefix we write, "" for the declaration's own; `namespaces` those that we write, by prefix.
    """

    name: str
    root: str
    tables: Mapping[str, Table]
    direction: Callable[[str], str]
    direction_element: str
    envelope: str = ""
    families: Mapping[str, str] = field(default_factory=dict)
    namespaces: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    prepared: Callable[[Declaration], Declaration] = lambda declaration: declaration


def row(element: str, path: str, conversion: Conversion, *follows: str) -> Row:
    """A row of one element and one field."""
    return Row((element,), (path,), conversion, follows)
