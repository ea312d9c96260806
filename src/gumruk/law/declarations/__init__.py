# SPDX-License-Identifier: Apache-2.0
"""The declaration: its model, its checks, its states, and what blocks release."""

from __future__ import annotations

from gumruk.law.declarations.facts import goods_facts
from gumruk.law.declarations.reading import Reading, read_declaration
from gumruk.law.declarations.release import ReleaseFacts, blockers, unchecked
from gumruk.law.declarations.rules import ANSWER_TYPE_CODE, RULES, Context, check_declaration
from gumruk.law.declarations.states import MOVES, Event, IllegalMove, State, moved, possible

__all__ = [
    "ANSWER_TYPE_CODE",
    "MOVES",
    "RULES",
    "Context",
    "Event",
    "IllegalMove",
    "Reading",
    "ReleaseFacts",
    "State",
    "blockers",
    "check_declaration",
    "goods_facts",
    "moved",
    "possible",
    "read_declaration",
    "unchecked",
]
