# SPDX-License-Identifier: Apache-2.0
"""What waits for whom: the files of an officer's posts with what blocks each, a trader's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gumruk.law.declarations import State
from gumruk.law.kernel import Finding, Money
from gumruk.office.accounts.permissions import Actor
from gumruk.office.assessment.queries import charges_of
from gumruk.office.declarations.models import File
from gumruk.office.declarations.page import deadline_of
from gumruk.office.declarations.queries import files, release_blockers
from gumruk.office.declarations.words import finding_shown
from gumruk.office.lawbook.labels import label
from gumruk.office.payments.queries import payer_balances, unidentified
from gumruk.office.traders.queries import trader_names

WAITING_MAX = 25

# What moves a file on, in the order in which a desk looks at it.
READY, PRESENT, PAY, HELD, REFUSED = "ready", "present", "pay", "held", "mend"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A file that waits: for what (`step`), whether for this person, what blocks it, until when."""

    file: File
    office: str
    payer: str
    step: str
    mine: bool
    blockers: Sequence[Finding]
    due: datetime | None


def waiting_files(actor: Actor, language: str) -> list[WaitingRow]:
    """Files that wait for something, those that wait for this person first, then by deadline."""
    shown: list[File] = []
    for state in (State.ACCEPTED, State.PREREGISTERED):
        shown += files(state=state.value)[:WAITING_MAX]
    if actor.trader:
        shown += files(state=State.REGISTRATION_REFUSED.value)[:WAITING_MAX]
    payers = trader_names({file.payer for file in shown})
    rows = [_row(file, actor, language, payers.get(file.payer, file.payer)) for file in shown]
    return sorted(rows, key=lambda row: (not row.mine, row.due is None, row.due or row.file.lodged_at))


def _row(file: File, actor: Actor, language: str, payer: str) -> WaitingRow:
    blockers = [] if file.standing is State.REGISTRATION_REFUSED else list(release_blockers(file))
    step = step_of(file, blockers)
    names = {charge.code: charge.name for charge in charges_of(file.id, file.assessment)}
    told = [found for found in blockers if not (found.code == "REL-1" and file.standing is State.PREREGISTERED)]
    return WaitingRow(
        file=file,
        office=label("offices", file.office, language),
        payer=payer,
        step=step,
        mine=waits_for(step, actor),
        blockers=[finding_shown(language, found, names) for found in told],
        due=deadline_of(file),
    )


def step_of(file: File, blockers: Sequence[Finding]) -> str:
    """What the file waits for next."""
    codes = {found.code for found in blockers}
    if file.standing is State.REGISTRATION_REFUSED:
        return REFUSED
    if "REL-2" in codes:
        return PRESENT
    if "REL-3" in codes:
        return HELD
    if codes & {"REL-4", "REL-5", "REL-6", "REL-7"}:
        return PAY
    return READY


def waits_for(step: str, actor: Actor) -> bool:
    """Whether the next step is this person's."""
    if actor.trader:
        return step in (REFUSED, PAY)
    permission = {READY: "declarations.release", PRESENT: "declarations.present", HELD: "declarations.lift_hold"}
    return step in permission and actor.may(permission[step])


def money_at_hand(actor: Actor) -> list[tuple[str, Money]]:
    """A trader's balances by kind of account."""
    return [(balance.kind.value, balance.money) for balance in payer_balances(actor.trader)]


def receipts_unidentified(actor: Actor) -> int:
    """How many receipts of a cashier's offices have no known payer yet."""
    return len(unidentified(actor.offices))
