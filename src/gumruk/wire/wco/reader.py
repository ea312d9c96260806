# SPDX-License-Identifier: Apache-2.0
"""Reads a declaration from XML by the profile's tables: nothing is lost, and everything wrong is named at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gumruk.law.declarations.model import Amount, Declaration, Extension, Measure, Moment
from gumruk.law.kernel import Finding
from gumruk.wire.errors import WireError, bounded
from gumruk.wire.numbers import NUMBER, WHOLE_NUMBER, number_text
from gumruk.wire.safety import LIMITS, Limits
from gumruk.wire.wco import document
from gumruk.wire.wco.fragment import FragmentError, attributes_check, fragment
from gumruk.wire.wco.plan import (
    AMOUNT,
    DECIMAL,
    GROUP,
    INTEGER,
    MEASURE,
    MOMENT,
    OBJECT,
    ROOT,
    TEXT,
    TEXTS,
    Entry,
    Plan,
)
from gumruk.wire.wco.profile import DATA_TYPES, DECLARATION

FORMAT = "wco"
_DATE_TIME_TAGS = frozenset({f"{{{DATA_TYPES}}}DateTimeString", f"{{{DECLARATION}}}DateTimeString", "DateTimeString"})
_UNIT_ATTRIBUTE = {AMOUNT: "currencyID", MEASURE: "unitCode"}


def read(content: bytes, limits: Limits = LIMITS) -> Declaration:
    """The declaration in an XML message (UTF-8, already examined); raises `WireError` with all that is wrong."""
    opened = document.open_document(content, limits)
    reading = _Reading(limits)
    outer = reading.envelope(opened)
    declaration: Declaration = reading.object(opened.declaration, ROOT, outer)
    if reading.problems:
        raise WireError(bounded([_finding(*problem) for problem in reading.problems]))
    return declaration


def _finding(element: Any, code: str, params: dict[str, str]) -> Finding:
    name = document.local_name(element)
    return Finding(code, document.path_of(element), {"element": name, "line": str(element.sourceline or 0), **params})


@dataclass(slots=True)
class _Frame:
    """One object being read: its values so far, its lists, what is kept for it; `prefix` names the group we are in."""

    values: dict[str, Any]
    lists: dict[str, list[Any]]
    kept: list[Extension]
    prefix: str = ""


@dataclass(slots=True)
class _Reading:
    """One message being read: its limits, and what was found wrong, with the element it stands in."""

    limits: Limits
    problems: list[tuple[Any, str, dict[str, str]]] = field(default_factory=list)

    def envelope(self, opened: document.Opened) -> list[Extension]:
        """What the envelope brings beside the declaration, to be kept with it."""
        frame = _Frame({}, {}, [], "MetaData/")
        if opened.metadata is None:
            return frame.kept
        self.own_attributes(opened.metadata, frame)
        for position, child in enumerate(opened.metadata):
            if child is opened.declaration:
                continue
            if len(child) or child.keys():
                self.raw(frame, child, position)
            else:
                name = f"MetaData/{document.local_name(child)}"
                frame.kept.append(Extension(FORMAT, name, child.text or "", position))
        return frame.kept

    def object(self, element: Any, plan: Plan, kept: list[Extension]) -> Any:
        """The object in an element, with all that the model does not name in its extensions."""
        values: dict[str, Any] = {}
        lists: dict[str, list[Any]] = {}
        frame = _Frame(values, lists, kept)
        if element.keys():
            self.own_attributes(element, frame)
        self.rows(frame, element, plan)
        for attribute, found in lists.items():
            values[attribute] = tuple(found)
        if kept:
            values["extensions"] = tuple(kept)
        return plan.of(**values)

    def rows(self, frame: _Frame, element: Any, plan: Plan) -> None:
        """Read the children of an object or group. Plain texts, the commonest, are read in place: the hot path."""
        text = element.text
        if text is not None and not text.isspace():
            self.problem(element, "WIRE-16", text)
        find = plan.by_tag.get
        values = frame.values
        position = 0
        for child in element:
            entry = find(child.tag)
            if entry is None:
                self.raw(frame, child, position)
            elif entry.kind == TEXT and entry.attribute not in values and not child.keys() and not len(child):
                values[entry.attribute] = child.text or ""
            else:
                _READERS[entry.kind](self, frame, child, entry, position)
            tail = child.tail
            if tail is not None and not tail.isspace():
                self.problem(element, "WIRE-16", tail)
            position += 1

    def text(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A text with attributes is read and the attributes kept; one that repeats or holds elements is kept whole."""
        if entry.attribute in frame.values or len(child):
            self.raw(frame, child, position)
            return
        frame.values[entry.attribute] = child.text or ""
        self.leaf_attributes(frame, child, None, position)

    def object_row(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """An object, or one more of a list; a second one where there may be one is kept whole."""
        if entry.many:
            frame.lists.setdefault(entry.attribute, []).append(self.object(child, entry.inner, []))
        elif entry.attribute in frame.values:
            self.raw(frame, child, position)
        else:
            frame.values[entry.attribute] = self.object(child, entry.inner, [])

    def integer(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A whole number."""
        text = self.number_of(frame, child, entry, position)
        if text is None:
            return
        if not WHOLE_NUMBER(text):
            self.problem(child, "WIRE-15", text)
            return
        value = int(text)
        frame.values[entry.attribute] = value
        if child.keys():
            self.leaf_attributes(frame, child, None, position)
        if str(value) != text:
            self.spelling(frame, entry, text, position)

    def decimal(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A number, an amount or a quantity."""
        text = self.number_of(frame, child, entry, position)
        if text is None:
            return
        if not NUMBER(text) or len(text) > self.limits.number_length_max:
            self.problem(child, "WIRE-14", text)
            return
        value = Decimal(text)
        kind = entry.kind
        unit = None
        if child.keys():
            known = _UNIT_ATTRIBUTE.get(kind)
            unit = child.get(known) if known else None
            if unit is None or len(child.keys()) > 1:
                self.leaf_attributes(frame, child, known, position)
        if number_text(value) != text:
            self.spelling(frame, entry, text, position)
        made: Any = Amount(value, unit) if kind == AMOUNT else Measure(value, unit) if kind == MEASURE else value
        frame.values[entry.attribute] = made

    def number_of(self, frame: _Frame, child: Any, entry: Entry, position: int) -> str | None:
        """The text of a number; None (and the element kept whole) where it repeats or holds elements."""
        if entry.attribute in frame.values or len(child):
            self.raw(frame, child, position)
            return None
        return (child.text or "").strip()

    def group(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A group: its elements are the object's own. An empty or a second one is kept whole."""
        inner = entry.inner
        values, kept = frame.values, frame.kept
        if len(child) == 0 or any(attribute in values for attribute in inner.attributes):
            self.raw(frame, child, position)
            return
        before, places = len(values), len(kept)
        if child.keys():
            self.leaf_attributes(frame, child, None, position)
        self.rows(_Frame(values, frame.lists, kept, f"{frame.prefix}{entry.element}/"), child, inner)
        if len(values) == before:
            del kept[places:]
            self.raw(frame, child, position)

    def moment(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A date and time: one `DateTimeString` with at most its format code, else it is kept whole."""
        only = child[0] if len(child) == 1 and not child.keys() else None
        if (
            only is None
            or only.tag not in _DATE_TIME_TAGS
            or len(only)
            or entry.attribute in frame.values
            or only.keys() not in ([], ["formatCode"])
        ):
            self.raw(frame, child, position)
            return
        frame.values[entry.attribute] = Moment(only.text or "", only.get("formatCode"))

    def texts(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A repeated text; one that is not exactly as the table says is kept whole."""
        if len(child) == 1 and not child.keys() and _plain_leaf(child[0], entry.inner_element):
            frame.lists.setdefault(entry.attribute, []).append(child[0].text or "")
        else:
            self.raw(frame, child, position)

    def spelling(self, frame: _Frame, entry: Entry, text: str, position: int) -> None:
        """Keep how a number was written where we would write it in another way."""
        frame.kept.append(Extension(FORMAT, f"{frame.prefix}{entry.element}/text()", text, position))

    def leaf_attributes(self, frame: _Frame, child: Any, known: str | None, position: int) -> None:
        """Keep the attributes of a child that the model does not name."""
        items = child.items()
        if self.fit(child, items):
            name = f"{frame.prefix}{document.local_name(child)}/@"
            frame.kept.extend(Extension(FORMAT, name + key, value, position) for key, value in items if key != known)

    def own_attributes(self, element: Any, frame: _Frame) -> None:
        """Keep the attributes of an object's own element."""
        items = element.items()
        if self.fit(element, items):
            frame.kept.extend(Extension(FORMAT, f"{frame.prefix}@{key}", value) for key, value in items)

    def fit(self, element: Any, items: list[tuple[str, str]]) -> bool:
        """Whether attributes are few and short enough; notes the problem otherwise."""
        try:
            attributes_check(items, self.limits)
        except FragmentError:
            self.problems.append((element, "WIRE-10", {"limit": str(self.limits.attributes_max)}))
            return False
        return True

    def raw(self, frame: _Frame, child: Any, position: int) -> None:
        """Keep a whole element."""
        try:
            content = fragment(child, self.limits)
        except FragmentError as error:
            code = "WIRE-09" if str(error) == "depth" else "WIRE-10"
            limit = self.limits.depth_max if code == "WIRE-09" else self.limits.attributes_max
            self.problems.append((child, code, {"limit": str(limit)}))
            return
        frame.kept.append(Extension(FORMAT, frame.prefix + document.local_name(child), content, position))

    def problem(self, element: Any, code: str, value: str) -> None:
        """Note a wrong value."""
        self.problems.append((element, code, {"value": value.strip()[:60]}))


def _plain_leaf(element: Any, name: str) -> bool:
    return document.local_name(element) == name and not len(element) and not element.keys()


_READERS = {
    TEXT: _Reading.text,
    OBJECT: _Reading.object_row,
    AMOUNT: _Reading.decimal,
    MEASURE: _Reading.decimal,
    DECIMAL: _Reading.decimal,
    INTEGER: _Reading.integer,
    GROUP: _Reading.group,
    MOMENT: _Reading.moment,
    TEXTS: _Reading.texts,
}
