# SPDX-License-Identifier: Apache-2.0
"""Charges on a declaration as a whole, such as the fee for customs operations, by brackets of the customs value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gumruk.law.assessment.model import GoodsFacts
from gumruk.law.assessment.plan import Plan, PlannedCharge
from gumruk.law.assessment.vocabulary import law_field
from gumruk.law.expression import Call, Explained, Field, Node, explain, render
from gumruk.law.expression.tree import children
from gumruk.law.kernel import Finding, HsCode, Step
from gumruk.law.lawbook import Entry

# WTO Agreement on Agriculture, annex 1, in outline: chapters 1 to 24 of the HS. A pack may name its own list in
# `values` as `agricultural.chapters`.
AGRICULTURAL_CHAPTERS = tuple(f"{chapter:02}" for chapter in range(1, 25))


#: The most hours of service that can be stated: what the vocabulary holds.
HOURS_MOST = Decimal("9999.99")


def hours_obstacles(facts: GoodsFacts) -> tuple[Finding, ...]:
    """ASM-4 where the hours of service cannot be: below zero, more than a year has, finer than a hundredth."""
    hours = facts.service_hours
    if not hours or (0 <= hours <= HOURS_MOST and (hours * 100) % 1 == 0):
        return ()
    return (Finding("ASM-4", "service_hours", {"hours": f"{hours:f}"[:40], "most": f"{HOURS_MOST:f}"}),)


def agricultural(code: HsCode, plan: Plan) -> bool:
    """Whether goods count as agricultural under the fee's law."""
    named = plan.legal.of("fee").value("agricultural.chapters")
    return code.chapter in (named if isinstance(named, tuple) else AGRICULTURAL_CHAPTERS)


def declaration_facts(
    facts: GoodsFacts, values: Sequence[Decimal], sums: Mapping[str, Decimal | None], plan: Plan
) -> dict[str, object]:
    """The facts of a whole declaration; its procedure is the first item's."""
    first = facts.items[0]
    return {
        "declaration.customs_value": sum(values, Decimal(0)),
        "declaration.item_count": Decimal(len(facts.items)),
        "declaration.procedure": first.procedure,
        "declaration.outside_hours": facts.outside_hours,
        "declaration.outside_place": facts.outside_place,
        "declaration.service_hours": facts.service_hours,
        "declaration.agricultural": all(agricultural(item.code, plan) for item in facts.items),
        "items": [
            {
                "code": item.code.digits,
                "origin": item.origin,
                "procedure": item.procedure,
                "customs_value": value,
                "net_mass_kg": item.net_mass_kg,
                "gross_mass_kg": item.gross_mass_kg,
            }
            for item, value in zip(facts.items, values, strict=True)
        ],
        **plan.facts,
        **{f"charge.{name}": amount for name, amount in sums.items()},
    }


def bracket_amount(
    charge: PlannedCharge, facts: Mapping[str, object], plan: Plan
) -> tuple[Decimal | None, Entry | None]:
    """The amount of the bracket into which a charge's measure falls, with the bracket's entry.

    Brackets hold what lies above `from` and up to `to`, the first one zero too; an empty `to` is open.
    """
    if not charge.bracket_table or charge.bracket_on is None:
        return None, None
    measure = explain(charge.bracket_on, facts).value
    if not isinstance(measure, Decimal):
        return None, None
    for entry in plan.legal.of("fee").table(charge.bracket_table).values():
        low, high = entry.fields.get("from"), entry.fields.get("to")
        above = not isinstance(low, Decimal) or measure > low or (measure == low == 0)
        if above and (not isinstance(high, Decimal) or measure <= high):
            amount = entry.fields.get("amount")
            return (amount if isinstance(amount, Decimal) else None), entry
    return None, None


def fee_steps(charge: PlannedCharge, told: Explained | None, path: str) -> Iterator[Step]:
    """The values of a fee's law that its amount was made with, each with its own act: a rate an hour, a factor.

    A factor whose condition did not hold was not applied, and is not told.
    """
    if charge.kind != "fee" or told is None or charge.amount is None:
        return
    held = {step.params["condition"]: step.params["holds"] for step in told.steps if step.code == "expression.if"}
    read = set(_fields_read(charge.amount.node, held))
    for entry in charge.entries:
        value, name = entry.fields.get("value"), law_field(entry.key)
        if entry.table == "values" and isinstance(value, Decimal) and name in read:
            yield Step("assessment.value", {"expression": name, "amount": f"{value:f}"}, path, entry.act)


def _fields_read(node: Node, held: Mapping[str, str]) -> Iterator[str]:
    """The fields of an expression, but those of a branch that was not taken; `held` says which conditions held."""
    if isinstance(node, Field):
        yield node.path
    parts = children(node)
    if isinstance(node, Call) and node.name == "if":
        condition, when_true, otherwise = parts
        parts = (condition, when_true if held.get(render(condition)) == "true" else otherwise)
    for part in parts:
        yield from _fields_read(part, held)
