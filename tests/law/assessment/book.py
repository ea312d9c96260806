# SPDX-License-Identifier: Apache-2.0
"""A small country for tests: every kind of duty, excise, VAT that depends on both, a fee by brackets, a preference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gumruk.law.assessment import GoodsFacts, ItemFacts
from gumruk.law.kernel import DateRange, HsCode, Money
from gumruk.law.lawbook import Entry, LawBook, Legal, Moments, Scalar, Status

VERIFIED = Status.VERIFIED


def entry(
    table: str, key: str, *, valid: DateRange | None = None, status: Status = VERIFIED, **fields: Scalar
) -> Entry:
    return Entry(table, key, fields, valid or DateRange(), f"act of {table}", status)


VALUES = {
    "currency": "TJS",
    "rounding.conversion": "half_up:2",
    "rounding.customs_value": "half_up:2",
    "valuation.freight_share_by": "value",
    **{
        f"legal_moment.{kind}": "acceptance" for kind in ("duty", "excise", "vat", "fee", "preference", "exchange_rate")
    },
    "legal_moment.registration": "registration",
}

DUTIES = {
    "": "10%",
    "17": "0.05 EUR/kg",
    "02": "15% min 0.5 EUR/kg",
    "22": "20% max 2 EUR/l",
    "64": "5% + 1.5 EUR/pair",
    "87": "5%",
    "30": "free",
}


def charge(key: str, order: int, name: str, **fields: Scalar) -> Entry:
    held: dict[str, Scalar] = {
        "order": order,
        "name": name,
        "level": "item",
        "kind": "duty",
        "base": "item.customs_value",
        "rounding": "half_up:2",
        **fields,
    }
    return entry("charges", key, **held)


def book(*more: Entry) -> LawBook:
    entries = [
        *(entry("values", key, value=value) for key, value in VALUES.items()),
        entry("values", "vat.rate", valid=DateRange(last=date(2026, 12, 31)), value=Decimal("0.14"), type="decimal"),
        entry("values", "vat.rate", valid=DateRange(date(2027, 1, 1)), value=Decimal("0.13"), type="decimal"),
        *(entry("tariff", code, duty=duty) for code, duty in DUTIES.items()),
        entry("excise", "2203", duty="0.40 EUR/l"),
        entry("exchange_rates", "EUR", amount=Decimal("10.9"), per=1),
        entry("exchange_rates", "USD", amount=Decimal("9.5"), per=1),
        entry("exchange_rates", "UZS", amount=Decimal("0.79"), per=1000),
        charge("2010", 1, "import_duty", rate_table="tariff"),
        charge("4010", 2, "excise", kind="excise", rate_table="excise"),
        charge(
            "5010",
            3,
            "vat",
            kind="vat",
            base="item.customs_value + charge.import_duty + charge.excise",
            amount="base * law.vat_rate",
        ),
        charge(
            "1010",
            4,
            "customs_fee",
            kind="fee",
            level="declaration",
            base="declaration.customs_value",
            bracket_table="fees",
            bracket_on="declaration.customs_value",
            amount="bracket.amount * if(declaration.outside_hours and not declaration.agricultural, 2, 1)",
        ),
        entry("fees", "1", **{"from": Decimal(0), "to": Decimal(10000), "amount": Decimal(100)}),
        entry("fees", "2", **{"from": Decimal(10000), "to": None, "amount": Decimal(400)}),
        entry(
            "preferences", "CIS", countries=("RU", "KZ"), proof=("861",), duty="free", charge="import_duty", excluded=()
        ),
        entry("procedures", "40", flow="import", collect="payable"),
        entry("procedures", "53", flow="import", collect="secured"),
        entry("procedures", "78", flow="import", collect="none"),
        entry("reliefs", "E01", charges=("import_duty", "vat"), when='item.code in ["30"]'),
    ]
    return LawBook("TJ", [*entries, *more])


def item(code: str = "847130", price: str = "1000", currency: str = "USD", **facts: object) -> ItemFacts:
    held: dict[str, object] = {"sequence": 1, "procedure": "40", "previous_procedure": "00", "origin": "CN", **facts}
    return ItemFacts(code=HsCode(code), price=Money(Decimal(price), currency), **held)  # type: ignore[arg-type]


def goods(*items: ItemFacts, **facts: object) -> GoodsFacts:
    return GoodsFacts(items, **facts)  # type: ignore[arg-type]


def legal(law: LawBook | None = None, on: date = date(2026, 12, 1), *, training: bool = False) -> Legal:
    return Legal(law or BOOK, Moments(on, on), training=training)


BOOK = book()
