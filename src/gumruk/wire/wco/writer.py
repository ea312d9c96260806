# SPDX-License-Identifier: Apache-2.0
"""Writes a declaration or a response as XML by the profile's tables, with all that was kept put back in its place."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.law.declarations.responses import Response
from gumruk.wire.numbers import number_text
from gumruk.wire.wco.fragment import attribute_text, attributes_text, escaped
from gumruk.wire.wco.plan import (
    AMOUNT,
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
from gumruk.wire.wco.profile import ENVELOPE, METADATA
from gumruk.wire.wco.reader import FORMAT

_ENVELOPE_PREFIX = "MetaData/"
_ATTRIBUTE = re.compile(r'\s([\w:.-]+)="')
_NAME_END = re.compile(r"[\s/>]")
_ELEMENT = re.compile(r"<([\w:.-]+)((?:\s[^<>]*?)?)(/?)>(.*)", re.DOTALL)


def write(declaration: Declaration) -> bytes:
    """The XML message of a declaration: UTF-8, namespaced, in the schema's order, in its envelope."""
    return _message(declaration, DECLARATIONS, ENVELOPE)


def write_response(response: Response) -> bytes:
    """The XML message of a response, likewise."""
    return _message(response, RESPONSES, {**ENVELOPE, "WCOTypeName": "RES"})


def _message(body: Any, dialect: Dialect, default: Mapping[str, str]) -> bytes:
    outer = [e for e in body.extensions if e.format == FORMAT and e.name.startswith(_ENVELOPE_PREFIX)]
    own = [e for e in body.extensions if e.format == FORMAT and not e.name.startswith(_ENVELOPE_PREFIX)]
    inner = _element(dialect.name, body, dialect.plan, own, "\n  ")
    return _envelope(outer, inner, dialect, default).encode()


def _envelope(outer: Sequence[Extension], inner: str, dialect: Dialect, default: Mapping[str, str]) -> str:
    """`MetaData` with what was brought in it; what we write of ourselves where nothing was."""
    attributes: dict[str, str] = {}
    children: list[str] = []
    placed = False
    brought = [
        Extension(FORMAT, _ENVELOPE_PREFIX + name, content, position)
        for position, (name, content) in enumerate((n, c) for n, c in default.items() if c)
    ]
    has_children = any(not e.name.startswith("MetaData/@") for e in outer)
    for extension in outer if has_children else [*outer, *brought]:
        name = extension.name.removeprefix(_ENVELOPE_PREFIX)
        if name.startswith("@"):
            attributes[name[1:]] = extension.content
            continue
        if not placed and len(children) < extension.position:
            children.append(inner)
            placed = True
        known = extension.content if extension.content.startswith("<") else None
        children.append(known or f"<md:{name}>{escaped(extension.content)}</md:{name}>")
    if not placed:
        children.append(inner)
    body = "".join(f"\n  {child}" for child in children)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<md:MetaData xmlns:md="{METADATA}" xmlns:ds="{dialect.data_types}"'
        f' xmlns="{dialect.namespace}"{attributes_text(attributes)}>{body}\n</md:MetaData>\n'
    )


def _element(
    name: str, value: Any, plan: Plan, extensions: Sequence[Extension], indent: str, declared: str = ""
) -> str:
    """One object as an element."""
    attributes = declared
    children = _children(value, plan, indent + "  ")
    if extensions:
        attributes += attributes_text({e.name[1:]: e.content for e in extensions if e.name.startswith("@")})
        children = _restored(children, [e for e in extensions if not e.name.startswith("@")], "")
    if not children:
        return f"<{name}{attributes}/>"
    step = indent + "  "
    return f"<{name}{attributes}>{step}{step.join(children)}{indent}</{name}>"


def _children(value: Any, plan: Plan, indent: str) -> list[str]:
    """The known elements of an object or group, in the schema's order. This is the hot path."""
    children: list[str] = []
    for entry in plan.entries:
        kind = entry.kind
        if kind == GROUP:
            inner = _group(value, entry, indent)
            if inner:
                children.append(inner)
            continue
        found = getattr(value, entry.attribute)
        if found is None or found == ():
            continue
        name = entry.element
        if kind == TEXT:
            children.append(f"<{name}>{escaped(found)}</{name}>")
        elif kind == OBJECT:
            for part in found if entry.many else (found,):
                kept = _of_format(part.extensions)
                children.append(_element(name, part, entry.inner, kept, indent, entry.declared))
        elif kind == TEXTS:
            inner_name = entry.inner_element
            children.extend(f"<{name}><{inner_name}>{escaped(one)}</{inner_name}></{name}>" for one in found)
        else:
            children.append(_leaf(name, kind, found))
    return children


