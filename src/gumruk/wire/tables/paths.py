# SPDX-License-Identifier: Apache-2.0
"""Paths into the model, such as `goods_shipment.items[0].origins[0].country_code`: read from an object, or put.

A step may choose a part of a list: `[0]` by place, `[type_code=785]` by fields that it must have (an empty value means
that the field is not set), `[*]` the first that has the rest of the path. `consignee|importer` reads the first of the
two that is there, and puts into the first.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

_STEP = re.compile(r"([a-z_|]+)(?:\[([^]]*)\])?")

#: An object on its way: its fields by name, parts as drafts again, many parts as a list of drafts.
Draft = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the field's names in order of preference, and which part of its list, if it is one."""

    names: tuple[str, ...]
    place: int | None = None
    keys: tuple[tuple[str, str | None], ...] = ()
    any: bool = False

    @property
    def chooses(self) -> bool:
        """Whether the field is a list that one part is chosen from."""
        return self.place is not None or bool(self.keys) or self.any


@cache
def steps_of(path: str) -> tuple[Step, ...]:
    """The steps of a path."""
    steps = []
    for words, choice in _STEP.findall(path):
        names = tuple(words.split("|"))
        if not choice:
            steps.append(Step(names))
        elif choice == "*":
            steps.append(Step(names, any=True))
        elif choice.isdigit():
            steps.append(Step(names, place=int(choice)))
        else:
            pairs = (pair.partition("=") for pair in choice.split(","))
            steps.append(Step(names, keys=tuple((name, value or None) for name, _, value in pairs)))
    return tuple(steps)


def value_at(found: Any, steps: tuple[Step, ...]) -> Any:
    """What stands at a path of an object; None where nothing does."""
    for number, step in enumerate(steps):
        held = None
        for name in step.names:
            held = getattr(found, name)
            if held is not None and held != ():
                break
        if held is None or held == () or not step.chooses:
            found = None if held == () else held
        elif step.any:
            rest = steps[number + 1 :]
            return next((value for part in held if (value := value_at(part, rest)) is not None), None)
        elif step.place is not None:
            found = held[step.place] if step.place < len(held) else None
        else:
            found = next((part for part in held if matches(part, step.keys)), None)
        if found is None:
            return None
    return found


def matches(part: Any, keys: tuple[tuple[str, str | None], ...]) -> bool:
    """Whether a part has these values."""
    return all(getattr(part, name) == value for name, value in keys)


def put(draft: Draft, steps: tuple[Step, ...], value: Any) -> None:
    """Put a value into a draft at a path; what is missing on the way is made."""
    for step in steps[:-1]:
        name = step.names[0]
        if step.chooses:
            draft = _chosen(draft.setdefault(name, []), step)
        else:
            draft = draft.setdefault(name, {})
    draft[steps[-1].names[0]] = value


def draft_at(draft: Draft, steps: tuple[Step, ...]) -> Draft | None:
    """The draft of the object at a path of plain steps; None where there is none."""
    found: Draft | None = draft
    for step in steps:
        found = found.get(step.names[0]) if found else None
    return found


def without(value: Any, steps: tuple[Step, ...]) -> Any:
    """An object without what stands at a path of plain steps."""
    first, *rest = steps
    name = next((name for name in first.names if getattr(value, name) is not None), None)
    if name is None:
        return value
    return replace(value, **{name: without(getattr(value, name), tuple(rest)) if rest else None})


def list_at(draft: Draft, steps: tuple[Step, ...]) -> list[Draft]:
    """The list of drafts at a path, made where it is missing."""
    for step in steps[:-1]:
        draft = draft.setdefault(step.names[0], {})
    made: list[Draft] = draft.setdefault(steps[-1].names[0], [])
    return made


def _chosen(parts: list[Draft], step: Step) -> Draft:
    if step.keys:
        for part in parts:
            if all(part.get(name) == value for name, value in step.keys):
                return part
        parts.append({name: value for name, value in step.keys if value is not None})
        return parts[-1]
    place = step.place or 0
    while len(parts) <= place:
        parts.append({})
    return parts[place]


def made(of: type, draft: Draft) -> Any:
    """The object of a draft."""
    classes = _classes(of)
    values: dict[str, Any] = {}
    for name, value in draft.items():
        if type(value) is dict:
            values[name] = made(classes[name], value)
        elif type(value) is list:
            values[name] = tuple(made(classes[name], part) for part in value)
        else:
            values[name] = value
    return of(**values)


@cache
def _classes(of: type) -> Mapping[str, type]:
    """The class of each field that holds an object or many."""
    return {name: found for name, hint in typing.get_type_hints(of).items() if (found := _class(hint)) is not None}


def _class(hint: Any) -> type | None:
    if hasattr(hint, "__dataclass_fields__"):
        known: type = hint
        return known
    return next((found for part in typing.get_args(hint) if (found := _class(part)) is not None), None)
