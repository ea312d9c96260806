# SPDX-License-Identifier: Apache-2.0
"""Our own labels and words of the Harmonized System: complete, told apart, written by us."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gumruk.law.nomenclature import Answer, Question, Questions
from gumruk.packs.nomenclature import Content, Entry, nomenclature_content
from gumruk.packs.nomenclature_checks import NomenclatureFault, nomenclature_counts, nomenclature_faults
from gumruk.packs.world import LANGUAGES, world

_MARKS = ",.;:()[]\"'«»-"
WORDS_IN_A_ROW = 6


@pytest.fixture
def content() -> Content:
    return nomenclature_content()


def changed(content: Content, code: str, **fields: object) -> Content:
    return replace(content, entries={**content.entries, code: replace(content.entries[code], **fields)})


def faults(content: Content) -> list[NomenclatureFault]:
    return list(nomenclature_faults(content, world().nomenclature))


def codes(content: Content) -> set[str]:
    return {fault.code for fault in faults(content)}


def test_it_says_every_heading_and_subheading_in_three_languages_without_a_fault(content: Content):
    assert faults(content) == []


def test_it_counts_what_there_is_by_language(content: Content):
    counts = nomenclature_counts(content, world().nomenclature)
    for language in LANGUAGES:
        assert (counts[language]["headings"], counts[language]["subheadings"]) == (1228, 5612)
        assert counts[language]["made_by_template"] == 0


def test_it_has_the_words_of_a_heading_that_matters(content: Content):
    assert len(content.weighty) == 300


def test_it_tells_a_missing_label(content: Content):
    lacking = replace(content, entries={code: held for code, held in content.entries.items() if code != "140420"})
    assert [(fault.code, fault.params["code"]) for fault in faults(lacking)] == [("missing", "140420")]


def test_it_tells_siblings_that_are_alike(content: Content):
    same = content.entries["100630"].labels
    assert "alike" in codes(changed(content, "100640", labels=same))


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ({"en": "", "ru": "рис", "tg": "биринҷ"}, "empty"),
        ({"en": "rice " * 40, "ru": "рис", "tg": "биринҷ"}, "long"),
        ({"en": "rice", "ru": "рис", "tg": "рыс"}, "not_tajik"),
        ({"en": "NPP", "ru": "рис", "tg": "биринҷ"}, "abbreviation"),
        ({"en": "rice", "ru": "ГФУ-41 и ГФУ-152а", "tg": "биринҷ"}, "abbreviation"),
    ],
)
def test_it_tells_a_label_that_is_none(content: Content, labels: dict[str, str], code: str):
    assert code in codes(changed(content, "100630", labels=labels))


def test_it_tells_too_few_words_and_the_same_word_twice(content: Content):
    bare: dict[str, Entry] = {
        code: replace(held, words=dict.fromkeys(LANGUAGES, ())) if code.startswith("1006") else held
        for code, held in content.entries.items()
    }
    assert "few_words" in codes(replace(content, entries=bare))
    twice = {**content.entries["1006"].words, "en": ("rice", "Rice")}
    assert "twice" in codes(changed(content, "1006", words=twice))


def test_it_tells_a_question_that_keeps_strangers_leaves_a_code_out_or_splits_nothing(content: Content):
    def asked(*kept: tuple[str, ...]) -> Content:
        answers = tuple(Answer(str(number), {}, codes) for number, codes in enumerate(kept))
        held = Questions("1006", (Question("kind", {}, "note", answers),))
        return replace(content, questions={"1006": held})

    whole = ("100610", "100620", "100630", "100640")
    assert codes(asked(whole, ("100630", "610910"))) == {"unknown_code"}
    assert codes(asked(whole[:2], whole[2:3])) == {"not_reached"}
    assert codes(asked(whole, whole)) == {"splits_nothing"}
    assert codes(asked(whole[:2], whole[2:])) == set()


@pytest.mark.reference
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_no_six_words_in_a_row_of_anothers_text(content: Content, language: str, reference_data: Path):
    foreign = {row for text in _texts_of_others(reference_data) for row in _rows(text)}
    copied = {
        entry.code: said
        for entry in content.entries.values()
        for said in (entry.labels[language], *entry.words[language])
        if foreign.intersection(_rows(said))
    }
    assert copied == {}


@pytest.mark.reference
def test_it_summarises_notes_in_our_own_words(content: Content, reference_data: Path):
    foreign = {row for text in _texts_of_others(reference_data) for row in _rows(text)}
    told = [text for note in content.notes for text in note.texts.values()]
    assert [text for text in told if foreign.intersection(_rows(text))] == []


def _rows(text: str) -> Iterator[str]:
    """Six words in a row; a chemical's systematic name (`1,1,1,3,3-pentafluoropropane`) is one word."""
    words = [word for each in text.lower().replace("ё", "е").split() if (word := each.strip(_MARKS))]
    return (" ".join(words[start : start + WORDS_IN_A_ROW]) for start in range(len(words) - WORDS_IN_A_ROW + 1))


def _texts_of_others(folder: Path) -> Iterator[str]:
    for name in ("hs2022_datahub", "hs2022_comtrade_H6", "hs2017_comtrade_H5", "hs2012_comtrade_H4"):
        with (folder / "nomenclature" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            yield from (" ".join(filter(None, row.values())) for row in csv.DictReader(file))
    held = folder / "classification" / "nomenclature"
    for row in json.loads((held / "ru_tnved10.json").read_text(encoding="utf-8")):
        yield from (row["text"], row["hs4"], row["hs2"])
    for row in json.loads((held / "us_hts_leaf.json").read_text(encoding="utf-8")):
        yield from row["path"]
