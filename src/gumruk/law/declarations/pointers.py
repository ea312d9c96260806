# SPDX-License-Identifier: Apache-2.0
"""WCO pointers and our paths: 42A, 67A, 68A (2), 79A with tag 112 is `items[1].commodity.item_charge_amount`.

A chain of pointers (97A) goes from class to class by their IDs and ends in an element's ID, or in a class where the
whole of it is meant. Which IDs a class and its elements have is told by a tree of places, made from the wire's profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.parts import Pointer

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?").fullmatch
_ITEMS = "goods_shipment.items"


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One class or element at one place of the declaration: its ID, the model's field, and what is in it.

    A class has `section`, an element `tag`, a repeated text both. `attribute` is "" for a class that the model has
    none for: its elements are fields of the object around it. `of` is the model's class.
    """

    attribute: str = ""
    section: str = ""
    tag: str = ""
    many: bool = False
    of: type | None = None
    parts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: into a field and, in a list, to the one with this sequence number (None: to the list)."""

    place: Place
    sequence: int | None = None


def steps_of(pointers: Sequence[Pointer], root: Place) -> tuple[Step, ...] | None:
    """The steps of a chain of pointers from the declaration on; None where a class or an element is not known.

    A sequence number on what may stand only once says nothing: senders write what they like there.
    """
    if not pointers or pointers[0].document_section_code != root.section:
        return None
    steps: list[Step] = []
    here = root
    for number, pointer in enumerate(pointers):
        if number:
            found = next((part for part in here.parts if part.section == pointer.document_section_code), None)
            if found is None:
                return None
            here = found
            if here.attribute:
                steps.append(Step(here, pointer.sequence_numeric if here.many else None))
        if pointer.tag_id is None:
            continue
        if number < len(pointers) - 1:
            return None
        if here.tag != pointer.tag_id:
            leaf = next((part for part in here.parts if part.tag == pointer.tag_id and not part.section), None)
            if leaf is None:
                return None
            steps.append(Step(leaf))
    return tuple(steps)


def path_of(pointers: Sequence[Pointer], root: Place, declaration: Declaration | None = None) -> str | None:
    """The path of a chain of pointers; None where it is not known. A list without a number ends the path.

    An item's number is the one that it has in the declaration, if that is given; else its place in it.
    """
    steps = steps_of(pointers, root)
    if steps is None:
        return None
    parts: list[str] = []
    here: Any = declaration
    for step in steps:
        name = step.place.attribute
        found = getattr(here, name, None)
        if not step.place.many:
            parts.append(name)
            here = found
            continue
        if step.sequence is None:
            parts.append(name)
            break
        place = index_of(found or (), step.sequence)
        parts.append(f"{name}[{place}]")
        here = found[place] if found and place < len(found) else None
    path = ".".join(parts)
    return path.removeprefix("goods_shipment.") if path.startswith(_ITEMS) else path


def index_of(parts: Sequence[Any], sequence: int) -> int:
    """Where in a list the one with a sequence number is: by its own number, else by its place counted from 1.

    The length of the list where the parts have numbers, but none has this one.
    """
    numbers = [getattr(part, "sequence_numeric", None) for part in parts]
    if sequence in numbers:
        return numbers.index(sequence)
    return max(sequence - 1, 0) if all(number is None for number in numbers) else len(numbers)


def pointers_of(path: str, root: Place, declaration: Declaration | None = None) -> tuple[Pointer, ...]:
    """The chain of pointers to a path, or to the nearest known place around it; at least to the declaration."""
    chain = [Pointer(document_section_code=root.section)]
    here, value = root, declaration
    for text in _texts(path):
        step = _STEP(text)
        found = _found(here, step[1]) if step else None
        if step is None or found is None:
            break
        groups, place = found
        chain.extend(Pointer(document_section_code=group.section) for group in groups)
        held: Any = getattr(value, place.attribute, None)
        if not place.section:
            chain[-1] = Pointer(
                sequence_numeric=chain[-1].sequence_numeric,
                document_section_code=chain[-1].document_section_code,
                tag_id=place.tag,
            )
            break
        sequence = None
        if step[2] is not None:
            number = int(step[2])
            held = held[number] if held and number < len(held) else None
            sequence = getattr(held, "sequence_numeric", None) or number + 1
        tag = place.tag if sequence is not None and place.tag else None
        chain.append(Pointer(sequence_numeric=sequence, document_section_code=place.section, tag_id=tag))
        if place.many and sequence is None:
            break
        here, value = place, held
    return tuple(chain)


def _texts(path: str) -> list[str]:
    if not path:
        return []
    return (f"goods_shipment.{path}" if path.startswith("items") else path).split(".")


def _found(here: Place, attribute: str) -> tuple[tuple[Place, ...], Place] | None:
    """The place of a field in a class, and the classes without a field that lie between."""
    for part in here.parts:
        if part.attribute == attribute:
            return (), part
        if not part.attribute and (inner := _found(part, attribute)) is not None:
            return (part, *inner[0]), inner[1]
    return None


def chain_text(pointers: Sequence[Pointer]) -> str:
    """A chain of pointers in one line, for a person: `42A 67A 68A(2) 79A/112`."""

    def said() -> Iterator[str]:
        for pointer in pointers:
            number = "" if pointer.sequence_numeric is None else f"({pointer.sequence_numeric})"
            tag = "" if pointer.tag_id is None else f"/{pointer.tag_id}"
            yield f"{pointer.document_section_code or '-'}{number}{tag}"

    return " ".join(said())
