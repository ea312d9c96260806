# SPDX-License-Identifier: Apache-2.0
"""Messages whole: bytes in any format we read to a declaration, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.law.kernel import Finding, Severity
from gumruk.wire import json, wco
from gumruk.wire.errors import refusal
from gumruk.wire.safety import LIMITS, Limits, examine

_READERS: Mapping[str, tuple[str, Callable[[bytes, Limits], Declaration]]] = MappingProxyType(
    {"xml": (wco.FORMAT, wco.read), "json": (json.FORMAT, json.read)}
)
_WRITERS: Mapping[str, Callable[[Declaration], bytes]] = MappingProxyType(
    {wco.FORMAT: wco.write, json.FORMAT: json.write}
)
FORMATS: tuple[str, ...] = tuple(_WRITERS)
"""The formats that are written, and their names."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was read: its format ("wco" or "json"), its declaration, and the file's name if it had one."""

    format: str
    declaration: Declaration
    name: str | None = None


def read(content: bytes, name: str | None = None, limits: Limits = LIMITS) -> Message:
    """Read a message of any known format, found by its content, not its name. Raises `WireError`."""
    material = examine(content, limits)
    format_name, reader = _READERS[material.format]
    return Message(format_name, reader(material.content, limits), name)


def write(declaration: Declaration, format_name: str) -> bytes:
    """A declaration as a message of the format; raises `WireError` for a format that is not written."""
    writer = _WRITERS.get(format_name)
    if writer is None:
        raise refusal("WIRE-29", format=format_name, formats=", ".join(FORMATS))
    return writer(declaration)


def left_behind(declaration: Declaration, format_name: str) -> list[Finding]:
    """What the format cannot carry of a declaration: one warning for each thing that `write` leaves out."""
    if format_name == json.FORMAT:
        return []
    return [
        Finding("WIRE-28", path, {"name": e.name, "format": e.format, "target": format_name}, severity=Severity.WARNING)
        for path, e in _extensions(declaration, "")
        if e.format != format_name
    ]


def _extensions(value: object, path: str) -> list[tuple[str, Extension]]:
    """All extensions in a value with the path of the object they belong to."""
    if isinstance(value, Extension):
        return [(path.rpartition(".")[0], value)]
    if isinstance(value, tuple):
        return [found for place, part in enumerate(value) for found in _extensions(part, f"{path}[{place}]")]
    names = getattr(type(value), "__dataclass_fields__", ())
    return [found for name in names for found in _extensions(getattr(value, name), f"{path}.{name}" if path else name)]
