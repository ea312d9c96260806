# SPDX-License-Identifier: Apache-2.0
"""What a product-specific rule of origin asks for, as a tree of frozen values.

`WhollyObtained` ... `Process` are conditions; `All` and `Choice` join them; `Exempt`, `ForGoods` and `Noted` say what a
condition does not touch, for which goods it is, and which note of the agreement stands beside it.
Materials are those of the product that do not originate, unless a condition says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

#: How deep a classification must change; "" is no change at all ("materials of any heading").
LEVELS = {"chapter": 2, "heading": 4, "subheading": 6}
#: What a value is compared with. With several the exporter may choose: one that is met is enough.
BASES = ("ex_works", "fob", "transaction", "net_cost", "good_value")
#: How a value content is computed (content.py has the formulas and their sources).
METHODS = ("build_up", "build_down", "net_cost", "focused", "direct", "any", "unnamed")


@dataclass(frozen=True, slots=True)
class Span:
    """Codes from first to last, both included, as prefixes of two to six digits: 0409, or 5106 to 5113."""

    first: str
    last: str

    def holds(self, code: str) -> bool:
        """Whether the code (digits) falls into the span."""
        return len(code) >= len(self.first) and self.first <= code[: len(self.first)] <= self.last


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods by code, by words, or both; none of them is every material.

    `same` is "heading", "chapter" or "subheading" for those classified with the product. `other` are goods of the
    codes that are not the product itself. `words` are the text's own ("waste and scrap") and are a stated fact.
    """

    spans: tuple[Span, ...] = ()
    words: str = ""
    same: str = ""
    other: bool = False
    but: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class WhollyObtained:
    """The product itself, or with `goods` every such material that is used, is wholly obtained."""

    goods: tuple[Goods, ...] = ()
    product: bool = False


@dataclass(frozen=True, slots=True)
class Originating:
    """Every such material that is used originates."""

    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Each material is classified elsewhere than the product at the level, and is none of the excluded goods.

    `including` is what a text names as allowed ("including other materials of heading 2905"): it refuses nothing.
    """

    level: str = ""
    excluded: tuple[Goods, ...] = ()
    including: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class From:
    """Each material is one of these goods; with `stages` also what is still at an earlier stage of their making,
    or what by its nature cannot be one of them (EU introductory notes 3.5 and 3.7): stated facts."""

    goods: tuple[Goods, ...]
    stages: bool = True


@dataclass(frozen=True, slots=True)
class ValueMost:
    """The value of such materials, taken together, is at most `most` per cent of the base."""

    most: Decimal
    bases: tuple[str, ...] = ("ex_works",)
    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightMost:
    """The weight of such materials is at most `most` per cent of the product's; with `each`, of each kind by itself.

    `of` names materials, originating or not, whose weight together is compared with instead of the product's.
    """

    most: Decimal
    goods: tuple[Goods, ...] = ()
    each: bool = False
    of: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueNotAbove:
    """The value of such materials that do not originate is not above that of those that do."""

    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginatingValue:
    """The value of such materials that originate is at least (with `above`: more than) `least` per cent of the base."""

    least: Decimal
    goods: tuple[Goods, ...]
    bases: tuple[str, ...] = ("ex_works",)
    above: bool = False


@dataclass(frozen=True, slots=True)
class OriginatingWeight:
    """At least `least` per cent by weight of such materials originates."""

    least: Decimal
    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A value content of at least `least` per cent, by the method; `goods` are what the focused method looks at.

    "any" is build-up or build-down at the exporter's choice; "unnamed" leaves the method to the agreement's terms.
    """

    least: Decimal
    method: str = "build_down"
    bases: tuple[str, ...] = ("good_value",)
    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUsed:
    """No such material is used, unless it originates."""

    goods: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """A process that the maker states was carried out, in the rule's words."""

    words: str


@dataclass(frozen=True, slots=True)
class Exempt:
    """The rule, whose changes and kinds of material do not touch these goods, where `limit` is met.

    Limits of value and weight inside the rule still count them (EU introductory note 3.4).
    """

    rule: Rule
    goods: tuple[Goods, ...]
    limit: Rule | None = None


@dataclass(frozen=True, slots=True)
class ForGoods:
    """The rule for a product of these goods: another product does not come under it."""

    goods: tuple[Goods, ...]
    rule: Rule


@dataclass(frozen=True, slots=True)
class Noted:
    """A rule beside which a note of the agreement stands. The note may widen the rule and never narrows it."""

    rule: Rule
    note: str


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these, at the exporter's choice."""

    rules: tuple[Rule, ...]


Condition = (
    WhollyObtained
    | Originating
    | Change
    | From
    | ValueMost
    | WeightMost
    | ValueNotAbove
    | OriginatingValue
    | OriginatingWeight
    | Content
    | NotUsed
    | Process
)
Rule = Condition | Exempt | ForGoods | Noted | All | Choice


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """The rules right inside this one, in the order of the text."""
    if isinstance(rule, All | Choice):
        return rule.rules
    if isinstance(rule, Exempt):
        return (rule.rule,) if rule.limit is None else (rule.rule, rule.limit)
    if isinstance(rule, ForGoods | Noted):
        return (rule.rule,)
    return ()


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """The conditions of a rule, from its first word to its last."""
    if not isinstance(rule, All | Choice | Exempt | ForGoods | Noted):
        yield rule
    for part in parts_of(rule):
        yield from conditions_of(part)


def class_of(rule: Rule) -> str:
    """The classes of a rule's conditions, as the trade abbreviates them: `CTH+MAXNOM`, `WO`, `PROCESS`."""
    return "+".join(dict.fromkeys(_class(condition) for condition in conditions_of(rule)))


_CHANGES = {"chapter": "CC", "heading": "CTH", "subheading": "CTSH", "": "AH"}
_CLASSES: dict[type, str] = {
    WhollyObtained: "WO",
    Originating: "ORIGINATING",
    From: "FROM",
    ValueMost: "MAXNOM",
    WeightMost: "MAXWEIGHT",
    ValueNotAbove: "MAXNOM-OM",
    OriginatingValue: "MINOM",
    OriginatingWeight: "MINWEIGHT",
    Content: "RVC",
    NotUsed: "NOT-USED",
    Process: "PROCESS",
}


def _class(condition: Condition) -> str:
    return _CHANGES[condition.level] if isinstance(condition, Change) else _CLASSES[type(condition)]
