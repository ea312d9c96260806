# SPDX-License-Identifier: Apache-2.0
"""What was kept of a message: whether it may be written, and what of it another format could not carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gumruk.law.declarations.model import Extension
from gumruk.wire.tables.conversions import number
from gumruk.wire.tables.names import NAMESPACES, PLACE, any_namespaces, local_key, namespaces_of, wrapped
from gumruk.wire.tables.plan import Node, Plan, Plans
from gumruk.wire.tables.shape import below, text_of
from gumruk.wire.wco.fragment import FragmentError, fragment


def extension_fits(extension: Extension, plans: Plans) -> bool:
    """Whether an extension that came by another way than its format may be written in it: its name and its content."""
    dialect = plans.dialect
    known = {*plans.by_element, dialect.envelope} - {""}
    try:
        if extension.name == NAMESPACES:
            namespaces_of(extension.content, dialect)
        else:
            element = wrapped(extension.content, any_namespaces(dialect))
            fragment(element)
            if extension.name not in known or local_key(element.tag) != extension.name.lower():
                return False
    except (ValueError, FragmentError):
        return False
    return extension.position >= 0


def left_over(extension: Extension, plans: Plans) -> list[str]:
    """The elements that only this format can say, by path: those with a content that is no value of the model."""
    plan = plans.by_element.get(extension.name)
    if extension.name == NAMESPACES:
        return []
    try:
        element = wrapped(extension.content, any_namespaces(plans.dialect))
    except ValueError:
        return [extension.name]
    return list(dict.fromkeys(_said(element, plan.root if plan else None, plan, extension.name)))


def unread(extension: Extension, plans: Plans) -> list[tuple[str, str]]:
    """The numbers that could not be understood and so stand in the message only: element and text of each."""
    plan = plans.by_element.get(extension.name)
    try:
        element = wrapped(extension.content, any_namespaces(plans.dialect))
    except ValueError:
        return []
    return list(_no_numbers(element, plan)) if plan else []


def _no_numbers(element: Any, plan: Plan) -> Iterator[tuple[str, str]]:
    for row in plan.rows:
        leaves = [below(element, steps) for steps in row.elements]
        texts = tuple(map(text_of, leaves))
        if not row.conversion.is_number or texts[0] is None or number(texts[0]) == 0:
            continue
        if all(value is None for value in row.conversion.read(texts)):
            yield leaves[0].tag.rpartition("}")[2], texts[0]
    for many in plan.many:
        parent = below(element, many.elements[:-1])
        for child in parent if parent is not None else ():
            if local_key(child.tag) in many.elements[-1][0]:
                yield from _no_numbers(child, many.plan)


def _said(element: Any, node: Node | None, plan: Plan | None, path: str) -> Iterator[str]:
    if local_key(element.tag) == PLACE:
        return
    text = (element.text or "").strip()
    if element.keys() or (text and not _is_value(node, plan, text)):
        yield path
    for child in element:
        inner = node.children.get(local_key(child.tag)) if node else None
        yield from _said(child, inner, plan, f"{path}/{child.tag.rpartition('}')[2]}")


def _is_value(node: Node | None, plan: Plan | None, text: str) -> bool:
    """Whether a text is there only because we would spell the value it says in another way."""
    if node is None or plan is None or node.row < 0:
        return False
    row = plan.rows[node.row]
    texts = tuple(text if part == node.part else None for part in range(len(row.elements)))
    return len(texts) > 1 or any(value is not None for value in row.conversion.read(texts))
