# SPDX-License-Identifier: Apache-2.0
"""One rate: terms, their sums and differences, floors and caps.

Clauses are sums; MIN and MAX stand between clauses and are applied from left to right, as TARIC defines them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from gumruk.law.tariff.duties.error import DutyError
from gumruk.law.tariff.duties.scanner import DutyScanner
from gumruk.law.tariff.duties.tree import (
    AtLeast,
    AtMost,
    Component,
    Duty,
    Either,
    Free,
    Nothing,
    Percent,
    Reference,
    Scaled,
    Specific,
    Sum,
)
from gumruk.law.tariff.duties.units import TARIC_UNITS, read_unit

DEPTH_MAX = 40


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FLOOR = _words(r",?\s*(?:min\b|but not less(?: than)?\b|но не менее\b)")
_CAP = _words(r",?\s*(?:max\b|(?:but not|or) more than\b|not exceeding\b|но не более\b)")
_CAP_WHERE = _words(r",\s*but if\s+(?P<where>.+?)\s+the total duty shall not exceed\s+")
_OR_LOWER = _words(r",\s*or,?\s*if (?P<which>lower|higher),?\s*")
_OR_RUSSIAN = _words(r",\s*либо\b")
_RUSSIAN_CHOICE = _words(
    r",\s*в зависимости от того,\s*какая из исчисленных сумм таможенной пошлины (?P<which>ниже|выше)"
)
_PLUS = _words(r"\+|,?\s*plus\b|,?\s*плюс\b|,\s*and\b(?=\s*[$\d])")
_MINUS = _words(r"[-−](?=\s)|less\b|minus\b|минус\b")
_FREE = re.compile(r"[Ff]ree(?![a-z])|FREE\b")
_FREE_UNDER = re.compile(r",\s*(?P<words>(?:under|for) [^;+]+)|\((?P<note>[Ss]ee [^()]*(?:\([^()]*\)[^()]*)*)\)")
_NOTHING = _words(r"NIHIL\b|No change\b\.?|No additional duty\b")
_COMPONENT = re.compile(r"(EA|ADSZ|ADFM|AC|SD|FD)(R\b|\s*\(reduced\)|\b)")
_COMPONENTS = {"AC": "EA", "SD": "ADSZ", "FD": "ADFM"}
_ENDS_REFERENCE = r"\s*\+|\s+(?:plus|minus|-)\s+\d|\s*(?-i:\(\s*[A-Z]{1,4}[*+]?\s*[,)])"
_REFERENCE = _words(rf"(?:see\b|the (?:duty|rate)\b|a duty (?:upon|\(in lieu))(?:(?!{_ENDS_REFERENCE}).)*")
_A_DUTY_OF = _words(r"a duty of\s+")
_PERCENT = re.compile(r"(?:\(ноль\)\s*)?%(?!\s*vol)|per\s?cent\b")
_OF_CUSTOMS_VALUE = _words(
    r"от таможенной стоимости|ad val(?:orem\b|\.)|(?:of|on) (?:the )?(?:customs )?value\b(?! of)"
)
_CENTS = re.compile(r"¢|cents?\b")
_CURRENCY = re.compile(r"(?P<code>[A-Z]{3})\b|(?P<euro>€|(?:евро|eur)\b)|(?P<dollar>(?:доллар(?:а|ов)? США|usd)\b)")
_WORD = re.compile(r"[A-Za-z]+")
_DOLLAR = re.compile(r"\$\s*")
_PER = _words(r"/|per\b|за\b")
_FOR_EACH = _words(
    r"for each\s+(?P<measure>(?:degree under [^,+]*?\(and fractions of a degree(?: in proportion)?\))"
    r"|(?:(?!\s+(?:but not less|but not more|or more than)\b)[^,+;])+)"
)
_ENDS_BASIS = (
    r"\s*(?:[+;(]|,|$|[-−]\s|(?:plus|less|but|min|max|MIN|MAX|From)\b)"
    r"|\s+[A-Z]{2,4}(?:\s*/\s*[A-Z]{2,4})*\s*(?=\$|\d|Free)"
)
_INSIDE_BASIS = r"\s*\(if any\)|, if any|, band or bracelet|, calculated on"
_BASIS = re.compile(rf"(?:,?\s*(?:on|of|upon|including)\b|TSS\b|LAL\b)(?:{_INSIDE_BASIS}|(?!{_ENDS_BASIS}).)*")


def sentence(scanner: DutyScanner, depth: int = 0) -> Duty:
    """Read a rate at the scanner's place. Raises DutyError."""
    if depth > DEPTH_MAX:
        raise scanner.wrong("DUTY-8")
    duty = _clause(scanner, depth)
    while not scanner.at_end():
        if scanner.take(_FLOOR):
            duty = AtLeast(duty, _clause(scanner, depth))
        elif scanner.take(_CAP):
            duty = AtMost(duty, _clause(scanner, depth))
        elif found := scanner.take(_CAP_WHERE):
            duty = AtMost(duty, _clause(scanner, depth), found["where"])
        elif found := scanner.take(_OR_LOWER):
            duty = Either(duty, sentence(scanner, depth + 1), found["which"].lower() == "higher")
        elif scanner.take(_OR_RUSSIAN):
            second = sentence(scanner, depth + 1)
            choice = scanner.take(_RUSSIAN_CHOICE)
            if choice is None:
                raise scanner.wrong("DUTY-3", wanted="какая … ниже / выше")
            duty = Either(duty, second, choice["which"].lower() == "выше")
        else:
            break
    return duty


