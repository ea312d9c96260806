# SPDX-License-Identifier: Apache-2.0
"""What we would keep of an element that is written just as we write it: then nothing needs to be kept."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from gumruk.wire.tables.names import PLACE, Names, local_key, wrapped
from gumruk.wire.tables.plan import ElementStep, Given, Node, Plan
from gumruk.wire.tables.table import Dialect
from gumruk.wire.wco.fragment import attributes_text, escaped

_YES = frozenset({"1", "true"})


def shape(plan: Plan, given: Given, dialect: Dialect) -> str:
    """The kept form of an object that has these texts and so many parts, if we wrote it; made once for each."""
    known = plan.shapes.get(given)
    if known is None:
        if len(plan.shapes) > 500:  # as many as honest messages have, by far
            plan.shapes.clear()
        known = plan.shapes[given] = _made(plan, given, dialect)
    return known


def _made(plan: Plan, given: Given, dialect: Dialect) -> str:
    texts, counts = given
    element = copy.deepcopy(wrapped(plan.table.template, dialect.namespaces))
    for row, part in texts:
        leaf = below(element, plan.rows[row].elements[part])
        for child in leaf:
            leaf.remove(child)
        etree.SubElement(leaf, PLACE)
    for many, count in zip(plan.many, counts, strict=True):
        sample = below(element, many.elements)
        for _ in range(count):
            place = etree.Element(PLACE)
            place.text = many.plan.table.element
            sample.addprevious(place)
        sample.getparent().remove(sample)
    if plan.table.prunes:
        prune(element, plan.root)
    return _printed(element, Names(dialect, dialect.namespaces.get("", "")))


def below(element: Any, steps: tuple[ElementStep, ...]) -> Any:
    """The element at a path below another; None where there is none."""
    for names, number in steps:
        left = number
        for child in element:
            if local_key(child.tag) in names:
                left -= 1
                if not left:
                    element = child
                    break
        else:
            return None
    return element


def text_of(leaf: Any) -> str | None:
    """What an element says; None for nothing, and for one that holds elements."""
    if leaf is None or len(leaf) or not leaf.text:
        return None
    text: str = leaf.text.strip()
    return text or None


def says_same(leaf: Any) -> bool:
    """Whether an element says yes, and nothing else is said beside it."""
    if (leaf.text or "").strip() not in _YES:
        return False
    return not any(
        local_key(other.tag) == PLACE or (other.text or "").strip()
        for other in leaf.getparent().iter()
        if other is not leaf
    )


def prune(element: Any, node: Node) -> None:
    """Remove all that a template names and that has no content."""
    for child in list(element):
        inner = node.children.get(local_key(child.tag))
        if inner is None:
            continue
        prune(child, inner)
        if not len(child) and not child.text and not child.keys():
            element.remove(child)


def _printed(element: Any, names: Names) -> str:
    if element.tag == PLACE:
        return f"<{PLACE}>{element.text}</{PLACE}>" if element.text else f"<{PLACE}/>"
    printed = names.of(element.tag).printed
    attributes = attributes_text(dict(element.items()))
    inner = escaped(element.text or "") + "".join(_printed(child, names) for child in element)
    return f"<{printed}{attributes}>{inner}</{printed}>" if inner else f"<{printed}{attributes}/>"
