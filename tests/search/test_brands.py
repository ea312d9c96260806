# SPDX-License-Identifier: Apache-2.0
"""Brands in a typed text: believed as whole words alone, and behind the goods that the rest of the text names."""

from __future__ import annotations

import pytest
from tests.search.test_finder import DOCUMENTS, LEAVES, TREE

from gumruk.law.nomenclature import correlation
from gumruk.search.documents import Document
from gumruk.search.finder import Finder, Found
from gumruk.search.index import build
from gumruk.search.ranking import learned

BRANDS = {
    "Puma": "610910",
    "Ricestar": "870323",
    "Minsk truck": "870421",
    "18+ rice": "100630",
    "Oryx Rover": "870323",
    "Rice Rover": "870323",
}


@pytest.fixture(scope="module")
def finder() -> Finder:
    said = (*DOCUMENTS, *(Document(code, "en", "brand", name) for name, code in BRANDS.items()))
    return Finder(TREE, correlation(LEAVES, []), build(LEAVES, said), learned().weights, (), ())


def brands_told(found: Found) -> set[str]:
    return {reason.text for result in found.results for reason in result.reasons if reason.kind == "brand"}


@pytest.mark.parametrize("text", ["puma", "Puma", "puma 2 pcs", "pumas"])
def test_it_believes_a_brand_that_is_a_whole_word(finder: Finder, text: str):
    found = finder.find(text)
    assert found.results[0].code == "610910"
    assert brands_told(found) == {"Puma"}


@pytest.mark.parametrize("text", ["oryx", "rover oryx"])
def test_it_knows_a_brand_by_its_first_word_or_by_all_in_any_order(finder: Finder, text: str):
    assert finder.find(text).results[0].code == "870323"
    assert brands_told(finder.find(text)) == {"Oryx Rover"}


@pytest.mark.parametrize("text", ["rice", "milled rices", "truck", "diesel truck"])
def test_it_names_no_brand_by_its_letters_or_by_the_goods_in_it(finder: Finder, text: str):
    found = finder.find(text)
    assert brands_told(found) == set()
    assert found.results[0].code in ("100630", "870421")


@pytest.mark.parametrize(
    ("text", "heading"), [("puma rice", "1006"), ("rice ricestar", "1006"), ("oryx beef meat", "0201")]
)
def test_it_lets_the_goods_win_that_stand_beside_a_brand(finder: Finder, text: str, heading: str):
    found = finder.find(text)
    assert found.groups[0].heading == heading
    assert found.groups[0].probability > 2 * max(group.probability for group in found.groups[1:])


def test_it_keeps_a_brand_that_the_goods_beside_it_agree_with(finder: Finder):
    found = finder.find("puma cotton t-shirts")
    assert (found.results[0].code, brands_told(found)) == ("610910", {"Puma"})


def test_it_wants_the_number_of_a_brand_too(finder: Finder):
    assert brands_told(finder.find("18 rice")) == {"18+ rice"}
    assert brands_told(finder.find("5 rice")) == set()
