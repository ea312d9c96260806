# SPDX-License-Identifier: Apache-2.0
"""Prices, declared values, valuation and declared charges of goods."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.law.declarations.cases import GOOD, ITEM, coded, numbered, with_commodity, with_item, with_items
from tests.law.declarations.rules.goods import PRICE, asked, measured, second

from gumruk.law.declarations.model import (
    AdditionalDocument,
    Amount,
    ChargeDeduction,
    CustomsValuation,
    Declaration,
    DutyTaxFee,
    Measure,
)
from gumruk.law.lawbook import Entry

BY_KILOGRAM = Entry(
    "plausible", "85.KGM", {"currency": "USD", "price_least": Decimal("0.5"), "price_most": Decimal("600")}
)
BY_PIECE = Entry(
    "plausible", "8517.NAR", {"currency": "USD", "price_least": Decimal("10"), "price_most": Decimal("2000")}
)
IN_SOMONI = Entry("plausible", "85.KGM", {"currency": "TJS", "price_most": Decimal("4750")})
FEES = "items[0].commodity.duty_tax_fees"
DEDUCTIONS = "items[0].customs_valuation.charge_deductions"


def usd(value: str) -> Amount:
    return Amount(Decimal(value), "USD")


def tjs(value: str) -> Amount:
    return Amount(Decimal(value), "TJS")


def priced(value: str, currency: str = "USD", **changes: Any) -> Declaration:
    return with_commodity(item_charge_amount=Amount(Decimal(value), currency), **changes)


def valued(**changes: Any) -> Declaration:
    """Goods of method 1 with something else of their valuation."""
    return with_item(customs_valuation=CustomsValuation(**{"method_code": "1", **changes}))


def adjusted(*adjustments: tuple[str | None, Amount | None]) -> Declaration:
    deductions = (ChargeDeduction(charges_type_code=c, other_charge_deduction_amount=a) for c, a in adjustments)
    return valued(charge_deductions=tuple(deductions))


def charged(*fees: DutyTaxFee) -> Declaration:
    return with_commodity(duty_tax_fees=fees)


def fee(base: str, rate: str, amount: str, currency: str = "TJS") -> DutyTaxFee:
    return DutyTaxFee(
        type_code="2010",
        ad_valorem_tax_base=Amount(Decimal(base), currency),
        tax_rate_numeric=Decimal(rate),
        tax_assessed_amount=tjs(amount),
    )


def test_it_asks_dec_134_goods_have_a_price() -> None:
    assert asked("DEC-134", GOOD) == []
    assert asked("DEC-134", priced("0")) == [PRICE]
    gift = replace(ITEM, customs_valuation=CustomsValuation(method_code="6"))
    assert asked("DEC-134", with_items(replace(gift, commodity=_priced_commodity("0")))) == []


def _priced_commodity(value: str) -> Any:
    assert ITEM.commodity is not None
    return replace(ITEM.commodity, item_charge_amount=usd(value))


def test_it_asks_dec_135_kilogram_costs_what_such_goods_cost() -> None:
    for price, found in (("50", []), ("50000", []), ("60000", []), ("49.99", [PRICE]), ("60000.01", [PRICE])):
        assert asked("DEC-135", priced(price), BY_KILOGRAM) == found
        assert asked("DEC-135", priced(price)) == []
    assert asked("DEC-135", GOOD, IN_SOMONI) == []  # 100 kg at 500 USD, 4750 TJS
    assert asked("DEC-135", priced("50000.01"), IN_SOMONI) == [PRICE]
    assert asked("DEC-135", priced("1", "JPY"), BY_KILOGRAM) == []  # DEC-24 tells that it has no rate


def test_it_asks_dec_136_unit_costs_what_such_goods_cost() -> None:
    for price, found in (("4000", []), ("800000", []), ("3999", [PRICE]), ("800001", [PRICE])):
        assert asked("DEC-136", priced(price), BY_PIECE) == found
    dozens = priced("3999", goods_measure=measured("120", "100", "0.4", "MIL"))
    assert asked("DEC-136", dozens, BY_PIECE) == [PRICE]
    assert asked("DEC-136", priced("1", goods_measure=measured("120", "100")), BY_PIECE) == []


def test_it_asks_dec_137_customs_value_is_in_own_currency() -> None:
    place = ["items[0].customs_value_amount"]
    assert asked("DEC-137", with_item(customs_value_amount=tjs("475000"))) == []
    assert asked("DEC-137", with_item(customs_value_amount=usd("50000"))) == place


def test_it_asks_dec_138_customs_value_is_not_below_the_price() -> None:
    share, place = numbered("DEC-138", "0.01", "warning"), ["items[0].customs_value_amount"]
    for value, found in (("475000", []), ("470250", []), ("470249", place), ("500000", [])):
        assert asked("DEC-138", with_item(customs_value_amount=tjs(value)), share) == found
    low = with_item(
        customs_value_amount=tjs("1"),
        customs_valuation=CustomsValuation(
            method_code="1", charge_deductions=(ChargeDeduction(charges_type_code="BA"),)
        ),
    )
    assert asked("DEC-138", low, share) == []  # what was deducted may explain it
    assert asked("DEC-138", with_item(customs_value_amount=tjs("1"))) == []


def test_it_asks_dec_139_statistical_value_is_near_the_customs_value() -> None:
    share, place = numbered("DEC-139", "0.1", "warning"), ["items[0].statistical_value_amount"]
    for statistical, found in ((usd("50000"), []), (usd("45000"), []), (usd("44999"), place), (tjs("50000"), place)):
        both = with_item(customs_value_amount=tjs("475000"), statistical_value_amount=statistical)
        assert asked("DEC-139", both, share) == found
        assert asked("DEC-139", both) == []


def test_it_asks_dec_140_statistical_value_is_in_its_currency() -> None:
    dollars = Entry("values", "statistics.currency", {"value": "USD"})
    assert asked("DEC-140", with_item(statistical_value_amount=usd("1")), dollars) == []
    assert asked("DEC-140", with_item(statistical_value_amount=tjs("1")), dollars) == [
        "items[0].statistical_value_amount"
    ]
    assert asked("DEC-140", with_item(statistical_value_amount=tjs("1"))) == []
    assert asked("DEC-140", with_item(statistical_value_amount=Amount(Decimal(1))), dollars) == []


def test_it_asks_dec_141_declared_values_are_not_below_zero() -> None:
    assert asked("DEC-141", with_item(customs_value_amount=tjs("0"), statistical_value_amount=usd("0"))) == []
    below = with_item(customs_value_amount=tjs("-1"), statistical_value_amount=usd("-0.01"))
    assert asked("DEC-141", below) == ["items[0].customs_value_amount", "items[0].statistical_value_amount"]


def test_it_asks_dec_186_charges_are_known() -> None:
    duty = Entry("charges", "2010", {"name": "import_duty"})
    for code in ("2010", "import_duty", None):
        assert asked("DEC-186", charged(DutyTaxFee(type_code=code)), duty) == []
    assert asked("DEC-186", charged(DutyTaxFee(type_code="A00")), duty) == [f"{FEES}[0].type_code"]
    assert asked("DEC-186", charged(DutyTaxFee(type_code="A00"))) == []


def test_it_asks_dec_187_base_and_rate_give_the_amount() -> None:
    left, place = numbered("DEC-187", "1", "warning"), [f"{FEES}[0].tax_assessed_amount"]
    for amount, found in (("23750", []), ("23751", []), ("23751.01", place), ("2375", place)):
        assert asked("DEC-187", charged(fee("475000", "5", amount)), left) == found
        assert asked("DEC-187", charged(fee("475000", "5", amount))) == []
    specific = replace(fee("475000", "5", "1"), specific_tax_base_quantity=Measure(Decimal(1), "LTR"))
    assert asked("DEC-187", charged(specific), left) == []
    assert asked("DEC-187", charged(fee("475000", "5", "1", "USD")), left) == []  # DEC-191 tells
    assert asked("DEC-187", charged(fee("1E+300", "5", "1")), left) == []


def test_it_asks_dec_188_ways_of_payment_are_known() -> None:
    ways = coded("payment_method", "A", "B")
    assert asked("DEC-188", charged(DutyTaxFee(payment_method_code="A")), *ways) == []
    assert asked("DEC-188", charged(DutyTaxFee(payment_method_code="Z"))) == []
    assert asked("DEC-188", charged(DutyTaxFee(payment_method_code="Z")), *ways) == [f"{FEES}[0].payment_method_code"]


def test_it_asks_dec_189_quotas_are_written_as_such() -> None:
    form = Entry("values", "form.quota", {"value": "n6"})
    assert asked("DEC-189", charged(DutyTaxFee(quota_order_id="091234")), form) == []
    assert asked("DEC-189", charged(DutyTaxFee(quota_order_id="09.1234"))) == []
    assert asked("DEC-189", charged(DutyTaxFee(quota_order_id="09.1234")), form) == [f"{FEES}[0].quota_order_id"]


def test_it_asks_dec_190_charges_are_stated_once() -> None:
    line = fee("475000", "5", "23750")
    assert asked("DEC-190", charged(line, fee("475000", "10", "47500"))) == []
    assert asked("DEC-190", charged(line, line)) == [f"{FEES}[1]"]


def test_it_asks_dec_191_bases_are_in_own_currency() -> None:
    assert asked("DEC-191", charged(fee("475000", "5", "23750"))) == []
    assert asked("DEC-191", charged(fee("50000", "5", "2500", "USD"))) == [f"{FEES}[0].ad_valorem_tax_base"]


def test_it_asks_dec_192_method_is_shown_by_its_document() -> None:
    papers = coded("valuation_document", "6.934", "6.DTS2", "1.380")
    assert asked("DEC-192", GOOD, *papers) == []
    sixth = with_item(customs_valuation=CustomsValuation(method_code="6"))
    assert asked("DEC-192", sixth) == []
    assert asked("DEC-192", sixth, *papers) == ["items[0].additional_documents"]
    shown = with_item(
        customs_valuation=CustomsValuation(method_code="6"),
        additional_documents=(AdditionalDocument(type_code="DTS2", id="1"),),
    )
    assert asked("DEC-192", shown, *papers) == []


def test_it_asks_dec_193_adjustments_are_known() -> None:
    kinds = [*coded("valuation_addition", "AB"), *coded("valuation_deduction", "BA")]
    assert asked("DEC-193", adjusted(("AB", usd("5"))), *kinds) == []
    assert asked("DEC-193", adjusted(("ZZ", usd("5")))) == []
    for code in ("ZZ", None):
        assert asked("DEC-193", adjusted((code, usd("5"))), *kinds) == [f"{DEDUCTIONS}[0].charges_type_code"]


def test_it_asks_dec_194_adjustments_can_be_converted() -> None:
    place = [f"{DEDUCTIONS}[0].other_charge_deduction_amount"]
    assert asked("DEC-194", adjusted(("AB", usd("5")), ("AC", tjs("5")))) == []
    for currency in ("JPY", "XYZ", None):
        assert asked("DEC-194", adjusted(("AB", Amount(Decimal(5), currency)))) == place


def test_it_asks_dec_195_adjustments_are_not_below_zero() -> None:
    place = [f"{DEDUCTIONS}[0].other_charge_deduction_amount"]
    assert asked("DEC-195", adjusted(("AB", usd("0")))) == []
    assert asked("DEC-195", adjusted(("AB", usd("-5")))) == place
    assert asked("DEC-195", adjusted(("AB", None))) == place


def test_it_asks_dec_196_adjustments_are_named_once() -> None:
    assert asked("DEC-196", adjusted(("AB", usd("5")), ("AC", usd("5")))) == []
    assert asked("DEC-196", adjusted(("AB", usd("5")), ("AB", usd("6")))) == [f"{DEDUCTIONS}[1]"]


def test_it_asks_dec_197_carriage_of_an_item_can_be_converted() -> None:
    assert asked("DEC-197", valued(freight_charge_amount=usd("10"), insurance_charge_amount=tjs("0"))) == []
    wrong = valued(freight_charge_amount=usd("-1"), insurance_charge_amount=Amount(Decimal(1), "JPY"))
    assert asked("DEC-197", wrong) == [
        "items[0].customs_valuation.freight_charge_amount",
        "items[0].customs_valuation.insurance_charge_amount",
    ]


def test_it_asks_dec_198_carriage_costs_less_than_goods() -> None:
    most, place = numbered("DEC-198", "1", "warning"), ["items[0].customs_valuation.freight_charge_amount"]
    for freight, found in (("50000", []), ("50001", place)):
        assert asked("DEC-198", valued(freight_charge_amount=usd(freight)), most) == found
        assert asked("DEC-198", valued(freight_charge_amount=usd(freight))) == []
    assert asked("DEC-198", valued(freight_charge_amount=tjs("50001")), most) == []  # another currency


def test_it_asks_dec_199_items_are_valued_alike() -> None:
    assert asked("DEC-199", with_items(ITEM, second())) == []
    other = second(customs_valuation=CustomsValuation(method_code="6"))
    assert asked("DEC-199", with_items(ITEM, other)) == ["items[1].customs_valuation.method_code"]


def test_it_asks_dec_206_value_by_another_method_is_stated() -> None:
    place = ["items[0].customs_value_amount"]
    sixth = CustomsValuation(method_code="6")
    assert asked("DEC-206", GOOD) == []
    assert asked("DEC-206", with_item(customs_valuation=sixth)) == place
    for value, found in (
        (tjs("5"), []),
        (usd("5"), []),
        (tjs("0"), place),
        (Amount(Decimal(5), "JPY"), place),
        (Amount(Decimal(5), None), place),
    ):
        assert asked("DEC-206", with_item(customs_valuation=sixth, customs_value_amount=value)) == found
