# SPDX-License-Identifier: Apache-2.0
"""Charges: each kind of duty, what depends on what, the legal moment, what is unknown; compiled equals explained."""

from __future__ import annotations

import importlib.util
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.law.assessment import Assessment, ChargeLine, GoodsFacts, assess, compute
from gumruk.law.kernel import Money, Severity
from gumruk.law.lawbook import Legal, Moments, Status

_spec = importlib.util.spec_from_file_location("small_country", Path(__file__).with_name("book.py"))
assert _spec and _spec.loader
country = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(country)
item, goods, legal, book, entry = country.item, country.goods, country.legal, country.book, country.entry


def line(assessment: Assessment, code: str, of_item: int | None = 1) -> ChargeLine:
    return next(found for found in assessment.lines if found.code == code and found.item == of_item)


@pytest.mark.parametrize(
    ("code", "quantities", "duty"),
    [
        ("847130", {}, "950.00"),  # 10 % of 9 500
        ("170199", {"KGM": Decimal(2000)}, "1090.00"),  # 0.05 EUR/kg x 2 000 kg x 10.9
        ("020130", {"KGM": Decimal(100)}, "1425.00"),  # 15 % is more than 0.5 EUR/kg
        ("020130", {"KGM": Decimal(1000)}, "5450.00"),  # 0.5 EUR/kg is more than 15 %
        ("220300", {"LTR": Decimal(10)}, "218.00"),  # 2 EUR/l is less than 20 %
        ("220300", {"HLT": Decimal("100")}, "1900.00"),  # 20 % is less; hectolitres count as litres
        ("640399", {"PR": Decimal(40)}, "1129.00"),  # 5 % and 1.5 EUR a pair
        ("300490", {}, "0.00"),
    ],
)
def test_it_computes_each_kind_of_duty(code: str, quantities: dict[str, Decimal], duty: str) -> None:
    assessed = assess(goods(item(code, quantities=quantities)), legal())
    assert line(assessed, "2010").computed == Decimal(duty)


def test_vat_is_on_value_duty_and_excise() -> None:
    assessed = assess(goods(item("220300", quantities={"LTR": Decimal(1000)})), legal())
    assert line(assessed, "4010").computed == Decimal("4360.00")
    assert line(assessed, "5010").base == Decimal("9500.00") + Decimal("1900.00") + Decimal("4360.00")
    assert line(assessed, "5010").computed == Decimal("2206.40")


def test_a_charge_that_does_not_apply_has_no_line() -> None:
    assert [found.code for found in assess(goods(item()), legal()).lines] == ["2010", "5010", "1010"]


def test_the_rate_of_the_day_of_acceptance_counts() -> None:
    before = Legal(country.BOOK, Moments(date(2026, 12, 30), date(2026, 12, 31)))
    after = Legal(country.BOOK, Moments(date(2026, 12, 30), date(2027, 1, 4)))
    assert line(assess(goods(item()), before), "5010").rate == "14%"
    assert line(assess(goods(item()), after), "5010").rate == "13%"
    assert line(assess(goods(item()), after), "5010").rate_on == date(2027, 1, 4)


def test_freight_and_insurance_are_shared_by_value_and_sum() -> None:
    three = [item(price=price, sequence=number) for number, price in enumerate(("100", "100", "100"), start=1)]
    assessed = assess(goods(*three, freight=Money(Decimal(10), "USD"), insurance=Money(Decimal(1), "EUR")), legal())
    values = [found.customs_value.amount for found in assessed.items]
    assert sum(values) == Decimal("2850.00") + Decimal("95.00") + Decimal("10.90")


def test_a_fee_goes_by_brackets_and_doubles_outside_hours_unless_all_is_agricultural() -> None:
    assert line(assess(goods(item()), legal()), "1010", None).computed == Decimal(100)
    assert line(assess(goods(item(price="2000")), legal()), "1010", None).computed == Decimal(400)
    assert line(assess(goods(item(), outside_hours=True), legal()), "1010", None).computed == Decimal(200)
    apples = item("080810")
    assert line(assess(goods(apples, outside_hours=True), legal()), "1010", None).computed == Decimal(100)
    both = goods(apples, item(sequence=2), outside_hours=True)
    assert line(assess(both, legal()), "1010", None).computed == Decimal(800)


def test_a_fee_names_the_bracket_that_it_goes_by() -> None:
    def bracket(price: str) -> list[tuple[str, dict[str, str]]]:
        steps = line(assess(goods(item(price=price)), legal()), "1010", None).steps
        return [(step.code, dict(step.params)) for step in steps if step.code.startswith("assessment.bracket")]

    assert bracket("100") == [("assessment.bracket", {"low": "0", "high": "10000", "amount": "100"})]
    assert bracket("2000") == [("assessment.bracket_open", {"low": "10000", "amount": "400"})]


def test_preference_needs_its_proof() -> None:
    with_proof = assess(goods(item(origin="RU", preference="CIS", documents=("N861",))), legal())
    assert line(with_proof, "2010").computed == 0
    without = assess(goods(item(origin="RU", preference="CIS")), legal())
    assert line(without, "2010").computed == Decimal("950.00")
    assert [finding.code for finding in without.findings] == ["ORI-3"]
    assert [f.code for f in assess(goods(item(origin="CN", preference="CIS")), legal()).findings] == ["ORI-2"]
    assert [f.code for f in assess(goods(item(preference="XYZ")), legal()).findings] == ["ORI-1"]


