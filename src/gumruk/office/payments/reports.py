# SPDX-License-Identifier: Apache-2.0
"""What the books say about a day and about the treasury's share: read, compared, shown. A kind of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from gumruk.law.kernel import Money
from gumruk.law.payments import AccountKind
from gumruk.office.audit.keys import day_bounds
from gumruk.office.payments.ledger import exact


@dataclass(frozen=True, slots=True)
class TreasuryLine:
    """What an office collected under a budget code in a period, handed over in it, and still owes at its end."""

    office_id: str
    budget_code: str
    collected: Money
    transferred: Money
    owed: Money


@dataclass(frozen=True, slots=True)
class AccountDay:
    """One account on one day: what it held before, what came and went, what it holds after."""

    kind: AccountKind
    budget_code: str
    opening: Money
    came: Money
    went: Money

    @property
    def closing(self) -> Money:
        """What the account holds at the end of the day."""
        return self.opening + self.came - self.went


@dataclass(frozen=True, slots=True)
class ReceiptsDay:
    """Receipts of one day, by where the money went and its currency: how many, how much, how many are void now."""

    holder: AccountKind
    money: Money
    count: int
    voided: int


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One thing that must be so: its code (text `payments.proof.<code>`), what was expected, and what was found."""

    code: str
    expected: str
    found: str

    @property
    def holds(self) -> bool:
        """True when it is so."""
        return self.expected == self.found


@dataclass(frozen=True, slots=True)
class DayProof:
    """The end of a day at an office: accounts, receipts, and the proof that the books agree with themselves."""

    office_id: str
    day: date
    accounts: tuple[AccountDay, ...]
    receipts: tuple[ReceiptsDay, ...]
    numbers: tuple[str, str] | None
    lines: tuple[ProofLine, ...]

    @property
    def holds(self) -> bool:
        """True when every line of the proof holds."""
        return all(line.holds for line in self.lines)


def treasury_report(first: date, last: date, office_ids: Sequence[str] = ()) -> list[TreasuryLine]:
    """The treasury's share by office and budget code over legal days (both included); no offices: all one may see."""
    lower, upper = _bounds(first)[0], _bounds(last)[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.owner_id, a.budget_code, a.currency,"
            " coalesce(-sum(p.amount) FILTER (WHERE p.transaction_id >= %s AND t.kind <> 'transfer'), 0),"
            " coalesce(sum(p.amount) FILTER (WHERE p.transaction_id >= %s AND t.kind = 'transfer'), 0),"
            " -sum(p.amount)"
            " FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id"
            " JOIN ledger_transaction t ON t.id = p.transaction_id"
            " WHERE a.kind = 'treasury' AND p.transaction_id < %s"
            " AND (cardinality(%s::text[]) = 0 OR a.owner_id = ANY (%s))"
            " GROUP BY a.owner_id, a.budget_code, a.currency ORDER BY a.owner_id, a.budget_code, a.currency",
            [lower, lower, upper, list(office_ids), list(office_ids)],
        )
        return [
            TreasuryLine(office, code, *(Money(exact(amount), currency) for amount in amounts))
            for office, code, currency, *amounts in cursor.fetchall()
        ]


def day_proof(office_id: str, day: date) -> DayProof:
    """The books of an office on a legal day, and whether they agree with themselves."""
    lower, upper = _bounds(day)
    accounts = _account_days(office_id, lower, upper)
    taken = _receipt_days(office_id, lower, upper)
    lines = (
        ProofLine("balanced", "0", _unbalanced(office_id, lower, upper)),
        ProofLine("receipts", _sums(line.money for line in taken), _received(office_id, lower, upper)),
        ProofLine("numbers", *_serials(office_id, day.year)),
        ProofLine("projection", "0", _projection_faults(office_id, lower, upper)),
    )
    return DayProof(office_id, day, accounts, taken, _numbers(office_id, lower, upper), lines)


def _bounds(day: date) -> tuple[UUID, UUID]:
    return day_bounds(day, ZoneInfo(settings.GUMRUK_TIME_ZONE))


