# SPDX-License-Identifier: Apache-2.0
"""A bill of materials, and the agreement's terms under which it is judged. Nothing is assumed: None is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gumruk.law.origin.rules.tree import Goods

#: How far materials and work of the agreement's partners count (Protocols on origin, article on cumulation).
CUMULATIONS = ("none", "bilateral", "diagonal", "full")


@dataclass(frozen=True, slots=True)
class Material:
    """One material: code (digits), value in the currency of the bill, mass in kilograms.

    `originating`: it has the origin of the exporting country itself. `origin`: the country (ISO 3166) whose origin it
    has under the agreement's rules, `worked_in`: where it was worked without getting an origin; both for cumulation.
    `named` says of words in the rule whether the material is that.
    `earlier_stage`, `other_nature`: the facts of EU introductory notes 3.5 and 3.7. `inputs`: what it was made of in a
    partner country, for full cumulation. `textiles`: the basic textile materials of which it is made.
    """

    name: str
    code: str
    value: Decimal | None = None
    mass: Decimal | None = None
    originating: bool | None = None
    origin: str = ""
    worked_in: str = ""
    wholly_obtained: bool | None = None
    named: Mapping[str, bool] = field(default_factory=dict)
    earlier_stage: bool | None = None
    other_nature: bool | None = None
    inputs: tuple[Material, ...] | None = None
    textiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bill:
    """A product and what it is made of.

    `prices` by base (ex_works, fob, transaction, net_cost, good_value); `costs` of the direct method (material, labour,
    overhead, other, profit). `processes` says of the rule's words whether it was done. `insufficient`: only operations
    that the agreement calls insufficient were carried out. `materials` None: not stated (a product wholly obtained).
    """

    code: str
    materials: tuple[Material, ...] | None = None
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    costs: Mapping[str, Decimal] = field(default_factory=dict)
    mass: Decimal | None = None
    wholly_obtained: bool | None = None
    processes: Mapping[str, bool] = field(default_factory=dict)
    named: Mapping[str, bool] = field(default_factory=dict)
    insufficient: bool | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Materials that fail the rule and may be used all the same: up to `most` per cent of the base, or by weight of the
    product's mass; not for products of the excluded goods (textiles have tolerances of their own)."""

    most: Decimal
    by_weight: bool = False
    bases: tuple[str, ...] = ("ex_works",)
    excluded: tuple[Goods, ...] = ()
    act: str | None = None


@dataclass(frozen=True, slots=True)
class TextileTolerance:
    """For products of two or more basic textile materials: those that fail may be `most` per cent of the weight of all
    basic textile materials, or with `of_product` of the product (EU-style introductory notes on mixed products)."""

    most: Decimal
    of_product: bool = False
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The agreement's general terms. `partners` are the countries whose origin counts (with full cumulation also their
    work). A material that originates counts as originating with its whole value: it is absorbed. `content_method`: how
    the agreement computes a value content where its rules name no method.
    """

    agreement: str = ""
    cumulation: str = "none"
    partners: frozenset[str] = frozenset()
    tolerance: Tolerance | None = None
    textile: TextileTolerance | None = None
    content_method: str = ""
    act: str | None = None
