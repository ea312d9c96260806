# SPDX-License-Identifier: Apache-2.0
"""What a rule is, what it may look at, and what it says.

What a law decides about a rule is never here: its grade, its number (a limit, a tolerance, days) and whether it is
asked at all stand in the pack's table `checks`, code lists in `codes`, forms of identifiers in `values` (`form.…`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from re import Pattern
from typing import NamedTuple

from gumruk.law.declarations.reading import ItemReading, Reading
from gumruk.law.kernel import Severity
from gumruk.law.lawbook import Law, Legal
from gumruk.law.reference import CodeLists, code_lists
from gumruk.law.reference.forms import read_form

OFF = "off"
"""The grade of a rule that the law does not ask."""

GRADES = (*(severity.value for severity in Severity), OFF)
_FORM_PREFIX = "form."


class Grounded(NamedTuple):
    """A fault whose weight and act come from a row of the law rather than from the rule."""

    place: str
    params: Mapping[str, str]
    severity: Severity
    act: str | None


# What a rule yields for each thing that is wrong: where (below the subject's own path), and the text's parameters.
Fault = tuple[str, Mapping[str, str]] | Grounded


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may look at besides the declaration: the law of its moments, code lists, and the day of lodging."""

    legal: Legal
    lists: CodeLists
    lodged_on: date

    @property
    def law(self) -> Law:
        """The law of the registration: what rules are read from. What is built of it once is kept by `law.made`."""
        return self.legal.of("registration")

    @property
    def country(self) -> str:
        """The country whose law this is: ISO 3166."""
        return self.legal.book.country

    def number(self, code: str) -> Decimal | None:
        """The number that the law gives to a rule: a limit, a tolerance, days. None: it gives none."""
        return self.law.made(_numbers).get(code)

    def codes(self, name: str) -> frozenset[str]:
        """A list of the table `codes`, as it stands on the day; empty where the law keeps no such list."""
        return self.law.made(code_lists).get(name, frozenset())

    def allows(self, name: str, code: str | None) -> bool:
        """Whether a list holds a code. A list that the law does not keep refuses nothing."""
        codes = self.codes(name)
        return not codes or code in codes

    def form(self, name: str) -> Pattern[str] | None:
        """How an identifier is written (`n9`, `an..35`), from the value `form.<name>`; None where it is unknown."""
        return self.law.made(_forms).get(name)


def _numbers(law: Law) -> Mapping[str, Decimal]:
    rows = ((code, entry.fields.get("number")) for code, entry in law.table("checks").items())
    return {code: number for code, number in rows if isinstance(number, Decimal)}


def _forms(law: Law) -> Mapping[str, Pattern[str]]:
    texts = {key: entry.fields.get("value") for key, entry in law.table("values").items()}
    return {
        key.removeprefix(_FORM_PREFIX): read_form(text)
        for key, text in texts.items()
        if key.startswith(_FORM_PREFIX) and isinstance(text, str)
    }


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of law: its code, the act or source, how much it weighs, and the check itself.

    A `locked` rule is the law's core: without it nothing can be assessed. No country switches it off or lowers it.
    """

    code: str
    act: str
    severity: Severity
    check: Callable[..., Iterable[Fault]]
    each_item: bool
    locked: bool

    @property
    def meaning(self) -> str:
        """What the rule demands, in one sentence: the first line of its docstring."""
        return (self.check.__doc__ or "").strip().splitlines()[0]


DeclarationCheck = Callable[[Reading, Context], Iterable[Fault]]
ItemCheck = Callable[[ItemReading, Reading, Context], Iterable[Fault]]

# Every rule of every imported subject by code; `register.RULES` has them in their order.
DECLARED: dict[str, Rule] = {}


def _declare(rule: Rule) -> None:
    if rule.code in DECLARED:
        raise ValueError(f"two rules are called {rule.code}")
    DECLARED[rule.code] = rule


def rule(
    code: str, act: str, severity: Severity = Severity.ERROR, *, locked: bool = False
) -> Callable[[DeclarationCheck], DeclarationCheck]:
    """Declare a rule over the whole declaration."""

    def declared(check: DeclarationCheck) -> DeclarationCheck:
        _declare(Rule(code, act, severity, check, each_item=False, locked=locked))
        return check

    return declared


def item_rule(
    code: str, act: str, severity: Severity = Severity.ERROR, *, locked: bool = False
) -> Callable[[ItemCheck], ItemCheck]:
    """Declare a rule over each goods item."""

    def declared(check: ItemCheck) -> ItemCheck:
        _declare(Rule(code, act, severity, check, each_item=True, locked=locked))
        return check

    return declared
