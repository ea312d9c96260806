# SPDX-License-Identifier: Apache-2.0
"""Non-preferential origin: wholly obtained, or the last substantial transformation by the country's own rule.

Kyoto Convention, specific annex K, chapter 1, recommended practices 2 and 3; WTO Agreement on Rules of Origin.
"""

from __future__ import annotations

from gumruk.law.lawbook import Law
from gumruk.law.origin.rules import Bill, Outcome, Verdict, originating, read_rule

#: The key in table `values` of the rule by which goods are transformed; its text as rules of origin are written.
RULE_KEY = "origin.non_preferential"


def non_preferential(bill: Bill, law: Law) -> Outcome:
    """Whether the product originates where it was made last. No cumulation, no tolerance: no agreement stands behind.

    Undetermined where the law's rule is unknown. Raises RuleError where its text cannot be read.
    """
    text = law.value(RULE_KEY)
    if isinstance(text, str) and text:
        return originating(bill, read_rule(text))
    if bill.wholly_obtained:
        return originating(bill, None)
    return Outcome(Verdict.UNDETERMINED, (), (f"law.{RULE_KEY}",))
