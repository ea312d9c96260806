# SPDX-License-Identifier: Apache-2.0
"""`gumruk tariff`: a tariff shown and checked; tariffs of others imported, compared and exported."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gumruk import packs, texts
from gumruk.law.tariff.measures import tariff_of
from gumruk.office.declarations.commands import legal_day
from gumruk.office.desk.tariff_files import add_diff, add_export, add_import, held_tariff, moment_of
from gumruk.office.desk.tariff_proposing import add_propose
from gumruk.office.desk.tariff_showing import HeldTariff, add_check, add_show


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `tariff` with its commands."""
    command = subparsers.add_parser("tariff", help=texts.say("en", "cli.tariff.help"))
    parts = command.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_show(parts, tariff_asked)
    add_check(parts, tariff_asked)
    add_export(parts, tariff_asked)
    moment = texts.say("en", "tariffs.known_at")
    parts.choices["show"].add_argument("--known-at", type=moment_of, metavar="MOMENT", help=moment)
    for part in parts.choices.values():
        part.add_argument("--tariff", type=Path, metavar="FOLDER", help=texts.say("en", "tariffs.tariff"))
        part.add_argument("--country", default="tj", help="whose law: a country code or a pack's folder (default: tj)")
        part.add_argument("--on", type=legal_day, metavar="DATE", help="the day, as 2027-01-04 (default: today)")
        part.add_argument("--production", action="store_true", help="without the values that are for training only")
    add_import(parts)
    add_diff(parts)
    add_propose(parts)


def tariff_asked(arguments: argparse.Namespace) -> HeldTariff | None:
    """The tariff of a folder, where one is named, else of a country's law; None where it cannot be read."""
    if arguments.tariff is not None:
        return held_tariff(arguments.tariff, arguments.language, arguments.on)
    return pack_tariff(arguments)


def pack_tariff(arguments: argparse.Namespace) -> HeldTariff | None:
    """The tariff of a country pack's law on the day; None where the pack has faults, which are told."""
    try:
        pack = packs.load(packs.pack_folder(arguments.country))
    except packs.PackError as error:
        for fault in error.faults:
            print(f"{fault.file}:{fault.line}: {fault.what(arguments.language)}", file=sys.stderr)
        return None
    day = arguments.on or datetime.now(UTC).astimezone(ZoneInfo(pack.time_zone)).date()
    law = pack.book.at(day, training=not arguments.production)
    return HeldTariff(law.made(tariff_of), day, law)
