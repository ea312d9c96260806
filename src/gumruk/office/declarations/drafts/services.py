# SPDX-License-Identifier: Apache-2.0
"""What is done to drafts: begun, saved as typed, their items and rows arranged, lodged, deleted.

A save locks its draft, so that two tabs write one after the other. A text is written only where the tab knew what it
replaces; else both texts are kept, and the person is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from gumruk import wire
from gumruk.law.declarations.model import Declaration
from gumruk.office.accounts.permissions import Actor
from gumruk.office.audit.keys import uuid7
from gumruk.office.declarations.drafts.building import Built, assembled, build_head, build_item
from gumruk.office.declarations.drafts.models import Draft, DraftItem, DraftTrail, ItemList, Kept
from gumruk.office.declarations.drafts.queries import (
    content_of,
    faults_content,
    item_by_id,
    items_built,
    items_of,
    tree_of,
)
from gumruk.office.declarations.drafts.trails import trails_keep, trails_of
from gumruk.office.declarations.drafts.typed import (
    ITEM,
    NoSuchPlace,
    Tree,
    row_key,
    row_remove,
    rows_at,
    seen,
    text_at,
    text_set,
    typed_of,
)
from gumruk.office.declarations.lodging import Lodged, declaration_lodge
from gumruk.office.project.clock import legal_day
from gumruk.office.traders.queries import trader_file
from gumruk.wire.json.shape import ROOT, Shape

DRAFTS_MAX, ITEMS_MAX = 500, wire.LIMITS.items_max
TEXT_MAX, TREE_MAX = 200_000, 2_000_000
"""How many characters one field takes, and one item or the head in all: far above what a message may hold."""
GOODS_LENGTH = 200


class TooMuch(Exception):
    """More than is kept for one trader: what was typed stays in the browser. `code` says what there is too much of."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Change:
    """A text that was typed: where, and what stood there before as the tab knew it (all it may have sent since)."""

    part: UUID | None
    path: str
    text: str
    bases: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Clash:
    """A text that was not written, since another stood there by now; it is kept beside (`kept`)."""

    change: Change
    stands: str
    kept: UUID


@dataclass(slots=True)
class Writing:
    """One save: the trees that it touches, read once and written once."""

    draft: Draft
    by: Actor
    at: datetime
    trees: dict[UUID | None, Tree] = field(default_factory=dict)
    items: dict[UUID, DraftItem] = field(default_factory=dict)

    def tree(self, part: UUID | None) -> Tree | None:
        """The tree of the head (None) or of an item; None where there is no such item, or it was removed."""
        if part not in self.trees:
            if part is None:
                self.trees[part] = tree_of(self.draft.head)
            else:
                item = item_by_id(self.draft, part)
                if item is None or item.removed_at:
                    return None
                self.items[part], self.trees[part] = item, tree_of(item.typed)
        return self.trees[part]

    def store(self) -> None:
        """Write what was touched, with what it makes of the model."""
        for part, tree in self.trees.items():
            if part is None:
                _head_put(self.draft, tree)
            else:
                self.items[part].typed, built = content_of(tree), build_item(tree)
                _size_check(self.items[part].typed)
                self.items[part].built, self.items[part].faults = built.content, faults_content(built.findings)
                self.items[part].save(update_fields=["typed", "built", "faults"])
        draft_touch(self.draft, self.by, self.at)


def _head_put(draft: Draft, tree: Tree) -> Built:
    draft.head, built = content_of(tree), build_head(tree)
    _size_check(draft.head)
    draft.built, draft.faults = built.content, faults_content(built.findings)
    return built


def _size_check(content: bytes) -> None:
    if len(content) > TREE_MAX:
        raise TooMuch("tree")


def draft_touch(draft: Draft, by: Actor, at: datetime) -> None:
    """Note the change, and what lists say of the draft."""
    items = items_of(draft)
    first = items.first()
    draft.item_count = items.count()
    goods = tree_of(first.typed).get("commodity", {}).get("description", "") if first else ""
    draft.goods = seen(goods)[:GOODS_LENGTH]
    draft.changed_at, draft.changed_by = at, by.id
    draft.save()


def draft_lock(draft: Draft) -> None:
    draft.refresh_from_db(from_queryset=Draft.objects.select_for_update())


@transaction.atomic
def draft_create(*, by: Actor, at: datetime) -> Draft:
    """Begin a declaration from scratch: the declarant is the trader, the reference a new one, with one goods item."""
    trader = trader_file(by.trader)
    head: Tree = {
        "function_code": "9",
        "declarant": {"id": by.trader},
        "total_gross_mass": {"unit": "KGM"},
    }
    if trader is not None:
        address = {"country_code": trader.country, "line": trader.address}
        head["declarant"] |= {"name": trader.name, "address": {name: text for name, text in address.items() if text}}
    draft = _draft(head, [item_blank(head)], made="new", origin=None, by=by, at=at)
    return draft


