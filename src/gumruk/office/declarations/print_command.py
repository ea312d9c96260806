# SPDX-License-Identifier: Apache-2.0
"""`gumruk print`: a declaration on its form, from a message and a country pack. No database is needed."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gumruk import texts, wire
from gumruk.law.assessment import Assessment, assess
from gumruk.law.declarations import Reading, goods_facts, read_declaration
from gumruk.law.lawbook import Legal, Moments
from gumruk.office.declarations.command_inputs import pack_given
from gumruk.office.declarations.commands import legal_day
from gumruk.office.declarations.form_filling import DeclarationFilling
from gumruk.office.declarations.form_head import form_head, watermark
from gumruk.office.documents.press import form_press
from gumruk.wire.results import write_whole
from gumruk.wire.sources import one_of
from gumruk.wire.telling import finding_lines, printable

UNREAD = 2


def add_commands(subparsers: Any) -> None:
    """Add `print`."""
    command = subparsers.add_parser("print", help=_say("en", "help"))
    command.add_argument("file", metavar="FILE", type=Path, help=_say("en", "file_help"))
    command.add_argument("--form", default="declaration", help=_say("en", "form_help"))
    command.add_argument("--country", default="tj", help=_say("en", "country_help"))
    command.add_argument("--language", choices=texts.LANGUAGES, default=texts.DEFAULT_LANGUAGE)
    command.add_argument("--on", type=legal_day, metavar="DATE", help=_say("en", "on_help"))
    command.add_argument("--production", action="store_true", help=_say("en", "production_help"))
    command.add_argument("--out", type=Path, metavar="PDF", help=_say("en", "out_help"))
    command.set_defaults(run=print_run)


def print_run(arguments: argparse.Namespace) -> int:
    """Print one declaration: 0 written, 2 it, the pack or the form cannot be had."""
    language = arguments.language
    pack = pack_given(arguments.country, language)
    if pack is None:
        return UNREAD
    try:
        declaration = wire.read(one_of(arguments.file), arguments.file.name).declaration
    except wire.WireError as error:
        print(printable(str(arguments.file)), *finding_lines(error.findings, language), sep="\n", file=sys.stderr)
        return UNREAD
    form = pack.forms.get(arguments.form)
    if form is None or form.id not in _FORMS:
        known = ", ".join(name for name in _FORMS if name in pack.forms)
        print(_say(language, "no_form", form=arguments.form, known=known), file=sys.stderr)
        return UNREAD
    moment = datetime.now(UTC)
    day = arguments.on or moment.astimezone(ZoneInfo(pack.time_zone)).date()
    legal = Legal(pack.book, Moments(day, day), training=not arguments.production)
    reading = read_declaration(declaration)
    filling = DeclarationFilling(form.id, language, pack, reading, _assessed(reading, legal))
    number = declaration.functional_reference_id or arguments.file.stem
    head = form_head(form.id, language, pack.country, number, moment, training=legal.training)
    content, sheets = form_press(
        form, filling, language, head=head, watermark=watermark(form, language, legal.training)
    )
    name = f"{arguments.file.stem}-{form.id}.pdf"
    out = arguments.out or arguments.file.with_name(name)
    if os.path.isdir(out):
        out = out / name
    try:
        write_whole(out, content)
    except OSError as error:
        said = texts.say(language, "wire.convert_unwritable", file=str(out), reason=error.strerror or "-")
        print(printable(said), file=sys.stderr)
        return UNREAD
    print(_say(language, "written", path=str(out), sheets=sheets))
    return 0


#: The forms that a message alone can fill.
_FORMS = ("declaration", "valuation")


def _assessed(reading: Reading, legal: Legal) -> Assessment | None:
    """What would be charged on the day; None for goods that cannot be assessed as they were declared."""
    try:
        return assess(goods_facts(reading), legal)
    except ValueError:
        return None


def _say(language: str, name: str, **params: object) -> str:
    return texts.say(language, f"print.{name}", **params)
