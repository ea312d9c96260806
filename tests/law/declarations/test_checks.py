# SPDX-License-Identifier: Apache-2.0
"""Each check by its code: a good declaration passes all of them, one thing wrong is found at its place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.law.declarations.cases import (
    GOOD,
    ITEM,
    found,
    measure,
    with_commodity,
    with_item,
    with_items,
    with_shipment,
)

from gumruk.law.declarations import RULES, read_declaration
from gumruk.law.declarations.model import (
    AdditionalDocument,
    Amount,
    Classification,
    CustomsValuation,
    Declaration,
    DutyTaxFee,
    GovernmentProcedure,
    Measure,
    Moment,
    Origin,
    Packaging,
    Party,
)
from gumruk.law.declarations.rules.head import day_of

assert ITEM.commodity is not None
# One more than the small law allows.
FOUR_ITEMS = replace(
    with_items(
        *(
            replace(
                ITEM, sequence_numeric=number, commodity=replace(ITEM.commodity, description=f"Phones, make {name}")
            )
            for number, name in enumerate("ABCD", start=1)
        )
    ),
    goods_item_quantity=4,
    invoice_amount=Amount(Decimal("200000.00"), "USD"),
    total_gross_mass=Measure(Decimal(480), "KGM"),
    total_package_quantity=Decimal(80),
)

WRONG: dict[str, list[tuple[Declaration, str]]] = {
    "DEC-1": [
        (replace(GOOD, function_code="5"), "function_code"),
        (replace(GOOD, function_code=None), "function_code"),
    ],
    "DEC-2": [
        (replace(GOOD, functional_reference_id=""), "functional_reference_id"),
        (replace(GOOD, functional_reference_id="x" * 36), "functional_reference_id"),
        (replace(GOOD, functional_reference_id="a\nb"), "functional_reference_id"),
    ],
    "DEC-3": [
        (replace(GOOD, type_code="IMX"), "type_code"),
        (replace(GOOD, type_code=None), "type_code"),
        (replace(GOOD, type_code="IM7"), "type_code"),
    ],
    "DEC-4": [(replace(GOOD, declarant=Party(name="Alpha")), "declarant.id")],
    "DEC-5": [(replace(GOOD, declaration_office_id="TJ-XXX"), "declaration_office_id")],
    "DEC-6": [(replace(GOOD, goods_item_quantity=2), "goods_item_quantity")],
    "DEC-7": [(with_item(sequence_numeric=2), "items[0].sequence_numeric")],
    "DEC-8": [(FOUR_ITEMS, "items")],
    "DEC-9": [(with_shipment(importer=None), "goods_shipment.importer")],
    "DEC-10": [
        (with_shipment(export_country_id="XX"), "goods_shipment.export_country_id"),
        (with_shipment(destination_country_code=None), "goods_shipment.destination_country_code"),
    ],
    "DEC-11": [
        (replace(GOOD, invoice_amount=Amount(Decimal("50000.02"), "USD")), "invoice_amount"),
        (replace(GOOD, invoice_amount=Amount(Decimal("50000.00"), "TJS")), "invoice_amount"),
    ],
    "DEC-12": [
        (replace(GOOD, total_gross_mass=Measure(Decimal(121))), "total_gross_mass"),
        (replace(GOOD, total_gross_mass=Measure(Decimal(120), "TNE")), "total_gross_mass"),
    ],
    "DEC-13": [(replace(GOOD, total_package_quantity=Decimal(21)), "total_package_quantity")],
    "DEC-14": [
        (
            replace(
                GOOD, additional_documents=(*GOOD.additional_documents, AdditionalDocument(type_code="999", id="1"))
            ),
            "additional_documents[1]",
        )
    ],
    "DEC-15": [
        (replace(GOOD, acceptance=Moment("18900101", "102")), "acceptance"),
        (replace(GOOD, acceptance=Moment("20261399", "102")), "acceptance"),
        (replace(GOOD, issue=Moment("20270101", "102")), "issue"),
    ],
    "DEC-16": [
        (
            with_shipment(customs_valuation=CustomsValuation(freight_charge_amount=Amount(Decimal(-1), "USD"))),
            "goods_shipment.customs_valuation.freight_charge_amount",
        ),
        (
            with_shipment(customs_valuation=CustomsValuation(insurance_charge_amount=Amount(Decimal(1), "JPY"))),
            "goods_shipment.customs_valuation.insurance_charge_amount",
        ),
    ],
    "DEC-17": [(measure(net_mass=Measure(Decimal("120.001"))), "items[0].commodity.goods_measure.net_mass")],
    "DEC-18": [
        (measure(net_mass=Measure(Decimal(-5))), "items[0].commodity.goods_measure.net_mass"),
        (measure(net_mass=Measure(Decimal(5), "LTR")), "items[0].commodity.goods_measure.net_mass"),
        (measure(net_mass=None), "items[0].commodity.goods_measure.net_mass"),
    ],
    "DEC-19": [(with_commodity(description="--"), "items[0].commodity.description")],
    "DEC-20": [
        (with_commodity(classifications=(Classification(id=code, identification_type_code="HS"),)), CODE_PLACE)
        for CODE_PLACE in ["items[0].commodity.classifications"]
        for code in ("8517990000", "87", "85171300001", "abc", "")
    ],
    "DEC-21": [
        (with_item(origins=()), "items[0].origins"),
        (with_item(origins=(Origin(country_code="ZZ"),)), "items[0].origins"),
    ],
    "DEC-22": [
        (with_item(government_procedures=(GovernmentProcedure(current_code="10"),)), "items[0].government_procedures"),
        (with_item(government_procedures=()), "items[0].government_procedures"),
    ],
    "DEC-23": [(with_commodity(item_charge_amount=None), "items[0].commodity.item_charge_amount")],
    "DEC-24": [
        (
            replace(with_commodity(item_charge_amount=Amount(Decimal(50000), code)), invoice_amount=None),
            "items[0].commodity.item_charge_amount",
        )
        for code in ("XYZ", "JPY", None)
    ],
    "DEC-25": [
        (with_item(customs_valuation=CustomsValuation(method_code="7")), "items[0].customs_valuation.method_code")
    ],
    "DEC-26": [(replace(GOOD, additional_documents=()), "items[0].additional_documents")],
    "DEC-27": [
        (with_commodity(duty_tax_fees=(DutyTaxFee(duty_regime_code="CIS"),)), "items[0].commodity.duty_tax_fees"),
        (with_commodity(duty_tax_fees=(DutyTaxFee(duty_regime_code="QQ"),)), "items[0].commodity.duty_tax_fees"),
    ],
    "DEC-28": [
        (
            replace(
                with_item(packagings=(Packaging(quantity=Decimal("1.5"), type_code="CT"),)), total_package_quantity=None
            ),
            "items[0].packagings[0].quantity",
        )
    ],
    "DEC-29": [
        (
            measure(tariff_quantity=Measure(Decimal("0.000001"), "NAR")),
            "items[0].commodity.goods_measure.tariff_quantity",
        ),
        (measure(tariff_quantity=Measure(Decimal(1), "XYZ")), "items[0].commodity.goods_measure.tariff_quantity"),
        # A charge by the unit would be below zero, or nothing.
        (measure(tariff_quantity=Measure(Decimal(-1000), "MIL")), "items[0].commodity.goods_measure.tariff_quantity"),
        (measure(tariff_quantity=Measure(Decimal(0), "LTR")), "items[0].commodity.goods_measure.tariff_quantity"),
        (
            measure(tariff_quantity=Measure(Decimal("1234.567"), "MLT")),
            "items[0].commodity.goods_measure.tariff_quantity",
        ),
        (
            measure(tariff_quantity=Measure(Decimal("1.00000000000000000000000000000000001"), "NAR")),
            "items[0].commodity.goods_measure.tariff_quantity",
        ),
        (
            replace(with_commodity(item_charge_amount=Amount(Decimal(10) ** 15, "USD")), invoice_amount=None),
            "items[0].commodity.item_charge_amount",
        ),
    ],
}


def test_it_takes_a_type_that_states_the_procedure_of_the_goods() -> None:
    for type_code in ("IM4", "IM40"):
        assert "DEC-3" not in {code for code, *_ in found(replace(GOOD, type_code=type_code))}


def test_a_good_declaration_has_no_findings() -> None:
    assert found(GOOD) == []


def test_a_total_mass_in_tonnes_is_compared_in_kilograms() -> None:
    assert found(replace(GOOD, total_gross_mass=Measure(Decimal("0.120"), "TNE"))) == []


def test_it_tests_every_rule_by_its_name() -> None:
    """A rule has a line in WRONG, or a test under rules/ that bears its name: `test_it_asks_dec_33_answers_…`."""
    written = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).with_name("rules").glob("test_*.py"))
    named = set(re.findall(r"^def test_it_asks_(dec_[a-z0-9_]+)\(", written, re.MULTILINE))
    wanted = {
        code: f"{code.lower().replace('-', '_')}_{rule.check.__name__}"
        for code, rule in RULES.items()
        if code not in WRONG
    }
    assert [code for code, name in wanted.items() if name not in named] == []


@pytest.mark.parametrize("code", sorted(WRONG, key=lambda code: int(code.partition("-")[2])))
def test_each_rule_finds_what_is_wrong_at_its_place_and_nothing_else(code: str) -> None:
    for declaration, path in WRONG[code]:
        assert found(declaration) == [(code, path)]


def test_all_findings_come_at_once_the_head_first() -> None:
    bad = replace(
        with_item(origins=(), customs_valuation=None),
        function_code="1",
        declarant=None,
        total_gross_mass=Measure(Decimal(1)),
    )
    assert [code for code, _ in found(bad)] == ["DEC-1", "DEC-4", "DEC-12", "DEC-21", "DEC-25"]


def test_an_empty_declaration_gets_findings_not_an_exception() -> None:
    codes = {code for code, _ in found(Declaration())}
    assert {"DEC-1", "DEC-2", "DEC-3", "DEC-4", "DEC-5", "DEC-6"} <= codes


def test_every_rule_names_its_act_and_says_what_it_means() -> None:
    for rule in RULES.values():
        assert rule.act and rule.meaning.endswith("."), rule.code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20261029", date(2026, 10, 29)),
        ("2026-10-29", date(2026, 10, 29)),
        ("20261029143000UTC", date(2026, 10, 29)),
        ("20261029143000+05", None),
        ("2026-10-29T14:30:00Z", date(2026, 10, 29)),
        ("2026-10-29T14:30:00+05:00", date(2026, 10, 29)),
        ("20261029garbage", None),
        ("2026-1-0-29", None),
        ("2026-1029", None),
        ("20261301", None),
        ("14050807", date(1405, 8, 7)),
        ("", None),
    ],
)
def test_it_reads_a_day_and_nothing_beside_it(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_national_code_that_holds_the_six_digits_is_the_whole_code() -> None:
    def coded(*codes: tuple[str, str]) -> str:
        parts = tuple(Classification(id=code, identification_type_code=kind) for code, kind in codes)
        return read_declaration(with_commodity(classifications=parts)).items[0].code_text

    assert coded(("851713", "HS"), ("8517130000", "SRZ")) == "8517130000"
    assert coded(("85171300", "TSP"), ("00", "TRC")) == "8517130000"
