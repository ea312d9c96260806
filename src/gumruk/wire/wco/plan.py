# SPDX-License-Identifier: Apache-2.0
"""The profile's tables made ready once: a dictionary by tag for the reader, a flat list for the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gumruk.law.declarations.model import Declaration
from gumruk.wire.wco.profile import DECLARATION, PROFILE
from gumruk.wire.wco.table import Kind, Row

# Small numbers in the order of how often they occur: the reader and the writer branch on them.
TEXT, OBJECT, AMOUNT, MEASURE, INTEGER, DECIMAL, GROUP, MOMENT, TEXTS = range(9)
_NUMBERS = {
    Kind.TEXT: TEXT,
    Kind.OBJECT: OBJECT,
    Kind.AMOUNT: AMOUNT,
    Kind.MEASURE: MEASURE,
    Kind.INTEGER: INTEGER,
    Kind.DECIMAL: DECIMAL,
    Kind.GROUP: GROUP,
    Kind.MOMENT: MOMENT,
    Kind.TEXTS: TEXTS,
}


@dataclass(slots=True, eq=False)
class Entry:
    """One row made ready: `inner` is the plan of its object or group, `inner_element` that of a repeated text."""

    kind: int
    element: str
    attribute: str
    many: bool
    inner: Plan
    inner_element: str


@dataclass(slots=True, eq=False)
class Plan:
    """One class, or one group of it, made ready."""

    of: type
    by_tag: Mapping[str, Entry]
    entries: tuple[Entry, ...]
    attributes: tuple[str, ...]


_NOTHING = Plan(object, {}, (), ())


def _plan(of: type, rows: tuple[Row, ...], plans: dict[type, Plan]) -> Plan:
    entries = tuple(_entry(of, row, plans) for row in rows)
    by_tag: dict[str, Entry] = {}
    for entry in entries:
        by_tag[entry.element] = entry
        by_tag[f"{{{DECLARATION}}}{entry.element}"] = entry
    return Plan(of, by_tag, entries, tuple(entry.attribute for entry in entries if entry.attribute))


def _entry(of: type, row: Row, plans: dict[type, Plan]) -> Entry:
    inner = _NOTHING
    if row.kind is Kind.GROUP:
        inner = _plan(of, row.rows, plans)
    elif row.of is not None:
        inner = plans.get(row.of) or _class_plan(row.of, plans)
    inner_element = row.rows[0].element if row.kind is Kind.TEXTS else ""
    return Entry(_NUMBERS[row.kind], row.element, row.attribute, row.many, inner, inner_element)


def _class_plan(of: type, plans: dict[type, Plan]) -> Plan:
    plans[of] = _plan(of, PROFILE[of], plans)
    return plans[of]


ROOT: Plan = _class_plan(Declaration, {})
"""The plan of `Declaration`, and in it those of all other classes."""

ROOT_TAGS = frozenset({"Declaration", f"{{{DECLARATION}}}Declaration"})
