# SPDX-License-Identifier: Apache-2.0
"""Entries balance by construction, and each does what the books of customs money say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.kernel import ExchangeRate, Money, Rounding
from gumruk.law.payments import (
    Account,
    AccountKind,
    Charge,
    Entry,
    EntryKind,
    Unbalanced,
    conversion,
    credited,
    debit,
    debited,
    identification,
    receipt,
    refund_payment,
    refund_refusal,
    refund_request,
    reservation,
    reservation_release,
    security,
    security_return,
    security_use,
    totals,
    transfer,
)

ALPHA, KULMA = "510000001", "TJKUL"
ADVANCE = Account(AccountKind.ADVANCE, ALPHA, "TJS")
RESERVED = Account(AccountKind.RESERVED, ALPHA, "TJS")
SECURITY = Account(AccountKind.SECURITY, ALPHA, "TJS")
REFUND = Account(AccountKind.REFUND, ALPHA, "TJS")
BANK = Account(AccountKind.BANK, KULMA, "TJS")
DUTY_TREASURY = Account(AccountKind.TREASURY, KULMA, "TJS", "1501")
VAT_TREASURY = Account(AccountKind.TREASURY, KULMA, "TJS", "1502")

amounts = st.decimals("0.01", "9999999999.99", places=2).map(lambda number: Money(number, "TJS"))


def somoni(text: str) -> Money:
    return Money(Decimal(text), "TJS")


CHARGES = (Charge("duty", "1501", somoni("700.10")), Charge("vat", "1502", somoni("1078.01")))


def test_it_refuses_postings_that_do_not_add_up() -> None:
    with pytest.raises(Unbalanced) as refused:
        Entry(EntryKind.RECEIPT, (debited(BANK, somoni("10")), credited(ADVANCE, somoni("9.99"))))
    assert (refused.value.currency, refused.value.difference) == ("TJS", Decimal("0.01"))


def test_it_balances_each_currency_apart() -> None:
    dollars = Account(AccountKind.SUSPENSE, ALPHA, "USD")
    with pytest.raises(Unbalanced):
        Entry(
            EntryKind.CONVERSION,
            (debited(dollars, Money(Decimal(10), "USD")), credited(ADVANCE, somoni("10"))),
        )


def test_it_refuses_an_entry_of_one_posting_and_a_posting_of_nothing() -> None:
    with pytest.raises(ValueError, match="takes from somewhere"):
        Entry(EntryKind.RECEIPT, (debited(BANK, somoni("1")),))
    with pytest.raises(ValueError, match="zero is not posted"):
        debited(BANK, somoni("0"))
    with pytest.raises(ValueError, match="does not belong"):
        debited(BANK, Money(Decimal(1), "USD"))


def test_it_wants_a_budget_code_on_treasury_accounts_and_on_no_other() -> None:
    with pytest.raises(ValueError, match="budget code"):
        Account(AccountKind.TREASURY, KULMA, "TJS")
    with pytest.raises(ValueError, match="budget code"):
        Account(AccountKind.ADVANCE, ALPHA, "TJS", "1501")
    with pytest.raises(ValueError, match="owner"):
        Account(AccountKind.ADVANCE, "", "TJS")


def test_it_puts_a_payment_on_the_payers_advance() -> None:
    entry = receipt(ALPHA, KULMA, somoni("500"), "TJS")
    assert entry.changes() == {BANK: somoni("500"), ADVANCE: somoni("500")}


def test_it_takes_cash_into_the_cash_box() -> None:
    entry = receipt(ALPHA, KULMA, somoni("500"), "TJS", AccountKind.CASH)
    assert entry.changes()[Account(AccountKind.CASH, KULMA, "TJS")] == somoni("500")
    with pytest.raises(ValueError, match="bank or cash"):
        receipt(ALPHA, KULMA, somoni("500"), "TJS", AccountKind.ADVANCE)


def test_it_keeps_a_payment_without_a_payer_among_the_unidentified_until_he_is_found() -> None:
    waiting = Account(AccountKind.UNIDENTIFIED, KULMA, "TJS")
    assert receipt(None, KULMA, somoni("500"), "TJS").changes()[waiting] == somoni("500")
    found = identification(KULMA, ALPHA, somoni("500"), "TJS").changes()
    assert found == {waiting: somoni("-500"), ADVANCE: somoni("500")}


def test_it_keeps_foreign_money_in_suspense_in_its_own_currency() -> None:
    dollars = Money(Decimal("100"), "USD")
    entry = receipt(ALPHA, KULMA, dollars, "TJS")
    assert entry.changes()[Account(AccountKind.SUSPENSE, ALPHA, "USD")] == dollars
    assert ADVANCE not in entry.changes()


def test_it_converts_foreign_money_at_the_rate_and_rounds_as_named() -> None:
    rate = ExchangeRate("USD", Decimal("10.6543"))
    entry = conversion(ALPHA, Money(Decimal("33.33"), "USD"), rate, "TJS", Rounding.parse("half_up:2"))
    assert entry.changes()[ADVANCE] == somoni("355.11")
    assert entry.changes()[Account(AccountKind.SUSPENSE, ALPHA, "USD")] == Money(Decimal("-33.33"), "USD")
    assert totals(entry.postings) == {"USD": 0, "TJS": 0}


def test_it_reserves_charge_by_charge_and_gives_back_what_is_not_needed() -> None:
    reserved = reservation(ALPHA, CHARGES)
    assert reserved.changes() == {ADVANCE: somoni("-1778.11"), RESERVED: somoni("1778.11")}
    assert [posting.charge for posting in reserved.postings] == ["duty", "duty", "vat", "vat"]
    assert reservation_release(ALPHA, CHARGES).changes() == {
        ADVANCE: somoni("1778.11"),
        RESERVED: somoni("-1778.11"),
    }


def test_it_gives_the_reserved_money_to_the_treasury_by_budget_code_at_release() -> None:
    assert debit(ALPHA, KULMA, CHARGES).changes() == {
        RESERVED: somoni("-1778.11"),
        DUTY_TREASURY: somoni("700.10"),
        VAT_TREASURY: somoni("1078.01"),
    }


def test_it_posts_nothing_for_a_charge_that_is_nil() -> None:
    nil = Charge("excise", "1503", somoni("0"))
    assert len(reservation(ALPHA, (*CHARGES, nil)).postings) == 4
    assert len(debit(ALPHA, KULMA, (*CHARGES, nil)).postings) == 4


def test_it_hands_over_to_the_treasury_what_an_office_collected() -> None:
    entry = transfer(KULMA, [("1501", somoni("700.10")), ("1502", somoni("1078.01"))])
    assert entry.changes() == {
        DUTY_TREASURY: somoni("-700.10"),
        VAT_TREASURY: somoni("-1078.01"),
        BANK: somoni("-1778.11"),
    }


def test_it_secures_a_charge_returns_the_security_and_uses_it_when_the_obligation_is_broken() -> None:
    assert security(ALPHA, CHARGES).changes()[SECURITY] == somoni("1778.11")
    assert security_return(ALPHA, CHARGES).changes()[ADVANCE] == somoni("1778.11")
    used = security_use(ALPHA, KULMA, CHARGES).changes()
    assert (used[SECURITY], used[VAT_TREASURY]) == (somoni("-1778.11"), somoni("1078.01"))


def test_it_sets_a_refund_aside_until_it_is_paid_or_refused() -> None:
    assert refund_request(ALPHA, somoni("20")).changes() == {ADVANCE: somoni("-20"), REFUND: somoni("20")}
    assert refund_refusal(ALPHA, somoni("20")).changes() == {ADVANCE: somoni("20"), REFUND: somoni("-20")}
    assert refund_payment(ALPHA, KULMA, somoni("20")).changes() == {REFUND: somoni("-20"), BANK: somoni("-20")}


def test_it_refuses_to_move_nothing_or_less() -> None:
    for amount in ("0", "-1"):
        with pytest.raises(ValueError, match="above zero"):
            receipt(ALPHA, KULMA, somoni(amount), "TJS")
        with pytest.raises(ValueError, match="above zero"):
            transfer(KULMA, [("1501", somoni(amount))])
    with pytest.raises(ValueError, match="below zero"):
        Charge("duty", "1501", somoni("-1"))


@given(st.lists(amounts, min_size=1, max_size=12))
def test_it_always_balances_and_the_parts_sum_to_what_left_the_payer(parts: list[Money]) -> None:
    charges = [Charge(f"charge_{place}", f"15{place % 3:02}", part) for place, part in enumerate(parts)]
    whole = sum(parts[1:], parts[0])
    for entry in (reservation(ALPHA, charges), debit(ALPHA, KULMA, charges), security_use(ALPHA, KULMA, charges)):
        assert not any(totals(entry.postings).values())
    collected = debit(ALPHA, KULMA, charges).changes()
    given_up = collected.pop(RESERVED)
    assert given_up == -whole
    assert sum(collected.values(), Money.zero("TJS")) == whole


@given(amounts, st.sampled_from(["half_up:2", "down:0", "up:1"]), st.decimals("0.0001", "99999", places=4))
def test_it_balances_every_conversion_whatever_the_rounding(money: Money, rounding: str, price: Decimal) -> None:
    rate = ExchangeRate("USD", price, 10)
    dollars = Money(money.amount, "USD")
    converted = rate.convert(dollars, "TJS", Rounding.parse(rounding))
    if converted:
        entry = conversion(ALPHA, dollars, rate, "TJS", Rounding.parse(rounding))
        assert not any(totals(entry.postings).values())
        assert entry.changes()[ADVANCE] == converted


@given(st.lists(amounts, min_size=1, max_size=6))
def test_it_undoes_an_entry_by_its_mirror(parts: list[Money]) -> None:
    entry = reservation(ALPHA, [Charge(f"c{place}", "1501", part) for place, part in enumerate(parts)])
    mirrored = entry.reversed_as(EntryKind.RESERVATION_RELEASE)
    assert mirrored.changes() == {account: -change for account, change in entry.changes().items()}
