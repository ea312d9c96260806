# SPDX-License-Identifier: Apache-2.0
"""The answers of an earlier value declaration: never carried over unseen, taken again only when they are confirmed.

A copy of a declaration asks anew (WTO Valuation Agreement, articles 1 and 8, are about each sale). What the declarant
answered for the last declaration between the same seller and buyer is shown beside, and is his answer again once he
says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gumruk.law.declarations import Reading, State, read_declaration
from gumruk.law.declarations.model import Declaration, ValuationAnswer
from gumruk.law.kernel.folding import folded
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations.drafts.building import assembled
from gumruk.office.declarations.drafts.models import Draft
from gumruk.office.declarations.drafts.queries import tree_of
from gumruk.office.declarations.drafts.services import Writing, draft_lock
from gumruk.office.declarations.drafts.typed import Tree, typed_of
from gumruk.office.declarations.models import File
from gumruk.office.declarations.queries import declared

EARLIER_FILES_MAX = 5
_REGISTERED = (State.PREREGISTERED, State.ACCEPTED, State.RELEASED, State.CONDITIONALLY_RELEASED)


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """What was answered for an earlier file between the same parties: the file, and its answers as declared."""

    file: File
    declaration: Declaration
    answers: Sequence[ValuationAnswer]


def earlier_answers(draft: Draft) -> EarlierAnswers | None:
    """The newest registered file of this trader between the draft's seller and buyer that was answered for.

    None where the draft has an answer of its own, where its parties are not named, and where no such file is among the
    last few. Only the trader's own files are looked at: the database shows him no others.
    """
    if _answered(tree_of(draft.head)):
        return None
    parties = _parties(read_declaration(assembled(tree_of(draft.built), [])))
    if not all(parties):
        return None
    mine = File.objects.filter(sender=draft.trader, state__in=[state.value for state in _REGISTERED])
    for file in mine.order_by("-id")[:EARLIER_FILES_MAX]:
        declaration = declared(file)
        reading = read_declaration(declaration)
        valuation = reading.shipment.customs_valuation
        if valuation is not None and valuation.answers and _parties(reading) == parties:
            return EarlierAnswers(file, declaration, valuation.answers)
    return None


@transaction.atomic
def answers_confirm(*, draft: Draft, file: str, by: Actor, at: datetime) -> bool:
    """The declarant says that an earlier file's answers hold for this declaration too: they are its answers now.

    False, and nothing is written, where they are no longer what was shown: answered meanwhile, other parties, or a
    newer file between them.
    """
    draft_lock(draft)
    earlier = earlier_answers(draft)
    if draft.lodged_at or earlier is None or str(earlier.file.id) != file:
        return False
    writing = Writing(draft, by, at)
    head = writing.tree(None)
    if head is None:
        return False
    typed, _ = typed_of(earlier.declaration)
    valuation = head.setdefault("goods_shipment", {}).setdefault("customs_valuation", {})
    valuation["answers"] = typed["goods_shipment"]["customs_valuation"]["answers"]
    writing.store()
    return True


def _answered(head: Tree) -> bool:
    rows = head.get("goods_shipment", {}).get("customs_valuation", {}).get("answers", [])
    return any(row.get("answer_code") for row in rows)


def _parties(reading: Reading) -> tuple[str, str]:
    """Seller and buyer by what they are called; exporter and importer where no others are named."""
    seller = reading.shipment.seller or reading.declaration.exporter
    buyer = reading.shipment.buyer or reading.importer
    return (
        folded((seller.id or seller.name or "") if seller else ""),
        folded((buyer.id or buyer.name or "") if buyer else ""),
    )
