# SPDX-License-Identifier: Apache-2.0
"""What a file owes: reserved at acceptance, given back, debited at release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from gumruk.law import payments as books
from gumruk.law.kernel import Finding, Money
from gumruk.law.payments import Charge, Entry, Settlement
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.services import event_append
from gumruk.office.payments.ledger import Booking, advance_lock, entry_write
from gumruk.office.payments.models import Demand
from gumruk.office.payments.queries import (
    charges_of,
    consent_lacking,
    demand_of,
    settlement_of_demand,
    subjects_waiting,
)
from gumruk.office.payments.refusal import PaymentRefused
from gumruk.office.project.clock import legal_day


@dataclass(frozen=True, slots=True)
class Reservation:
    """The answer to a reservation: how the file stands, and, where money is missing, what (PAY-1, PAY-2)."""

    settlement: Settlement
    findings: tuple[Finding, ...]

    @property
    def is_covered(self) -> bool:
        """True when nothing is missing."""
        return not self.findings


@transaction.atomic
def charges_reserve(
    *,
    subject_kind: str,
    subject_id: str,
    payer_id: str,
    office_id: str,
    charges: Sequence[Charge],
    currency: str,
    by: Actor,
    at: datetime,
    order: Sequence[str] = (),
    reference: str = "",
    agent_id: str = "",
) -> Reservation:
    """Set aside from the payer's advance what a file owes: all of it, or nothing.

    Half a reservation would hold money that cannot release the goods. Where money is missing, the answer says of which
    charge (in the law's `order`), the file is put on the list of those that wait, and the next payment wakes it. Called
    again with other charges (a decision, an amendment), it reserves or gives back the difference. `reference` is what
    the payer's statement calls the file: the declaration's number. `agent_id` is the trader who declared it: where he
    is not the payer, nothing is reserved without the payer's mandate of that day (PAY-24). Raises ValueError for
    charges in another currency than `currency`, the country's own, and for one charge given twice.
    """
    if any(charge.due.currency != currency for charge in charges):
        raise ValueError(f"charges are reserved in {currency}")
    if len({charge.code for charge in charges}) != len(charges):
        raise ValueError("a charge is given once, with its whole amount")
    wanted = Demand(
        id=uuid7(at),
        subject_kind=subject_kind,
        subject_id=subject_id,
        version=1,
        reference=reference,
        payer_id=payer_id,
        office_id=office_id,
        currency=currency,
        at=at,
        actor=str(by.id),
        agent_id="" if agent_id == payer_id else agent_id,
    )
    before = demand_of(subject_kind, subject_id)
    payers = {payer_id} if before is None else {payer_id, before.payer_id}
    available = {payer: advance_lock(payer, currency) for payer in sorted(payers)}[payer_id]
    before = demand_of(subject_kind, subject_id)
    if before is None:
        _demand_write(wanted, charges)
        nothing_yet = books.settlement(charges, {}, {}, {})
        return _reserve_missing(wanted, nothing_yet, available, order, by=by, at=at)
    demand, given_back = _demand_renew(before, wanted, charges, by=by, at=at)
    return _reserve_missing(demand, settlement_of_demand(demand), available + given_back, order, by=by, at=at)


def _demand_renew(
    before: Demand, wanted: Demand, charges: Sequence[Charge], *, by: Actor, at: datetime
) -> tuple[Demand, Money]:
    """Let a new demand take the place of the last; gives it, and what its payer has back of what was reserved."""
    if before.payer_id != wanted.payer_id:
        _excess_release(before, (), by=by, at=at)
    elif charges_of(before) == tuple(charges) and before.agent_id == wanted.agent_id:
        return before, Money.zero(before.currency)
    wanted.version = before.version + 1
    wanted.reference = wanted.reference or before.reference
    _demand_write(wanted, charges)
    if before.payer_id != wanted.payer_id:
        return wanted, Money.zero(wanted.currency)
    return wanted, _excess_release(wanted, charges, by=by, at=at)


@transaction.atomic
def reservation_retry(
    *, subject_kind: str, subject_id: str, by: Actor, at: datetime, order: Sequence[str] = ()
) -> Reservation | None:
    """Try again to reserve what a file owes, as last demanded; None where it owes nothing that is known here."""
    demand, available = _demand_lock(subject_kind, subject_id)
    if demand is None:
        return None
    return _reserve_missing(demand, settlement_of_demand(demand), available, order, by=by, at=at)


def waiting_retry(*, payer_id: str, by: Actor, at: datetime, order: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Money came in: reserve the payer's files that wait, the oldest first. Gives those that are covered now.

    A file that still lacks money does not stop a smaller one behind it.
    """
    covered = []
    for subject_kind, subject_id in subjects_waiting(payer_id):
        answer = reservation_retry(subject_kind=subject_kind, subject_id=subject_id, by=by, at=at, order=order)
        if answer is not None and answer.is_covered:
            covered.append((subject_kind, subject_id))
    return covered


@transaction.atomic
def reservation_release(*, subject_kind: str, subject_id: str, why: str, by: Actor, at: datetime) -> Money | None:
    """Give all that is reserved for a file back to the payer (the file was withdrawn, invalidated or refused).

    Gives the amount; None where nothing was ever demanded. The file owes nothing from now on.
    """
    demand, _ = _demand_lock(subject_kind, subject_id)
    if demand is None:
        return None
    released = _excess_release(demand, (), by=by, at=at)
    _waiting_end(demand)
    if demand.charges:
        demand.id, demand.version, demand.at, demand.actor = uuid7(at), demand.version + 1, at, str(by.id)
        _demand_write(demand, ())
    if released:
        _event(demand, "charges.released", {"amount": released.amount, "why": why}, by=by, at=at)
    return released


@transaction.atomic
def charges_debit(*, subject_kind: str, subject_id: str, by: Actor, at: datetime) -> Settlement:
    """At release: what is reserved for a file becomes the treasury's, by budget code and post.

    Twice debits once. Raises PaymentRefused: PAY-15 where not all that is due is reserved, secured or paid, PAY-18 for
    a charge without a budget code; and ValueError where nothing was ever demanded: reserve first, even when nothing is
    due.
    """
    demand, _ = _demand_lock(subject_kind, subject_id)
    if demand is None:
        raise ValueError(f"nothing was demanded for {subject_kind} {subject_id}")
    stands = settlement_of_demand(demand)
    findings = books.check_debit(stands, demand.currency)
    if findings:
        raise PaymentRefused(findings)
    taken = [replace(line.charge, due=line.reserved) for line in stands.charges if line.reserved]
    if not taken:
        return stands
    _write(demand, books.debit(demand.payer_id, demand.office_id, taken), by=by, at=at)
    _event(demand, "charges.debited", _amounts(taken), by=by, at=at)
    lines = (
        replace(line, paid=line.paid + line.reserved, reserved=Money.zero(demand.currency)) for line in stands.charges
    )
    return Settlement(tuple(lines))


def _demand_lock(subject_kind: str, subject_id: str) -> tuple[Demand | None, Money]:
    """What a file owes, read under its payer's lock, and what he has in advance."""
    demand = demand_of(subject_kind, subject_id)
    while demand is not None:
        payer = demand.payer_id
        available = advance_lock(payer, demand.currency)
        demand = demand_of(subject_kind, subject_id)
        if demand is not None and demand.payer_id == payer:
            return demand, available
    return None, Money.zero("XXX")  # ISO 4217: no currency


def _reserve_missing(
    demand: Demand, stands: Settlement, available: Money, order: Sequence[str], *, by: Actor, at: datetime
) -> Reservation:
    """Reserve all that a file lacks as it stands, or nothing."""
    wanted = [replace(line.charge, due=line.missing) for line in stands.charges if line.missing]
    allocation = books.allocate(wanted, available, order)
    unagreed = consent_lacking(demand.payer_id, demand.agent_id, legal_day(at)) if wanted else ()
    findings = (*unagreed, *books.shortfall(allocation, available))
    if findings:
        if _waiting_begin(demand, at):
            kind = "charges.unagreed" if unagreed else "charges.short"
            missing = sum((charge.due for charge in wanted), Money.zero(demand.currency))
            body = {"missing": missing.amount if unagreed else allocation.missing.amount, "currency": demand.currency}
            _event(demand, kind, body, by=by, at=at)
        return Reservation(stands, findings)
    if wanted:
        _write(demand, books.reservation(demand.payer_id, wanted), by=by, at=at)
        _event(demand, "charges.reserved", _amounts(wanted), by=by, at=at)
    _waiting_end(demand)
    lines = tuple(replace(line, reserved=line.reserved + line.missing) for line in stands.charges)
    return Reservation(Settlement(lines), ())


def _excess_release(demand: Demand, charges: Sequence[Charge], *, by: Actor, at: datetime) -> Money:
    """Give back what is reserved above these charges, and give the amount."""
    due = {charge.code: charge.due for charge in charges}
    nothing = Money.zero(demand.currency)
    excess = []
    for line in settlement_of_demand(demand).charges:
        needed = max(due.get(line.charge.code, nothing) - line.paid - line.secured, nothing)
        if line.reserved > needed:
            excess.append(replace(line.charge, due=line.reserved - needed))
    if excess:
        _write(demand, books.reservation_release(demand.payer_id, excess), by=by, at=at)
    return sum((charge.due for charge in excess), nothing)


def _write(demand: Demand, entry: Entry, *, by: Actor, at: datetime) -> None:
    booking = Booking(
        demand.office_id,
        legal_day(at),
        demand.payer_id,
        demand.subject_kind,
        demand.subject_id,
        demand.reference,
    )
    entry_write(entry, booking, by=by, at=at)


def _demand_write(demand: Demand, charges: Sequence[Charge]) -> None:
    demand.charges = [
        {"code": charge.code, "budget_code": charge.budget_code, "due": f"{charge.due.amount:f}"} for charge in charges
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_demand (id, subject_kind, subject_id, version, reference, payer_id, office_id,"
            " currency, charges, at, actor, agent_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
            [
                demand.id,
                demand.subject_kind,
                demand.subject_id,
                demand.version,
                demand.reference,
                demand.payer_id,
                demand.office_id,
                demand.currency,
                json.dumps(demand.charges),
                demand.at,
                demand.actor,
                demand.agent_id,
            ],
        )


def _waiting_begin(demand: Demand, at: datetime) -> bool:
    """Put a file on the list of those that wait for money; False where it is there already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_waiting (subject_kind, subject_id, payer_id, office_id, since)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (subject_kind, subject_id)"
            " DO UPDATE SET payer_id = excluded.payer_id, office_id = excluded.office_id"
            " RETURNING since = %s",
            [demand.subject_kind, demand.subject_id, demand.payer_id, demand.office_id, at, at],
        )
        return bool(cursor.fetchone()[0])


def _waiting_end(demand: Demand) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM payments_waiting WHERE subject_kind = %s AND subject_id = %s",
            [demand.subject_kind, demand.subject_id],
        )


def _amounts(charges: Sequence[Charge]) -> dict[str, object]:
    return {
        "charges": {charge.code: charge.due.amount for charge in charges},
        "currency": charges[0].due.currency,
    }


def _event(demand: Demand, kind: str, body: dict[str, object], *, by: Actor, at: datetime) -> None:
    event_append(subject_kind=demand.subject_kind, subject_id=demand.subject_id, kind=kind, body=body, by=by, at=at)
