# SPDX-License-Identifier: Apache-2.0
"""Writes a declaration or a response as our own JSON: indented for people, or canonical for versions; and back."""

from __future__ import annotations

from typing import Any

import msgspec

from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.responses import Response
from gumruk.wire.json.shape import RESPONSE, ROOT, Shape, Value
from gumruk.wire.numbers import number_text

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Declaration)


def canonical(declaration: Declaration) -> bytes:
    """One sequence of bytes for one declaration: keys sorted, nothing absent, no white space, decimals as text."""
    return _ENCODER.encode(_plain(declaration, ROOT))


def restore(content: bytes) -> Declaration:
    """The declaration of canonical bytes that we made ourselves: quick, and without the limits for strangers."""
    return _DECODER.decode(content)


def write(declaration: Declaration) -> bytes:
    """The same JSON for people: indented by two spaces."""
    return msgspec.json.format(canonical(declaration), indent=2) + b"\n"


def write_response(response: Response) -> bytes:
    """A response as JSON for people; what is no declaration is told by its one key."""
    encoded = _ENCODER.encode({"response": _plain(response, RESPONSE)})
    return msgspec.json.format(encoded, indent=2) + b"\n"


def _plain(value: Any, shape: Shape) -> dict[str, object]:
    """An object as a dictionary in the order of its keys: absent fields and empty lists are left out."""
    plain: dict[str, object] = {}
    for key in shape.keys:
        found = getattr(value, key.name)
        if found is None or found == ():
            continue
        kind = key.value
        if kind is Value.TEXT or kind is Value.INTEGER or kind is Value.TEXTS:
            plain[key.name] = found
        elif kind is Value.DECIMAL:
            plain[key.name] = number_text(found)
        elif kind is Value.OBJECT:
            plain[key.name] = _plain(found, key.shape)
        else:
            plain[key.name] = [_plain(part, key.shape) for part in found]
    return plain
