# SPDX-License-Identifier: Apache-2.0
"""Checks of a pack's expressions and duty texts, against the fields that they may speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from gumruk.law.assessment import currencies_of, declaration_vocabulary, item_vocabulary, law_fields
from gumruk.law.assessment.vocabulary import LAW_VALUE
from gumruk.law.expression import ExpressionError, Kind, Vocabulary, check
from gumruk.law.kernel import ExchangeRate
from gumruk.law.lawbook import LawBook
from gumruk.law.tariff import DutyError, parse_duty
from gumruk.law.tariff.vocabulary import EXCHANGE
from gumruk.packs.faults import Fault
from gumruk.packs.rows import Placed
from gumruk.packs.schema import TABLES, Type

_RESULTS = {"number": Kind.NUMBER, "boolean": Kind.BOOLEAN}
#: Tables whose rows become fields: law values, earlier charges, currencies.
_FIELD_TABLES = {"values", "charges", "exchange_rates"}
SHOWN_MAX = 120


def rule_faults(tables: Mapping[str, Sequence[Placed]], broken: Collection[str]) -> list[Fault]:
    """Every expression that does not type-check and every duty that cannot be read.

    Where a table that fields come from is itself broken, an unknown field is not reported: it may stand in a bad row.
    """
    book = LawBook("", (placed.entry for rows in tables.values() for placed in rows))
    currencies, law = currencies_of(book), law_fields(book)
    hidden = bool(_FIELD_TABLES & set(broken))
    faults: list[Fault] = []
    duty_texts = _DutyTexts(currencies)
    later = {f"charge.{placed.entry.fields['name']}": str(placed.row.line) for placed in tables.get("charges", ())}
    for placed in (*tables.get("values", ()), *tables.get("exchange_rates", ())):
        faults += _number_faults(placed)
    for name, rows in tables.items():
        expressions = [column for column in TABLES[name].fields if column.type is Type.EXPRESSION]
        duties = [column.name for column in TABLES[name].fields if column.type is Type.DUTY]
        for placed in rows:
            for column in duties:
                faults += duty_texts.faults(placed, column)
            vocabulary = _vocabulary(placed, tables, currencies, law) if expressions else {}
            for each in expressions:
                faults += _expression(placed, each.name, vocabulary, _RESULTS[each.result], later)
    return [each for each in faults if not (hidden and each.params.get("reason") == "expression.unknown_field")]


def _number_faults(placed: Placed) -> Iterator[Fault]:
    """A number that an expression reads must fit its field; a rate is quoted per 1, 10, 100 ... units, above zero."""
    row, fields = placed.row, placed.entry.fields
    bounds, column, value = LAW_VALUE, "value", fields.get("value")
    if placed.entry.table == "exchange_rates":
        bounds, column, value, per = EXCHANGE, "amount", fields.get("amount"), fields.get("per")
        if isinstance(value, Decimal) and value <= 0:
            yield Fault(row.file, row.line_of(column), "not_above_zero", {"column": column, "found": str(value)})
            return
        if isinstance(per, int) and str(per).strip("0") != "1":
            yield Fault(row.file, row.line_of("per"), "bad_per", {"column": "per", "found": str(per)})
            return
        if isinstance(value, Decimal) and isinstance(per, int):
            value = ExchangeRate(placed.entry.key, value, per).factor
    if not isinstance(value, Decimal):
        return
    scale = max(0, -int(value.as_tuple().exponent))
    if scale > bounds.scale or value.copy_abs() >= Decimal(10) ** bounds.whole:
        params = {"column": column, "found": f"{value:f}"[:60], "scale": str(bounds.scale), "whole": str(bounds.whole)}
        yield Fault(row.file, row.line_of(column), "number_too_long", params)


def _vocabulary(
    placed: Placed, tables: Mapping[str, Sequence[Placed]], currencies: frozenset[str], law: Mapping[str, str]
) -> Vocabulary:
    """What this row may speak of. A charge sees the charges that are computed before it."""
    fields = placed.entry.fields
    whole = fields.get("level") == "declaration"
    order = fields.get("order")
    charges = [
        str(other.entry.fields["name"])
        for other in tables.get("charges", ())
        if order is None or _number(other.entry.fields.get("order")) < _number(order)
    ]
    return (declaration_vocabulary if whole else item_vocabulary)(currencies, law, charges)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _expression(
    placed: Placed, column: str, vocabulary: Vocabulary, expect: Kind, later: Mapping[str, str]
) -> Iterator[Fault]:
    """The fault of an expression. A charge that it names is there, but is not computed before it: a wrong order, or a
    cycle of charges; `later` holds the charges of the pack with their lines."""
    source = placed.entry.fields.get(column)
    if not isinstance(source, str):
        return
    try:
        check(source, vocabulary, expect)
    except ExpressionError as error:
        name = error.params.get("name", "") if error.code == "expression.unknown_field" else ""
        if name in later:
            told = {"column": column, "name": name, "other": later[name], "source": source[:SHOWN_MAX]}
            yield Fault(placed.row.file, placed.row.line_of(column), "charge_later", told)
        else:
            yield _fault(placed, column, "bad_expression", source, error)


class _DutyTexts:
    """Which duty texts can be computed: a tariff prints the same rate on thousands of lines, each is judged once."""

    def __init__(self, currencies: frozenset[str]) -> None:
        vocabulary = item_vocabulary(currencies, (), ())
        self._vocabulary = {**vocabulary, "value": vocabulary["base"]}
        self._judged: dict[str, DutyError | ExpressionError | None] = {}

    def faults(self, placed: Placed, column: str) -> Iterator[Fault]:
        """The fault of a row's duty; none for an empty cell."""
        text = placed.entry.fields.get(column)
        if not isinstance(text, str):
            return
        if text not in self._judged:
            self._judged[text] = self._error(text)
        error = self._judged[text]
        if error is not None:
            yield _fault(placed, column, "bad_duty", text, error)

    def _error(self, text: str) -> DutyError | ExpressionError | None:
        try:
            check(parse_duty(text), self._vocabulary, Kind.NUMBER)
        except (DutyError, ExpressionError) as error:
            return error
        return None


def _fault(placed: Placed, column: str, code: str, source: str, error: DutyError | ExpressionError) -> Fault:
    place = "" if error.position is None else str(error.position + 1)
    params = {**error.params, "column": column, "source": source[:SHOWN_MAX], "place": place, "reason": error.code}
    return Fault(placed.row.file, placed.row.line_of(column), code, params)
