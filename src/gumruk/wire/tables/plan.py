# SPDX-License-Identifier: Apache-2.0
"""A table made ready once: a tree of element names for the reader and the writer, its template, its order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gumruk.wire.tables.names import PLACE, local_key, wrapped
from gumruk.wire.tables.paths import Step, steps_of
from gumruk.wire.tables.table import Conversion, Dialect, Echo, Many, Row, Same, Table

#: One element of a path: the names it may have, ours first, and the how many-th of that name it is.
ElementStep = tuple[tuple[str, ...], int]
#: Which texts an object has (row, part), and how many objects each of its lists.
Given = tuple[frozenset[tuple[int, int]], tuple[int, ...]]


@dataclass(slots=True, eq=False)
class Node:
    """One element below a table's element. `row` and `part` say whose text it is, `many` which objects it repeats.

    `follows` is the row that it follows, `same` which object it says to be another, `order` its place among its
    siblings.
    """

    name: str
    local: str = ""
    prefix: str = ""
    order: int = 0
    row: int = -1
    part: int = 0
    many: ManyPlan | None = None
    follows: int = -1
    same: int = -1
    children: dict[str, Node] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class RowPlan:
    """A row made ready."""

    fields: tuple[tuple[Step, ...], ...]
    conversion: Conversion
    elements: tuple[tuple[ElementStep, ...], ...]
    follows: tuple[tuple[ElementStep, ...], ...]
    currency: tuple[Step, ...]
    aside: tuple[tuple[Step, ...], ...]


@dataclass(slots=True, eq=False)
class EchoPlan:
    """An echo made ready."""

    fields: tuple[tuple[Step, ...], ...]
    element: tuple[ElementStep, ...]
    echo: Echo


@dataclass(slots=True, eq=False)
class SamePlan:
    """An element that says of an object that it is another, made ready."""

    element: tuple[ElementStep, ...]
    steps: tuple[Step, ...]
    other: tuple[Step, ...]


@dataclass(slots=True, eq=False)
class ManyPlan:
    """A repeated element made ready. `excluded` are the objects of its list that other rows write."""

    plan: Plan
    steps: tuple[Step, ...]
    path: str
    elements: tuple[ElementStep, ...]
    joins: bool
    numbered: bool
    excluded: tuple[tuple[tuple[str, str | None], ...], ...]


@dataclass(slots=True, eq=False)
class Plan:
    """A table made ready."""

    table: Table
    root: Node
    rows: tuple[RowPlan, ...]
    echoes: tuple[EchoPlan, ...]
    many: tuple[ManyPlan, ...]
    same: tuple[SamePlan, ...]
    shapes: dict[Given, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The element's name as it is looked up."""
        return self.root.name


class Plans:
    """The plans of a dialect's tables: of the declaration by direction, of every element that is an object by name."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._by_direction = {direction: self._plan(table) for direction, table in dialect.tables.items()}
        self.by_element: dict[str, Plan] = {}
        waiting = list(self._by_direction.values())
        while waiting:
            plan = waiting.pop()
            self.by_element[plan.table.element] = plan
            waiting.extend(many.plan for many in plan.many)

    def declaration(self, direction: str) -> Plan:
        """The plan of the declaration for a direction; that of imports where there is none of its own."""
        return self._by_direction.get(direction) or self._by_direction["IM"]

    def _plan(self, table: Table) -> Plan:
        template = wrapped(table.template, self.dialect.namespaces)
        root = _node_of(template)
        rows: list[RowPlan] = []
        echoes: list[EchoPlan] = []
        many: list[ManyPlan] = []
        same: list[SamePlan] = []
        keyed = [row.fields for row in table.rows if isinstance(row, Row)]
        for row in table.rows:
            if isinstance(row, Many):
                plan = self._plan(row.table)
                node, elements = _at(root, row.path)
                node.many = ManyPlan(
                    plan, steps_of(row.field), row.field, elements, row.joins, row.numbered, _excluded(row, keyed)
                )
                many.append(node.many)
            elif isinstance(row, Same):
                node, elements = _at(root, row.element)
                node.same = len(same)
                same.append(SamePlan(elements, steps_of(row.field), steps_of(row.other)))
            elif isinstance(row, Echo):
                _, elements = _at(root, row.element)
                echoes.append(EchoPlan(tuple(steps_of(path) for path in row.fields), elements, row))
            else:
                rows.append(_row_plan(row, root, len(rows)))
        return Plan(table, root, tuple(rows), tuple(echoes), tuple(many), tuple(same))


def _row_plan(row: Row, root: Node, number: int) -> RowPlan:
    elements = []
    for part, path in enumerate(row.elements):
        node, names = _at(root, path)
        node.row, node.part = number, part
        elements.append(names)
    follows = []
    for path in row.follows:
        node, names = _at(root, path)
        node.follows = number
        follows.append(names)
    fields, aside = tuple(map(steps_of, row.fields)), tuple(map(steps_of, row.aside))
    return RowPlan(fields, row.conversion, tuple(elements), tuple(follows), steps_of(row.currency), aside)


def _excluded(row: Many, keyed: list[tuple[str, ...]]) -> tuple[tuple[tuple[str, str | None], ...], ...]:
    """The keys by which other rows choose parts of the list that this row repeats."""
    found: list[tuple[tuple[str, str | None], ...]] = []
    for fields in keyed:
        for path in fields:
            for step in steps_of(path):
                if step.keys and path.startswith(f"{row.field}[") and step.keys not in found:
                    found.append(step.keys)
    return tuple(found)


def _node_of(element: Any, order: int = 0) -> Node:
    node = Node(local_key(element.tag), element.tag.rpartition("}")[2], element.prefix or "", order)
    for place, child in enumerate(element):
        key = local_key(child.tag)
        if key in ("null", PLACE):
            continue
        number = 1 + sum(1 for _ in child.itersiblings(child.tag, preceding=True))
        node.children[key if number == 1 else f"{key}#{number}"] = _node_of(child, place)
    return node


def _at(root: Node, path: str) -> tuple[Node, tuple[ElementStep, ...]]:
    """The node at a path, known by all its names, and the steps there."""
    steps: list[ElementStep] = []
    node = root
    for part in path.lower().split("/"):
        names, _, number = part.partition("#")
        first, *further = names.split("|")
        inner = node.children[f"{first}#{number}" if number else first]
        for name in further:
            node.children[name] = inner
        steps.append((tuple(names.split("|")), int(number or 1)))
        node = inner
    return node, tuple(steps)


def node_at(node: Node, step: ElementStep) -> Node:
    """The node one step below another."""
    names, number = step
    return next(
        inner for name in names if (inner := node.children.get(name if number == 1 else f"{name}#{number}")) is not None
    )
