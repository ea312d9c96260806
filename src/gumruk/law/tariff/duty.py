# SPDX-License-Identifier: Apache-2.0
"""A duty text as the expression that computes it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from gumruk.law.expression import Node
from gumruk.law.tariff.duties import Duty, duty_node, read_duty
from gumruk.law.tariff.duties.tree import AtLeast, AtMost, Either, Specific, Sum

#: Different texts of a tariff that are kept read: a whole tariff has a few hundred.
TEXTS_MAX = 4096
#: Parts of the goods whose measure a declaration states as the goods' own: cubic centimetres of a vehicle's engine.
STATED_AS_WHOLE = {("CMQ", "of engine capacity")}


@lru_cache(maxsize=TEXTS_MAX)
def parse_duty(text: str) -> Node:
    """The expression of a duty text. Raises DutyError with the place and the reason; never a guess.

    >>> from gumruk.law.expression import render
    >>> render(parse_duty("10% min 0.12 EUR/kg"))
    'max(value * 0.10, quantity.KGM * 0.12 * fx.EUR)'
    """
    return duty_node(_as_stated(read_duty(text)))


def _as_stated(duty: Duty) -> Duty:
    """The same duty, counted by what a declaration states."""
    if isinstance(duty, Specific) and (duty.unit, duty.basis) in STATED_AS_WHOLE:
        return replace(duty, basis="")
    if isinstance(duty, Sum):
        return replace(duty, left=_as_stated(duty.left), right=_as_stated(duty.right))
    if isinstance(duty, AtLeast):
        return AtLeast(_as_stated(duty.duty), _as_stated(duty.floor))
    if isinstance(duty, AtMost):
        return replace(duty, duty=_as_stated(duty.duty), cap=_as_stated(duty.cap))
    if isinstance(duty, Either):
        return replace(duty, first=_as_stated(duty.first), second=_as_stated(duty.second))
    return duty
