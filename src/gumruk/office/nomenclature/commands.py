# SPDX-License-Identifier: Apache-2.0
"""`gumruk nomenclature`: check our own labels and words, build the index, list a country's official texts."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from typing import TYPE_CHECKING, Any

from gumruk import texts
from gumruk.office.nomenclature.finding import finder
from gumruk.packs.nomenclature import nomenclature_content
from gumruk.packs.nomenclature_checks import nomenclature_counts, nomenclature_faults
from gumruk.packs.world import world

if TYPE_CHECKING:
    from gumruk.office.nomenclature.editions import Edition
    from gumruk.office.nomenclature.models import TextEdition

FOUND = 1
FAULTS_SHOWN = 50
YEARS = (1000, 2999)


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `nomenclature` to the command line."""
    group = subparsers.add_parser("nomenclature", help=_say("en", "help"))
    commands = group.add_subparsers(metavar="COMMAND", required=True)
    check = commands.add_parser("check", help=_say("en", "check_help"))
    _add_common(check)
    check.set_defaults(run=nomenclature_check)
    index = commands.add_parser("index", help=_say("en", "index_help"))
    index.add_argument("--data", metavar="DIR", help=_say("en", "data"))
    _add_common(index)
    index.set_defaults(run=nomenclature_index)
    listing = commands.add_parser("texts", help=_say("en", "texts_help"))
    listing.add_argument("--on", type=legal_day_read, metavar="DATE", help=_say("en", "texts_on"))
    listing.add_argument("--data", metavar="DIR", help=_say("en", "data"))
    _add_common(listing)
    listing.set_defaults(run=nomenclature_texts)


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
    """Build the search index where none of today's words is kept; the pages of a running house take it up. Gives 0.

    In an installation the official texts are those that hold today, without one those that the search knew last.
    """
    started = time.monotonic()
    from gumruk.office.project import installation

    if installation.is_there(arguments.data):
        with installation.opened(arguments.data):
            from gumruk.office.nomenclature.renewing import index_of_today

            held = index_of_today()
    else:
        held = finder().index
    seconds = f"{time.monotonic() - started:.1f}"
    if arguments.json:
        print(json.dumps({"documents": len(held.documents), "digest": held.digest, "seconds": seconds}))
    else:
        print(_say(arguments.language, "indexed", count=str(len(held.documents)), seconds=seconds))
    return 0


def nomenclature_texts(arguments: argparse.Namespace) -> int:
    """List every edition that was imported, also withdrawn ones; with `--on` those that hold on a day. Gives 0."""
    from gumruk.office.project import installation

    with installation.opened(arguments.data):
        from gumruk.office.nomenclature.edition_queries import editions_all, editions_standing

        stored = list(editions_all())
        held = {
            each.number: each
            for country in {each.country for each in stored}
            for each in editions_standing(country)
            if arguments.on is None or arguments.on in each.valid
        }
    shown = [_listed(each, held.get(each.number)) for each in stored if arguments.on is None or each.number in held]
    if arguments.json:
        print(json.dumps({"editions": shown}, ensure_ascii=False))
        return 0
    for row in shown:
        days = days_shown(row["from"], row["to"])
        head = f"{row['number']:>4}  {row['country']} {row['language']:<3}  {days}"
        print(f"{head}  {_say(arguments.language, 'texts_lines', count=str(row['lines']))}  {row['act']}")
        if row["withdrawn"]:
            said = {"reason": row["withdrawn"]["reason"], "day": row["withdrawn"]["at"][:10]}
            print(f"      {_say(arguments.language, 'texts_withdrawn', **said)}")
    if not shown:
        print(_say(arguments.language, "texts_none"))
    return 0


def legal_day_read(text: str) -> date:
    """A day given on the command line. Raises ArgumentTypeError: no day, or none that law is asked for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_say("en", "day_wrong", given=text)) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise argparse.ArgumentTypeError(_say("en", "day_wrong", given=text))
    return day


def days_shown(first: str, last: str | None) -> str:
    """A period as it is printed; one without an end has none."""
    return f"{first}..{last or ''}"


def _listed(stored: TextEdition, held: Edition | None) -> dict[str, Any]:
    """An edition as it is listed; the days are those on which it really holds, of a withdrawn one its own."""
    last = held.valid.last if held else stored.valid_to
    return {
        "number": stored.number,
        "country": stored.country,
        "language": stored.language,
        "act": stored.act,
        "from": stored.valid_from.isoformat(),
        "to": last.isoformat() if last else None,
        "lines": stored.lines,
        "file": stored.file,
        "imported_at": stored.imported_at.isoformat(),
        "withdrawn": None
        if stored.withdrawn_at is None
        else {"at": stored.withdrawn_at.isoformat(), "reason": stored.reason},
    }


def _say(language: str, name: str, /, **params: str) -> str:
    return texts.say(language, f"cli.nomenclature.{name}", **params)
