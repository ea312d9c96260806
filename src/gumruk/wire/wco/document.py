# SPDX-License-Identifier: Apache-2.0
"""Opens an XML message: parses it under limits, finds the envelope and what is in it, and names places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from gumruk.wire.errors import refusal
from gumruk.wire.safety import Limits
from gumruk.wire.wco.plan import DECLARATIONS, GROUP, NOTHING, RESPONSES, Dialect, Plan
from gumruk.wire.wco.profile import DECLARATION, METADATA
from gumruk.wire.xml import root_of

_ITEM_TAGS = (f"{{{DECLARATION}}}GovernmentAgencyGoodsItem", "GovernmentAgencyGoodsItem")
_SHIPMENT_TAGS = (f"{{{DECLARATION}}}GoodsShipment", "GoodsShipment")
_METADATA_TAGS = (f"{{{METADATA}}}MetaData", f"{{{DECLARATION}}}MetaData", "MetaData")
#: Root elements of other formats of the trade: named to the sender, because they are no rubbish.
_MANIFEST = "Awmds"
_OF_THE_UNION = re.compile(r"CC(\d)\d\d[A-Z]?")


_DIALECTS = {tag: dialect for dialect in (DECLARATIONS, RESPONSES) for tag in dialect.root_tags}


@dataclass(frozen=True, slots=True)
class Opened:
    """A parsed message: its envelope, if it has one, the element of the declaration or response, and which it is."""

    metadata: Any
    body: Any
    dialect: Dialect


def open_document(content: bytes, limits: Limits) -> Opened:
    """Parse a message and find the declaration or response in it; raises `WireError` where there is none."""
    opened = _find(root_of(content, limits))
    shipments = opened.body.iterchildren(*_SHIPMENT_TAGS)
    count = sum(1 for shipment in shipments for _ in shipment.iterchildren(*_ITEM_TAGS))
    if count > limits.items_max:
        raise refusal("WIRE-13", "items", count=count, limit=limits.items_max)
    return opened


def other_format(name: str) -> str | None:
    """Of which other format of the trade a message of this name is, prefixed or not; None where it is of none.

    NCTS is transit (CC015C and the like), ICS the entry summary (CC3..).
    """
    name = name.rpartition(":")[2]
    if name == _MANIFEST:
        return "ASYCUDA manifest"
    union = _OF_THE_UNION.fullmatch(name)
    if union is None:
        return None
    return "ICS" if union[1] == "3" else "NCTS"


def _find(root: Any) -> Opened:
    if root.tag in _DIALECTS:
        return Opened(None, root, _DIALECTS[root.tag])
    name = local_name(root)
    other = other_format(name)
    if other is not None:
        raise refusal("WIRE-24", format=other)
    # A transport envelope around the message (HMRC's submitDeclarationRequest) is opened and left behind.
    envelopes = [root] if root.tag in _METADATA_TAGS else [e for tag in _METADATA_TAGS for e in root.iter(tag)]
    found = [(envelope, child) for envelope in envelopes for child in envelope if child.tag in _DIALECTS]
    if len(found) > 1:
        raise refusal("WIRE-25", count=len(found))
    if found:
        return Opened(*found[0], _DIALECTS[found[0][1].tag])
    raise refusal("WIRE-11", element=name[:60], namespace=(etree.QName(root).namespace or "-")[:120])


def local_name(element: Any) -> str:
    """An element's name without its namespace."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def path_of(element: Any, dialect: Dialect, seen: dict[Any, int]) -> str:
    """Where an element stands, in the model's words (`items[2].commodity.goods_measure.net_mass`).

    Items are counted from 0, as the law's findings count them. What the model does not name has its element's name.
    `seen` remembers the places of elements that were counted, so that a message full of faults is not counted anew
    for each.
    """
    chain = [element, *element.iterancestors()]
    while chain and chain[-1].tag not in dialect.root_tags:
        chain.pop()
    parts: list[str] = []
    plan: Plan = dialect.plan
    for step in reversed(chain[:-1]):
        entry = plan.by_tag.get(step.tag)
        if entry is None:
            parts.append(local_name(step)[:60])
            plan = NOTHING
            continue
        if entry.kind == GROUP:
            if step is element:
                parts.append(local_name(step))
        else:
            parts.append(f"{entry.attribute}[{_place(step, seen)}]" if entry.many else entry.attribute)
        plan = entry.inner
    path = ".".join(parts)
    return path.removeprefix("goods_shipment.") if path.startswith("goods_shipment.items") else path


def _place(element: Any, seen: dict[Any, int]) -> int:
    """How many of its name stand before an element."""
    count = 0
    for sibling in element.itersiblings(element.tag, preceding=True):
        known = seen.get(sibling)
        if known is not None:
            count += known + 1
            break
        count += 1
    seen[element] = count
    return count
