# SPDX-License-Identifier: Apache-2.0
"""The schema at the edge: structure, numbers and formats of a message, with everything that is wrong named at once.

Structure holds for every message: which elements stand where, in what order, how often, in which namespace. Another
country's formats (lengths, digits, codes, what must be given) hold for messages that follow that country's edition: a
declaration whose envelope names it, and a response that names no other country, since responses are known from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lxml import etree

from gumruk.law.kernel import Finding
from gumruk.wire.errors import Findings
from gumruk.wire.safety import Limits
from gumruk.wire.wco import facts
from gumruk.wire.wco.document import Opened, local_name, path_of
from gumruk.wire.wco.parts import GLUED, Part, is_number, made_ready
from gumruk.wire.wco.plan import DECLARATIONS, RESPONSES, Dialect
from gumruk.wire.wco.profile import METADATA
from gumruk.wire.wco.response_profile import CORRECTED

_PUBLISHER = ("GB", "HMRC")
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_SCHEMA_PLACES = frozenset({f"{_SCHEMA_INSTANCE}schemaLocation", f"{_SCHEMA_INSTANCE}noNamespaceSchemaLocation"})
_EXPECTED_MAX = 8
_OWN_NAMESPACES = frozenset(
    {METADATA, *(name for dialect in (DECLARATIONS, RESPONSES) for name in (dialect.namespace, dialect.data_types))}
)
_NUMBERS = frozenset({"amount", "quantity", "number"})


def check(opened: Opened, limits: Limits, findings: Findings) -> None:
    """Add all that is wrong with the structure and the formats of a message to the findings."""
    dialect, body = opened.dialect, opened.body
    free = _is_free(opened)
    checking = _Check(dialect, findings, free, limits)
    if opened.metadata is not None:
        checking.envelope(opened)
    namespaced = body.tag != dialect.name
    part = _root_part(dialect, free, namespaced)
    if body.keys():
        checking.attributes(body, part)
    checking.children(body, part)


def _is_free(opened: Opened) -> bool:
    """Whether a message is free of the publisher's formats."""
    if opened.metadata is None:
        return opened.dialect is DECLARATIONS
    country = (opened.metadata.findtext("{*}ResponsibleCountryCode") or "").strip()
    agency = (opened.metadata.findtext("{*}ResponsibleAgencyName") or "").strip()
    if country == _PUBLISHER[0] or agency == _PUBLISHER[1]:
        return False
    return bool(country) or opened.dialect is DECLARATIONS


@cache
def _root_part(dialect: Dialect, free: bool, namespaced: bool) -> Part:
    """The root element of a dialect made ready, in the published edition or in ours."""
    root = facts.published(dialect.table)
    corrected = next((part for part in root.parts if part.name == CORRECTED), None)
    if free:
        own = tuple(row for row in dialect.profile[dialect.plan.of] if row.element != CORRECTED)
        root = facts.widened(root, own, dialect.profile)
    spaces = (dialect.namespace, dialect.data_types) if namespaced else ("", "")
    part = made_ready(root, *spaces, free=free)
    part.by_tag.pop(f"{{{dialect.namespace}}}{CORRECTED}", None)
    part.by_tag.pop(CORRECTED, None)
    if corrected is not None and namespaced:
        inner = _root_part(DECLARATIONS, free, namespaced=True)
        part.by_tag[inner.tag] = replace(inner, place=len(root.parts))
    return part


@cache
def _envelope_part(namespace: str) -> Part:
    """The envelope made ready; in it a language is any text."""
    part = made_ready(facts.published("envelope"), namespace, "", free=False)
    for inner in part.by_name.values():
        inner.attributes = {**inner.attributes, "languageID": lambda _: True}
    return part


