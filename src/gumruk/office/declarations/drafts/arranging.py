# SPDX-License-Identifier: Apache-2.0
"""The rows and goods items of a draft in their order: added, copied, moved, taken out and put back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations.drafts.models import Draft, DraftItem
from gumruk.office.declarations.drafts.queries import items_of, tree_of
from gumruk.office.declarations.drafts.services import (
    ITEMS_MAX,
    TooMuch,
    Writing,
    draft_lock,
    draft_touch,
    item_blank,
    items_add,
    keep_beside,
)
from gumruk.office.declarations.drafts.typed import row_remove


@transaction.atomic
def row_take_out(*, draft: Draft, part: UUID | None, path: str, key: str, by: Actor, at: datetime) -> UUID | None:
    """Take a row out of a list; what stood in it is kept beside. None where nothing was in it."""
    draft_lock(draft)
    writing = Writing(draft, by, at)
    tree = writing.tree(part)
    row = row_remove(tree, path, key) if tree is not None and not draft.lodged_at else None
    if row is None:
        return None
    writing.store()
    return keep_beside(draft, "row", part, path, row, by=by, at=at) if len(row) > 1 else None


@transaction.atomic
def item_add(*, draft: Draft, by: Actor, at: datetime) -> DraftItem:
    """A new goods item behind the last. Raises TooMuch."""
    draft_lock(draft)
    last = items_of(draft).last()
    tree = item_blank(tree_of(draft.head), tree_of(last.typed) if last else None)
    added = items_add(draft, [tree], at)
    draft_touch(draft, by, at)
    return added[0]


@transaction.atomic
def item_copy(*, draft: Draft, item: DraftItem, by: Actor, at: datetime) -> DraftItem:
    """The same item once more, behind itself. Raises TooMuch."""
    draft_lock(draft)
    item.refresh_from_db()
    added = items_add(draft, [tree_of(item.typed)], at, after=item.place)
    draft_touch(draft, by, at)
    return added[0]


@transaction.atomic
def item_remove(*, draft: Draft, item: DraftItem, by: Actor, at: datetime) -> None:
    """Take an item out; it can be put back."""
    draft_lock(draft)
    DraftItem.objects.filter(id=item.id).update(removed_at=at)
    draft_touch(draft, by, at)


@transaction.atomic
def item_put_back(*, draft: Draft, item: DraftItem, by: Actor, at: datetime) -> None:
    """Put an item back where it was. Raises TooMuch."""
    draft_lock(draft)
    if items_of(draft).count() >= ITEMS_MAX:
        raise TooMuch("items")
    DraftItem.objects.filter(id=item.id).update(removed_at=None)
    draft_touch(draft, by, at)


@transaction.atomic
def item_move(*, draft: Draft, item: DraftItem, to: int, by: Actor, at: datetime) -> None:
    """Move an item to a number, from 1; the others close up."""
    draft_lock(draft)
    ordered = list(items_of(draft).only("id", "place"))
    moved = next((one for one in ordered if one.id == item.id), None)
    if moved is None:
        return
    ordered.remove(moved)
    ordered.insert(min(max(to, 1), len(ordered) + 1) - 1, moved)
    changed = []
    for place, one in enumerate(ordered, start=1):
        if one.place != place:
            one.place = place
            changed.append(one)
    DraftItem.objects.bulk_update(changed, ["place"])
    draft_touch(draft, by, at)
