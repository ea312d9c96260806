# SPDX-License-Identifier: Apache-2.0
"""The assessment that only computes: one generated Python function for each kind of goods. The same amounts, faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, getcontext, setcontext
from typing import NamedTuple, cast
from weakref import WeakKeyDictionary

from gumruk.law.assessment.declaration_level import bracket_amount, declaration_facts
from gumruk.law.assessment.explained import shared
from gumruk.law.assessment.model import GoodsFacts, ItemFacts
from gumruk.law.assessment.plan import ItemPlan, Plan, PlannedCharge, plan_for
from gumruk.law.expression import Binding, explain, to_python
from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Rounding
from gumruk.law.kernel.rounding import MODES
from gumruk.law.lawbook import Legal
from gumruk.law.tariff import base_quantities
from gumruk.law.valuation import ItemPrice, value_goods

ZERO = Decimal(0)


class Amounts(NamedTuple):
    """One charge's amounts, as in `ChargeLine`; `charge` says the rest."""

    item: int | None
    charge: PlannedCharge
    base: Decimal | None
    computed: Decimal | None
    relieved: Decimal | None
    secured: Decimal | None
    payable: Decimal | None


class Computed(NamedTuple):
    """Every amount of a consignment without its explanation: customs values, charges, findings, and the plan used."""

    customs_values: tuple[Decimal, ...]
    amounts: tuple[Amounts, ...]
    findings: tuple[Finding, ...]
    plan: Plan


Generated = Callable[[int, Decimal, Decimal | None, Decimal | None, Mapping[str, Decimal]], list[Amounts]]

_GENERATED: WeakKeyDictionary[ItemPlan, Generated] = WeakKeyDictionary()


def compute(facts: GoodsFacts, legal: Legal) -> Computed:
    """The amounts that `assess` explains, by generated code. Same facts, same law, same amounts (a property test)."""
    plan = plan_for(legal)
    prices = [ItemPrice(item.price, item.gross_mass_kg) for item in facts.items]
    valued = value_goods(prices, facts.freight, facts.insurance, legal.of("exchange_rate"), explain=False)
    if valued.findings:
        return Computed((), (), valued.findings, plan)
    values = tuple(value.customs_value.amount for value in valued.items)
    amounts: list[Amounts] = []
    findings: list[Finding] = []
    outer = getcontext()
    setcontext(LEGAL_CONTEXT)
    try:
        for item, value in zip(facts.items, values, strict=True):
            own = plan.of_item(item, item.documents)
            findings.extend(replace(found, path=f"items[{item.sequence - 1}].{found.path}") for found in own.findings)
            generated = _GENERATED.get(own) or _generate(own, item, plan)
            amounts += generated(
                item.sequence, value, item.net_mass_kg, item.gross_mass_kg, base_quantities(item.quantities)
            )
        amounts += _on_declaration(facts, values, amounts, plan)
    finally:
        setcontext(outer)
    findings.extend(
        Finding(
            "ASM-1",
            f"items[{line.item - 1}]" if line.item else "",
            {"charge": line.charge.code, "name": line.charge.name},
        )
        for line in amounts
        if line.computed is None
    )
    return Computed(values, tuple(amounts), tuple(findings), plan)


def _on_declaration(facts: GoodsFacts, values: tuple[Decimal, ...], lines: list[Amounts], plan: Plan) -> list[Amounts]:
    if not facts.items:
        return []
    first = facts.items[0]
    charges = plan.of_declaration(first.procedure, first.additional_procedures)
    if not charges:
        return []
    sums: dict[str, Decimal | None] = dict.fromkeys(plan.names, ZERO)
    for line in lines:
        held = sums[line.charge.name]
        sums[line.charge.name] = None if held is None or line.computed is None else held + line.computed
    whole = declaration_facts(facts, values, sums, plan)
    found = []
    for charge in charges:
        whole["bracket.amount"], _ = bracket_amount(charge, whole, plan)
        applies = True if charge.when is None else explain(charge.when, whole).value
        if applies is False:
            continue
        whole["base"] = base = explain(charge.base, whole).value if charge.base else None
        amount = explain(charge.amount, whole).value if charge.amount and applies else None
        computed = charge.rounding.apply(amount) if isinstance(amount, Decimal) and charge.rounding else None
        whole[f"charge.{charge.name}"] = computed
        freed = charge.relief is not None and (
            charge.relief_when is None or explain(charge.relief_when, whole).value is True
        )
        parts = shared(computed, "relieved" if freed else charge.collect)
        found.append(Amounts(None, charge, base if isinstance(base, Decimal) else None, computed, *parts))
    return found


