# SPDX-License-Identifier: Apache-2.0
"""The payments of an EAEU goods declaration come out of our arithmetic, from the price in dollars on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.oracle.arithmetic import Country, Goods, by_code

from gumruk import wire
from gumruk.law.kernel import Money

#: Not stated by the message, which says only that the rate by value is the greater one: so it is up to 133 RUB.
EURO = Decimal("74")


def declaration(reference_data: Path) -> Any:
    """The one declaration of the reference data that states payments."""
    folder = reference_data / "messages" / "eaeu" / "converterapp-import-im40"
    return etree.parse(next(folder.glob("*.xml"))).getroot()


def number(element: Any, name: str) -> Decimal:
    """A figure by its element's local name."""
    return Decimal(element.findtext(f".//{{*}}{name}"))


@pytest.mark.reference
def test_it_gives_the_payments_of_an_eaeu_declaration(reference_data, capsys):
    root = declaration(reference_data)
    payments = [
        (p.findtext("{*}PaymentModeCode"), p.findtext("{*}PaymentCode"), p)
        for p in root.iter("{*}ESADout_CUCustomsPaymentCalculation")
    ]
    price, mass = number(root, "InvoicedCost"), number(root, "NetWeightQuantity")
    rates = {"USD": number(root, "ContractCurrencyRate"), "EUR": EURO}
    duties = [f"{number(p, 'Rate'):f}% min {number(p, 'Rate2'):f} EUR/kg" for code, _, p in payments if code == "2010"]
    told, ours = [], {}
    for duty in duties:
        goods = Goods(Money(price, "USD"), duty=duty, quantities={"KGM": mass})
        computed = Country("ru").whole([goods], date(2019, 2, 14), rates)
        assert computed.customs_values == (number(root, "CustomsCost"),)
        ours = by_code(computed)
        told.append(("2010", ours[1, "2010"]))
    # The last of the duties is the one that is paid, at the preference's rate: tax and fee follow from it.
    expected = [(code, number(p, "TaxBase"), number(p, "PaymentAmount")) for code, _, p in payments]
    found = [
        ("1010", expected[0][1], ours[None, "1010"].payable),
        *((code, amounts.base, amounts.payable) for code, amounts in told),
        ("5010", ours[1, "5010"].base, ours[1, "5010"].payable),
    ]
    assert found == expected
    paid = {code: amount for code, how, p in payments if how != "УН" for amount in [number(p, "PaymentAmount")]}
    heads = {
        p.findtext("{*}PaymentModeCode"): number(p, "PaymentAmount") for p in root.iter("{*}ESADout_CUCustomsPayment")
    }
    assert heads == paid == {code: ours[1 if code != "1010" else None, code].payable for code in paid}
    with capsys.disabled():
        print(f"\n  eaeu: {len(expected)} payments state base, rate and amount; {len(found)} reproduced, 0 exceptions;")
        print("    customs value from the price in USD, VAT base and totals by payment reproduced")
    assert len(found) == 4


@pytest.mark.reference
def test_our_reading_states_the_same_payments(reference_data):
    folder = reference_data / "messages" / "eaeu" / "converterapp-import-im40"
    read = (
        wire.read(next(folder.glob("*.xml")).read_bytes()).declaration.goods_shipment.items[0].commodity.duty_tax_fees
    )
    stated = [
        (p.findtext("{*}PaymentModeCode"), number(p, "TaxBase"), number(p, "Rate"), number(p, "PaymentAmount"))
        for p in declaration(reference_data).iter("{*}ESADout_CUCustomsPaymentCalculation")
    ]
    fees = [
        (fee.type_code, fee.ad_valorem_tax_base.value, fee.tax_rate_numeric, fee.payment_amount.value) for fee in read
    ]
    assert fees == stated
    assert len(fees) == 4
