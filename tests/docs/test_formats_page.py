# SPDX-License-Identifier: Apache-2.0
"""The page on formats names the formats that there are."""

from __future__ import annotations

from pathlib import Path

from gumruk import wire

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "README.md"


def test_it_names_every_format_and_no_other():
    rows = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    first = rows[: len(wire.FORMATS)]
    assert [row[0].strip("| `") for row in first] == list(wire.FORMATS)
    assert all(row[2:4] == ["yes", "yes"] for row in first)
    for row in first:
        link = row[5].rpartition("(")[2].partition(")")[0]
        assert (PAGE.parent / link).exists()
