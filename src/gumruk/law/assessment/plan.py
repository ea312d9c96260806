# SPDX-License-Identifier: Apache-2.0
"""Which charges a kind of goods bears under one law: found once for each kind, then used for every declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gumruk.law.assessment.model import ItemFacts
from gumruk.law.assessment.returned import PROCEDURE, Conditions, Returned, relief_conditions
from gumruk.law.assessment.returned import TABLE as CONDITIONS
from gumruk.law.assessment.vocabulary import (
    currencies_of,
    declaration_vocabulary,
    item_vocabulary,
    law_fields,
)
from gumruk.law.expression import Binary, Checked, ExpressionError, Field, Kind, Vocabulary, check
from gumruk.law.kernel import Finding, HsCode, Level, Rounding, Severity, Step
from gumruk.law.lawbook import Entry, Law, Legal, Status
from gumruk.law.origin import Consignment, preference_for
from gumruk.law.tariff import DutyError, parse_duty
from gumruk.law.valuation import valuation_law

CACHED_KINDS_MAX = 4096
PLANS_MAX = 32

# What tells one kind of goods from another for the law: everything but masses, quantities and values.
Kindred = tuple[
    str, str | None, str, str, tuple[str, ...], str | None, tuple[str, ...], Consignment | None, Returned | None
]


@dataclass(frozen=True, slots=True, eq=False)
class PlannedCharge:
    """A charge as it falls on one kind of goods: its expressions, checked, and the law it rests on.

    `amount` None: the rate is unknown, the charge stays without an amount. `when` None: always. `collect` says what
    becomes of the amount: payable, secured or relieved (`relief` names by what).
    """

    code: str
    name: str
    kind: str
    when: Checked | None
    base: Checked | None
    amount: Checked | None
    rounding: Rounding | None
    collect: str
    relief: str | None
    relief_when: Checked | None
    rate: str
    rate_on: date
    act: str | None
    status: Status
    budget_code: str
    entries: tuple[Entry, ...]
    bracket_table: str = ""
    bracket_on: Checked | None = None
    relief_steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class ItemPlan:
    """All charges of one kind of goods, in the pack's order, and why a preference or relief was not given."""

    charges: tuple[PlannedCharge, ...]
    findings: tuple[Finding, ...]


