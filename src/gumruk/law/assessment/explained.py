# SPDX-License-Identifier: Apache-2.0
"""The assessment that explains: every charge of every item with the steps and the law that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gumruk.law.assessment.declaration_level import bracket_amount, declaration_facts
from gumruk.law.assessment.model import AssessedItem, Assessment, ChargeLine, GoodsFacts, ItemFacts
from gumruk.law.assessment.plan import Plan, PlannedCharge, plan_for
from gumruk.law.expression import Checked, explain
from gumruk.law.kernel import Finding, Money, Step
from gumruk.law.lawbook import Legal
from gumruk.law.tariff import base_quantities
from gumruk.law.valuation import ItemPrice, value_goods

ZERO = Decimal(0)


def assess(facts: GoodsFacts, legal: Legal) -> Assessment:
    """Assess goods under the law of their legal moments, and explain each amount down to its act.

    What cannot be determined is a line without amounts and a finding (ASM-1 law unknown, VAL-1 no exchange rate, ...),
    never an exception and never a guess.
    """
    plan = plan_for(legal)
    prices = [ItemPrice(item.price, item.gross_mass_kg) for item in facts.items]
    valued = value_goods(prices, facts.freight, facts.insurance, legal.of("exchange_rate"), explain=True)
    findings = list(valued.findings)
    items: list[AssessedItem] = []
    lines: list[ChargeLine] = []
    if not findings:
        for item, value in zip(facts.items, valued.items, strict=True):
            items.append(AssessedItem(item.sequence, value.customs_value, value.steps))
            own = plan.of_item(item, item.documents)
            path = f"items[{item.sequence - 1}]"
            findings.extend(replace(finding, path=f"{path}.{finding.path}") for finding in own.findings)
            lines.extend(_lines(own.charges, _item_facts(plan, item, value.customs_value), item.sequence, path, plan))
        lines.extend(_declaration_lines(facts, items, lines, plan))
    findings.extend(
        Finding("ASM-1", f"items[{line.item - 1}]" if line.item else "", {"charge": line.code, "name": line.name})
        for line in lines
        if line.computed is None
    )
    return Assessment(
        items=tuple(items),
        lines=tuple(lines),
        findings=tuple(findings),
        currency=plan.currency,
        law_digest=legal.book.digest,
        days=legal.days,
        training=legal.training,
        provisional=legal.moments.acceptance is None,
    )


def _item_facts(plan: Plan, item: ItemFacts, value: Money) -> dict[str, object]:
    facts: dict[str, object] = {
        "item.code": item.code.digits,
        "item.origin": item.origin,
        "item.procedure": item.procedure,
        "item.previous_procedure": item.previous_procedure,
        "item.customs_value": value.amount,
        "item.net_mass_kg": item.net_mass_kg,
        "item.gross_mass_kg": item.gross_mass_kg,
        **{f"charge.{name}": ZERO for name in plan.names},
        **{name: held[0] for name, held in plan.law_values.items()},
        **plan.exchange,
    }
    facts.update((f"quantity.{unit}", amount) for unit, amount in base_quantities(item.quantities).items())
    return facts


def _lines(
    charges: tuple[PlannedCharge, ...], facts: dict[str, object], item: int | None, path: str, plan: Plan
) -> list[ChargeLine]:
    lines = []
    for charge in charges:
        applies = True if charge.when is None else explain(charge.when, facts).value
        facts[f"charge.{charge.name}"] = ZERO
        if applies is False:
            continue
        line = _line(charge, facts, item, path, plan.currency, determined=applies is True)
        facts[f"charge.{charge.name}"] = line.computed
        lines.append(line)
    return lines


def _line(
    charge: PlannedCharge,
    facts: dict[str, object],
    item: int | None,
    path: str,
    currency: str,
    *,
    determined: bool,
) -> ChargeLine:
    steps: list[Step] = []
    base = _told(charge.base, facts, steps, charge.act)
    facts["base"] = facts["value"] = base
    steps.append(Step("assessment.base", {"charge": charge.name, "amount": _shown(base), "currency": currency}, path))
    steps.append(
        Step(
            "assessment.rate",
            {"rate": charge.rate or "-", "day": charge.rate_on.isoformat(), "status": charge.status},
            path,
            charge.act,
        )
    )
    amount = _told(charge.amount, facts, steps, charge.act)
    computed = None
    if determined and amount is not None and charge.rounding is not None:
        computed = charge.rounding.apply(amount)
        steps.append(
            Step(
                "assessment.rounded",
                {"amount": f"{amount:f}", "rounded": f"{computed:f}", "rounding": str(charge.rounding)},
                path,
            )
        )
    relieved_by_code = (
        charge.relief is not None
        and charge.collect != "relieved"
        and (charge.relief_when is None or explain(charge.relief_when, facts).value is True)
    )
    relieved, secured, payable = shared(computed, "relieved" if relieved_by_code else charge.collect)
    if computed is None:
        steps.append(Step("assessment.unknown", {"charge": charge.name}, path, charge.act))
    elif relieved:
        steps.append(Step("assessment.relieved", {"amount": f"{relieved:f}", "relief": charge.relief or "-"}, path))
    elif secured:
        steps.append(Step("assessment.secured", {"amount": f"{secured:f}"}, path))
    return ChargeLine(
        item=item,
        code=charge.code,
        name=charge.name,
        base=base,
        computed=computed,
        relieved=relieved,
        secured=secured,
        payable=payable,
        currency=currency,
        rate=charge.rate,
        rate_on=charge.rate_on,
        act=charge.act,
        status=charge.status,
        budget_code=charge.budget_code,
        relief=charge.relief if relieved else None,
        entries=charge.entries,
        steps=tuple(steps),
    )


def shared(computed: Decimal | None, collect: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """What of an amount is relieved, secured and payable: the whole of it is one of the three."""
    if computed is None:
        return None, None, None
    return (
        computed if collect == "relieved" else ZERO,
        computed if collect == "secured" else ZERO,
        computed if collect == "payable" else ZERO,
    )


def _told(checked: Checked | None, facts: Mapping[str, object], steps: list[Step], act: str | None) -> Decimal | None:
    if checked is None:
        return None
    told = explain(checked, facts, act=act)
    steps.extend(told.steps)
    return told.value if isinstance(told.value, Decimal) else None


def _shown(amount: Decimal | None) -> str:
    return "-" if amount is None else f"{amount:f}"


def _declaration_lines(
    facts: GoodsFacts, items: list[AssessedItem], lines: list[ChargeLine], plan: Plan
) -> list[ChargeLine]:
    if not facts.items:
        return []
    first = facts.items[0]
    sums: dict[str, Decimal | None] = dict.fromkeys(plan.names, ZERO)
    for line in lines:
        held = sums.get(line.name, ZERO)
        sums[line.name] = None if held is None or line.computed is None else held + line.computed
    whole = declaration_facts(facts, [item.customs_value.amount for item in items], sums, plan)
    found = []
    for charge in plan.of_declaration(first.procedure, first.additional_procedures):
        whole["bracket.amount"], bracket = bracket_amount(charge, whole, plan)
        used = charge if bracket is None else replace(charge, entries=(*charge.entries, bracket), status=bracket.status)
        found.extend(_lines((used,), whole, None, "", plan))
    return found
