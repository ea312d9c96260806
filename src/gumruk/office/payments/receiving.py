# SPDX-License-Identifier: Apache-2.0
"""Money that comes in: receipts, their numbers, voiding; who an unidentified payer was; foreign money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from gumruk.law.kernel import Finding, Money, Severity, Step
from gumruk.law.kernel.folding import number_folded
from gumruk.law.lawbook import Law
from gumruk.law.payments import (
    Account,
    AccountKind,
    EntryKind,
    Payment,
    Terms,
    check_amount,
    check_double,
    check_payment,
    check_rate,
    conversion,
    conversion_step,
    dated_rate,
    identification,
    receipt,
)
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.services import event_append, outbox_put
from gumruk.office.documents.papers import ReceiptPaper
from gumruk.office.documents.queries import documents_about
from gumruk.office.documents.services import document_issue, document_revoke
from gumruk.office.payments.ledger import (
    Booking,
    account_lock,
    advance_lock,
    entry_check_locked,
    entry_read,
    entry_write,
    key_take,
    payer_key,
)
from gumruk.office.payments.models import Receipt, ReceiptVoid
from gumruk.office.payments.paper import receipt_paper
from gumruk.office.payments.queries import ForeignReceipt, foreign_receipts, receipt_payer
from gumruk.office.payments.refusal import PaymentRefused
from gumruk.office.project.clock import legal_day
from gumruk.office.traders.queries import trader_names

RECEIVED = "payments.received"
"""The topic of the outbox: {payer, currency}. Files of this payer that wait for money may go on."""


@dataclass(frozen=True, slots=True)
class Received:
    """The answer to a payment: its receipt, whether it was booked now (or already before), and what is to be said."""

    receipt: Receipt
    booked: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """Foreign money that became an advance: the transaction, the amount in the country's currency, and how."""

    transaction_id: UUID
    amount: Money
    step: Step


@transaction.atomic
def payment_receive(
    *,
    payer_id: str | None,
    amount: Money,
    bank_reference: str,
    value_date: date,
    office_id: str,
    law: Law,
    by: Actor,
    at: datetime,
    holder: AccountKind = AccountKind.BANK,
    source: str = "bank",
    remark: str = "",
) -> Received:
    """Book a payment and give its receipt.

    It becomes an advance of the payer, waits in suspense when it is in a foreign currency, and among the unidentified
    receipts when the payer is unknown (None). The same reference of the same `source` (the bank it comes from) books
    once, in whatever case or look-alike alphabet it is written: the same payment again gives the receipt of the first
    time. Raises PaymentRefused.
    """
    terms = Terms.of(law)
    payment = Payment(payer_id or None, amount, bank_reference.strip(), value_date)
    findings = _payment_findings(payment, terms, legal_day(at))
    key, receipt_id = uuid7(at), uuid7(at)
    booked = key_take(source, number_folded(payment.reference), key, _content(payment, receipt_id))
    if booked is not None:
        return _double(payment, booked)
    entry = receipt(payment.payer, office_id, amount, terms.home, holder)
    booking = Booking(office_id, value_date, payment.payer or "", "receipt", str(receipt_id), payment.reference)
    entry_write(entry, booking, by=by, at=at, key=key)
    made = _receipt_make(payment, receipt_id, key, office_id, terms, holder=holder, remark=remark, by=by, at=at)
    _tell(made, terms, by=by, at=at)
    return Received(made, True, findings)


