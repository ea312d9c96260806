# SPDX-License-Identifier: Apache-2.0
"""The profile's tables made ready once: a dictionary by tag for the reader, a flat list for the writer.

A dialect is a kind of message with namespaces of its own: a declaration or a response.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.responses import Response
from gumruk.wire.wco.profile import DATA_TYPES, DECLARATION, METADATA, PROFILE
from gumruk.wire.wco.response_profile import CORRECTED, RESPONSE, RESPONSE_DATA_TYPES, RESPONSE_PROFILE
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
    """One row made ready: `inner` is the plan of its object or group, `inner_element` the element of a repeated text.

    `declared` are the namespaces that the writer declares on an element of another dialect.
    """

    kind: int
    element: str
    attribute: str
    many: bool
    inner: Plan
    inner_element: str
    declared: str


@dataclass(slots=True, eq=False)
class Plan:
    """One class, or one group of it, made ready."""

    of: type
    by_tag: Mapping[str, Entry]
    entries: tuple[Entry, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """A kind of message: its root element, its facts' table, its namespaces, its profile, and the plan of its root."""

    name: str
    table: str
    namespace: str
    data_types: str
    profile: Mapping[type, tuple[Row, ...]]
    plan: Plan

    @property
    def root_tags(self) -> tuple[str, str]:
        """The tags of the root element: in its namespace, and where the namespace got lost."""
        return f"{{{self.namespace}}}{self.name}", self.name

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefix that the writer declares for each namespace."""
        return {"": "", self.namespace: "", self.data_types: "ds:", METADATA: "md:"}


NOTHING = Plan(object, {}, (), ())
"""The plan of what no profile names."""


@dataclass(slots=True)
class _Planning:
    """Plans being made: of which namespace and profile, and those of each class that stand."""

    namespace: str
    profile: Mapping[type, tuple[Row, ...]]
    plans: dict[type, Plan]

    def of_class(self, of: type) -> Plan:
        return self.plans.get(of) or self.made(of, self.profile[of])

    def made(self, of: type, rows: tuple[Row, ...], *, keep: bool = True) -> Plan:
        entries = tuple(self.entry(of, row) for row in rows)
        by_tag: dict[str, Entry] = {}
        for row, entry in zip(rows, entries, strict=True):
            if row.element == CORRECTED:
                by_tag[f"{{{DECLARATION}}}{entry.element}"] = entry
            else:
                by_tag[entry.element] = by_tag[f"{{{self.namespace}}}{entry.element}"] = entry
        plan = Plan(of, by_tag, entries, tuple(entry.attribute for entry in entries if entry.attribute))
        if keep:
            self.plans[of] = plan
        return plan

    def entry(self, of: type, row: Row) -> Entry:
        inner = NOTHING
        if row.element == CORRECTED:
            inner = DECLARATIONS.plan
        elif row.kind is Kind.GROUP:
            inner = self.made(of, row.rows, keep=False)
        elif row.of is not None:
            inner = self.of_class(row.of)
        inner_element = row.rows[0].element if row.kind is Kind.TEXTS else ""
        element = row.element.removeprefix("od:")
        declared = f' xmlns="{DECLARATION}" xmlns:ds="{DATA_TYPES}"' if row.element == CORRECTED else ""
        return Entry(_NUMBERS[row.kind], element, row.attribute, row.many, inner, inner_element, declared)


def _dialect(of: type, table: str, namespace: str, data_types: str, profile: Mapping[type, tuple[Row, ...]]) -> Dialect:
    plan = _Planning(namespace, profile, {}).of_class(of)
    return Dialect(of.__name__, table, namespace, data_types, profile, plan)


DECLARATIONS = _dialect(Declaration, "declaration", DECLARATION, DATA_TYPES, PROFILE)
"""Declarations, their amendments and cancellations."""
RESPONSES = _dialect(Response, "response", RESPONSE, RESPONSE_DATA_TYPES, RESPONSE_PROFILE)
"""What an office answers."""
