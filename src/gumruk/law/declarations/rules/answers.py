# SPDX-License-Identifier: Apache-2.0
"""A warning is answered with a reason: an additional information of the declaration, on the item or on the head.

Its statement type is `ANSWER_TYPE_CODE`, its statement code the rule's code, its description the reason. An answer on
the head stands for every place that the rule speaks of, one on an item for that item. What is answered stays visible,
with its reason; it no longer asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gumruk.law.declarations.model import AdditionalInformation
from gumruk.law.declarations.reading import Reading
from gumruk.law.declarations.rules.machinery import DECLARED, Context, Fault, rule
from gumruk.law.kernel import Severity

ANSWER_TYPE_CODE = "ZAN"
"""WCO 369, statement type (UN/EDIFACT 4451): codes that begin with Z are agreed between the parties."""

LODGED_AGAIN = "LOD-3"
"""Only where files are kept is another of the same shipment known."""

WITHOUT_RULE = frozenset({LODGED_AGAIN, "NOM-1", "NOM-2", "NOM-3", "NOM-4", "NOM-5"})
"""Warnings that no rule finds: of what is known where files and words of goods are kept."""

LETTERS_MIN = 3
_ITEM = re.compile(r"items\[(\d+)\]")

Answers = Mapping[tuple[int | None, str], str]


def answers_of(reading: Reading) -> Answers:
    """The reasons given, by the item's place (None: the head) and the rule's code."""
    found: dict[tuple[int | None, str], str] = {}
    for place, _, information in _answering(reading):
        if _is_reason(information):
            found[place, information.statement_code or ""] = (information.statement_description or "").strip()
    return found


def answer_at(answers: Answers, path: str, code: str) -> str | None:
    """The reason that answers a rule at a place: that of the place's item, else that of the head."""
    match = _ITEM.match(path)
    own = answers.get((int(match[1]), code)) if match else None
    return own or answers.get((None, code))


def _answering(reading: Reading) -> Iterator[tuple[int | None, str, AdditionalInformation]]:
    """Every answer: the item's place, its own path, and what was written."""
    head = reading.declaration.additional_informations
    for number, information in enumerate(head):
        if information.statement_type_code == ANSWER_TYPE_CODE:
            yield None, f"additional_informations[{number}]", information
    for place, item in enumerate(reading.items):
        for number, information in enumerate(item.item.additional_informations):
            if information.statement_type_code == ANSWER_TYPE_CODE:
                yield place, f"{item.path}.additional_informations[{number}]", information


def _is_reason(information: AdditionalInformation) -> bool:
    return sum(letter.isalpha() for letter in information.statement_description or "") >= LETTERS_MIN


@rule("DEC-33", act="WCO Data Model 3.6, 225", severity=Severity.WARNING)
def answers_give_a_reason(reading: Reading, context: Context) -> Iterator[Fault]:
    """An answer to a warning says its reason in words."""
    for _, path, information in _answering(reading):
        if not _is_reason(information):
            yield f"{path}.statement_description", {"rule": (information.statement_code or "-")[:17]}


@rule("DEC-34", act="WCO Data Model 3.6, 226", severity=Severity.WARNING)
def answers_name_a_rule(reading: Reading, context: Context) -> Iterator[Fault]:
    """An answer names the rule that it answers by its code."""
    for _, path, information in _answering(reading):
        if information.statement_code not in DECLARED and information.statement_code not in WITHOUT_RULE:
            yield f"{path}.statement_code", {"rule": (information.statement_code or "-")[:17]}