def _leaf(name: str, kind: int, found: Any) -> str:
    """A number, an amount, a quantity or a moment."""
    if kind == AMOUNT:
        unit = "" if found.currency is None else attribute_text("currencyID", found.currency)
        return f"<{name}{unit}>{number_text(found.value)}</{name}>"
    if kind == MEASURE:
        unit = "" if found.unit is None else attribute_text("unitCode", found.unit)
        return f"<{name}{unit}>{number_text(found.value)}</{name}>"
    if kind == MOMENT:
        code = "" if found.format_code is None else attribute_text("formatCode", found.format_code)
        return f"<{name}><ds:DateTimeString{code}>{escaped(found.text)}</ds:DateTimeString></{name}>"
    if kind == INTEGER:
        return f"<{name}>{found}</{name}>"
    return f"<{name}>{number_text(found)}</{name}>"


def _group(value: Any, entry: Entry, indent: str) -> str:
    """A group's element with its fields, what was kept inside it put back; empty where it has none."""
    children = _children(value, entry.inner, indent + "  ")
    if not children:
        return ""
    if value.extensions:
        prefix = entry.element + "/"
        inside = [
            e
            for e in _of_format(value.extensions)
            if e.name.startswith(prefix) and not e.name.startswith((prefix + "@", prefix + "text()"))
        ]
        children = _restored(children, inside, prefix)
    name = entry.element
    step = indent + "  "
    return f"<{name}>{step}{step.join(children)}{indent}</{name}>"


def _of_format(extensions: Sequence[Extension]) -> Sequence[Extension]:
    return [e for e in extensions if e.format == FORMAT] if extensions else ()


def _restored(children: list[str], extensions: Sequence[Extension], prefix: str) -> list[str]:
    """Put whole elements back at their places, then attributes and spellings on the elements they belong to."""
    marks: list[tuple[int, str, str, str]] = []
    known = iter(children)
    children = []
    for extension in sorted(extensions, key=lambda e: e.position):
        name, mark = _split(extension.name.removeprefix(prefix))
        if mark:
            marks.append((extension.position, name, mark, extension.content))
        elif "/" not in name:
            children.extend(itertools.islice(known, max(extension.position - len(children), 0)))
            children.append(extension.content)
    children.extend(known)
    if marks:
        _mark(children, marks)
    return children


def _mark(children: list[str], marks: Sequence[tuple[int, str, str, str]]) -> None:
    """Give attributes and spellings (position, element, mark, content) to the children they belong to."""
    places: dict[str, list[int]] = {}
    for place, child in enumerate(children):
        places.setdefault(_NAME_END.split(child, maxsplit=1)[0][1:], []).append(place)
    of_place: dict[int, dict[str, str]] = {}
    for position, name, mark, content in marks:
        place = _nearest(places.get(name, []), position)
        if place >= 0:
            of_place.setdefault(place, {})[mark] = content
    for place, of_child in of_place.items():
        children[place] = _marked(children[place], of_child)


def _split(name: str) -> tuple[str, str]:
    """`TypeCode/@listID` into the element and the mark on it; the mark is "" for a whole element."""
    if name.endswith("/text()"):
        return name[: -len("/text()")], "text()"
    element, slash, attribute = name.partition("/@")
    return (element, "@" + attribute) if slash else (name, "")


def _nearest(places: list[int], position: int) -> int:
    """The nearest of the places in ascending order; -1 where there is none."""
    if not places:
        return -1
    after = bisect.bisect_left(places, position)
    candidates = places[max(after - 1, 0) : after + 1]
    return min(candidates, key=lambda place: abs(place - position))


def _marked(child: str, marks: Mapping[str, str]) -> str:
    """The child with its attributes, and with its number in the sender's spelling if it is still that number."""
    match = _ELEMENT.match(child)
    if match is None:
        return child
    name, attributes, closed, rest = match.groups()
    present = set(_ATTRIBUTE.findall(attributes))
    new = {mark[1:]: content for mark, content in marks.items() if mark[0] == "@" and mark[1:] not in present}
    attributes = attributes_text(new) + attributes
    spelling = marks.get("text()")
    if spelling is not None and _same_number(rest[: -len(f"</{name}>")], spelling):
        rest = f"{escaped(spelling)}</{name}>"
    return f"<{name}{attributes}{closed}>{rest}"


def _same_number(written: str, spelling: str) -> bool:
    try:
        return Decimal(written) == Decimal(spelling)
    except InvalidOperation:
        return False