def test_amounts_are_secured_or_relieved_by_procedure_and_relief() -> None:
    secured = line(assess(goods(item(procedure="53")), legal()), "2010")
    assert (secured.secured, secured.payable, secured.relieved) == (Decimal("950.00"), 0, 0)
    assert [found.code for found in assess(goods(item(procedure="78")), legal()).lines] == ["1010"]
    relieved = line(assess(goods(item("300490", additional_procedures=("E01",))), legal()), "5010")
    assert (relieved.relieved, relieved.payable, relieved.relief) == (Decimal("1330.00"), 0, "E01")
    not_for_it = line(assess(goods(item("847130", additional_procedures=("E01",))), legal()), "5010")
    assert (not_for_it.relieved, not_for_it.relief) == (0, None)


@pytest.mark.parametrize("claimed", ["E99", "RAW"])
def test_a_relief_that_is_not_known_is_told_and_the_full_charge_taken(claimed: str) -> None:
    law = book(entry("reliefs", "RAW", status=Status.UNKNOWN))
    goods_ = goods(item("300490", additional_procedures=("E01", claimed)))
    assessed = assess(goods_, legal(law))
    assert [(f.code, f.path, f.severity, f.params["procedure"]) for f in assessed.findings] == [
        ("ASM-2", "items[0].government_procedures", Severity.WARNING, claimed)
    ]
    assert compute(goods_, legal(law)).findings == assessed.findings
    alone = assess(goods(item("300490", additional_procedures=(claimed,))), legal(law))
    assert line(alone, "5010").payable == Decimal("1330.00")


def test_unknown_law_stops_the_charge_and_those_based_on_it() -> None:
    law = book(entry("tariff", "9701", duty="", status=Status.UNKNOWN))
    assessed = assess(goods(item("970121")), legal(law))
    assert [found.computed for found in assessed.lines] == [None, None, Decimal(100)]
    assert [(finding.code, finding.params["charge"]) for finding in assessed.findings] == [
        ("ASM-1", "2010"),
        ("ASM-1", "5010"),
    ]
    assert assessed.undetermined == ("2010", "5010")


def test_a_missing_quantity_is_not_taken_as_zero() -> None:
    assert line(assess(goods(item("170199")), legal()), "2010").computed is None


def test_a_currency_without_a_rate_is_a_finding() -> None:
    assessed = assess(goods(item(currency="JPY")), legal())
    assert [finding.code for finding in assessed.findings] == ["VAL-1"]
    assert assessed.lines == ()


def test_what_is_not_verified_is_named() -> None:
    law = book(entry("tariff", "9701", duty="5%", status=Status.UNVERIFIED))
    assert assess(goods(item("970121")), legal(law)).uncollectable == ("tariff:9701",)
    assert assess(goods(item()), legal()).uncollectable == ()


def test_every_line_tells_its_steps_and_act() -> None:
    duty = line(assess(goods(item()), legal()), "2010")
    assert [step.code for step in duty.steps] == [
        "assessment.base",
        "assessment.rate",
        "expression.multiply",
        "assessment.rounded",
    ]
    assert duty.act == "act of tariff"
    assert duty.steps[2].params["result"] == "950.0000"


codes = st.sampled_from(["847130", "170199", "020130", "220300", "640399", "300490", "870323"])
prices = st.decimals(min_value=0, max_value=10**8, places=2)
quantities = st.dictionaries(st.sampled_from(["KGM", "LTR", "PR", "HLT"]), st.decimals(0, 10**6, places=3))
items = st.lists(
    st.tuples(codes, prices, st.sampled_from(["USD", "EUR", "TJS", "UZS"]), quantities, st.sampled_from(["40", "53"])),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(items, st.none() | prices, st.booleans())
def test_compiled_equals_explained(
    held: list[tuple[str, Decimal, str, dict[str, Decimal], str]], freight: Decimal | None, outside: bool
) -> None:
    facts = GoodsFacts(
        tuple(
            item(code, str(price), currency, sequence=number, quantities=stated, procedure=procedure)
            for number, (code, price, currency, stated, procedure) in enumerate(held, start=1)
        ),
        None if freight is None else Money(freight, "EUR"),
        None,
        outside,
    )
    explained, computed = assess(facts, legal()), compute(facts, legal())
    assert [
        (found.item, found.code, found.base, found.computed, found.relieved, found.secured, found.payable)
        for found in explained.lines
    ] == [(found.item, found.charge.code, *found[2:]) for found in computed.amounts]
    assert [finding.code for finding in explained.findings] == [finding.code for finding in computed.findings]
    assert [value.customs_value.amount for value in explained.items] == list(computed.customs_values)
    for found in explained.lines:
        if found.computed is not None:
            assert found.computed == (found.relieved or 0) + (found.secured or 0) + (found.payable or 0)


def test_the_caller_s_precision_changes_nothing() -> None:
    facts = goods(item(price="99999999999.99", currency="EUR"), freight=Money(Decimal("12345678901.23"), "EUR"))
    expected = [found.computed for found in assess(facts, legal()).lines]
    with localcontext(prec=6):
        assert [found.computed for found in assess(facts, legal()).lines] == expected
        assert [found.computed for found in compute(facts, legal()).amounts] == expected
