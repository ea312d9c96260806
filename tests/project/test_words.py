# SPDX-License-Identifier: Apache-2.0
"""What `./run` says exists in every language, and the terminal's language is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gumruk import texts
from gumruk.office.project import words

FOLDER = Path(words.__file__).parent
NAMED = re.compile(r"""\b(tell|RunError|_wrong|_line)\(\s*(?:"(\w+)", )?"([\w.]+)\"""")


def test_it_has_a_text_for_everything_it_says() -> None:
    said = set()
    for path in FOLDER.glob("*.py"):
        for call, _, key in NAMED.findall(path.read_text(encoding="utf-8")):
            tables = {
                "tell": [key],
                "RunError": [f"error.{key}.text", f"error.{key}.mend"],
                "_line": [f"summary.{key}"],
            }
            said.update(tables.get(call, [f"doctor.{key}.text", f"doctor.{key}.mend"]))
    assert len(said) > 60
    missing = [
        (language, key) for language in texts.LANGUAGES for key in said if not texts.find(language, f"run.{key}")
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [
        ("LANG", "ru_RU.UTF-8", "ru"),
        ("LC_ALL", "tg_TJ.UTF-8", "tg"),
        ("LC_ALL", "C.UTF-8", "en"),
        ("LANG", "de_DE.UTF-8", "en"),
        ("GUMRUK_LANGUAGE", "tg", "tg"),
    ],
)
def test_it_speaks_the_language_of_the_terminal(
    variable: str, value: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GUMRUK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert words.language() == "en"
    monkeypatch.setenv(variable, value)
    assert words.language() == language


def test_it_says_what_is_wrong_and_the_mend_in_that_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUMRUK_LANGUAGE", "ru")
    error = words.RunError("port_taken", port=8000, next=8001)
    assert str(error) == "порт 8000 занят другой программой"
    assert error.mend == "выберите другой: ./run --port 8001"
