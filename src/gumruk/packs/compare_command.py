# SPDX-License-Identifier: Apache-2.0
"""`gumruk pack compare`: what would change if one pack ran instead of another. From the files alone."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from gumruk import texts
from gumruk.law.lawbook import Scalar
from gumruk.law.lawbook.comparison import Change, Difference, compare, counted
from gumruk.packs.faults import PackError, fault_lines
from gumruk.packs.pack import load, pack_folder

DIFFERENT, UNREADABLE = 1, 2
ROWS_SHOWN = 40


def add_command(commands: Any) -> None:
    """Add `compare` to the commands of `pack`."""
    english = texts.DEFAULT_LANGUAGE
    parser = commands.add_parser("compare", help=texts.say(english, "pack.compare.help"))
    parser.add_argument("old", metavar="OLD", help=texts.say(english, "pack.check.pack_help"))
    parser.add_argument("new", metavar="NEW", help=texts.say(english, "pack.compare.new_help"))
    parser.add_argument("--json", action="store_true", help=texts.say(english, "pack.check.json_help"))
    parser.add_argument(
        "--language", choices=texts.LANGUAGES, default=english, help=texts.say(english, "pack.check.language_help")
    )
    parser.set_defaults(run=pack_compare)


def pack_compare(arguments: argparse.Namespace) -> int:
    """Compare two packs: 0 where they say the same, 1 with what differs, 2 where one cannot be loaded."""
    loaded = []
    for name in (arguments.old, arguments.new):
        try:
            loaded.append(load(pack_folder(name)))
        except PackError as error:
            print(*fault_lines(error.faults, arguments.language, name), sep="\n", file=sys.stderr)
            return UNREADABLE
    old, new = loaded
    differences = compare(old.book, new.book)
    if arguments.json:
        told = {
            "old": old.book.digest,
            "new": new.book.digest,
            "counts": {
                table: {str(change): n for change, n in row.items()} for table, row in counted(differences).items()
            },
            "changes": [_plain(one) for one in differences],
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(_lines(differences, arguments.language)))
    return DIFFERENT if differences else 0


def _plain(one: Difference) -> dict[str, object]:
    return {
        "change": str(one.change),
        "table": one.entry.table,
        "key": one.entry.key,
        "valid_from": None if one.entry.valid.first is None else one.entry.valid.first.isoformat(),
        "parts": {name: [_shown(before), _shown(after)] for name, before, after in one.parts},
    }


def _lines(differences: Sequence[Difference], language: str) -> Iterator[str]:
    if not differences:
        yield texts.say(language, "pack.compare.same")
        return
    words = {change: texts.say(language, f"lawbook.change.{change}") for change in Change}
    tables = counted(differences)
    first = max(len(name) for name in tables)
    yield "  ".join([" " * first, *words.values()])
    for table, counts in tables.items():
        cells = (str(counts[change] or "-").rjust(len(word)) for change, word in words.items())
        yield "  ".join([table.ljust(first), *cells])
    yield ""
    for one in differences[:ROWS_SHOWN]:
        since = "" if one.entry.valid.first is None else f" {one.entry.valid.first.isoformat()}"
        told = [f"{name}: {_shown(before)} -> {_shown(after)}" for name, before, after in one.parts]
        parts = "; ".join(told or [f"{name}: {_shown(value)}" for name, value in one.entry.fields.items()])
        yield f"{words[one.change]}: {one.entry.table} {one.entry.key or '-'}{since}  {parts}"
    if len(differences) > ROWS_SHOWN:
        yield texts.say(language, "pack.compare.not_shown", count=len(differences) - ROWS_SHOWN)


def _shown(value: Scalar) -> str:
    if value is None:
        return "-"
    return " ".join(value) if isinstance(value, tuple) else str(value)
