# SPDX-License-Identifier: Apache-2.0
"""Product-specific rules of origin: read, printed again in one notation, and applied to a bill of materials."""

from __future__ import annotations

from gumruk.law.origin.rules.bill import CUMULATIONS, Bill, Material, Terms, TextileTolerance, Tolerance
from gumruk.law.origin.rules.error import RuleError
from gumruk.law.origin.rules.originating import originating
from gumruk.law.origin.rules.outcome import Outcome, Verdict
from gumruk.law.origin.rules.printed import printed_rule
from gumruk.law.origin.rules.reader import read_rule
from gumruk.law.origin.rules.tree import Rule, class_of, conditions_of

__all__ = [
    "CUMULATIONS",
    "Bill",
    "Material",
    "Outcome",
    "Rule",
    "RuleError",
    "Terms",
    "TextileTolerance",
    "Tolerance",
    "Verdict",
    "class_of",
    "conditions_of",
    "originating",
    "printed_rule",
    "read_rule",
]
