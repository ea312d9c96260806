# SPDX-License-Identifier: Apache-2.0
"""The trail of a classification: the facts, the General Rule and the note behind a code, and what was ruled out.

One record for the trader's choice, the officer's check, a ruling and an appeal (General Rules 1 to 6 for the
interpretation of the Harmonized System).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The General Rules by their numbers, in the order in which they are applied.
GENERAL_RULES = ("1", "2a", "2b", "3a", "3b", "3c", "4", "5a", "5b", "6")
_KEPT = 200


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A heading or subheading that was looked at and not taken, and why (`answer:material=cotton`, `less likely`)."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Trail:
    """How a code was found. `candidates` holds what was shown, best first, with the words of its likelihood.

    `facts` are the description and the answers given; `rule` one of `GENERAL_RULES`; `chosen` the code that the person
    took, which need not be the first; `person` an opaque reference; `edition` the nomenclature's.
    """

    description: str
    chosen: str
    candidates: tuple[tuple[str, str], ...]
    rule: str
    edition: str
    answers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    ruled_out: tuple[RuledOut, ...] = ()
    person: str = ""

    def __post_init__(self) -> None:
        if self.rule not in GENERAL_RULES:
            raise ValueError(f"a General Rule is one of {', '.join(GENERAL_RULES)}, not {self.rule!r}")

    def to_plain(self) -> dict[str, Any]:
        """The record as plain values, to be kept as JSON."""
        return {
            "description": self.description[:_KEPT],
            "chosen": self.chosen,
            "candidates": [list(candidate) for candidate in self.candidates],
            "rule": self.rule,
            "edition": self.edition,
            "answers": dict(self.answers),
            "note": self.note,
            "ruled_out": [[each.code, each.why] for each in self.ruled_out],
            "person": self.person,
        }
