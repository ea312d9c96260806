# SPDX-License-Identifier: Apache-2.0
"""Postings and entries: nothing can be written that does not balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gumruk.law.kernel import Money
from gumruk.law.payments.accounts import Account


class EntryKind(StrEnum):
    """What happened to the money."""

    RECEIPT = "receipt"
    RECEIPT_VOID = "receipt_void"
    IDENTIFICATION = "identification"
    CONVERSION = "conversion"
    RESERVATION = "reservation"
    RESERVATION_RELEASE = "reservation_release"
    DEBIT = "debit"
    SECURITY = "security"
    SECURITY_RETURN = "security_return"
    SECURITY_USE = "security_use"
    TRANSFER = "transfer"
    REFUND_REQUEST = "refund_request"
    REFUND_REFUSAL = "refund_refusal"
    REFUND_PAYMENT = "refund_payment"


class Unbalanced(ValueError):
    """The postings of an entry do not add up to zero in this currency."""

    def __init__(self, currency: str, difference: Decimal) -> None:
        super().__init__(f"the postings in {currency} are off by {difference:f}")
        self.currency, self.difference = currency, difference


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry: the account, the signed amount (debit above zero, credit below), and for which charge."""

    account: Account
    amount: Money
    charge: str = ""

    def __post_init__(self) -> None:
        if self.amount.currency != self.account.currency:
            raise ValueError(f"{self.amount} does not belong on an account in {self.account.currency}")
        if not self.amount:
            raise ValueError("a posting moves something: zero is not posted")

    @property
    def change(self) -> Money:
        """What the posting adds to the account's balance, seen by its owner: below zero where it takes away."""
        return self.amount if self.account.kind.is_asset else -self.amount


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to the money, as postings that add up to zero in each currency. Raises Unbalanced otherwise."""

    kind: EntryKind
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        if len(self.postings) < 2:
            raise ValueError("an entry takes from somewhere and gives to somewhere")
        for currency, difference in totals(self.postings).items():
            if difference:
                raise Unbalanced(currency, difference)

    def changes(self) -> dict[Account, Money]:
        """What the entry adds to each account's balance, seen by its owner."""
        found: dict[Account, Money] = {}
        for posting in self.postings:
            held = found.get(posting.account, Money.zero(posting.account.currency))
            found[posting.account] = held + posting.change
        return found

    def reversed_as(self, kind: EntryKind) -> Entry:
        """The mirror of this entry, which undoes it: entries are never changed or deleted."""
        mirrored = tuple(Posting(posting.account, -posting.amount, posting.charge) for posting in self.postings)
        return Entry(kind, mirrored)


def totals(postings: Iterable[Posting]) -> dict[str, Decimal]:
    """The sum of signed amounts by currency."""
    found: dict[str, Money] = {}
    for posting in postings:
        currency = posting.amount.currency
        found[currency] = found.get(currency, Money.zero(currency)) + posting.amount
    return {currency: total.amount for currency, total in found.items()}


def debited(account: Account, amount: Money, charge: str = "") -> Posting:
    """A debit: more of what the administration holds, or less of what it owes."""
    return Posting(account, amount, charge)


def credited(account: Account, amount: Money, charge: str = "") -> Posting:
    """A credit: less of what the administration holds, or more of what it owes."""
    return Posting(account, -amount, charge)