@transaction.atomic
def receipt_void(*, receipt_id: UUID, reason: str, by: Actor, at: datetime) -> ReceiptVoid:
    """Void a receipt that was made by mistake: its money is taken back by a mirrored entry, its number stays.

    Refused where the payer has used the money already (PAY-12), where it is void (PAY-14), or where it was unidentified
    and is somebody's by now (PAY-19). Raises PaymentRefused, Receipt.DoesNotExist, and ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a receipt is voided with a reason")
    made = Receipt.objects.get(id=receipt_id)
    if made.payer_id:
        advance_lock(made.payer_id, made.currency)
    _unused_check(made)
    entry = entry_read(made.transaction_id, EntryKind.RECEIPT).reversed_as(EntryKind.RECEIPT_VOID)
    entry_check_locked(entry)
    booking = Booking(made.office_id, legal_day(at), made.payer_id, "receipt", str(receipt_id), made.reference)
    key = entry_write(entry, booking, by=by, at=at)
    void = ReceiptVoid.objects.create(
        receipt_id=receipt_id,
        transaction_id=key,
        office_id=made.office_id,
        payer_id=made.payer_id,
        reason=reason.strip(),
        at=at,
        actor=str(by.id),
    )
    event_append(
        subject_kind="receipt",
        subject_id=str(receipt_id),
        kind="receipt.voided",
        body={"number": made.number, "reason": reason.strip(), "transaction": str(key)},
        by=by,
        at=at,
    )
    for issued in documents_about("receipt", str(receipt_id)):
        document_revoke(document_id=issued.id, reason=reason.strip(), by=by, at=at)
    return void


@transaction.atomic
def receipt_assign(*, receipt_id: UUID, payer_id: str, law: Law, by: Actor, at: datetime) -> UUID:
    """Say whose an unidentified receipt is: its money becomes his. Gives the transaction.

    Raises PaymentRefused: PAY-14 where it is void, PAY-19 where it is somebody's already, PAY-16 for an unknown payer.
    """
    made = Receipt.objects.get(id=receipt_id, payer_id="")
    terms = Terms.of(law)
    _unused_check(made)
    if not trader_names([payer_id]):
        raise PaymentRefused([Finding("PAY-16", "payer", {"payer": payer_id})])
    entry = identification(made.office_id, payer_id, Money(made.amount, made.currency), terms.home)
    entry_check_locked(entry)
    booking = Booking(made.office_id, legal_day(at), payer_id, "receipt", str(receipt_id), made.reference)
    key = entry_write(entry, booking, by=by, at=at)
    event_append(
        subject_kind="receipt",
        subject_id=str(receipt_id),
        kind="receipt.assigned",
        body={"number": made.number, "payer": str(payer_key(payer_id)), "transaction": str(key)},
        by=by,
        at=at,
    )
    if made.currency == terms.home:
        outbox_put(RECEIVED, {"payer": payer_id, "currency": made.currency}, at=at)
    return key


def _unused_check(made: Receipt) -> None:
    """Refuse a receipt that is void or, once unidentified, was said to be somebody's.

    The money of all unidentified receipts of an office lies in one account, and its balance does not tell them apart:
    the account is locked first, and then looked up what became of this receipt.
    """
    if not made.payer_id:
        account_lock(Account(AccountKind.UNIDENTIFIED, made.office_id, made.currency))
    if ReceiptVoid.objects.filter(receipt_id=made.id).exists():
        raise PaymentRefused([Finding("PAY-14", "receipt", {"receipt": made.number})])
    if not made.payer_id and (payer := receipt_payer(made)):
        raise PaymentRefused([Finding("PAY-19", "receipt", {"receipt": made.number, "payer": payer})])


@transaction.atomic
def payment_convert(*, payer_id: str, amount: Money, office_id: str, law: Law, by: Actor, at: datetime) -> Converted:
    """Convert a payer's foreign money at the official rate of the law's day; it becomes his advance.

    The day is nobody's choice: it is the value date of the receipt whose money it is, the earliest first. Raises
    PaymentRefused: PAY-4 for nothing, also where nothing is left of it, PAY-5 for an amount finer than its currency,
    PAY-13 without a rate of that day, PAY-17 where it is not verified, PAY-12 above what he has, PAY-22 for another day
    than that of the earliest receipt or more than is left of it.
    """
    terms, rate = Terms.of(law), dated_rate(law, amount.currency)
    findings = (
        *check_amount(amount, terms.digits_of(amount.currency)),
        *check_rate(amount.currency, law.day, rate, terms.training),
    )
    if rate is not None and not findings:
        findings = check_amount(rate.rate.convert(amount, terms.home, terms.conversion), terms.digits_of(terms.home))
    if findings or rate is None:
        raise PaymentRefused(findings)
    advance_lock(payer_id, terms.home)
    entry = conversion(payer_id, amount, rate.rate, terms.home, terms.conversion)
    entry_check_locked(entry)
    first = foreign_receipts(payer_id, amount.currency)[0]
    if law.day != first.value_date or amount > first.left:
        raise PaymentRefused([Finding("PAY-22", "amount", _left_of(first))])
    key = entry_write(entry, Booking(office_id, law.day, payer_id), by=by, at=at)
    converted = next(change for account, change in entry.changes().items() if account.kind is AccountKind.ADVANCE)
    step = conversion_step(amount, converted, rate)
    event_append(
        subject_kind="trader",
        subject_id=str(payer_key(payer_id)),
        kind="payment.converted",
        body={**step.params, "act": rate.act, "transaction": str(key)},
        by=by,
        at=at,
    )
    outbox_put(RECEIVED, {"payer": payer_id, "currency": terms.home}, at=at)
    return Converted(key, converted, step)


def _left_of(receipt: ForeignReceipt) -> dict[str, str]:
    return {
        "receipt": receipt.number,
        "value_date": receipt.value_date.isoformat(),
        "left": f"{receipt.left.amount:f}",
        "currency": receipt.left.currency,
    }


def _payment_findings(payment: Payment, terms: Terms, today: date) -> tuple[Finding, ...]:
    findings = list(check_payment(payment, today, terms.home, terms.digits_of(payment.money.currency)))
    if payment.payer is not None and not trader_names([payment.payer]):
        findings.append(Finding("PAY-16", "payer", {"payer": payment.payer}))
    if any(found.severity is Severity.ERROR for found in findings):
        raise PaymentRefused(findings)
    return tuple(findings)


def _content(payment: Payment, receipt_id: UUID) -> dict[str, str]:
    return {
        "payer": payment.payer or "",
        "amount": f"{payment.money.amount.normalize():f}",
        "currency": payment.money.currency,
        "value_date": payment.value_date.isoformat(),
        "receipt": str(receipt_id),
    }


def _double(payment: Payment, booked: dict[str, str]) -> Received:
    """The answer to a reference that is booked already; the same payment must not harm and must not pay twice."""
    before = Payment(
        booked["payer"] or None,
        Money(booked["amount"], booked["currency"]),  # type: ignore[arg-type]
        payment.reference,
        date.fromisoformat(booked["value_date"]),
    )
    made = Receipt.objects.filter(id=booked["receipt"]).first()
    found = check_double(payment, before, made.number if made else "")
    if found.severity is Severity.ERROR or made is None:
        raise PaymentRefused([found])
    return Received(made, False, (found,))


def _serial_take(office_id: str, year: int) -> tuple[int, int]:
    """The next serial of this office and year; its counter stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE payments_receipt_counter SET last = last + 1 WHERE office_id = %s AND year = %s RETURNING last",
            [office_id, year],
        )
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "INSERT INTO payments_receipt_counter (office_id, year, last) VALUES (%s, %s, 1)"
                " ON CONFLICT DO NOTHING RETURNING last",
                [office_id, year],
            )
            row = cursor.fetchone()
    return (year, row[0]) if row else _serial_take(office_id, year)


