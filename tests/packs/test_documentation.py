# SPDX-License-Identifier: Apache-2.0
"""The page about country packs says what the schema says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gumruk import packs
from gumruk.cli import main
from gumruk.law.lawbook import Status

PAGE = (Path(__file__).parents[2] / "docs" / "country-pack.md").read_text(encoding="utf-8")


def test_it_lists_the_tables_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "tables"]) == 0
    listed = PAGE.partition("compared by a test -->\n")[2].partition("<!-- end of tables -->")[0]
    assert listed == capsys.readouterr().out


def test_it_explains_every_value_and_status() -> None:
    words = set(re.findall(r"`([a-z_.]+)`", PAGE))
    keys = {entry.key for entry in packs.load(packs.pack_folder("tj")).book.entries_of("values")}
    moments = {key.removeprefix("legal_moment") for key in keys if key.startswith("legal_moment.")}
    explained = {key for key in keys if key in words} | {f"legal_moment{word}" for word in moments if word in words}
    assert keys - explained == set()
    assert set(Status) <= words


def test_its_example_is_read_as_it_stands(small: Path) -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0].replace("TJ-TC-1844-2021", "LAW-1")
    path = small / "values.toml"
    path.write_text(
        '[[values]]\nkey = "currency"\nvalue = "TJS"\ntype = "text"\nact = "LAW-1"\nstatus = "unverified"\n' + example,
        encoding="utf-8",
    )
    assert packs.check(small) == []
