# SPDX-License-Identifier: Apache-2.0
"""Reliefs with conditions, beside the worked cases: the act of each answer, the step, the same by compiled law."""

from __future__ import annotations

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk.law.assessment import ExportDocument, Returned, assess, compute
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Entry, Scalar, Status

_spec = importlib.util.spec_from_file_location("small_country", Path(__file__).with_name("book.py"))
assert _spec is not None and _spec.loader is not None
country = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(country)

CONDITIONS: dict[str, Scalar] = {
    "export_documents": ("830",),
    "previous": ("10",),
    "within_months": 12,
    "same_state": True,
}
RELIEF = country.entry("reliefs", "RET", charges=("import_duty", "vat"), when="")
BACK = Returned((ExportDocument("N830", "X1", date(2026, 1, 31)),))


def goods(returned: Returned | None, *, previous: str = "10") -> object:
    item = country.item(additional_procedures=("RET",), previous_procedure=previous, returned=returned)
    return country.goods(item)


def law(on: date, status: Status = Status.VERIFIED, **more: Scalar) -> object:
    conditions = Entry("relief_conditions", "RET", {**CONDITIONS, **more}, act="act of conditions", status=status)
    return country.legal(country.book(RELIEF, conditions), on)


@pytest.mark.parametrize(
    ("on", "returned", "previous", "code"),
    [
        (date(2027, 1, 31), BACK, "10", None),
        (date(2027, 2, 1), BACK, "10", "RET-3"),
        (date(2026, 6, 1), None, "10", "RET-1"),
        (date(2026, 6, 1), Returned((ExportDocument("830", "X1"),)), "10", "RET-2"),
        (date(2026, 6, 1), Returned(BACK.documents, changed=True), "10", "RET-4"),
        (date(2026, 6, 1), BACK, "21", "RET-5"),
    ],
)
def test_it_relieves_where_each_condition_is_met(
    on: date, returned: Returned | None, previous: str, code: str | None
) -> None:
    facts, legal = goods(returned, previous=previous), law(on)
    assessment, computed = assess(facts, legal), compute(facts, legal)  # type: ignore[arg-type]
    found = [(each.code, each.path, each.act, each.severity) for each in assessment.findings]
    refused = (code, "items[0].government_procedures", "act of conditions", Severity.WARNING)
    assert found == ([] if code is None else [refused])
    duty = next(line for line in assessment.lines if line.name == "import_duty")
    assert (duty.relieved, duty.payable) == (
        (duty.computed, Decimal(0)) if code is None else (Decimal(0), duty.computed)
    )
    assert [each.relieved for each in computed.amounts] == [line.relieved for line in assessment.lines]
    assert computed.findings == assessment.findings


def test_the_steps_name_the_document_and_both_acts() -> None:
    assessment = assess(goods(BACK), law(date(2026, 6, 1)))  # type: ignore[arg-type]
    duty = next(line for line in assessment.lines if line.name == "import_duty")
    returned, relieved = duty.steps[-2:]
    assert (returned.code, returned.params["document"], returned.act) == (
        "relief.returned",
        "N830 X1",
        "act of conditions",
    )
    assert (relieved.code, relieved.act) == ("assessment.relieved", "act of reliefs")
    assert "relief_conditions" in {entry.table for entry in duty.entries}


def test_it_relieves_nothing_on_conditions_that_nobody_knows() -> None:
    unknown: dict[str, Scalar] = dict.fromkeys(CONDITIONS)
    assessment = assess(goods(BACK), law(date(2026, 6, 1), Status.UNKNOWN, **unknown))  # type: ignore[arg-type]
    assert [finding.code for finding in assessment.findings] == ["RET-6"]
    assert assessment.total("relieved") == 0


def test_two_items_of_one_kind_are_judged_each_by_its_own_export() -> None:
    back = country.item(additional_procedures=("RET",), previous_procedure="10", returned=BACK)
    not_back = country.item(additional_procedures=("RET",), previous_procedure="10", sequence=2)
    assessment = assess(country.goods(back, not_back), law(date(2026, 6, 1)))  # type: ignore[arg-type]
    assert [finding.path for finding in assessment.findings] == ["items[1].government_procedures"]


@pytest.mark.parametrize(("returned", "code"), [(BACK, None), (None, "RET-1")])
def test_a_procedure_relieves_on_its_conditions_else_all_is_payable(
    returned: Returned | None, code: str | None
) -> None:
    conditions = Entry("relief_conditions", "60", CONDITIONS, act="act of conditions", status=Status.VERIFIED)
    reimport = country.entry("procedures", "60", flow="import", collect="relieved")
    legal = country.legal(country.book(reimport, conditions), date(2026, 6, 1))
    facts = country.goods(country.item(procedure="60", previous_procedure="10", returned=returned))
    assessment, computed = assess(facts, legal), compute(facts, legal)
    assert [finding.code for finding in assessment.findings] == ([] if code is None else [code])
    duty = next(line for line in assessment.lines if line.name == "import_duty")
    assert duty.relief == (None if code else "procedure 60")
    assert (duty.relieved == duty.computed, duty.payable == duty.computed) == (code is None, code is not None)
    assert [each.payable for each in computed.amounts] == [line.payable for line in assessment.lines]
