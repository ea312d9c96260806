# SPDX-License-Identifier: Apache-2.0
"""From tokens to the tree: one pass, by binding power."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from gumruk.law.expression.error import ExpressionError
from gumruk.law.expression.tokens import KEYWORDS, Token, TokenKind, tokenize
from gumruk.law.expression.tree import (
    COMPARISONS,
    DEPTH_MAX,
    DIGITS_MAX,
    SCALE_MAX,
    Binary,
    Boolean,
    Call,
    Day,
    Field,
    In,
    Negate,
    Node,
    Not,
    Number,
    Text,
    bounded,
)

# How strongly each operator binds, weakest first; comparisons do not chain.
OR, AND, NOT, COMPARISON, SUM, PRODUCT, UNARY = range(1, 8)
BINDING = {
    "or": OR,
    "and": AND,
    **dict.fromkeys(COMPARISONS, COMPARISON),
    "in": COMPARISON,
    "+": SUM,
    "-": SUM,
    "*": PRODUCT,
}

_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse(source: str) -> Node:
    """The tree of a source text. Raises ExpressionError; never anything else, whatever the text."""
    return bounded(_Parser(tokenize(source)).whole())


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0  # of the tree: operands within operands
        self._brackets = 0  # of the text: brackets within brackets

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, text: str, ahead: int = 0) -> bool:
        token = self._tokens[min(self._at + ahead, len(self._tokens) - 1)]
        return token.text == text and token.kind in (TokenKind.SYMBOL, TokenKind.NAME)

    def _unexpected(self) -> ExpressionError:
        token = self._next
        if token.kind is TokenKind.END:
            return ExpressionError("expression.unexpected_end", token.position)
        return ExpressionError("expression.unexpected_token", token.position, {"token": token.text})

    def _expect(self, text: str) -> None:
        if not self._is(text):
            if self._next.kind is TokenKind.END:
                raise ExpressionError("expression.missing_token", self._next.position, {"token": text})
            raise self._unexpected()
        self._at += 1

    def whole(self) -> Node:
        node = self._expression(OR)
        if self._next.kind is not TokenKind.END:
            raise self._unexpected()
        return node

    def _deeper(self, minimum: int) -> Node:
        """An operand, one level down: the parser never recurses deeper than a tree may be."""
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise ExpressionError("expression.too_deep", self._next.position, {"limit": str(DEPTH_MAX)})
        node = self._expression(minimum)
        self._depth -= 1
        return node

    def _expression(self, minimum: int) -> Node:
        left = self._operand(minimum)
        while True:
            token = self._next
            negated = self._is("not") and self._is("in", ahead=1)
            binding = COMPARISON if negated else self._binding(token)
            if binding == 0 or binding < minimum:
                return left
            self._at += 2 if negated else 1
            if negated or token.text == "in":
                left = In(left, self._choices(), position=token.position)
                left = Not(left, position=token.position) if negated else left
            else:
                left = Binary(token.text, left, self._deeper(binding + 1), position=token.position)
            if binding == COMPARISON and self._compares():
                raise ExpressionError("expression.chained_comparison", self._next.position)

    def _binding(self, token: Token) -> int:
        operator = token.kind in (TokenKind.SYMBOL, TokenKind.NAME)
        return BINDING.get(token.text, 0) if operator else 0

    def _compares(self) -> bool:
        return self._binding(self._next) == COMPARISON or (self._is("not") and self._is("in", ahead=1))

    def _operand(self, minimum: int) -> Node:
        token = self._next
        if token.kind is TokenKind.NUMBER:
            return self._number()
        if token.kind is TokenKind.TEXT:
            return Text(self._take().text, position=token.position)
        if token.kind is TokenKind.NAME:
            return self._named(minimum)
        if self._is("-"):
            self._at += 1
            return Negate(self._deeper(UNARY), position=token.position)
        if self._is("("):
            self._open()
            node = self._expression(OR)
            self._close(")")
            return node
        raise self._unexpected()

    def _open(self) -> None:
        self._brackets += 1
        if self._brackets > DEPTH_MAX:
            raise ExpressionError("expression.too_deep", self._next.position, {"limit": str(DEPTH_MAX)})
        self._at += 1

    def _close(self, bracket: str) -> None:
        self._expect(bracket)
        self._brackets -= 1

    def _number(self) -> Number:
        token = self._take()
        whole, _, fraction = token.text.partition(".")
        if len(whole.lstrip("0")) + len(fraction) > DIGITS_MAX or len(fraction) > SCALE_MAX:
            params = {"digits": str(DIGITS_MAX), "scale": str(SCALE_MAX)}
            raise ExpressionError("expression.number_too_long", token.position, params)
        return Number(Decimal(token.text), position=token.position)

    def _named(self, minimum: int) -> Node:
        token = self._next
        if token.text in ("true", "false"):
            self._at += 1
            return Boolean(token.text == "true", position=token.position)
        if token.text == "not" and minimum <= NOT:
            self._at += 1
            return Not(self._deeper(NOT), position=token.position)
        if token.text in KEYWORDS:
            raise self._unexpected()
        self._at += 1
        if not self._is("("):
            return Field(token.text, position=token.position)
        if "." in token.text:
            raise ExpressionError(
                "expression.unknown_function", token.position, {"name": token.text, "nearest": "\N{EM DASH}"}
            )
        return self._day(token) if token.text == "date" else self._call(token)

    def _call(self, name: Token) -> Call:
        self._open()
        arguments: list[Node] = []
        if not self._is(")"):
            arguments.append(self._deeper(OR))
            while self._is(","):
                self._at += 1
                arguments.append(self._deeper(OR))
        self._close(")")
        return Call(name.text, tuple(arguments), position=name.position)

    def _day(self, name: Token) -> Day:
        self._expect("(")
        token = self._next
        if token.kind is not TokenKind.TEXT:
            raise ExpressionError("expression.bad_date", token.position, {"text": token.text})
        self._at += 1
        self._expect(")")
        try:
            if not _ISO_DAY.fullmatch(token.text):
                raise ValueError
            return Day(date.fromisoformat(token.text), position=name.position)
        except ValueError:
            raise ExpressionError("expression.bad_date", token.position, {"text": token.text}) from None

    def _choices(self) -> tuple[Node, ...]:
        if not self._is("["):
            raise ExpressionError("expression.list_expected", self._next.position)
        self._at += 1
        choices = [self._choice()]
        while self._is(","):
            self._at += 1
            choices.append(self._choice())
        self._expect("]")
        return tuple(choices)

    def _choice(self) -> Node:
        token = self._next
        if self._is("-") and self._tokens[self._at + 1].kind is TokenKind.NUMBER:
            self._at += 1
            return Negate(self._number(), position=token.position)
        if token.kind is TokenKind.NUMBER:
            return self._number()
        if token.kind is TokenKind.TEXT:
            return Text(self._take().text, position=token.position)
        if self._is("date") and self._is("(", ahead=1):
            return self._day(self._take())
        if token.kind is TokenKind.END:
            raise self._unexpected()
        raise ExpressionError("expression.choice_expected", token.position, {"token": token.text})
