# SPDX-License-Identifier: Apache-2.0
"""The decisions on a declaration as a letter: what was declared, what was decided, why, and how to appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gumruk.law.kernel import Money
from gumruk.office.documents.parts import Named, Part, Signature, note, signed, words_of
from gumruk.texts import formats


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
class DecisionLetter:
    """What officers decided in place of what was declared, and what it changes in the charges."""

    number: str
    office: Named
    issued_at: datetime
    signature: Signature
    declarant: Named
    decisions: tuple[DecidedLine, ...]
    was: Money | None
    now: Money | None

    kind = "decision"

    def content(self) -> dict[str, object]:
        """The file and each decision."""
        return {
            "kind": self.kind,
            "number": self.number,
            "office": self.office.code,
            "issued_at": self.issued_at,
            "declarant": self.declarant.code,
            "decisions": [
                [line.number, line.day, line.item, line.what.code, line.grounds, line.act.code, line.appeal_until]
                for line in self.decisions
            ],
            "was": self.was.amount if self.was else None,
            "now": self.now.amount if self.now else None,
        }

    def parts(self, language: str, zone: ZoneInfo) -> list[Part]:
        """Which declaration, each decision with its grounds and appeal, what is to be paid before and after."""
        word = words_of(language, self.kind)
        parts: list[Part] = [
            {
                "kind": "facts",
                "rows": [[word("declaration"), self.number, True], [word("declarant"), self.declarant.printed]],
            }
        ]
        for line in self.decisions:
            parts += self._decision(language, line)
        if self.was is not None and self.now is not None:
            rows = [
                [word("charges_was"), formats.money(language, self.was.amount, self.was.currency)],
                [word("charges_is"), formats.money(language, self.now.amount, self.now.currency), True],
                [word("difference"), formats.money(language, self.now.amount - self.was.amount, self.now.currency)],
            ]
            parts += [{"kind": "section", "title": word("charges")}, {"kind": "facts", "rows": rows}]
        return [*parts, signed(language, zone, self.signature, self.issued_at)]

    def _decision(self, language: str, line: DecidedLine) -> list[Part]:
        word = words_of(language, self.kind)
        appeal = word("appeal_open")
        if line.appeal_until is not None:
            until = formats.day(language, line.appeal_until)
            appeal = word("appeal", body=line.appeal_body or formats.NOT_COMPUTED, day=until)
        return [
            {
                "kind": "section",
                "title": word("number", number=line.number, day=formats.day(language, line.day)),
            },
            {
                "kind": "facts",
                "rows": [
                    [word("subject"), word("of_item", item=line.item, what=line.what.name or line.what.code)],
                    [word("was"), line.declared],
                    [word("is"), line.decided, True],
                    [word("act"), line.act.name or line.act.code or formats.NOT_COMPUTED],
                ],
            },
            note(word("grounds"), line.grounds, strong=True),
            note(word("appeal_title"), appeal),
        ]
