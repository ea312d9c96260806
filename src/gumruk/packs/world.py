# SPDX-License-Identifier: Apache-2.0
"""What all countries share: the Harmonized System's tree, ISO countries and currencies, Rec 20 units, with labels."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from gumruk.law.nomenclature import Nomenclature
from gumruk.law.reference import Bounds, CodeLists, GoodsLists, PackageKind, phrase_of

FOLDER = Path(__file__).parent.parent / "world"
LANGUAGES = ("en", "ru", "tg")

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class World:
    """The lists that need no country pack."""

    nomenclature: Nomenclature
    countries: Names
    currencies: Names
    currency_digits: Mapping[str, int]
    units: Names

    @property
    def code_lists(self) -> CodeLists:
        """The same as the law takes it."""
        return _code_lists()


@cache
def _code_lists() -> CodeLists:
    held = world()
    return CodeLists(
        frozenset(held.countries), frozenset(held.currency_digits), frozenset(held.nomenclature.units), _goods(held)
    )


def _goods(held: World) -> GoodsLists:
    """What all countries hold of goods, with the words of every language together."""
    words = [(row["kind"], phrase_of(row["words"])) for row in _rows("goods_words.csv")]
    return GoodsLists(
        units=MappingProxyType({code: unit for code, unit in held.nomenclature.units.items() if unit}),
        retired=MappingProxyType({row["code"]: row["edition"] for row in _rows("hs_retired.csv")}),
        bounds=MappingProxyType(
            {
                (row["code"], row["unit"]): Bounds(*map(_end, (row["least"], row["most"])))
                for row in _rows("goods_bounds.csv")
            }
        ),
        package_kinds=MappingProxyType({row["code"]: PackageKind(row["kind"]) for row in _rows("package_types.csv")}),
        vague_words=frozenset(text for kind, text in words if kind == "vague"),
        chapter_words=frozenset(
            phrase_of(name) for names in held.nomenclature.labels.values() for name in names.values()
        ),
        code_words=frozenset(text for kind, text in words if kind == "code"),
    )


def vague_words() -> tuple[str, ...]:
    """Words that name no goods by themselves, in every language: `goods`, `parts`, `товар`."""
    return tuple(row["words"] for row in _rows("goods_words.csv") if row["kind"] == "vague")


def _end(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@cache
def world() -> World:
    """Read the lists once."""
    codes = list(_rows("hs2022.csv"))
    currencies = list(_rows("currencies.csv"))
    return World(
        nomenclature=Nomenclature(
            sections=MappingProxyType({row["code"]: row["section"] for row in codes}),
            units=MappingProxyType({row["code"]: row["unit"] for row in codes}),
            labels=_names(_rows("hs_labels.csv")),
        ),
        countries=_names(_rows("countries.csv")),
        currencies=_names(currencies),
        currency_digits=MappingProxyType({row["code"]: int(row["digits"]) for row in currencies}),
        units=_names(_rows("units.csv")),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _names(rows: Iterator[dict[str, str]] | list[dict[str, str]]) -> Names:
    return MappingProxyType(
        {row["code"]: MappingProxyType({language: row[language] for language in LANGUAGES}) for row in rows}
    )
