# SPDX-License-Identifier: Apache-2.0
"""Which differences between two laws concern the goods of a code: what a person who follows the code is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gumruk.law.expression import ExpressionError, Field, In, Text, parse
from gumruk.law.expression.tree import walk
from gumruk.law.kernel import Level
from gumruk.law.lawbook import Entry, LawBook, Status
from gumruk.law.lawbook.comparison import Difference

#: Tables whose keys are commodity codes: the longest that a code begins with holds for it.
_BY_KEY = ("tariff", "excise", "tariff_lines")
#: Tables with commodity codes in a column; without any, a row speaks of all goods.
_BY_CODES = {"required_documents": "codes", "permit_places": "codes", "flat_rates": "codes"}
#: Tables whose rows speak of goods in an expression.
_BY_EXPRESSION = ("reliefs", "charges")
_OF_ALL_GOODS = ("preferences", "preference_conditions", "relief_conditions")
_RATE = ".rate"


def touching(differences: Iterable[Difference], code: str, after: LawBook) -> tuple[Difference, ...]:
    """The differences that change the law of goods under a code, in their order; `after` is the law with them.

    A row for a wider code is left out where a nearer row holds on all of its days, for then nothing changes. What
    speaks of all goods (the VAT rate, a preference) touches every code. Rates of exchange, offices, forms and
    charges on a whole declaration do not.
    """
    return tuple(one for one in differences if _touches(one, code, after))


def _touches(one: Difference, code: str, after: LawBook) -> bool:
    entry = one.entry
    if entry.table in _BY_KEY:
        return _meet(code, entry.key) and not _hidden(entry, code, after)
    if entry.table in _OF_ALL_GOODS:
        return True
    if entry.table == "values":
        return entry.key.endswith(_RATE)
    if entry.fields.get("level") == Level.DECLARATION:
        return False
    sides = [side for side in (one.before, one.after) if side is not None]
    if entry.table in _BY_CODES:
        named = [side.fields.get(_BY_CODES[entry.table]) or () for side in sides]
        return any(not codes or any(_meet(code, each) for each in codes) for codes in named if isinstance(codes, tuple))
    if entry.table in _BY_EXPRESSION:
        sets = [tuple(_codes_in(str(side.fields.get("when") or ""))) for side in sides]
        return any(not codes or any(_meet(code, each) for each in codes) for codes in sets)
    return False


def _meet(code: str, prefix: str) -> bool:
    """Whether one lies under the other."""
    return code.startswith(prefix) or prefix.startswith(code)


def _hidden(entry: Entry, code: str, after: LawBook) -> bool:
    """Whether a row nearer to the code holds on all days of this one, of the same kind (invented or not)."""
    if not code.startswith(entry.key):
        return False
    return any(
        len(other.key) > len(entry.key)
        and code.startswith(other.key)
        and (other.status is Status.TRAINING) == (entry.status is Status.TRAINING)
        and _spans(other, entry)
        for other in after.entries_of(entry.table)
    )


def _spans(wide: Entry, narrow: Entry) -> bool:
    first, last = narrow.valid.first, narrow.valid.last
    begins = wide.valid.first is None or (first is not None and wide.valid.first <= first)
    return begins and (wide.valid.last is None or (last is not None and wide.valid.last >= last))


def _codes_in(source: str) -> Iterator[str]:
    """The code prefixes that an expression asks goods for; none where it does not ask for codes."""
    if "item.code" not in source:
        return
    try:
        root = parse(source)
    except ExpressionError:
        return
    for node, _depth in walk(root):
        if isinstance(node, In) and node.operand == Field("item.code"):
            yield from (choice.value.rstrip("*") for choice in node.choices if isinstance(choice, Text))
