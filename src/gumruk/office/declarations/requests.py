# SPDX-License-Identifier: Apache-2.0
"""What a declarant asks of a file by message (function 13): to take it back (INV), or to correct it (COR).

A correction is taken as long as the goods are not here (preregistered): it is lodged as the next version of the
declaration, and what it corrects is withdrawn. After acceptance nothing is changed by message: an officer decides.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gumruk import wire
from gumruk.law.declarations import Event, State, possible
from gumruk.law.declarations.amending import apply
from gumruk.law.declarations.model import Declaration
from gumruk.law.kernel import Finding
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations.lodging import Lodged, message_lodge
from gumruk.office.declarations.models import File, Message, Version
from gumruk.office.declarations.queries import declared
from gumruk.office.declarations.services import Refused, declaration_withdraw

REQUEST, DECLARED = "13", "9"
WITHDRAWAL, CORRECTION, PRESENTATION = "INV", "COR", "GPR"
REASON_LENGTH_MAX = 500


def message_take(*, content: bytes, by: Actor, at: datetime, name: str = "") -> Lodged | File:
    """Take a message as it came: lodge a declaration, or do what is asked of a file that stands.

    Raises what `declaration_lodge` and `request_take` raise.
    """
    message = wire.read(content, name)
    if message.declaration.function_code == REQUEST:
        return request_take(message=message, content=content, by=by, at=at)
    return message_lodge(message=message, content=content, by=by, at=at)


@transaction.atomic
def request_take(*, message: wire.Message, content: bytes, by: Actor, at: datetime) -> Lodged | File:
    """Do what a message asks: the file as it then stands, or what became of the corrected declaration.

    Raises Refused with findings where it is not done (nothing has changed then), and Conflict. The same message again
    is answered the same.
    """
    asked = message.declaration
    if asked.type_code == PRESENTATION:
        raise Refused([Finding("AMD-8", "type_code")])
    if asked.type_code not in (WITHDRAWAL, CORRECTION):
        raise Refused([Finding("AMD-7", "type_code", {"type": asked.type_code or "-"})])
    own = File.objects.select_for_update().filter(number=asked.id or "-", sender=by.trader or str(by.id))
    file = own.first()
    if file is None:
        raise Refused([Finding("AMD-4", "id", {"number": asked.id or "-"})])
    if asked.type_code == WITHDRAWAL:
        return _withdrawn(file, asked, by, at)
    return _earlier(file, content) or _corrected(file, message, content, by, at)


def _withdrawn(file: File, asked: Declaration, by: Actor, at: datetime) -> File:
    if file.standing is State.WITHDRAWN:
        return file
    if Event.WITHDRAW not in possible(file.standing) or not by.may("declarations.withdraw"):
        raise Refused([Finding("AMD-5", "", {"number": file.number, "state": file.state})])
    declaration_withdraw(file=file, why=_reason(asked), by=by, at=at)
    return file


def _reason(asked: Declaration) -> str:
    """Why, in the declarant's words; the code of his reason where he has none."""
    words = [one.statement_description for one in asked.additional_informations if one.statement_description]
    codes = [one.change_reason_code for one in asked.amendments if one.change_reason_code]
    return "; ".join(words or codes or [asked.functional_reference_id or WITHDRAWAL])[:REASON_LENGTH_MAX]


def _earlier(file: File, content: bytes) -> Lodged | None:
    """What the same correction became when it came before."""
    files = Message.objects.filter(sender=file.sender, reference=file.reference).values_list("file", flat=True)
    version = Version.objects.filter(file__in=list(files), source=content).exclude(file=file.id).first()
    return None if version is None else Lodged(version.file, version.answer, repeated=True)


def _corrected(file: File, message: wire.Message, content: bytes, by: Actor, at: datetime) -> Lodged:
    """Lodge the declaration as corrected; what it corrects is withdrawn once the new one is registered."""
    if file.standing is not State.PREREGISTERED:
        raise Refused([Finding("AMD-6", "", {"number": file.number, "state": file.state})])
    asked = message.declaration
    if not asked.amendments:
        raise Refused([Finding("AMD-1", "amendments")])
    amended, findings = apply(declared(file), asked, wire.PLACES)
    if findings:
        raise Refused(findings)
    corrected = replace(amended, function_code=DECLARED, version_id=str(_last_version(file) + 1))
    lodged = message_lodge(message=replace(message, declaration=corrected), content=content, by=by, at=at)
    if lodged.answer["number"]:
        declaration_withdraw(file=file, why=f"{_reason(asked)} ({lodged.answer['number']})", by=by, at=at)
    return lodged


def _last_version(file: File) -> int:
    came = Message.objects.filter(sender=file.sender, reference=file.reference, function=DECLARED)
    versions = list(came.values_list("version", flat=True))
    return max((int(one) for one in versions if one.isascii() and one.isdecimal()), default=1)
