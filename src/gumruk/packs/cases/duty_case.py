# SPDX-License-Identifier: Apache-2.0
"""Cases of one duty as a tariff prints it: entry prices, agricultural components, seasons. Read, and computed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gumruk.law.expression import ExpressionError, Field, Kind, check, explain
from gumruk.law.expression.tree import walk
from gumruk.law.lawbook import Legal
from gumruk.law.tariff.duties import (
    Circumstances,
    Duty,
    DutyError,
    duty_for,
    duty_node,
    printed_duty,
    read_duty,
    with_components,
)
from gumruk.law.tariff.vocabulary import base_quantities, duty_vocabulary
from gumruk.law.valuation import valuation_law
from gumruk.packs.cases.bill import UNKNOWN, Got, needed, shown
from gumruk.packs.cases.model import Cell, PrintedDuty
from gumruk.packs.cases.words import number
from gumruk.packs.cases.yaml_nodes import Mapped, refuse


def printed_facts(told: Mapped, file: str) -> PrintedDuty:
    """A duty's text, the goods' value and quantities, and what its conditions ask for. Raises CaseFault."""
    value, programme = told.cell("customs_value"), told.cell("programme")
    named = {name: _numbers(told, name, file) for name in ("quantities", "figures")}
    return PrintedDuty(
        duty=_read(needed(told, "rate", file), file),
        value=number(value, file, "customs_value") if value else Decimal(0),
        quantities=named["quantities"],
        figures=named["figures"],
        documents=tuple(cell.text for cell in told.cells("documents")),
        programme=programme.text if programme else "",
        components={name: _read(cell, file) for name, cell in _words(told, "components", file).items()},
    )


def _read(cell: Cell, file: str) -> Duty:
    try:
        return read_duty(cell.text)
    except DutyError as error:
        example = "8.8% + 1.7 EUR/DTN"
        found = f"{cell.text[:80]} ({error.code})"
        raise refuse(file, cell.line, "value", field="rate", found=found, example=example) from None


def _words(told: Mapped, name: str, file: str) -> Mapping[str, Cell]:
    if name not in told:
        return {}
    inner = Mapped(told.node(name), file, None, name)
    return {key: cell for key in inner.nodes if (cell := inner.cell(key))}


def _numbers(told: Mapped, name: str, file: str) -> Mapping[str, Decimal]:
    return {key: number(cell, file, key) for key, cell in _words(told, name, file).items()}


def printed_result(facts: PrintedDuty, legal: Legal) -> Got:
    """The rate that holds, and its amount, unrounded, in the pack's currency; a finding's code where none is."""
    law = legal.of("exchange_rate")
    circumstances = Circumstances(facts.programme, law.day, frozenset(facts.documents), facts.figures)
    try:
        duty = with_components(duty_for(facts.duty, circumstances), facts.components)
        node = duty_node(duty)
    except DutyError as error:
        return Got({"amount": UNKNOWN, "findings": error.code}, (), ())
    fields = {part.path for part, _ in walk(node) if isinstance(part, Field)}
    if any(path.startswith("component.") for path in fields):
        return Got({"amount": UNKNOWN, "duty": printed_duty(duty), "findings": "DUTY-13"}, (), ())
    valuation = valuation_law(law)
    rates = {f"fx.{currency}": rate for currency, rate in valuation.rates.items()}
    vocabulary = duty_vocabulary(frozenset(valuation.rates))
    try:
        told = explain(
            check(node, vocabulary, Kind.NUMBER),
            {**dict.fromkeys(vocabulary), "value": facts.value, **base_quantities(facts.quantities), **rates},
        )
    except ExpressionError as error:
        return Got({"amount": UNKNOWN, "duty": printed_duty(duty), "findings": error.code}, (), ())
    amount = told.value if isinstance(told.value, Decimal) else None
    used = tuple(entry for code, entry in valuation.entries.items() if f"fx.{code}" in fields)
    return Got({"amount": shown(amount), "duty": printed_duty(duty)}, told.steps, used)


def same_duty(found: str, said: str) -> bool:
    """Whether two texts are the same duty, however it is written."""
    try:
        return read_duty(found) == read_duty(said)
    except DutyError:
        return found == said
