# SPDX-License-Identifier: Apache-2.0
"""The rules that a declaration is checked by: the machinery, one file a subject, and the register of all.

A subject's file imports from `machinery`; `register` names the subjects in the order in which a person would mend them.
"""

from __future__ import annotations

from gumruk.law.declarations.rules.answers import ANSWER_TYPE_CODE
from gumruk.law.declarations.rules.machinery import Context, Fault, Grounded, Rule, item_rule, rule
from gumruk.law.declarations.rules.register import RULES, check_declaration

__all__ = [
    "ANSWER_TYPE_CODE",
    "RULES",
    "Context",
    "Fault",
    "Grounded",
    "Rule",
    "check_declaration",
    "item_rule",
    "rule",
]
