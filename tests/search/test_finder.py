# SPDX-License-Identifier: Apache-2.0
"""The finder over a small tree: codes, old codes, chemicals, words in three languages, vague words, nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gumruk.law.nomenclature import Correlated, Nomenclature, correlation
from gumruk.search.confidence import Likelihood
from gumruk.search.documents import Document
from gumruk.search.finder import Finder, Found, Kind, vague_stems
from gumruk.search.index import Index, build, is_of, load
from gumruk.search.ranking import learned

LEAVES = ("020130", "020714", "100630", "292212", "610910", "610990", "870323", "870421")
SAID = {
    "0201": "fresh beef meat|говядина свежая|гӯшти гов",
    "020130": "boneless beef|говядина без костей|гӯшти гови бе устухон",
    "0207": "poultry meat|мясо птицы|гӯшти мурғ",
    "020714": "frozen chicken legs|окорочка куриные|рони мурғи яхкарда",
    "1006": "rice|рис|биринҷ",
    "100630": "milled rice|рис шлифованный|биринҷи суфта",
    "292212": "diethanolamine|диэтаноламин|диэтаноламин",
    "6109": "knitted T-shirts|футболки трикотажные|футболкаи бофташуда",
    "610910": "cotton T-shirts|футболки хлопковые|футболкаи пахтагӣ",
    "610990": "synthetic T-shirts|футболки синтетические|футболкаи синтетикӣ",
    "8703": "passenger cars|автомобили легковые|мошинҳои сабукрав",
    "870323": "petrol car 1500 to 3000|легковой бензиновый|мошини сабукрави бензинӣ",
    "8704": "trucks|грузовики|мошинҳои боркаш",
    "870421": "diesel truck|грузовик дизельный|мошини боркаши дизелӣ",
}
DOCUMENTS = tuple(
    Document(code, language, "word", text)
    for code, said in SAID.items()
    for language, text in zip(("en", "ru", "tg"), said.split("|"), strict=True)
)
TREE = Nomenclature(
    {code[:digits]: "I" for code in LEAVES for digits in (2, 4, 6)},
    {code[:digits]: "" for code in LEAVES for digits in (2, 4, 6)},
    {},
)


@pytest.fixture(scope="module")
def index() -> Index:
    return build(LEAVES, DOCUMENTS)


@pytest.fixture(scope="module")
def finder(index: Index) -> Finder:
    return Finder(
        TREE,
        correlation(LEAVES, [Correlated("HS2017", "870322", "870323"), Correlated("HS2017", "870322", "870421")]),
        index,
        learned().weights,
        (),
        (),
        chemicals={"111-42-2": "292212"},
        vague=vague_stems(["goods", "meat", "товар"]),
    )


def first(found: Found) -> str:
    return found.results[0].code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("chicken legs, frozen, 15 kg", "020714"),
        ("окорочка", "020714"),
        ("биринҷ", "100630"),
        ("birinj", "100630"),
        ("биринч", "100630"),
        ("футболкаҳои пахтагӣ", "610910"),
        ("t-shirts of cotton", "610910"),
        ("грузовик diesel", "870421"),
        ("диетаноламин", "292212"),
    ],
)
def test_it_finds_goods_in_any_language_alphabet_and_spelling(finder: Finder, text: str, code: str):
    found = finder.find(text)
    assert (found.kind, first(found)) == (Kind.WORDS, code)


def test_it_says_why_and_what_it_read_for_a_misspelt_word(finder: Finder):
    found = finder.find("chikken legs")
    assert found.corrected == {"chikken": "chicken"}
    assert found.results[0].reasons[0].text == "frozen chicken legs"


def test_it_groups_by_heading(finder: Finder):
    found = finder.find("футболки")
    assert found.groups[0].heading == "6109"
    assert {result.code for result in found.groups[0].results} == {"610910", "610990"}


@pytest.mark.parametrize("typed", ["0207 14", "0207.14", "020714", "HS 0207.14.9900", "020714 1000", "код 0207 14"])
def test_it_opens_a_code_however_it_is_typed(finder: Finder, typed: str):
    found = finder.find(typed)
    assert (found.kind, first(found)) == (Kind.CODE, "020714")


def test_it_takes_a_name_with_a_number_for_no_code(finder: Finder):
    assert finder.find("truck 15").kind is Kind.WORDS


def test_it_opens_a_short_code_with_what_lies_below(finder: Finder):
    assert [result.code for result in finder.find("6109").results] == ["6109", "610910", "610990"]


def test_it_follows_a_withdrawn_code_and_says_that_it_is_one_of_several(finder: Finder):
    found = finder.find("870322")
    assert (found.kind, found.rest) == (Kind.OLD_CODE, "870322")
    assert [(result.code, result.likelihood) for result in found.results] == [
        ("870323", Likelihood.POSSIBLE),
        ("870421", Likelihood.POSSIBLE),
    ]


def test_it_leads_a_code_of_another_country_to_the_nearest_place(finder: Finder):
    found = finder.find("8703239999")
    assert (found.kind, first(found), found.rest) == (Kind.CODE, "870323", "9999")


@pytest.mark.parametrize(("typed", "nearest"), [("8703999999", "8703"), ("123", None), ("0299", "02")])
def test_it_says_that_there_is_no_such_code_and_shows_the_nearest_place(
    finder: Finder, typed: str, nearest: str | None
):
    found = finder.find(typed)
    assert found.kind is (Kind.NO_CODE if nearest else Kind.NOTHING)
    assert [result.code for result in found.results][:1] == ([nearest] if nearest else [])
    assert not any(result.probability for result in found.results)


def test_it_finds_nothing_for_a_code_that_no_chapter_holds(finder: Finder):
    assert finder.find("990000").kind is Kind.NOTHING


def test_it_finds_a_chemical_by_its_number_and_refuses_a_wrong_check_digit(finder: Finder):
    assert first(finder.find("CAS 111-42-2, drum")) == "292212"
    assert first(finder.find("111-42-2")) == "292212"
    assert finder.find("111-42-3").kind is not Kind.CHEMICAL


def test_it_gives_a_vague_word_kinds_of_goods_and_no_code(finder: Finder):
    found = finder.find("meat")
    assert (found.kind, found.results) == (Kind.VAGUE, ())
    assert {facet.heading for facet in found.facets} >= {"0207"}
    assert found.preselected is None


@pytest.mark.parametrize("text", ["😀", "?!;", "שלום עולם", "xqzwvk", "' OR 1=1; --"])
def test_it_answers_what_is_no_goods_with_nothing(finder: Finder, text: str):
    found = finder.find(text)
    assert found.kind is Kind.NOTHING
    assert found.results == ()


@pytest.mark.parametrize("text", ["", "  \t\n"])
def test_it_asks_for_words_where_there_are_none(finder: Finder, text: str):
    assert finder.find(text).kind is Kind.EMPTY


def test_it_reads_ten_thousand_letters(finder: Finder):
    assert first(finder.find("rice " * 2000)) == "100630"


def test_it_preselects_nothing_below_one_half(finder: Finder):
    for text in ("legs", "car", "футболки", "cotton"):
        found = finder.find(text)
        assert found.preselected is None or found.results[0].probability >= 0.5


def test_it_lets_a_countrys_own_model_vote(finder: Finder):
    voting = Finder(
        TREE, finder.correlation, finder.index, finder.weights, (), (), similar=lambda text: [("610990", 1.0)]
    )
    assert first(voting.find("футболки")) == "610990"


def test_it_reads_a_kept_index_and_builds_the_same_twice(index: Index, tmp_path: Path):
    kept = tmp_path / "search" / "index.npz"
    index.save(kept)
    read = load(kept, LEAVES, DOCUMENTS)
    assert read is not None
    assert read.vocabulary == index.vocabulary
    assert np.allclose(read.held.toarray(), index.held.toarray(), atol=1e-3)
    again = build(LEAVES, DOCUMENTS)
    for made, first in zip(again.classifier.members, index.classifier.members, strict=True):
        assert np.array_equal(made.pieces, first.pieces)
        assert np.array_equal(made.leaves, first.leaves)


def test_it_reads_a_kept_index_though_something_said_holds_no_word(tmp_path: Path):
    documents = (*DOCUMENTS, Document("870323", "en", "word", "46-0-0"))
    kept = tmp_path / "index.npz"
    build(LEAVES, documents).save(kept)
    assert is_of(kept, documents) and load(kept, LEAVES, documents) is not None
    assert not is_of(kept, documents[1:]) and not is_of(tmp_path / "none.npz", documents)


def test_it_reads_no_index_of_other_words_and_no_broken_one(index: Index, tmp_path: Path):
    kept = tmp_path / "index.npz"
    assert load(kept, LEAVES, DOCUMENTS) is None
    index.save(kept)
    assert load(kept, LEAVES, DOCUMENTS[1:]) is None
    kept.write_bytes(kept.read_bytes()[:1000])
    assert load(kept, LEAVES, DOCUMENTS) is None
