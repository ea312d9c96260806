# SPDX-License-Identifier: Apache-2.0
"""Spellings of one name have one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel.folding import folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ҷамшед Қосимов", "Чамшед Косимов", "JAMSHED QOSIMOV", "Dzhamshed Kosimov"),
        ("Хуҷанд", "Худжанд", "Khujand", "ХУҶАНД"),
        ("Ғафуров", "Гафуров", "Ghafurov", "Gafurov"),
        ("Ҳоҷӣ", "Хочи", "Hoji", "Khoji"),
        ("Ӯзбекзода", "Узбекзода", "Uzbekzoda"),
        ("«Исфара-Агро»", "ISFARA AGRO", "Исфара  агро"),
        ("Café", "Cafe\u0301", "CAFE"),
        ("Шарифов", "Sharifov"),
        ("Alpha", "Альфа"),
    ],
)
def test_it_gives_spellings_of_one_name_one_key(spellings: tuple[str, ...]) -> None:
    assert len({folded(name) for name in spellings}) == 1


def test_it_tells_other_names_apart() -> None:
    assert len({folded(name) for name in ("Каримов", "Карамов", "Rahimov", "Alpha Trade", "Beta Trade", "Zed")}) == 6


def test_it_leaves_digits_as_they_are() -> None:
    assert folded("000000") == "000000"
    assert folded("Смета 1100/22") == "smeta 1100 22"
    assert folded("Аббос 77") == folded("ABOS 77") != folded("Abos 7")


@given(st.text(max_size=60))
def test_it_folds_any_text_once_and_for_all(name: str) -> None:
    key = folded(name)
    assert key == key.strip() and folded(key) == folded(folded(key))
