# SPDX-License-Identifier: Apache-2.0
"""A draft as registration would see it now: what is found, gathered for a person, and the charges so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from gumruk.law.assessment import Computed, compute
from gumruk.law.declarations import Reading, goods_facts, read_declaration
from gumruk.law.declarations.shipments import lodged_again
from gumruk.law.kernel import Finding, Severity
from gumruk.law.lawbook import Legal
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations import storing
from gumruk.office.declarations.describing import FRESH_TYPED, usage_findings
from gumruk.office.declarations.drafts.building import assembled
from gumruk.office.declarations.drafts.models import Draft
from gumruk.office.declarations.drafts.queries import faults_of, items_built, tree_of
from gumruk.office.declarations.lodging import shipment_of
from gumruk.office.declarations.registration import examine
from gumruk.office.lawbook.queries import running_law

_ITEM = re.compile(r"^(?:goods_shipment\.)?items\[(\d+)\]\.?")
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
_CARRIAGE = "goods_shipment.customs_valuation."


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its place: the number of the item (from 0; None: the head) and the path within it."""

    finding: Finding
    item: int | None
    path: str

    @property
    def is_error(self) -> bool:
        """Whether it stands against lodging."""
        return self.finding.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class ChargeSum:
    """One charge over the goods that could be computed; None: it has no amount by today's law."""

    name: str
    payable: Decimal | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was checked: its reading, findings, and charges of so many of its items."""

    reading: Reading
    found: Sequence[Found]
    items: Sequence[UUID]
    charges: Sequence[ChargeSum]
    computed: int
    currency: str

    @property
    def errors(self) -> int:
        """How many findings stand against lodging."""
        return sum(one.is_error for one in self.found)

    @property
    def warnings(self) -> int:
        """How many warnings nobody has answered."""
        return sum(one.finding.asks for one in self.found)

    @property
    def total(self) -> Decimal | None:
        """What is payable so far; None where nothing was computed or a charge has no amount."""
        amounts = [charge.payable for charge in self.charges]
        if not self.computed or None in amounts:
            return None
        return sum((amount for amount in amounts if amount is not None), Decimal(0))


def draft_check(draft: Draft, by: Actor, at: datetime) -> Checked:
    """Check a draft by the rules and the law that would count if it were lodged now."""
    built = items_built(draft)
    declaration = assembled(tree_of(draft.built), [content for _, content, _ in built])
    reading = read_declaration(declaration)
    accepted_at = None if reading.prelodged else at
    examined = examine(reading, running_law(), by, registered_at=at, accepted_at=accepted_at, fresh=FRESH_TYPED)
    faults = [*faults_of(draft.faults)]
    for place, (_, _, content) in enumerate(built):
        if len(content) > 2:
            faults += faults_of(content, f"items[{place}]")
    other = storing.same_shipment(shipment_of(reading, by))
    again = (lodged_again(reading, other),) if other else ()
    usage = tuple(usage_findings(reading, by.trader or str(by.id)))
    found = [_found(finding) for finding in (*faults, *examined.findings, *again, *usage)]
    found.sort(key=lambda one: (_WEIGHT[one.finding.severity], -1 if one.item is None else one.item))
    computed, count = examined.computed, len(reading.items)
    if computed is None:
        computed, count = _computed_partly(reading, found, examined.legal, examined.outside_hours)
    charges, currency = _sums(computed)
    return Checked(reading, found, [identifier for identifier, _, _ in built], charges, count, currency)


def _found(finding: Finding) -> Found:
    match = _ITEM.match(finding.path)
    if match is None:
        return Found(finding, None, finding.path)
    return Found(finding, int(match[1]), finding.path[match.end() :])


def _computed_partly(
    reading: Reading, found: Iterable[Found], legal: Legal, outside_hours: bool
) -> tuple[Computed | None, int]:
    """The charges of those items against which no error stands; (None, 0) where there is none."""
    wrong = {one.item for one in found if one.is_error}
    good = tuple(item for place, item in enumerate(reading.items) if place not in wrong and _is_priced(item))
    if not good:
        return None, 0
    carriage = any(one.is_error and one.finding.path.startswith(_CARRIAGE) for one in found)
    partly = replace(reading, items=good)
    if carriage:
        partly = replace(partly, freight=None, insurance=None)
    return compute(goods_facts(partly, outside_hours=outside_hours), legal), len(good)


def _is_priced(item: Any) -> bool:
    return item.code is not None and item.price is not None and item.price.currency is not None


def _sums(computed: Computed | None) -> tuple[list[ChargeSum], str]:
    """What is payable by charge, in the pack's order."""
    if computed is None:
        return [], ""
    sums: dict[str, Decimal | None] = {}
    for line in computed.amounts:
        before = sums.get(line.charge.name, Decimal(0))
        sums[line.charge.name] = None if before is None or line.payable is None else before + line.payable
    return [ChargeSum(name, amount) for name, amount in sums.items()], computed.plan.currency


def found_in(found: Sequence[Found], item: int | None) -> Mapping[str, list[Found]]:
    """The findings of the head (None) or of an item, by path."""
    by_path: dict[str, list[Found]] = {}
    for one in found:
        if one.item == item:
            by_path.setdefault(one.path, []).append(one)
    return by_path
