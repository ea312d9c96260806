# SPDX-License-Identifier: Apache-2.0
"""Goods from a list: the file kept until its columns are named, its items taken, the names remembered."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gumruk.law.declarations.model import Declaration, GoodsShipment
from gumruk.law.kernel import Finding, Severity
from gumruk.office.accounts.permissions import Actor
from gumruk.office.declarations.drafts.models import ColumnMapping, Draft, ItemList
from gumruk.office.declarations.drafts.queries import items_of, tree_of
from gumruk.office.declarations.drafts.services import draft_lock, draft_touch, item_blank, items_add
from gumruk.office.declarations.drafts.typed import (
    ITEM,
    KEY,
    NoSuchPlace,
    Tree,
    is_filled,
    node_at,
    row_key,
    text_set,
    typed_of,
)
from gumruk.wire import itemlists

_PLACE = re.compile(r"items\[(\d+)\]\.(.+)")
_ROW = re.compile(r"(\w+)\[0\]")
_NAME_LENGTH = 200


@transaction.atomic
def list_keep(*, draft: Draft, name: str, content: bytes, by: Actor, at: datetime) -> None:
    """Keep an uploaded list until its columns are named. Raises WireError for what is no list: nothing is kept then."""
    itemlists.headers_of(content)
    draft_lock(draft)
    held = {"name": name.replace("\0", "")[:_NAME_LENGTH], "content": content, "at": at}
    ItemList.objects.update_or_create(draft=draft.id, defaults=held)


@transaction.atomic
def list_drop(*, draft: Draft, by: Actor, at: datetime) -> None:
    """The person wants another list."""
    ItemList.objects.filter(draft=draft.id).delete()


def list_of(draft: Draft) -> ItemList | None:
    """The list that waits for its columns to be named."""
    return ItemList.objects.filter(draft=draft.id).first()


def mapping_of(headers: Sequence[str], by: Actor) -> tuple[itemlists.Mapping, bool]:
    """What the columns mean: as the trader named them the last time (True), else as their headings speak for."""
    kept = ColumnMapping.objects.filter(trader=by.trader, headings=_headings(headers)).first()
    return (itemlists.Mapping.from_json(kept.columns), True) if kept else (itemlists.guess_mapping(headers), False)


def _headings(headers: Sequence[str]) -> str:
    """By what a kind of list is known again: its headings, whatever their order and case."""
    known = "\n".join(sorted(" ".join(header.casefold().split()) for header in headers if header))
    return hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def items_take(
    *, draft: Draft, held: ItemList, mapping: itemlists.Mapping, by: Actor, at: datetime
) -> tuple[int, tuple[Finding, ...]]:
    """Put the goods of a list behind those of the draft, and remember what its columns mean.

    A cell that cannot be read stands in its field as it stood in the list. Gives how many items there were, and what
    was found in the list. Raises WireError and TooMuch: nothing is taken then.
    """
    draft_lock(draft)
    content = bytes(held.content)
    read = itemlists.read_items(content, mapping)
    trees = typed_items(read)
    head, rows = tree_of(draft.head), list(items_of(draft))
    like = tree_of(rows[-1].typed) if rows else None
    if len(rows) == 1 and bytes(rows[0].built) == b"{}":
        rows[0].delete()  # the empty item that every new declaration begins with
    items_add(draft, (_over(item_blank(head, like), tree) for tree in trees), at)
    remembered = {"columns": mapping.to_json(), "changed_at": at}
    key = {"trader": by.trader, "headings": _headings(itemlists.headers_of(content))}
    ColumnMapping.objects.update_or_create(**key, defaults=remembered)
    ItemList.objects.filter(draft=draft.id).delete()
    draft_touch(draft, by, at)
    return len(trees), read.findings


def typed_items(read: itemlists.ItemList) -> list[Tree]:
    """The goods of a list as somebody would have typed them, cells that could not be read as they stand there."""
    _, trees = typed_of(Declaration(goods_shipment=GoodsShipment(items=read.items)))
    for finding in read.findings:
        match = _PLACE.fullmatch(finding.path)
        if match and finding.severity is Severity.ERROR and int(match[1]) < len(trees):
            _unread_put(trees[int(match[1])], match[2], finding.params.get("value", ""))
    return trees


def _unread_put(tree: Tree, path: str, text: str) -> None:
    """Put a cell's text into its field: that of an amount or a day lies below the path that the list names."""
    path = _ROW.sub(lambda found: f"{found[1]}[{_first(tree, found[1])}]", path)
    filled = is_filled(node_at(tree, path))
    for below in ("", ".unit", ".currency") if filled else ("", ".value", ".text"):
        try:
            text_set(tree, f"{path}{below}", text, ITEM)
        except NoSuchPlace:
            continue
        return


def _first(tree: Tree, name: str) -> str:
    """The key of the first row of a list, of the item or of its goods; a new one where there is none."""
    rows: Iterable[Tree] = tree.get(name) or tree.get("commodity", {}).get(name) or ()
    return next((str(row[KEY]) for row in rows), row_key())


def _over(below: Any, above: Any) -> Any:
    """What a list says over what a new item begins with."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {**below, **{name: _over(below[name], held) if name in below else held for name, held in above.items()}}
