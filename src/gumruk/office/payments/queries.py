# SPDX-License-Identifier: Apache-2.0
"""How the money stands: balances, statements, settlement of a file, the treasury's share, the proof of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from gumruk.law.kernel import Finding, Money
from gumruk.law.lawbook import Law
from gumruk.law.payments import AccountKind, Charge, Settlement, settlement
from gumruk.office.lawbook.queries import running_law
from gumruk.office.payments.ledger import exact
from gumruk.office.payments.models import (
    Demand,
    LedgerTransaction,
    Mandate,
    MandateRevocation,
    Receipt,
    ReceiptVoid,
    Waiting,
)
from gumruk.office.traders.queries import trader_names


@dataclass(frozen=True, slots=True)
class Balance:
    """What one account holds."""

    kind: AccountKind
    budget_code: str
    money: Money


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on an account: what changed, and what it held afterwards."""

    transaction_id: UUID
    at: datetime
    value_date: date
    kind: str
    office_id: str
    subject_kind: str
    subject_id: str
    reference: str
    charges: tuple[str, ...]
    change: Money
    balance: Money


def law_at(day: date, training: bool) -> Law:
    """The running law of a day."""
    return running_law().at(day, training=training)


def payer_balances(payer_id: str) -> list[Balance]:
    """What each of a payer's accounts holds, by kind and currency; accounts that hold nothing are left out."""
    return [line for line in _balances("payer", payer_id) if line.money]


def office_balances(office_id: str) -> list[Balance]:
    """What each of an office's accounts holds, by kind, budget code and currency."""
    return _balances("office", office_id)


def balance_of(payer_id: str, currency: str, kind: AccountKind = AccountKind.ADVANCE) -> Money:
    """What one account of a payer holds."""
    nothing = Money.zero(currency)
    held = (line.money for line in _balances("payer", payer_id) if line.kind is kind)
    return sum((money for money in held if money.currency == currency), nothing)


def _balances(owner_kind: str, owner_id: str) -> list[Balance]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.kind, a.budget_code, a.currency, CASE WHEN a.balance_kept THEN"
            " coalesce((SELECT b.balance FROM ledger_balance b WHERE b.account_id = a.id), 0)"
            " ELSE coalesce((SELECT sum(p.amount) FROM ledger_posting p WHERE p.account_id = a.id), 0)"
            " * CASE WHEN a.is_asset THEN 1 ELSE -1 END END"
            " FROM ledger_account a WHERE a.owner_kind = %s AND a.owner_id = %s"
            " ORDER BY a.kind, a.budget_code, a.currency",
            [owner_kind, owner_id],
        )
        return [
            Balance(AccountKind(kind), budget_code, Money(exact(amount), currency))
            for kind, budget_code, currency, amount in cursor.fetchall()
        ]


