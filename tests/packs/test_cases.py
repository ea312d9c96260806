# SPDX-License-Identifier: Apache-2.0
"""The cases that a lawyer can read (`tests/cases`), each against its country pack: compiled and explained alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from benchmarks.cases import judged, made_wrong

from gumruk import packs
from gumruk.law.assessment import assess
from gumruk.law.lawbook import Entry, LawBook, Legal, Moment, Status
from gumruk.packs.cases import Case, ValueCase, folder_of, read_cases, run_case

CASES = Path(__file__).resolve().parents[1] / "cases"
#: Where the rates of exchange that were invented for training begin.
LONG_AGO = date(2022, 1, 1)
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
def test_it_assesses_as_the_case_was_worked_out(case: Case | ValueCase) -> None:
    folder = folder_of(case, CASES / case.file)
    assert folder is not None
    misses = run_case(case, pack(folder)).misses
    told = [f"{each.place} {each.name} {each.part}: got {each.got}, expected {each.expected}" for each in misses]
    assert told == [], case.name


def test_it_has_cases_enough() -> None:
    assert sum(len(read.cases) for read in READ.values()) >= 600


#: The law of Tajikistan that a charge can rest on; of the rest no charge speaks.
BEARING = ("charges", "tariff", "excise", "reliefs", "procedures", "fees", "exchange_rates", "preferences")
RATES = ("vat.rate", "export_duty.rate", "fee.outside_hours_factor", "fee.per_hour")
#: What has days that begin or end a rate; each such day is the day of a case.
DATED = ("exchange_rates", "excise", "reliefs")


def tajik() -> list[Case]:
    found = (case for path, read in READ.items() if path.parent.name == "tj" for case in read.cases)
    return [case for case in found if isinstance(case, Case)]


def test_its_cases_use_every_law_that_a_charge_rests_on() -> None:
    book = pack(packs.pack_folder("tj")).book
    used: set[object] = set()
    for case in tajik():
        legal = Legal(book, case.moments, training=case.training)
        found = assess(case.facts, legal)
        # A procedure under which nothing is borne leaves no line: its effect is that there is none.
        procedures = (legal.of("registration").find("procedures", item.procedure) for item in case.facts.items)
        lines = (entry for line in found.lines for entry in line.entries)
        used.update(row(entry) for entry in (*procedures, *lines, *found.valued_by) if entry is not None)
    known = [entry for entry in book.entries if entry.table in BEARING or entry.key in RATES]
    assert [row(entry) for entry in known if row(entry) not in used and given(entry)] == []


def row(entry: Entry) -> object:
    return entry.table, entry.key, entry.valid, entry.status


def given(entry: Entry) -> bool:
    """Whether the law has a value there, and the training twin does not stand in its place."""
    return entry.status is not Status.UNKNOWN


def test_its_cases_stand_on_both_sides_of_every_day_on_which_a_rate_changes() -> None:
    book = pack(packs.pack_folder("tj")).book
    days = {(case.facts.items[0].price.currency, case.moments.day_of(Moment.ACCEPTANCE)) for case in tajik()}
    missing = []
    for entry in book.entries:
        if (entry.table not in DATED and entry.key != "vat.rate") or not given(entry):
            continue
        for edge in (entry.valid.first, entry.valid.last):
            asked = [day for currency, day in days if entry.table != "exchange_rates" or currency == entry.key]
            if edge is not None and edge > LONG_AGO and edge not in asked:
                missing.append(f"{entry.table} {entry.key} {edge}")
    assert missing == []


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("tariff", "0902"),
        ("tariff", "39"),
        ("excise", "2203"),
        ("preferences", "CISFTA"),
        ("exchange_rates", "GBP"),
        ("values", "vat.rate"),
        ("values", "interest.rate_per_day"),
        ("values", "temporary.share_per_month"),
        ("values", "collection.least"),
        ("fees", "3"),
        ("procedures", "51"),
        ("reliefs", "HUM"),
        ("reliefs", "RET"),
        ("flat_rates", "carried"),
        ("penalties", "late_declaration"),
        ("penalties", "unpaid_duty"),
        ("values", "fee.per_hour"),
        ("charges", "2010"),
    ],
)
def test_a_value_that_is_wrong_is_found_and_its_line_named_first(table: str, key: str) -> None:
    tj = pack(packs.pack_folder("tj"))
    entry = next(each for each in tj.book.entries if (each.table, each.key) == (table, key) and given(each))
    wrong = made_wrong(entry)
    assert wrong is not None
    found = [case for path, read in READ.items() if path.parent.name == "tj" for case in read.cases]
    assert judged(tj, entry, wrong, found) == (True, True)


@pytest.mark.parametrize(("table", "key"), [("relief_conditions", "RET"), ("values", "calculation_unit")])
def test_a_value_that_another_stands_before_is_found_and_named(table: str, key: str) -> None:
    tj = pack(packs.pack_folder("tj"))
    entry = next(each for each in tj.book.entries if (each.table, each.key) == (table, key) and given(each))
    column, fields = made_wrong(entry) or ("", {})
    book = LawBook(tj.country, (replace(each, fields=fields) if each is entry else each for each in tj.book.entries))
    cases = [case for path, read in READ.items() if path.parent.name == "tj" for case in read.cases]
    misses = [miss for case in cases for miss in run_case(case, replace(tj, book=book)).misses]
    named = {(place.table, place.key, place.column) for miss in misses for place in miss.law}
    assert (table, key, column) in named
