# SPDX-License-Identifier: Apache-2.0
"""Reads our own JSON strictly: unknown keys, keys given twice and binary fractions are refused, all at once."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gumruk.law.declarations.model import Declaration, Extension
from gumruk.law.declarations.responses import Response
from gumruk.law.kernel import Finding
from gumruk.wire import asycuda, eaeu, wco
from gumruk.wire.errors import Findings, refusal
from gumruk.wire.json.shape import RESPONSE, ROOT, Key, Shape, Value
from gumruk.wire.numbers import NUMBER, WHOLE_NUMBER
from gumruk.wire.safety import FORBIDDEN, LIMITS, Limits, unreadable_text
from gumruk.wire.wco.document import other_format

_TWICE = object()
_RESPONSE_KEY = "response"
# A message of XML in JSON has its root as a key, and before it at most what XML says of namespaces.
_NAMES_OF_A_ROOT = 4
#: What may be written in a format of what came for it by another way.
_FITS = {
    wco.FORMAT: wco.extension_fits,
    asycuda.FORMAT: asycuda.extension_fits,
    eaeu.FORMAT: eaeu.extension_fits,
}


@dataclass(frozen=True, slots=True)
class _Fraction:
    """A JSON number that is no whole number: kept as text, because it must not become a binary fraction."""

    text: str


def read(content: bytes, limits: Limits = LIMITS) -> Declaration:
    """The declaration in a JSON message (already examined); raises `WireError` with all that is wrong."""
    parsed = _parsed(content, limits)
    if isinstance(parsed, dict) and list(parsed) == [_RESPONSE_KEY]:
        raise refusal("WIRE-12")
    for name in list(parsed)[:_NAMES_OF_A_ROOT] if isinstance(parsed, dict) else ():
        other = other_format(str(name))
        if other is not None:
            raise refusal("WIRE-24", format=other)
    declaration: Declaration = _made(parsed, ROOT, limits)
    return declaration


def read_response(content: bytes, limits: Limits = LIMITS) -> Response:
    """The response in a JSON message, under its key `response`, likewise; raises `WireError`."""
    parsed = _parsed(content, limits)
    if not isinstance(parsed, dict) or list(parsed) != [_RESPONSE_KEY]:
        raise refusal("WIRE-44")
    response: Response = _made(parsed[_RESPONSE_KEY], RESPONSE, limits)
    return response


def _made(parsed: object, shape: Shape, limits: Limits) -> Any:
    """The object of a message. One that brings pieces of WCO XML must be what our WCO reader takes as a whole, too."""
    reading = _Reading(limits)
    made = reading.make(parsed, shape, "")
    reading.findings.refuse()
    if reading.brings_wco:
        wco.written_check(made)
    return made


def _parsed(content: bytes, limits: Limits) -> object:
    """The content as Python's values; numbers with a fraction as `_Fraction`."""
    unreadable = unreadable_text(content)
    if unreadable is not None:
        raise unreadable
    try:
        return json.loads(
            content,
            object_pairs_hook=_pairs,
            parse_float=_Fraction,
            parse_int=lambda text: int(text) if WHOLE_NUMBER(text) else _Fraction(text),
            parse_constant=_Fraction,
        )
    except json.JSONDecodeError as error:
        ends_early = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
        if ends_early:
            raise refusal("WIRE-08", line=error.lineno, column=error.colno) from error
        reason = error.msg.lower().replace(" ", "_")
        raise refusal("WIRE-17", line=error.lineno, column=error.colno, reason=reason) from error
    except RecursionError as error:
        raise refusal("WIRE-09", line=1, element="-", limit=limits.depth_max) from error


def _pairs(pairs: list[tuple[str, object]]) -> dict[object, object]:
    """An object's pairs as a dictionary that remembers a key that came twice."""
    found: dict[object, object] = {}
    for key, value in pairs:
        if key in found:
            found[_TWICE] = key
        found[key] = value
    return found


