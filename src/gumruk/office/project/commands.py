# SPDX-License-Identifier: Apache-2.0
"""Sub-commands that run the application and look after the machine."""

from __future__ import annotations

import argparse
import os
from typing import Any

from gumruk.office.project import installation
from gumruk.office.project.doctor import doctor_run
from gumruk.office.project.up import say, up_run
from gumruk.texts import LANGUAGES

PORT_MAX = 65535


def add_commands(subparsers: Any) -> None:
    """Add `up`, `doctor` and `manage`."""
    up = subparsers.add_parser("up", help="start everything: database, web application, worker")
    _address_options(up)
    up.add_argument("--once", action="store_true", help="do everything but serving, print the summary, stop")
    up.add_argument("--fresh", action="store_true", help="forget the demonstration and begin again (asks first)")
    up.add_argument("--yes", action="store_true", help="with --fresh: do not ask")
    up.set_defaults(run=up_run)

    doctor = subparsers.add_parser("doctor", help="say which database is used and what is wrong with the machine")
    _address_options(doctor)
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.set_defaults(run=doctor_run)

    manage = subparsers.add_parser("manage", help="run a command of Django", add_help=False)
    manage.add_argument("--data", metavar="DIR", help="where the state lies")
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=manage_run)


def _address_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="where the state lies (default: GUMRUK_DATA, else var)")
    parser.add_argument("--language", choices=LANGUAGES, help="language of what is said (default: the terminal's)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= PORT_MAX):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {PORT_MAX}, not {text!r}")
    return int(text)


def manage_run(arguments: argparse.Namespace) -> int:
    """Hand the words to Django's own command line, with the database running."""
    data = installation.data_choose(arguments.data)
    with installation.database(data, say):
        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", installation.SETTINGS)
        execute_from_command_line(["gumruk manage", *arguments.words])
    return 0
