# SPDX-License-Identifier: Apache-2.0
"""Messages whole: bytes in any format to a declaration or a response, and back. A format is one line of `FORMATS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.law.declarations.responses import Response
from gumruk.law.kernel import Finding, Severity
from gumruk.wire import asycuda, eaeu, edifact, json, wco
from gumruk.wire.errors import WireError, refusal
from gumruk.wire.safety import LIMITS, Limits, examine

_ROOT_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the trade: how it is recognised, read and written, and what it is called.

    `material` is what `examine` finds ("xml", "json", "edifact"). `roots` are the local names of the XML root elements
    that belong to it; the one format without any takes what no other format claims. Not every format has responses.
    `left_over` names what of a kept piece no other format can carry, where that is not just the piece's name.
    """

    name: str
    title: str
    version: str
    material: str
    read: Callable[[bytes, Limits], Declaration]
    write: Callable[[Declaration], bytes]
    roots: frozenset[str] = frozenset()
    read_response: Callable[[bytes, Limits], Response] | None = None
    write_response: Callable[[Response], bytes] | None = None
    left_over: Callable[[Extension], list[str]] | None = None


def _by_name(*formats: Format) -> Mapping[str, Format]:
    return MappingProxyType({of.name: of for of in formats})


FORMATS: Mapping[str, Format] = _by_name(
    Format(
        wco.FORMAT,
        "WCO Data Model XML",
        wco.PROFILE_NAME,
        "xml",
        wco.read,
        wco.write,
        read_response=wco.read_response,
        write_response=wco.write_response,
    ),
    Format(
        asycuda.FORMAT,
        "ASYCUDA World SAD XML",
        asycuda.VERSION,
        "xml",
        asycuda.read,
        asycuda.write,
        asycuda.ROOTS,
        left_over=asycuda.left_over,
    ),
    Format(
        eaeu.FORMAT,
        "EAEU goods declaration XML",
        eaeu.VERSION,
        "xml",
        eaeu.read,
        eaeu.write,
        eaeu.ROOTS,
        left_over=eaeu.left_over,
    ),
    Format(
        edifact.FORMAT,
        "UN/EDIFACT CUSDEC and CUSRES",
        edifact.VERSION,
        "edifact",
        edifact.read,
        edifact.write,
        read_response=edifact.read_response,
        write_response=edifact.write_response,
    ),
    Format(
        json.FORMAT,
        "Gumruk JSON",
        "docs/schema/declaration.schema.json",
        "json",
        json.read,
        json.write,
        read_response=json.read_response,
        write_response=json.write_response,
    ),
)
"""The formats that are read and written, by name."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was read: its format's name, its declaration, and the file's name if it had one."""

    format: str
    declaration: Declaration
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseMessage:
    """An office's answer that was read: its format's name, the response, and the file's name if it had one."""

    format: str
    response: Response
    name: str | None = None


def read(content: bytes, name: str | None = None, limits: Limits = LIMITS) -> Message:
    """Read a declaration of any known format, found by its content, not its name. Raises `WireError`."""
    material = examine(content, limits)
    found = _recognised(material.format, material.content)
    return Message(found.name, found.read(material.content, limits), name)


def read_any(content: bytes, name: str | None = None, limits: Limits = LIMITS) -> Message | ResponseMessage:
    """Read a declaration, or a response in a format that has them. Raises `WireError`."""
    material = examine(content, limits)
    found = _recognised(material.format, material.content)
    try:
        return Message(found.name, found.read(material.content, limits), name)
    except WireError as error:
        if error.findings[0].code != "WIRE-12" or found.read_response is None:
            raise
    return ResponseMessage(found.name, found.read_response(material.content, limits), name)


def _recognised(material: str, content: bytes) -> Format:
    candidates = [of for of in FORMATS.values() if of.material == material]
    root = _root_name(content) if material == "xml" else ""
    by_root = {name.casefold(): of for of in candidates for name in of.roots}  # the case of names changes by version
    return by_root.get(root.casefold()) or next(of for of in candidates if not of.roots)


def _root_name(content: bytes) -> str:
    """The local name of the first element, found without parsing: what the parser later finds must agree."""
    place = 0
    while (start := content.find(b"<", place)) >= 0:
        if content.startswith(b"<!--", start):
            end = content.find(b"-->", start)
        elif content.startswith(b"<?", start):
            end = content.find(b"?>", start)
        else:
            found = _ROOT_NAME.match(content, start)
            return found[1].decode("latin-1") if found else ""
        if end < 0:
            return ""
        place = end + 2
    return ""


def write(body: Declaration | Response, format_name: str) -> bytes:
    """A declaration or a response as a message of the format; raises `WireError` where it is not written in it."""
    target = FORMATS.get(format_name)
    if target is None:
        raise refusal("WIRE-29", format=format_name, formats=", ".join(FORMATS))
    if isinstance(body, Declaration):
        return target.write(body)
    if target.write_response is None:
        formats = ", ".join(of.name for of in FORMATS.values() if of.write_response)
        raise refusal("WIRE-45", format=format_name, formats=formats)
    return target.write_response(body)


def left_behind(body: Declaration | Response, format_name: str) -> list[Finding]:
    """What the format cannot carry of a declaration or a response: a warning for each thing that is gone or changed.

    Found by reading back what was written: nothing is promised that was not seen.
    """
    target = FORMATS[format_name]
    try:
        carried: object = _read_back(write(body, format_name), target, isinstance(body, Response))
    except WireError as error:
        return list(error.findings)
    return [
        Finding(
            "WIRE-47" if of == "-" else "WIRE-28",
            path,
            {"name": name, "target": format_name} | ({} if of == "-" else {"format": of}),
            severity=Severity.WARNING,
        )
        for path, name, of in _once(_lost(body, carried, ""))
    ]


def _once(lost: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """What is lost, but of an element that only another format has its first place only: each item may have it."""
    seen: set[tuple[str, str]] = set()
    for path, name, of in lost:
        if of == "-" or (name, of) not in seen:
            seen.add((name, of))
            yield path, name, of


def _read_back(content: bytes, target: Format, is_response: bool) -> object:
    material = examine(content).content
    if is_response and target.read_response is not None:
        return target.read_response(material, LIMITS)
    return target.read(material, LIMITS)


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
                yield from ((path.rpartition(".")[0], name, part.format) for name in _left_over(part))
        else:
            yield from _lost(part, after[place] if place < len(after) else None, f"{path}[{place}]")


def _left_over(part: Extension) -> list[str]:
    of = FORMATS.get(part.format)
    return of.left_over(part) if of and of.left_over else [part.name]
