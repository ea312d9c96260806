# SPDX-License-Identifier: Apache-2.0
"""What is looked at before money is booked: every answer that a payment can get has its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gumruk.law.kernel import Finding, Money, Rounding, Severity, Step
from gumruk.law.kernel.folding import unseen_signs
from gumruk.law.lawbook import Status
from gumruk.law.payments.accounts import Account
from gumruk.law.payments.entries import Entry
from gumruk.law.payments.settlement import Settlement
from gumruk.law.payments.terms import DatedRate

VALUE_DATE_DAYS_MAX = 366
"""How many days a value date may lie back. No act names a limit: whoever finds money older than a year has misread the
date, mostly one of another calendar (1405 of the Persian one is 2026), and money truly that old needs more than a
cashier. A country's pack names no such value yet."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment as the bank or the cashier reports it. `reference` is the bank's, and the same never pays twice."""

    payer: str | None
    money: Money
    reference: str
    value_date: date


def check_amount(money: Money, digits: int) -> tuple[Finding, ...]:
    """An amount that can move: PAY-4 not above zero, PAY-5 finer than the currency, which has so many `digits`."""
    shown, found = {"amount": f"{money.amount:f}", "currency": money.currency}, []
    if money.amount <= 0:
        found.append(Finding("PAY-4", "amount", shown))
    if Rounding("down", digits).apply(money.amount) != money.amount:
        found.append(Finding("PAY-5", "amount", {**shown, "digits": str(digits)}))
    return tuple(found)


def check_payment(payment: Payment, today: date, home: str, digits: int) -> tuple[Finding, ...]:
    """Everything to be said about a payment before it is booked; an error refuses it.

    `digits` are those after the point of the payment's currency. PAY-4 not above zero, PAY-5 finer than the currency,
    PAY-6 a value date still to come, PAY-21 one of more than a year ago, PAY-7 no reference, PAY-20 signs in it
    that nobody sees, PAY-8 payer unknown, PAY-9 foreign currency.
    """
    money, found = payment.money, list(check_amount(payment.money, digits))
    shown = {"amount": f"{money.amount:f}", "currency": money.currency}
    if payment.value_date > today:
        days = {"value_date": payment.value_date.isoformat(), "today": today.isoformat()}
        found.append(Finding("PAY-6", "value_date", days))
    if (today - payment.value_date).days > VALUE_DATE_DAYS_MAX:
        days = {"value_date": payment.value_date.isoformat(), "days": str(VALUE_DATE_DAYS_MAX)}
        found.append(Finding("PAY-21", "value_date", days))
    if not payment.reference.strip():
        found.append(Finding("PAY-7", "reference"))
    unseen = unseen_signs(payment.reference)
    if unseen:
        found.append(Finding("PAY-20", "reference", {"signs": ", ".join(unseen)}))
    if payment.payer is None:
        found.append(Finding("PAY-8", "payer", shown, severity=Severity.WARNING))
    if money.currency != home:
        found.append(Finding("PAY-9", "amount", {**shown, "home": home}, severity=Severity.WARNING))
    return tuple(found)


def check_double(payment: Payment, booked: Payment, receipt_number: str) -> Finding:
    """A reference that is booked already: the same payment again (PAY-10) or another under its reference (PAY-11).

    The first books nothing and answers with the receipt that was given; the second is refused.
    """
    params = {
        "reference": payment.reference,
        "receipt": receipt_number,
        "amount": f"{booked.money.amount:f}",
        "currency": booked.money.currency,
    }
    if payment == booked:
        return Finding("PAY-10", "reference", params, severity=Severity.INFORMATION)
    return Finding("PAY-11", "reference", params)


def check_balances(entry: Entry, balances: Mapping[Account, Money]) -> tuple[Finding, ...]:
    """Each account that the entry would take below zero (PAY-12), though it may not go there.

    An account without a known balance holds nothing.
    """
    found = []
    for account, change in entry.changes().items():
        held = balances.get(account, Money.zero(account.currency))
        after = held + change
        if after.amount < 0 and change.amount < 0 and not account.kind.may_go_negative:
            params = {
                "account": account.kind.value,
                "owner": account.owner,
                "available": f"{held.amount:f}",
                "missing": f"{-after.amount:f}",
                "currency": account.currency,
            }
            found.append(Finding("PAY-12", f"accounts[{account.kind.value}]", params))
    return tuple(found)


def check_debit(stands: Settlement, currency: str) -> tuple[Finding, ...]:
    """What keeps charges from being debited: PAY-15 not all of them reserved, PAY-18 a charge without a budget code."""
    found = []
    missing = sum(stands.missing.values(), Money.zero(currency))
    if missing:
        found.append(Finding("PAY-15", "charges", {"missing": f"{missing.amount:f}", "currency": currency}))
    found.extend(
        Finding("PAY-18", f"charges[{line.charge.code}]", {"charge": line.charge.code})
        for line in stands.charges
        if line.reserved and not line.charge.budget_code
    )
    return tuple(found)


def check_rate(currency: str, day: date, rate: DatedRate | None, training: bool) -> tuple[Finding, ...]:
    """Foreign money is converted by a dated rate only: PAY-13 where the day has none.

    PAY-17 where nobody has confirmed the rate and this is no training: money is not collected on it.
    """
    params = {"currency": currency, "day": day.isoformat()}
    if rate is None:
        return (Finding("PAY-13", "rate", params),)
    if rate.status is not Status.VERIFIED and not training:
        return (Finding("PAY-17", "rate", {**params, "status": rate.status.value}, rate.act),)
    return ()


def conversion_step(foreign: Money, converted: Money, rate: DatedRate) -> Step:
    """How foreign money became an advance, so that the payer can compute it again."""
    params = {
        "amount": f"{foreign.amount:f}",
        "currency": foreign.currency,
        "rate": f"{rate.rate.amount:f}",
        "per": str(rate.rate.per),
        "day": rate.day.isoformat(),
        "result": f"{converted.amount:f}",
        "home": converted.currency,
    }
    return Step("payments.conversion", params, act=rate.act)
