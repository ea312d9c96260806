# SPDX-License-Identifier: Apache-2.0
"""What a declaration that was read leaves to be said: numbers of the message that nobody can take for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.law.kernel import Finding, Severity
from gumruk.wire import asycuda, eaeu, tables

_PLANS = {asycuda.FORMAT: asycuda.PLANS, eaeu.FORMAT: eaeu.PLANS}


def unread(declaration: Declaration) -> list[Finding]:
    """A warning for each number of the message that was not understood: the formats of tables refuse none."""
    return [
        Finding("WIRE-46", path, {"element": element, "value": value[:60]}, severity=Severity.WARNING)
        for path, extension in _kept(declaration, "")
        for element, value in tables.unread(extension, _PLANS[extension.format])
    ]


def _kept(value: object, path: str) -> Iterator[tuple[str, Extension]]:
    """Every kept piece of a format of tables, with the path of its object."""
    if isinstance(value, Extension):
        if value.format in _PLANS:
            yield path.rpartition(".")[0], value
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from _kept(part, path if isinstance(part, Extension) else f"{path}[{place}]")
    elif is_dataclass(value):
        for known in fields(value):
            inner = f"{path}.{known.name}" if path else known.name
            yield from _kept(getattr(value, known.name), inner.removeprefix("goods_shipment."))
