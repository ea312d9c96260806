# SPDX-License-Identifier: Apache-2.0
"""Files of worked cases with mistakes: each is refused with its line and a mend; a miss names where the two part."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumruk import packs
from gumruk.packs.cases import folder_of, read_cases, run_case

CASE = """\
- case: Oranges
  country: tj
  law: training
  day: 2026-12-15
  working: 5 % of 1 000.00; VAT 14 % of 1 050.00
  items:
    - {code: 0805100000, price: 1 000.00 TJS, origin: UZ, procedure: 40}
  expect:
    1: {value: 1000, import_duty: 50, vat: 147}
    whole: {clearance_fee: 50, total: 247}
"""
TABLE = """\
country: tj
law: training
day: 2026-12-15
cases:
  - table: Oranges
    item: {price: 1000.00 TJS, origin: UZ, procedure: 40}
    rows: |
      code       || import_duty | vat || because
      # a line that says nothing
      0805100000 || 50          | 147 || 5 %
"""
VALUE = """\
- value: A price
  country: tj
  law: WTO Valuation Agreement, article 1
  day: 2026-12-15
  working: as it stands
  sale: {price: 1000.00 TJS, term: CIF, sold_for_export: yes, restrictions: no, conditions: no, proceeds: no,
    related: no}
  costs:
    - {element: packing, amount: 5.00 TJS}
  expect:
    method: 1
    value: 1005.00
