# SPDX-License-Identifier: Apache-2.0
"""`gumruk pack new`: a folder for a country's law, in which everything is unknown and says so."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gumruk import texts
from gumruk.packs.making import NotMade, make_pack
from gumruk.packs.pack import load

REFUSED = 1


def add_command(commands: Any) -> None:
    """Add `new` to the commands of `pack`."""
    english = texts.DEFAULT_LANGUAGE
    new = commands.add_parser("new", help=texts.say(english, "pack.new.help"))
    new.add_argument("country", metavar="XX", type=str.upper, help=texts.say(english, "pack.new.country_help"))
    new.add_argument("--to", type=Path, metavar="FOLDER", help=texts.say(english, "pack.new.to_help"))
    new.add_argument("--currency", type=str.upper, default="", help=texts.say(english, "pack.new.currency_help"))
    new.add_argument("--time-zone", default="", help=texts.say(english, "pack.new.time_zone_help"))
    new.add_argument(
        "--labels",
        nargs="+",
        choices=texts.LANGUAGES,
        default=[english],
        help=texts.say(english, "pack.new.labels_help"),
    )
    new.add_argument("--json", action="store_true", help=texts.say(english, "pack.check.json_help"))
    new.add_argument(
        "--language", choices=texts.LANGUAGES, default=english, help=texts.say(english, "pack.check.language_help")
    )
    new.set_defaults(run=pack_new)


def pack_new(arguments: argparse.Namespace) -> int:
    """Make a pack: 0 when it is made and can be loaded, 1 with what is missing or cannot be written."""
    folder = arguments.to or Path(arguments.country.lower())
    try:
        made = make_pack(folder, arguments.country, arguments.currency, arguments.time_zone, arguments.labels)
    except NotMade as refusal:
        code = refusal.setting if refusal.found else f"no_{refusal.setting}"
        return _refuse(arguments, code, found=refusal.found, known=", ".join(refusal.known) or "-")
    except OSError as error:
        return _refuse(arguments, "unwritable", found=str(folder), known=error.strerror or type(error).__name__)
    pack = load(folder)
    if arguments.json:
        told = {"folder": str(folder), "country": pack.country, "currency": pack.currency, "time_zone": pack.time_zone}
        print(json.dumps({**told, "digest": pack.book.digest, "files": [path.name for path in made]}))
        return 0
    told = {"title": pack.heading.title, "folder": str(folder), "currency": pack.currency, "zone": pack.time_zone}
    print(texts.say(arguments.language, "pack.new.made", **told))
    print(texts.say(arguments.language, "pack.new.next", folder=str(folder)))
    return 0


def _refuse(arguments: argparse.Namespace, code: str, **params: str) -> int:
    print(texts.say(arguments.language, f"pack.new.refused.{code}", **params), file=sys.stderr)
    return REFUSED
