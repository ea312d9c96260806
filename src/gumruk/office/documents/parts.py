# SPDX-License-Identifier: Apache-2.0
"""The parts that papers are made of, as the press takes them: notes, tables, signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.texts import formats

Part = dict[str, Any]
Word = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its code and by its name in the language of the paper; only the code is part of the content."""

    code: str
    name: str = ""

    @property
    def printed(self) -> str:
        """As the paper shows it."""
        return f"{self.name} ({self.code})" if self.name and self.name != self.code else self.code


@dataclass(frozen=True, slots=True)
class Signature:
    """Who issued it, in which role, and under which acts (named in the language of the paper)."""

    name: str
    role: str = ""
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One charge of a file: what was due and how it stands (`paid`, `secured`, `relieved`)."""

    charge: Named
    due: Money
    settled: str


def words_of(language: str, kind: str) -> Word:
    """The words of one kind of paper, by their keys."""

    def word(key: str, **params: object) -> str:
        return texts.say(language, f"document.{kind}.{key}", **params)

    return word


def note(title: str, words: str, strong: bool = False) -> Part:
    """A framed note; a strong frame for what must not be overlooked."""
    return {"kind": "note", "title": title, "words": words, "strong": strong}


def table(columns: Sequence[tuple[str, bool, bool]], rows: Sequence[Sequence[str]], total: Sequence[str] = ()) -> Part:
    """A table; a column is (label, takes the rest of the width, holds numbers)."""
    return {
        "kind": "rows",
        "columns": [
            {"label": label, "width": "rest" if wide else "auto", "number": number} for label, wide, number in columns
        ],
        "rows": [list(row) for row in rows],
        "total": list(total),
    }


def paid(language: str, word: Word, lines: Sequence[PaidLine]) -> Part:
    """Charges with their standing and amount, and the total."""
    currency = lines[0].due.currency if lines else ""
    whole = sum((line.due for line in lines), Money.zero(currency)) if lines else None
    return table(
        [
            (word("charge"), True, False),
            (word("settled"), False, False),
            (word("amount", currency=currency), False, True),
        ],
        [
            [
                line.charge.name or line.charge.code,
                texts.say(language, f"document.settled.{line.settled}"),
                formats.money(language, line.due.amount),
            ]
            for line in lines
        ],
        [word("total"), "", formats.money(language, whole.amount)] if whole is not None else (),
    )


def signed(language: str, zone: ZoneInfo, signature: Signature, at: datetime) -> Part:
    """Who issued the paper when and under which acts, with room for a signature and a stamp."""
    name = f"{signature.name}, {signature.role}" if signature.role else signature.name
    return {
        "kind": "signature",
        "label": texts.say(language, "document.issued_by"),
        "name": name,
        "at": formats.moment(language, at, zone),
        "sign_label": texts.say(language, "document.sign"),
        "acts": list(signature.acts),
        "acts_label": texts.say(language, "document.acts"),
    }
