# SPDX-License-Identifier: Apache-2.0
"""Reads a declaration by a format's tables, and keeps of the message what no row names.

What is kept of an object is its element with the values taken out: a place (`<_/>`) stands where each was. A value
that we would write in another way than the sender did (`1.0623724E7`, `8/24/16`) stays as he wrote it. Nothing is
kept of an element that we would write just so ourselves.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from gumruk.law.declarations.model import Amount, Declaration, Extension
from gumruk.law.kernel import Finding
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.safety import LIMITS, Limits
from gumruk.wire.tables.names import NAMESPACES, PLACE, Name, Names, local_key
from gumruk.wire.tables.paths import Draft, Step, draft_at, list_at, made, put, value_at
from gumruk.wire.tables.plan import ManyPlan, Node, Plan, Plans
from gumruk.wire.tables.shape import says_same, shape
from gumruk.wire.wco.fragment import FragmentError, attributes_of, attributes_text, escaped
from gumruk.wire.xml import root_of

ITEMS = "goods_shipment.items"
_PLACE = f"<{PLACE}/>"


def read(content: bytes, plans: Plans, limits: Limits = LIMITS) -> Declaration:
    """The declaration in an XML message (UTF-8, already examined); raises `WireError` with all that is wrong."""
    root = root_of(content, limits)
    declaration = _declaration_in(root, plans)
    namespace = declaration.tag[1:].rpartition("}")[0] if declaration.tag[0] == "{" else ""
    direction = _direction(declaration, plans)
    reading = _Reading(plans, Names(plans.dialect, namespace), limits)
    draft = reading.whole(root, declaration, plans.declaration(direction))
    reading.findings.refuse()
    found: Declaration = made(Declaration, draft)
    if reading.currencies(found):
        found = made(Declaration, draft)
    return found


def _declaration_in(root: Any, plans: Plans) -> Any:
    wanted = plans.dialect.root.lower()
    if local_key(root.tag) == wanted:
        return root
    found = list(root.iter(f"{{*}}{plans.dialect.root}"))
    if len(found) > 1:
        raise refusal("WIRE-25", count=len(found))
    if not found:
        name, namespace = root.tag.rpartition("}")[2], root.tag[1:].rpartition("}")[0] if root.tag[0] == "{" else "-"
        raise refusal("WIRE-11", element=name[:60], namespace=namespace[:120])
    return found[0]


def _direction(declaration: Any, plans: Plans) -> str:
    found = declaration
    for name in plans.dialect.direction_element.lower().split("/"):
        found = next((child for child in found if local_key(child.tag) == name), None)
        if found is None:
            return "IM"
    return plans.dialect.direction((found.text or "").strip())


@dataclass(slots=True)
class _Frame:
    """One object being read: its draft, what is kept of it so far, and the texts of its rows with their places.

    `path` is where the object stands in the declaration. `texts` has by row and part the text, and where in `out` the
    element stands, as it is with the text and as it is without.
    """

    plan: Plan
    path: str
    draft: Draft = field(default_factory=dict)
    out: list[str] = field(default_factory=list)
    texts: dict[tuple[int, int], tuple[str, int, str]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    followed: set[int] = field(default_factory=set)
    counts: dict[int, int] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One message being read."""

    plans: Plans
    names: Names
    limits: Limits
    findings: Findings = field(default_factory=Findings)
    bare: list[tuple[Draft, tuple[Step, ...], Amount, tuple[Step, ...]]] = field(default_factory=list)

    def whole(self, root: Any, declaration: Any, plan: Plan) -> Draft:
        """The declaration's draft, what is kept of it and of the envelope around it."""
        dialect = self.plans.dialect
        frame = self.object(declaration, plan, "", 0)
        kept = [] if self.as_we_would(frame) else [Extension(dialect.name, plan.table.element, "".join(frame.out))]
        if root is not declaration:
            out: list[str] = []
            self.raw(root, 0, out, "", declaration)
            kept.append(Extension(dialect.name, dialect.envelope, "".join(out)))
        used = {prefix: namespace for namespace, prefix in self.names.prefixes.items() if namespace}
        if any(dialect.namespaces.get(prefix) != namespace for prefix, namespace in used.items()) or (
            "" not in used and "" in dialect.namespaces
        ):
            kept.append(Extension(dialect.name, NAMESPACES, self.names.kept()))
        if kept:
            frame.draft["extensions"] = tuple(kept)
        return {**dialect.constants, **frame.draft}

    def object(self, element: Any, plan: Plan, path: str, depth: int) -> _Frame:
        """An object's frame, its rows read."""
        frame = _Frame(plan, path)
        self.group(frame, element, plan.root, self.names.of(element.tag), depth)
        self.rows(frame, element)
        self.others(frame)
        return frame

    def group(self, frame: _Frame, element: Any, node: Node, name: Name, depth: int) -> None:
        """An element that holds others. This and `leaf` are the hot path."""
        out = frame.out
        attributes = self.attributes(element) if element.keys() else ""
        if depth > self.limits.depth_max:
            self.note(frame.path, element, "WIRE-09", limit=self.limits.depth_max)
            return
        out.append(f"<{name.printed}{name.declared}{attributes}>")
        text = element.text
        if text is not None and not text.isspace():
            out.append(escaped(text))
        find, seen, names = node.children.get, frame.seen, self.names.of
        for child in element:
            known = names(child.tag)
            below = find(known.key)
            if below is None:
                self.raw(child, depth + 1, out, name.declared and name.namespace)
            elif below.many is not None:
                self.part(frame, child, below.many, depth)
            elif id(below) in seen and (below := _next(node, known.key, seen)) is None:
                self.raw(child, depth + 1, out, "")
            else:
                seen.add(id(below))
                if below.children:
                    self.group(frame, child, below, known, depth + 1)
                else:
                    self.leaf(frame, child, below, known, depth)
            tail = child.tail
            if tail is not None and not tail.isspace():
                out.append(escaped(tail))
        out.append(f"</{name.printed}>")

    def leaf(self, frame: _Frame, element: Any, node: Node, name: Name, depth: int) -> None:
        """An element of a row: its text is noted, and what is kept of it decided when the whole row is known."""
        text = element.text
        text = "" if text is None else text.strip()
        out = frame.out
        if not text or len(element) or (node.row < 0 and node.follows < 0):
            if node.same >= 0 and says_same(element):
                frame.same.append(node.same)
            self.raw(element, depth + 1, out, "")
            return
        attributes = self.attributes(element) if element.keys() else ""
        if len(text) > self.limits.text_length_max:
            self.note(frame.path, element, "WIRE-32", length=len(text), limit=self.limits.text_length_max)
        if node.follows >= 0:
            frame.followed.add(node.follows)
        else:
            bare = f"<{name.printed}{name.declared}{attributes}>{_PLACE}</{name.printed}>"
            frame.texts[node.row, node.part] = (text, len(out), bare)
        out.append(f"<{name.printed}{name.declared}{attributes}>{escaped(text)}</{name.printed}>")

    def rows(self, frame: _Frame, element: Any) -> None:
        """Turn the texts of an object into values; take out those that we would write as they are."""
        for number in {row for row, _ in frame.texts}:
            plan = frame.plan.rows[number]
            found = [frame.texts.get((number, part)) for part in range(len(plan.elements))]
            texts = tuple(one[0] if one else None for one in found)
            values = plan.conversion.read(texts)
            for steps, value in zip(plan.fields, values, strict=True):
                if value is not None:
                    self.whole_text(frame, element, value, texts)
                    put(frame.draft, steps, value)
                    if plan.currency and type(value) is Amount and value.currency is None:
                        self.bare.append((frame.draft, steps, value, plan.currency))
            if number in frame.followed or plan.conversion.write(values + (None,) * len(plan.aside)) != texts:
                continue
            for one in found:
                if one is not None:
                    frame.out[one[1]] = one[2]

    def whole_text(self, frame: _Frame, element: Any, value: Any, parts: tuple[str | None, ...]) -> None:
        """Note a text that is too long though each of its parts is short enough."""
        longest = self.limits.text_length_max
        if isinstance(value, str) and len(value) > longest and all(len(part or "") <= longest for part in parts):
            self.note(frame.path, element, "WIRE-32", length=len(value), limit=longest)

    def others(self, frame: _Frame) -> None:
        """Fill the objects that are said to be another and of which nothing else is said."""
        for number in frame.same:
            same = frame.plan.same[number]
            other = draft_at(frame.draft, same.other)
            if other and draft_at(frame.draft, same.steps) is None:
                put(frame.draft, same.steps, copy.deepcopy(other))

    def part(self, frame: _Frame, element: Any, many: ManyPlan, depth: int) -> None:
        """One of many objects; one without anything that makes it one is an empty row and stays as it is."""
        place = frame.counts.get(id(many), 0)
        if place == 0 and many.path == ITEMS:
            self.items_check(element)
        path = f"{many.path}[{place}]".removeprefix("goods_shipment.")
        inner = self.object(element, many.plan, f"{frame.path}.{path}" if frame.path else path, depth + 1)
        needs = many.plan.table.needs
        if needs and not any(name in inner.draft for name in needs):
            self.raw(element, depth + 1, frame.out, "")
            return
        frame.counts[id(many)] = place + 1
        frame.out.append(f"<{PLACE}>{many.plan.table.element}</{PLACE}>")
        if not self.as_we_would(inner):
            kept = Extension(self.plans.dialect.name, many.plan.table.element, "".join(inner.out))
            inner.draft["extensions"] = (kept,)
        if many.numbered:
            inner.draft["sequence_numeric"] = place + 1
        parts = list_at(frame.draft, many.steps)
        if many.joins and place < len(parts):
            parts[place].update(inner.draft)
        else:
            parts.append(inner.draft)

    def items_check(self, first: Any) -> None:
        """Refuse very many goods items before any is read."""
        count = 1 + sum(1 for _ in first.itersiblings(first.tag))
        if count > self.limits.items_max:
            raise refusal("WIRE-13", "items", count=count, limit=self.limits.items_max)

    def currencies(self, declaration: Declaration) -> bool:
        """Give the amounts that came without a currency that of the declaration; tell whether any got one."""
        for draft, steps, value, path in self.bare:
            found = value_at(declaration, path)
            if found is not None and found.currency is not None:
                put(draft, steps, Amount(value.value, found.currency))
        return bool(self.bare)

    def as_we_would(self, frame: _Frame) -> bool:
        """Whether what would be kept is what we would write for such an object anyway."""
        rows = frame.plan.rows
        if frame.plan.echoes or any(part and rows[row].currency for row, part in frame.texts):
            return False
        counts = tuple(frame.counts.get(id(many), 0) for many in frame.plan.many)
        return "".join(frame.out) == shape(frame.plan, (frozenset(frame.texts), counts), self.plans.dialect)

    def raw(self, element: Any, depth: int, out: list[str], scope: str, place: Any = None) -> None:
        """An element that no row names, as it is; `place` is the declaration inside an envelope."""
        if element is place:
            out.append(f"<{PLACE}>{self.plans.dialect.root}</{PLACE}>")
            return
        if depth > self.limits.depth_max:
            self.note("", element, "WIRE-09", limit=self.limits.depth_max)
            return
        name = self.names.of(element.tag)
        opened = name.printed if name.declared and name.namespace == scope else name.printed + name.declared
        attributes = self.attributes(element) if element.keys() else ""
        text = element.text or ""
        if not len(element):
            out.append(
                f"<{opened}{attributes}>{escaped(text)}</{name.printed}>" if text else f"<{opened}{attributes}/>"
            )
            return
        out.append(f"<{opened}{attributes}>")
        if text and not text.isspace():
            out.append(escaped(text))
        inner = name.namespace if name.declared else ""
        for child in element:
            self.raw(child, depth + 1, out, inner, place)
            tail = child.tail
            if tail is not None and not tail.isspace():
                out.append(escaped(tail))
        out.append(f"</{name.printed}>")

    def attributes(self, element: Any) -> str:
        """An element's attributes as they stand in its tag; none, and a finding, where they are too many or long."""
        try:
            return attributes_text(dict(attributes_of(element, self.limits)))
        except FragmentError:
            self.note("", element, "WIRE-10", limit=self.limits.attributes_max)
            return ""

    def note(self, path: str, element: Any, code: str, **params: int) -> None:
        """Note a finding at an element."""
        local = element.tag.rpartition("}")[2][:60]
        told = {"element": local, "line": str(element.sourceline or 0), **{name: str(n) for name, n in params.items()}}
        self.findings.add(Finding(code, f"{path}.{local}" if path else local, told))


def _next(node: Node, key: str, seen: set[int]) -> Node | None:
    """The next element of a name that was seen before, if the table knows of a second, third ..."""
    number = 2
    while (found := node.children.get(f"{key}#{number}")) is not None and id(found) in seen:
        number += 1
    return found