def account_statement(
    payer_id: str,
    currency: str,
    kind: AccountKind = AccountKind.ADVANCE,
    first: date | None = None,
    last: date | None = None,
    limit: int | None = None,
) -> list[StatementLine]:
    """The movements on an account of a payer between two value dates (both included), the newest first.

    `limit` is how many at most; the balance after each counts all that came before it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM (SELECT *, sum(change) OVER (ORDER BY at, id) AS balance FROM ("
            "SELECT t.id, t.at, t.value_date, t.kind, t.office_id, t.subject_kind, t.subject_id, t.reference,"
            " array_remove(array_agg(p.charge ORDER BY p.line), '') AS charges, -sum(p.amount) AS change"
            " FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id"
            " JOIN ledger_transaction t ON t.id = p.transaction_id"
            " WHERE a.kind = %s AND a.owner_kind = 'payer' AND a.owner_id = %s AND a.currency = %s"
            " GROUP BY t.id) AS moved) AS running"
            " WHERE (%s::date IS NULL OR value_date >= %s) AND (%s::date IS NULL OR value_date <= %s)"
            " ORDER BY at DESC, id DESC LIMIT %s",
            [kind.value, payer_id, currency, first, first, last, last, limit],
        )
        return [
            StatementLine(
                *row[:8],
                tuple(row[8]),
                Money(exact(row[9]), currency),
                Money(exact(row[10]), currency),
            )
            for row in cursor.fetchall()
        ]


def demand_of(subject_kind: str, subject_id: str) -> Demand | None:
    """What a file owes, as last demanded."""
    found = Demand.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return found.order_by("-version").first()


def charges_of(demand: Demand) -> tuple[Charge, ...]:
    """The charges of a demand."""
    return tuple(
        Charge(row["code"], row["budget_code"], Money(Decimal(row["due"]), demand.currency)) for row in demand.charges
    )


def settlement_of(subject_kind: str, subject_id: str) -> Settlement | None:
    """How a file stands with its charges; None where nothing was ever demanded."""
    demand = demand_of(subject_kind, subject_id)
    return None if demand is None else settlement_of_demand(demand)


def debited_of(subject_kind: str, subject_id: str) -> tuple[Finding, ...]:
    """PAY-23 where charges of a file were debited: the treasury has them, and only a refund gives them back."""
    stands = settlement_of(subject_kind, subject_id)
    paid = [line.paid for line in stands.charges if line.paid] if stands is not None else []
    if not paid:
        return ()
    total = sum(paid, Money.zero(paid[0].currency))
    params = {"amount": f"{total.amount:f}", "currency": total.currency}
    return (Finding("PAY-23", "charges", params, "Kyoto Convention, General Annex, standard 4.18"),)


def settlement_of_demand(demand: Demand) -> Settlement:
    """How a demand stands, read from the payer's accounts: what is set aside, what has left them, what secures it.

    A charge that money is held for though it is no longer demanded is listed with nothing due.
    """
    held = _held(demand)
    charges = list(charges_of(demand))
    known = {charge.code for charge in charges}
    gone = sorted({code for amounts in held.values() for code in amounts} - known)
    charges.extend(Charge(code, "", Money.zero(demand.currency)) for code in gone)
    return settlement(charges, held["reserved"], held["paid"], held["security"])


def _held(demand: Demand) -> dict[str, dict[str, Money]]:
    held: dict[str, dict[str, Money]] = {"reserved": {}, "paid": {}, "security": {}}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.kind, p.charge, -sum(p.amount), sum(p.amount) FILTER (WHERE t.kind IN ('debit', 'security_use'))"
            " FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id"
            " JOIN ledger_account a ON a.id = p.account_id"
            " WHERE t.subject_kind = %s AND t.subject_id = %s AND a.kind IN ('reserved', 'security')"
            " GROUP BY a.kind, p.charge",
            [demand.subject_kind, demand.subject_id],
        )
        rows = cursor.fetchall()
    for kind, code, balance, paid in rows:
        if balance:
            held[kind][code] = Money(exact(balance), demand.currency)
        if paid:
            before = held["paid"].get(code, Money.zero(demand.currency))
            held["paid"][code] = before + Money(exact(paid), demand.currency)
    return held


def security_held(subject_kind: str, subject_id: str, currency: str) -> dict[str, Money]:
    """What is held as a security for one obligation, by charge code; charges that nothing is held for are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.charge, -sum(p.amount) FROM ledger_transaction t"
            " JOIN ledger_posting p ON p.transaction_id = t.id JOIN ledger_account a ON a.id = p.account_id"
            " WHERE t.subject_kind = %s AND t.subject_id = %s AND a.kind = 'security' AND a.currency = %s"
            " GROUP BY p.charge HAVING sum(p.amount) <> 0 ORDER BY p.charge",
            [subject_kind, subject_id, currency],
        )
        return {code: Money(exact(amount), currency) for code, amount in cursor.fetchall()}


