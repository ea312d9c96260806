# SPDX-License-Identifier: Apache-2.0
"""The facts of the published schema, and of our own edition of it: which elements stand where, how often, in what form.

The tables in `published/` hold one row an element: its path, how often it may stand there (`*`: without end), what it
holds and in what format, the WCO's notation: `an..35` up to 35 characters, `a2` two letters, `n..4` digits, `n..16,3`
16 digits of which 3 after the point. `an0..` may also be blank, `n..` and `a` may be empty where no length forbids it.
Source: the schemas of HMRC's customs declarations API 3.0 (Apache-2.0), DEC_2_DMS 2.15 and RES_2_DMS.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from gumruk.wire.wco.table import Kind, Row

ENDLESS = 1_000_000
"""How often an element may stand that may stand without end: more than any message can hold."""
LEAVES = frozenset({"code", "id", "text", "amount", "quantity", "number"})
_HOLDS = MappingProxyType(
    {
        Kind.TEXT: "text",
        Kind.INTEGER: "number",
        Kind.DECIMAL: "quantity",
        Kind.AMOUNT: "amount",
        Kind.MEASURE: "quantity",
        Kind.MOMENT: "moment",
    }
)

Profile = Mapping[type, tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Fact:
    """One element at one place: how often, what it holds ("" for other elements), its format, the codes it may be.

    `whole` says of a number that it has nothing after the point.
    """

    name: str
    least: int
    most: int
    holds: str = ""
    format: str = ""
    values: tuple[str, ...] = ()
    parts: tuple[Fact, ...] = ()
    whole: bool = False


@cache
def published(table: str) -> Fact:
    """The facts of a table (`declaration`, `response`, `envelope`) as the tree that they are."""
    text = (files(__package__) / "published" / f"{table}.csv").read_text("utf-8")
    rows = [(row["path"].split("/"), row) for row in csv.DictReader(text.splitlines())]
    made, _ = _tree(rows, 0)
    return made


def _tree(rows: list[tuple[list[str], dict[str, str]]], place: int) -> tuple[Fact, int]:
    """The fact of a row with those of the rows below it, and the place of the first row that is no longer below."""
    path, row = rows[place]
    place += 1
    parts: list[Fact] = []
    while place < len(rows) and len(rows[place][0]) > len(path):
        part, place = _tree(rows, place)
        parts.append(part)
    most = ENDLESS if row["most"] == "*" else int(row["most"])
    values = tuple(row["values"].split("|")) if row["values"] else ()
    whole = row["format"].startswith("n..") and "," not in row["format"]
    return Fact(path[-1], int(row["least"]), most, row["holds"], row["format"], values, tuple(parts), whole), place


def widened(fact: Fact, rows: tuple[Row, ...], profile: Profile) -> Fact:
    """Our own edition of a published element: with what our profile adds, and free of another country's formats.

    Order and what may repeat stay; an element that the declarant has to give is asked for by the law's checks.
    """
    own = {row.element: row for row in rows}
    known = {part.name: part for part in fact.parts}
    parts = [
        _own(own[name], known.get(name), profile) if name in own else _free(known[name])
        for name in _woven([row.element for row in rows], [part.name for part in fact.parts])
    ]
    return replace(fact, least=0, format="", values=(), parts=tuple(parts))


def _own(row: Row, fact: Fact | None, profile: Profile) -> Fact:
    """The fact of a row of our profile, with what the published schema has at its place."""
    most = ENDLESS if row.many else 1 if fact is None else fact.most
    if row.kind in _HOLDS:
        holds = _HOLDS[row.kind] if fact is None else fact.holds
        return Fact(row.element, 0, most, holds, whole=row.kind is Kind.INTEGER)
    inner = profile[row.of] if row.of is not None else row.rows
    return replace(widened(fact or Fact(row.element, 0, most), inner, profile), most=most)


def _free(fact: Fact) -> Fact:
    return replace(fact, least=0, format="", values=(), parts=tuple(_free(part) for part in fact.parts))


def _woven(own: list[str], known: list[str]) -> Iterator[str]:
    """The names of both lists once, in an order that keeps both; what they share stands in one order."""
    rest = list(own)
    for name in known:
        if name in rest:
            place = rest.index(name)
            yield from rest[:place]
            del rest[: place + 1]
        yield name
    yield from rest
