# SPDX-License-Identifier: Apache-2.0
"""Whatever a declaration holds, the checks find and never fail, and find the same again."""

from __future__ import annotations

import dataclasses
import typing
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import pytest

from gumruk import packs
from gumruk.law.declarations import RULES, Context, check_declaration, model, read_declaration
from gumruk.law.lawbook import Legal, Moments

DAY = date(2026, 12, 20)
PACK = packs.load(packs.pack_folder("tj"))

# Words that rules look for, so that they are met; and what nobody should write.
_WORDS = (
    "IMA IMD EXA EXD 9 40 53 51 10 00 TJ CN ZZ USD TJS 380 730 820 861 CISFTA FCA CIF 1 2 3 4 5 7 0 7a 7b Y N KGM NAR"
    " TNE TJ-KUL TJ-DYU TJ-AMZ 020012345 8517130000 8703231940 HS TSP 20261101 20271301 ZAN DEC-26 CSQU3054383 2402 93"
    " 2010 MED EV1 IN\u0412-1 \u202ebad"
).split()
_NUMBERS = [Decimal(number) for number in ("0", "-1", "0.001", "1E40", "1E90", "1E-90", "100", "7")]


def made(random: Random, of: type, depth: int = 6) -> typing.Any:
    """An object of a class with most of its fields filled, its parts likewise."""
    required = {field.name for field in dataclasses.fields(of) if field.default is dataclasses.MISSING}
    return of(
        **{
            name: _value(random, hint, depth - 1)
            for name, hint in hints(of).items()
            if name in required or (depth and random.random() < 0.7)
        }
    )


@cache
def hints(of: type) -> dict[str, typing.Any]:
    return {name: hint for name, hint in typing.get_type_hints(of).items() if name != "extensions"}


def _value(random: Random, hint: typing.Any, depth: int) -> typing.Any:
    if type(None) in typing.get_args(hint):
        return _value(random, next(part for part in typing.get_args(hint) if part is not type(None)), depth)
    if typing.get_origin(hint) is tuple:
        return tuple(_value(random, typing.get_args(hint)[0], depth) for _ in range(random.choice((1, 1, 2))))
    if hint is str:
        return random.choice(_WORDS) if random.random() < 0.9 else "".join(random.choices("aЯ\u0412\u202e\x00 ғ9", k=4))
    if hint is int:
        return random.choice((-1, 0, 1, 2, 2021))
    return random.choice(_NUMBERS) if hint is Decimal else made(random, hint, depth)


@pytest.mark.parametrize("seed", range(5))
def test_it_checks_any_declaration_without_failing(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    context = Context(Legal(PACK.book, Moments(DAY, DAY), training=True), PACK.code_lists, DAY)
    met = set()
    for _ in range(60):
        reading = read_declaration(made(random, model.Declaration))
        found = check_declaration(reading, context)
        assert found == check_declaration(reading, context)
        assert all(finding.act and finding.code in RULES for finding in found)
        met |= {finding.code for finding in found}
    assert len(met) > 90  # most rules of the head, and those of items that need no code of their own
