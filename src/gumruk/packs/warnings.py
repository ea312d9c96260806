# SPDX-License-Identifier: Apache-2.0
"""What a pack may hold and be loaded with, but hardly keep to what the country agreed to: said, never refused."""

from __future__ import annotations

from collections.abc import Iterator

from gumruk.law.expression import Binary, Call, Field, Negate, Node, parse
from gumruk.law.expression.tree import ARITHMETIC
from gumruk.law.lawbook import Entry
from gumruk.packs.faults import Fault
from gumruk.packs.pack import Pack

#: Where the words of warnings stand.
WORDS = "pack.warning"
_VALUES = frozenset({"declaration.customs_value", "item.customs_value"})
_CONDITIONAL = "if"
_NO_AMOUNT = frozenset({"count", "any", "all", "has", "days_between"})


def pack_warnings(pack: Pack) -> list[Fault]:
    """Fees that grow with the value of the goods.

    A fee is limited to the approximate cost of the service and is no tax (GATT 1994, article VIII:1(a); Agreement on
    Trade Facilitation, article 6). A bracket that goes by the value is not told: its amounts may be the service's cost.
    """
    return [
        Fault(place[0].name, place[1], "fee_ad_valorem", {"charge": str(entry.fields.get("name"))}, WORDS)
        for entry in pack.book.entries_of("charges")
        if entry.fields.get("kind") == "fee" and _ad_valorem(entry) and (place := pack.place_of(entry, "amount"))
    ]


def _ad_valorem(entry: Entry) -> bool:
    amount, base = (str(entry.fields.get(name) or "") for name in ("amount", "base"))
    values = _VALUES
    if base and any(path in _VALUES for path in _numbers(parse(base))):
        values = values | {"base"}
    return bool(amount) and any(path in values for path in _numbers(parse(amount)))


def _numbers(node: Node) -> Iterator[str]:
    """The fields that the number of an expression is made of: what is only compared does not count."""
    if isinstance(node, Field):
        yield node.path
    elif isinstance(node, Negate):
        yield from _numbers(node.operand)
    elif isinstance(node, Binary) and node.operator in ARITHMETIC:
        yield from _numbers(node.left)
        yield from _numbers(node.right)
    elif isinstance(node, Call) and node.name not in _NO_AMOUNT:
        for argument in node.arguments[1:] if node.name == _CONDITIONAL else node.arguments:
            yield from _numbers(argument)
