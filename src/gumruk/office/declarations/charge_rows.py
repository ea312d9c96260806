# SPDX-License-Identifier: Apache-2.0
"""One charge in words: its sentence, its steps, the law it rests on, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gumruk import texts
from gumruk.law.assessment import ChargeLine
from gumruk.law.lawbook import Entry, Status
from gumruk.office.assessment.queries import Charge
from gumruk.office.declarations.words import Row, rate_words, relief_words, step_rows, steps_raw
from gumruk.office.lawbook.labels import ActShown, act_shown, label
from gumruk.texts import formats


@dataclass(frozen=True, slots=True)
class LawRow:
    """One entry of the law that was used: what it is, its act, since and until when, and its standing."""

    words: str
    act: ActShown | None
    since: date | None
    until: date | None
    status: Status


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One charge line and its words; `changed` says that an earlier assessment had another rate."""

    line: ChargeLine
    name: str
    rate: str
    sentence: str
    moment: str
    changed: str
    steps: Sequence[Row]
    law: Sequence[LawRow]
    raw: str


Earlier = tuple[str, date]

# Tables whose keys have labels, with the table of these labels.
_LABELLED = {
    "budget": "charges",
    "procedures": "procedures",
    "preferences": "preferences",
    "reliefs": "reliefs",
    "offices": "offices",
}

# What frames a charge comes after what gives its rate.
_FRAME = ("charges", "procedures", "budget")


def earlier_rates(before: Sequence[Sequence[Charge]]) -> dict[tuple[int | None, str], list[Earlier]]:
    """The rates with their days of earlier assessments, by the item and the charge's code."""
    found: dict[tuple[int | None, str], list[Earlier]] = {}
    for charges in before:
        for charge in charges:
            found.setdefault((charge.item, charge.code), []).append((charge.rate, charge.rate_on))
    return found


def charge_row(language: str, line: ChargeLine, moment: str, earlier: Sequence[Earlier]) -> ChargeRow:
    """Put a charge line into words; `moment` is the event that fixes its law."""
    name = label("charges", line.name, language)
    return ChargeRow(
        line=line,
        name=name,
        rate=_rate(language, line),
        sentence=_sentence(language, line, name),
        moment=texts.say(
            language,
            "declarations.why.moment",
            day=formats.day(language, line.rate_on),
            moment=texts.say(language, f"declarations.moment.{moment}"),
        ),
        changed=_changed(language, line, moment, earlier),
        steps=step_rows(language, line.steps, {line.code: line.name}),
        law=_law_rows(language, line.entries),
        raw=steps_raw(line.steps),
    )


def _by_bracket(line: ChargeLine) -> bool:
    return any(entry.table == "fees" for entry in line.entries)


def _rate(language: str, line: ChargeLine) -> str:
    if _by_bracket(line):
        return texts.say(language, "declarations.rate.bracket")
    return rate_words(language, line.rate) if line.rate else ""


def _sentence(language: str, line: ChargeLine, name: str) -> str:
    if line.computed is None:
        return texts.say(language, "declarations.why.unknown", charge=name)
    params = {
        "charge": name,
        "rate": rate_words(language, line.rate),
        "base": formats.money(language, line.base, line.currency),
        "amount": formats.money(language, line.computed, line.currency),
    }
    kind = "bracket" if _by_bracket(line) else _rate_kind(line.rate)
    said = texts.say(language, f"declarations.why.{kind}", **params)
    if line.relieved:
        relief = relief_words(language, line.relief or "")
        said += " " + texts.say(language, "declarations.why.relieved", relief=relief)
    elif line.secured:
        said += " " + texts.say(language, "declarations.why.secured")
    return said


def _rate_kind(rate: str) -> str:
    """How a rate is told: a share of the base, an amount per unit, or no rate at all."""
    if not rate:
        return "amount"
    if "/" in rate:
        return "combined" if "%" in rate else "specific"
    return "rate"


def _changed(language: str, line: ChargeLine, moment: str, earlier: Sequence[Earlier]) -> str:
    other = [(rate, day) for rate, day in earlier if rate != line.rate]
    if not other:
        return ""
    rate, day = other[-1]
    params = {
        "before": rate_words(language, rate),
        "day_before": formats.day(language, day),
        "after": rate_words(language, line.rate),
        "day_after": formats.day(language, line.rate_on),
    }
    if day == line.rate_on:
        return texts.say(language, "declarations.why.decided", **params)
    params["moment"] = texts.say(language, f"declarations.moment.{moment}")
    return texts.say(language, "declarations.why.changed", **params)


def _law_rows(language: str, entries: Sequence[Entry]) -> list[LawRow]:
    rows = []
    held = {(entry.table, entry.key): entry for entry in entries}
    for entry in sorted(held.values(), key=lambda entry: entry.table in _FRAME):
        key = entry.key or "*"
        rows.append(
            LawRow(
                words=_entry_words(language, entry.table, key),
                act=act_shown(entry.act, language) if entry.act else None,
                since=entry.valid.first,
                until=entry.valid.last,
                status=entry.status,
            )
        )
    return rows


def _entry_words(language: str, table: str, key: str) -> str:
    if table == "values":
        known = texts.find(language, f"step.term.law.{key.replace('.', '_')}")
        return (known[:1].upper() + known[1:]) if known else key
    if table in ("tariff", "excise"):
        key = formats.hs_code(key)
    elif table in _LABELLED:
        key = label(_LABELLED[table], key, language)
    return texts.say(language, f"declarations.law.{table}", key=key)
