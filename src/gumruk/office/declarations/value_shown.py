# SPDX-License-Identifier: Apache-2.0
"""A decision on value in words: the methods with their reasons, or the doubt with its day and its security."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk import texts
from gumruk.law.kernel import Money
from gumruk.office.declarations.doubts import DOUBT, Doubt
from gumruk.office.declarations.models import Decision
from gumruk.texts import formats

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DoubtShown:
    """An open doubt for the note on top of the file; `words` name the item and, until it is explained, the day."""

    doubt: Doubt
    words: str


def doubt_shown(language: str, doubt: Doubt) -> DoubtShown:
    """An open doubt in words."""
    if doubt.explanation:
        return DoubtShown(doubt, texts.say(language, "declarations.doubt.answered", n=doubt.item))
    day = formats.day(language, doubt.answer_until)
    return DoubtShown(doubt, texts.say(language, "declarations.doubt.open", n=doubt.item, day=day))


def record_rows(language: str, decision: Decision, doubts: Sequence[Doubt], *, money_hidden: bool) -> list[Row]:
    """What a decision on value rests on, as label and words; empty for other decisions."""
    if decision.kind == DOUBT:
        doubt = next(one for one in doubts if one.decision.id == decision.id)
        return _doubt_rows(language, doubt, money_hidden)
    return _method_rows(language, decision.record) if "method" in decision.record else []


def _method_rows(language: str, record: Mapping[str, Any]) -> list[Row]:
    def said(key: str, method: object) -> str:
        return texts.say(language, f"declarations.record.{key}", method=method)

    rows = [
        (said("refused", method), texts.say(language, f"valuation.reason.{reason}").rstrip(": "))
        for method, reason in record["refused"].items()
    ]
    used = texts.say(language, "declarations.record.used")
    rows.append((used, texts.say(language, f"form.choice.methods.{record['method']}")))
    if record["computed_first"]:
        words = texts.say(language, "declarations.record.reversed_words")
        rows.append((texts.say(language, "declarations.record.reversed"), words))
    figures = record["figures"].items()
    return rows + [(said("figure", method), formats.number(language, Decimal(figure), 2)) for method, figure in figures]


def _doubt_rows(language: str, doubt: Doubt, money_hidden: bool) -> list[Row]:
    def label(name: str) -> str:
        return texts.say(language, f"declarations.doubt.{name}")

    declared = formats.number(language, Decimal(doubt.decision.declared), 2)
    until: date = doubt.answer_until
    rows = [
        (label("declared"), declared),
        (label("likely"), formats.number(language, doubt.likely, 2)),
        (label("until"), formats.day(language, until)),
        (label("explanation"), doubt.explanation or label("none_yet")),
    ]
    if doubt.secured and not money_hidden:
        rows.append((label("secured"), _security_words(language, doubt)))
    return rows


def _security_words(language: str, doubt: Doubt) -> str:
    nothing = Money.zero(doubt.secured[0].due.currency)
    whole = sum((one.due for one in doubt.secured), nothing)
    amount = formats.money(language, whole.amount, whole.currency)
    if doubt.closed is not None:
        return texts.say(language, "declarations.doubt.ended", amount=amount, number=doubt.closed.number)
    lacks = sum(doubt.missing.values(), nothing)
    if not lacks:
        return texts.say(language, "declarations.doubt.held", amount=amount)
    missing = formats.money(language, lacks.amount, lacks.currency)
    return texts.say(language, "declarations.doubt.missing", amount=amount, missing=missing)
