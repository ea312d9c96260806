# SPDX-License-Identifier: Apache-2.0
"""Law as pages show it: rows with labels and acts, differences by table, the state of a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from gumruk import texts
from gumruk.law.kernel import Finding
from gumruk.law.lawbook import Entry, Law, Scalar, Status
from gumruk.law.lawbook.comparison import Change, Difference, counted
from gumruk.office.lawbook.labels import ActShown, act_shown, label
from gumruk.office.ui.shapes import word_with_shape
from gumruk.texts import formats

ROWS_OF_A_TABLE = 100
_CODED = ("tariff", "excise")
_STATE_LOOK = {
    "waiting": ("half", "moving"),
    "published": ("check", "good"),
    "refused": ("cross", "bad"),
    "replaced": ("dash", "quiet"),
}


@dataclass(frozen=True, slots=True)
class RowShown:
    """One entry: its key as the trade prints it, what the key is called, its fields as (name, text) pairs.

    `is_read`: on this day and in this installation it is this entry that is read, not its twin.
    """

    entry: Entry
    key: str
    label: str
    fields: tuple[tuple[str, str], ...]
    act: ActShown | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class DifferenceShown:
    """One difference: the row, and what reads differently as (name, before, after)."""

    change: str
    row: RowShown
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class TableCompared:
    """A table's differences: how many of each kind, the first of them, how many more there are."""

    table: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[DifferenceShown, ...]
    more: int


def row_shown(entry: Entry, language: str, law: Law | None = None) -> RowShown:
    """An entry in the reader's words; without a law every entry counts as read."""
    key = formats.hs_code(entry.key) if entry.table in _CODED else entry.key
    name = label(entry.table, entry.key, language)
    return RowShown(
        entry=entry,
        key=key,
        label="" if name == entry.key else name,
        fields=tuple((name, value_words(value, language)) for name, value in entry.fields.items()),
        act=act_shown(entry.act, language) if entry.act else None,
        is_read=law is None or law.find(entry.table, entry.key) is entry,
    )


def value_words(value: Scalar, language: str) -> str:
    """A value as the language writes it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return texts.say(language, "ui.yes" if value else "ui.no")
    if isinstance(value, Decimal | int):
        return formats.number(language, Decimal(value))
    if isinstance(value, date):
        return formats.day(language, value)
    return ", ".join(value) if isinstance(value, tuple) else value


def tables_compared(differences: Sequence[Difference], language: str) -> list[TableCompared]:
    """Differences by table, each with its first rows."""
    shown = []
    for table, counts in counted(differences).items():
        held = [one for one in differences if one.entry.table == table]
        rows = tuple(_difference_shown(one, language) for one in held[:ROWS_OF_A_TABLE])
        shown.append(
            TableCompared(
                table, tuple((change.value, counts[change]) for change in Change), rows, len(held) - len(rows)
            )
        )
    return shown


def remarks_shown(remarks: Iterable[Finding], language: str) -> list[tuple[str, str, str]]:
    """Findings that belong to a proposal: code, what is wrong, how it is mended."""
    return [
        (
            remark.code,
            texts.say(language, f"finding.{remark.code}.text", **remark.params),
            texts.say(language, f"finding.{remark.code}.mend", **remark.params),
        )
        for remark in remarks
    ]


def state_words(state: str, language: str) -> SafeString:
    """The state of a proposal: word and shape."""
    return word_with_shape(_STATE_LOOK[state], texts.say(language, f"lawbook.state.{state}"), "state")


def _difference_shown(one: Difference, language: str) -> DifferenceShown:
    parts = tuple(
        (name, _part(name, before, language), _part(name, after, language)) for name, before, after in one.parts
    )
    return DifferenceShown(one.change.value, row_shown(one.entry, language), parts)


def _part(name: str, value: Scalar, language: str) -> str:
    if name == "status" and isinstance(value, str) and value in set(Status):
        return texts.say(language, f"ui.law_status.{value}")
    return value_words(value, language)