@transaction.atomic
def draft_from(*, declaration: Declaration, made: str, origin: UUID | None, by: Actor, at: datetime) -> Draft:
    """A draft of a declaration: `file` as it was read, `copy` under a new reference, `mend` as its next version."""
    head, items = typed_of(declaration)
    if made == "copy":
        for name in ("id", "acceptance", "issue", "version_id", "functional_reference_id", "amendments"):
            head.pop(name, None)
        head.get("authentication", {}).pop("signed", None)
        for tree in (head.get("goods_shipment", {}), *items):  # who copies answers anew, or confirms: value_answers
            tree.get("customs_valuation", {}).pop("answers", None)
    elif made == "mend":
        _version_raise(head)
    return _draft(head, items, made=made, origin=origin, by=by, at=at)


def _version_raise(head: Tree) -> None:
    """The next version, where the last is a number: the same reference may then be lodged again."""
    version = str(head.get("version_id") or "1").strip()
    head["version_id"] = str(int(version) + 1) if version.isascii() and version.isdigit() else f"{version}.1"


def _draft(head: Tree, items: Sequence[Tree], *, made: str, origin: UUID | None, by: Actor, at: datetime) -> Draft:
    if Draft.objects.filter(lodged_at=None).count() >= DRAFTS_MAX:
        raise TooMuch("drafts")
    identifier = uuid7(at)
    head.setdefault("functional_reference_id", f"{legal_day(at):%y%m%d}-{identifier.hex[-6:].upper()}")
    draft = Draft(id=identifier, trader=by.trader, made=made, origin=origin, created_at=at)
    draft.changed_at, draft.changed_by = at, by.id
    _head_put(draft, head)
    draft.save(force_insert=True)
    items_add(draft, items, at)
    draft_touch(draft, by, at)
    return draft


def items_add(draft: Draft, trees: Iterable[Tree], at: datetime, after: int | None = None) -> list[DraftItem]:
    """Put items behind the last, or behind a place."""
    held = items_of(draft)
    last = held.aggregate(last=Max("place"))["last"] or 0
    trees = list(trees)
    if held.count() + len(trees) > ITEMS_MAX:
        raise TooMuch("items")
    start = last if after is None else after
    if after is not None:
        DraftItem.objects.filter(draft=draft.id, place__gt=after).update(place=F("place") + len(trees))
    rows = []
    for place, tree in enumerate(trees, start=start + 1):
        typed, built = content_of(tree), build_item(tree)
        _size_check(typed)
        rows.append(
            DraftItem(
                id=uuid7(at), draft=draft.id, place=place, typed=typed, built=built.content,
                faults=faults_content(built.findings),
            )
        )  # fmt: skip
    return DraftItem.objects.bulk_create(rows)


def item_blank(head: Tree, like: Tree | None = None) -> Tree:
    """A new item: masses in kilograms, the invoice's currency, and the procedure and method of the item before."""
    tree: Tree = {"commodity": {"goods_measure": {"gross_mass": {"unit": "KGM"}, "net_mass": {"unit": "KGM"}}}}
    currency = head.get("invoice_amount", {}).get("currency", "")
    if currency:
        tree["commodity"]["item_charge_amount"] = {"currency": currency}
    for name in ("classifications", "origins", "government_procedures", "packagings"):
        inside = tree["commodity"] if name == "classifications" else tree
        inside[name] = [{"#": row_key()}]
    if like is not None:
        method = like.get("customs_valuation", {}).get("method_code")
        if method:
            tree["customs_valuation"] = {"method_code": method}
        if like.get("government_procedures"):
            tree["government_procedures"] = [{**row, "#": row_key()} for row in like["government_procedures"]]
    return tree


@transaction.atomic
def draft_save(*, draft: Draft, changes: Sequence[Change], by: Actor, at: datetime) -> list[Clash]:
    """Write what was typed, each text in its place; gives those that another text stood against.

    What was lodged meanwhile is changed no more: the texts are kept beside. Raises TooMuch, and writes nothing then.
    """
    draft_lock(draft)
    writing, clashes = Writing(draft, by, at), []
    for change in changes:
        if len(change.text) > TEXT_MAX:
            raise TooMuch("text")
        clash = _late(writing, change) if draft.lodged_at else _written(writing, change)
        if clash is not None:
            clashes.append(clash)
    if not draft.lodged_at:
        writing.store()
    return clashes


def _late(writing: Writing, change: Change) -> Clash | None:
    """What is typed after the lodging, or where nothing is any more: kept, unless it says the same."""
    tree = writing.tree(change.part)
    try:
        stands = text_at(tree, change.path, _shape(change.part)) if tree is not None else ""
    except NoSuchPlace:
        stands = ""
    if seen(stands) == seen(change.text):
        return None
    draft, by, at = writing.draft, writing.by, writing.at
    return Clash(change, "", keep_beside(draft, "late", change.part, change.path, change.text, by=by, at=at))


