# SPDX-License-Identifier: Apache-2.0
"""From characters to tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gumruk.law.expression.error import ExpressionError

SOURCE_LENGTH_MAX = 4_000
NAME_LENGTH_MAX = 100

# Text holds no control character, no half of a pair and no mark that turns the direction of reading: what an officer
# reads on the screen is what the rule compares with.
TEXT_FORBIDDEN = "\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u2028-\\u202e\\u2066-\\u2069"

NAME = "[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*"
KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})

_TOKEN = re.compile(
    "(?P<space>[ \\t\\r\\n]+)"
    "|(?P<number>[0-9]+(?:\\.[0-9]+)?(?![0-9A-Za-z_.]))"
    f"|(?P<name>{NAME}(?![A-Za-z0-9_.]))"
    f'|(?P<text>"(?:[^"\\\\{TEXT_FORBIDDEN}]|\\\\["\\\\])*")'
    "|(?P<symbol><=|>=|==|!=|[-+*<>()\\[\\],])"
)
_ESCAPE = re.compile('\\\\(["\\\\])')


class TokenKind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    TEXT = "text"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its text (of a text literal: what it says, unquoted) and where it begins."""

    kind: TokenKind
    text: str
    position: int


def tokenize(source: str) -> list[Token]:
    """All tokens of a source, closed by one of kind END. Raises ExpressionError."""
    if len(source) > SOURCE_LENGTH_MAX:
        raise ExpressionError("expression.source_too_long", SOURCE_LENGTH_MAX, {"limit": str(SOURCE_LENGTH_MAX)})
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _refusal(source, position)
        kind, text = str(match.lastgroup), match.group()
        if kind == "name" and len(text) > NAME_LENGTH_MAX:
            raise ExpressionError("expression.name_too_long", position, {"limit": str(NAME_LENGTH_MAX)})
        if kind == "text":
            text = _ESCAPE.sub("\\1", text[1:-1])
        if kind != "space":
            tokens.append(Token(TokenKind(kind), text, position))
        position = match.end()
    tokens.append(Token(TokenKind.END, "", len(source)))
    return tokens


# Characters that people bring along from other languages: each has its own answer.
_FOREIGN = {
    "/": "expression.division",
    "%": "expression.percent",
    "=": "expression.single_equals",
    '"': "expression.bad_text",
    "'": "expression.single_quote",
}


def _refusal(source: str, position: int) -> ExpressionError:
    character = source[position]
    if character.isascii() and (character.isdigit() or character == "."):
        return ExpressionError("expression.bad_number", position)
    if character.isascii() and (character.isalpha() or character == "_"):
        return ExpressionError("expression.bad_name", position)
    if character in _FOREIGN:
        return ExpressionError(_FOREIGN[character], position)
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return ExpressionError("expression.bad_character", position, {"character": shown})