def settlement_words(subjects: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """One word for each of these files (nil, open, short, reserved, settled), for a list; unknown ones are left out."""
    found = {}
    for subject_kind, subject_id in subjects:
        stands = settlement_of(subject_kind, subject_id)
        if stands is not None:
            found[subject_kind, subject_id] = stands.word
    return found


def subjects_waiting(payer_id: str) -> list[tuple[str, str]]:
    """The files of a payer that wait for money, the oldest first."""
    rows = Waiting.objects.filter(payer_id=payer_id).order_by("since", "subject_id")
    return [(row.subject_kind, row.subject_id) for row in rows]


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that waits for money: what it lacks, in all and by charge code."""

    subject_kind: str
    subject_id: str
    reference: str
    since: datetime
    missing: Money
    charges: dict[str, Money]
    agent_id: str = ""


def waiting_of(payer_id: str) -> list[WaitingFile]:
    """The files of a payer that wait for money, with what they lack, the oldest first."""
    found = []
    for row in Waiting.objects.filter(payer_id=payer_id).order_by("since", "subject_id"):
        demand = demand_of(row.subject_kind, row.subject_id)
        if demand is not None:
            charges = settlement_of_demand(demand).missing
            missing = sum(charges.values(), Money.zero(demand.currency))
            found.append(
                WaitingFile(
                    row.subject_kind, row.subject_id, demand.reference, row.since, missing, charges, demand.agent_id
                )
            )
    return found


def mandates(*, payer_id: str = "", agent_id: str = "") -> list[Mandate]:
    """The mandates that were not revoked, of a payer or naming an agent, the newest first."""
    found = _mandates_standing().order_by("-id")
    return list(found.filter(payer_id=payer_id) if payer_id else found.filter(agent_id=agent_id))


def consent_lacking(payer_id: str, agent_id: str, day: date) -> tuple[Finding, ...]:
    """PAY-24 where the payer has not agreed that this agent uses his account on this day.

    Nobody else's consent is needed where the agent is the payer himself.
    """
    if not agent_id or agent_id == payer_id:
        return ()
    of_day = Q(until=None) | Q(until__gte=day)
    if _mandates_standing().filter(of_day, payer_id=payer_id, agent_id=agent_id, since__lte=day).exists():
        return ()
    names = trader_names([payer_id, agent_id])
    words = {
        name: f"{names[tin]} ({tin})" if tin in names else tin
        for name, tin in (("payer", payer_id), ("declarant", agent_id))
    }
    return (Finding("PAY-24", "payer", words),)


def _mandates_standing() -> QuerySet[Mandate]:
    return Mandate.objects.filter(~Exists(MandateRevocation.objects.filter(mandate_id=OuterRef("id"))))


def receipt_payer(receipt: Receipt) -> str:
    """Whose a receipt is: as it says, or as was found later; empty while nobody knows."""
    if receipt.payer_id:
        return receipt.payer_id
    found = LedgerTransaction.objects.filter(
        subject_kind="receipt", subject_id=str(receipt.id), kind="identification"
    ).first()
    return found.payer_id if found is not None else ""


def receipts(office_id: str = "", payer_id: str = "", text: str = "") -> QuerySet[Receipt]:
    """Receipts, the newest first; of one office, of one payer, or with this text in number or reference."""
    found = Receipt.objects.order_by("-id")
    if office_id:
        found = found.filter(office_id=office_id)
    if payer_id:
        found = found.filter(payer_id=payer_id)
    if text:
        found = found.filter(number__icontains=text) | found.filter(reference__icontains=text)
    return found


@dataclass(frozen=True, slots=True)
class ForeignReceipt:
    """Foreign money of a payer that was not converted yet: what is left of one receipt."""

    number: str
    value_date: date
    left: Money


def foreign_receipts(payer_id: str, currency: str) -> list[ForeignReceipt]:
    """A payer's receipts in a foreign currency that are not wholly converted, the earliest value date first.

    His foreign money lies in one account: what has left it came from the earliest receipts. Void ones count for
    nothing. Where another post's receipt is not to be seen, the day on which it was found to be his stands for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(r.number, t.reference), coalesce(r.value_date, t.value_date) AS day, -p.amount"
            " FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id"
            " JOIN ledger_transaction t ON t.id = p.transaction_id LEFT JOIN payments_receipt r"
            " ON r.id = CASE WHEN t.subject_kind = 'receipt' THEN t.subject_id::uuid END"
            " WHERE a.kind = 'suspense' AND a.owner_kind = 'payer' AND a.owner_id = %s AND a.currency = %s"
            " AND t.kind IN ('receipt', 'identification')"
            " AND NOT EXISTS (SELECT FROM payments_receipt_void v WHERE v.receipt_id::text = t.subject_id)"
            " ORDER BY day, t.id",
            [payer_id, currency],
        )
        rows = [(number, day, Money(exact(amount), currency)) for number, day, amount in cursor.fetchall()]
    nothing = Money.zero(currency)
    used = sum((money for _, _, money in rows), nothing) - balance_of(payer_id, currency, AccountKind.SUSPENSE)
    found = []
    for number, day, money in rows:
        taken = min(max(used, nothing), money)
        used -= taken
        if money > taken:
            found.append(ForeignReceipt(number, day, money - taken))
    return found


def voids(receipt_ids: Sequence[UUID]) -> dict[UUID, ReceiptVoid]:
    """How those of these receipts that are void were voided."""
    return {void.receipt_id: void for void in ReceiptVoid.objects.filter(receipt_id__in=receipt_ids)}


def unidentified(office_ids: Sequence[str]) -> list[Receipt]:
    """Receipts of these offices whose payer is still unknown, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id FROM payments_receipt r WHERE r.payer_id = '' AND r.office_id = ANY (%s)"
            " AND NOT EXISTS (SELECT FROM payments_receipt_void v WHERE v.receipt_id = r.id)"
            " AND NOT EXISTS (SELECT FROM ledger_transaction t WHERE t.subject_kind = 'receipt'"
            " AND t.subject_id = r.id::text AND t.kind = 'identification') ORDER BY r.id",
            [list(office_ids)],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return list(Receipt.objects.filter(id__in=ids).order_by("id"))
