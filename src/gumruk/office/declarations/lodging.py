# SPDX-License-Identifier: Apache-2.0
"""Lodging: a message becomes a file, a version, an assessment and events, in one transaction and two statements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gumruk import wire
from gumruk.law.declarations import Event, Reading, State, moved, read_declaration
from gumruk.law.declarations.model import Declaration
from gumruk.law.declarations.shipments import lodged_again, shipment_keys
from gumruk.law.kernel import Finding
from gumruk.law.kernel.folding import folded
from gumruk.law.lawbook import Law
from gumruk.office.accounts.permissions import Actor
from gumruk.office.assessment.services import CHARGE_COLUMNS, charge_rows
from gumruk.office.audit.keys import uuid7, uuid7_run
from gumruk.office.audit.services import event_row
from gumruk.office.declarations import storing
from gumruk.office.declarations.registration import Examined, examine
from gumruk.office.lawbook.queries import running_law
from gumruk.office.project.clock import legal_day

GOODS_SUMMARY_LENGTH = 200
SEARCH_KEY_LENGTH = 2000
IDENTIFIER_LENGTH_MAX = 100
"""How much of a reference, an office or a payer's number the indexes take; the checks refuse what is longer."""


class Conflict(Exception):
    """The same sender, reference, function and version came before with other content; `file` is what stands."""

    def __init__(self, file: UUID) -> None:
        super().__init__(str(file))
        self.file = file


@dataclass(frozen=True, slots=True)
class Lodged:
    """The answer to a message: the same for the same message, however often it comes. `repeated` says it came again."""

    file: UUID
    answer: dict[str, Any]
    repeated: bool


def declaration_lodge(*, content: bytes, by: Actor, at: datetime, name: str = "") -> Lodged:
    """Lodge a declaration as its message came.

    It is accepted (goods presented), preregistered (lodged before they come) or refused registration, with all findings
    at once. Raises WireError for a message that cannot be read (nothing is stored) and Conflict; the transaction that
    it was called in can go on after either.
    """
    return message_lodge(message=wire.read(content, name), content=content, by=by, at=at)


def message_lodge(*, message: wire.Message, content: bytes, by: Actor, at: datetime) -> Lodged:
    """Lodge a declaration that was read already, from the message `content` that it came by. Raises Conflict."""
    with transaction.atomic(savepoint=False):
        outcome = _lodged(message, content, by, at)
    if isinstance(outcome, Conflict):
        raise outcome
    return outcome


def _lodged(message: wire.Message, content: bytes, by: Actor, at: datetime) -> Lodged | Conflict:
    declaration = message.declaration
    reading = read_declaration(declaration)
    canonical = wire.canonical(declaration)
    content_hash = hashlib.sha256(canonical).digest()
    key = _key(declaration, content_hash, by)
    law = running_law()
    accepted_at = None if reading.prelodged else at
    examined = examine(reading, law, by, registered_at=at, accepted_at=accepted_at)
    file, office, state = uuid7(at), reading.office or "", _state(reading, examined)
    # All that can be made before the post's serial is drawn is made before: whoever draws it next waits for us.
    charges = [] if examined.computed is None else charge_rows(examined.computed, subject=file, assessment=1, at=at)
    items = storing.records(_item_rows(file, reading, examined, at), storing.ITEM_COLUMNS)
    charged = storing.records(charges, CHARGE_COLUMNS)
    answer = _answer(file, declaration.functional_reference_id or "", state=state, examined=examined, digest=law.digest)
    serial_of = None if examined.refused else (office, legal_day(at))
    shipment = shipment_of(reading, by)
    claimed, serial, other = storing.claim(key, content_hash, file, serial_of, shipment)
    if not claimed:
        return _earlier(key, content_hash)
    if other and not examined.refused:
        answer["findings"].insert(0, finding_plain(lodged_again(reading, other)))
    number = "" if serial is None else number_of(examined.legal.of("registration"), office, serial)
    answer["number"] = number or None
    answered = storing.json_text(answer)
    storing.store(
        storing.Lodgement(
            file=_file_row(file, reading, examined, by=by, at=at, state=state, number=number, digest=law.digest),
            version=(uuid7(at), file, 1, canonical, content_hash, message.format, content, answered, at, by.id),
            items=items,
            charges=charged,
            events=_event_rows(reading, state, answer, content_hash, content, by=by, at=at),
            number=(number, file) if number else None,
            outbox=("declarations.accepted", {"file": str(file)}) if state is State.ACCEPTED else None,
        ),
        at,
    )
    return Lodged(file, answer, repeated=False)


def shipment_of(reading: Reading, by: Actor) -> storing.Shipment:
    """By what this shipment is known again when its sender lodges it under another reference."""
    reference = reading.declaration.functional_reference_id or ""
    return by.trader or str(by.id), reference, *shipment_keys(reading)


def _key(declaration: Declaration, content_hash: bytes, by: Actor) -> storing.Key:
    """By what a message is known: who sent it, his reference, its function and version.

    One without a reference is known by its content: it is refused, and so is the next one, each for its own reasons.
    A part too long to be indexed is known by its hash.
    """
    reference = declaration.functional_reference_id or f"sha256:{content_hash.hex()}"
    parts = (reference, declaration.function_code or "", declaration.version_id or "1")
    reference, function, version = (
        part if len(part) <= IDENTIFIER_LENGTH_MAX else f"sha256:{hashlib.sha256(part.encode()).hexdigest()}"
        for part in parts
    )
    return by.trader or str(by.id), reference, function, version