@dataclass(slots=True)
class _Reading:
    """One message being read."""

    limits: Limits
    findings: Findings = field(default_factory=Findings)
    extensions: int = 0
    brings_wco: bool = False
    listed: int = 0

    def make(self, value: Any, shape: Shape, path: str) -> Any:
        """The object of a dictionary; None where it cannot be made (a finding then says why)."""
        if not isinstance(value, dict):
            self.wrong_type(path, "object", value)
            return None
        found: dict[str, Any] = {}
        before = self.findings.count
        for name, held in value.items():
            if name is _TWICE:
                self.note("WIRE-21", path, key=str(held))
                continue
            key = shape.by_name.get(name)
            if key is None:
                self.unknown(path, name, shape)
            elif held is not None:
                found[name] = self.value(held, key, _joined(path, name))
        for key in shape.keys:
            if key.required and key.name not in found:
                self.note("WIRE-27", path, key=key.name)
        if self.findings.count > before:
            return None
        made = shape.of(**found)
        if isinstance(made, Extension) and made.format in _FITS:
            self.extension(made, path)
        return made

    def extension(self, extension: Extension, path: str) -> None:
        """Note an extension that could not be written as XML; each is looked at, so there may not be very many."""
        self.extensions += 1
        self.brings_wco = self.brings_wco or extension.format == wco.FORMAT
        if self.extensions > self.limits.extensions_max:
            self.note("WIRE-31", path, count=str(self.extensions), limit=str(self.limits.extensions_max))
        elif not _FITS[extension.format](extension):
            self.note("WIRE-26", path, name=extension.name[:60])

    def value(self, held: Any, key: Key, path: str) -> Any:
        """What a key holds, as the model wants it."""
        if key.value is Value.OBJECT:
            return self.make(held, key.shape, path)
        if key.value is Value.TEXT:
            return self.text(held, path)
        if key.value is Value.DECIMAL:
            return self.decimal(held, path)
        if key.value is Value.INTEGER:
            if isinstance(held, int) and not isinstance(held, bool):
                return held
            self.wrong_type(path, "integer", held)
            return None
        return self.parts(held, key, path)

    def parts(self, held: Any, key: Key, path: str) -> Any:
        """A list of objects or texts as a tuple."""
        if not isinstance(held, list):
            self.wrong_type(path, "array", held)
            return ()
        if path == "goods_shipment.items":
            path = "items"
            if len(held) > self.limits.items_max:
                self.note("WIRE-13", path, count=str(len(held)), limit=str(self.limits.items_max))
                return ()
        self.listed += len(held)
        if self.listed > self.limits.elements_max:
            self.note("WIRE-31", path, count=str(self.listed), limit=str(self.limits.elements_max))
            return ()
        places = ((part, f"{path}[{place}]") for place, part in enumerate(held))
        if key.value is Value.TEXTS:
            return tuple(self.text(part, place) for part, place in places)
        return tuple(self.make(part, key.shape, place) for part, place in places)

    def text(self, held: Any, path: str) -> str | None:
        """A text without characters that XML or PostgreSQL cannot hold."""
        if not isinstance(held, str):
            self.wrong_type(path, "string", held)
            return None
        forbidden = FORBIDDEN.search(held)
        if forbidden:
            self.note("WIRE-22", path, character=f"U+{ord(forbidden[0]):04X}")
        longest = self.limits.text_length_max
        if len(held) > longest and not path.endswith("].content"):
            self.note("WIRE-32", path, length=str(len(held)), limit=str(longest))
        return held

    def decimal(self, held: Any, path: str) -> Decimal | None:
        """A decimal, which must be a text: a JSON number may already have lost its last digit."""
        if isinstance(held, int | _Fraction) and not isinstance(held, bool):
            number = held.text if isinstance(held, _Fraction) else str(held)
            self.note("WIRE-19", path, value=number[:40])
        elif not isinstance(held, str):
            self.wrong_type(path, "string", held)
        elif not NUMBER(held) or len(held) > self.limits.number_length_max:
            self.note("WIRE-14", path, value=held[:60], element=path.rpartition(".")[2], line="-")
        else:
            return Decimal(held)
        return None

    def unknown(self, path: str, name: object, shape: Shape) -> None:
        """Note a key that the model has not, with the nearest that it has."""
        if self.findings.full:  # the nearest name is not cheap, and nobody would read it
            self.findings.more += 1
            return
        near = difflib.get_close_matches(str(name)[:60], shape.by_name, n=1, cutoff=0.0)
        self.note("WIRE-18", path, key=str(name)[:60], nearest=near[0] if near else "-")

    def wrong_type(self, path: str, expected: str, held: object) -> None:
        """Note a value of another type than the model's."""
        self.note("WIRE-20", path, expected=expected, found=_type_name(held))

    def note(self, code: str, path: str, **params: str) -> None:
        """Note one finding."""
        self.findings.add(Finding(code, path, params))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _type_name(held: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (int, "number"),
        (_Fraction, "number"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
    )
    return next((name for kind, name in kinds if isinstance(held, kind)), "null")
