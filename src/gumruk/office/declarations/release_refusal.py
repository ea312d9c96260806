# SPDX-License-Identifier: Apache-2.0
"""The refusal of release as a paper: grounds, act, and where and until when it can be appealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gumruk.office.documents.papers import FileLetter
from gumruk.office.documents.parts import Facts, day


@dataclass(frozen=True, slots=True)
class ReleaseRefusal(FileLetter):
    """The goods may not go, and why."""

    decision: int
    grounds: str
    act: str
    appeal_body: str
    appeal_until: date | None

    kind = "release_refusal"

    def content(self) -> dict[str, object]:
        """The file, the decision and its grounds."""
        return {
            **FileLetter.content(self),
            "decision": self.decision,
            "grounds": self.grounds,
            "appeal_until": self.appeal_until,
        }

    def facts(self, language: str) -> Facts:
        """Which decision it was, its grounds, and what can be done against it."""
        return {
            **FileLetter.facts(self, language),
            "decision": str(self.decision),
            "act": self.act,
            "grounds": self.grounds,
            "appeal_body": self.appeal_body,
            "appeal_until": day(language, self.appeal_until),
        }