def number_of(law: Law, office: str, serial: int) -> str:
    """A number by the pack's scheme: `number.pattern`, of {office}, {ddmmyy}, {year} and {serial}."""
    pattern = law.value("number.pattern") or "{office}/{ddmmyy}/{serial}"
    digits = law.value("number.serial_digits") or 6
    return str(pattern).format(
        office=office, ddmmyy=f"{law.day:%d%m%y}", year=f"{law.day:%Y}", serial=f"{serial:0{digits}}"
    )


def _state(reading: Reading, examined: Examined) -> State:
    lodged = moved(State.DRAFT, Event.LODGE)
    if examined.refused:
        return moved(lodged, Event.REFUSE_REGISTRATION)
    return moved(lodged, Event.PREREGISTER if reading.prelodged else Event.ACCEPT)


def _earlier(key: storing.Key, content_hash: bytes) -> Lodged | Conflict:
    file, held_hash, answer = storing.earlier(key)
    if held_hash != content_hash:
        return Conflict(file)
    return Lodged(file, answer, repeated=True)


def _answer(file: UUID, reference: str, *, state: State, examined: Examined, digest: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": str(file),
        "functional_reference_id": reference,
        "state": state.value,
        "number": None,
        "law": digest,
        "findings": [finding_plain(finding) for finding in examined.findings],
    }
    if examined.computed is not None:
        totals: dict[str, Any] = {}
        for line in examined.computed.amounts:
            if line.payable is not None:
                totals[line.charge.code] = totals.get(line.charge.code, 0) + line.payable
        answer["currency"] = examined.computed.plan.currency
        answer["payable"] = {code: f"{amount:f}" for code, amount in totals.items()}
    return answer


def finding_plain(finding: Finding) -> dict[str, Any]:
    """A finding as plain values: its text is put in where it is shown, in the reader's language."""
    return {
        "code": finding.code,
        "path": finding.path,
        "params": dict(finding.params),
        "act": finding.act,
        "severity": finding.severity.value,
        "answer": finding.answer,
    }


def _file_row(
    file: UUID, reading: Reading, examined: Examined, *, by: Actor, at: datetime, state: State, number: str, digest: str
) -> tuple[Any, ...]:
    registered = None if examined.refused else at
    accepted = at if state is State.ACCEPTED else None
    goods = "; ".join(item.description for item in reading.items)[:GOODS_SUMMARY_LENGTH]
    sender, reference, invoices_key, carriage_key = shipment_of(reading, by)
    return (
        file,
        state.value,
        reading.direction,
        reading.prelodged,
        (reading.office or "")[:IDENTIFIER_LENGTH_MAX],
        reference,
        sender,
        (reading.payer_id or "")[:IDENTIFIER_LENGTH_MAX],
        number,
        1,
        0 if examined.computed is None else 1,
        len(reading.items),
        goods,
        search_key(reading),
        "" if examined.refused else invoices_key,
        "" if examined.refused else carriage_key,
        digest,
        settings.GUMRUK_TRAINING,
        examined.outside_hours,
        at,
        registered,
        accepted,
        accepted,
    )


def search_key(reading: Reading) -> str:
    """What a file is found by, however it is spelt: its parties' names and its goods, folded, each once."""
    names = dict.fromkeys(party.name for _, party in reading.parties if party.name)
    goods = dict.fromkeys(item.description for item in reading.items if item.description)
    words = (folded(text[:GOODS_SUMMARY_LENGTH]) for text in (*names, *goods))
    return " ".join(word for word in words if word)[:SEARCH_KEY_LENGTH]


def _item_rows(file: UUID, reading: Reading, examined: Examined, at: datetime) -> list[tuple[Any, ...]]:
    """Projections of items that passed the checks; a refused declaration has its version only."""
    if examined.computed is None:
        return []
    values = examined.computed.customs_values or (None,) * len(reading.items)
    keys = uuid7_run(at, len(reading.items))
    return [
        (
            keys[place - 1],
            file,
            1,
            place,
            item.code.digits if item.code else "",
            item.description,
            item.origin or "",
            item.procedure or "",
            item.price.value if item.price else 0,
            (item.price.currency if item.price else "") or "",
            value,
            item.net_mass_kg,
            item.gross_mass_kg,
        )
        for place, (item, value) in enumerate(zip(reading.items, values, strict=True), start=1)
    ]


def _event_rows(
    reading: Reading,
    state: State,
    answer: dict[str, Any],
    content_hash: bytes,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
) -> list[tuple[Any, ...]]:
    file = answer["id"]
    lodged = event_row(
        subject_kind="declaration",
        subject_id=file,
        kind="declaration.lodged",
        body={
            "before": State.DRAFT.value,
            "after": State.LODGED.value,
            "version": 1,
            "content": content_hash.hex(),
            "message": hashlib.sha256(content).hexdigest(),
            "office": reading.office or "",
        },
        by=by,
        at=at,
    )
    kinds = {
        State.ACCEPTED: "declaration.accept",
        State.PREREGISTERED: "declaration.preregister",
        State.REGISTRATION_REFUSED: "declaration.refuse_registration",
    }
    body: dict[str, Any] = {"before": State.LODGED.value, "after": state.value, "law": answer["law"]}
    if state is State.REGISTRATION_REFUSED:
        body["findings"] = [f"{finding['code']} {finding['path']}" for finding in answer["findings"]]
    else:
        body |= {"number": answer["number"], "payable": answer["payable"], "currency": answer["currency"]}
    settled = event_row(
        subject_kind="declaration",
        subject_id=file,
        kind=kinds[state],
        body=body,
        by=by,
        at=at,
        sequence=2,
        previous_hash=lodged[-1],
    )
    return [lodged, settled]
