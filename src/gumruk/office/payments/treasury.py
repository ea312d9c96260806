# SPDX-License-Identifier: Apache-2.0
"""Money that goes out: to the treasury by budget code, and back to payers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from gumruk.law import payments as books
from gumruk.law.kernel import Finding, Money
from gumruk.law.payments import Entry
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import named_key, uuid7
from gumruk.office.audit.services import event_append
from gumruk.office.payments.ledger import (
    Booking,
    advance_lock,
    entry_check_locked,
    entry_write,
    key_take,
    payer_key,
)
from gumruk.office.payments.refusal import PaymentRefused
from gumruk.office.project.clock import legal_day


@transaction.atomic
def treasury_transfer(
    *,
    office_id: str,
    shares: Sequence[tuple[str, Money]],
    reference: str,
    value_date: date,
    by: Actor,
    at: datetime,
) -> UUID:
    """Hand over to the treasury what an office collected, by budget code, under one payment order's reference.

    The same reference again gives the transaction of the first time. Raises PaymentRefused: PAY-7 without a reference,
    PAY-11 where it was used for other amounts, PAY-12 where less was collected or less is in the bank.
    """
    reference = reference.strip()
    if not reference:
        raise PaymentRefused([Finding("PAY-7", "reference")])
    key = uuid7(at)
    entry = books.transfer(office_id, shares)
    content = {code: f"{money.amount.normalize():f} {money.currency}" for code, money in shares}
    booked = key_take(f"treasury:{office_id}", reference, key, {**content, "transaction": str(key)})
    if booked is not None:
        before = UUID(booked.pop("transaction"))
        if booked != content:
            listed = ", ".join(f"{code} {amount}" for code, amount in sorted(booked.items()))
            params = {"reference": reference, "receipt": str(before), "amount": listed, "currency": ""}
            raise PaymentRefused([Finding("PAY-11", "reference", params)])
        return before
    entry_check_locked(entry)
    entry_write(entry, Booking(office_id, value_date, reference=reference), by=by, at=at, key=key)
    event_append(
        subject_kind="office",
        subject_id=str(named_key("office", office_id)),
        kind="treasury.transferred",
        body={"office": office_id, "reference": reference, "shares": content, "transaction": str(key)},
        by=by,
        at=at,
    )
    return key


@transaction.atomic
def refund_request(*, payer_id: str, amount: Money, office_id: str, why: str, by: Actor, at: datetime) -> UUID:
    """A payer asks free money back: it is set aside until it is paid or refused. Raises PaymentRefused (PAY-12)."""
    return _refund(books.refund_request(payer_id, amount), payer_id, office_id, amount, why, by=by, at=at)


@transaction.atomic
def refund_refuse(*, payer_id: str, amount: Money, office_id: str, why: str, by: Actor, at: datetime) -> UUID:
    """The request is refused or withdrawn: the money is free again. Raises PaymentRefused (PAY-12)."""
    return _refund(books.refund_refusal(payer_id, amount), payer_id, office_id, amount, why, by=by, at=at)


@transaction.atomic
def refund_pay(*, payer_id: str, amount: Money, office_id: str, why: str, by: Actor, at: datetime) -> UUID:
    """The refund leaves the office's bank account; `why` names the payment order. Raises PaymentRefused (PAY-12)."""
    entry = books.refund_payment(payer_id, office_id, amount)
    return _refund(entry, payer_id, office_id, amount, why, by=by, at=at)


def _refund(entry: Entry, payer_id: str, office_id: str, amount: Money, why: str, *, by: Actor, at: datetime) -> UUID:
    advance_lock(payer_id, amount.currency)
    entry_check_locked(entry)
    key = entry_write(entry, Booking(office_id, legal_day(at), payer_id, reference=why), by=by, at=at)
    event_append(
        subject_kind="trader",
        subject_id=str(payer_key(payer_id)),
        kind=f"payment.{entry.kind.value}",
        body={"amount": amount.amount, "currency": amount.currency, "why": why, "transaction": str(key)},
        by=by,
        at=at,
    )
    return key
