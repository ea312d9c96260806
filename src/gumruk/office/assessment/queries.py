# SPDX-License-Identifier: Apache-2.0
"""Reading stored assessments, and replaying them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from gumruk.law.assessment import Assessment, ChargeLine, GoodsFacts, assess
from gumruk.law.lawbook import Legal, Moments, Status
from gumruk.office.assessment.models import Charge
from gumruk.office.lawbook.queries import law_by_digest

__all__ = ["Charge", "ReplayDiffers", "charges_of", "replayed", "stored_assessment"]


class ReplayDiffers(Exception):
    """A stored amount is not what its law gives: either was changed. An auditor must look at it."""


def charges_of(subject: UUID, assessment: int) -> list[Charge]:
    """The charges of one assessment, item by item in the pack's order."""
    return list(Charge.objects.filter(subject=subject, assessment=assessment).order_by("id"))


def stored_assessment(subject: UUID, assessment: int, *, training: bool) -> Assessment:
    """One assessment as it is stored: its lines with their amounts, without goods and steps (`replayed` gives those).

    An assessment without charges has no lines and no currency.
    """
    charges = charges_of(subject, assessment)
    lines = tuple(
        ChargeLine(
            item=charge.item,
            code=charge.code,
            name=charge.name,
            kind="",
            base=charge.base,
            computed=charge.computed,
            relieved=charge.relieved,
            secured=charge.secured,
            payable=charge.payable,
            currency=charge.currency,
            rate=charge.rate,
            rate_on=charge.rate_on,
            act=charge.act or None,
            status=Status(charge.status),
            budget_code=charge.budget_code,
            relief=charge.relief or None,
        )
        for charge in charges
    )
    currency = charges[0].currency if charges else ""
    return Assessment((), lines, (), currency, "", {}, training, provisional=False)


def replayed(
    facts: GoodsFacts, moments: Moments, digest: str, charges: Sequence[Charge], *, training: bool
) -> Assessment:
    """Explain a stored assessment by computing it again from the law it names.

    Raises ReplayDiffers where an amount is another than the stored one: an explanation must explain what was charged.
    """
    explained = assess(facts, Legal(law_by_digest(digest), moments, training=training))
    stored = [(charge.item, charge.code, charge.computed, charge.payable) for charge in charges]
    again = [(line.item, line.code, line.computed, line.payable) for line in explained.lines]
    if stored != again:
        raise ReplayDiffers(digest)
    return explained


def payable_of(assessments: Collection[tuple[UUID, int]]) -> dict[UUID, Decimal | None]:
    """What is payable in all by these (subject, assessment); None where a charge has no amount. For lists."""
    wanted = dict(assessments)
    sums: dict[UUID, Decimal | None] = {}
    rows = Charge.objects.filter(subject__in=wanted).values_list("subject", "assessment", "payable")
    for subject, assessment, payable in rows:
        if wanted[subject] != assessment:
            continue
        held = sums.get(subject, Decimal(0))
        sums[subject] = None if held is None or payable is None else held + payable
    return sums
