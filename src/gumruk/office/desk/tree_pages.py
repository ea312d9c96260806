# SPDX-License-Identifier: Apache-2.0
"""A place of the tree with the law of a day: one shape for the page, the printed chapter and the programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from gumruk.law.kernel import HsCode
from gumruk.law.lawbook import LawBook
from gumruk.law.nomenclature import EDITION
from gumruk.office.desk.tree_law import CodeLaw, days_words
from gumruk.office.lawbook.labels import label, unit_name
from gumruk.office.nomenclature.editions import NO_TEXTS, OfficialTexts
from gumruk.office.nomenclature.tree_places import (
    SUBHEADING_DIGITS,
    Level,
    OldCode,
    Place,
    country_lines,
    line_days,
    lines_below,
    nearest_place,
    sections,
)
from gumruk.office.nomenclature.tree_words import named, printed, words_shown
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.world import world

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AsOf:
    """Under which law a place is shown: the book, the legal day, the reader's language, the day's official texts."""

    book: LawBook
    day: date
    language: str
    official: OfficialTexts = NO_TEXTS

    def law(self) -> CodeLaw:
        """The law of this day over codes."""
        return CodeLaw(self.book, self.day, training=settings.GUMRUK_TRAINING, language=self.language)

    def shown(self) -> Shown:
        """The same as plain values, at the head of every answer."""
        return {
            "on": self.day.isoformat(),
            "law": self.book.digest,
            "country": self.book.country,
            "edition": EDITION,
            "training": settings.GUMRUK_TRAINING,
            "language": self.language,
        }


def sections_shown(asked: AsOf) -> Shown:
    """All sections with their chapters."""
    tree = world().nomenclature
    return {
        **asked.shown(),
        "sections": [
            {
                **named(section, asked.language),
                "chapters": [named(chapter, asked.language) for chapter in tree.children(section)],
            }
            for section in sections()
        ],
        "general_rules": [
            {"rule": rule.rule, "text": rule.texts[asked.language]} for rule in nomenclature_content().rules
        ],
    }


def place_shown(place: Place, asked: AsOf) -> Shown:
    """All that is told of a place: words, and the law of the day where it is a code."""
    law = asked.law()
    shown = {
        **asked.shown(),
        **words_shown(place, asked.language, law.law, asked.official),
        "columns": columns(law) if place.level is not Level.SECTION else [],
        "children": [_row(code, law, asked) for code in place.below],
    }
    if place.level is Level.SECTION:
        return {**shown, "rates": [], "preferences": [], "reliefs": [], "quotas": [], "controls": []}
    return {
        **shown,
        "rates": law.rates(place.code),
        "preferences": law.preferences(place.code),
        "reliefs": law.reliefs(place.code),
        "quotas": [],
        "controls": (controls := law.controls(place.code)),
        "own_controls": sum(not each["general"] for each in controls),
        "general_controls": sum(each["general"] for each in controls),
    }


def columns(law: CodeLaw) -> list[Shown]:
    """The charges with a tariff of their own, in the order of assessment: columns of lists of codes."""
    charges = [entry for entry, _kind in law.plan.charges if entry.fields.get("rate_table")]
    names = dict.fromkeys(str(entry.fields.get("name") or entry.key) for entry in charges)
    return [{"charge": name, "label": label("charges", name, law.language)} for name in names]


def chapter_rows(chapter: str, asked: AsOf) -> Iterator[Shown]:
    """Every heading, subheading and line of a chapter in order, each with its depth below the chapter."""
    law, tree = asked.law(), world().nomenclature
    lines = country_lines(law.law, asked.official)

    def below(code: str) -> tuple[str, ...]:
        return tree.children(code) if len(code) < 6 else lines_below(code, lines)

    def walk(code: str, depth: int) -> Iterator[Shown]:
        for each in below(code):
            yield {**_row(each, law, asked), "depth": depth, "official": _of_language(each, asked)}
            yield from walk(each, depth + 1)

    yield from walk(chapter, 1)


def _of_language(code: str, asked: AsOf) -> Shown | None:
    """The official text of a code in the reader's language, else in another; None where it is the label already."""
    text = asked.official.said(code, asked.language)
    return {"text": text.text, "language": text.language} if text and len(code) <= SUBHEADING_DIGITS else None


def old_shown(old: OldCode, asked: AsOf) -> Shown:
    """A code of earlier editions, and where its goods are found today."""
    return {
        **asked.shown(),
        "code": old.code,
        "printed": printed(old.code),
        "in_force": False,
        "editions": list(old.editions),
        "now": [named(code, asked.language) for code in old.now],
    }


def unknown_shown(code: str, asked: AsOf) -> Shown:
    """A code that neither the tree nor the law knows, and the nearest place that they know."""
    near = nearest_place(code)
    return {
        **asked.shown(),
        "error": "unknown_code",
        "code": code[:20],
        "nearest": named(near, asked.language) if near else None,
        "other_days": [
            {
                "from": valid.first.isoformat() if valid.first else None,
                "to": valid.last.isoformat() if valid.last else None,
                "words": days_words(valid, asked.language),
            }
            for valid in line_days(code, asked.book)
        ],
    }


def _row(code: str, law: CodeLaw, asked: AsOf) -> Shown:
    unit = world().nomenclature.unit(HsCode(code)) if len(code) >= 6 else None
    rates = law.rate_texts(code) if code.isdigit() and len(code) > 2 else {}
    return {
        **named(code, asked.language, asked.official),
        "unit": unit_name(unit, asked.language) if unit else "",
        "rates": [{**column, "rate": rates.get(column["charge"], "")} for column in columns(law)] if rates else [],
    }


def compared(first: Place, second: Place, asked: AsOf) -> Shown:
    """Two places beside each other, row by row, and the last place that holds both."""
    pair = [place_shown(place, asked) for place in (first, second)]
    common = [code for code in (*first.above, first.code) if code in (*second.above, second.code)]
    return {
        **asked.shown(),
        "pair": pair,
        "part_at": named(common[-1], asked.language, asked.official) if common else None,
        "rows": [
            {"name": name, "cells": cells, "same": cells[0] == cells[1]}
            for name, cells in _compared(pair)
            if any(cells)
        ],
    }


def _compared(pair: list[Shown]) -> Iterator[tuple[str, list[list[str]]]]:
    yield "label", [[shown["label"]] for shown in pair]
    yield "path", [[f"{each['printed']} {each['label']}" for each in shown["path"]] for shown in pair]
    yield "unit", [[shown["unit"]["name"]] if shown["unit"] else [] for shown in pair]
    yield "official", [[f"{text['text']} ({text['language']})" for text in shown["official"]] for shown in pair]
    yield "notes", [[f"{note['place']}, {note['note']}: {note['text']}" for note in shown["notes"]] for shown in pair]
    yield (
        "rates",
        [[f"{rate['label']}: {rate['words'] or rate['status_words']}" for rate in shown["rates"]] for shown in pair],
    )
    yield (
        "preferences",
        [
            [
                f"{each['label']}: {each['words'] or each['status_words']}"
                for each in shown["preferences"]
                if not each["excluded"]
            ]
            for shown in pair
        ],
    )
    yield "reliefs", [[f"{each['code']} {each['label']}" for each in shown["reliefs"]] for shown in pair]
    yield (
        "controls",
        [
            [
                ", ".join(each["label"] for each in control["documents"] or control["posts"])
                for control in shown["controls"]
                if not control["general"]
            ]
            for shown in pair
        ],
    )
    yield "history", [[f"{each['edition']}: {', '.join(each['codes'])}" for each in shown["history"]] for shown in pair]
