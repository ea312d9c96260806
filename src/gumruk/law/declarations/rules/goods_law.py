# SPDX-License-Identifier: Apache-2.0
"""What rules of goods read of a law, made ready once: rows by code prefix, rates by currency, plausible bounds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from gumruk.law.kernel import LEGAL_CONTEXT, UNITS
from gumruk.law.lawbook import Law
from gumruk.law.reference import Bounds, exchange_rate

Row = TypeVar("Row")
DIGITS_MAX = 20
CODES_KEPT_MAX = 4096


class Nearest(Generic[Row]):
    """Rows by name (a table, a unit) and commodity code prefix: of each name, the longest prefix of a code has it.

    What was looked up is kept, so that a code is looked up once.
    """

    def __init__(self, rows: Mapping[str, Mapping[str, Row]]) -> None:
        self.rows = rows
        self._chosen: dict[str, tuple[tuple[str, Row], ...]] = {}

    def of(self, code: str) -> tuple[tuple[str, Row], ...]:
        """For each name that has any, the row of the longest prefix of this code; the empty prefix is every code."""
        found = self._chosen.get(code)
        if found is None:
            prefixes = [code[:length] for length in range(len(code), -1, -1)]
            nearest = ((name, next((rows[p] for p in prefixes if p in rows), None)) for name, rows in self.rows.items())
            found = tuple((name, row) for name, row in nearest if row is not None)
            if len(self._chosen) < CODES_KEPT_MAX:
                self._chosen[code] = found
        return found


class Plausible(NamedTuple):
    """What one unit of such goods costs, in a currency, and weighs, in kilograms, in anybody's experience."""

    price: Bounds
    currency: str
    mass_kg: Bounds


def plausible(law: Law) -> Nearest[Plausible]:
    """Table `plausible` by unit: what goods of a code prefix cost and weigh."""
    units: dict[str, dict[str, Plausible]] = {}
    for key, entry in law.table("plausible").items():
        code, _, unit = key.partition(".")
        ends = (entry.fields.get(name) for name in ("price_least", "price_most", "mass_least_kg", "mass_most_kg"))
        low, high, light, heavy = (end if isinstance(end, Decimal) else None for end in ends)
        row = Plausible(Bounds(low, high), str(entry.fields.get("currency")), Bounds(light, heavy))
        units.setdefault(unit, {})[code] = row
    return Nearest(units)


def factors(law: Law) -> Mapping[str, Decimal]:
    """What one unit of each currency costs in the country's own, by the law of an exchange rate's moment."""
    own = law.value("currency")
    found = {str(own): Decimal(1)} if own else {}
    for currency in law.table("exchange_rates"):
        rate = exchange_rate(law, currency)
        if rate is not None:
            found[currency] = rate[0].factor
    return found


def pairs(law: Law) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Code lists whose codes are pairs (`MED.911`): by list and first part, the second parts."""
    lists: dict[str, dict[str, set[str]]] = {}
    for key in law.table("codes"):
        name, _, pair = key.partition(".")
        first, dot, second = pair.partition(".")
        if dot:
            lists.setdefault(name, {}).setdefault(first, set()).add(second)
    return {name: {first: frozenset(held) for first, held in rows.items()} for name, rows in lists.items()}


def countable(value: Decimal | None) -> bool:
    """Whether a number can be computed with: finite, above zero, of an ordinary size (DEC-29 tells of others)."""
    return value is not None and value.is_finite() and value > 0 and -DIGITS_MAX < value.adjusted() < DIGITS_MAX


def product(*numbers: Decimal) -> Decimal:
    """The product of countable numbers, as closely as a comparison needs it."""
    result = Decimal(1)
    for number in numbers:
        result = COMPARING.multiply(result, number)
    return result


COMPARING = LEGAL_CONTEXT.copy()
COMPARING.clear_traps()


def in_unit(quantities: Mapping[str, Decimal], unit: str) -> Decimal | None:
    """The quantity in a unit, from any stated unit of its kind; None where none is stated or it is not countable."""
    wanted = UNITS.get(unit)
    for code, value in quantities.items():
        held = UNITS.get(code)
        if held is not None and wanted is not None and held.measures == wanted.measures and countable(value):
            return COMPARING.divide(product(value, held.factor), wanted.factor)
    return None
