# SPDX-License-Identifier: Apache-2.0
"""The cases that a lawyer can read (`tests/cases`), each against its country pack: compiled and explained alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gumruk import packs
from gumruk.packs.cases import Case, folder_of, read_cases, run_case

CASES = Path(__file__).resolve().parents[1] / "cases"
READ = {path: read_cases(path, str(path.relative_to(CASES))) for path in sorted(CASES.rglob("*.yaml"))}


@cache
def pack(folder: Path) -> packs.Pack:
    return packs.load(folder)


@pytest.mark.parametrize("path", list(READ), ids=lambda path: str(path.relative_to(CASES)))
def test_it_reads_every_file_of_cases(path: Path) -> None:
    assert [f"{fault.line}: {fault.what('en')}" for fault in READ[path].faults] == []


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=f"{case.file}:{case.line}") for read in READ.values() for case in read.cases],
)
def test_it_assesses_as_the_case_was_worked_out(case: Case) -> None:
    folder = folder_of(case, CASES / case.file)
    assert folder is not None
    misses = run_case(case, pack(folder)).misses
    told = [f"{each.place} {each.name} {each.part}: got {each.got}, expected {each.expected}" for each in misses]
    assert told == [], case.name


def test_it_has_cases_enough() -> None:
    assert sum(len(read.cases) for read in READ.values()) >= 25
