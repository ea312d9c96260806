# SPDX-License-Identifier: Apache-2.0
"""What is done to a file after it was lodged: presented, held, decided upon, released, refused, withdrawn.

Each is one transaction with its event. The ledger is entered only by payments' services. Locks are taken in one order,
so that nobody waits in a circle: the file, then its payer's account (by payments), then the chain of its events.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.law.assessment import Computed, compute
from gumruk.law.declarations import Event, State, goods_facts, read_declaration
from gumruk.law.declarations.reading import ItemReading
from gumruk.law.kernel import Finding, HsCode, exact_decimal
from gumruk.law.lawbook import Legal
from gumruk.law.valuation import ValueRecord, record_findings
from gumruk.office.accounts.permissions import Actor
from gumruk.office.assessment.queries import charges_of
from gumruk.office.assessment.services import charge_rows
from gumruk.office.audit.keys import uuid7
from gumruk.office.audit.moves import move
from gumruk.office.audit.services import outbox_put
from gumruk.office.declarations import storing
from gumruk.office.declarations.acts import SUBJECT, Refused, decision_append, event_of_file, file_lock
from gumruk.office.declarations.doubting import (
    doubt_answered,
    doubt_close,
    doubts_end,
    doubts_secure,
    securities_settle,
    value_accept,
    value_doubt,
    value_explain,
)
from gumruk.office.declarations.doubts import Doubt, open_doubt
from gumruk.office.declarations.lodging import declaration_lodge
from gumruk.office.declarations.models import Decision, File, Hold
from gumruk.office.declarations.queries import (
    charges_due,
    decided_values,
    declared,
    explained,
    files_awaiting_law,
    moments_of,
    release_blockers,
)
from gumruk.office.declarations.registration import SENDER_CODES, examine
from gumruk.office.documents.papers import ChargesNotice
from gumruk.office.documents.queries import documents_about
from gumruk.office.documents.services import document_revoke
from gumruk.office.lawbook.queries import law_by_digest, running_law
from gumruk.office.payments import services as payments
from gumruk.office.payments.queries import debited_of, settlement_of
from gumruk.office.project.clock import legal_day
from gumruk.packs import world

__all__ = [
    "Refused",
    "charges_assess_awaiting",
    "charges_settle",
    "declaration_decide",
    "declaration_invalidate",
    "declaration_lodge",
    "declaration_present",
    "declaration_release",
    "declaration_withdraw",
    "hold_lift",
    "hold_place",
    "release_refuse",
    "securities_settle",
    "value_accept",
    "value_doubt",
    "value_explain",
]

CENT, VALUE_MAX = Decimal("0.01"), Decimal(10) ** 15


@transaction.atomic
def declaration_present(*, file: File, by: Actor, at: datetime) -> None:
    """The goods of a preregistered declaration are here: it is checked and assessed anew, and accepted.

    Acceptance is the legal moment, so the law of this day counts, and a rate may differ from the one foreseen. Raises
    Refused with findings where it no longer passes the checks; it then stays preregistered.
    """
    file_lock(file)
    law = running_law()
    examined = examine(
        read_declaration(declared(file)), law, by, registered_at=file.registered_at or at, accepted_at=at
    )
    findings = [finding for finding in examined.findings if finding.code not in SENDER_CODES]
    if examined.computed is None:
        raise Refused(findings)
    _charges_store(examined.computed, file, at)
    move(
        file,
        Event.ACCEPT,
        by,
        at,
        "presented",
        body={"law": law.digest, "office": file.office, "assessment": file.assessment + 1},
        changes={
            "accepted_at": at,
            "presented_at": at,
            "law_digest": law.digest,
            "outside_hours": examined.outside_hours,
            "assessment": file.assessment + 1,
        },
    )
    outbox_put("declarations.accepted", {"file": str(file.id)}, at=at)


@transaction.atomic
def charges_assess_awaiting(*, by: Actor, at: datetime) -> None:
    """Law was published: accepted files whose goods no customs value could be given to are assessed anew.

    Their moments stay; what is new is what is known of them, so a file then names the law published since. A file that
    still lacks law stays as it is.
    """
    for file in files_awaiting_law():
        file_lock(file)
        if file.standing is State.ACCEPTED:
            _assess_anew(file, by, at)


def _assess_anew(file: File, by: Actor, at: datetime) -> None:
    law, reading = running_law(), read_declaration(declared(file))
    facts = goods_facts(reading, outside_hours=file.outside_hours, decided=decided_values(file))
    computed = compute(facts, Legal(law, moments_of(file), training=file.training))
    if computed.obstacles:
        return
    _charges_store(computed, file, at)
    body = {"law": law.digest, "before": file.law_digest, "assessment": file.assessment + 1}
    file.assessment, file.law_digest = file.assessment + 1, law.digest
    file.save(update_fields=["assessment", "law_digest"])
    event_of_file(file, "assessed", body, by, at)
    charges_settle(file=file, by=by, at=at)


def _charges_store(computed: Computed, file: File, at: datetime) -> None:
    storing.store_charges(charge_rows(computed, subject=file.id, assessment=file.assessment + 1, at=at))


@transaction.atomic
def charges_settle(*, file: File, by: Actor, at: datetime) -> None:
    """Reserve what an accepted file owes from its payer's advance account: all of it, or nothing."""
    file_lock(file)
    if file.standing is not State.ACCEPTED:
        return
    if charges_of(file.id, file.assessment):
        _charges_demand(file, by, at)
    doubts_secure(file, by, at)


