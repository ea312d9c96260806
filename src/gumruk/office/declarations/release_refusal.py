# SPDX-License-Identifier: Apache-2.0
"""The refusal of release as a paper: grounds, act, and where and until when it can be appealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gumruk.office.documents.parts import Named, Part, Signature, note, signed, words_of
from gumruk.texts import formats


@dataclass(frozen=True, slots=True)
class ReleaseRefusal:
    """The goods may not go, and why."""

    number: str
    office: Named
    issued_at: datetime
    signature: Signature
    declarant: Named
    decision: int
    grounds: str
    act: str
    appeal_body: str
    appeal_until: date | None

    kind = "release_refusal"

    def content(self) -> dict[str, object]:
        """The file, the decision and its grounds."""
        return {
            "kind": self.kind,
            "number": self.number,
            "office": self.office.code,
            "issued_at": self.issued_at,
            "declarant": self.declarant.code,
            "decision": self.decision,
            "grounds": self.grounds,
            "appeal_until": self.appeal_until,
        }

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """Which goods are meant, why they may not go, what can be done against it."""
        word = words_of(language, self.kind)
        until = formats.day(language, self.appeal_until) if self.appeal_until else formats.NOT_COMPUTED
        return [
            {
                "kind": "facts",
                "rows": [
                    [word("declaration"), self.number, True],
                    [word("declarant"), self.declarant.printed],
                    [word("decision"), str(self.decision)],
                    [word("act"), self.act or formats.NOT_COMPUTED],
                ],
            },
            note(word("grounds"), self.grounds, strong=True),
            note(word("appeal_title"), word("appeal", body=self.appeal_body or formats.NOT_COMPUTED, day=until)),
            signed(language, zone, self.signature, self.issued_at),
        ]
