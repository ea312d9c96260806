# SPDX-License-Identifier: Apache-2.0
"""Reading files: what was declared, what is due, what stands against release, why each amount is what it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, QuerySet

from gumruk import wire
from gumruk.law import payments
from gumruk.law.assessment import Assessment
from gumruk.law.declarations import Reading, ReleaseFacts, State, blockers, goods_facts, read_declaration
from gumruk.law.declarations.model import Declaration
from gumruk.law.kernel import Finding, Money, Severity
from gumruk.law.kernel.folding import folded
from gumruk.law.lawbook import Moments
from gumruk.office.assessment.queries import Charge, ReplayDiffers, charges_of, replayed
from gumruk.office.audit.queries import event_list
from gumruk.office.declarations.doubts import open_doubts
from gumruk.office.declarations.models import Decision, File, Hold, Item, ItemTrail, Message, Version
from gumruk.office.payments.queries import consent_lacking, settlement_of
from gumruk.office.project.clock import legal_day, now

LIST_LENGTH = 200
SEARCH_KEY_LENGTH_MIN = 2


def moments_of(file: File) -> Moments:
    """The civil dates of a file's events: what the law goes by."""
    return Moments(
        registration=legal_day(file.registered_at or file.lodged_at),
        acceptance=legal_day(file.accepted_at) if file.accepted_at else None,
    )


def version_of(file: File) -> Version:
    """The version that counts."""
    return Version.objects.get(file=file.id, number=file.version)


def declared(file: File) -> Declaration:
    """What was declared, from the immutable version."""
    return wire.restore(bytes(version_of(file).content))


def decided_values(file: File) -> dict[str, str]:
    """What officers decided in place of what was declared, by path; a later decision replaces an earlier one."""
    rows = Decision.objects.filter(file=file.id).exclude(path="").order_by("number")
    return {decision.path: decision.decided for decision in rows}


def charges_due(charges: Sequence[Charge]) -> tuple[payments.Charge, ...]:
    """What is to be paid of each charge of an assessment, in the pack's order; nil ones left out."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    for charge in charges:
        key = (charge.code, charge.budget_code, charge.currency)
        sums[key] = sums.get(key, Decimal(0)) + (charge.payable or Decimal(0))
    return tuple(
        payments.Charge(code, budget, Money(amount, currency))
        for (code, budget, currency), amount in sums.items()
        if amount
    )


def charge_names(file: File) -> dict[str, str]:
    """What the charges of a file are called in the pack, by their codes."""
    return {charge.code: charge.name for charge in charges_of(file.id, file.assessment)}


def release_blockers(file: File, *, replay: bool = True) -> tuple[Finding, ...]:
    """Everything that stands against the release of a file's goods.

    For lists of many files `replay` may be left out: then nobody looks whether the file was altered.
    """
    charges = charges_of(file.id, file.assessment)
    settlement = settlement_of("declaration", str(file.id))
    due = {charge.code: charge.due.amount for charge in charges_due(charges)}
    if settlement is not None:
        due = {code: money.amount for code, money in settlement.missing.items()}
    valued = is_valued(file, charges)
    unverified, altered = _doubtful(file) if replay or not settings.GUMRUK_TRAINING else ((), False)
    lacks_consent = consent_lacking(file.payer, file.sender, legal_day(now())) if any(due.values()) else ()
    against = blockers(
        ReleaseFacts(
            state=file.standing,
            presented=file.presented_at is not None,
            holds=tuple(
                Hold.objects.filter(file=file.id, lifted_at=None).order_by("id").values_list("reason", flat=True)
            ),
            unsettled=due,
            unsecured=_unsecured(file, charges),
            currency=charges[0].currency if charges else "",
            undetermined=tuple(dict.fromkeys(charge.code for charge in charges if charge.computed is None)),
            valued=valued,
            unverified=unverified,
            altered=altered,
        )
    )
    return (*against, *lacks_consent)


def is_valued(file: File, charges: Sequence[Charge]) -> bool:
    """Whether the goods have a customs value: False where law that it needs was unknown when they were assessed."""
    try:
        return bool(charges) or not file.assessment or bool(explained(file).items)
    except ReplayDiffers:
        return True  # altered, and told as that


def files_awaiting_law() -> list[File]:
    """Accepted files with goods that were given no customs value, the oldest first."""
    charged = Charge.objects.filter(subject=OuterRef("id"), assessment=OuterRef("assessment"))
    accepted = File.objects.filter(~Exists(charged), state=State.ACCEPTED.value, assessment__gt=0)
    return [file for file in accepted.order_by("id") if not is_valued(file, ())]


def _doubtful(file: File) -> tuple[tuple[str, ...], bool]:
    """The values that production may not collect on, and whether somebody altered the file behind its events' back."""
    if not file.assessment:
        return (), False
    if not _as_told(file):
        return (), True
    try:
        assessment = explained(file)
    except ReplayDiffers:
        return (), True
    return (() if settings.GUMRUK_TRAINING else assessment.uncollectable), False


def _as_told(file: File) -> bool:
    """Whether the file stands where its events left it, and its version is the one that was lodged."""
    told = [event.details() for event in event_list(subject_kind="declaration", subject_id=file.id)]
    states = [body["after"] for body in told if "after" in body]
    content = hashlib.sha256(bytes(version_of(file).content)).hexdigest()
    return states[-1:] == [file.state] and any(body.get("content") == content for body in told)


