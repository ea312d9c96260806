# SPDX-License-Identifier: Apache-2.0
"""Doubts about a declared value, as their decisions and the file's history tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gumruk.law.kernel import Money
from gumruk.law.payments import Charge
from gumruk.office.audit.queries import event_list
from gumruk.office.declarations.models import Decision, File
from gumruk.office.payments.queries import security_held

DOUBT, ACCEPTANCE, VALUE = "value_doubt", "value_accepted", "customs_value"
EXPLAINED = "declaration.explained"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: the decision that asks, of which item (from 1), what it is compared with, until when to answer.

    `secured` is the difference between the charges at both values. `explanation` is the declarant's, with when it came;
    `closed` the decision that ended it.
    """

    decision: Decision
    item: int
    likely: Decimal
    answer_until: date
    secured: Sequence[Charge]
    explanation: str = ""
    explained_at: datetime | None = None
    closed: Decision | None = None

    @property
    def missing(self) -> dict[str, Money]:
        """What of the difference no security is held for, by charge code."""
        if not self.secured:
            return {}
        held = security_held(DOUBT, str(self.decision.id), self.secured[0].due.currency)
        lacks = {one.code: one.due - held.get(one.code, one.due - one.due) for one in self.secured}
        return {code: money for code, money in lacks.items() if money.amount > 0}


def doubts_of(file: File) -> list[Doubt]:
    """All doubts of a file, the oldest first."""
    decisions = list(Decision.objects.filter(file=file.id, kind__in=(DOUBT, ACCEPTANCE, VALUE)).order_by("number"))
    asked = [decision for decision in decisions if decision.kind == DOUBT]
    if not asked:
        return []
    events = [event for event in event_list(subject_kind="declaration", subject_id=file.id) if event.kind == EXPLAINED]
    said = {event.details()["doubt"]: event for event in events}
    found = []
    for decision in asked:
        told, event = decision.record, said.get(decision.number)
        later = (one for one in decisions if one.number > decision.number and _is_about(one, told["item"]))
        found.append(
            Doubt(
                decision=decision,
                item=told["item"],
                likely=Decimal(told["likely"]),
                answer_until=date.fromisoformat(told["answer_until"]),
                secured=[
                    Charge(one["code"], one["budget_code"], Money(Decimal(one["due"]), told["currency"]))
                    for one in told["secured"]
                ],
                explanation=str(event.details()["why"]) if event else "",
                explained_at=event.at if event else None,
                closed=next(later, None),
            )
        )
    return found


def _is_about(decision: Decision, item: int) -> bool:
    if decision.kind == VALUE:
        return decision.path == f"items[{item - 1}].{VALUE}"
    return decision.kind == ACCEPTANCE and decision.record["item"] == item


def open_doubts(file: File) -> list[Doubt]:
    """The doubts that no decision has ended."""
    return [doubt for doubt in doubts_of(file) if doubt.closed is None]


def open_doubt(file: File, item: int) -> Doubt | None:
    """The open doubt about the value of an item (from 1); there is one at most."""
    return next((doubt for doubt in open_doubts(file) if doubt.item == item), None)


def is_doubted(file: File) -> bool:
    """Whether a value of the file is doubted and not decided."""
    return bool(open_doubts(file))
