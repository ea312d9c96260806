# SPDX-License-Identifier: Apache-2.0
"""Amendments applied: each chain of pointers of an amendment says what is taken over from it into the declaration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.pointers import Place, Step, chain_text, index_of, steps_of
from gumruk.law.kernel import Finding


class _Nowhere(Exception):
    """What is pointed at is neither in the declaration nor in the amendment, or leaves a gap in a list."""


def apply(declaration: Declaration, amendment: Declaration, root: Place) -> tuple[Declaration, list[Finding]]:
    """The declaration as amended, and a finding for each change that could not be made; the others are made.

    What a pointer names is taken from the amendment; what the amendment does not hold is taken out. A list's part is
    known by its sequence number, or by its place where it has none. AMD-1: nothing is pointed at. AMD-2: the chain is
    not known. AMD-3: what it points at is not there.
    """
    findings: list[Finding] = []
    for number, change in enumerate(amendment.amendments):
        path = f"amendments[{number}]"
        chain = chain_text(change.pointers)
        steps = steps_of(change.pointers, root)
        if not change.pointers or steps == ():
            findings.append(Finding("AMD-1", path))
        elif steps is None or any(step.place.many and step.sequence is None for step in steps):
            findings.append(Finding("AMD-2", path, {"chain": chain}))
        else:
            try:
                declaration = _changed(declaration, amendment, steps)
            except _Nowhere:
                findings.append(Finding("AMD-3", path, {"chain": chain}))
    return declaration, findings


def _changed(held: Any, source: Any, steps: Sequence[Step]) -> Any:
    """An object with what the steps lead to as the source has it."""
    step, rest = steps[0], steps[1:]
    name = step.place.attribute
    before, new = getattr(held, name), getattr(source, name, None)
    if not step.place.many:
        return replace(held, **{name: _part(before, new, step, rest)})
    sequence = step.sequence or 0
    parts = list(before)
    place, place_new = index_of(parts, sequence), index_of(new or (), sequence)
    part_new = new[place_new] if new and place_new < len(new) else None
    if place > len(parts) or (place == len(parts) and part_new is None):
        raise _Nowhere
    part = _part(parts[place] if place < len(parts) else None, part_new, step, rest)
    parts[place : place + 1] = [] if part is None else [part]
    return replace(held, **{name: tuple(parts)})


def _part(before: Any, new: Any, step: Step, rest: Sequence[Step]) -> Any:
    """What stands at a step after the change: the source's, or what was there with the rest of the way changed."""
    if not rest:
        if before is None and new is None:
            raise _Nowhere
        return new
    if before is None:
        if new is None or step.place.of is None:
            raise _Nowhere
        before = _numbered(step.place.of(), new)
    return _changed(before, new, rest)


def _numbered(made: Any, new: Any) -> Any:
    """A part that is new in a list, with the number that it has in the source."""
    number = getattr(new, "sequence_numeric", None)
    return made if number is None else replace(made, sequence_numeric=number)
