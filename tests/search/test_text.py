# SPDX-License-Identifier: Apache-2.0
"""Words as people type them: other letters, other endings, other alphabets."""

from __future__ import annotations

import pytest

from gumruk.search.text import LONGEST, folded, pieces, sound, stems, tajik_stem, words


@pytest.mark.parametrize(
    ("typed", "meant"), [("гушт", "гӯшт"), ("КАРТОШКА", "картошка"), ("елка", "ёлка"), ("Cafe", "café"), ("чав", "ҷав")]
)
def test_it_makes_no_difference_of_letters_that_are_typed_for_one_another(typed: str, meant: str):
    assert folded(typed) == folded(meant)


def test_it_keeps_the_short_i_of_cyrillic():
    assert folded("йод") == "йод"


def test_it_leaves_out_numbers_but_not_names_with_digits():
    assert words("Rice 5 kg, vitamin B12 (2024)") == ["rice", "kg", "vitamin", "b12"]


@pytest.mark.parametrize("form", ["себҳо", "себи", "себро", "себҳоро", "себ"])
def test_it_takes_the_endings_from_a_tajik_noun(form: str):
    assert tajik_stem(folded(form)) == "себ"


def test_it_leaves_short_words_whole():
    assert tajik_stem("нон") == "нон"
    assert tajik_stem("чои") == "чои"


@pytest.mark.parametrize(("one", "many"), [("apple", "apples"), ("ковер", "ковры"), ("яблоко", "яблоки")])
def test_it_finds_a_common_stem_of_one_and_many(one: str, many: str):
    assert sound(one)[:3] == sound(many)[:3]
    assert set(pieces(one)) & set(pieces(many))


def test_it_stems_by_alphabet():
    assert stems("apples") == ("appl",)
    assert "яблок" in stems("яблоки")


@pytest.mark.parametrize(("latin", "cyrillic"), [("gusht", "гӯшт"), ("birinj", "биринҷ"), ("kartoshka", "картошка")])
def test_it_hears_the_same_in_both_alphabets(latin: str, cyrillic: str):
    assert sound(folded(latin)) == sound(folded(cyrillic))


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "١٢٣", "-- ; DROP TABLE", "שלום עולם", "a" * 10_000, "\x00\u202e"])
def test_it_reads_anything_without_falling(text: str):
    assert all(len(word) <= LONGEST for word in words(text))
