# SPDX-License-Identifier: Apache-2.0
"""How the codes of a draft were found: kept each time one is taken, and with the file once the draft is lodged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gumruk.law.nomenclature import DO_NOT_KNOW, EDITION, RuledOut, Trail
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.declarations.drafts.models import Draft, DraftItem, DraftTrail
from gumruk.office.declarations.drafts.queries import items_of, tree_of
from gumruk.office.declarations.models import ItemTrail
from gumruk.office.nomenclature.queries import narrowed, noted
from gumruk.search.finder import Found, Kind

#: General Rules behind a code: by the words of headings and notes; below a heading by those of its subheadings.
BY_HEADING, BY_SUBHEADING = "1", "6"
CANDIDATES_MAX = 10


class NotFound(ValueError):
    """The code that was taken is none of those that were shown."""


def trail_of(found: Found, answers: Mapping[str, str], chosen: str, by: Actor) -> Trail:
    """The record of a search that ended in a code. Raises NotFound for one that was not shown."""
    left = narrowed(found, answers)
    shown = (*left.found.results, *(result for group in left.found.groups for result in group.results), *left.hidden)
    if chosen[:6] not in {result.code for result in shown}:
        raise NotFound(chosen)
    said = dict.fromkeys((result.code, result.likelihood.value) for result in shown if result.code != chosen[:6])
    why = [f"{name}={given}" for name, given in answers.items() if given != DO_NOT_KNOW]
    hidden = {result.code for result in left.hidden}
    ruled_out = [
        RuledOut(code, f"answer:{' '.join(why)}" if code in hidden else f"likelihood:{likelihood}")
        for code, likelihood in said
    ]
    return Trail(
        description=found.text,
        chosen=chosen,
        candidates=tuple(dict.fromkeys((result.code, result.likelihood.value) for result in shown))[:CANDIDATES_MAX],
        rule=BY_SUBHEADING if why or found.kind is not Kind.WORDS else BY_HEADING,
        edition=EDITION,
        answers=answers,
        note=noted(found, answers),
        ruled_out=tuple(ruled_out[:CANDIDATES_MAX]),
        person=str(by.id),
    )


@transaction.atomic
def trail_keep(*, draft: Draft, item: DraftItem, trail: Trail, by: Actor, at: datetime) -> None:
    """Keep how a code was found beside the draft's item."""
    DraftTrail.objects.create(id=uuid7(at), draft=draft.id, item=item.id, content=trail.to_plain(), at=at, actor=by.id)


def trails_of(draft: Draft) -> dict[int, DraftTrail]:
    """By the number of the item (from 1): the last trail that led to the code which is declared there."""
    held: dict[UUID, list[DraftTrail]] = {}
    for trail in DraftTrail.objects.filter(draft=draft.id).order_by("-id"):
        held.setdefault(trail.item, []).append(trail)
    found = {}
    if held:
        for place, item in enumerate(items_of(draft), start=1):
            declared = _code_of(item)
            last = next((one for one in held.get(item.id, ()) if declared.startswith(one.content["chosen"])), None)
            if last is not None:
                found[place] = last
    return found


def trails_keep(file: UUID, trails: Mapping[int, DraftTrail], at: datetime) -> Sequence[ItemTrail]:
    """Keep them with the file for ever, as who found the codes left them."""
    return ItemTrail.objects.bulk_create(
        ItemTrail(
            id=uuid7(at), file=file, version=1, sequence=place, content=trail.content, at=trail.at, actor=trail.actor
        )
        for place, trail in trails.items()
    )


def _code_of(item: DraftItem) -> str:
    rows = tree_of(item.built).get("commodity", {}).get("classifications") or [{}]
    return "".join(letter for letter in str(rows[0].get("id", "")) if letter.isdigit())
