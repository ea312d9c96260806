# SPDX-License-Identifier: Apache-2.0
"""The entries of customs money, from the cashier's window to the treasury.

Customs money is mostly prepaid: it arrives on the payer's advance account, is reserved when the declaration is
accepted, leaves the payer when the goods are released, and goes to the treasury by budget code and post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gumruk.law.kernel import ExchangeRate, Money, Rounding
from gumruk.law.payments.accounts import ADMINISTRATION, Account, AccountKind
from gumruk.law.payments.entries import Entry, EntryKind, Posting, credited, debited


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge that is due: its name in the law, the treasury's budget code it goes to, and the amount."""

    code: str
    budget_code: str
    due: Money

    def __post_init__(self) -> None:
        if self.due.amount < 0:
            raise ValueError(f"charge {self.code} is below zero: what is given back is a refund")


def receipt(payer: str | None, office: str, money: Money, home: str, into: AccountKind = AccountKind.BANK) -> Entry:
    """Money arrives: on the payer's advance account in the country's own currency (`home`), in suspense otherwise.

    Without a known payer it waits among the unidentified receipts of the office that took it.
    """
    _above_zero(money)
    if not into.is_asset:
        raise ValueError(f"money is received in bank or cash, not in {into}")
    holder = Account(into, office, money.currency)
    if payer is None:
        owed = Account(AccountKind.UNIDENTIFIED, office, money.currency)
    elif money.currency == home:
        owed = Account(AccountKind.ADVANCE, payer, money.currency)
    else:
        owed = Account(AccountKind.SUSPENSE, payer, money.currency)
    return Entry(EntryKind.RECEIPT, (debited(holder, money), credited(owed, money)))


def identification(office: str, payer: str, money: Money, home: str) -> Entry:
    """The payer of an unidentified receipt is found: it becomes his."""
    kind = AccountKind.ADVANCE if money.currency == home else AccountKind.SUSPENSE
    return _moved(
        EntryKind.IDENTIFICATION,
        Account(AccountKind.UNIDENTIFIED, office, money.currency),
        Account(kind, payer, money.currency),
        money,
    )


def conversion(payer: str, foreign: Money, rate: ExchangeRate, home: str, rounding: Rounding) -> Entry:
    """Foreign money leaves suspense and becomes an advance, at a dated rate and rounded as the law says."""
    _above_zero(foreign)
    converted = rate.convert(foreign, home, rounding)
    return Entry(
        EntryKind.CONVERSION,
        (
            debited(Account(AccountKind.SUSPENSE, payer, foreign.currency), foreign),
            credited(Account(AccountKind.EXCHANGE, ADMINISTRATION, foreign.currency), foreign),
            debited(Account(AccountKind.EXCHANGE, ADMINISTRATION, home), converted),
            credited(Account(AccountKind.ADVANCE, payer, home), converted),
        ),
    )


def reservation(payer: str, charges: Sequence[Charge]) -> Entry:
    """At acceptance: what a file owes is set aside from the payer's advance, charge by charge."""
    return _by_charge(EntryKind.RESERVATION, payer, AccountKind.ADVANCE, AccountKind.RESERVED, charges)


def reservation_release(payer: str, charges: Sequence[Charge]) -> Entry:
    """The file no longer needs it: the reserved money is the payer's again."""
    return _by_charge(EntryKind.RESERVATION_RELEASE, payer, AccountKind.RESERVED, AccountKind.ADVANCE, charges)


def debit(payer: str, office: str, charges: Sequence[Charge]) -> Entry:
    """At release: the reserved money is the treasury's now, by budget code and post."""
    return _to_treasury(EntryKind.DEBIT, Account(AccountKind.RESERVED, payer, _currency(charges)), office, charges)


def security(payer: str, charges: Sequence[Charge]) -> Entry:
    """A charge that is not collected now is secured with the payer's own money."""
    return _by_charge(EntryKind.SECURITY, payer, AccountKind.ADVANCE, AccountKind.SECURITY, charges)


def security_return(payer: str, charges: Sequence[Charge]) -> Entry:
    """The obligation has ended: the security is the payer's again."""
    return _by_charge(EntryKind.SECURITY_RETURN, payer, AccountKind.SECURITY, AccountKind.ADVANCE, charges)


def security_use(payer: str, office: str, charges: Sequence[Charge]) -> Entry:
    """The obligation was broken: the security pays the charges."""
    held = Account(AccountKind.SECURITY, payer, _currency(charges))
    return _to_treasury(EntryKind.SECURITY_USE, held, office, charges)


def transfer(office: str, shares: Sequence[tuple[str, Money]]) -> Entry:
    """What an office collected goes from its bank account to the treasury: (budget code, amount) each."""
    postings: list[Posting] = []
    for budget_code, money in shares:
        _above_zero(money)
        postings.append(debited(Account(AccountKind.TREASURY, office, money.currency, budget_code), money))
        postings.append(credited(Account(AccountKind.BANK, office, money.currency), money))
    return Entry(EntryKind.TRANSFER, tuple(postings))


def refund_request(payer: str, money: Money) -> Entry:
    """The payer asks free money back: from now on nothing else can use it."""
    advance, refund = _refunds(payer, money)
    return _moved(EntryKind.REFUND_REQUEST, advance, refund, money)


def refund_refusal(payer: str, money: Money) -> Entry:
    """The request is refused or withdrawn: the money is free again."""
    advance, refund = _refunds(payer, money)
    return _moved(EntryKind.REFUND_REFUSAL, refund, advance, money)


def refund_payment(payer: str, office: str, money: Money) -> Entry:
    """The refund leaves the office's bank account."""
    refund = _refunds(payer, money)[1]
    return _moved(EntryKind.REFUND_PAYMENT, refund, Account(AccountKind.BANK, office, money.currency), money)


def _refunds(payer: str, money: Money) -> tuple[Account, Account]:
    return (
        Account(AccountKind.ADVANCE, payer, money.currency),
        Account(AccountKind.REFUND, payer, money.currency),
    )


def _above_zero(money: Money) -> None:
    if money.amount <= 0:
        raise ValueError(f"{money} moves nothing: an amount above zero is needed")


def _currency(charges: Sequence[Charge]) -> str:
    currencies = {charge.due.currency for charge in charges}
    if len(currencies) != 1:
        raise ValueError("charges of one entry are in one currency")
    return currencies.pop()


def _moved(kind: EntryKind, source: Account, target: Account, money: Money, charge: str = "") -> Entry:
    _above_zero(money)
    return Entry(kind, (debited(source, money, charge), credited(target, money, charge)))


def _by_charge(
    kind: EntryKind, payer: str, source: AccountKind, target: AccountKind, charges: Sequence[Charge]
) -> Entry:
    currency = _currency(charges)
    giving, taking = Account(source, payer, currency), Account(target, payer, currency)
    postings: list[Posting] = []
    for charge in charges:
        if charge.due:
            postings.append(debited(giving, charge.due, charge.code))
            postings.append(credited(taking, charge.due, charge.code))
    return Entry(kind, tuple(postings))


def _to_treasury(kind: EntryKind, source: Account, office: str, charges: Sequence[Charge]) -> Entry:
    postings: list[Posting] = []
    for charge in charges:
        if charge.due:
            treasury = Account(AccountKind.TREASURY, office, charge.due.currency, charge.budget_code)
            postings.append(debited(source, charge.due, charge.code))
            postings.append(credited(treasury, charge.due, charge.code))
    return Entry(kind, tuple(postings))
