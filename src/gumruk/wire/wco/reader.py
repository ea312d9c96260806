# SPDX-License-Identifier: Apache-2.0
"""Reads a declaration or a response from XML by the profile's tables: nothing is lost, all that is wrong is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gumruk.law.declarations.model import Amount, Declaration, Extension, Measure, Moment
from gumruk.law.declarations.responses import Response
from gumruk.law.kernel import Finding
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.numbers import NUMBER, WHOLE_NUMBER, number_text
from gumruk.wire.safety import LIMITS, Limits
from gumruk.wire.wco import document
from gumruk.wire.wco.check import check
from gumruk.wire.wco.fragment import FragmentError, attributes_of, fragment
from gumruk.wire.wco.parts import GLUED
from gumruk.wire.wco.plan import (
    AMOUNT,
    DECIMAL,
    DECLARATIONS,
    GROUP,
    INTEGER,
    MEASURE,
    MOMENT,
    OBJECT,
    RESPONSES,
    TEXT,
    TEXTS,
    Dialect,
    Entry,
    Plan,
)

FORMAT = "wco"
_DATE_TIME_NAMES = ("DateTimeString", GLUED)
_UNIT_ATTRIBUTE = {AMOUNT: "currencyID", MEASURE: "unitCode"}


def read(content: bytes, limits: Limits = LIMITS) -> Declaration:
    """The declaration in an XML message (UTF-8, already examined); raises `WireError` with all that is wrong."""
    opened = document.open_document(content, limits)
    if opened.dialect is not DECLARATIONS:
        raise refusal("WIRE-12")
    declaration: Declaration = _read(opened, limits)
    return declaration


def read_response(content: bytes, limits: Limits = LIMITS) -> Response:
    """The response in an XML message, likewise; raises `WireError`, also where it is a declaration."""
    opened = document.open_document(content, limits)
    if opened.dialect is not RESPONSES:
        raise refusal("WIRE-44")
    response: Response = _read(opened, limits)
    return response


def _read(opened: document.Opened, limits: Limits) -> Any:
    findings = Findings()
    # An element's object, once made, is the same for whoever asks while it is held: made once for both passes.
    held = list(opened.body.iter())
    check(opened, limits, findings)
    if findings.full:
        findings.refuse()
    told = frozenset((found.path, found.params["line"]) for found in findings.found)
    reading = _Reading(limits, opened.dialect, findings, told)
    outer = reading.envelope(opened)
    made = reading.made(opened.body, opened.dialect.plan, outer)
    del held
    findings.found.sort(key=lambda found: int(found.params["line"]))
    findings.refuse()
    return made


@dataclass(slots=True)
class _Frame:
    """One object being read: its values so far, its lists, what is kept for it; `prefix` names the group we are in."""

    values: dict[str, Any]
    lists: dict[str, list[Any]]
    kept: list[Extension]
    prefix: str = ""


@dataclass(slots=True)
class _Reading:
    """One message being read: its limits, what was found wrong, and of which places it was told before."""

    limits: Limits
    dialect: Dialect
    findings: Findings
    told: frozenset[tuple[str, str]]
    seen: dict[Any, int] = field(default_factory=dict)

    def envelope(self, opened: document.Opened) -> list[Extension]:
        """What the envelope brings beside the declaration, to be kept with it."""
        frame = _Frame({}, {}, [], "MetaData/")
        if opened.metadata is None:
            return frame.kept
        self.own_attributes(opened.metadata, frame)
        space = opened.metadata.tag.rpartition("}")[0]
        for position, child in enumerate(opened.metadata):
            if child is opened.body:
                continue
            text = child.text or ""
            if len(child) or child.keys() or text.startswith("<") or child.tag.rpartition("}")[0] != space:
                self.raw(frame, child, position)
            else:
                frame.kept.append(Extension(FORMAT, f"MetaData/{document.local_name(child)}", text, position))
        return frame.kept

    def made(self, element: Any, plan: Plan, kept: list[Extension]) -> Any:
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
        find = plan.by_tag.get
        values, longest = frame.values, self.limits.text_length_max
        position = 0
        for child in element:
            entry = find(child.tag)
            if entry is None:
                self.raw(frame, child, position)
            elif entry.kind == TEXT and entry.attribute not in values and not child.keys() and not len(child):
                text = values[entry.attribute] = child.text or ""
                if len(text) > longest:
                    self.long(child, text)
            else:
                _READERS[entry.kind](self, frame, child, entry, position)
            position += 1

    def text(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A text with attributes is read and the attributes kept; one that repeats or holds elements is kept whole."""
        if entry.attribute in frame.values or len(child):
            self.raw(frame, child, position)
            return
        text = frame.values[entry.attribute] = child.text or ""
        if len(text) > self.limits.text_length_max:
            self.long(child, text)
        self.leaf_attributes(frame, child, None, position)

    def object_row(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """An object, or one more of a list; a second one where there may be one is kept whole."""
        if entry.many:
            frame.lists.setdefault(entry.attribute, []).append(self.made(child, entry.inner, []))
        elif entry.attribute in frame.values:
            self.raw(frame, child, position)
        else:
            frame.values[entry.attribute] = self.made(child, entry.inner, [])

    def integer(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A whole number; one with nothing but zeros behind its point is one, too."""
        text = self.number_of(frame, child, entry, position)
        if text is None:
            return
        whole, _, fraction = text.partition(".")
        if not WHOLE_NUMBER(whole) or fraction.strip("0"):
            self.wrong(child, "WIRE-15", text)
            return
        value = int(whole)
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
            self.wrong(child, "WIRE-14", text)
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
        values, lists, kept = frame.values, frame.lists, frame.kept
        if len(child) == 0 or any(attribute in values or attribute in lists for attribute in inner.attributes):
            self.raw(frame, child, position)
            return
        before, places = len(values) + len(lists), len(kept)
        if child.keys():
            self.leaf_attributes(frame, child, None, position)
        self.rows(_Frame(values, lists, kept, f"{frame.prefix}{entry.element}/"), child, inner)
        if len(values) + len(lists) == before:
            del kept[places:]
            self.raw(frame, child, position)

    def moment(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A date and time: one `DateTimeString` with at most its format code, else it is kept whole."""
        only = child[0] if len(child) == 1 and not child.keys() else None
        if (
            only is None
            or document.local_name(only) not in _DATE_TIME_NAMES
            or len(only)
            or entry.attribute in frame.values
            or only.keys() not in ([], ["formatCode"])
        ):
            self.raw(frame, child, position)
            return
        text = only.text or ""
        if len(text) > self.limits.text_length_max:
            self.long(child, text)
        frame.values[entry.attribute] = Moment(text, only.get("formatCode"))

    def texts(self, frame: _Frame, child: Any, entry: Entry, position: int) -> None:
        """A repeated text; one that is not exactly as the table says is kept whole."""
        if len(child) == 1 and not child.keys() and _plain_leaf(child[0], entry.inner_element):
            text = child[0].text or ""
            if len(text) > self.limits.text_length_max:
                self.long(child, text)
            frame.lists.setdefault(entry.attribute, []).append(text)
        else:
            self.raw(frame, child, position)

    def spelling(self, frame: _Frame, entry: Entry, text: str, position: int) -> None:
        """Keep how a number was written where we would write it in another way."""
        frame.kept.append(Extension(FORMAT, f"{frame.prefix}{entry.element}/text()", text, position))

    def leaf_attributes(self, frame: _Frame, child: Any, known: str | None, position: int) -> None:
        """Keep the attributes of a child that the model does not name."""
        name = f"{frame.prefix}{document.local_name(child)}/@"
        frame.kept.extend(
            Extension(FORMAT, name + key, value, position) for key, value in self.attributes(child) if key != known
        )

    def own_attributes(self, element: Any, frame: _Frame) -> None:
        """Keep the attributes of an object's own element."""
        frame.kept.extend(Extension(FORMAT, f"{frame.prefix}@{key}", value) for key, value in self.attributes(element))

    def attributes(self, element: Any) -> list[tuple[str, str]]:
        """An element's attributes; none, and a finding, where they are too many or too long."""
        try:
            return attributes_of(element, self.limits)
        except FragmentError:
            self.note(element, "WIRE-10", limit=self.limits.attributes_max)
            return []

    def raw(self, frame: _Frame, child: Any, position: int) -> None:
        """Keep a whole element."""
        try:
            content = fragment(child, self.limits)
        except FragmentError as error:
            code = "WIRE-09" if str(error) == "depth" else "WIRE-10"
            self.note(child, code, limit=self.limits.depth_max if code == "WIRE-09" else self.limits.attributes_max)
            return
        frame.kept.append(Extension(FORMAT, frame.prefix + document.local_name(child), content, position))

    def long(self, element: Any, text: str) -> None:
        """Note a text that is too long."""
        self.note(element, "WIRE-32", length=len(text), limit=self.limits.text_length_max)

    def wrong(self, element: Any, code: str, value: str) -> None:
        """Note a wrong value."""
        self.note(element, code, value=value.strip()[:60])

    def note(self, element: Any, code: str, **params: str | int) -> None:
        """Note a finding at an element: its place is looked for only now, not on the way of a good message."""
        if self.findings.full:
            self.findings.more += 1
            return
        named = {"element": document.local_name(element)[:60], "line": element.sourceline or 0, **params}
        params_told = {name: str(value) for name, value in named.items()}
        path = document.path_of(element, self.dialect, self.seen)
        if (path, params_told["line"]) not in self.told:
            self.findings.add(Finding(code, path, params_told))


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
