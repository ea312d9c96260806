# SPDX-License-Identifier: Apache-2.0
"""Writes a declaration by a format's tables: into what was kept of the message it came in, or into the template.

A value that is still what the sender wrote is written as he wrote it. A value that changed takes what follows it (the
name beside a code) out of the message, because nobody knows whether it is still true.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from lxml import etree

from gumruk.law.declarations.model import Amount, Declaration, Extension
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import LIMITS
from gumruk.wire.tables.names import NAMESPACES, NO_NAMESPACE, PLACE, local_key, namespaces_of, wrapped
from gumruk.wire.tables.paths import matches, value_at, without
from gumruk.wire.tables.plan import ElementStep, ManyPlan, Node, Plan, Plans, RowPlan, SamePlan, node_at
from gumruk.wire.tables.shape import below, prune, says_same, text_of
from gumruk.wire.tables.table import Values

_ANY_PLACE = f"{{*}}{PLACE}"


def write(declaration: Declaration, plans: Plans) -> bytes:
    """The XML message of a declaration, in UTF-8; raises `WireError` for a character that no message may hold."""
    dialect = plans.dialect
    declaration = dialect.prepared(declaration)
    kept = {e.name: e.content for e in declaration.extensions if e.format == dialect.name}
    namespaces = dict(dialect.namespaces)
    if NAMESPACES in kept:
        try:
            namespaces = namespaces_of(kept[NAMESPACES], dialect)
        except ValueError as error:
            raise refusal("WIRE-26", name=NAMESPACES) from error
    writing = _Writing(declaration, dialect.name, namespaces, dialect.namespaces)
    try:
        root = writing.object(declaration, plans.declaration((declaration.type_code or "")[:2]))
        if dialect.envelope in kept:
            root = writing.enveloped(kept[dialect.envelope], root)
    except WireError:
        raise
    except ValueError as error:  # a character that XML cannot hold
        raise refusal("WIRE-22", character="-") from error
    _clean(root)
    return _written(root, namespaces)


def _written(root: Any, namespaces: Mapping[str, str]) -> bytes:
    """The message's text, all namespaces declared at its top, the declaration's own without a prefix.

    lxml gives every namespace that it moves to the top a prefix; this one is taken away in the text, where a tag
    cannot be mistaken for content. With elements of no namespace in the message it stays.
    """
    own = namespaces.get("")
    etree.cleanup_namespaces(root, top_nsmap={prefix or "own": namespace for prefix, namespace in namespaces.items()})
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    known = [prefix for prefix, namespace in root.nsmap.items() if namespace == own]
    if len(known) == 1 and known[0] and all(element.tag[0] == "{" for element in root.iter()):
        tag = known[0].encode()
        written = written.replace(b"xmlns:%s=" % tag, b"xmlns=", 1)
        written = written.replace(b"<%s:" % tag, b"<").replace(b"</%s:" % tag, b"</")
    return written


def _clean(root: Any) -> None:
    """Take the last marks out, and give the elements of no namespace back theirs."""
    for place in list(root.iter(_ANY_PLACE)):
        place.getparent().remove(place)
    for element in root.iter(f"{{{NO_NAMESPACE}}}*"):
        element.tag = element.tag.rpartition("}")[2]
    for element in root.iter(f"{_ANY_PLACE}_", f"{_ANY_PLACE}__"):
        element.tag = element.tag[:-1]


@dataclass(slots=True)
class _Writing:
    """One message being written."""

    declaration: Declaration
    format: str
    namespaces: Mapping[str, str]
    written: Mapping[str, str]
    templates: dict[int, tuple[Any, int]] = field(default_factory=dict)
    elements: int = 0

    def object(self, value: Any, plan: Plan) -> Any:
        """The element of an object."""
        kept = _kept(value.extensions, self.format, plan.table.element)
        if kept is None:
            element = self.template(plan)
        else:
            element = self.parsed(kept.content, kept.name)
        for same in plan.same:
            value = self.unsaid(element, value, same, plan)
        for row in plan.rows:
            self.row(element, value, row, plan, is_new=kept is None)
        for many in plan.many:
            self.many(element, value, many, plan.root)
        if kept is None:
            for echo in plan.echoes:
                text = echo.echo.write(tuple(value_at(value, steps) for steps in echo.fields))
                if text is not None:
                    _give(self.element(element, echo.element, plan.root), text)
            if plan.table.prunes:
                prune(element, plan.root)
        return element

    def unsaid(self, element: Any, value: Any, same: SamePlan, plan: Plan) -> Any:
        """The object without a part that the message says to be another; where it is that no more, nothing says so."""
        leaf = below(element, same.element)
        found = value_at(value, same.steps)
        if leaf is None or found is None or not says_same(leaf):
            return value
        other = value_at(value, same.other)
        if other is not None and found == replace(other, extensions=()):
            return without(value, same.steps)
        _empty(leaf, plan, same.element[-1])
        return value

    def row(self, element: Any, value: Any, row: RowPlan, plan: Plan, *, is_new: bool) -> None:
        """Write the texts of one row, unless those of the sender still say the same."""
        values = tuple(value_at(value, steps) for steps in row.fields)
        leaves = [below(element, names) for names in row.elements]
        if row.currency:
            values = self.without_currency(values, leaves, row)
        spelled = tuple(text_of(leaf) for leaf in leaves)
        was_said = any(text is not None for text in spelled)
        if was_said and row.conversion.read(spelled) == values:
            return
        aside = tuple(value_at(value, steps) if is_new else None for steps in row.aside)
        texts = row.conversion.write(values + aside)
        for leaf, names, text in zip(leaves, row.elements, texts, strict=True):
            if text is not None:
                _give(self.element(element, names, plan.root) if leaf is None else leaf, text)
            elif leaf is not None and (text_of(leaf) is not None or _is_place(leaf)):
                _empty(leaf, plan, names[-1], is_one=all(steps[-1][1] == 1 for steps in row.elements))
        if was_said:
            for names in row.follows:
                leaf = below(element, names)
                if leaf is not None and text_of(leaf) is not None:
                    _empty(leaf, plan, names[-1])

    def without_currency(self, values: Values, leaves: list[Any], row: RowPlan) -> Values:
        """An amount without its currency, where that is the declaration's and the message did not name it there."""
        (found,) = values
        whole = value_at(self.declaration, row.currency)
        named = leaves[1] is not None and (text_of(leaves[1]) is not None or _is_place(leaves[1]))
        if found is None or whole is None or named or found.currency != whole.currency:
            return values
        return (Amount(found.value),)

    def many(self, element: Any, value: Any, many: ManyPlan, root: Node) -> None:
        """Write the objects of a list, each where one stood before; further ones after these, or into empty rows."""
        objects = [part for part in value_at(value, many.steps) or () if _is_written(part, many)]
        parent = below(element, many.elements[:-1])
        name = many.plan.table.element
        places = [p for p in parent.iterchildren(_ANY_PLACE) if p.text == name] if parent is not None else []
        last = None
        for place, part in zip(places, objects, strict=False):
            last = self.object(part, many.plan)
            place.addprevious(last)
        for place in places:
            place.getparent().remove(place)
        further = objects[len(places) :]
        fills = parent is not None and further and many.plan.table.needs
        empties = _empty_rows(parent, many.elements[-1], len(further)) if fills else []
        for number, part in enumerate(further):
            made = self.object(part, many.plan)
            if number < len(empties):
                empty = empties[number]
                empty.addprevious(made)
                empty.getparent().remove(empty)
            elif last is not None:
                last.addnext(made)
            else:
                parent = self.element(element, many.elements[:-1], root) if parent is None else parent
                _placed(parent, made, _node(root, many.elements[:-1]))
            last = made

    def element(self, top: Any, steps: tuple[ElementStep, ...], node: Node) -> Any:
        """The element at a path, made at its place where it is missing."""
        for step in steps:
            inner = node_at(node, step)
            found = below(top, (step,))
            if found is None:
                namespace = self.namespaces.get(inner.prefix) if self.namespaces.get("") else None
                found = etree.Element(f"{{{namespace}}}{inner.local}" if namespace else inner.local)
                _placed(top, found, node)
            top, node = found, inner
        return top

    def template(self, plan: Plan) -> Any:
        """A fresh copy of a table's template, in the namespaces of this message, its lists empty.

        Raises `WireError` where the message would have more elements than are read.
        """
        known, size = self.templates.get(id(plan), (None, 0))
        if known is None:
            known = wrapped(plan.table.template, {**self.written, **self.namespaces})
            if "" in self.written and "" not in self.namespaces:
                for named in known.iter():
                    named.tag = named.tag.rpartition("}")[2]
            for many in plan.many:
                sample = below(known, many.elements)
                sample.getparent().remove(sample)
            size = sum(1 for _ in known.iter())
            self.templates[id(plan)] = known, size
        self.elements += size
        if self.elements > LIMITS.elements_max:
            raise refusal("WIRE-31", count=self.elements, limit=LIMITS.elements_max)
        return copy.deepcopy(known)

    def parsed(self, content: str, name: str) -> Any:
        """The element that was kept; raises `WireError` where it is none."""
        try:
            element = wrapped(content, self.namespaces)
            element.getparent().remove(element)
            return element
        except ValueError as error:
            raise refusal("WIRE-26", name=name) from error

    def enveloped(self, content: str, declaration: Any) -> Any:
        """The declaration in the envelope it came in."""
        envelope = self.parsed(content, "envelope")
        place = next(envelope.iter(_ANY_PLACE), None)
        if place is None:
            return declaration
        place.addprevious(declaration)
        place.getparent().remove(place)
        return envelope


