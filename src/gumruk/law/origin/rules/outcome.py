# SPDX-License-Identifier: Apache-2.0
"""What a judgement of origin comes to: yes, no, or undetermined with the facts that are missing; and its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gumruk.law.kernel import Step


class Verdict(StrEnum):
    """Whether a product originates; undetermined where a fact is missing that would decide."""

    YES = "yes"
    NO = "no"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Found:
    """What one condition comes to: the facts it lacks, and the materials (by number) that fail it."""

    verdict: Verdict
    missing: tuple[str, ...] = ()
    failing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict, every step that led to it, and the facts that are missing (`materials[2].value`)."""

    verdict: Verdict
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()


def found(holds: bool, missing: Iterable[str] = (), failing: Iterable[int] = ()) -> Found:
    """A condition that holds, does not, or, with facts missing, is not known to hold."""
    lacking = tuple(dict.fromkeys(missing))
    verdict = (Verdict.UNDETERMINED if lacking else Verdict.YES) if holds else Verdict.NO
    return Found(verdict, lacking if verdict is Verdict.UNDETERMINED else (), frozenset(failing))


def all_of(parts: Iterable[Found]) -> Found:
    """Holds where each does."""
    return _joined(list(parts), Verdict.NO, Verdict.YES)


def any_of(parts: Iterable[Found]) -> Found:
    """Holds where one does."""
    return _joined(list(parts), Verdict.YES, Verdict.NO)


def _joined(parts: list[Found], decides: Verdict, otherwise: Verdict) -> Found:
    failing = frozenset().union(*(part.failing for part in parts))
    if any(part.verdict is decides for part in parts):
        return Found(decides, (), failing)
    missing = tuple(dict.fromkeys(fact for part in parts for fact in part.missing))
    open_ = any(part.verdict is Verdict.UNDETERMINED for part in parts)
    return Found(Verdict.UNDETERMINED if open_ else otherwise, missing if open_ else (), failing)
