# SPDX-License-Identifier: Apache-2.0
"""Assessing five items with four charges each, against a Decimal function written by hand for exactly this law.

Both convert prices from two currencies, share freight out so that it sums, compute a combined duty, an excise per
litre, a fee per item and value added tax on all of them, and round as the law says. The amounts are compared first.
"""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from benchmarks.figures import Figure, seconds_each
from gumruk.law.assessment import GoodsFacts, ItemFacts, assess, compute
from gumruk.law.kernel import DateRange, HsCode, Money
from gumruk.law.lawbook import Entry, LawBook, Legal, Moments, Scalar, Status

DAY = date(2026, 12, 1)
CENT = Decimal("0.01")


def _entry(table: str, key: str, **fields: Scalar) -> Entry:
    return Entry(table, key, fields, DateRange(), "act", Status.VERIFIED)


def _charge(key: str, order: int, name: str, **fields: Scalar) -> Entry:
    held: dict[str, Scalar] = {"order": order, "name": name, "level": "item", "kind": "duty", "rounding": "half_up:2"}
    return _entry("charges", key, **held, **fields)


BOOK = LawBook(
    "XX",
    [
        _entry("values", "currency", value="TJS"),
        _entry("values", "rounding.conversion", value="half_up:2"),
        _entry("values", "rounding.customs_value", value="half_up:2"),
        _entry("values", "valuation.freight_share_by", value="value"),
        _entry("values", "vat.rate", value=Decimal("0.14"), type="decimal"),
        _entry("values", "fee.rate", value=Decimal("0.0015"), type="decimal"),
        _entry("tariff", "2204", duty="20% min 0.35 EUR/l"),
        _entry("excise", "2204", duty="0.84 EUR/l"),
        _entry("exchange_rates", "EUR", amount=Decimal("10.9"), per=1),
        _entry("exchange_rates", "USD", amount=Decimal("9.5"), per=1),
        _entry("procedures", "40", flow="import", collect="payable"),
        _charge("20", 1, "duty", base="item.customs_value", rate_table="tariff"),
        _charge("40", 2, "excise", base="item.customs_value", rate_table="excise"),
        _charge("10", 3, "fee", base="item.customs_value", amount="base * law.fee_rate"),
        _charge(
            "50",
            4,
            "vat",
            base="item.customs_value + charge.duty + charge.excise + charge.fee",
            amount="base * law.vat_rate",
        ),
    ],
)
LEGAL = Legal(BOOK, Moments(DAY, DAY))
FACTS = GoodsFacts(
    tuple(
        ItemFacts(
            sequence=number,
            code=HsCode("2204218201"),
            price=Money(Decimal(price), "USD"),
            origin="GE",
            procedure="40",
            net_mass_kg=Decimal(900),
            gross_mass_kg=Decimal(1100),
            quantities={"LTR": Decimal(litres)},
        )
        for number, (price, litres) in enumerate(
            (("1800.00", "750"), ("920.50", "300"), ("4410.10", "1500.5"), ("15.99", "3"), ("700.00", "9000")), start=1
        )
    ),
    Money(Decimal("611.33"), "EUR"),
)

# What a careful programmer would write for this one law: one context, rates by code, no objects but Decimals.
_CONTEXT = decimal.Context(prec=60)
_RATES = {"USD": Decimal("9.5"), "EUR": Decimal("10.9"), "TJS": Decimal(1)}
_DUTY = {"2204": (Decimal("0.20"), Decimal("0.35"))}
_EXCISE = {"2204": Decimal("0.84")}
_FEE, _VAT = Decimal("0.0015"), Decimal("0.14")


def by_hand(facts: GoodsFacts) -> list[tuple[Decimal, ...]]:
    """The same charges: (customs value, duty, excise, fee, VAT) of each item."""
    with decimal.localcontext(_CONTEXT):
        prices = [
            (item.price.amount * _RATES[item.price.currency]).quantize(CENT, ROUND_HALF_UP) for item in facts.items
        ]
        freight = Decimal(0)
        if facts.freight is not None:
            freight = (facts.freight.amount * _RATES[facts.freight.currency]).quantize(CENT, ROUND_HALF_UP)
        whole, running, given = sum(prices), Decimal(0), Decimal(0)
        lines = []
        for item, price in zip(facts.items, prices, strict=True):
            running += price
            reached = (freight * running / whole).quantize(CENT, ROUND_HALF_UP)
            value = price + reached - given
            given = reached
            heading, litres = item.code.heading, item.quantities["LTR"]
            percent, least = _DUTY[heading]
            duty = max(value * percent, litres * least * _RATES["EUR"]).quantize(CENT, ROUND_HALF_UP)
            excise = (litres * _EXCISE[heading] * _RATES["EUR"]).quantize(CENT, ROUND_HALF_UP)
            fee = (value * _FEE).quantize(CENT, ROUND_HALF_UP)
            vat = ((value + duty + excise + fee) * _VAT).quantize(CENT, ROUND_HALF_UP)
            lines.append((value, duty, excise, fee, vat))
    return lines


def figures() -> Iterator[Figure]:
    """Microseconds for each way, and their ratios."""
    computed = compute(FACTS, LEGAL)
    amounts = [line.computed for line in computed.amounts]
    expected = by_hand(FACTS)
    if [list(line[1:]) for line in expected] != [amounts[place : place + 4] for place in range(0, len(amounts), 4)]:
        raise AssertionError("the function written by hand and the compiled law give other amounts")
    hand = seconds_each(lambda: by_hand(FACTS))
    compiled = seconds_each(lambda: compute(FACTS, LEGAL))
    explained = seconds_each(lambda: assess(FACTS, LEGAL))
    yield Figure("assess", "by hand", round(hand * 1e6, 1), "us")
    yield Figure("assess", "compiled", round(compiled * 1e6, 1), "us")
    yield Figure("assess", "explained", round(explained * 1e6, 1), "us")
    yield Figure("assess", "compiled to by hand", round(compiled / hand, 2), "ratio", "at most 2")
    yield Figure("assess", "explained to by hand", round(explained / hand, 2), "ratio", "at most 15")
