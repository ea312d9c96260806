# SPDX-License-Identifier: Apache-2.0
"""The corpus of duty expressions: how many are read, printed and read again, and where its own reading differs."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gumruk.law.tariff.duties import Duty, DutyError, duty_node, parts_of, printed_duty, read_duty
from gumruk.law.tariff.duties import tree as t
from gumruk.law.tariff.duties.units import read_unit

#: Texts that are no duty, and why: each is refused with its place.
REFUSED = {
    ":": "no duty stands there",
    "$0.526 /L of gasoline plus": "cut off in its source",
    "$0.526 /L of diesel plus": "cut off in its source",
}
#: Where the corpus' `ast` says something else, decided from the source.
DECIDED = (
    (
        re.compile(r"for each (degree|other piece)"),
        "a rate for each unit is scaled by it; the corpus has half of it as a basis",
    ),
    (re.compile(r"jewel over 7"), "only the jewels over seven are counted: a basis, not a unit of its own"),
    (re.compile(r"объема двигателя"), "cubic centimetres of the engine's capacity, not of the goods: a basis"),
    (re.compile(r"minus \d|plus 25%"), "an addition to another rate is a sum, as where the source prints +"),
)
_QUALIFIERS = {"lactic matter": "P", "hl": "X", "net drained wt": "E", "biodiesel": "I", "dry lactic matter": "T"}
_QUALIFIERS |= {"gross": "G", "net dry": "M", "tot alc": "A"}
_COMPONENTS = {"AC": "EA", "SD": "ADSZ", "FD": "ADFM", "AC (reduced)": "EAR"}


def _corpus(reference_data: Path) -> dict[str, dict[str, str]]:
    with (reference_data / "tariff" / "duty_expressions.csv").open(encoding="utf-8") as file:
        return {row["raw"]: row for row in csv.DictReader(file)}


def _rates(duty: Duty) -> list[Duty]:
    if isinstance(duty, t.Programmes | t.Dated | t.Seasonal | t.Conditional):
        return [rate for part in parts_of(duty) for rate in _rates(part)]
    return [duty]


def _computable(duty: Duty) -> bool:
    try:
        return all(duty_node(rate) is not None for rate in _rates(duty))
    except DutyError:
        return False


@pytest.mark.reference
def test_it_reads_the_corpus_of_duty_expressions(reference_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    for text, row in _corpus(reference_data).items():
        counts["texts"] += 1
        try:
            duty = read_duty(text)
        except DutyError as error:
            counts["refused"] += 1
            assert text in REFUSED or error.code == "DUTY-11", text  # several notes in one text
            continue
        assert read_duty(printed_duty(duty)) == duty, text
        counts["read"] += 1
        counts["computable" if _computable(duty) else "refers elsewhere or bears no duty"] += 1
        if _theirs(json.loads(row["ast"])) != _ours(duty):
            counts["decided otherwise than the corpus"] += 1
            assert any(pattern.search(text) for pattern, _ in DECIDED), text
    with capsys.disabled():
        print(f"\n  duty expressions: {dict(counts)}; read {counts['read'] / counts['texts']:.2%}")
    assert counts["read"] >= Decimal("0.995") * counts["texts"]


def _theirs(ast: dict[str, Any]) -> tuple[object, ...]:  # noqa: C901 - one line a kind
    op = ast["op"]
    if op == "pct":
        return ("percent", Decimal(ast["v"]), bool(ast.get("basis")))
    if op == "spec":
        return _their_specific(ast)
    if op in ("add", "sub", "min", "max"):
        return (op, *(_theirs(part) for part in ast["a"]))
    if op == "comp":
        return (op, _COMPONENTS.get(ast["c"], ast["c"]))
    if op == "free":
        return (op, bool(ast.get("ref")))
    if op == "mul_units":
        return ("scaled", _theirs(ast["a"]))
    if op == "programs":
        listed = [(p["rate"], [c for code in p["programs"] for c in re.split(r"\s*/\s*", code)]) for p in ast["p"]]
        return (op, *((_theirs(rate), tuple(codes)) for rate, codes in listed))
    if op == "dated":
        return (op, *(_theirs(rate.get("rate", rate)) for rate in ast["rates"]))
    if op == "seasonal":
        return (op, *(Decimal(season["rate"]) for season in ast["s"]))
    if op == "cond":
        return (op, *(_their_condition(row) for row in ast["c"]))
    return ("none" if op == "nihil" else op,)


def _their_specific(ast: dict[str, Any]) -> tuple[object, ...]:
    amount, currency, per = Decimal(ast["v"]), ast["cur"], ast.get("per") or ""
    if currency == "USc":
        amount, currency = amount.scaleb(-2), "USD"
    found = read_unit("/" + per, 1) if per else None
    unit = (found[0].unit, found[0].per) if found else (per, Decimal(1))
    qualifiers = tuple(_QUALIFIERS.get(name, name) for name in ast.get("q", []))
    return ("specific", amount, currency, *unit, qualifiers, bool(ast.get("basis")))


def _their_condition(row: dict[str, Any]) -> tuple[object, ...]:
    threshold = Decimal(row["ref"]) if row["ref"] else None
    duty = _theirs(row["duty"]) if row["duty"] else None
    return (row["code"], row["cert"] or "", threshold, row["cur"] or "", row["unit"] or "", row["action"], duty)


def _ours(duty: Duty) -> tuple[object, ...]:  # noqa: C901, PLR0912 - one line a kind
    match duty:
        case t.Percent(rate, basis):
            return ("percent", rate, bool(basis))
        case t.Specific(amount, currency, unit, per, qualifiers, basis):
            return ("specific", amount, currency, unit, per, qualifiers, bool(basis))
        case t.Sum(left, right, minus):
            return ("sub" if minus else "add", _ours(left), _ours(right))
        case t.AtLeast(inner, floor):
            return ("max", _ours(inner), _ours(floor))
        case t.AtMost(inner, cap):
            return ("min", _ours(inner), _ours(cap))
        case t.Either(first, second, higher):
            return ("max" if higher else "min", _ours(first), _ours(second))
        case t.Component(code):
            return ("comp", code)
        case t.Free(under):
            return ("free", bool(under))
        case t.Scaled(inner):
            return ("scaled", _ours(inner))
        case t.Programmes(rates):
            return ("programs", *((_ours(rate.duty), rate.programmes or ("MFN",)) for rate in rates))
        case t.Dated(rates):
            return ("dated", *(_ours(rate.duty) for rate in rates))
        case t.Seasonal(seasons):
            return ("seasonal", *(season.duty.rate for season in seasons if isinstance(season.duty, t.Percent)))
        case t.Conditional(rows):
            return ("cond", *(_our_condition(row) for row in rows))
    names = {t.Reference: "ref", t.Nothing: "none", t.SupplementaryUnit: "supp", t.Threshold: "threshold"}
    return (names[type(duty)],)


def _our_condition(row: t.Condition) -> tuple[object, ...]:
    duty = _ours(row.duty) if row.duty is not None else None
    return (row.code, row.certificate, row.threshold, row.currency, row.unit, row.action, duty)
