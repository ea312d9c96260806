# SPDX-License-Identifier: Apache-2.0
"""What the world and the pack of Tajikistan hold of goods, for the rules that look at them."""

from __future__ import annotations

from decimal import Decimal

from gumruk.law.kernel import UNITS
from gumruk.law.reference import Bounds, PackageKind, phrase_of
from gumruk.packs import load, pack_folder
from gumruk.packs.world import world


def test_it_has_no_retired_subheading_in_the_present_edition() -> None:
    lists = world().code_lists
    assert not lists.commodity_codes & set(lists.goods.retired)
    assert lists.goods.retired["851712"] == "HS2017"
    assert set(lists.goods.retired.values()) == {"HS2012", "HS2017"}


def test_it_counts_subheadings_in_units_that_quantities_have() -> None:
    goods = world().code_lists.goods
    assert set(goods.units.values()) <= set(UNITS)
    assert (goods.units["851713"], goods.units["640411"]) == ("NAR", "NPR")


def test_it_bounds_what_the_texts_of_the_nomenclature_bound() -> None:
    goods, codes = world().code_lists.goods, world().code_lists.commodity_codes
    assert {code for code, _ in goods.bounds} <= codes
    assert goods.bounds_of("8703231940", "CMQ") == Bounds(Decimal(1500), Decimal(3000))
    assert goods.bounds_of("8703801000", "CMQ") is None
    assert str(goods.bounds_of("8703241000", "CMQ")) == "3000–"


def test_it_knows_how_goods_travel() -> None:
    kinds = world().code_lists.goods.package_kinds
    assert (kinds["CT"], kinds["CL"], kinds["NE"], kinds["VR"]) == (
        PackageKind.PACKED,
        PackageKind.PIECE,
        PackageKind.UNPACKED,
        PackageKind.BULK,
    )
    assert len(kinds) > 400


def test_it_writes_words_as_they_are_compared() -> None:
    goods = world().code_lists.goods
    for words in (goods.vague_words, goods.chapter_words, goods.code_words):
        assert words and all(phrase_of(phrase) == phrase for phrase in words)
    assert {"goods", "товар", "мол"} <= goods.vague_words


def test_it_knows_what_a_kilogram_of_every_chapter_costs() -> None:
    pack = load(pack_folder("tj"))
    rows = {key.partition(".")[0] for entry in pack.book.entries_of("plausible") if (key := entry.key).endswith(".KGM")}
    chapters = {code for code in pack.nomenclature.units if len(code) == 2}
    assert rows == chapters
    for entry in pack.book.entries_of("plausible"):
        least, most = entry.fields["price_least"], entry.fields["price_most"]
        assert isinstance(least, Decimal) and isinstance(most, Decimal) and least < most, entry.key
        assert entry.key.partition(".")[2] in UNITS
