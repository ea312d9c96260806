# SPDX-License-Identifier: Apache-2.0
"""Texts: complete in every language, safe to fill, and every key that code and templates name exists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from gumruk import texts
from gumruk.texts import files as module

SOURCE = Path(texts.__file__).parents[1]
_FORMS = re.compile(r"\.(one|few|many|other)$")
_PLURALS = {"en": {"one", "other"}, "ru": {"one", "few", "many"}, "tg": {"other"}}
_IN_TEMPLATE = re.compile(r"""\{%\s*(t|tn|empty)\s+"([^"]+)"([^%]*)%\}""")
_IN_PYTHON = re.compile(r"""\b(say|texts\.find|count)\(\s*[\w.()\[\]"']+,\s*"([^"]+)\"""")


def plain(keys: set[str]) -> set[str]:
    """Keys with the plural forms of one sentence taken together."""
    return {_FORMS.sub(".*", key) for key in keys}


@pytest.mark.parametrize("language", texts.languages())
def test_it_has_the_same_keys_in_every_language(language: str) -> None:
    ours, theirs = plain(set(texts.catalogue(language))), plain(set(texts.catalogue("en")))
    assert (ours - theirs, theirs - ours) == (set(), set())


@pytest.mark.parametrize("language", ["ru", "tg"])
def test_it_has_the_same_placeholders_in_every_language(language: str) -> None:
    english = texts.catalogue("en")
    wrong = {
        key: (text, english[key])
        for key, text in texts.catalogue(language).items()
        if not _FORMS.search(key) and key in english and texts.placeholders(text) != texts.placeholders(english[key])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", texts.languages())
def test_it_has_every_plural_form_of_its_language(language: str) -> None:
    forms: dict[str, set[str]] = {}
    for key in texts.catalogue(language):
        if match := _FORMS.search(key):
            forms.setdefault(key[: match.start()], set()).add(match.group(1))
    assert {stem: found for stem, found in forms.items() if found != _PLURALS[language]} == {}


@pytest.mark.parametrize("language", texts.languages())
def test_it_has_no_empty_text_and_no_broken_placeholder(language: str) -> None:
    broken = [
        key
        for key, text in texts.catalogue(language).items()
        if not text.strip() or "{" in re.sub(r"\{[a-z][a-z0-9_]*\}", "", text)
    ]
    assert broken == []


def test_it_has_the_same_files_in_every_language() -> None:
    names = [{path.name for path in (SOURCE / "texts" / language).glob("*.toml")} for language in texts.languages()]
    assert all(found == names[0] for found in names)


def test_it_has_every_text_that_templates_name() -> None:
    known = texts.catalogue("en")
    missing = []
    for path in SOURCE.rglob("templates/**/*.html"):
        for tag, key, _rest in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            wanted = {"t": [key], "tn": [f"{key}.one"], "empty": [f"{key}.title", f"{key}.how"]}[tag]
            missing += [(path.name, name) for name in wanted if name not in known]
    assert missing == []


def test_it_has_every_text_that_code_names() -> None:
    known = texts.catalogue("en")
    missing = []
    for path in SOURCE.rglob("*.py"):
        for call, key in _IN_PYTHON.findall(path.read_text(encoding="utf-8")):
            if (f"{key}.one" if call == "count" else key) not in known:
                missing.append((path.name, key))
    assert missing == []


def test_it_fills_names_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find", lambda language, key: "{n} of {n.__class__} and {secret[0]} {0}")
    assert texts.say("en", "any", n="{secret}", secret="x") == "{secret} of {n.__class__} and {secret[0]} {0}"


def test_it_raises_for_a_missing_text_in_tests() -> None:
    with pytest.raises(texts.MissingText):
        texts.say("en", "there.is.no.such.text")
    with pytest.raises(texts.MissingText):
        texts.say("ru", "ui.saved_at")


def test_it_falls_back_to_english_then_to_the_key_in_production() -> None:
    texts.strict(False)
    try:
        assert texts.say("de", "ui.close") == texts.say("en", "ui.close")
        assert texts.say("ru", "there.is.no.such.text") == "there.is.no.such.text"
        assert texts.say("en", "ui.saved_at") == "Kept on this device at {time}"
    finally:
        texts.strict(True)


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 1, "in 1 day"),
        ("en", 0, "in 0 days"),
        ("ru", 1, "через 1 день"),
        ("ru", 3, "через 3 дня"),
        ("ru", 11, "через 11 дней"),
        ("ru", 21, "через 21 день"),
        ("ru", 112, "через 112 дней"),
        ("tg", 21, "пас аз 21 рӯз"),
    ],
)
def test_it_counts_by_the_rule_of_the_language(language: str, number: int, words: str) -> None:
    assert texts.count(language, "ui.deadline.in", number) == words


def test_it_names_the_file_of_a_broken_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "a.toml").write_text('[a]\nb = "1"\n')
    (tmp_path / "xx" / "b.toml").write_text('[a]\nb = "2"\n')
    monkeypatch.setattr(module, "_FOLDER", tmp_path)
    with pytest.raises(module.TextFileError, match=r"a\.b stands in a\.toml and in b\.toml"):
        module.catalogue.__wrapped__("xx")
    (tmp_path / "xx" / "b.toml").write_text("b = 1\n")
    with pytest.raises(module.TextFileError, match="b is not text"):
        module.catalogue.__wrapped__("xx")


def test_it_is_written_in_the_letters_of_its_language() -> None:
    tajik = " ".join(texts.catalogue("tg").values())
    assert set("ғӣқӯҳҷ") <= set(tajik)
    assert not set("щцыьі") & set(re.sub(r"«[^»]*»", "", tajik).lower())


def test_it_reads_only_files_that_are_toml() -> None:
    for path in (SOURCE / "texts").rglob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8")), path