@dataclass(slots=True)
class _Check:
    """One message being checked."""

    dialect: Dialect
    findings: Findings
    free: bool
    limits: Limits
    seen: dict[Any, int] = field(default_factory=dict)

    def envelope(self, opened: Opened) -> None:
        """The envelope: its own elements in their order, and the declaration or response last."""
        envelope = opened.metadata
        part = _envelope_part(etree.QName(envelope).namespace or "")
        self.attributes(envelope, part)
        place, count = -1, 0
        for text in (envelope.text, *(child.tail for child in envelope)):
            if text is not None and not text.isspace():
                self.stray(envelope, text)
        for child in envelope:
            if child is opened.body:
                place = len(part.by_tag)
            else:
                place, count = self.child(envelope, child, part, place, count)

    def children(self, element: Any, part: Part) -> None:
        """The elements in an element, and in them: the hot path of a good message."""
        find = part.by_tag.get
        place, count = -1, 0
        text = element.text
        if text is not None and not text.isspace():
            self.stray(element, text)
        for child in element:
            found = find(child.tag)
            if found is None or found.place < place or (found.place == place and count >= found.most):
                place, count = self.child(element, child, part, place, count)
            else:
                count = count + 1 if found.place == place else 1
                place = found.place
                quick = found.quick
                if quick is None:
                    if child.keys():
                        self.attributes(child, found)
                    self.children(child, found)
                elif child.keys() or len(child) or (found.limited and not quick(child.text or "")):
                    self.leaf(child, found)
            tail = child.tail
            if tail is not None and not tail.isspace():
                self.stray(element, tail)
        for needed in part.required:
            if element.find(needed.tag) is None and (needed.holds != "date" or element.find(GLUED) is None):
                self.note(element, "WIRE-36", expected=needed.name)

    def child(self, element: Any, child: Any, part: Part, place: int, count: int) -> tuple[int, int]:
        """An element that is not where it may be: say so, and look into it all the same where it is known."""
        found = part.by_tag.get(child.tag)
        if found is None:
            self.stranger(element, child, part, place)
            return place, count
        if found.place < place:
            before = next((p.name for p in part.by_tag.values() if p.place == place), "")
            self.note(child, "WIRE-34", parent=local_name(element), before=before)
        elif found.place == place:
            count += 1
            if count > found.most:
                self.note(child, "WIRE-35", parent=local_name(element), limit=found.most)
        else:
            place, count = found.place, 1
        if found.quick is not None:
            self.leaf(child, found)
        else:
            self.attributes(child, found)
            self.children(child, found)
        return place, count

    def stranger(self, element: Any, child: Any, part: Part, place: int) -> None:
        """An element that does not belong here. In our own edition one of a foreign namespace is an addition."""
        if self.findings.full:
            self.findings.more += 1
            return
        name = etree.QName(child)
        namespace = name.namespace or ""
        known = part.by_name.get(name.localname)
        if known is not None and known.tag != child.tag:
            wanted = etree.QName(known.tag).namespace or "-"
            self.note(child, "WIRE-37", namespace=namespace[:120] or "-", expected=wanted)
            return
        if self.free and namespace and namespace not in _OWN_NAMESPACES:
            return
        expected = [p.name for p in part.by_tag.values() if p.place >= place][:_EXPECTED_MAX]
        self.note(child, "WIRE-33", parent=local_name(element)[:60], expected=", ".join(expected) or "-")

    def leaf(self, element: Any, part: Part) -> None:
        """An element that holds a value."""
        if len(element):
            self.note(element, "WIRE-42", child=local_name(element[0])[:60])
            return
        if element.keys() or part.attribute_required:
            self.attributes(element, part)
        text = element.text or ""
        if part.exact(text):
            return
        if part.holds in _NUMBERS and not is_number(text):
            self.note(element, "WIRE-15" if part.whole else "WIRE-14", value=_shown(text))
        elif part.values:
            self.note(element, "WIRE-41", value=_shown(text), expected=", ".join(part.values))
        else:
            self.note(element, "WIRE-40", value=_shown(text), expected=part.format)

    def attributes(self, element: Any, part: Part) -> None:
        """The attributes of an element: those it may have, and those it must."""
        if len(element.keys()) > self.limits.attributes_max:
            return  # the reader refuses it: reading n values takes n * n steps
        if part.attribute_required and element.get(part.attribute_required) is None:
            self.note(element, "WIRE-39", attribute=part.attribute_required)
        for name, value in element.items():
            fits = part.attributes.get(name)
            if fits is None:
                if not self.may_stand(name):
                    self.note(element, "WIRE-38", attribute=name.rpartition("}")[2][:60])
            elif not fits(value):
                self.note(element, "WIRE-43", attribute=name, value=_shown(value))

    def may_stand(self, name: str) -> bool:
        """Whether an attribute that no table names may stand: where to find a schema; an addition of our edition."""
        if name.startswith(_SCHEMA_INSTANCE):
            return name in _SCHEMA_PLACES
        return self.free and name.startswith("{") and name[1:].partition("}")[0] not in _OWN_NAMESPACES

    def stray(self, element: Any, text: str) -> None:
        """Text between elements."""
        self.note(element, "WIRE-16", value=_shown(text))

    def note(self, element: Any, code: str, **params: str | int) -> None:
        """Note a finding at an element, with its line and its path."""
        if self.findings.full:
            self.findings.more += 1
            return
        told = {"element": local_name(element)[:60], "line": str(element.sourceline or 0)}
        told |= {name: str(value) for name, value in params.items()}
        self.findings.add(Finding(code, path_of(element, self.dialect, self.seen), told))


def _shown(text: str) -> str:
    return text.strip()[:60]
