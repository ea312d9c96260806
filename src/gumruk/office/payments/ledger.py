# SPDX-License-Identifier: Apache-2.0
"""Writes entries into the ledger and locks what they use up. Only the services of this area come here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from gumruk.law.kernel import Money
from gumruk.law.payments import Account, AccountKind, Entry, EntryKind, Posting, check_balances
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import named_key, uuid7
from gumruk.office.payments.refusal import PaymentRefused


@dataclass(frozen=True, slots=True)
class Booking:
    """Around an entry: at which office, for which payer and file, by which outside reference, for which day."""

    office_id: str
    value_date: date
    payer_id: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    reference: str = ""


def account_key(account: Account) -> UUID:
    """The key of an account, which follows from what it is."""
    owner = f"{account.kind}:{account.owner_kind}:{account.owner}"
    return named_key("ledger_account", f"{owner}:{account.currency}:{account.budget_code}")


def payer_key(payer_id: str) -> UUID:
    """By which events know a payer: his number does not stand in them."""
    return named_key("trader", payer_id)


def accounts_open(accounts: Iterable[Account]) -> None:
    """Make sure that the accounts are there."""
    rows = sorted(
        (account_key(one), one.kind.value, one.owner_kind.value, one.owner, one.currency, one.budget_code)
        for one in set(accounts)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_account (id, kind, owner_kind, owner_id, currency, budget_code)"
            " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])"
            " ON CONFLICT DO NOTHING",
            [list(column) for column in zip(*rows, strict=True)],
        )


def account_lock(account: Account) -> Money:
    """Lock an account until the transaction ends, and give its balance under the lock.

    A payer's advance account is his lock: whoever moves a payer's money takes it first, so that two never wait
    for each other crosswise.
    """
    accounts_open([account])
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_account_lock(%s)", [account_key(account)])
        return Money(exact(cursor.fetchone()[0]), account.currency)


def advance_lock(payer_id: str, currency: str) -> Money:
    """Lock a payer and give what he has in advance."""
    return account_lock(Account(AccountKind.ADVANCE, payer_id, currency))


def exact(amount: Decimal) -> Decimal:
    """An amount from the database without the zeros that its sums carry behind the second digit."""
    cut = amount.normalize()
    return cut.quantize(Decimal("0.01")) if cut == cut.quantize(Decimal("0.01")) else cut


def entry_write(entry: Entry, booking: Booking, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Write an entry as one transaction of the ledger and give its key (`key`, where it had to be known before).

    The database refuses what does not balance and what takes an account below zero; the services check before, so that
    the payer reads why. Postings are written in the order of accounts, so that writers lock them in one order.
    """
    accounts_open(posting.account for posting in entry.postings)
    key = key or uuid7(at)
    lines = sorted(
        ((account_key(posting.account), posting.amount.amount, posting.charge) for posting in entry.postings),
        key=lambda line: line[0],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_transaction (id, kind, office_id, payer_id, subject_kind, subject_id, reference,"
            " value_date, at, actor) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                key,
                entry.kind.value,
                booking.office_id,
                booking.payer_id,
                booking.subject_kind,
                booking.subject_id,
                booking.reference,
                booking.value_date,
                at,
                str(by.id),
            ],
        )
        cursor.execute(
            "INSERT INTO ledger_posting (transaction_id, line, account_id, amount, charge)"
            " SELECT %s, line, account_id, amount, charge"
            " FROM unnest(%s::uuid[], %s::numeric[], %s::text[]) WITH ORDINALITY"
            " AS posted (account_id, amount, charge, line) ORDER BY line",
            [key, *(list(column) for column in zip(*lines, strict=True))],
        )
    return key


def entry_check(entry: Entry, balances: Mapping[Account, Money]) -> None:
    """Refuse an entry that would take an account below zero, in words. Raises PaymentRefused."""
    found = check_balances(entry, balances)
    if found:
        raise PaymentRefused(found)


def entry_check_locked(entry: Entry) -> None:
    """Lock the accounts that an entry takes from, in one order, and refuse it where one has too little."""
    taken = sorted(account for account, change in entry.changes().items() if change.amount < 0)
    entry_check(entry, {account: account_lock(account) for account in taken})


def entry_read(transaction_id: UUID, kind: EntryKind) -> Entry:
    """The entry of a transaction, as it was written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.kind, a.owner_id, a.currency, a.budget_code, p.amount, p.charge"
            " FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id"
            " WHERE p.transaction_id = %s ORDER BY p.line",
            [transaction_id],
        )
        rows = cursor.fetchall()
    return Entry(
        kind,
        tuple(
            Posting(Account(AccountKind(held), owner, currency, code), Money(exact(amount), currency), charge)
            for held, owner, currency, code, amount, charge in rows
        ),
    )


def key_take(source: str, reference: str, transaction_id: UUID, content: Mapping[str, str]) -> dict[str, str] | None:
    """Take the key of an outside message: None when it is new, else the content that was booked under it.

    A message that another transaction is just booking is waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_key (source, reference, transaction_id, content) VALUES (%s, %s, %s, %s::jsonb)"
            " ON CONFLICT DO NOTHING",
            [source, reference, transaction_id, json.dumps(content)],
        )
        if cursor.rowcount:
            return None
        cursor.execute("SELECT content::text FROM ledger_key WHERE source = %s AND reference = %s", [source, reference])
        booked: dict[str, str] = json.loads(cursor.fetchone()[0])
        return booked
