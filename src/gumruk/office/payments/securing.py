# SPDX-License-Identifier: Apache-2.0
"""A security: a payer's money held for one obligation until it ends, then given back or used for what is owed.

It is a liability of its own in the payer's books (account `security`), taken from his advance. What it is held for is a
subject of its own: it covers nothing that the file owes beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from gumruk.law import payments as books
from gumruk.law.kernel import Finding, Money
from gumruk.law.payments import Charge, Entry
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.services import event_append
from gumruk.office.payments.ledger import Booking, advance_lock, entry_write
from gumruk.office.payments.queries import consent_lacking, security_held
from gumruk.office.project.clock import legal_day


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a security is held for: its subject, whose money, which office, and the file whose history tells of it.

    `agent_id` is the trader who declared the file: where he is not the payer, nothing is taken without a mandate.
    """

    subject_kind: str
    subject_id: str
    file_kind: str
    file_id: str
    payer_id: str
    office_id: str
    currency: str
    reference: str = ""
    agent_id: str = ""

    @property
    def held(self) -> dict[str, Money]:
        """What is held for it, by charge code."""
        return security_held(self.subject_kind, self.subject_id, self.currency)


def payer_lock(*, payer_id: str, currency: str) -> None:
    """Lock a payer until the transaction ends: nobody else moves his money, or ends what it is held for, meanwhile."""
    advance_lock(payer_id, currency)


@transaction.atomic
def security_take(*, obligation: Obligation, charges: Sequence[Charge], by: Actor, at: datetime) -> tuple[Finding, ...]:
    """Hold these amounts from the payer's advance: all that is not held yet, or nothing.

    Gives what stands against it: PAY-1 and PAY-2 where money is missing, PAY-24 without the payer's mandate. Again does
    nothing more.
    """
    available = advance_lock(obligation.payer_id, obligation.currency)
    held, nothing = obligation.held, Money.zero(obligation.currency)
    wanted = [replace(one, due=one.due - held.get(one.code, nothing)) for one in charges]
    wanted = [one for one in wanted if one.due.amount > 0]
    if not wanted:
        return ()
    found = (
        *consent_lacking(obligation.payer_id, obligation.agent_id, legal_day(at)),
        *books.shortfall(books.allocate(wanted, available), available),
    )
    if found:
        return found
    _write(obligation, books.security(obligation.payer_id, wanted), by=by, at=at)
    _tell(obligation, "taken", {one.code: one.due for one in wanted}, by=by, at=at)
    return ()


@transaction.atomic
def security_end(*, obligation: Obligation, owed: Sequence[Charge], by: Actor, at: datetime) -> Money:
    """The obligation ended: what is `owed` is paid out of the security, charge by charge, and the rest is given back.

    What is paid counts for the file: its settlement shows it as paid. Gives what was paid. Again does nothing.
    """
    advance_lock(obligation.payer_id, obligation.currency)
    held, nothing = obligation.held, Money.zero(obligation.currency)
    if not held:
        return nothing
    used = [replace(one, due=min(one.due, held[one.code])) for one in owed if one.code in held and one.due]
    payer, office = obligation.payer_id, obligation.office_id
    # Nothing leaves the payer's lock between: the whole security is his again, and what he owes is taken anew for the
    # file and paid from there, so that the file's settlement counts it.
    back = [Charge(code, "", money) for code, money in held.items()]
    _write(obligation, books.security_return(payer, back), by=by, at=at)
    if used:
        of_file = replace(obligation, subject_kind=obligation.file_kind, subject_id=obligation.file_id)
        _write(of_file, books.security(payer, used), by=by, at=at)
        _write(of_file, books.security_use(payer, office, used), by=by, at=at)
        _tell(obligation, "used", {one.code: one.due for one in used}, by=by, at=at)
    left = {code: money - sum((one.due for one in used if one.code == code), nothing) for code, money in held.items()}
    left = {code: money for code, money in left.items() if money}
    if left:
        _tell(obligation, "returned", left, by=by, at=at)
    return sum((one.due for one in used), nothing)


def _write(obligation: Obligation, entry: Entry, *, by: Actor, at: datetime) -> None:
    booking = Booking(
        obligation.office_id,
        legal_day(at),
        obligation.payer_id,
        obligation.subject_kind,
        obligation.subject_id,
        obligation.reference,
    )
    entry_write(entry, booking, by=by, at=at)


def _tell(obligation: Obligation, what: str, charges: Mapping[str, Money], *, by: Actor, at: datetime) -> None:
    body = {
        "for": f"{obligation.subject_kind} {obligation.subject_id}",
        "charges": {code: money.amount for code, money in charges.items()},
        "currency": obligation.currency,
    }
    event_append(
        subject_kind=obligation.file_kind, subject_id=obligation.file_id, kind=f"security.{what}", body=body, by=by,
        at=at,
    )  # fmt: skip
