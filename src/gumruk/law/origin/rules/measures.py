# SPDX-License-Identifier: Apache-2.0
"""Percentages, what they are of, and the value contents, as rules of origin word them."""

from __future__ import annotations

import re
from decimal import Decimal

from gumruk.law.origin.rules.tree import Choice, Content, Rule

NUMBER = r"\d{1,3}(?:[.,]\d{1,4})?"
PERCENT = rf"(?P<most>{NUMBER})\s*(?:%|per\s?cent)"
_THE_PRODUCT = r"(?:the )?(?:final |finished |printed )?(?:products?|goods?|set|article|fabric)"
OF_PRODUCT = rf"(?: of {_THE_PRODUCT})?"
BASE = (
    r"(?:either )?(?:the )?(?:value of (?:the )?)?(?:customs )?(?:ex[- ]*works?|transaction|free[- ]on[- "
    r"]board|fob|net cost|"
    rf"\(?exw\)?|price|value|cost|or|the| |\(fob\))+(?: of {_THE_PRODUCT})?"
)
_BASES = (
    (re.compile(r"ex[- ]*works?|exw", re.I), "ex_works"),
    (re.compile(r"free[- ]on[- ]board|fob", re.I), "fob"),
    (re.compile(r"transaction", re.I), "transaction"),
    (re.compile(r"net cost", re.I), "net_cost"),
    (re.compile(r"customs value", re.I), "transaction"),
    (re.compile(r"value of (?:the )?(?:product|good)", re.I), "good_value"),
)
_METHODS = (
    (re.compile(r"build-?up(?: method)? or (?:the )?build-?down", re.I), "any"),
    (re.compile(r"build-?up", re.I), "build_up"),
    (re.compile(r"build-?down", re.I), "build_down"),
    (re.compile(r"net cost", re.I), "net_cost"),
    (re.compile(r"focused", re.I), "focused"),
)


def number_of(text: str) -> Decimal | None:
    """A percentage, with a decimal point or comma; None above 100."""
    number = Decimal(text.replace(",", "."))
    return number if number <= 100 else None


def bases_of(phrase: str) -> tuple[str, ...]:
    """What a percentage is of; () where the phrase names nothing that is known."""
    return tuple(dict.fromkeys(base for pattern, base in _BASES if pattern.search(phrase)))


def method_of(phrase: str) -> str:
    """The method of a value content; "" where the phrase names none."""
    return next((method for pattern, method in _METHODS if pattern.search(phrase)), "")


def contents(found: list[Content]) -> Rule:
    """Value contents of which the exporter takes one."""
    return found[0] if len(found) == 1 else Choice(tuple(found))
