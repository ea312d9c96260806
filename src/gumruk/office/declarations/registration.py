# SPDX-License-Identifier: Apache-2.0
"""What registration decides, before anything is stored: findings, assessment, moments. No database writes here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from gumruk.law.assessment import Computed, compute
from gumruk.law.declarations import Context, Reading, check_declaration, goods_facts
from gumruk.law.declarations.rules.writing import named_letters
from gumruk.law.kernel import Finding, Severity
from gumruk.law.lawbook import LawBook, Legal, Moments
from gumruk.law.reference import outside_hours
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations.describing import FRESH_LODGED, description_findings
from gumruk.office.project.clock import legal_day
from gumruk.packs import world

SENDER_CODES = ("LOD-1", "LOD-2")
"""What is found of who sends a message: it says nothing of the goods, and an officer may act on the file."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A declaration as registration sees it: findings, and the charges where nothing refuses it."""

    findings: tuple[Finding, ...]
    computed: Computed | None
    legal: Legal
    outside_hours: bool

    @property
    def refused(self) -> bool:
        """Whether an error stands against registering it."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def examine(
    reading: Reading,
    law: LawBook,
    by: Actor,
    *,
    registered_at: datetime,
    accepted_at: datetime | None,
    fresh: int = FRESH_LODGED,
) -> Examined:
    """Check a declaration and, where it passes, compute its charges under the law of its legal moments.

    `fresh` descriptions are compared with their codes that were not compared before (`describing`).
    """
    accepted_on = legal_day(accepted_at) if accepted_at else None
    legal = Legal(law, Moments(legal_day(registered_at), accepted_on), training=settings.GUMRUK_TRAINING)
    context = Context(legal, world().code_lists, legal_day(registered_at))
    described = tuple(description_findings(reading, fresh))
    findings = (*_sender_findings(reading, by), *check_declaration(reading, context), *described)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Examined(findings, None, legal, False)
    local = (accepted_at or registered_at).astimezone(ZoneInfo(settings.GUMRUK_TIME_ZONE))
    outside = bool(outside_hours(legal.of("fee"), reading.office or "", local))
    computed = compute(goods_facts(reading, outside_hours=outside), legal)
    findings = (*findings, *_of_law(computed.findings))
    refused = any(finding.severity is Severity.ERROR for finding in findings)
    return Examined(findings, None if refused else computed, legal, outside)


def _of_law(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What the assessment found. Law that is unknown refuses no declaration: it is shown, and blocks the release."""
    for finding in findings:
        if finding.code in ("VAL-1", "VAL-2", "VAL-3"):
            yield replace(finding, severity=Severity.WARNING)
        elif finding.code != "ASM-1":
            yield finding


def _sender_findings(reading: Reading, by: Actor) -> tuple[Finding, ...]:
    """Who sends a declaration is its declarant: LOD-1 where another one is named, LOD-2 where he only looks alike."""
    declarant = reading.declarant_id
    if by.trader and declarant and declarant != by.trader:
        told, letters = {"declarant": declarant, "sender": by.trader}, named_letters(declarant)
        if letters:
            return (Finding("LOD-2", "declarant.id", {**told, "letters": letters}),)
        return (Finding("LOD-1", "declarant.id", told),)
    return ()