def _clause(scanner: DutyScanner, depth: int) -> Duty:
    duty = _term(scanner, depth)
    while not scanner.at_end():
        if scanner.take(_PLUS):
            duty = Sum(duty, _term(scanner, depth))
        elif scanner.take(_MINUS):
            duty = Sum(duty, _term(scanner, depth), minus=True)
        else:
            break
    return duty


def _term(scanner: DutyScanner, depth: int) -> Duty:
    scanner.take(_A_DUTY_OF)
    if scanner.take(_FREE):
        under = scanner.take(_FREE_UNDER)
        return Free() if under is None else Free((under["words"] or under["note"]).strip(" ."))
    if found := scanner.take(_NOTHING):
        return Nothing(found[0].strip(" ."))
    if found := scanner.take(_COMPONENT):
        reduced = "R" if found[2] else ""
        return Component(_COMPONENTS.get(found[1], found[1]) + reduced)
    if found := scanner.take(_REFERENCE):
        return Reference(found[0].strip(" ."))
    return _amount(scanner)


def _amount(scanner: DutyScanner) -> Duty:
    dollars = scanner.take(_DOLLAR) is not None
    number = scanner.number()
    if number is None:
        raise scanner.wrong("DUTY-3", wanted="number")
    if dollars:
        return _specific(scanner, number, scanner.dollar)
    if scanner.take(_PERCENT):
        return Percent(number) if scanner.take(_OF_CUSTOMS_VALUE) else Percent(number, _basis(scanner))
    if scanner.take(_CENTS):
        return _specific(scanner, number.scaleb(-2), scanner.dollar)
    if found := scanner.take(_CURRENCY):
        code = found["code"] or ("EUR" if found["euro"] else "USD")
        if code in TARIC_UNITS and code != "EUR":
            raise DutyError("DUTY-4", found.start(), {"found": code})
        return _specific(scanner, number, code)
    if scanner.look(_PER) and not scanner.cyrillic:
        return _specific(scanner, number, scanner.dollar)  # Australia: "5%, and 107.99 /L of alcohol"
    if scanner.cyrillic or scanner.at_end():
        return Percent(number)  # the Eurasian tariff: a bare number is per cent of the customs value
    raise scanner.wrong("DUTY-4" if scanner.look(_WORD) else "DUTY-3", wanted="% / currency")


def _specific(scanner: DutyScanner, amount: Decimal, currency: str) -> Duty:
    asked = scanner.take(_PER) is not None
    found = read_unit(scanner.text, scanner.at)
    if found is None and asked:
        raise scanner.wrong("DUTY-5", unit=scanner.text[scanner.at : scanner.at + 20].strip() or "-")
    if found is None:
        duty: Duty = Specific(amount, currency)
    else:
        counted, scanner.at = found
        scanner.skip()
        basis = counted.basis or _basis(scanner)
        duty = Specific(amount, currency, counted.unit, counted.per, counted.qualifiers, basis)
    each = scanner.take(_FOR_EACH)
    return duty if each is None else Scaled(duty, each["measure"].strip())


def _basis(scanner: DutyScanner) -> str:
    found = scanner.take(_BASIS)
    return "" if found is None else re.sub(r"\s+", " ", found[0]).strip(" .")