def _kept(extensions: tuple[Extension, ...], format_name: str, name: str) -> Extension | None:
    return next((e for e in extensions if e.name == name and e.format == format_name), None)


def _is_written(part: Any, many: ManyPlan) -> bool:
    if any(matches(part, keys) for keys in many.excluded):
        return False
    needs = many.plan.table.needs
    return not needs or any(getattr(part, name) not in (None, ()) for name in needs)


def _is_place(leaf: Any) -> bool:
    return len(leaf) == 1 and local_key(leaf[0].tag) == PLACE


def _empty(leaf: Any, plan: Plan, step: ElementStep, *, is_one: bool = True) -> None:
    """An element whose value is gone: it goes too where the format writes none without content.

    It stays, empty, where another of its name would come into its place that says something else.
    """
    follower = is_one and any(local_key(other.tag) in step[0] for other in leaf.itersiblings())
    if plan.table.prunes and not follower:
        leaf.getparent().remove(leaf)
    else:
        _give(leaf, None)


def _give(leaf: Any, text: str | None) -> None:
    for child in list(leaf):
        leaf.remove(child)
    leaf.text = text


def _empty_rows(parent: Any, step: ElementStep, most: int) -> list[Any]:
    """The first rows of a form that nothing stands in, no more than are asked for."""
    empty = (
        child
        for child in parent
        if local_key(child.tag) in step[0]
        and not any(local_key(e.tag) == PLACE or (e.text or "").strip() for e in child.iter())
    )
    return list(islice(empty, most))


def _node(root: Node, steps: tuple[ElementStep, ...]) -> Node:
    for step in steps:
        root = node_at(root, step)
    return root


def _placed(parent: Any, made: Any, node: Node) -> None:
    """Put an element among its siblings in the template's order; a sibling not named there goes with the one before."""
    known = node.children.get(local_key(made.tag))
    order = known.order if known else 10**6
    after = None
    for child in parent:
        name = child.text.lower() if local_key(child.tag) == PLACE and child.text else local_key(child.tag)
        sibling = node.children.get(name)
        if sibling is None or sibling.order <= order:
            if sibling is not None or after is not None:
                after = child
        else:
            break
    if after is not None:
        after.addnext(made)
    else:
        parent.insert(0, made)
