# SPDX-License-Identifier: Apache-2.0
"""Laws of the wire: whatever a declaration holds, both formats carry it there and back."""

from __future__ import annotations

import dataclasses
import typing
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk import wire
from gumruk.law.declarations import model

_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
_TEXTS = st.text(st.one_of(_LETTERS, st.sampled_from("<>&\"' \t\n\r]")), max_size=12)
_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12)
_PLAIN = {str: _TEXTS, int: st.integers(-(10**17), 10**17), Decimal: _DECIMALS}


def _values(hint: typing.Any, depth: int) -> st.SearchStrategy:
    if type(None) in typing.get_args(hint):
        inner = next(part for part in typing.get_args(hint) if part is not type(None))
        return st.none() | _values(inner, depth)
    if typing.get_origin(hint) is tuple:
        return st.lists(_values(typing.get_args(hint)[0], depth), max_size=2).map(tuple)
    return _PLAIN[hint] if hint in _PLAIN else objects(hint, depth)


def objects(of: type, depth: int) -> st.SearchStrategy:
    """Objects of a class with a few of their fields filled, their parts likewise."""
    hints = {name: hint for name, hint in typing.get_type_hints(of).items() if name != "extensions"}
    required = {f.name for f in dataclasses.fields(of) if f.default is dataclasses.MISSING}
    names = st.sets(st.sampled_from(sorted(hints)), max_size=5 if depth else 2)

    @st.composite
    def made(draw: st.DrawFn) -> object:
        chosen = sorted(draw(names) | required)
        simple = [name for name in chosen if depth or name in required or hints[name] in (str | None, int | None)]
        return of(**{name: draw(_values(hints[name], depth - 1)) for name in simple})

    return made()


DECLARATIONS = objects(model.Declaration, 4)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(DECLARATIONS)
def test_json_carries_every_declaration(declaration):
    assert wire.read(wire.canonical(declaration)).declaration == declaration
    assert wire.read(wire.write(declaration, "json")).declaration == declaration


@SLOW
@given(DECLARATIONS)
def test_xml_carries_every_declaration(declaration):
    once = wire.read(wire.write(declaration, "wco")).declaration
    assert dataclasses.replace(once, extensions=()) == declaration
    assert wire.read(wire.write(once, "wco")).declaration == once


@SLOW
@given(
    st.binary(max_size=300)
    | st.binary(max_size=200).map(lambda tail: b"<Declaration>" + tail)
    | st.binary(max_size=200).map(lambda tail: b"<Response>" + tail)
)
def test_no_bytes_break_the_reader(content):
    try:
        wire.read_any(content)
    except wire.WireError as error:
        assert error.findings
