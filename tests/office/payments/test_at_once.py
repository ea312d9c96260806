# SPDX-License-Identifier: Apache-2.0
"""Two at once: numbers without gaps, no money spent twice, no transaction reopened. These tests commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from tests.office.payments.cast import (
    ALPHA,
    DILNOZA,
    DUTY,
    KULMA,
    NOON,
    RUSTAM,
    SITORA,
    TODAY,
    VAT,
    law,
    somoni,
)

from gumruk.office.accounts.permissions import acting
from gumruk.office.payments import queries, reports
from gumruk.office.payments.models import Receipt
from gumruk.office.payments.services import PaymentRefused, charges_debit, charges_reserve, payment_receive
from gumruk.office.traders.services import trader_register

THREADS = 6
TABLES = (
    "payments_receipt_void", "payments_receipt_number", "payments_receipt_counter", "payments_receipt",
    "payments_waiting", "payments_demand", "ledger_key", "ledger_posting", "ledger_balance", "ledger_transaction",
    "ledger_account", "traders_trader", "audit_event", "audit_subject", "audit_outbox",
)  # fmt: skip


@pytest.fixture(autouse=True)
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Books that are committed, and wiped by the schema's owner afterwards."""
    with django_db_blocker.unblock():
        with acting(RUSTAM):
            trader_register(tin=ALPHA, name="Alpha Trade", by=RUSTAM, at=NOON)
        yield
        connection.close()
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        connections["owner"].close()


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Do the work in several threads that begin together; refusals are answers too."""
    together = threading.Barrier(THREADS)

    def one(place: int) -> Any:
        try:
            together.wait()
            return work(place)
        except PaymentRefused as refused:
            return [found.code for found in refused.findings]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def pay(amount: str, reference: str, place: int = 0) -> Receipt:
    with acting(SITORA):
        return payment_receive(
            payer_id=ALPHA, amount=somoni(amount), bank_reference=reference, value_date=TODAY, office_id=KULMA,
            law=law(), by=SITORA, at=NOON + timedelta(seconds=place),
        ).receipt  # fmt: skip


def reserve(place: int) -> bool:
    with acting(DILNOZA):
        return charges_reserve(
            subject_kind="declaration", subject_id=f"file-{place}", payer_id=ALPHA, office_id=KULMA,
            charges=(DUTY, VAT), currency="TJS", by=DILNOZA, at=NOON,
        ).is_covered  # fmt: skip


def test_it_numbers_receipts_without_gaps_when_all_pay_at_once() -> None:
    found = at_once(lambda place: pay("10", f"R{place}", place).serial)
    assert sorted(found) == list(range(1, THREADS + 1))
    with acting(SITORA):
        assert queries.balance_of(ALPHA, "TJS") == somoni("60.00")
        assert reports.day_proof(KULMA, TODAY).holds


def test_it_books_one_reference_once_when_it_comes_several_times_at_once() -> None:
    found = at_once(lambda place: pay("10", "the same", place).id)
    assert len(set(found)) == 1
    with acting(SITORA):
        assert queries.balance_of(ALPHA, "TJS") == somoni("10.00")


def test_it_spends_no_money_twice_when_all_files_want_it_at_once() -> None:
    pay("4000", "enough for two")
    assert sorted(at_once(reserve)) == [False] * (THREADS - 2) + [True] * 2
    with acting(SITORA):
        assert queries.balance_of(ALPHA, "TJS") == somoni("443.78")
        assert len(queries.subjects_waiting(ALPHA)) == THREADS - 2


def test_it_debits_a_file_once_when_it_is_released_twice_at_once() -> None:
    pay("4000", "enough")
    reserve(0)

    def debit(_place: int) -> str:
        with acting(DILNOZA):
            return charges_debit(subject_kind="declaration", subject_id="file-0", by=DILNOZA, at=NOON).word

    assert set(at_once(debit)) == {"settled"}
    with acting(SITORA):
        assert sum(line.owed.amount for line in reports.treasury_report(TODAY, TODAY)) == (DUTY.due + VAT.due).amount


def test_it_adds_nothing_to_a_transaction_that_is_committed() -> None:
    receipt = pay("10", "closed")
    bank = next(line for line in _accounts() if line[1] == "bank")[0]
    with pytest.raises(IntegrityError, match="is closed"), acting(SITORA), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_posting (transaction_id, line, account_id, amount, charge) VALUES (%s, 9, %s, 5, '')",
            [receipt.transaction_id, bank],
        )


def test_it_sees_a_kept_balance_that_somebody_changed() -> None:
    pay("10", "honest")
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE ledger_balance SET balance = 11")
    with acting(SITORA):
        faults = [line for line in reports.day_proof(KULMA, TODAY).lines if not line.holds]
        assert [(line.code, line.found) for line in faults] == [("projection", "1")]


def _accounts() -> list[Any]:
    with acting(SITORA), connection.cursor() as cursor:
        cursor.execute("SELECT id, kind FROM ledger_account")
        return cursor.fetchall()