"""


def faults(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    (tmp_path / "cases.yaml").write_text(text, encoding="utf-8")
    found = read_cases(tmp_path / "cases.yaml").faults
    assert all(fault.what(language) and fault.mend(language) for fault in found for language in ("en", "ru", "tg"))
    return [(fault.line, fault.code) for fault in found]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("", "", 0, ""),
        ("price:", "prise:", 7, "key"),
        ("day: 2026-12-15", "day: 15 December", 4, "value"),
        ("day: 2026-12-15", "", 1, "missing"),
        ("law: training", "", 1, "missing"),
        ("working: 5 %", "# 5 %", 1, "missing"),
        ("code: 0805100000", "code: oranges", 7, "value"),
        ("1 000.00 TJS", "1 000.00", 7, "value"),
        ("1 000.00 TJS", "NaN TJS", 7, "value"),
        ("vat: 147", "vat: a lot", 9, "value"),
        ("vat: 147", "vat: 147, vat: 148", 9, "twice"),
        ("vat: 147", "vat: {paid: 147}", 9, "key"),
        ("    1: {", "    2: {", 9, "key"),
        ("procedure: 40", "procedure: [40]", 7, "shape"),
        ("  items:\n    - {", "  items: {", 6, "shape"),
        ("country: tj", "country: tj\n  mode: exact", 3, "value"),
        ("country: tj", "country: tj\n  outside_hours: at night", 3, "value"),
        ("case: Oranges", "case: &name Oranges\n  law: *name", 2, "reference"),
        ("- case: Oranges", "- case: [Oranges", 2, "yaml"),
        ("  country", "\tcountry", 2, "yaml"),
    ],
)
def test_it_names_a_mistake_by_its_line(tmp_path: Path, old: str, new: str, line: int, code: str) -> None:
    assert faults(tmp_path, CASE.replace(old, new, 1)) == ([(line, code)] if code else [])


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("", "", 0, ""),
        ("rows: |", "rows: >", 7, "rows"),
        ("      0805100000 || 50          | 147 || 5 %\n", "", 7, "rows"),
        ("|| 50          |", "|| 50          | 3 |", 10, "cells"),
        ("147 || 5 %", "147", 10, "cells"),
        ("code       ||", "goods      ||", 8, "column"),
        ("| vat ||", "| vat.paid ||", 8, "column"),
        ("0805100000", "oranges", 10, "value"),
        ("cases:", "case:", 4, "key"),
        ("147 || 5 %", "147 ||", 10, "missing"),
    ],
)
def test_it_names_a_mistake_of_a_table_by_its_line(tmp_path: Path, old: str, new: str, line: int, code: str) -> None:
    assert faults(tmp_path, TABLE.replace(old, new, 1)) == ([(line, code)] if code else [])


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("", "", 0, ""),
        ("term: CIF", "term: CIFF", 6, "value"),
        ("related: no", "related: perhaps", 7, "value"),
        ("related: no", "kin: no", 7, "key"),
        ("price: 1000.00 TJS, ", "", 6, "missing"),
        ("element: packing", "element: wrapping", 9, "value"),
        ("amount: 5.00 TJS", "in_price: no", 9, "missing"),
        ("method: 1", "method: 7", 11, "value"),
        ("value: 1005.00", "comparison: {5: 3}", 11, "missing"),
        ("value: 1005.00", "value: much", 12, "value"),
        ("  expect:", "  identical: [{value: 3}]\n  expect:", 10, "missing"),
        ("  expect:", "  items: []\n  expect:", 10, "key"),
    ],
)
def test_it_names_a_mistake_of_a_case_of_value(tmp_path: Path, old: str, new: str, line: int, code: str) -> None:
    assert faults(tmp_path, VALUE.replace(old, new, 1)) == ([(line, code)] if code else [])


def test_it_says_by_which_method_and_why(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(VALUE.replace("value: 1005.00", "value: 1006.00"), encoding="utf-8")
    (case,) = read_cases(tmp_path / "cases.yaml").cases
    (miss,) = run_case(case, packs.load(packs.pack_folder("tj"))).misses
    assert (miss.name, miss.got, miss.expected, miss.line) == ("value", "1005.00", "1006.00", 12)
    assert [step.code for step in miss.steps] == ["valuation.price", "valuation.added", "valuation.total"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "none"),
        ("oranges", "none"),
        ("[]", "none"),
        ("[" * 5000, "yaml"),
        ("- 3", "shape"),
    ],
)
def test_it_refuses_what_is_no_file_of_cases(tmp_path: Path, text: str, code: str) -> None:
    assert faults(tmp_path, text) == [(1, code)]


def test_it_reads_the_other_cases_where_one_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(CASE.replace("vat: 147", "vat: none") + CASE, encoding="utf-8")
    read = read_cases(tmp_path / "cases.yaml")
    assert [case.line for case in read.cases] == [11]
    assert len(read.faults) == 1


@pytest.mark.parametrize(
    ("old", "new", "name", "parted", "law"),
    [
        ("value: 1000", "value: 1001", "value", "valuation.price", "values rounding.conversion"),
        ("import_duty: 50", "import_duty: 150", "import_duty", "assessment.rate", "tariff 0805"),
        ("vat: 147", "vat: {base: 1000, payable: 147}", "vat", "assessment.base", "charges 5010"),
        ("clearance_fee: 50", "clearance_fee: 120", "clearance_fee", "assessment.rate", "fees 1"),
        ("vat: 147", "vat: {secured: 147, payable: 0}", "vat", "assessment.relieved", "procedures 40"),
        ("vat: 147", "vat: 147, excise: 10", "excise", "assessment.none", "charges 4010"),
        (", vat: 147", "", "vat", "assessment.none", "charges 5010"),
        ("total: 247", "total: 248", "total", "", ""),
    ],
)
def test_it_says_at_which_step_and_on_which_law_the_two_part(
    tmp_path: Path, old: str, new: str, name: str, parted: str, law: str
) -> None:
    (tmp_path / "cases.yaml").write_text(CASE.replace(old, new, 1), encoding="utf-8")
    (case,) = read_cases(tmp_path / "cases.yaml").cases
    miss = run_case(case, packs.load(packs.pack_folder("tj"))).misses[0]
    assert (miss.name, miss.parted) == (name, parted)
    assert (f"{miss.law[0].table} {miss.law[0].key}" if miss.law else "") == law
    for each in miss.law:
        assert each.file.is_file()
        assert 0 < each.line <= len(each.file.read_text(encoding="utf-8").splitlines())


def test_it_says_that_a_finding_was_not_expected(tmp_path: Path) -> None:
    text = CASE.replace("procedure: 40", "procedure: 40, additional: ZZZ")
    (tmp_path / "cases.yaml").write_text(text, encoding="utf-8")
    (case,) = read_cases(tmp_path / "cases.yaml").cases
    (miss,) = run_case(case, packs.load(packs.pack_folder("tj"))).misses
    assert (miss.name, miss.got, miss.expected) == ("findings", "ASM-2", "-")


def test_it_finds_the_pack_by_the_folder(tmp_path: Path) -> None:
    (tmp_path / "tj").mkdir()
    path = tmp_path / "tj" / "cases.yaml"
    path.write_text(CASE.replace("  country: tj\n", ""), encoding="utf-8")
    (case,) = read_cases(path).cases
    assert folder_of(case, path) == packs.pack_folder("tj")
    assert folder_of(case, tmp_path / "cases.yaml") is None
    assert folder_of(case, tmp_path / "cases.yaml", "tj") == packs.pack_folder("tj")


DUTY = """\
- duty: Below the entry price
  country: tj
  law: training
  day: 2026-12-15
  working: 83.33 does not reach 84.60; 8.8 % of 10 000 + 1.70 x 120
  rate: "Cond: V 84.60 TJS/DTN(01):8.8 % ; V 0 TJS/DTN(01):8.8 % + 1.7 TJS DTN"
  customs_value: 10 000.00
  quantities: {DTN: 120}
  figures: {V: 83.33}
  expect: {duty: 8.800% + 1.70 TJS/DTN, amount: 1 084.00}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("", "", 0, ""),
        ("8.8 % ;", "8.8 parts ;", 6, "value"),
        ("V: 83.33", "V: cheap", 9, "value"),
        ("rate:", "rates:", 6, "key"),
        ("{DTN: 120}", "120", 8, "shape"),
        ("{duty:", "{rate:", 10, "key"),
    ],
)
def test_it_names_a_mistake_in_a_case_of_a_duty(tmp_path: Path, old: str, new: str, line: int, code: str) -> None:
    assert faults(tmp_path, DUTY.replace(old, new, 1)) == ([(line, code)] if code else [])


@pytest.mark.parametrize(
    ("old", "new", "name", "got"),
    [
        ("amount: 1 084.00", "amount: 1 084.01", "amount", "1084.00000"),
        ("{V: 83.33}", "{V: 84.60}", "duty", "8.8%"),
        ("{V: 83.33}", "{E: 83.33}", "amount", "unknown"),
        ("8.800% + 1.70", "8.800% + 1.71", "duty", "8.8% + 1.7 TJS/DTN"),
    ],
)
def test_it_tells_where_a_case_of_a_duty_parts(tmp_path: Path, old: str, new: str, name: str, got: str) -> None:
    (tmp_path / "cases.yaml").write_text(DUTY.replace(old, new, 1), encoding="utf-8")
    (case,) = read_cases(tmp_path / "cases.yaml").cases
    misses = run_case(case, packs.load(packs.pack_folder("tj"))).misses
    assert (name, got) in [(miss.name, miss.got) for miss in misses]
