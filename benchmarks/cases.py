# SPDX-License-Identifier: Apache-2.0
"""Are the worked cases good enough? Each value of a pack's law is made wrong, one at a time, and the cases are run.

Counted: how many wrong values some case finds, and of how many the message names the file and line before all others.
A wrong value that no case finds is named: nothing can rest on a procedure under which nothing is borne, nor on the
rounding of a fee whose amounts are whole.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from benchmarks.figures import Figure
from gumruk import packs
from gumruk.law.lawbook import Entry, LawBook, Scalar, Status
from gumruk.packs.cases import Case, LaterCase, ValueCase, read_cases, run_case

COUNTRY = "tj"
FOLDER = Path(__file__).resolve().parents[1] / "tests" / "cases" / COUNTRY
AnyCase = Case | ValueCase | LaterCase
#: Values that no charge, interest or relief is reckoned with.
ELSEWHERE = ("tolerance.totals",)
_COLLECT = {"payable": "secured", "secured": "relieved", "relieved": "payable", "none": "payable"}


def figures() -> Iterator[Figure]:
    """How many wrong values there were, were found, and were named first; how long it took."""
    started, pack = time.perf_counter(), packs.load(packs.pack_folder(COUNTRY))
    cases = [case for path in sorted(FOLDER.glob("*.yaml")) for case in read_cases(path).cases]
    made, found, first, lost = 0, 0, 0, list[str]()
    for entry in pack.book.entries:
        wrong = made_wrong(entry)
        if wrong is None:
            continue
        made += 1
        seen, named = judged(pack, entry, wrong, cases)
        found += seen
        first += named
        if not seen:
            lost.append(f"{entry.table} {entry.key}".strip())
    yield Figure("cases", "worked cases", len(cases), "cases", "400")
    yield Figure("cases", "values of law made wrong", made, "values")
    yield Figure(
        "cases", "wrong values that a case finds", found, "values", f"all but {', '.join(lost)}" if lost else "all"
    )
    yield Figure("cases", "wrong values whose file and line the message names first", first, "values")
    yield Figure("cases", "time", round(time.perf_counter() - started), "s")


def made_wrong(entry: Entry) -> tuple[str, Mapping[str, Scalar]] | None:
    """The column that is made wrong, and the entry's fields with it; None where there is nothing to be wrong."""
    fields = dict(entry.fields)
    changed = None if entry.status is Status.UNKNOWN or entry.key in ELSEWHERE else _changed(entry.table, fields)
    return None if changed is None else (changed[0], {**fields, changed[0]: changed[1]})


def _changed(table: str, fields: Mapping[str, Scalar]) -> tuple[str, Scalar] | None:
    duty, value, amount = (fields.get(name) for name in ("duty", "value", "amount"))
    if isinstance(duty, str):
        more = re.sub(r"[\d.]+", lambda found: str(Decimal(found[0]) + 1), duty, count=1)
        return "duty", "1%" if duty == "free" else more
    if table == "values" and isinstance(value, Decimal):
        return "value", value + (1 if value >= 1 else Decimal("0.01"))
    if table in ("fees", "exchange_rates") and isinstance(amount, Decimal):
        return "amount", amount * 2
    if table == "penalties":
        part = next(name for name in ("share", "units_per_day", "units") if isinstance(fields.get(name), Decimal))
        return part, Decimal(str(fields[part])) * 2
    if table == "relief_conditions":
        return "within_months", 1
    if table == "procedures":
        return "collect", _COLLECT[str(fields["collect"])]
    if table == "reliefs":
        return "charges", ()
    return ("rounding", "up:1") if table == "charges" and fields.get("rounding") else None


def judged(
    pack: packs.Pack, entry: Entry, wrong: tuple[str, Mapping[str, Scalar]], cases: Sequence[AnyCase]
) -> tuple[bool, bool]:
    """Whether a case finds the wrong value, and whether some message names its file and line first."""
    column, fields = wrong
    place = pack.place_of(entry, column)
    changed = replace(entry, fields=fields)
    held = replace(pack, book=LawBook(pack.country, (changed if each is entry else each for each in pack.book.entries)))
    seen = False
    for case in cases:
        for miss in run_case(case, held).misses:
            seen = True
            if miss.law and (miss.law[0].file, miss.law[0].line) == place:
                return True, True
    return seen, False