def _generate(own: ItemPlan, item: ItemFacts, plan: Plan) -> Generated:
    """Write one function for a kind of goods: the pack's expressions inlined, law and exchange rates as constants."""
    constants: dict[str, object] = {"Amounts": Amounts, "ZERO": ZERO, "round_context": LEGAL_CONTEXT}
    constant_fields: dict[str, object] = {
        "item.code": item.code.digits,
        "item.origin": item.origin,
        "item.procedure": item.procedure,
        "item.previous_procedure": item.previous_procedure,
        **{name: held[0] for name, held in plan.law_values.items()},
        **dict.fromkeys(path for path in plan.item_vocabulary if path.startswith("fx.")),
        **plan.exchange,
    }
    arguments = {
        "item.customs_value": "customs_value",
        "item.net_mass_kg": "net",
        "item.gross_mass_kg": "gross",
    }
    arguments |= {"base": "base", "value": "base"}
    quantities: set[str] = set()

    def local(path: str) -> str:
        if path in arguments:
            return arguments[path]
        if path in constant_fields:
            return bind.constant(constant_fields[path])
        area, _, name = path.partition(".")
        if area == "quantity":
            quantities.add(name)
            return f"quantity_{name}"
        return f"charge_{name}"

    bind = Binding(local, constants)
    body: list[str] = []
    for number, charge in enumerate(own.charges):
        constants[f"charge{number}"] = charge
        body += _charge_source(charge, number, bind)
    known = {charge.name for charge in own.charges}
    head = [f"charge_{name} = ZERO" for name in plan.names if name not in known]
    head += [f"quantity_{unit} = quantities.get({unit!r})" for unit in sorted(quantities)]
    source = "def amounts(sequence, customs_value, net, gross, quantities):\n    lines = []\n"
    source += "".join(f"    {line}\n" for line in (*head, *body, "return lines"))
    namespace = {**constants, "__builtins__": {}}
    # Made from checked trees by `to_python`; nothing of a pack's text reaches it but names that the tree has bound.
    exec(compile(source, "<charges>", "exec"), namespace)  # noqa: S102
    generated = cast(Generated, namespace["amounts"])
    _GENERATED[own] = generated
    return generated


def _charge_source(charge: PlannedCharge, number: int, bind: Binding) -> list[str]:
    result = f"charge_{charge.name}"
    lines = [
        f"base = {to_python(charge.base, bind) if charge.base else 'None'}",
        f"{result} = {to_python(charge.amount, bind) if charge.amount and charge.rounding else 'None'}",
    ]
    if charge.rounding is not None and charge.amount is not None:
        rounded = _rounded(result, charge.rounding, bind)
        lines.append(
            f"if {result} is not None: {result} = {rounded}" if charge.amount.type.optional else f"{result} = {rounded}"
        )
    parts = {
        "relieved": f"{result}, ZERO, ZERO",
        "secured": f"ZERO, {result}, ZERO",
        "payable": f"ZERO, ZERO, {result}",
    }
    split = parts[charge.collect]
    if charge.relief is not None and charge.collect != "relieved":
        condition = f"{to_python(charge.relief_when, bind)} is True" if charge.relief_when else "True"
        lines.append(f"relieved, secured, payable = ({parts['relieved']}) if {condition} else ({split})")
        split = "relieved, secured, payable"
    lines.append(f"if {result} is None: lines.append(Amounts(sequence, charge{number}, base, None, None, None, None))")
    lines.append(f"else: lines.append(Amounts(sequence, charge{number}, base, {result}, {split}))")
    if charge.when is None:
        return lines
    return [
        f"applies = {to_python(charge.when, bind)}",
        "if applies is None:",
        f"    {result} = None",
        f"    lines.append(Amounts(sequence, charge{number}, None, None, None, None, None))",
        f"elif not applies: {result} = ZERO",
        "else:",
        *(f"    {line}" for line in lines),
    ]


def _rounded(name: str, rounding: Rounding, bind: Binding) -> str:
    if rounding.scale < 0:
        return f"{bind.constant(rounding.apply)}({name})"
    unit, mode = bind.constant(Decimal(1).scaleb(-rounding.scale)), bind.constant(MODES[rounding.method])
    return f"{name}.quantize({unit}, {mode}, {bind.constant(_QUANTIZING)})"


_QUANTIZING = LEGAL_CONTEXT.copy()
_QUANTIZING.traps = dict.fromkeys(_QUANTIZING.traps, False)