def _written(writing: Writing, change: Change) -> Clash | None:
    """Write one text; a clash where another stands there, or the place is gone."""
    draft, by, at = writing.draft, writing.by, writing.at
    tree, shape = writing.tree(change.part), _shape(change.part)
    try:
        stands = None if tree is None else text_at(tree, change.path, shape)
    except NoSuchPlace:
        stands, tree = None, None
    if tree is None or stands is None:
        return _late(writing, change)
    if seen(stands) in map(seen, (change.text, *change.bases)):
        text_set(tree, change.path, change.text, shape)
        return None
    kept = keep_beside(draft, "conflict", change.part, change.path, change.text, by=by, at=at)
    return Clash(change, stands, kept)


def _shape(part: UUID | None) -> Shape:
    return ROOT if part is None else ITEM


def keep_beside(
    draft: Draft, kind: str, part: UUID | None, path: str, content: Any, *, by: Actor, at: datetime
) -> UUID:
    """Keep something beside, once: the same text that is sent again for the same place is not kept again."""
    packed, path = content_of(content), path[:500].replace("\0", "")
    same = Kept.objects.filter(draft=draft.id, part=part, path=path, content=packed).first()
    if same is not None:
        return same.id
    kept = Kept(id=uuid7(at), draft=draft.id, part=part, kind=kind, path=path, content=packed, at=at, actor=by.id)
    kept.save(force_insert=True)
    return kept.id


@transaction.atomic
def kept_take(*, draft: Draft, kept: Kept, by: Actor, at: datetime) -> None:
    """Put what was kept in its place again: a row into its list, a text in place of the one that stands there.

    The text that stood there is kept in its stead, so that one can change one's mind.
    """
    draft_lock(draft)
    writing = Writing(draft, by, at)
    tree, content = writing.tree(kept.part), tree_of(kept.content)
    if tree is None or draft.lodged_at:
        return
    try:
        if kept.kind == "row":
            _row_put(tree, kept.path, content, _shape(kept.part))
        else:
            stands = text_at(tree, kept.path, _shape(kept.part))
            text_set(tree, kept.path, str(content), _shape(kept.part))
            if stands:
                keep_beside(draft, "conflict", kept.part, kept.path, stands, by=by, at=at)
    except NoSuchPlace:
        return
    writing.store()
    Kept.objects.filter(id=kept.id).delete()


def _row_put(tree: Tree, path: str, row: Tree, shape: Shape) -> None:
    """A row back into its list: the list is made by a text that is taken away again."""
    probe = next((name for name, value in row.items() if name != "#" and isinstance(value, str)), "")
    if not rows_at(tree, path) and probe:
        text_set(tree, f"{path}[{row['#']}].{probe}", row[probe], shape)
        row_remove(tree, path, row["#"])
    rows_at(tree, path).append(row)


@transaction.atomic
def kept_drop(*, draft: Draft, kept: Kept, by: Actor, at: datetime) -> None:
    """The person looked at what was kept and does not want it."""
    draft_lock(draft)
    Kept.objects.filter(id=kept.id, draft=draft.id).delete()


@transaction.atomic
def draft_delete(*, draft: Draft, by: Actor, at: datetime) -> None:
    """Delete a draft with all that was typed in it. A file that it became stays: it is a fact."""
    draft_lock(draft)
    DraftItem.objects.filter(draft=draft.id).delete()
    Kept.objects.filter(draft=draft.id).delete()
    DraftTrail.objects.filter(draft=draft.id).delete()
    ItemList.objects.filter(draft=draft.id).delete()
    Draft.objects.filter(id=draft.id).delete()


@transaction.atomic
def draft_lodge(*, draft: Draft, by: Actor, at: datetime) -> Lodged:
    """Lodge what the draft says, as a message of ours through the door of all messages.

    Once it is registered the draft is closed and points to its file. A refused one stays open, as the next version.
    Raises WireError and Conflict as `declaration_lodge` does: nothing is stored then.
    """
    draft_lock(draft)
    declaration = assembled(tree_of(draft.built), [built for _, built, _ in items_built(draft)])
    lodged = declaration_lodge(content=wire.write(declaration, "json"), by=by, at=at)
    draft.file = lodged.file
    if not lodged.repeated:
        trails_keep(lodged.file, trails_of(draft), at)
    if lodged.answer["number"]:
        draft.lodged_at = at
    elif not lodged.repeated:
        head = tree_of(draft.head)
        _version_raise(head)
        _head_put(draft, head)
    draft.changed_at, draft.changed_by = at, by.id
    draft.save()
    return lodged
