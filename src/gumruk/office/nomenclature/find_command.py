# SPDX-License-Identifier: Apache-2.0
"""`gumruk find`: the code of goods from the words that people use."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gumruk import texts
from gumruk.office.nomenclature.finding import finder, index_stands
from gumruk.office.nomenclature.kept import kept
from gumruk.office.nomenclature.telling import LETTERS_MAX, found_shown
from gumruk.office.project.environment import time_zone
from gumruk.search.finder import Kind

UNREADABLE, NOT_FOUND = 2, 1


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `find` to the command line."""
    command = subparsers.add_parser("find", help=_say("en", "help"))
    command.add_argument("text", nargs="?", help=_say("en", "text"))
    command.add_argument("--file", type=Path, help=_say("en", "file"))
    command.add_argument("-n", dest="limit", type=_limit, default=10, metavar="N", help=_say("en", "limit"))
    command.add_argument("--json", action="store_true", help=_say("en", "json"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.set_defaults(run=find_run)


def find_run(arguments: argparse.Namespace) -> int:
    """Answer one text, or one a line as JSON: 0 something was found, 1 nothing was, 2 the file cannot be read."""
    if (arguments.text is None) == (arguments.file is None):
        print(_say(arguments.language, "one_of"), file=sys.stderr)
        return UNREADABLE
    if not index_stands():
        print(_say(arguments.language, "building"), file=sys.stderr, flush=True)
    if arguments.file is not None:
        return _file(arguments)
    told = _answer(arguments.text, arguments)
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(*_lines(told, arguments.language), sep="\n")
    return NOT_FOUND if told["kind"] in (Kind.NOTHING, Kind.EMPTY) else 0


def _file(arguments: argparse.Namespace) -> int:
    """One JSON object a line for each line that holds a text."""
    try:
        lines = arguments.file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        print(_say(arguments.language, "unreadable", file=str(arguments.file), reason=reason), file=sys.stderr)
        return UNREADABLE
    for line in lines:
        if line.strip():
            print(json.dumps(_answer(line.strip(), arguments), ensure_ascii=False), flush=True)
    return 0


def _answer(text: str, arguments: argparse.Namespace) -> dict[str, Any]:
    found = finder().find(text[:LETTERS_MAX], arguments.limit)
    return found_shown(found, arguments.language, official=kept().texts(_today()))


def _today() -> date:
    """The civil date in this installation's country."""
    zone = ZoneInfo(time_zone(os.environ.get("GUMRUK_COUNTRY", "tj")))
    return datetime.now(UTC).astimezone(zone).date()


def _lines(told: dict[str, Any], language: str) -> Iterator[str]:
    yield told["message"]
    for wrong, right in told["corrected"].items():
        yield "  " + _say(language, "corrected", wrong=wrong, right=right)
    if told["unknown"] and told["kind"] == Kind.WORDS:
        yield "  " + _say(language, "unknown", words=", ".join(told["unknown"]))
    for result in told["results"]:
        yield f"{result['printed']:<9} {result['likelihood_words']}: {result['label']}"
        yield " " * 10 + " > ".join(f"{level['code']} {level['label']}" for level in result["path"][1:-1])
        for reason in result["reasons"][:1]:
            yield " " * 10 + reason
    for facet in told["facets"]:
        yield f"{facet['code']:<9} {facet['label']}"
    if told["question"]:
        yield _say(language, "asks", question=told["question"]["text"])
        for answer in told["question"]["answers"]:
            yield f"  - {answer['text']}"
    if told["results"]:
        yield _say(language, "help_only")


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(_say("en", "limit_wrong", given=text))
    return int(text)


def _say(language: str, name: str, **params: str) -> str:
    return texts.say(language, f"cli.find.{name}", **params)
