# SPDX-License-Identifier: Apache-2.0
"""`gumruk nomenclature`: check our own labels and words, import a country's official texts, say what there is."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path

from gumruk import texts
from gumruk.office.nomenclature.finding import finder
from gumruk.office.nomenclature.official import LANGUAGE_TAG, OfficialFault, import_official, read_official
from gumruk.office.project.environment import data_folder
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.nomenclature_checks import nomenclature_counts, nomenclature_faults
from gumruk.packs.world import world

UNREADABLE, FOUND = 2, 1
FAULTS_SHOWN = 50


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `nomenclature` to the command line."""
    group = subparsers.add_parser("nomenclature", help=_say("en", "help"))
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    check = commands.add_parser("check", help=_say("en", "check_help"))
    _add_common(check)
    check.set_defaults(run=nomenclature_check)
    index = commands.add_parser("index", help=_say("en", "index_help"))
    _add_common(index)
    index.set_defaults(run=nomenclature_index)
    imported = commands.add_parser("import", help=_say("en", "import_help"))
    imported.add_argument("file", type=Path, metavar="FILE", help=_say("en", "import_file"))
    imported.add_argument(
        "--texts-in", required=True, type=_tag, metavar="LANGUAGE", help=_say("en", "import_texts_in")
    )
    imported.add_argument("--act", required=True, help=_say("en", "import_act"))
    imported.add_argument(
        "--from", dest="valid_from", required=True, type=_day, metavar="DATE", help=_say("en", "import_from")
    )
    imported.add_argument("--withdraw", action="store_true", help=_say("en", "import_withdraw"))
    _add_common(imported)
    imported.set_defaults(run=nomenclature_import)


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_say("en", "json"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)


def nomenclature_check(arguments: argparse.Namespace) -> int:
    """Print every fault and what there is: 0 no fault, 1 faults."""
    language, content, tree = arguments.language, nomenclature_content(), world().nomenclature
    faults = list(nomenclature_faults(content, tree))
    counts = nomenclature_counts(content, tree)
    if arguments.json:
        shown = [{"code": fault.code, "place": fault.place, **fault.params} for fault in faults]
        print(json.dumps({"faults": shown, "counts": counts}, ensure_ascii=False, indent=2))
        return FOUND if faults else 0
    for fault in faults[:FAULTS_SHOWN]:
        print(f"{fault.place}: {_say(language, f'fault.{fault.code}', **fault.params)}")
    if len(faults) > FAULTS_SHOWN:
        print(_say(language, "more", count=str(len(faults) - FAULTS_SHOWN)))
    for group, held in counts.items():
        print(f"{group}: " + ", ".join(f"{_say(language, f'count.{name}')} {count}" for name, count in held.items()))
    print(_say(language, "faults", count=str(len(faults))))
    return FOUND if faults else 0


def nomenclature_index(arguments: argparse.Namespace) -> int:
    """Build the search index where none of today's words is kept; the pages of a running house take it up. Gives 0."""
    started = time.monotonic()
    held = finder().index
    seconds = f"{time.monotonic() - started:.1f}"
    if arguments.json:
        print(json.dumps({"documents": len(held.documents), "digest": held.digest, "seconds": seconds}))
    else:
        print(_say(arguments.language, "indexed", count=str(len(held.documents)), seconds=seconds))
    return 0


def nomenclature_import(arguments: argparse.Namespace) -> int:
    """Take a country's official texts, all or nothing: 0 taken, 1 the file has faults, 2 it cannot be read."""
    language = arguments.language
    try:
        report = import_official(
            data_folder(),
            read_official(arguments.file),
            arguments.texts_in,
            act=arguments.act,
            valid_from=arguments.valid_from,
            withdraw=arguments.withdraw,
        )
    except OfficialFault as fault:
        print(_say(language, "refused", file=str(arguments.file)), file=sys.stderr)
        for place, code, params in fault.faults[:FAULTS_SHOWN]:
            print(f"{place}: {_say(language, f'import_fault.{code}', **params)}", file=sys.stderr)
        return FOUND
    except OSError as error:
        print(_say(language, "unreadable", file=str(arguments.file), reason=error.strerror or ""), file=sys.stderr)
        return UNREADABLE
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        print(_say(language, "imported", **{name: str(value) for name, value in report.items()}))
    return 0


def _tag(text: str) -> str:
    if not LANGUAGE_TAG.fullmatch(text):
        raise argparse.ArgumentTypeError(_say("en", "tag_wrong", given=text))
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_say("en", "day_wrong", given=text)) from None


def _say(language: str, name: str, /, **params: str) -> str:
    return texts.say(language, f"cli.nomenclature.{name}", **params)
