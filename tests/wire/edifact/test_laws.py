# SPDX-License-Identifier: Apache-2.0
"""Laws of CUSDEC: what was once read is written and read the same, and no bytes bring down the reader."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from tests.wire.test_properties import DECLARATIONS, SLOW

from gumruk import wire

_SEED = 20261125


@SLOW
@given(DECLARATIONS)
def test_what_was_once_read_stays_the_same(declaration):
    once = wire.read(wire.write(declaration, "edifact")).declaration
    twice = wire.read(wire.write(once, "edifact")).declaration
    assert twice == once
    assert wire.write(twice, "edifact") == wire.write(once, "edifact")


@pytest.mark.parametrize("round_of", range(4))
def test_no_bytes_bring_down_the_reader(round_of, sample):
    content = sample("import_d96b.edi")
    dice = random.Random(_SEED + round_of)  # noqa: S311 - the same every time
    begun = time.perf_counter()
    read = 0
    for _ in range(250):
        bent = _bent(content, dice)
        try:
            declaration = wire.read(bent).declaration
            assert wire.read(wire.write(declaration, "edifact")).format == "edifact"
            read += 1
        except wire.WireError as error:
            assert error.findings
    assert time.perf_counter() - begun < 60
    assert read > 10


def _bent(content: bytes, dice: random.Random) -> bytes:
    """The content with a few bytes changed, doubled or left out: dividing characters more often than others."""
    bent = bytearray(content)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(bent))
        match dice.randrange(4):
            case 0:
                bent[place] = dice.choice(b"+:?'*,.\x00\xff A9")
            case 1:
                bent.insert(place, dice.choice(b"+:?'*,.\x00\xff A9"))
            case 2:
                del bent[place]
            case _:
                bent[place:place] = bent[place : place + dice.randint(1, 40)]
    return bytes(bent)
