# SPDX-License-Identifier: Apache-2.0
"""`./run check`: all checks of the code, each of which blocks. Prints what it runs and how long it took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff check", ("ruff", "check", "--quiet", "--output-format", "concise", ".")),
    ("ruff format", ("ruff", "format", "--check", "--quiet", ".")),
    ("mypy --strict", ("mypy", "--no-error-summary")),
    ("import contracts", ("lint-imports", "--no-logo")),
    ("deptry", ("deptry", "src", "--no-ansi")),
    ("djlint", ("djlint", "src", "--lint", "--quiet")),
    ("generated documents", (PYTHON, "-m", "gumruk", "docs", "--check")),
    ("migrations", (PYTHON, "-m", "gumruk", "manage", "makemigrations", "--check", "--dry-run")),
)
"""What is checked: its name and its command."""


def main(words: list[str]) -> int:
    """Run the checks whose name contains one of the words (all without words); returns 1 if one failed."""
    chosen = [(name, command) for name, command in CHECKS if not words or any(word in name for word in words)]
    if not chosen:
        print(f"no check has {' or '.join(words)} in its name; there are: {', '.join(name for name, _ in CHECKS)}")
        return 2
    failed = [name for name, command in chosen if not passes(name, command)]
    print(f"{len(chosen) - len(failed)} passed, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check; what it says is shown only when it fails."""
    print(f"{name:<22}", end="", flush=True)
    started = time.monotonic()
    program = command[0] if command[0] == PYTHON else str(PROGRAMS / command[0])
    environment = {**os.environ, "GUMRUK_DATA": str(ROOT / "var" / "test"), "COLUMNS": "160"}
    done = subprocess.run(
        [program, *command[1:]],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    print(f"{'ok' if good else 'FAILED':<7}{time.monotonic() - started:5.1f} s", flush=True)
    if not good:
        print(f"  $ {Path(program).name} {' '.join(command[1:])}\n{done.stdout.rstrip()}\n", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
