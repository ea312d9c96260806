# SPDX-License-Identifier: Apache-2.0
"""Messages whole: bytes in any format we read to a declaration, and back. A format is one line of `FORMATS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.law.kernel import Finding, Severity
from gumruk.wire import edifact, json, wco
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import LIMITS, Limits, examine

_ROOT_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the trade: how it is recognised, read and written, and what it is called.

    `material` is what `examine` finds ("xml", "json", "edifact"). `roots` are the local names of the XML root elements
    that belong to it; the one format without any takes what no other format claims.
    """

    name: str
    title: str
    version: str
    material: str
    read: Callable[[bytes, Limits], Declaration]
    write: Callable[[Declaration], bytes]
    roots: frozenset[str] = frozenset()


def _by_name(*formats: Format) -> Mapping[str, Format]:
    return MappingProxyType({of.name: of for of in formats})


FORMATS: Mapping[str, Format] = _by_name(
    Format(wco.FORMAT, "WCO Data Model XML", wco.PROFILE_NAME, "xml", wco.read, wco.write),
    Format(edifact.FORMAT, "UN/EDIFACT CUSDEC", edifact.VERSION, "edifact", edifact.read, edifact.write),
    Format(json.FORMAT, "Gumruk JSON", "docs/schema/declaration.schema.json", "json", json.read, json.write),
)
"""The formats that are read and written, by name."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was read: its format's name, its declaration, and the file's name if it had one."""

    format: str
    declaration: Declaration
    name: str | None = None


def read(content: bytes, name: str | None = None, limits: Limits = LIMITS) -> Message:
    """Read a message of any known format, found by its content, not its name. Raises `WireError`."""
    material = examine(content, limits)
    found = _recognised(material.format, material.content)
    return Message(found.name, found.read(material.content, limits), name)


def _recognised(material: str, content: bytes) -> Format:
    candidates = [of for of in FORMATS.values() if of.material == material]
    root = _root_name(content) if material == "xml" else ""
    return next((of for of in candidates if root in of.roots), None) or next(of for of in candidates if not of.roots)


def _root_name(content: bytes) -> str:
    """The local name of the first element, found without parsing: what the parser later finds must agree."""
    place = 0
    while (start := content.find(b"<", place)) >= 0:
        if content.startswith(b"<!--", start):
            place = content.find(b"-->", start) + 3
        elif content.startswith(b"<?", start):
            place = content.find(b"?>", start) + 2
        else:
            found = _ROOT_NAME.match(content, start)
            return found[1].decode("latin-1") if found else ""
        if place < start:
            return ""
    return ""


def write(declaration: Declaration, format_name: str) -> bytes:
    """A declaration as a message of the format; raises `WireError` for a format that is not written."""
    target = FORMATS.get(format_name)
    if target is None:
        raise refusal("WIRE-29", format=format_name, formats=", ".join(FORMATS))
    return target.write(declaration)


def left_behind(declaration: Declaration, format_name: str) -> list[Finding]:
    """What the format cannot carry of a declaration: a warning for each thing that is gone or changed in it.

    Found by reading back what was written: nothing is promised that was not seen.
    """
    target = FORMATS[format_name]
    try:
        carried: object = target.read(examine(target.write(declaration)).content, LIMITS)
    except WireError as error:
        return list(error.findings)
    return [
        Finding("WIRE-28", path, {"name": name, "format": of, "target": format_name}, severity=Severity.WARNING)
        for path, name, of in _lost(declaration, carried, "")
    ]


def _lost(before: object, after: object, path: str) -> Iterator[tuple[str, str, str]]:
    """Path, name and format of every value that stands in `before` and not at its place in `after`."""
    if before == after or before is None:
        return
    if isinstance(before, tuple):
        yield from _lost_of_many(before, after if isinstance(after, tuple) else (), path)
        return
    names = getattr(type(before), "__dataclass_fields__", ())
    if type(after) is type(before) and "extensions" in names:
        for name in names:
            yield from _lost(getattr(before, name), getattr(after, name), f"{path}.{name}" if path else name)
        return
    yield path, path.rpartition(".")[2], "-"


def _lost_of_many(before: tuple[object, ...], after: tuple[object, ...], path: str) -> Iterator[tuple[str, str, str]]:
    for place, part in enumerate(before):
        if isinstance(part, Extension):
            if part not in after:
                yield path.rpartition(".")[0], part.name, part.format
        else:
            yield from _lost(part, after[place] if place < len(after) else None, f"{path}[{place}]")
