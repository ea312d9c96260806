# SPDX-License-Identifier: Apache-2.0
"""The nomenclature: the Harmonized System's tree, its editions, questions of headings, the trail of a choice."""

from __future__ import annotations

from gumruk.law.nomenclature.editions import EDITIONS, Correlated, Correlation, correlation
from gumruk.law.nomenclature.questions import ASKED_MAX, DO_NOT_KNOW, Answer, Question, Questions
from gumruk.law.nomenclature.touched import touching
from gumruk.law.nomenclature.trail import GENERAL_RULES, RuledOut, Trail
from gumruk.law.nomenclature.tree import EDITION, Nomenclature

__all__ = [
    "ASKED_MAX",
    "DO_NOT_KNOW",
    "EDITION",
    "EDITIONS",
    "GENERAL_RULES",
    "Answer",
    "Correlated",
    "Correlation",
    "Nomenclature",
    "Question",
    "Questions",
    "RuledOut",
    "Trail",
    "correlation",
    "touching",
]