def _unsecured(file: File, charges: Sequence[Charge]) -> dict[str, Decimal]:
    """What must be secured and is not, by charge: by the procedure, and the difference while a value is doubted."""
    sums: dict[str, Decimal] = {}
    for doubt in open_doubts(file):
        for code, money in doubt.missing.items():
            sums[code] = sums.get(code, Decimal(0)) + money.amount
    for charge in charges:
        if charge.secured:
            sums[charge.code] = sums.get(charge.code, Decimal(0)) + charge.secured
    return sums


def explained(file: File, reading: Reading | None = None) -> Assessment:
    """The stored assessment, replayed from the law it names and explained step by step. Raises ReplayDiffers."""
    facts = goods_facts(
        reading or read_declaration(declared(file)),
        outside_hours=file.outside_hours,
        decided=decided_values(file),
    )
    charges = charges_of(file.id, file.assessment)
    return replayed(facts, moments_of(file), file.law_digest, charges, training=file.training)


@dataclass(frozen=True, slots=True)
class FilePage:
    """All that the page of a file shows."""

    file: File
    reading: Reading
    version: Version
    versions: Sequence[Version]
    items: Sequence[Item]
    charges: Sequence[Charge]
    assessment: Assessment | None
    replay_differs: bool
    findings: Sequence[Finding]
    blockers: Sequence[Finding]
    holds: Sequence[Hold]
    decisions: Sequence[Decision]
    events: Sequence[Any]
    settlement: Any

    @property
    def total(self) -> Money | None:
        """What is payable in all; None where nothing was computed, or not everything could be."""
        if self.assessment is None or not self.assessment.items:
            return None
        return Money(self.assessment.total(), self.assessment.currency)


def file_page(file: File) -> FilePage:
    """Gather a file's page."""
    version = version_of(file)
    reading = read_declaration(wire.restore(bytes(version.content)))
    assessment, differs = None, False
    if file.assessment:
        try:
            assessment = explained(file, reading)
        except ReplayDiffers:
            differs = True
    return FilePage(
        file=file,
        reading=reading,
        version=version,
        versions=list(Version.objects.filter(file=file.id).order_by("number")),
        items=list(Item.objects.filter(file=file.id, version=file.version).order_by("sequence")),
        charges=charges_of(file.id, file.assessment),
        assessment=assessment,
        replay_differs=differs,
        findings=[finding_of(plain) for plain in version.answer["findings"]],
        blockers=release_blockers(file) if file.standing in (State.ACCEPTED, State.PREREGISTERED) else (),
        holds=list(Hold.objects.filter(file=file.id).order_by("placed_at")),
        decisions=list(Decision.objects.filter(file=file.id).order_by("number")),
        events=event_list(subject_kind="declaration", subject_id=file.id),
        settlement=settlement_of("declaration", str(file.id)),
    )


def finding_of(plain: dict[str, Any]) -> Finding:
    """A finding from a stored answer."""
    return Finding(
        plain["code"],
        plain["path"],
        plain["params"],
        plain["act"],
        Severity(plain["severity"]),
        answer=plain.get("answer"),  # stored answers of earlier versions have none
    )


def files(*, state: str = "", search: str = "") -> QuerySet[File]:
    """Files that the actor may see (the database sees to that), newest first."""
    found = File.objects.order_by("-id")
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(_found_by(search))
    return found[:LIST_LENGTH]


def _found_by(search: str) -> models.Q:
    """What a search finds. One that folds to less than two signs would find every file: only what is just so."""
    key = folded(search)
    if len(key) < SEARCH_KEY_LENGTH_MIN:
        exact = models.Q(number__iexact=search) | models.Q(reference__iexact=search)
        return exact | models.Q(goods__iexact=search)
    words = models.Q(number__icontains=search) | models.Q(reference__icontains=search)
    return words | models.Q(goods__icontains=search) | models.Q(search_key__contains=key)


def refused_to_correct() -> QuerySet[File]:
    """Files refused registration that were not corrected yet: nothing came later under the same reference."""
    later = Message.objects.filter(sender=OuterRef("sender"), reference=OuterRef("reference"), file__gt=OuterRef("id"))
    refused = File.objects.filter(state=State.REGISTRATION_REFUSED.value).exclude(Exists(later))
    return refused.order_by("-id")[:LIST_LENGTH]


def corrected_by(file: File) -> File | None:
    """The newest file that its sender lodged after a refused one under the same reference; None where there is none."""
    if file.standing is not State.REGISTRATION_REFUSED:
        return None
    later = Message.objects.filter(sender=file.sender, reference=file.reference, file__gt=file.id)
    newest = later.order_by("-file").values_list("file", flat=True).first()
    return None if newest is None else file_by_id(newest)


def counts_by_state() -> dict[str, int]:
    """How many files stand in each state."""
    return dict(File.objects.values_list("state").annotate(Count("id")).order_by())


def file_by_id(identifier: UUID) -> File | None:
    """A file by its id, where the actor may see it."""
    return File.objects.filter(id=identifier).first()


def version_numbered(file: File, number: int) -> Version | None:
    """One version of a file by its number."""
    return Version.objects.filter(file=file.id, number=number).first()


def hold_of(file: File, identifier: UUID) -> Hold | None:
    """A hold on a file, lifted or not."""
    return Hold.objects.filter(file=file.id, id=identifier).first()


def trails_of_version(file: UUID, version: int) -> dict[int, ItemTrail]:
    """How the codes of a version's goods were found, by the number of the item."""
    return {trail.sequence: trail for trail in ItemTrail.objects.filter(file=file, version=version)}
