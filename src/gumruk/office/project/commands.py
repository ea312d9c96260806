# SPDX-License-Identifier: Apache-2.0
"""Sub-commands that run the application and look after the machine."""

from __future__ import annotations

import argparse
import os
from typing import Any


def add_commands(subparsers: Any) -> None:
    """Add `manage` (the other commands follow with their code)."""
    manage = subparsers.add_parser("manage", help="run a command of Django", add_help=False)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=manage_run)


def manage_run(arguments: argparse.Namespace) -> int:
    """Hand the words to Django's own command line."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.office.project.settings")
    execute_from_command_line(["gumruk manage", *arguments.words])
    return 0