def _account_days(office_id: str, lower: UUID, upper: UUID) -> tuple[AccountDay, ...]:
    signed = "p.amount * CASE WHEN a.is_asset THEN 1 ELSE -1 END"
    rows = _rows(
        f"SELECT a.kind, a.budget_code, a.currency,"  # noqa: S608 - our own expression
        f" coalesce(sum({signed}) FILTER (WHERE p.transaction_id < %s), 0),"
        f" coalesce(sum({signed}) FILTER (WHERE p.transaction_id >= %s AND {signed} > 0), 0),"
        f" coalesce(-sum({signed}) FILTER (WHERE p.transaction_id >= %s AND {signed} < 0), 0)"
        " FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id"
        " WHERE a.owner_kind = 'office' AND a.owner_id = %s AND p.transaction_id < %s"
        " GROUP BY a.kind, a.budget_code, a.currency ORDER BY a.kind, a.budget_code, a.currency",
        lower, lower, lower, office_id, upper,
    )  # fmt: skip
    return tuple(
        AccountDay(AccountKind(kind), code, *(Money(exact(amount), currency) for amount in amounts))
        for kind, code, currency, *amounts in rows
    )


def _receipt_days(office_id: str, lower: UUID, upper: UUID) -> tuple[ReceiptsDay, ...]:
    rows = _rows(
        "SELECT r.holder, r.currency, sum(r.amount), count(*), count(v.receipt_id)"
        " FROM payments_receipt r LEFT JOIN payments_receipt_void v ON v.receipt_id = r.id"
        " WHERE r.office_id = %s AND r.id >= %s AND r.id < %s GROUP BY r.holder, r.currency ORDER BY 1, 2",
        office_id, lower, upper,
    )  # fmt: skip
    return tuple(
        ReceiptsDay(AccountKind(holder), Money(exact(amount), currency), count, voided)
        for holder, currency, amount, count, voided in rows
    )


def _numbers(office_id: str, lower: UUID, upper: UUID) -> tuple[str, str] | None:
    rows = _rows(
        "SELECT number FROM payments_receipt WHERE office_id = %s AND id >= %s AND id < %s ORDER BY year, serial",
        office_id, lower, upper,
    )  # fmt: skip
    return (rows[0][0], rows[-1][0]) if rows else None


def _unbalanced(office_id: str, lower: UUID, upper: UUID) -> str:
    """How many transactions of the office on the day do not balance."""
    rows = _rows(
        "SELECT count(*) FROM (SELECT t.id FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id"
        " JOIN ledger_account a ON a.id = p.account_id"
        " WHERE t.office_id = %s AND t.id >= %s AND t.id < %s"
        " GROUP BY t.id, a.currency HAVING sum(p.amount) <> 0) AS off",
        office_id, lower, upper,
    )  # fmt: skip
    return str(rows[0][0])


def _received(office_id: str, lower: UUID, upper: UUID) -> str:
    """What the bank and cash accounts took by receipts on the day, voided ones included."""
    rows = _rows(
        "SELECT a.kind, a.currency, sum(p.amount) FROM ledger_transaction t"
        " JOIN ledger_posting p ON p.transaction_id = t.id JOIN ledger_account a ON a.id = p.account_id"
        " WHERE t.office_id = %s AND t.kind = 'receipt' AND a.kind IN ('bank', 'cash') AND t.id >= %s AND t.id < %s"
        " GROUP BY a.kind, a.currency ORDER BY 1, 2",
        office_id, lower, upper,
    )  # fmt: skip
    return _sums(Money(exact(amount), currency) for _, currency, amount in rows)


def _serials(office_id: str, year: int) -> tuple[str, str]:
    """The last serial of the year by the counter, and how many receipts there are: without gaps they are the same."""
    counted = _rows("SELECT last FROM payments_receipt_counter WHERE office_id = %s AND year = %s", office_id, year)
    found = _rows("SELECT count(*) FROM payments_receipt WHERE office_id = %s AND year = %s", office_id, year)
    return str(counted[0][0] if counted else 0), str(found[0][0])


def _projection_faults(office_id: str, lower: UUID, upper: UUID) -> str:
    """How many kept balances that the office's day moved differ from the sum of all their postings."""
    rows = _rows(
        "SELECT count(*) FROM ledger_balance b WHERE b.account_id IN ("
        "SELECT p.account_id FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id"
        " WHERE t.office_id = %s AND t.id >= %s AND t.id < %s) AND b.balance IS DISTINCT FROM"
        " (SELECT -sum(p.amount) FROM ledger_posting p WHERE p.account_id = b.account_id)",
        office_id, lower, upper,
    )  # fmt: skip
    return str(rows[0][0])


def _sums(amounts: Iterable[Money]) -> str:
    """Amounts added up by currency, as text that can be compared and shown."""
    totals: dict[str, Money] = {}
    for one in amounts:
        totals[one.currency] = totals.get(one.currency, Money.zero(one.currency)) + one
    return ", ".join(str(totals[currency]) for currency in sorted(totals)) or "0"


def _rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
