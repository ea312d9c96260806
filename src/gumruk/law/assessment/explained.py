# SPDX-License-Identifier: Apache-2.0
"""The assessment that explains: every charge of every item with the steps and the law that led to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, getcontext, setcontext
from functools import partial

from gumruk.law.assessment.declaration_level import bracket_amount, declaration_facts, fee_steps, hours_obstacles
from gumruk.law.assessment.model import AssessedItem, Assessment, ChargeLine, GoodsFacts, ItemFacts
from gumruk.law.assessment.plan import Plan, PlannedCharge, plan_for
from gumruk.law.assessment.undetermined import undetermined
from gumruk.law.expression import Checked, Explained, conform, explain
from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Money, Step
from gumruk.law.lawbook import Entry, Legal
from gumruk.law.tariff import base_quantities
from gumruk.law.valuation import (
    currencies_named,
    obstacles,
    statistical_value,
    steps_of,
    value_goods,
    values_below_zero,
)

ZERO = Decimal(0)


def assess(facts: GoodsFacts, legal: Legal) -> Assessment:
    """Assess goods under the law of their legal moments, and explain each amount down to its act.

    What cannot be determined is a line without amounts and a finding (ASM-1 law unknown, VAL-1 no exchange rate, ...),
    never an exception and never a guess.
    """
    outer = getcontext()
    setcontext(LEGAL_CONTEXT)  # this very one: each expression then knows that it is set
    try:
        return _assessed(facts, legal)
    finally:
        setcontext(outer)


def _assessed(facts: GoodsFacts, legal: Legal) -> Assessment:
    plan = plan_for(legal)
    findings = [*obstacles(facts.items, facts.extras, plan.valuation), *hours_obstacles(facts)]
    items: list[AssessedItem] = []
    lines: list[ChargeLine] = []
    waiting: list[Finding] = []
    values = [] if findings else value_goods(facts.items, facts.extras, plan.valuation)
    findings.extend(values_below_zero(values))
    if not findings:
        for item, value in zip(facts.items, values, strict=True):
            path = f"items[{item.sequence - 1}]"
            money = Money(value.customs_value, plan.currency)
            second = statistical_value(value.customs_value, plan.valuation)
            told = partial(steps_of, value, item.price, plan.valuation, path)
            items.append(AssessedItem(item.sequence, money, second, told))
            own = plan.of_item(item, item.documents)
            findings.extend(replace(finding, path=f"{path}.{finding.path}") for finding in own.findings)
            stated = base_quantities(item.quantities)
            known = item_facts(plan, item, value.customs_value, stated)
            conform(plan.item_inputs, known)
            # Of the many quantities that a charge may ask for, those that are stated.
            conform({path: kind for path in stated if (kind := plan.item_vocabulary.get(path))}, stated)
            of_item = _lines(own.charges, known, item.sequence, path, plan.currency)
            empty = _without_amount(own.charges, of_item)
            waiting += undetermined(item.sequence, empty, item.quantities) if empty else ()
            lines += of_item
        of_all = _declaration_lines(facts, items, lines, plan)
        waiting += undetermined(None, _without_amount(_of_all(facts, plan), of_all), {})
        lines += of_all
    return Assessment(
        items=tuple(items),
        lines=tuple(lines),
        findings=(*findings, *waiting),
        currency=plan.currency,
        law_digest=legal.book.digest,
        days=legal.days,
        training=legal.training,
        provisional=legal.moments.acceptance is None,
        valued_by=_valued_by(facts, plan) if items else (),
    )


def _valued_by(facts: GoodsFacts, plan: Plan) -> tuple[Entry, ...]:
    """The law that made the customs values: the rates of the currencies named, the roundings, how freight is shared."""
    named = currencies_named(facts.items, facts.extras)
    entries = plan.valuation.entries.values()
    return tuple(entry for entry in entries if entry.table == "values" or entry.key in named)


def _without_amount(charges: Iterable[PlannedCharge], lines: Iterable[ChargeLine]) -> list[PlannedCharge]:
    """The charges whose line has no amount; a charge that does not apply has no line."""
    empty = [line.name for line in lines if line.computed is None]
    return [charge for charge in charges if charge.name in empty] if empty else []


def item_facts(plan: Plan, item: ItemFacts, customs_value: Decimal, stated: Mapping[str, Decimal]) -> dict[str, object]:
    """What a charge may read of an item, by the vocabulary's paths; `stated` are its quantities in base units."""
    return {
        **plan.facts,
        "item.code": item.code.digits,
        "item.origin": item.origin,
        "item.procedure": item.procedure,
        "item.previous_procedure": item.previous_procedure,
        "item.customs_value": customs_value,
        "item.net_mass_kg": item.net_mass_kg,
        "item.gross_mass_kg": item.gross_mass_kg,
        **stated,
    }


def _lines(
    charges: tuple[PlannedCharge, ...], facts: dict[str, object], item: int | None, path: str, currency: str
) -> list[ChargeLine]:
    lines = []
    for charge in charges:
        applies = True if charge.when is None else explain(charge.when, facts, conformed=True).value
        if applies is False:
            facts[f"charge.{charge.name}"] = ZERO
            continue
        line = _line(charge, facts, item, path, currency, determined=applies is True)
        facts[f"charge.{charge.name}"] = line.computed
        lines.append(line)
    return lines


