# SPDX-License-Identifier: Apache-2.0
"""Amounts as people write them: one reading, or none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from gumruk.office.ui.forms import AmountField


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1 250,50", "1250.50"),
        ("1250.5", "1250.5"),
        ("1'250.50", "1250.50"),
        ("1 000", "1000"),
        ("1,00", "1.00"),
        ("0,125", "0.125"),
        ("1.0000", "1.0000"),
    ],
)
def test_it_reads_an_amount_as_it_is_written_here(written: str, amount: str) -> None:
    assert AmountField(digits=2).clean(written) == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "digits", "mend"),
    [
        ("1,000", 2, "Write 1000 or 1.00."),
        ("1.000", 2, "Write 1000 or 1.00."),
        ("-12,500", 2, "Write -12500 or -12.50."),
        ("1,000", 0, "Write 1000 or 1."),
        ("1,234", 3, "Write 1234 or 1.234."),
        ("1,234", None, "Write 1234 or 1.234."),
    ],
)
def test_it_refuses_what_can_be_read_two_ways_and_shows_both(written: str, digits: int | None, mend: str) -> None:
    with pytest.raises(ValidationError) as refused:
        AmountField(digits=digits).clean(written)
    assert refused.value.code == "ambiguous"
    assert refused.value.message == f"“{written}” can be read two ways. {mend}"


@pytest.mark.parametrize("digits", [3, None])
def test_it_reads_three_digits_after_a_point_where_they_can_be(digits: int | None) -> None:
    assert AmountField(digits=digits).clean("1.250") == Decimal("1.250")
