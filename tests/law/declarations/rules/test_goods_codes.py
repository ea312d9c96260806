# SPDX-License-Identifier: Apache-2.0
"""Commodity codes and descriptions: each rule keeps quiet on what is right and finds what is not, at its place."""

from __future__ import annotations

from tests.law.declarations.cases import GOOD, coded, numbered, with_commodity, with_item
from tests.law.declarations.rules.goods import CODES, DESCRIPTION, asked, described, with_code

from gumruk.law.declarations.model import Classification
from gumruk.law.lawbook import Entry


def test_it_asks_dec_101_code_has_no_letters_like_digits() -> None:
    assert asked("DEC-101", GOOD) == []
    assert asked("DEC-101", with_code("abc")) == []  # DEC-20 tells, and nothing can be guessed
    for code in ("85171З0000", "851713OOOO", "85l7130000", "8517 13 ООOO"):
        assert asked("DEC-101", with_code(code)) == [CODES]


def test_it_asks_dec_102_chapter_is_one_of_goods() -> None:
    assert asked("DEC-102", GOOD) == []
    for code in ("7701000000", "9801000000", "9999990000"):
        assert asked("DEC-102", with_code(code)) == [CODES]


def test_it_asks_dec_103_code_is_of_full_length() -> None:
    assert asked("DEC-103", GOOD) == []
    assert asked("DEC-103", with_code("851713")) == [CODES]
    assert asked("DEC-103", with_code("87")) == []  # DEC-20 tells


def test_it_asks_dec_104_code_is_a_line_of_the_tariff() -> None:
    lines = (Entry("tariff_lines", "8517130000", {"unit": "NAR"}),)
    assert asked("DEC-104", GOOD, *lines) == []
    assert asked("DEC-104", with_code("8517139000"), *lines) == [CODES]
    assert asked("DEC-104", with_code("8517139000")) == []  # this law keeps no lines
    assert asked("DEC-104", with_code("9999990000"), *lines) == []  # DEC-20 tells


def test_it_asks_dec_105_code_is_of_the_present_edition() -> None:
    assert asked("DEC-105", GOOD) == []
    assert asked("DEC-105", with_code("8517120000")) == [CODES]  # telephones of HS 2017


def test_it_asks_dec_106_kinds_of_code_are_known() -> None:
    kinds = coded("classification_type", "HS", "GN")
    assert asked("DEC-106", GOOD, *kinds) == []
    assert asked("DEC-106", with_code("8517130000", "XY")) == []
    assert asked("DEC-106", with_code("8517130000", "XY"), *kinds) == [f"{CODES}[0].identification_type_code"]


def test_it_asks_dec_107_additional_codes_are_known() -> None:
    codes = (*coded("additional_code_type", "GN"), *coded("additional_code", "B999"))
    for code, found in (("B999", []), ("B000", [f"{CODES}[1].id"]), (None, [f"{CODES}[1].id"])):
        both = (
            Classification(id="8517130000", identification_type_code="HS"),
            Classification(id=code, identification_type_code="GN"),
        )
        assert asked("DEC-107", with_commodity(classifications=both), *codes) == found
        assert asked("DEC-107", with_commodity(classifications=both)) == []


def test_it_asks_dec_108_main_code_is_given_once() -> None:
    split = (
        Classification(id="85171300", identification_type_code="TSP"),
        Classification(id="00", identification_type_code="TRC"),
    )
    twice = (*split, Classification(id="85171400", identification_type_code="TSP"))
    assert asked("DEC-108", with_commodity(classifications=split)) == []
    assert asked("DEC-108", with_commodity(classifications=twice)) == [f"{CODES}[2]"]


def test_it_asks_dec_109_description_is_long_enough() -> None:
    least = numbered("DEC-109", "6", "warning")
    assert asked("DEC-109", described("Smartphones"), least) == []
    assert asked("DEC-109", described("Пиво"), least) == [DESCRIPTION]
    assert asked("DEC-109", described("Пиво")) == []  # this law asks for no length
    assert asked("DEC-109", described("--"), least) == []  # DEC-19 tells


def test_it_asks_dec_110_description_says_more_than_the_chapter() -> None:
    assert asked("DEC-110", described("Live horses for slaughter")) == []
    for text in ("Live animals", "живые животные.", "Ҳайвоноти зинда", "Salt, stone, lime and cement"):
        assert asked("DEC-110", described(text)) == [DESCRIPTION]


def test_it_asks_dec_111_description_is_no_code() -> None:
    assert asked("DEC-111", described("Smartphones, code 8517130000")) == []
    for text in ("HS code 8517130000", "Код ТН ВЭД 8517 13 000 0", "рамз 8517"):
        assert asked("DEC-111", described(text)) == [DESCRIPTION]


def test_it_asks_dec_112_description_lost_no_letters() -> None:
    assert asked("DEC-112", described("Телефоны, какие? Мобильные")) == []
    assert asked("DEC-112", described("Телефонҳои мобилӣ\nбо қуттӣ")) == []
    for text in ("Телефон\ufffd", "???????? ????????", "Phones \ue000"):
        assert asked("DEC-112", described(text)) == [DESCRIPTION]


def test_it_asks_dec_113_words_are_of_one_script() -> None:
    for text in ("Smartphones", "Смартфоны Samsung", "USB-кабель", "Кабел USB"):
        assert asked("DEC-113", described(text)) == []
    for text in ("Cмартфоны", "Smаrtphones", "кабельUSB"):
        assert asked("DEC-113", described(text)) == [DESCRIPTION]


def test_it_asks_dec_114_description_is_not_too_long() -> None:
    assert asked("DEC-114", described("а" * 512)) == []
    assert asked("DEC-114", described("а" * 513)) == [DESCRIPTION]


def test_it_asks_dec_115_description_is_not_vague() -> None:
    assert asked("DEC-115", described("Spare parts of excavators: bucket teeth")) == []
    for text in ("Goods", "Spare parts!", "Товар", "запчасти 12 шт"[:8], "Мол", "Қисмҳои эҳтиётӣ", "as per invoice"):
        assert asked("DEC-115", described(text)) == [DESCRIPTION]


def test_it_says_of_an_item_without_commodity_no_more_than_that() -> None:
    empty = with_item(commodity=None)
    for number in range(101, 116):
        assert asked(f"DEC-{number}", empty) == []
