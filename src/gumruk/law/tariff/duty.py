# SPDX-License-Identifier: Apache-2.0
"""A duty text as the expression that computes it."""

from __future__ import annotations

from gumruk.law.expression import Node
from gumruk.law.tariff.duties import duty_node, read_duty


def parse_duty(text: str) -> Node:
    """The expression of a duty text. Raises DutyError with the place and the reason; never a guess.

    >>> from gumruk.law.expression import render
    >>> render(parse_duty("10% min 0.12 EUR/kg"))
    'max(value * 0.10, quantity.KGM * 0.12 * fx.EUR)'
    """
    return duty_node(read_duty(text))
