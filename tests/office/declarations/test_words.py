# SPDX-License-Identifier: Apache-2.0
"""Numbers and amounts of findings, as each language writes them."""

from __future__ import annotations

import pytest

from gumruk.law.kernel import Finding
from gumruk.office.declarations.words import expression_words, finding_shown, number_words


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "12480000.00", "12 480 000.00"),
        ("ru", "12480000.00", "12 480 000,00"),
        ("en", "12480000.00 CNY", "12 480 000.00 CNY"),
        ("tg", "1900 USD", "1 900 USD"),
        ("en", "19560 TNE = ?", "19560 TNE = ?"),
        ("en", "-", "-"),
    ],
)
def test_it_groups_numbers_and_keeps_other_words(language: str, text: str, shown: str) -> None:
    assert number_words(language, text).replace("\u00a0", " ").replace("\u202f", " ") == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Outside working hours and not agricultural products only"),
        ("ru", "Вне рабочего времени и не только сельскохозяйственная продукция"),
        ("tg", "Берун аз вақти корӣ ва на танҳо маҳсулоти кишоварзӣ"),
    ],
)
def test_it_says_a_condition_in_the_language_of_the_page(language: str, shown: str) -> None:
    source = "declaration.outside_hours and not declaration.agricultural"
    assert expression_words(language, source).replace("\u00a0", " ") == shown


def test_it_groups_what_is_stated_and_what_was_counted() -> None:
    found = Finding("DEC-11", "invoice_amount", {"stated": "570000.00 CNY", "counted": "12480000.00 CNY"})
    params = finding_shown("en", found).params
    assert {name: words.replace("\u00a0", " ") for name, words in params.items()} == {
        "stated": "570 000.00 CNY",
        "counted": "12 480 000.00 CNY",
    }
