# SPDX-License-Identifier: Apache-2.0
"""The assessment that only computes: one generated Python function for each kind of goods. The same amounts, faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, getcontext, setcontext
from functools import cached_property
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from gumruk.law.assessment.declaration_level import bracket_amount, declaration_facts, hours_obstacles
from gumruk.law.assessment.explained import shared
from gumruk.law.assessment.model import GoodsFacts, ItemFacts
from gumruk.law.assessment.plan import ItemPlan, Plan, PlannedCharge, plan_for
from gumruk.law.assessment.undetermined import undetermined
from gumruk.law.expression import Binding, explain, to_python
from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Rounding
from gumruk.law.kernel.rounding import MODES
from gumruk.law.lawbook import Legal
from gumruk.law.tariff import base_quantity
from gumruk.law.valuation import obstacles, value_goods, values_below_zero

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


# What a generated function gives for each charge: False where it does not apply, else its base, amount and collection.
Result = tuple[Any, ...]
Generated = Callable[[Decimal, Decimal | None, Decimal | None, Mapping[str, Decimal]], Result]


@dataclass(eq=False)
class Computed:
    """Every amount of a consignment without its explanation: customs values, charges, findings, and the plan used."""

    facts: GoodsFacts
    plan: Plan
    customs_values: tuple[Decimal, ...]
    of_items: tuple[tuple[ItemPlan, Result], ...]
    on_declaration: tuple[Amounts, ...]
    obstacles: tuple[Finding, ...]

    @cached_property
    def amounts(self) -> tuple[Amounts, ...]:
        """All charges, item by item in the pack's order, then those on the whole declaration."""
        return (*self._of_items(), *self.on_declaration)

    def _of_items(self) -> Iterator[Amounts]:
        for item, (own, result) in zip(self.facts.items, self.of_items, strict=True):
            of_charges = zip(own.charges, result[::3], result[1::3], result[2::3], strict=True)
            for charge, base, computed, free in of_charges:
                if base is not False:
                    collect = "relieved" if free else charge.collect
                    relieved, secured, payable = shared(computed, collect)
                    yield Amounts(item.sequence, charge, base, computed, relieved, secured, payable)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be determined, and preferences refused."""
        told = list(self.obstacles)
        for item, (own, _) in zip(self.facts.items, self.of_items, strict=False):
            told += (replace(found, path=f"items[{item.sequence - 1}].{found.path}") for found in own.findings)
        empty: dict[int | None, list[PlannedCharge]] = {}
        for line in self.amounts:
            if line.computed is None:
                empty.setdefault(line.item, []).append(line.charge)
        quantities = {item.sequence: item.quantities for item in self.facts.items}
        for number, charges in empty.items():
            told += undetermined(number, charges, {} if number is None else quantities[number])
        return tuple(told)


_GENERATED: WeakKeyDictionary[ItemPlan, Generated] = WeakKeyDictionary()


def compute(facts: GoodsFacts, legal: Legal) -> Computed:
    """The amounts that `assess` explains, by generated code. Same facts, same law, same amounts (a property test)."""
    plan = plan_for(legal)
    extras = facts.extras
    found = obstacles(facts.items, extras, plan.valuation)
    if facts.service_hours:
        found = (*found, *hours_obstacles(facts))
    if found:
        return Computed(replace(facts, items=()), plan, (), (), (), found)
    outer = getcontext()
    setcontext(LEGAL_CONTEXT)
    try:
        values = value_goods(facts.items, extras, plan.valuation)
        customs_values = tuple([value.customs_value for value in values])
        if customs_values and min(customs_values) < ZERO:
            found = values_below_zero(values)
            return Computed(replace(facts, items=()), plan, (), (), (), found)
        of_items = []
        for item, value in zip(facts.items, values, strict=True):
            own = plan.of_item(item, item.documents)
            generated = _GENERATED.get(own) or _generate(own, item, plan)
            amounts = generated(value.customs_value, item.net_mass_kg, item.gross_mass_kg, item.quantities)
            of_items.append((own, amounts))
        computed = Computed(facts, plan, customs_values, tuple(of_items), (), ())
        whole = _on_declaration(computed) if of_items else ()
        return replace(computed, on_declaration=whole) if whole else computed
    finally:
        setcontext(outer)


def _on_declaration(computed: Computed) -> tuple[Amounts, ...]:
    facts, plan = computed.facts, computed.plan
    first = facts.items[0]
    charges = plan.of_declaration(first.procedure, first.additional_procedures)
    if not charges:
        return ()
    sums: dict[str, Decimal | None] = dict.fromkeys(plan.names, ZERO)
    for line in computed.amounts:
        held = sums[line.charge.name]
        sums[line.charge.name] = None if held is None or line.computed is None else held + line.computed
    whole = declaration_facts(facts, computed.customs_values, sums, plan)
    found = []
    for charge in charges:
        whole["bracket.amount"], _ = bracket_amount(charge, whole, plan)
        applies = True if charge.when is None else explain(charge.when, whole).value
        if applies is False:
            continue
        whole["base"] = base = explain(charge.base, whole).value if charge.base else None
        amount = explain(charge.amount, whole).value if charge.amount and applies else None
        rounded = charge.rounding.apply(amount) if isinstance(amount, Decimal) and charge.rounding else None
        whole[f"charge.{charge.name}"] = rounded
        freed = charge.relief is not None and (
            charge.relief_when is None or explain(charge.relief_when, whole).value is True
        )
        parts = shared(rounded, "relieved" if freed else charge.collect)
        found.append(Amounts(None, charge, base if isinstance(base, Decimal) else None, rounded, *parts))
    return tuple(found)


def _generate(own: ItemPlan, item: ItemFacts, plan: Plan) -> Generated:
    """Write one function for a kind of goods: the pack's expressions inlined, law and exchange rates as constants."""
    constants: dict[str, object] = {"ZERO": ZERO}
    fixed: dict[str, object] = {
        "item.code": item.code.digits,
        "item.origin": item.origin,
        "item.procedure": item.procedure,
        "item.previous_procedure": item.previous_procedure,
        **dict.fromkeys(path for path in plan.item_vocabulary if path.startswith("fx.")),
        **{path: value for path, value in plan.facts.items() if not path.startswith("charge.")},
    }
    arguments = {"item.customs_value": "customs_value", "item.net_mass_kg": "net", "item.gross_mass_kg": "gross"}
    units: set[str] = set()

    def local(path: str) -> str:
        if path in arguments:
            return arguments[path]
        if path in fixed:
            return bind.constant(fixed[path])
        if path.startswith(("quantity.", "content.")):
            units.add(path)
        return path.replace(".", "_")

    bind = Binding(local, constants)
    results: list[str] = []
    body: list[str] = []
    for number, charge in enumerate(own.charges):
        # A duty's `value` and a charge's `base` are this charge's own base: a local name, or the constant they are.
        base = to_python(charge.base, bind) if charge.base else "None"
        arguments["base"] = arguments["value"] = base if base.isidentifier() else f"base{number}"
        body += _charge_source(charge, number, base, arguments["base"], bind)
        results += [
            f"shown{number}" if charge.when else arguments["base"],
            f"charge_{charge.name}",
            f"relieved{number}",
        ]
        if charge.relief is None or charge.collect == "relieved":
            results[-1] = "False"
    known = {charge.name for charge in own.charges}
    head = [f"charge_{name} = ZERO" for name in plan.names if name not in known]
    constants["base_quantity"] = base_quantity
    head += [
        f"{path.replace('.', '_')} = base_quantity(quantities, {path.removeprefix('quantity.')!r})"
        for path in sorted(units)
    ]
    source = "def amounts(customs_value, net, gross, quantities):\n"
    source += "".join(
        f"    {line}\n" for line in (*head, *body, f"return ({', '.join(results)}{',' if results else ''})")
    )
    namespace = {**constants, "__builtins__": {}}
    # Made from checked trees by `to_python`; nothing of a pack's text reaches it but names that the tree has bound.
    exec(compile(source, "<charges>", "exec"), namespace)  # noqa: S102
    generated = cast(Generated, namespace["amounts"])
    _GENERATED[own] = generated
    return generated


