# SPDX-License-Identifier: Apache-2.0
"""Rules are switched, graded and dated by the law alone; the law's core stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.law.declarations.cases import GOOD, coded, findings, law, places, with_item

from gumruk.law.declarations import RULES
from gumruk.law.declarations.rules.machinery import rule
from gumruk.law.kernel import DateRange, Severity
from gumruk.law.lawbook import Entry
from gumruk.law.reference.forms import read_form

# Method 1 without an invoice: DEC-26, a warning.
WARNED = replace(GOOD, additional_documents=())


def graded(code: str, grade: str, valid: DateRange | None = None) -> Entry:
    return Entry("checks", code, {"grade": grade, "number": None}, valid or DateRange())


def test_it_grades_a_rule_as_the_law_does() -> None:
    for grade in ("error", "warning", "information"):
        (told,) = findings(WARNED, law(graded("DEC-26", grade)))
        assert told.severity is Severity(grade)
    assert findings(WARNED, law(graded("DEC-26", "off"))) == ()


def test_it_grades_a_rule_from_the_day_on_that_the_law_names() -> None:
    row = graded("DEC-26", "off", DateRange(date(2027, 1, 1)))
    assert places("DEC-26", WARNED, law(row, day=date(2026, 12, 31))) == ["items[0].additional_documents"]
    assert places("DEC-26", WARNED, law(row, day=date(2027, 1, 1))) == []


def test_it_keeps_the_core_of_the_law_whatever_a_row_says() -> None:
    locked = [code for code, held in RULES.items() if held.locked]
    assert {"DEC-18", "DEC-20", "DEC-22", "DEC-23", "DEC-24", "DEC-29"} <= set(locked)
    nothing = with_item(government_procedures=())
    assert places("DEC-22", nothing, law(graded("DEC-22", "off"))) == ["items[0].government_procedures"]


def test_it_refuses_two_rules_of_one_name() -> None:
    with pytest.raises(ValueError, match="two rules"):
        rule("DEC-1", act="")(lambda reading, context: ())


def test_it_orders_rules_as_a_person_mends_them() -> None:
    codes = list(RULES)
    of_items = [held.each_item for held in RULES.values()]
    assert codes.index("DEC-1") < codes.index("DEC-30") < codes.index("DEC-17")
    assert of_items.index(True) > of_items.index(False)


def test_it_builds_what_a_rule_reads_once_a_law() -> None:
    context = law(*coded("transport_mode", "3", "4"), Entry("values", "form.taxpayer", {"value": "n9"}))
    assert context.codes("transport_mode") == {"3", "4"}
    assert context.codes("transport_mode") is context.codes("transport_mode")
    assert context.allows("transport_mode", "3") and not context.allows("transport_mode", "9")
    assert context.allows("no_such_list", "anything")
    form = context.form("taxpayer")
    assert form is not None and form is context.form("taxpayer") and form.fullmatch("020012345")
    assert context.form("nothing") is None


@pytest.mark.parametrize(
    ("form", "text", "fits"),
    [
        ("n9", "020012345", True),
        ("n9", "02001234", False),
        ("n9", "٠٢٠٠١٢٣٤٥", False),
        ("a2n7", "AB1234567", True),
        ("an..35", "x", True),
        ("an..35", "", False),
        ("n9 n12", "123456789012", True),
        ("n9 n12", "1234567890", False),
        ("a2n7", "АВ1234567", False),
    ],
)
def test_it_reads_forms_as_messages_write_them(form: str, text: str, fits: bool) -> None:
    assert bool(read_form(form).fullmatch(text)) is fits


@pytest.mark.parametrize("form", ["", "9n", "n", "n0", "x9", "n9-", "(n9)*"])
def test_it_refuses_what_is_no_form(form: str) -> None:
    with pytest.raises(ValueError, match="form"):
        read_form(form)
