# SPDX-License-Identifier: Apache-2.0
"""`gumruk pack`: check a pack (its faults, or what its values are worth), make one, compare two, list the tables."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence

from gumruk import texts
from gumruk.law.lawbook import Status
from gumruk.packs import compare_command, new_command
from gumruk.packs.description import tables_described
from gumruk.packs.faults import Fault, PackError, fault_lines
from gumruk.packs.pack import Pack, load, pack_folder
from gumruk.packs.warnings import pack_warnings

FAULTS_SHOWN = 50


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `pack` to the command line."""
    english = texts.DEFAULT_LANGUAGE
    group = subparsers.add_parser("pack", help=texts.say(english, "pack.check.help"))
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    check = commands.add_parser("check", help=texts.say(english, "pack.check.check_help"))
    check.add_argument("pack", help=texts.say(english, "pack.check.pack_help"))
    check.add_argument("--json", action="store_true", help=texts.say(english, "pack.check.json_help"))
    check.add_argument(
        "--language",
        choices=texts.LANGUAGES,
        default=english,
        help=texts.say(english, "pack.check.language_help"),
    )
    check.set_defaults(run=pack_check)
    new_command.add_command(commands)
    compare_command.add_command(commands)
    tables = commands.add_parser("tables", help=texts.say(english, "pack.check.tables_help"))
    tables.set_defaults(run=pack_tables)


def pack_check(arguments: argparse.Namespace) -> int:
    """Check one pack: 0 where it can be loaded, 1 with its faults, 2 where there is none."""
    try:
        pack = load(pack_folder(arguments.pack))
    except PackError as error:
        _print_faults(error.faults, arguments.language, as_json=arguments.json)
        return 2 if any(fault.code == "no_folder" for fault in error.faults) else 1
    if arguments.json:
        print(json.dumps(_summary(pack, arguments.language), ensure_ascii=False, indent=2))
    else:
        sys.stdout.write("\n".join([*_table(pack, arguments.language), ""]))
    return 0


def pack_tables(arguments: argparse.Namespace) -> int:
    """Print which tables a pack has, as `docs/country-pack.md` holds them."""
    sys.stdout.write(tables_described())
    return 0


def statuses(pack: Pack) -> dict[str, dict[str, int]]:
    """How many entries of each table have which status."""
    counts: dict[str, Counter[str]] = {table: Counter() for table in pack.book.tables}
    for entry in pack.book.entries:
        counts[entry.table][entry.status.value] += 1
    return {table: {status.value: found[status.value] for status in Status} for table, found in counts.items()}


def _summary(pack: Pack, language: str) -> dict[str, object]:
    tables = statuses(pack)
    return {
        "country": pack.country,
        "title": pack.heading.title,
        "version": pack.heading.version,
        "digest": pack.book.digest,
        "faults": [],
        "warnings": [_plain(warning, language) for warning in pack_warnings(pack)],
        "forms": {form.id: form.status.value for form in pack.forms.values()},
        "letters": {letter.id: letter.status.value for letter in pack.letters.values()},
        "tables": tables,
        "total": {status.value: sum(found[status.value] for found in tables.values()) for status in Status},
    }


def _table(pack: Pack, language: str) -> list[str]:
    """Tables down, statuses across."""

    def say(key: str, **params: str) -> str:
        return texts.say(language, f"pack.check.{key}", **params)

    heads = [say(status.value) for status in Status] + [say("all")]
    tables = statuses(pack)
    rows = [(table, [*found.values(), sum(found.values())]) for table, found in tables.items()]
    rows.append((say("all"), [sum(numbers) for numbers in zip(*(numbers for _, numbers in rows), strict=True)]))
    first = max(len(say("table")), *(len(name) for name, _ in rows))
    widths = [max(len(head), 6) for head in heads]
    lines = [
        say("title", country=pack.country, title=pack.heading.title, version=pack.heading.version),
        say("digest", digest=pack.book.digest),
        "",
        _line(say("table"), heads, first, widths),
        *(_line(name, [str(number or "-") for number in numbers], first, widths) for name, numbers in rows),
    ]
    if pack.forms:
        forms = ", ".join(f"{form.id} ({say(form.status.value)})" for form in pack.forms.values())
        lines += ["", say("forms", forms=forms)]
    letters = ", ".join(f"{letter.id} ({say(letter.status.value)})" for letter in pack.letters.values())
    lines += ["", say("letters", letters=letters)]
    if warnings := pack_warnings(pack):
        lines += ["", say("warnings", count=str(len(warnings))), *fault_lines(warnings, language)]
    if not any(found[Status.VERIFIED.value] for found in tables.values()):
        lines += ["", say("nothing_verified")]
    return lines


def _line(name: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> str:
    right = (cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "  ".join([name.ljust(first), *right])


def _plain(fault: Fault, language: str) -> dict[str, object]:
    return {
        "file": fault.file,
        "line": fault.line,
        "code": fault.code,
        "params": dict(fault.params),
        "what": fault.what(language),
        "mend": fault.mend(language),
    }


def _print_faults(faults: Sequence[Fault], language: str, *, as_json: bool) -> None:
    if as_json:
        found = [_plain(fault, language) for fault in faults]
        print(json.dumps({"faults": found}, ensure_ascii=False, indent=2))
        return
    print(*fault_lines(faults[:FAULTS_SHOWN], language), sep="\n")
    if len(faults) > FAULTS_SHOWN:
        print(texts.say(language, "pack.check.not_shown", count=len(faults) - FAULTS_SHOWN))
    print(texts.say(language, "pack.check.faults", count=len(faults)))