def _charge_source(charge: PlannedCharge, number: int, base: str, base_name: str, bind: Binding) -> list[str]:
    result = f"charge_{charge.name}"
    lines = [] if base == base_name else [f"{base_name} = {base}"]
    if charge.amount is None or charge.rounding is None:
        lines.append(f"{result} = None")
    else:
        amount = to_python(charge.amount, bind)
        if charge.amount.type.optional:
            lines += [
                f"{result} = {amount}",
                f"if {result} is not None: {result} = {_rounded(result, charge.rounding, bind)}",
            ]
        else:
            lines.append(f"{result} = {_rounded(amount, charge.rounding, bind)}")
    if charge.relief is not None and charge.collect != "relieved":
        lines.append(
            f"relieved{number} = {to_python(charge.relief_when, bind) + ' is True' if charge.relief_when else 'True'}"
        )
    if charge.when is None:
        return lines
    absent = f"{result} = ZERO; shown{number} = relieved{number} = False"
    if base != base_name:
        absent += f"; {base_name} = None"
    return [
        f"applies = {to_python(charge.when, bind)}",
        f"if applies is False: {absent}",
        "else:",
        *(f"    {line}" for line in lines),
        f"    shown{number} = {base_name}",
        f"    if applies is None: {result} = None",
    ]


def _rounded(source: str, rounding: Rounding, bind: Binding) -> str:
    if rounding.scale < 0:
        return f"{bind.constant(rounding.apply)}({source})"
    unit, mode = bind.constant(Decimal(1).scaleb(-rounding.scale)), bind.constant(MODES[rounding.method])
    return f"({source}).quantize({unit}, {mode}, {bind.constant(_QUANTIZING)})"


_QUANTIZING = LEGAL_CONTEXT.copy()
_QUANTIZING.traps = dict.fromkeys(_QUANTIZING.traps, False)
