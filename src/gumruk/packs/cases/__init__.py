# SPDX-License-Identifier: Apache-2.0
"""Worked cases that a lawyer reads and writes: read from YAML, run against a country pack."""

from __future__ import annotations

from gumruk.packs.cases.known import unknown_names
from gumruk.packs.cases.model import Case, Expected, LaterCase, ValueCase, Worked
from gumruk.packs.cases.reading import CaseFile, read_cases
from gumruk.packs.cases.running import LawPlace, Miss, Outcome, first_misses, folder_of, no_pack, run_case

__all__ = [
    "Case",
    "CaseFile",
    "Expected",
    "LaterCase",
    "LawPlace",
    "Miss",
    "Outcome",
    "ValueCase",
    "Worked",
    "first_misses",
    "folder_of",
    "no_pack",
    "read_cases",
    "run_case",
    "unknown_names",
]
