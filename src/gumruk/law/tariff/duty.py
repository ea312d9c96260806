# SPDX-License-Identifier: Apache-2.0
"""A duty as tariffs print it, read into the expression language's tree.

`10%`, `0.12 EUR/kg`, `10% min 0.12 EUR/kg` (the greater), `10% max 2 EUR/l` (the lesser), `5% + 2 EUR/100kg` (the sum),
`free`. Parts are applied from left to right, as TARIC defines them. The tree's fields are `value` (the base, in the
country's currency), `quantity.<base unit>` and `fx.<currency>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, Inexact

from gumruk.law.expression import Binary, Call, Field, Node, Number
from gumruk.law.kernel import LEGAL_CONTEXT, UNITS
from gumruk.law.tariff.vocabulary import BASE_OF

LENGTH_MAX = 200

# How tariffs write units, beside the Rec 20 codes themselves. EU, EAEU and US tariffs, and our own packs.
SYMBOLS = {
    "kg": "KGM",
    "g": "GRM",
    "t": "TNE",
    "l": "LTR",
    "hl": "HLT",
    "m": "MTR",
    "m2": "MTK",
    "m3": "MTQ",
    "cm3": "CMQ",
    "u": "C62",
    "pc": "C62",
    "pcs": "C62",
    "item": "C62",
    "items": "C62",
    "pair": "PR",
    "pairs": "PR",
    "kwh": "KWH",
    "mwh": "MWH",
}

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<percent>%)|(?P<operator>[+\-/])|(?P<word>[A-Za-z][A-Za-z0-9]*))",
    re.ASCII,
)


class DutyError(Exception):
    """A duty text that cannot be read: a code, the position in the text (from 0) and the parameters of the message."""

    def __init__(self, code: str, position: int, params: Mapping[str, str]) -> None:
        super().__init__(f"{code} at {position}: {dict(params)}")
        self.code, self.position, self.params = code, position, params


def parse_duty(text: str) -> Node:
    """The tree of a duty text. Raises DutyError with the place and the reason; never a guess.

    >>> from gumruk.law.expression import render
    >>> render(parse_duty("10% min 0.12 EUR/kg"))
    'max(value * 0.10, quantity.KGM * 0.12 * fx.EUR)'
    """
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > LENGTH_MAX:
            raise DutyError("DUTY-1", LENGTH_MAX, {"most": str(LENGTH_MAX)})
        self.tokens: list[tuple[str, str, int]] = []
        place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if found is None:
                raise DutyError("DUTY-2", place, {"found": text[place : place + 20].strip()})
            kind = found.lastgroup or ""
            self.tokens.append((kind, found.group(kind), found.start(kind)))
            place = found.end()
        self.at = 0

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        place = self.at + ahead
        return self.tokens[place][:2] if place < len(self.tokens) else ("end", "")

    def take(self, kind: str, wanted: str) -> str:
        found, value = self.peek()
        if found != kind:
            position = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
            raise DutyError("DUTY-3", position, {"wanted": wanted, "found": value or "-"})
        self.at += 1
        return value

    def whole(self) -> Node:
        if self.peek() == ("word", "free") or (self.peek()[0] == "word" and self.peek()[1].lower() == "free"):
            self.at += 1
            node: Node = Binary("*", Field("value"), Number(Decimal(0)))
        else:
            node = self.component()
        while self.peek()[0] != "end":
            kind, word = self.peek()
            if kind == "operator" and word in "+-":
                self.at += 1
                node = Binary(word, node, self.component())
            elif kind == "word" and word.lower() in ("min", "max"):
                self.at += 1
                # "10% min X" bears at least X: the greater of the two; "max" bears at most X: the lesser.
                node = Call("max" if word.lower() == "min" else "min", (node, self.component()))
            else:
                self.take("operator", "+ - min max")
        return node

    def component(self) -> Node:
        number = Decimal(self.take("number", "number"))
        if self.peek()[0] == "percent":
            self.at += 1
            return Binary("*", Field("value"), Number(number.scaleb(-2)))
        currency = self.take("word", "% / currency")
        if not (len(currency) == 3 and currency.isupper()):
            raise DutyError("DUTY-4", self.tokens[self.at - 1][2], {"found": currency})
        if self.peek() != ("operator", "/"):
            self.take("operator", "/")
        self.at += 1
        per = Decimal(self.take("number", "number")) if self.peek()[0] == "number" else Decimal(1)
        unit = self.unit()
        return Binary(
            "*",
            Binary("*", Field(f"quantity.{BASE_OF[unit]}"), self.per_base_unit(number, per, unit)),
            Field(f"fx.{currency}"),
        )

    def unit(self) -> str:
        word = self.take("word", "unit")
        code = word if word in BASE_OF else SYMBOLS.get(word.lower(), "")
        if code not in BASE_OF:
            raise DutyError("DUTY-5", self.tokens[self.at - 1][2], {"unit": word})
        return code

    def per_base_unit(self, number: Decimal, per: Decimal, unit: str) -> Number:
        try:
            return Number(LEGAL_CONTEXT.divide(number, LEGAL_CONTEXT.multiply(per, UNITS[unit].factor)))
        except (Inexact, ZeroDivisionError):
            raise DutyError("DUTY-6", 0, {"per": f"{per:f}", "unit": unit}) from None