def _charges_demand(file: File, by: Actor, at: datetime) -> payments.Reservation:
    charges = charges_of(file.id, file.assessment)
    return payments.charges_reserve(
        subject_kind=SUBJECT,
        subject_id=str(file.id),
        payer_id=file.payer,
        office_id=file.office,
        charges=charges_due(charges),
        currency=charges[0].currency,
        reference=file.number,
        agent_id=file.sender,
        by=by,
        at=at,
    )


@transaction.atomic
def hold_place(*, file: File, reason: str, by: Actor, at: datetime) -> Hold:
    """Stop the goods until the hold is lifted. Raises Refused where they are gone, or were never here."""
    file_lock(file)
    if file.standing not in (State.PREREGISTERED, State.ACCEPTED):
        raise Refused([Finding("REL-1", params={"state": file.state})])
    hold = Hold.objects.create(id=uuid7(at), file=file.id, reason=reason, placed_at=at, placed_by=by.id)
    event_of_file(file, "held", {"hold": str(hold.id), "reason": reason}, by, at)
    return hold


@transaction.atomic
def hold_lift(*, file: File, hold: Hold, why: str, by: Actor, at: datetime) -> None:
    """Lift a hold. Raises PermissionError for whoever placed it: another person must look."""
    if hold.placed_by == by.id:
        raise PermissionError("a hold is lifted by another person than the one who placed it")
    standing = Hold.objects.filter(id=hold.id, file=file.id, lifted_at=None)
    if standing.update(lifted_at=at, lifted_by=by.id, lifted_why=why):
        event_of_file(file, "hold_lifted", {"hold": str(hold.id), "why": why}, by, at)


@transaction.atomic
def declaration_decide(
    *,
    file: File,
    item: int,
    kind: str,
    decided: str,
    grounds: str,
    act: str,
    by: Actor,
    at: datetime,
    record: ValueRecord | None = None,
) -> Decision:
    """Decide another commodity code, origin or customs value for an item (from 1), with grounds and act.

    The charges are computed anew. A value's `record` says by which method, and why not by those before it. A value that
    was doubted is decided after release too: what is owed then is paid out of its security, the rest given back.

    What was declared stays as it was; the decision stands beside it. Raises ValueError for a kind or value that cannot
    be, Refused where the file is not accepted, where the record has faults (VAL-10 to VAL-12) and where the declarant
    may still explain the value (VAL-14).
    """
    decided = _decidable(kind, decided)
    file_lock(file)
    doubt = open_doubt(file, item) if kind == "customs_value" else None
    if file.standing is not State.ACCEPTED and not (doubt and file.standing is State.RELEASED):
        raise Refused([Finding("REL-1", params={"state": file.state})])
    faults = (*(record_findings(record) if record else ()), *(doubt_answered(doubt, at) if doubt else ()))
    if faults:
        raise Refused(faults)
    kept = record.plain if record else {}
    reading = read_declaration(declared(file))
    reading_of_item = reading.items[item - 1]
    path = f"items[{item - 1}].{kind}"
    before = decided_values(file).get(path) or _stated(file, reading_of_item, kind, item)
    decision = decision_append(
        file, kind, grounds=grounds, act=act, by=by, at=at, path=path, declared=before, decided=decided, record=kept
    )
    legal = Legal(law_by_digest(file.law_digest), moments_of(file), training=file.training)
    facts = goods_facts(reading, outside_hours=file.outside_hours, decided=decided_values(file))
    computed = compute(facts, legal)
    _charges_store(computed, file, at)
    File.objects.filter(id=file.id).update(assessment=file.assessment + 1)
    file.assessment += 1
    body = {"number": decision.number, "path": path, "declared": before, "decided": decided, "grounds": grounds}
    if doubt:
        _doubt_settle(file, doubt, by, at)
    else:
        charges_settle(file=file, by=by, at=at)
    _notices_revoke(file, decision, by, at)
    event_of_file(file, "decided", {**body, "act": act, "record": kept, "assessment": file.assessment}, by, at)
    return decision


