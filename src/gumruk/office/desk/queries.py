# SPDX-License-Identifier: Apache-2.0
"""What waits for whom: the files of an officer's posts with what blocks each, a trader's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from gumruk import texts
from gumruk.law.audit import Event
from gumruk.law.declarations import State
from gumruk.law.kernel import Finding, Money
from gumruk.office.accounts.permissions import GUMRUK, Actor, actor_apply
from gumruk.office.assessment.queries import charges_of
from gumruk.office.declarations.models import File
from gumruk.office.declarations.page import blockers_told, deadline_of
from gumruk.office.declarations.queries import file_by_id, files, refused_to_correct, release_blockers
from gumruk.office.declarations.words import finding_shown
from gumruk.office.documents.queries import Verified
from gumruk.office.lawbook.labels import label
from gumruk.office.payments.queries import payer_balances, unidentified
from gumruk.office.traders.queries import trader_names
from gumruk.office.ui.words import finding_words
from gumruk.texts import formats

WAITING_MAX = 25
# A paper is of no use any more when its file has come to this, whatever it said.
ENDED = (State.INVALIDATED.value, State.WITHDRAWN.value)

# What moves a file on, in the order in which a desk looks at it.
READY, PRESENT, PAY, HELD, REFUSED, GOES_ON = "ready", "present", "pay", "held", "mend", "goes_on"


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A file that waits: for what (`step`), whether for this person, what blocks it in words, until when."""

    file: File
    office: str
    payer: str
    step: str
    mine: bool
    against: Sequence[str]
    due: datetime | None


def waiting_files(actor: Actor, language: str) -> list[WaitingRow]:
    """Files that wait for something, those that wait for this person first, then by deadline."""
    shown: list[File] = []
    for state in (State.ACCEPTED, State.PREREGISTERED):
        shown += files(state=state.value)[:WAITING_MAX]
    if actor.trader:
        shown += refused_to_correct()[:WAITING_MAX]
    payers = trader_names({file.payer for file in shown})
    rows = [_row(file, actor, language, payers.get(file.payer, file.payer)) for file in shown]
    return sorted(rows, key=lambda row: (not row.mine, row.due is None, row.due or row.file.lodged_at))


def _row(file: File, actor: Actor, language: str, payer: str) -> WaitingRow:
    refused = file.standing is State.REGISTRATION_REFUSED
    blockers = [] if refused else blockers_told(release_blockers(file, replay=False), file, actor)
    step = step_of(file, blockers, money_hidden=bool(actor.trader) and actor.trader != file.payer)
    return WaitingRow(
        file=file,
        office=label("offices", file.office, language),
        payer=payer,
        step=step,
        mine=waits_for(step, actor, file),
        against=_against(file, blockers, language),
        due=deadline_of(file),
    )


def _against(file: File, blockers: Sequence[Finding], language: str) -> list[str]:
    """What stands against release, the money in one line."""
    names = {charge.code: charge.name for charge in charges_of(file.id, file.assessment)}
    money = [found for found in blockers if found.code == "REL-4"]
    lines = [
        finding_words(language, finding_shown(language, found, names)) for found in blockers if found.code != "REL-4"
    ]
    if money:
        missing = sum((Decimal(found.params["missing"]) for found in money), Decimal(0))
        shown = formats.money(language, missing, money[0].params["currency"])
        lines.append(texts.say(language, "desk.home.money_missing", missing=shown))
    return lines


def step_of(file: File, blockers: Sequence[Finding], *, money_hidden: bool = False) -> str:
    """What the file waits for next; who does not see the money is told that the customs go on with it."""
    codes = {found.code for found in blockers}
    if file.standing is State.REGISTRATION_REFUSED:
        return REFUSED
    if "REL-2" in codes:
        return PRESENT
    if codes & {"REL-3", "REL-8"}:
        return HELD
    if codes & {"REL-4", "REL-5", "REL-6", "REL-7"}:
        return PAY
    return GOES_ON if money_hidden else READY


def waits_for(step: str, actor: Actor, file: File) -> bool:
    """Whether the next step is this person's."""
    if actor.trader:
        return (step == REFUSED and actor.trader == file.sender) or (step == PAY and actor.trader == file.payer)
    permission = {READY: "declarations.release", PRESENT: "declarations.present", HELD: "declarations.lift_hold"}
    return step in permission and actor.may(permission[step])


def file_state_of(document: Verified) -> str:
    """How the file of a document stands now, for whoever holds the paper: its state and nothing else.

    A stranger sees no file, so the system looks; empty for a document about something else.
    """
    if document.subject_kind != File.SUBJECT_KIND:
        return ""
    actor_apply(GUMRUK)
    try:
        file = file_by_id(UUID(document.subject_id))
        return "" if file is None else file.state
    finally:
        actor_apply(None)


def money_at_hand(actor: Actor) -> list[tuple[str, Money]]:
    """A trader's balances by kind of account."""
    return [(balance.kind.value, balance.money) for balance in payer_balances(actor.trader)]


def receipts_unidentified(actor: Actor) -> int:
    """How many receipts of a cashier's offices have no known payer yet."""
    return len(unidentified(actor.offices))


def event_words(kind: str, language: str) -> str:
    """What an event says in plain words: an event of a declaration, of the ledger, or of the rest of the house."""
    area, _, name = kind.partition(".")
    keys = [f"declarations.event.{kind}", f"desk.event.{kind}"]
    if area == "payment":
        keys.append(f"payments.entry.{name}")
    return next((texts.say(language, key) for key in keys if texts.find(language, key)), kind)


@dataclass(frozen=True, slots=True)
class SubjectShown:
    """What an event is about: its kind in words, its name, and the page that shows it, where there is one."""

    words: str
    name: str
    address: str = ""


def subject_shown(event: Event, language: str) -> SubjectShown:
    """The subject of an event, a declaration by its number."""
    words = texts.say(language, f"desk.subject.{event.subject_kind}")
    if event.subject_kind != File.SUBJECT_KIND:
        return SubjectShown(words, event.subject_id)
    file = file_by_id(UUID(event.subject_id))
    name = str(file) if file else event.subject_id
    return SubjectShown(words, name, reverse("declarations:file", args=[event.subject_id]))
