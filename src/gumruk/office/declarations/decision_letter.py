# SPDX-License-Identifier: Apache-2.0
"""The decisions on a declaration as a letter: what was declared, what was decided, why, and how to appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gumruk.law.kernel import Money
from gumruk.office.documents.papers import FileLetter
from gumruk.office.documents.parts import Facts, Listed, Named, day, money
from gumruk.packs.letter_facts import DECISION


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """One numbered decision in the language of the paper; `declared` and `decided` as the trade writes them."""

    number: int
    day: date
    item: int
    what: Named
    declared: str
    decided: str
    grounds: str
    act: Named
    appeal_body: str
    appeal_until: date | None


@dataclass(frozen=True, slots=True)
class DecisionLetter(FileLetter):
    """What officers decided in place of what was declared, and what it changes in the charges."""

    decisions: tuple[DecidedLine, ...]
    was: Money | None
    now: Money | None

    kind = "decision"

    def content(self) -> dict[str, object]:
        """The file and each decision."""
        return {
            **FileLetter.content(self),
            "decisions": [
                [line.number, line.day, line.item, line.what.code, line.grounds, line.act.code, line.appeal_until]
                for line in self.decisions
            ],
            "was": self.was.amount if self.was else None,
            "now": self.now.amount if self.now else None,
        }

    def facts(self, language: str) -> Facts:
        """What is to be paid before and after, where both were computed."""
        was, now = (self.was, self.now) if self.was is not None and self.now is not None else (None, None)
        return {
            **FileLetter.facts(self, language),
            "was": money(language, was),
            "now": money(language, now),
            "difference": money(language, None if was is None or now is None else now - was),
        }

    def lists(self, language: str) -> dict[str, Listed]:
        """Each decision with its grounds and appeal."""
        return {DECISION: Listed([_line(language, line) for line in self.decisions])}


def _line(language: str, line: DecidedLine) -> Facts:
    return {
        "number": str(line.number),
        "day": day(language, line.day),
        "item": str(line.item),
        "what": line.what.name or line.what.code,
        "declared": line.declared,
        "decided": line.decided,
        "grounds": line.grounds,
        "act": line.act.name or line.act.code,
        "appeal_body": line.appeal_body,
        "appeal_until": day(language, line.appeal_until),
    }
