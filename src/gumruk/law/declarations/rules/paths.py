# SPDX-License-Identifier: Apache-2.0
"""Fields of a declaration named by their path, as a law's tables name what must be given.

A path goes by the model's names: `goods_shipment.trade_terms.condition_code`; one that begins with `items` speaks of
each goods item: `items.commodity.vehicles.id`. Where there are several of a thing, each of them must have the field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterator
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from gumruk.law.declarations.model import Declaration, GoodsItem

ITEMS = "items"


def field_names(path: str) -> tuple[str, ...]:
    """The names of a path, of an item's own field without the leading `items`. Raises ValueError for no such field."""
    names = path.split(".")
    held: Any = Declaration
    if names[0] == ITEMS:
        held, names = GoodsItem, names[1:]
    if not names:
        raise ValueError(f"no field of a declaration: {path!r}")
    for name in names:
        if name not in _hints(held):
            raise ValueError(f"no field of a declaration: {path!r}")
        held = _inner(_hints(held)[name])
    return tuple(names)


def is_field(path: str) -> bool:
    """Whether a declaration has this field."""
    try:
        field_names(path)
    except ValueError:
        return False
    return True


def parts_of(path: str) -> Iterator[tuple[str, str, int | None]]:
    """The parts of a place: the class that a field is of, its name, and which of several it is (from 0).

    `declarant.address.city_name` is of Declaration, Party and Address. An unknown field ends the parts with itself and
    all that follows, of no class.
    """
    held: Any = Declaration
    parts = path.split(".")
    if parts[0].partition("[")[0] == ITEMS:
        held, parts = GoodsItem, parts[1:]
    for place, part in enumerate(parts):
        name, _, number = part.partition("[")
        hint = _hints(held).get(name)
        if hint is None:
            yield "", ".".join(parts[place:]), None
            return
        yield held.__name__, name, int(number[:-1]) if number[:-1].isdecimal() else None
        held = _inner(hint)


@cache
def _hints(held: Hashable) -> dict[str, Any]:
    """The fields of a class of the model with their types; nothing of what is no such class."""
    return get_type_hints(held) if dataclasses.is_dataclass(held) else {}


def _inner(hint: Any) -> Any:
    """The class of one thing: without None, and without the tuple of several."""
    while get_origin(hint) in (UnionType, Union, tuple):
        hint = next(part for part in get_args(hint) if part not in (type(None), Ellipsis))
    return hint


def missing(held: object, names: tuple[str, ...], path: str = "") -> Iterator[str]:
    """Where a field is not given, below `held`: an empty text and an empty list are not given either."""
    name, rest = names[0], names[1:]
    value = getattr(held, name)
    path = f"{path}.{name}" if path else name
    if value is None or value in ("", ()):
        yield ".".join((path, *rest))
    elif isinstance(value, tuple) and rest:
        for place, each in enumerate(value):
            yield from missing(each, rest, f"{path}[{place}]")
    elif rest:
        yield from missing(value, rest, path)
