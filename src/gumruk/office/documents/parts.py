# SPDX-License-Identifier: Apache-2.0
"""The parts that papers are made of, as the press takes them: notes, tables, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.texts import formats

Part = dict[str, Any]
#: What a letter says, by the names that layouts know (`gumruk.packs.letter_facts`); "" where it is not known.
Facts = dict[str, str]


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


@dataclass(frozen=True, slots=True)
class Listed:
    """What a letter lists: its lines by the names of their columns, and the columns of the total."""

    lines: Sequence[Mapping[str, Any]]
    total: Mapping[str, str] = field(default_factory=dict)


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


def money(language: str, amount: Money | None) -> str:
    """An amount with its currency as a fact; "" where there is none."""
    return formats.money(language, amount.amount, amount.currency) if amount is not None else ""


def day(language: str, value: date | None) -> str:
    """A day as a fact; "" where there is none."""
    return formats.day(language, value) if value else ""


def whole(lines: Sequence[PaidLine], currency: str) -> Money:
    """What charges come to in all."""
    return sum((line.due for line in lines), Money.zero(currency))


def paid(language: str, lines: Sequence[PaidLine], total: Money | None) -> Listed:
    """Charges with their standing and amount, and the total."""
    return Listed(
        [
            {
                "charge": line.charge.name or line.charge.code,
                "settled": texts.say(language, f"document.settled.{line.settled}"),
                "amount": formats.money(language, line.due.amount),
            }
            for line in lines
        ],
        {"amount": formats.money(language, total.amount)} if lines and total is not None else {},
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
