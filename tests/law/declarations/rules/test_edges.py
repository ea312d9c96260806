# SPDX-License-Identifier: Apache-2.0
"""Rules on their very edge: the last value that is good beside the first that is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.law.declarations.cases import GOOD, found, law, numbered, with_item, with_shipment
from tests.law.declarations.rules.goods import described

from gumruk.law.declarations import Context
from gumruk.law.declarations.model import (
    AdditionalDocument,
    Amount,
    Authentication,
    Declaration,
    Invoice,
    Measure,
    Moment,
    PreviousDocument,
)
from gumruk.law.declarations.rules.transport import is_container_number


def usd(amount: str) -> Amount:
    return Amount(Decimal(amount), "USD")


def issued(day: str) -> Declaration:
    return replace(GOOD, issue=Moment(day))


def invoiced(amount: str) -> Declaration:
    return replace(GOOD, invoice_amount=usd(amount))


def weighed(kilograms: str) -> Declaration:
    return replace(GOOD, total_gross_mass=Measure(Decimal(kilograms), "KGM"))


def by_invoices(amount: str) -> Declaration:
    return with_shipment(invoices=(Invoice(id="INV-1", amount=usd(amount)),))


def written_off(kilograms: str) -> Declaration:
    document = PreviousDocument(type_code="830", id="X", gross_mass=Measure(Decimal(kilograms), "KGM"))
    return with_item(previous_documents=(document,))


def signed(day: str) -> Declaration:
    authority = AdditionalDocument(id="7", issue=Moment(day))
    return replace(GOOD, authentication=Authentication(authority=authority))


LETTERS = law(numbered("DEC-109", "11", "warning"))


@pytest.mark.parametrize(
    ("code", "good", "wrong", "context"),
    [
        ("DEC-15", issued("20261202"), issued("20261203"), law()),
        ("DEC-15", issued("19900101"), issued("19891231"), law()),
        ("DEC-11", invoiced("50000.01"), invoiced("50000.02"), law()),
        ("DEC-11", invoiced("49999.99"), invoiced("49999.98"), law()),
        ("DEC-12", weighed("120.01"), weighed("120.011"), law()),
        ("DEC-59", by_invoices("50000.01"), by_invoices("50000.02"), law()),
        ("DEC-84", written_off("120.01"), written_off("120.02"), law()),
        ("DEC-204", signed("20261201"), signed("20261202"), law()),
        ("DEC-109", described("Smartphones"), described("Smartphone"), LETTERS),
    ],
)
def test_a_rule_holds_to_its_edge(code: str, good: Declaration, wrong: Declaration, context: Context) -> None:
    assert code not in {each for each, _ in found(good, context)}
    assert code in {each for each, _ in found(wrong, context)}


def test_a_check_digit_of_ten_is_written_as_nought() -> None:
    tens = [f"CSQU{number:06}0" for number in range(100) if is_container_number(f"CSQU{number:06}0")]
    assert len(tens) > 13, "one of eleven has the digit 0 by itself, and one more whose remainder is 10"
