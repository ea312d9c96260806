# SPDX-License-Identifier: Apache-2.0
"""The chart of accounts: whose money is held for what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OwnerKind(StrEnum):
    """Whose an account is: a payer's, an office's (a customs post keeps its own books), or the administration's."""

    PAYER = "payer"
    OFFICE = "office"
    ADMINISTRATION = "administration"


class AccountKind(StrEnum):
    """What an account is for.

    bank, cash: money that an office holds. advance: a payer's money, free to use. reserved: a payer's money set aside
    for a file. security, deposit: a payer's money held until an obligation ends, or until a dispute is decided. refund:
    asked back by the payer and not yet paid out. suspense: a payer's money in a foreign currency, not yet converted.
    unidentified: received, and nobody knows yet from whom. treasury: collected and owed to the treasury, by budget
    code. exchange: the two sides of conversions between currencies.
    """

    BANK = "bank"
    CASH = "cash"
    ADVANCE = "advance"
    RESERVED = "reserved"
    SECURITY = "security"
    DEPOSIT = "deposit"
    REFUND = "refund"
    SUSPENSE = "suspense"
    UNIDENTIFIED = "unidentified"
    TREASURY = "treasury"
    EXCHANGE = "exchange"

    @property
    def is_asset(self) -> bool:
        """True where a debit makes the account grow: money that the administration itself holds."""
        return self in _ASSETS

    @property
    def may_go_negative(self) -> bool:
        """True for the one kind whose sign means nothing: the sides of a conversion."""
        return self is AccountKind.EXCHANGE

    @property
    def owner_kind(self) -> OwnerKind:
        """Whose accounts of this kind are."""
        return _OWNERS[self]


_ASSETS = frozenset({AccountKind.BANK, AccountKind.CASH})
_OWNERS = {
    AccountKind.BANK: OwnerKind.OFFICE,
    AccountKind.CASH: OwnerKind.OFFICE,
    AccountKind.ADVANCE: OwnerKind.PAYER,
    AccountKind.RESERVED: OwnerKind.PAYER,
    AccountKind.SECURITY: OwnerKind.PAYER,
    AccountKind.DEPOSIT: OwnerKind.PAYER,
    AccountKind.REFUND: OwnerKind.PAYER,
    AccountKind.SUSPENSE: OwnerKind.PAYER,
    AccountKind.UNIDENTIFIED: OwnerKind.OFFICE,
    AccountKind.TREASURY: OwnerKind.OFFICE,
    AccountKind.EXCHANGE: OwnerKind.ADMINISTRATION,
}

# The administration has one set of exchange accounts.
ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One account: its kind, its owner, its currency and, for the treasury's, the budget code.

    Raises ValueError for an owner without a name, and for a budget code that is missing or out of place.
    """

    kind: AccountKind
    owner: str
    currency: str
    budget_code: str = ""

    def __post_init__(self) -> None:
        if not self.owner:
            raise ValueError(f"a {self.kind} account has an owner")
        if (self.kind is AccountKind.TREASURY) != bool(self.budget_code):
            raise ValueError("a treasury account has a budget code, and no other account has one")

    @property
    def owner_kind(self) -> OwnerKind:
        """Whose the account is."""
        return self.kind.owner_kind
