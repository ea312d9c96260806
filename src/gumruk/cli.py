# SPDX-License-Identifier: Apache-2.0
"""The `gumruk` command: one explicit list of the areas that add sub-commands to it."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

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
    "gumruk.office.declarations.commands",
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
    arguments = parser_build().parse_args(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except RunError as error:
        print(f"\ngumruk: {error}\n{tell('mend', mend=error.mend)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141
