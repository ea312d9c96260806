# SPDX-License-Identifier: Apache-2.0
"""`gumruk nomenclature export`: the whole tree with the rates of a day as one file, without a database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gumruk import packs, texts
from gumruk.office.declarations.commands import legal_day

UNREADABLE = 2


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export` to the command `nomenclature`, which stands already: rates are the desk's, the words are not."""
    group = subparsers.choices["nomenclature"]
    parts = next(action for action in group._actions if isinstance(action, argparse._SubParsersAction))
    command = parts.add_parser("export", help=_say("en", "help"))
    command.add_argument("out", type=Path, metavar="OUT.zip", help=_say("en", "out"))
    command.add_argument("--country", default="tj", help=_say("en", "country"))
    command.add_argument("--on", type=legal_day, metavar="DATE", help=_say("en", "on"))
    command.add_argument("--production", action="store_true", help=_say("en", "production"))
    command.add_argument("--json", action="store_true", help=_say("en", "json"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.set_defaults(run=export_run)


def export_run(arguments: argparse.Namespace) -> int:
    """Write the data pack: 0 written, 2 the country's pack has faults or the file cannot be written."""
    language = arguments.language
    try:
        folder = packs.pack_folder(arguments.country)
        pack = packs.load(folder)
    except packs.PackError as error:
        for fault in error.faults:
            print(f"{fault.file}:{fault.line}: {fault.what(language)}", file=sys.stderr)
        return UNREADABLE
    os.environ["GUMRUK_COUNTRY"] = str(folder)
    from gumruk.office.desk.tree_pack import data_pack
    from gumruk.office.nomenclature.kept import kept

    day = arguments.on or datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
    made = data_pack(pack.book, day, not arguments.production, kept().texts(day, pack.country))
    half = arguments.out.with_name(arguments.out.name + ".half")
    try:
        half.write_bytes(made.content)
        half.replace(arguments.out)
    except OSError as error:
        half.unlink(missing_ok=True)
        print(_say(language, "unwritten", file=str(arguments.out), reason=error.strerror or ""), file=sys.stderr)
        return UNREADABLE
    if arguments.json:
        print(json.dumps(made.manifest, ensure_ascii=False))
    else:
        size = str(len(made.content) // 1024)
        print(_say(language, "written", file=str(arguments.out), kilobytes=size, digest=str(made.manifest["digest"])))
    return 0


def _say(language: str, name: str, /, **params: str) -> str:
    return texts.say(language, f"tree.pack.{name}", **params)
