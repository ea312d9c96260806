# SPDX-License-Identifier: Apache-2.0
"""The model's classes as JSON objects, read once from their fields: reader, writer and schema follow this."""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any

from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.responses import Response


class Value(StrEnum):
    """What a key holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    OBJECT = "object"
    OBJECTS = "objects"
    TEXTS = "texts"


@dataclass(slots=True, eq=False)
class Key:
    """One key of an object: the model's field, what it holds, and the shape of the objects in it."""

    name: str
    value: Value
    required: bool
    shape: Shape


@dataclass(slots=True, eq=False)
class Shape:
    """One class of the model, its keys in alphabetical order, as canonical JSON wants them."""

    of: type
    keys: tuple[Key, ...]
    by_name: dict[str, Key]


_PLAIN = {str: Value.TEXT, int: Value.INTEGER, Decimal: Value.DECIMAL}
_NOTHING = Shape(object, (), {})


def _shape(of: Any, shapes: dict[type, Shape]) -> Shape:
    shape = shapes[of] = Shape(of, (), {})
    hints = typing.get_type_hints(of)
    for field in sorted(dataclasses.fields(of), key=lambda field: field.name):
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        shape.by_name[field.name] = _key(field.name, hints[field.name], required, shapes)
    shape.keys = tuple(shape.by_name.values())
    return shape


def _key(name: str, hint: Any, required: bool, shapes: dict[type, Shape]) -> Key:
    if isinstance(hint, UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        if inner is str:
            return Key(name, Value.TEXTS, required, _NOTHING)
        return Key(name, Value.OBJECTS, required, shapes.get(inner) or _shape(inner, shapes))
    if hint in _PLAIN:
        return Key(name, _PLAIN[hint], required, _NOTHING)
    return Key(name, Value.OBJECT, required, shapes.get(hint) or _shape(hint, shapes))


_SHAPES: dict[type, Shape] = {}
ROOT: Shape = _shape(Declaration, _SHAPES)
"""The shape of `Declaration`, and in it those of all other classes."""
RESPONSE: Shape = _shape(Response, _SHAPES)
"""The shape of `Response`, likewise. In a message it stands under the key `response`."""
