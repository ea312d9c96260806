# SPDX-License-Identifier: Apache-2.0
"""What the world says of the Harmonized System in its own words: labels, everyday words, brands, notes, questions.

Help without legal force: the law is the country's own official text. The files stand in `world/nomenclature`; who wrote
and who reviewed each sheet is in `sheets.csv`.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gumruk.law.nomenclature import Answer, Correlated, Correlation, Question, Questions, correlation
from gumruk.packs.world import FOLDER, LANGUAGES, world

NOMENCLATURE = FOLDER / "nomenclature"
#: What parts the words of one field from each other.
BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Entry:
    """A code's own labels and everyday words by language; `place` is the file and line they stand in."""

    code: str
    labels: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who wrote a file of labels in a language, and who read what of it again: `headings`, `all` or nothing yet."""

    file: str
    language: str
    edition: str
    author: str
    written_on: date
    reviewer: str
    reviewed_on: date | None
    reviewed: str


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand and the kinds of goods that bear it: a hint, never a code."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class See:
    """Goods that people look for under one code and find under another, and why."""

    code: str
    see: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """Our plain summary of a note that decides cases. `place` is its section (`XVI`) or chapter (`84`)."""

    place: str
    note: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GeneralRule:
    """A General Rule put as a question, and what follows when it is answered with yes."""

    rule: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """All of it. `chemicals` leads from a CAS number to a subheading, `vague` holds words that name no goods alone."""

    entries: Mapping[str, Entry]
    sheets: tuple[Sheet, ...]
    brands: tuple[Brand, ...]
    see: Mapping[str, tuple[See, ...]]
    notes: tuple[Note, ...]
    rules: tuple[GeneralRule, ...]
    chemicals: Mapping[str, str]
    questions: Mapping[str, Questions]
    weighty: tuple[str, ...]
    vague: tuple[str, ...]
    correlation: Correlation

    def label(self, code: str, language: str) -> str | None:
        """Our words for a section, chapter, heading or subheading; None where there are none."""
        entry = self.entries.get(code)
        if entry is not None:
            return entry.labels[language]
        return world().nomenclature.label(code, language)

    def path_labels(self, code: str, language: str) -> tuple[tuple[str, str], ...]:
        """Code and label of each level from the section down to the code."""
        path = world().nomenclature.path(code)
        return tuple((each, self.label(each, language) or "") for each in path)


@cache
def nomenclature_content() -> Content:
    """Read all files once. Raises KeyError or ValueError where a file is not as it should be."""
    see: dict[str, list[See]] = {}
    for row in rows_of("see.csv"):
        see.setdefault(row["code"], []).append(See(row["code"], row["see"], _texts(row)))
    return Content(
        entries=MappingProxyType({entry.code: entry for entry in _entries()}),
        sheets=tuple(_sheet(row) for row in rows_of("sheets.csv")),
        brands=tuple(Brand(row["brand"], tuple(row["codes"].split())) for row in rows_of("brands.csv")),
        see=MappingProxyType({code: tuple(held) for code, held in see.items()}),
        notes=tuple(Note(row["place"], row["note"], _texts(row)) for row in rows_of("notes.csv")),
        rules=tuple(GeneralRule(row["rule"], _texts(row)) for row in rows_of("rules.csv")),
        chemicals=MappingProxyType({row["cas"]: row["code"] for row in rows_of("chemicals.csv")}),
        questions=MappingProxyType({questions.heading: questions for questions in _questions()}),
        weighty=tuple(row["code"] for row in rows_of("weighty.csv")),
        vague=tuple(row["words"] for row in rows_of("vague.csv")),
        correlation=correlation(
            world().nomenclature.subheadings, (Correlated(**row) for row in rows_of("correlation.csv"))
        ),
    )


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one file of the folder; none where it is not there."""
    path = NOMENCLATURE / name
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _entries() -> Iterator[Entry]:
    """A code's row of `labels`, with the further words of its row in `words`, where it has one."""
    for path in sorted((NOMENCLATURE / "labels").glob("*.csv")):
        further = {row["code"]: row for row in rows_of(f"words/{path.name}")}
        for line, row in enumerate(rows_of(f"labels/{path.name}"), start=2):
            more = further.get(row["code"], {})
            words = {
                language: tuple(dict.fromkeys((*_split(row[f"words_{language}"]), *_split(more.get(language, "")))))
                for language in LANGUAGES
            }
            yield Entry(row["code"], _texts(row), words, f"labels/{path.name}:{line}")


def _sheet(row: Mapping[str, str]) -> Sheet:
    return Sheet(
        row["file"],
        row["language"],
        row["edition"],
        row["author"],
        date.fromisoformat(row["written_on"]),
        row["reviewer"],
        date.fromisoformat(row["reviewed_on"]) if row["reviewed_on"] else None,
        row["reviewed"],
    )


def _questions() -> Iterator[Questions]:
    for path in sorted((NOMENCLATURE / "questions").glob("*.toml")):
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Questions(held["heading"], tuple(_question(row) for row in held["question"]))


def _question(row: Mapping[str, Any]) -> Question:
    answers: Sequence[Mapping[str, Any]] = row["answer"]
    return Question(
        row["id"],
        _texts(row),
        row["note"],
        tuple(Answer(answer["id"], _texts(answer), tuple(answer["keeps"])) for answer in answers),
    )


def _texts(row: Mapping[str, str]) -> Mapping[str, str]:
    return {language: row[language] for language in LANGUAGES}


def _split(words: str) -> tuple[str, ...]:
    return tuple(word for each in words.split(BETWEEN) if (word := each.strip()))


def path_of(name: str) -> Path:
    """The path of a file of the nomenclature's folder."""
    return NOMENCLATURE / name
