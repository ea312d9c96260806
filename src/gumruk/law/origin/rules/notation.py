# SPDX-License-Identifier: Apache-2.0
"""Reads our notation of a rule (printed.py) back into its tree; a field that does not belong is refused."""

from __future__ import annotations

import re
from dataclasses import MISSING
from decimal import Decimal
from typing import Any

from gumruk.law.origin.rules.error import RuleError
from gumruk.law.origin.rules.printed import WORDS, usual
from gumruk.law.origin.rules.tree import BASES, LEVELS, METHODS, Goods, Rule, Span

_START = re.compile(r"\s*(?:" + "|".join(WORDS) + r")\(")
_WORD = re.compile(r"\s*([a-z_]+)\s*\(")
_FIELD = re.compile(r"\s*([a-z_]+)\s*=\s*")
_NUMBER = re.compile(r"\s*(\d{1,3}(?:\.\d{1,6})?)(?![\d-])")
_SPAN = re.compile(r"\s*(\d{2}|\d{4}|\d{6})(?:-(\d{2}|\d{4}|\d{6}))?(?!\d)")
_NAME = re.compile(r"\s*([^\W\d]\w*)(?![\w(])")
_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"')
_COMMA, _OPEN, _CLOSE, _END = (re.compile(rf"\s*{sign}") for sign in (",", r"\[", r"\]", r"\)"))
_DEPTH_MAX = 40
#: What each field holds; a bracketed list is of that.
_NUMBERS = {"most", "least"}
_FLAGS = {"product", "stages", "each", "above", "other"}
_GOODS = {"goods", "of", "excluded", "including", "but"}
_CHOICES = {"level": (*LEVELS, ""), "method": METHODS, "same": ("chapter", "heading", "subheading", ""), "bases": BASES}


def is_notation(text: str) -> bool:
    """Whether a text is written in the notation: it starts with one of its words and a bracket."""
    return _START.match(text) is not None


def read_notation(text: str) -> Rule:
    """The tree of a rule in the notation. Raises RuleError ROO-7 where it does not follow it."""
    reader = _Reader(text)
    rule: Rule = reader.node(0)
    if text[reader.at :].strip():
        raise reader.wrong()
    return rule


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def wrong(self) -> RuleError:
        """The error at this place."""
        found = self.text[self.at : self.at + 40].strip()
        return RuleError("ROO-7", self.at, {"found": found or "-"})

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What the pattern finds here, and pass over it."""
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def node(self, depth: int) -> Any:
        """A word and its fields."""
        start = self.at
        found = self.take(_WORD)
        if found is None or found[1] not in WORDS or depth > _DEPTH_MAX:
            self.at = start
            raise self.wrong()
        kind = WORDS[found[1]]
        names = usual(kind)
        needed = [name for name, default in names.items() if default is MISSING]
        given: dict[str, Any] = {}
        while not self.take(_END):
            if given and not self.take(_COMMA):
                raise self.wrong()
            named = self.take(_FIELD)
            name = named[1] if named is not None else next((one for one in names if one not in given), "")
            if name not in names or name in given:
                raise self.wrong()
            given[name] = self.field(name, depth)
        if any(name not in given for name in needed):
            raise self.wrong()
        return kind(**given)

    def field(self, name: str, depth: int) -> Any:
        """The value of a field, of the kind that the field holds."""
        if name in _NUMBERS:
            number = self.take(_NUMBER)
            if number is None or (value := Decimal(number[1])) > 100:
                raise self.wrong()
            return value
        if name in _GOODS or name in ("spans", "rules", "bases"):
            return self.listed(name, depth)
        if name in ("rule", "limit"):
            return self._rule(depth)
        word = self._word()
        if name in _FLAGS:
            if word not in ("yes", "no"):
                raise self.wrong()
            return word == "yes"
        if name in _CHOICES and word not in _CHOICES[name]:
            raise self.wrong()
        return word

    def listed(self, name: str, depth: int) -> tuple[Any, ...]:
        """A list in square brackets."""
        if not self.take(_OPEN):
            raise self.wrong()
        values: list[Any] = []
        while not self.take(_CLOSE):
            if values and not self.take(_COMMA):
                raise self.wrong()
            if name == "rules":
                values.append(self._rule(depth))
            elif name == "bases":
                values.append(self.field("base", depth))
                if values[-1] not in BASES:
                    raise self.wrong()
            elif (found := self.take(_SPAN)) is not None:
                span = self._span(found)
                values.append(span if name == "spans" else Goods((span,)))
            else:
                one = self.node(depth + 1)
                if name == "spans" or not isinstance(one, Goods):
                    raise self.wrong()
                values.append(one)
        return tuple(values)

    def _rule(self, depth: int) -> Any:
        one = self.node(depth + 1)
        if isinstance(one, Goods):
            raise self.wrong()
        return one

    def _span(self, found: re.Match[str]) -> Span:
        last = found[2] or found[1]
        if len(last) != len(found[1]) or last < found[1]:
            raise self.wrong()
        return Span(found[1], last)

    def _word(self) -> str:
        if (quoted := self.take(_QUOTED)) is not None:
            return re.sub(r"\\(.)", r"\1", quoted[1], flags=re.DOTALL)
        if (name := self.take(_NAME)) is not None:
            return name[1]
        raise self.wrong()
