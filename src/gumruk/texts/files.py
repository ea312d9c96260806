# SPDX-License-Identifier: Apache-2.0
"""Reads the text files once and answers by language and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "ru", "tg")
DEFAULT_LANGUAGE = "en"
PLURAL_FORMS = ("one", "few", "many", "other")

_FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_mode = {"strict": False}


class MissingText(LookupError):
    """A key, or a parameter that its text needs, is missing. Raised in strict mode only."""


class TextFileError(ValueError):
    """A text file is broken: not TOML, a value that is not text, or a key that another file has too."""


def strict(on: bool) -> None:
    """Say whether a missing text raises `MissingText` (tests) or falls back to English, then to the key."""
    _mode["strict"] = on


def languages() -> tuple[str, ...]:
    """The languages that texts are written in, the default first."""
    return LANGUAGES


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of one language by key. Raises `TextFileError` for a broken file or a key given twice."""
    texts: dict[str, str] = {}
    origin: dict[str, str] = {}
    for path in sorted((_FOLDER / language).glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise TextFileError(f"{language}/{path.name}: {error}") from error
        for key, text in _flat(tables, language + "/" + path.name):
            if key in texts:
                raise TextFileError(f"{key} stands in {origin[key]} and in {path.name} of {language}")
            texts[key] = text
            origin[key] = path.name
    return MappingProxyType(texts)


def find(language: str, key: str) -> str | None:
    """The raw text under this key in this very language, placeholders and all; None where there is none."""
    return catalogue(language).get(key)


def say(language: str, key: str, /, **params: object) -> str:
    """The text under this key with its placeholders filled.

    Without a text the English one is taken, then the key itself; in strict mode `MissingText` is raised.
    A parameter that the text does not use is ignored; one that is missing stays readable as `{name}`.
    """
    text = find(language, key) if language in LANGUAGES else None
    if text is None:
        if _mode["strict"]:
            raise MissingText(f"{language}: no text {key!r}")
        text = find(DEFAULT_LANGUAGE, key)
    return key if text is None else _fill(text, key, params)


def count(language: str, key: str, number: int, /, **params: object) -> str:
    """The text for this many things; `{n}` in it stands for the number.

    Looks up `key.one`, `key.few`, `key.many` or `key.other` by the plural rule of the language.
    """
    form = plural_form(language, number)
    return say(language, f"{key}.{form}", n=number, **params)


def plural_form(language: str, number: int) -> str:
    """Which plural form a whole number takes: Russian has one, few and many; Tajik one form for all."""
    if language == "ru":
        tens, units = abs(number) % 100, abs(number) % 10
        if units == 1 and tens != 11:
            return "one"
        return "few" if 2 <= units <= 4 and not 12 <= tens <= 14 else "many"
    if language == "tg":
        return "other"
    return "one" if abs(number) == 1 else "other"


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders in a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def _fill(text: str, key: str, params: Mapping[str, object]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in params:
            return str(params[name])
        if _mode["strict"]:
            raise MissingText(f"{key!r} needs the parameter {name!r}")
        return match.group(0)

    return _PLACEHOLDER.sub(value, text)


def _flat(tables: Mapping[str, object], where: str, path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tables.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, Mapping):
            yield from _flat(value, where, key)
        else:
            raise TextFileError(f"{where}: {key} is not text")
