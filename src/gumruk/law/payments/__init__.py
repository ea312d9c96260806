# SPDX-License-Identifier: Apache-2.0
"""Money owed and money held: accounts, balanced entries, allocation, settlement."""

from __future__ import annotations

from gumruk.law.payments.accounts import ADMINISTRATION, Account, AccountKind, OwnerKind
from gumruk.law.payments.allocation import Allocation, Share, allocate, leftover, shortfall
from gumruk.law.payments.checks import (
    Payment,
    check_amount,
    check_balances,
    check_debit,
    check_double,
    check_payment,
    check_rate,
    conversion_step,
)
from gumruk.law.payments.entries import Entry, EntryKind, Posting, Unbalanced, credited, debited, totals
from gumruk.law.payments.interest import Interest, interest_on
from gumruk.law.payments.moves import (
    Charge,
    conversion,
    debit,
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
    transfer,
)
from gumruk.law.payments.penalties import Breach, Penalty, penalty_on
from gumruk.law.payments.settlement import ChargeSettlement, Settlement, settlement
from gumruk.law.payments.terms import DatedRate, Terms, charge_order, dated_rate

__all__ = [
    "ADMINISTRATION",
    "Account",
    "AccountKind",
    "Allocation",
    "Breach",
    "Charge",
    "ChargeSettlement",
    "DatedRate",
    "Entry",
    "EntryKind",
    "Interest",
    "OwnerKind",
    "Payment",
    "Penalty",
    "Posting",
    "Settlement",
    "Share",
    "Terms",
    "Unbalanced",
    "allocate",
    "charge_order",
    "check_amount",
    "check_balances",
    "check_debit",
    "check_double",
    "check_payment",
    "check_rate",
    "conversion",
    "conversion_step",
    "credited",
    "dated_rate",
    "debit",
    "debited",
    "identification",
    "interest_on",
    "leftover",
    "penalty_on",
    "receipt",
    "refund_payment",
    "refund_refusal",
    "refund_request",
    "reservation",
    "reservation_release",
    "security",
    "security_return",
    "security_use",
    "settlement",
    "shortfall",
    "totals",
    "transfer",
]
