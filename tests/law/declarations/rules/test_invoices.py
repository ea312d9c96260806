# SPDX-License-Identifier: Apache-2.0
"""Invoices, their sums, and declared rates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.law.declarations.cases import GOOD, ITEM, law, numbered, places, with_items, with_shipment

from gumruk.law.declarations.model import Amount, CurrencyExchange, Declaration, Invoice, Moment

DAY = Moment("20261120", "102")


def listed(*invoices: Invoice) -> Declaration:
    return with_shipment(invoices=invoices)


def split(*invoices: Invoice, prices: tuple[tuple[str, str, str], ...]) -> Declaration:
    """Items by (invoice, price, currency)."""
    assert ITEM.commodity is not None
    items = tuple(
        replace(
            ITEM,
            sequence_numeric=number,
            commodity=replace(ITEM.commodity, invoice_id=invoice, item_charge_amount=Amount(Decimal(price), currency)),
        )
        for number, (invoice, price, currency) in enumerate(prices, start=1)
    )
    declaration = with_items(*items)
    assert declaration.goods_shipment is not None
    return replace(declaration, goods_shipment=replace(declaration.goods_shipment, invoices=invoices))


def amount(value: str, currency: str = "USD") -> Amount:
    return Amount(Decimal(value), currency)


def test_it_asks_dec_55_invoices_have_number_and_day() -> None:
    assert places("DEC-55", listed(Invoice(id="INV-1", issue=DAY))) == []
    assert places("DEC-55", listed(Invoice(issue=DAY))) == ["goods_shipment.invoices[0].id"]
    assert places("DEC-55", listed(Invoice(id="INV-1"))) == ["goods_shipment.invoices[0].issue"]


def test_it_asks_dec_56_invoices_are_named_once() -> None:
    one, two = Invoice(id="INV-1", issue=DAY), Invoice(id="INV-2", issue=DAY)
    assert places("DEC-56", listed(one, two)) == []
    assert places("DEC-56", listed(one, two, one)) == ["goods_shipment.invoices[2].id"]


def test_it_asks_dec_57_invoices_of_items_are_listed() -> None:
    prices = (("INV-1", "50000", "USD"),)
    assert places("DEC-57", split(Invoice(id="INV-1"), prices=prices)) == []
    assert places("DEC-57", split(Invoice(id="INV-2"), prices=prices)) == ["items[0].commodity.invoice_id"]


def test_it_asks_dec_58_each_invoice_is_the_sum_of_its_items() -> None:
    prices = (("A", "10", "USD"), ("A", "5.50", "USD"), ("B", "7", "TJS"))
    good = (Invoice(id="A", amount=amount("15.50")), Invoice(id="B", amount=amount("7", "TJS")))
    assert places("DEC-58", split(*good, prices=prices)) == []
    wrong = (replace(good[0], amount=amount("15.52")), replace(good[1], amount=amount("7", "USD")))
    assert places("DEC-58", split(*wrong, prices=prices)) == [
        "goods_shipment.invoices[0].amount",
        "goods_shipment.invoices[1].amount",
    ]
    assert places("DEC-58", split(replace(good[0], amount=amount("15.51")), prices=prices)) == []
    two = (("A", "10", "USD"), ("A", "5.50", "TJS"))
    assert places("DEC-58", split(good[0], prices=two)) == ["goods_shipment.invoices[0].amount"]


def test_it_asks_dec_59_the_total_is_the_sum_of_the_invoices() -> None:
    parts = (Invoice(id="A", amount=amount("30000")), Invoice(id="B", amount=amount("20000")))
    assert places("DEC-59", listed(*parts)) == []
    assert places("DEC-59", listed(parts[0])) == ["invoice_amount"]
    assert places("DEC-59", listed(parts[0], Invoice(id="B"))) == []


def test_it_asks_dec_60_invoices_are_of_their_time() -> None:
    def dated(day: str) -> list[str]:
        return places("DEC-60", listed(Invoice(id="A", issue=Moment(day, "102"))), law(numbered("DEC-60", "365")))

    assert dated("20261201") == dated("20251201") == []
    assert dated("20261202") == dated("20251130") == ["goods_shipment.invoices[0].issue"]
    assert dated("20271201") == dated("never") == []  # DEC-15 tells of what is no day, or far ahead
    assert places("DEC-60", listed(Invoice(id="A", issue=Moment("20201130", "102")))) == []


def test_it_asks_dec_61_listed_invoices_are_among_the_documents() -> None:
    assert places("DEC-61", listed(Invoice(id="INV-1", issue=DAY))) == []
    assert places("DEC-61", listed(Invoice(id="INV-2", issue=DAY))) == ["goods_shipment.invoices[0].id"]
    assert places("DEC-61", replace(listed(Invoice(id="INV-2", issue=DAY)), additional_documents=())) == []


@pytest.mark.parametrize(
    ("currency", "rate", "good"), [("USD", "9.5", True), ("XXX", "1", False), ("USD", "0", False), ("USD", "-1", False)]
)
def test_it_asks_dec_62_declared_rates_can_be(currency: str, rate: str, good: bool) -> None:
    declared = (CurrencyExchange(currency_type_code=currency, rate_numeric=Decimal(rate)),)
    expected = [] if good else ["currency_exchanges[0]"]
    assert places("DEC-62", replace(GOOD, currency_exchanges=declared)) == expected
    assert "currency_exchanges[1]" in places("DEC-62", replace(GOOD, currency_exchanges=declared * 2))


def test_it_asks_dec_63_declared_rates_are_the_official_ones() -> None:
    def declared(rate: str) -> list[str]:
        exchange = CurrencyExchange(currency_type_code="USD", rate_numeric=Decimal(rate))
        return places("DEC-63", replace(GOOD, currency_exchanges=(exchange,)))

    assert declared("9.5") == declared("9.50") == []
    assert declared("9.51") == ["currency_exchanges[0].rate_numeric"]