def _doubt_settle(file: File, doubt: Doubt, by: Actor, at: datetime) -> None:
    """The value was decided: before release its security is free and the charges are reserved, after it they are paid.

    After release the security pays what is owed more than was debited, and what it does not cover is taken from the
    advance, or waits for money.
    """
    if file.standing is State.ACCEPTED:
        doubt_close(file, doubt, (), by, at)
        charges_settle(file=file, by=by, at=at)
        return
    charges = charges_due(charges_of(file.id, file.assessment))
    stands = settlement_of(SUBJECT, str(file.id))
    paid = {line.charge.code: line.paid for line in stands.charges} if stands else {}
    owed = [
        replace(one, due=max(one.due - paid.get(one.code, one.due - one.due), one.due - one.due)) for one in charges
    ]
    doubt_close(file, doubt, owed, by, at)
    if _charges_demand(file, by, at).is_covered:
        payments.charges_debit(subject_kind=SUBJECT, subject_id=str(file.id), by=by, at=at)


def _stated(file: File, item: ItemReading, kind: str, number: int) -> str:
    """What stood before anybody decided: the code and origin as declared, the customs value as it was computed."""
    if kind == "customs_value":
        valued = explained(file).items
        return f"{valued[number - 1].customs_value.amount:f}" if valued else ""
    return (str(item.code) if kind == "code" else item.origin) or ""


def _notices_revoke(file: File, decision: Decision, by: Actor, at: datetime) -> None:
    """A notice with the charges as they were before a decision is good no longer: whoever verifies it is told."""
    for issued in documents_about(SUBJECT, str(file.id)):
        if issued.kind == ChargesNotice.kind:
            document_revoke(document_id=issued.id, reason=f"decision {decision.number}", by=by, at=at)


def _decidable(kind: str, decided: str) -> str:
    """What can be decided: a commodity code of the HS, a country of ISO 3166, a customs value. Raises ValueError."""
    lists = world().code_lists
    if kind == "code":
        code = HsCode.read(decided)
        if len(code.digits) >= 6 and code.subheading in lists.commodity_codes:
            return code.digits
    elif kind == "customs_value":
        value = exact_decimal(decided)
        if 0 < value < VALUE_MAX and value == value.quantize(CENT):
            return f"{value.quantize(CENT):f}"
    elif kind != "origin":
        raise ValueError(f"a decision is on the code, the origin or the customs value, not on {kind!r}")
    elif decided in lists.countries:
        return decided
    raise ValueError(f"there is no {kind} {decided!r}")


@transaction.atomic
def declaration_release(*, file: File, by: Actor, at: datetime) -> Decision:
    """Release the goods: what was reserved is debited, the decision is numbered. Raises Refused naming each blocker."""
    charges_settle(file=file, by=by, at=at)
    against = release_blockers(file)
    if against:
        raise Refused(against)
    if charges_of(file.id, file.assessment):
        payments.charges_debit(subject_kind=SUBJECT, subject_id=str(file.id), by=by, at=at)
    decision = decision_append(file, "release", grounds="", act=_act_of_release(file), by=by, at=at)
    move(file, Event.RELEASE, by, at, "", body={"decision": decision.number}, changes={"released_at": at})
    return decision


@transaction.atomic
def release_refuse(*, file: File, grounds: str, act: str, by: Actor, at: datetime) -> Decision:
    """Refuse to release the goods, with grounds, act, and where and until when it can be appealed."""
    file_lock(file)
    decision = decision_append(file, "release_refusal", grounds=grounds, act=act, by=by, at=at)
    payments.reservation_release(subject_kind=SUBJECT, subject_id=str(file.id), why="release refused", by=by, at=at)
    doubts_end(file, by, at)
    move(file, Event.REFUSE_RELEASE, by, at, grounds, body={"decision": decision.number, "act": act})
    return decision


@transaction.atomic
def declaration_withdraw(*, file: File, why: str, by: Actor, at: datetime) -> None:
    """The declarant takes his declaration back, as long as the goods are not released."""
    file_lock(file)
    payments.reservation_release(subject_kind=SUBJECT, subject_id=str(file.id), why=why, by=by, at=at)
    doubts_end(file, by, at)
    move(file, Event.WITHDRAW, by, at, why)


@transaction.atomic
def declaration_invalidate(*, file: File, why: str, by: Actor, at: datetime) -> None:
    """A supervisor declares a registered declaration void.

    Raises Refused (PAY-23) while its charges are debited: a refund would have to be decided first.
    """
    file_lock(file)
    debited = debited_of(SUBJECT, str(file.id))
    if debited:
        raise Refused(debited)
    payments.reservation_release(subject_kind=SUBJECT, subject_id=str(file.id), why=why, by=by, at=at)
    doubts_end(file, by, at)
    move(file, Event.INVALIDATE, by, at, why)


def _act_of_release(file: File) -> str:
    """The act that the country registers and releases under, where its pack names one."""
    entry = running_law().at(legal_day(file.lodged_at), training=file.training).find("values", "number.pattern")
    return (entry.act if entry else None) or "Kyoto Convention, General Annex, standard 3.40"
