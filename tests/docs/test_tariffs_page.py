# SPDX-License-Identifier: Apache-2.0
"""The page on tariffs: its commands give what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gumruk.cli import main
from gumruk.wire.tariffs import TARIFF_FORMATS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tariffs.md"
TEXT = PAGE.read_text(encoding="utf-8")
TABLES = re.findall(r"`([\w-]+\.csv)`:[^`]*?\n\n```csv\n(.*?)```", TEXT, re.DOTALL)
#: Commands that end with 1: a refused file, and a table that cannot hold everything.
UNFIT = ("wrong.csv", "ours.csv")
WRONG = "code,duty\n080910,5%\n08O910,5%\n"


def examples() -> list[tuple[str, str]]:
    """Each command of the page with what it prints."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed))
    return found


def test_it_runs_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, table in (*TABLES, ("wrong.csv", WRONG)):
        Path(name).write_text(table, encoding="utf-8")
    commands = examples()
    assert len(commands) == 11
    for command, printed in commands:
        arguments = command.removeprefix("./run gumruk ").split()
        limit = ["--limit", "1"] if "import" in arguments else []
        status = main([*arguments, *limit])
        told = capsys.readouterr()
        assert (told.out + told.err, status) == (printed, int(any(name in command for name in UNFIT))), command


def test_it_names_every_format() -> None:
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", TEXT, re.MULTILINE) == list(TARIFF_FORMATS)
