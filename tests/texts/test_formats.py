# SPDX-License-Identifier: Apache-2.0
"""How numbers, money, days and codes are written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk import texts
from gumruk.texts import formats

DUSHANBE = ZoneInfo("Asia/Dushanbe")


@pytest.mark.parametrize(
    ("language", "value", "digits", "written"),
    [
        ("en", "1234567.5", 2, "1 234 567.50"),
        ("ru", "1234567.5", 2, "1 234 567,50"),
        ("tg", "1250", None, "1 250"),
        ("tg", "0", 2, "0,00"),
        ("en", "-1234", None, "−1 234"),
        ("en", "-0.00", 2, "0.00"),
        ("en", "1E+3", None, "1 000"),
        ("en", "0.0005", None, "0.0005"),
    ],
)
def test_it_writes_numbers(language: str, value: str, digits: int | None, written: str) -> None:
    assert formats.number(language, Decimal(value), digits).replace("\N{NO-BREAK SPACE}", " ") == written


def test_it_never_cuts_digits_silently() -> None:
    with pytest.raises(ValueError, match="more than 2 digits"):
        formats.number("en", Decimal("1.005"), 2)
    assert formats.money("en", Decimal("1.005"), "TJS") == "1.005\N{NO-BREAK SPACE}TJS"


def test_it_writes_zero_and_not_computed_differently() -> None:
    assert formats.money("ru", Decimal(0), "TJS") == "0,00\N{NO-BREAK SPACE}TJS"
    assert formats.money("ru", None, "TJS") == "\N{EM DASH}"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.sampled_from(texts.languages()))
def test_it_can_read_back_every_number(value: Decimal, language: str) -> None:
    written = formats.number(language, value)
    plain = written.replace("\N{NO-BREAK SPACE}", "").replace(",", ".").replace("\N{MINUS SIGN}", "-")
    assert Decimal(plain) == value


@pytest.mark.parametrize(("language", "written"), [("en", "4 Jan 2027"), ("ru", "04.01.2027"), ("tg", "04.01.2027")])
def test_it_writes_days_with_their_year(language: str, written: str) -> None:
    assert formats.day(language, date(2027, 1, 4)).replace("\N{NO-BREAK SPACE}", " ") == written


def test_it_writes_a_moment_by_the_clock_on_the_wall() -> None:
    late = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    assert formats.moment("ru", late, DUSHANBE) == "01.01.2027, 00:00"
    with pytest.raises(ValueError, match="time zone"):
        formats.moment("ru", datetime(2026, 12, 31, 19, 0), DUSHANBE)  # noqa: DTZ001 - the naive one is the point


@pytest.mark.parametrize(
    ("digits", "printed"),
    [("87", "87"), ("8703", "8703"), ("870323", "8703 23"), ("8703231940", "8703 23 194 0")],
)
def test_it_groups_commodity_codes_as_the_trade_does(digits: str, printed: str) -> None:
    assert formats.hs_code(digits).replace("\N{NO-BREAK SPACE}", " ") == printed


@pytest.mark.parametrize(
    ("language", "value", "unit", "written"),
    [
        ("en", "1250.500", "KGM", "1 250.5 kg"),
        ("ru", "1200", "KGM", "1 200 кг"),
        ("tg", "3", "NAR", "3 NAR"),
        ("en", "0", "LTR", "0 l"),
    ],
)
def test_it_writes_quantities_with_their_unit(language: str, value: str, unit: str, written: str) -> None:
    assert formats.quantity(language, Decimal(value), unit).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("language", "share", "written"),
    [("en", "0.14", "14%"), ("ru", "0.135", "13,5 %"), ("tg", "0", "0 %"), ("en", "1", "100%")],
)
def test_it_writes_rates_as_shares_of_hundred(language: str, share: str, written: str) -> None:
    assert formats.percent(language, Decimal(share)).replace("\N{NO-BREAK SPACE}", " ") == written
