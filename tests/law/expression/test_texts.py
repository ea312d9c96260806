# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gumruk import texts
from gumruk.law import expression
from gumruk.law.expression import ExpressionError, Vocabulary, check, explain

SOURCE = Path(expression.__file__).parent
LANGUAGES = ["en", "ru", "tg"]
TABLE = "expression."


@pytest.fixture(autouse=True)
def strictly() -> Any:
    texts.strict(True)
    yield
    texts.strict(True)


def keys(language: str) -> set[str]:
    return {key for key in texts.catalogue(language) if key.startswith(TABLE)}


def test_it_has_the_same_keys_and_placeholders_in_every_language() -> None:
    english = {key: texts.placeholders(texts.catalogue("en")[key]) for key in keys("en")}
    for language in LANGUAGES:
        assert {key: texts.placeholders(texts.catalogue(language)[key]) for key in keys(language)} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_text_for_each_error_and_step_of_the_conformance_file(
    language: str, cases: list[Any], declared: Vocabulary
) -> None:
    for case in cases:
        try:
            steps = explain(check(case.expression, declared), case.facts).steps
        except ExpressionError as refused:
            assert "{" not in texts.say(language, refused.code, **refused.params).replace("{}", "")
        else:
            for step in steps:
                assert texts.say(language, step.code, **step.params)


def test_it_has_no_text_that_nothing_says_and_no_code_without_a_text() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.glob("*.py"))
    quoted = set(re.findall(r'"(?:expression\.)?([a-z_]+)"', source))
    written = {key.removeprefix(TABLE) for key in keys("en")}
    for key in written:
        assert key.removeprefix("kind.") in quoted
    raised = set(re.findall(r'"expression\.([a-z_]+)"', source)) | set(re.findall(r'_refuse\(\w+, "([a-z_]+)"', source))
    assert raised <= written


@pytest.mark.parametrize("language", ["ru", "tg"])
def test_it_is_written_in_the_language_s_own_letters(language: str) -> None:
    prose = "".join(texts.catalogue(language)[key] for key in keys(language)).lower()
    assert not set(prose) & set("ґєії")
    assert (set("ғӣқӯҳҷ") <= set(prose)) == (language == "tg")
    assert "ы" not in prose or language == "ru"
