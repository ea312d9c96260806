# SPDX-License-Identifier: Apache-2.0
"""The `gumruk` command: one explicit list of the areas that add sub-commands to it."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper

from gumruk import __version__
from gumruk.office.project.words import RunError, tell

#: Modules with a function `add_commands(subparsers)`; each sub-command sets `run=function(arguments)`.
#: A function returns the exit status (None is 0).
COMMANDS: tuple[str, ...] = (
    "gumruk.office.project.commands",
    "gumruk.office.project.docs_command",
    "gumruk.office.accounts.commands",
    "gumruk.office.audit.commands",
    "gumruk.office.lawbook.commands",
    "gumruk.packs.commands",
    "gumruk.wire.commands",
    "gumruk.office.nomenclature.find_command",
    "gumruk.office.nomenclature.commands",
    "gumruk.office.desk.duty_command",
    "gumruk.office.desk.traveller_command",
    "gumruk.office.desk.tariff_command",
    "gumruk.office.desk.origin_command",
    "gumruk.office.desk.case_command",
    "gumruk.office.desk.tree_command",
    "gumruk.office.desk.texts_command",
    "gumruk.office.declarations.commands",
    "gumruk.office.declarations.validate_command",
    "gumruk.office.declarations.print_command",
)


def parser_build() -> argparse.ArgumentParser:
    """Return the parser with the sub-commands of all areas in `COMMANDS`."""
    parser = argparse.ArgumentParser(prog="gumruk", description="The open customs system.")
    parser.add_argument("--version", action="version", version=f"gumruk {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(name).add_commands(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    if sys.stdout is None:
        print("gumruk: the standard output is closed", file=sys.stderr)
        return 2
    _say_any_sign()
    try:
        arguments = parser_build().parse_args(argv)
        status = int(arguments.run(arguments) or 0)
        sys.stdout.flush()
    except RunError as error:
        print(f"\ngumruk: {error}\n{tell('mend', mend=error.mend)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _leave_output()
        return 141
    except OSError as error:
        # Without a file's name: what was printed could not be written, as on a full disk.
        of = "" if error.filename is None else f"{error.filename}: "
        print(f"gumruk: {of}{error.strerror or type(error).__name__}", file=sys.stderr)
        _leave_output()
        return 2
    return status


def _say_any_sign() -> None:
    """Let a name or a word that the terminal's encoding lacks be printed as its number, not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _leave_output() -> None:
    """Give up the output, so that nothing is written to it at the interpreter's end."""
    sys.stderr.flush()
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