def _receipt_make(
    payment: Payment,
    receipt_id: UUID,
    transaction_id: UUID,
    office_id: str,
    terms: Terms,
    *,
    holder: AccountKind,
    remark: str,
    by: Actor,
    at: datetime,
) -> Receipt:
    """Write a receipt under the next number of its office and year."""
    year, serial = _serial_take(office_id, legal_day(at).year)
    made = Receipt.objects.create(
        id=receipt_id,
        office_id=office_id,
        year=year,
        serial=serial,
        number=terms.receipt_number(office_id, year, serial),
        transaction_id=transaction_id,
        payer_id=payment.payer or "",
        holder=holder.value,
        amount=payment.money.amount,
        currency=payment.money.currency,
        reference=payment.reference,
        value_date=payment.value_date,
        remark=remark.strip(),
        at=at,
        actor=str(by.id),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_receipt_number (office_id, year, serial, receipt_id) VALUES (%s, %s, %s, %s)",
            [made.office_id, made.year, made.serial, made.id],
        )
    return made


def _tell(made: Receipt, terms: Terms, *, by: Actor, at: datetime) -> None:
    """Tell the audit of a receipt, issue its paper, and wake the files that wait for this payer's money."""
    body = {
        "number": made.number,
        "amount": made.amount,
        "currency": made.currency,
        "office": made.office_id,
        "reference": made.reference,
        "value_date": made.value_date,
        "transaction": str(made.transaction_id),
        "payer": str(payer_key(made.payer_id)) if made.payer_id else None,
    }
    event_append(subject_kind="receipt", subject_id=str(made.id), kind="receipt.issued", body=body, by=by, at=at)
    if made.payer_id and made.currency == terms.home:
        outbox_put(RECEIVED, {"payer": made.payer_id, "currency": made.currency}, at=at)
    document_issue(
        kind=ReceiptPaper.kind,
        subject_kind="receipt",
        subject_id=str(made.id),
        number=made.number,
        office_id=made.office_id,
        owner_id=made.payer_id,
        content=receipt_paper(made).content(),
        by=by,
        at=at,
    )
