# SPDX-License-Identifier: Apache-2.0
"""The cast at the cashier's window: Sitora (cashier at Kulma), Dilnoza (officer), Alpha Trade, Zed Ltd, Rustam."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from gumruk.law.kernel import DateRange, Money
from gumruk.law.lawbook import Entry, Law, LawBook, Status
from gumruk.law.payments import Charge
from gumruk.office.accounts.permissions import Actor

KULMA, DUSHANBE = "TJ-KUL", "TJ-DYU"
ALPHA, ZED = "510000001", "510000002"
NOON = datetime(2026, 11, 25, 7, tzinfo=UTC)  # noon in Dushanbe
TODAY = date(2026, 11, 25)

SITORA = Actor(UUID(int=0x51), "Sitora", "cashier", (KULMA,))
DILNOZA = Actor(UUID(int=0x52), "Dilnoza", "officer", (KULMA,))
FARRUKH = Actor(UUID(int=0x53), "Farrukh", "supervisor", (KULMA,))
ALPHA_TRADE = Actor(UUID(int=0x54), "Alpha Trade", "trader", (), ALPHA)
ZED_LTD = Actor(UUID(int=0x55), "Zed Ltd", "trader", (), ZED)
RUSTAM = Actor(UUID(int=0x56), "Rustam", "auditor")
DUSHANBE_CASHIER = Actor(UUID(int=0x57), "Malika", "cashier", (DUSHANBE,))

DUTY = Charge("import_duty", "TR-1141", Money(Decimal("700.10"), "TJS"))
VAT = Charge("vat", "TR-1121", Money(Decimal("1078.01"), "TJS"))
FILE = {"subject_kind": "declaration", "subject_id": "0192f000-0000-7000-8000-000000000001"}


def somoni(text: str) -> Money:
    return Money(Decimal(text), "TJS")


def dollars(text: str) -> Money:
    return Money(Decimal(text), "USD")


def law(training: bool = True, day: date = TODAY) -> Law:
    """A law that names the currency and one rate of one day."""
    rate = {"amount": Decimal("10.6543"), "per": Decimal(1)}
    rows = [
        Entry("values", "currency", {"value": "TJS"}),
        Entry("exchange_rates", "USD", rate, DateRange(TODAY, TODAY), "NBT", Status.UNVERIFIED),
    ]
    return LawBook("tj", rows).at(day, training=training)
