# SPDX-License-Identifier: Apache-2.0
"""What the database itself refuses, whatever the application believes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError
from tests.office.payments.cast import (
    ALPHA,
    ALPHA_TRADE,
    DUSHANBE_CASHIER,
    KULMA,
    NOON,
    RUSTAM,
    SITORA,
    TODAY,
    ZED_LTD,
    somoni,
)

from gumruk.law.payments import Account, AccountKind
from gumruk.office.accounts.permissions import actor_apply
from gumruk.office.audit.keys import uuid7
from gumruk.office.payments import queries, reports
from gumruk.office.payments.ledger import account_key, accounts_open
from gumruk.office.payments.models import Receipt
from gumruk.office.payments.services import Received, refund_request

Pay = Callable[..., Received]
ADVANCE = Account(AccountKind.ADVANCE, ALPHA, "TJS")
BANK = Account(AccountKind.BANK, KULMA, "TJS")


def execute(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def transaction_open() -> UUID:
    key = uuid7(NOON)
    execute(
        "INSERT INTO ledger_transaction (id, kind, office_id, payer_id, subject_kind, subject_id, reference,"
        " value_date, at, actor) VALUES (%s, 'receipt', %s, %s, '', '', '', %s, %s, 'x')",
        key, KULMA, ALPHA, TODAY, NOON,
    )  # fmt: skip
    return key


def posting(key: UUID, line: int, account: Account, amount: str) -> None:
    execute(
        "INSERT INTO ledger_posting (transaction_id, line, account_id, amount, charge) VALUES (%s, %s, %s, %s, '')",
        key, line, account_key(account), amount,
    )  # fmt: skip


def test_it_refuses_a_transaction_that_does_not_balance_when_it_is_committed(books: None) -> None:
    accounts_open([ADVANCE, BANK])
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        key = transaction_open()
        posting(key, 1, BANK, "10")
        posting(key, 2, ADVANCE, "-9.99")
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_it_refuses_a_transaction_without_postings(books: None) -> None:
    with pytest.raises(IntegrityError, match="0 postings"), transaction.atomic():
        transaction_open()
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_it_refuses_to_take_an_account_below_zero(pay: Pay) -> None:
    pay("5")
    refund = Account(AccountKind.REFUND, ALPHA, "TJS")
    accounts_open([refund])
    with pytest.raises(IntegrityError, match="below zero"), transaction.atomic():
        key = transaction_open()
        posting(key, 1, ADVANCE, "5.01")
        posting(key, 2, refund, "-5.01")
    treasury = Account(AccountKind.TREASURY, KULMA, "TJS", "TR-1")
    accounts_open([treasury])
    with pytest.raises(IntegrityError, match="below zero"), transaction.atomic():
        key = transaction_open()
        posting(key, 1, treasury, "1")
        posting(key, 2, BANK, "-1")


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_transaction", "ledger_account", "payments_receipt"])
def test_it_lets_nobody_change_or_remove_what_was_booked(pay: Pay, table: str) -> None:
    pay("5")
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DatabaseError), transaction.atomic():
            execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("UPDATE ledger_posting SET amount = 0.01")
    with pytest.raises(DatabaseError), transaction.atomic():
        execute("UPDATE ledger_balance SET balance = 1000000")


def test_it_counts_receipts_by_one(pay: Pay) -> None:
    pay("5")
    for last in (1, 3):
        with pytest.raises(IntegrityError, match="no gaps"), transaction.atomic():
            execute("UPDATE payments_receipt_counter SET last = %s", last)
    with pytest.raises(ProgrammingError), transaction.atomic():
        execute("DELETE FROM payments_receipt_counter")


def test_it_shows_a_trader_his_own_money_only(pay: Pay) -> None:
    pay("5")
    actor_apply(ALPHA_TRADE)
    assert queries.balance_of(ALPHA, "TJS") == somoni("5.00")
    assert queries.office_balances(KULMA) == []
    assert Receipt.objects.count() == 1
    actor_apply(ZED_LTD)
    assert queries.balance_of(ALPHA, "TJS") == somoni("0")
    assert queries.account_statement(ALPHA, "TJS") == []
    assert not Receipt.objects.exists()
    with pytest.raises(ProgrammingError, match="not there for this actor"), transaction.atomic():
        execute("SELECT ledger_account_lock(%s)", account_key(ADVANCE))
    actor_apply(None)
    assert execute("SELECT count(*) FROM ledger_posting") == [(0,)]


def test_it_lets_a_trader_move_nothing_of_others(pay: Pay) -> None:
    pay("5")
    actor_apply(ZED_LTD)
    with pytest.raises(DatabaseError), transaction.atomic():
        refund_request(payer_id=ALPHA, amount=somoni("1"), office_id=KULMA, why="x", by=ZED_LTD, at=NOON)


def test_it_shows_a_cashier_payers_and_her_own_post(pay: Pay) -> None:
    pay("5")
    actor_apply(DUSHANBE_CASHIER)
    assert queries.balance_of(ALPHA, "TJS") == somoni("5.00")
    assert queries.office_balances(KULMA) == []
    assert reports.treasury_report(TODAY, TODAY) == []
    actor_apply(SITORA)
    assert len(queries.office_balances(KULMA)) == 1


def test_it_adds_up_to_zero_over_all_accounts(pay: Pay) -> None:
    pay("5")
    pay("7", "B", minutes=1)
    actor_apply(RUSTAM)
    assert execute("SELECT sum(amount) FROM ledger_posting") == [(0,)]