class Plan:
    """The charges of one law: made once for a set of legal days, shared by all declarations of these days."""

    def __init__(self, legal: Legal) -> None:
        self.legal = legal
        self.currency = str(legal.of("exchange_rate").value("currency"))
        book = legal.book
        self._law_keys = law_fields(book)
        names = sorted({str(entry.fields.get("name") or entry.key) for entry in book.entries_of("charges")})
        currencies = currencies_of(book)
        self.item_vocabulary: Vocabulary = item_vocabulary(currencies, self._law_keys, names)
        self.declaration_vocabulary: Vocabulary = declaration_vocabulary(currencies, self._law_keys, names)
        # What comes from the declarant, beside his quantities; all else that a charge reads was made here, within its
        # bounds.
        self.item_inputs: Vocabulary = {
            path: kind for path, kind in self.item_vocabulary.items() if path.startswith("item.")
        }
        self.conditional = frozenset(legal.of("duty").table(CONDITIONS))
        self.charges = tuple(self._charges())
        self.names = tuple(names)
        self.law_values = self._law_values()
        self.valuation = valuation_law(legal.of("exchange_rate"))
        self.exchange = {f"fx.{code}": rate for code, rate in self.valuation.rates.items()}
        # What every charge may read besides the goods themselves: law, exchange rates, and charges not yet computed.
        self.facts: dict[str, object] = {
            **{f"charge.{name}": Decimal(0) for name in self.names},
            **{name: held[0] for name, held in self.law_values.items()},
            **self.exchange,
        }
        self._items: dict[Kindred, ItemPlan] = {}
        self._wholes: dict[tuple[str, tuple[str, ...]], tuple[PlannedCharge, ...]] = {}
        self._checked: dict[tuple[str, str], Checked] = {}

    def _charges(self) -> Iterator[tuple[Entry, str]]:
        """The charges in force, each read on its own kind's day, in the pack's order."""
        kinds = {entry.key: str(entry.fields.get("kind") or "duty") for entry in self.legal.book.entries_of("charges")}
        found = [(entry, kind) for key, kind in kinds.items() if (entry := self.legal.of(kind).find("charges", key))]
        yield from sorted(found, key=lambda pair: (int(str(pair[0].fields.get("order") or 0)), pair[0].key))

    def _law_values(self) -> dict[str, tuple[object, Entry | None]]:
        """Every `law.` field with its value and entry.

        A value whose key begins with a charge's kind (`vat.rate`) is read on that kind's moment, others on the duty's.
        """
        values: dict[str, tuple[object, Entry | None]] = {}
        kinds = {kind for _, kind in self.charges}
        for name, key in self._law_keys.items():
            kind = key.partition(".")[0]
            entry = self.legal.of(kind if kind in kinds else "duty").find("values", key)
            value = entry.fields.get("value") if entry else None
            values[name] = (value if isinstance(value, Decimal) else None, entry)
        return values

    def of_item(self, item: ItemFacts, documents: tuple[str, ...]) -> ItemPlan:
        """The charges on this kind of goods."""
        key = (
            item.code.digits,
            item.origin,
            item.procedure,
            item.previous_procedure,
            item.additional_procedures,
            item.preference,
            documents if item.preference else (),
            item.consignment if item.preference else None,
            item.returned if item.returned is not None and self._asks_of_export(item) else None,
        )
        found = self._items.get(key)
        if found is None:
            if len(self._items) >= CACHED_KINDS_MAX:
                self._items.clear()
            found = self._items[key] = self._plan(item, documents)
        return found

    def _asks_of_export(self, item: ItemFacts) -> bool:
        """Whether a relief of these goods has conditions: else what went before them makes no other kind of goods."""
        return item.procedure in self.conditional or not self.conditional.isdisjoint(item.additional_procedures)

    def _plan(self, item: ItemFacts, documents: tuple[str, ...]) -> ItemPlan:
        preference = preference_for(
            item.preference, item.code, item.origin, documents, self.legal.of("preference"), item.consignment
        )
        conditions = self._conditions(item)
        granted = tuple(each for each in item.additional_procedures if conditions[each].failed is None)
        relieving = conditions[f"{PROCEDURE}{item.procedure}"].failed is None
        planned = (
            self._planned(
                entry,
                kind,
                item.code,
                procedure=item.procedure,
                additional=granted,
                relieving=relieving,
                preference=preference.entry,
            )
            for entry, kind in self.charges
            if entry.fields.get("level") == Level.ITEM
        )
        refused = (found.failed for found in conditions.values() if found.failed is not None)
        return ItemPlan(
            tuple(
                charge if (met := conditions.get(charge.relief or "")) is None else _on_conditions(charge, met)
                for charge in planned
                if charge is not None
            ),
            (
                *((preference.finding,) if preference.finding else ()),
                *self._without_relief(item.additional_procedures),
                *refused,
            ),
        )

    def _conditions(self, item: ItemFacts) -> dict[str, Conditions]:
        """The conditions of the procedure and of each additional one, on the day whose law fixes the duty."""
        law = self.legal.of("duty")
        return {
            each: relief_conditions(each, item.returned, item.previous_procedure, law)
            for each in (f"{PROCEDURE}{item.procedure}", *item.additional_procedures)
        }

    def _without_relief(self, additional: tuple[str, ...]) -> Iterator[Finding]:
        """ASM-2 for each additional procedure that relieves nothing: its law is unknown, or there is no such relief.

        The full charges then fall due, and whoever claimed the relief must read so.
        """
        laws = [self.legal.of(kind) for kind in dict.fromkeys(kind for _, kind in self.charges)]
        for procedure in dict.fromkeys(additional):
            entries = [entry for law in laws if (entry := law.find("reliefs", procedure)) is not None]
            if not any(entry.fields.get("charges") for entry in entries):
                told = {"procedure": procedure}
                yield Finding("ASM-2", "government_procedures", told, severity=Severity.WARNING)

    def of_declaration(self, procedure: str, additional: tuple[str, ...]) -> tuple[PlannedCharge, ...]:
        """The charges on a declaration as a whole."""
        found = self._wholes.get((procedure, additional))
        if found is None:
            if len(self._wholes) >= CACHED_KINDS_MAX:
                self._wholes.clear()
            found = self._wholes[procedure, additional] = self._plan_of_declaration(procedure, additional)
        return found

    def _plan_of_declaration(self, procedure: str, additional: tuple[str, ...]) -> tuple[PlannedCharge, ...]:
        # What has conditions of the goods is asked of each item, and relieves nothing on the whole.
        free = tuple(each for each in additional if each not in self.conditional)
        planned = (
            self._planned(entry, kind, None, procedure=procedure, additional=free, preference=None)
            for entry, kind in self.charges
            if entry.fields.get("level") == Level.DECLARATION
        )
        return tuple(charge for charge in planned if charge is not None)

    def _planned(
        self,
        entry: Entry,
        kind: str,
        code: HsCode | None,
        *,
        procedure: str,
        additional: tuple[str, ...],
        preference: Entry | None,
        relieving: bool = True,
    ) -> PlannedCharge | None:
        law, fields = self.legal.of(kind), entry.fields
        name = str(fields.get("name") or entry.key)
        used = [entry]
        # What becomes of an item's charge follows its procedure; a fee for the service on the whole is always payable.
        collect, procedure_entry = self._collect(procedure) if code is not None else ("payable", None)
        if procedure_entry is not None:
            used.append(procedure_entry)
        if collect == "relieved" and not relieving:
            collect = "payable"
        if collect == "none":
            return None
        vocabulary = self.item_vocabulary if code is not None else self.declaration_vocabulary
        source, rate, bearing, read_on = str(fields.get("amount") or ""), "", entry, law.day
        amount = None
        table = str(fields.get("rate_table") or "")
        if table and code is not None:
            due = preference if preference is not None and preference.fields.get("charge") == name else None
            bearer = due or law.nearest(table, code)
            if bearer is None:
                return None
            rate, bearing = str(bearer.fields.get("duty") or ""), bearer
            read_on = self.legal.of("preference").day if due else law.day
            used.append(bearer)
            amount = self.duty(rate) if rate else None
        elif source:
            amount = self._expression(source, vocabulary, Kind.NUMBER)
            rate = self._printed_rate(amount)
        when = self._expression(str(fields.get("when") or ""), vocabulary, Kind.BOOLEAN)
        base = self._expression(str(fields.get("base") or ""), vocabulary, Kind.NUMBER)
        for checked in (when, base, amount):
            used.extend(self._law_used(checked))
        relief, relief_when, relief_entry = self._relief(law, name, additional, vocabulary)
        if relief_entry is not None:
            used.append(relief_entry)
        budget = law.find("budget", name)
        if budget is not None:
            used.append(budget)
        rounding = fields.get("rounding")
        return PlannedCharge(
            code=entry.key,
            name=name,
            kind=kind,
            when=when,
            base=base,
            amount=amount,
            rounding=Rounding.parse(str(rounding)) if rounding else None,
            collect=collect,
            relief=relief or (f"{PROCEDURE}{procedure}" if collect == "relieved" else None),
            relief_when=relief_when,
            rate=rate,
            rate_on=read_on,
            act=bearing.act or entry.act,
            status=bearing.status,
            budget_code=str((budget and budget.fields.get("budget_code")) or fields.get("budget_code") or entry.key),
            entries=tuple(used),
            bracket_table=str(fields.get("bracket_table") or ""),
            bracket_on=self._expression(str(fields.get("bracket_on") or ""), vocabulary, Kind.NUMBER),
        )

    def _collect(self, procedure: str) -> tuple[str, Entry | None]:
        entry = self.legal.of("registration").find("procedures", procedure)
        return (str(entry.fields.get("collect") or "payable") if entry else "payable"), entry

    def _relief(
        self, law: Law, name: str, additional: tuple[str, ...], vocabulary: Vocabulary
    ) -> tuple[str | None, Checked | None, Entry | None]:
        for procedure in additional:
            entry = law.find("reliefs", procedure)
            charges = entry.fields.get("charges") if entry else ()
            if entry is not None and isinstance(charges, tuple) and name in charges:
                return (
                    procedure,
                    self._expression(str(entry.fields.get("when") or ""), vocabulary, Kind.BOOLEAN),
                    entry,
                )
        return None, None, None

    def duty(self, text: str) -> Checked | None:
        """A duty text over the vocabulary of items; its `value` is the charge's base. None where it cannot be read."""
        key = ("duty", text)
        if key not in self._checked:
            vocabulary = {**self.item_vocabulary, "value": self.item_vocabulary["base"]}
            try:
                self._checked[key] = check(parse_duty(text), vocabulary, Kind.NUMBER)
            except (DutyError, ExpressionError):
                return None
        return self._checked[key]

    def _expression(self, source: str, vocabulary: Vocabulary, kind: Kind) -> Checked | None:
        if not source:
            return None
        key = (f"{id(vocabulary)}:{kind}", source)
        if key not in self._checked:
            self._checked[key] = check(source, vocabulary, kind)
        return self._checked[key]

    def _law_used(self, checked: Checked | None) -> Iterator[Entry]:
        for path in checked.fields if checked else ():
            entry = self.law_values.get(path, (None, None))[1] or self.valuation.entries.get(path.removeprefix("fx."))
            if entry is not None:
                yield entry

    def _printed_rate(self, amount: Checked | None) -> str:
        """The rate of an amount that is the base times one law value (VAT), in percent; of another amount, nothing."""
        node = amount.node if amount else None
        if not (isinstance(node, Binary) and node.operator == "*" and node.left == Field("base")):
            return ""
        value = self.law_values[node.right.path][0] if isinstance(node.right, Field) else None
        return f"{(value * 100).normalize():f}%" if isinstance(value, Decimal) else ""


def _on_conditions(charge: PlannedCharge, met: Conditions) -> PlannedCharge:
    """The charge with the law of its relief's conditions, and how they were met."""
    if met.entry is None or met.step is None:
        return charge
    return replace(charge, entries=(*charge.entries, met.entry), relief_steps=(met.step,))


_PLANS: dict[tuple[object, ...], Plan] = {}


def plan_for(legal: Legal) -> Plan:
    """The plan of these legal days, made once in a process and kept for the next declaration."""
    plan = legal.prepared
    if isinstance(plan, Plan):
        return plan
    key = (legal.book.digest, legal.moments, legal.known_at, legal.training)
    plan = _PLANS.get(key)
    if plan is None:
        if len(_PLANS) >= PLANS_MAX:
            _PLANS.pop(next(iter(_PLANS)))
        plan = _PLANS[key] = Plan(legal)
    legal.prepared = plan
    return plan