def _line(
    charge: PlannedCharge, facts: dict[str, object], item: int | None, path: str, currency: str, *, determined: bool
) -> ChargeLine:
    of_base, base = _told(charge.base, facts, charge.act)
    facts["base"] = facts["value"] = base
    of_amount, amount = _told(charge.amount, facts, charge.act)
    computed = None
    if determined and amount is not None and charge.rounding is not None:
        computed = charge.rounding.apply(amount)
    collect = charge.collect
    if charge.relief is not None and collect != "relieved" and _relieves(charge, facts):
        collect = "relieved"
    relieved, secured, payable = shared(computed, collect)
    return ChargeLine(
        item,
        charge.code,
        charge.name,
        charge.kind,
        base,
        computed,
        relieved,
        secured,
        payable,
        currency,
        charge.rate,
        charge.rate_on,
        charge.act,
        charge.status,
        charge.budget_code,
        charge.relief if relieved else None,
        charge.entries,
        partial(_steps, charge, (of_base, of_amount), (base, amount, computed), collect, currency, path),
    )


def _relieves(charge: PlannedCharge, facts: Mapping[str, object]) -> bool:
    return charge.relief_when is None or explain(charge.relief_when, facts).value is True


def shared(computed: Decimal | None, collect: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """What of an amount is relieved, secured and payable: the whole of it is one of the three."""
    if computed is None:
        return None, None, None
    if collect == "payable":
        return ZERO, ZERO, computed
    return (computed, ZERO, ZERO) if collect == "relieved" else (ZERO, computed, ZERO)


def _told(
    checked: Checked | None, facts: Mapping[str, object], act: str | None
) -> tuple[Explained | None, Decimal | None]:
    if checked is None:
        return None, None
    told = explain(checked, facts, act=act, conformed=True)
    return told, told.value if isinstance(told.value, Decimal) else None


def _steps(
    charge: PlannedCharge,
    told: tuple[Explained | None, Explained | None],
    amounts: tuple[Decimal | None, Decimal | None, Decimal | None],
    collect: str,
    currency: str,
    path: str,
) -> tuple[Step, ...]:
    of_base, of_amount = told
    base, amount, computed = amounts
    steps = list(of_base.steps) if of_base else []
    shown = "-" if base is None else f"{base:f}"
    steps.append(Step("assessment.base", {"charge": charge.name, "amount": shown, "currency": currency}, path))
    rate = {"rate": charge.rate or "-", "day": charge.rate_on.isoformat(), "status": charge.status.value}
    steps.append(Step("assessment.rate", rate, path, charge.act))
    steps += _bracket_steps(charge, path)
    steps += fee_steps(charge, of_amount, path)
    steps += of_amount.steps if of_amount else ()
    if computed is None:
        return (*steps, Step("assessment.unknown", {"charge": charge.name}, path, charge.act))
    rounded = {"amount": f"{amount:f}", "rounded": f"{computed:f}", "rounding": str(charge.rounding)}
    steps.append(Step("assessment.rounded", rounded, path))
    if collect == "relieved" and computed:
        steps += (replace(step, path=path) for step in charge.relief_steps)
        act = next((entry.act for entry in charge.entries if entry.table == "reliefs"), None)
        freed = {"amount": f"{computed:f}", "relief": charge.relief or "-"}
        steps.append(Step("assessment.relieved", freed, path, act))
    elif collect == "secured" and computed:
        steps.append(Step("assessment.secured", {"amount": f"{computed:f}"}, path))
    return tuple(steps)


def _bracket_steps(charge: PlannedCharge, path: str) -> Iterator[Step]:
    """The bracket that a charge's measure fell into: above which amount, up to which, and what it costs."""
    for entry in charge.entries:
        if entry.table == charge.bracket_table:
            low, high, amount = (entry.fields.get(name) for name in ("from", "to", "amount"))
            if isinstance(low, Decimal) and isinstance(amount, Decimal):
                told = {"low": f"{low:f}", "amount": f"{amount:f}"}
                if isinstance(high, Decimal):
                    yield Step("assessment.bracket", {**told, "high": f"{high:f}"}, path, entry.act)
                else:
                    yield Step("assessment.bracket_open", told, path, entry.act)


def _of_all(facts: GoodsFacts, plan: Plan) -> tuple[PlannedCharge, ...]:
    """The charges on the whole declaration."""
    first = facts.items[0] if facts.items else None
    return plan.of_declaration(first.procedure, first.additional_procedures) if first else ()


def _declaration_lines(
    facts: GoodsFacts, items: list[AssessedItem], lines: list[ChargeLine], plan: Plan
) -> list[ChargeLine]:
    charges = _of_all(facts, plan)
    if not charges:
        return []
    sums: dict[str, Decimal | None] = dict.fromkeys(plan.names, ZERO)
    for line in lines:
        held = sums.get(line.name, ZERO)
        sums[line.name] = None if held is None or line.computed is None else held + line.computed
    whole = declaration_facts(facts, [item.customs_value.amount for item in items], sums, plan)
    found = []
    for charge in charges:
        whole["bracket.amount"], bracket = bracket_amount(charge, whole, plan)
        used = charge if bracket is None else replace(charge, entries=(*charge.entries, bracket), status=bracket.status)
        found += _lines((used,), whole, None, "", plan.currency)
    return found
