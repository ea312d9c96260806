# SPDX-License-Identifier: Apache-2.0
"""Inward processing: what of the imported goods went into which product, and what becomes of the charges on them.

Kyoto Convention, specific annex F, chapter 1: charges are relieved on what is exported in the products, and on what is
lost or destroyed; on products released for home use those of the imported goods in them are due. How much that is, the
rate of yield says, or, where several products come of one operation, their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from gumruk.law.assessment.model import Assessment
from gumruk.law.kernel import LEGAL_CONTEXT, Finding, Rounding, Severity, Step, divided
from gumruk.law.lawbook import Entry, Law

QUANTITY_ROUNDING, ROUNDING = "rounding.import_quantity", "rounding.processing"
_ACT = "Kyoto Convention, specific annex F, chapter 1"
_NOTHING = Decimal(0)


class Kind(StrEnum):
    """What came of the imported goods: a product, waste or scrap that still is goods, or nothing that can be seen."""

    PRODUCT = "product"
    WASTE = "waste"
    LOSS = "loss"


class Fate(StrEnum):
    """What became of it: sent out of the country, released for home use, destroyed, or still held by the procedure."""

    EXPORTED = "exported"
    RELEASED = "released"
    DESTROYED = "destroyed"
    HELD = "held"


class Scale(StrEnum):
    """How the imported goods are found in several products: by their rates of yield, or by their values."""

    QUANTITY = "quantity"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that came of the processing, under a name of its own.

    `quantity` of a product in its own unit, of waste and loss in that of the imported goods.
    `rate_of_yield`: how much of the product comes of one unit of imported goods. `value`: what all of it is worth, in
    the country's currency. `own`: the charges on waste that is released, assessed as goods of their own.
    """

    name: str
    kind: Kind
    fate: Fate
    quantity: Decimal
    rate_of_yield: Decimal | None = None
    value: Decimal | None = None
    own: Assessment | None = None


@dataclass(frozen=True, slots=True)
class InwardProcessing:
    """What becomes of the charges: due, still secured, relieved; by charge they sum to what was computed on import.

    `contains`: the imported quantity in each output; `unaccounted` what no output holds, and bears charges as if
    released. `own` are the charges on waste that was released. All amounts empty where `findings` hold an error.
    """

    contains: Mapping[str, Decimal]
    unaccounted: Decimal
    due: Mapping[str, Decimal]
    secured: Mapping[str, Decimal]
    relieved: Mapping[str, Decimal]
    own: Mapping[str, Decimal]
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    entries: tuple[Entry, ...]


def inward_processing(
    imported: Assessment, quantity: Decimal, outputs: Sequence[Output], law: Law, scale: Scale = Scale.QUANTITY
) -> InwardProcessing:
    """What becomes of the charges on `quantity` of imported goods, which `imported` assessed.

    `values`: rounding.import_quantity, rounding.processing. Findings: PRC-1 the law or a charge is not known, PRC-2 the
    outputs hold more than was imported, PRC-3 something is not stated, PRC-4 (warning) imported goods that no output
    accounts for.
    """
    with localcontext(LEGAL_CONTEXT):
        return _Processing(imported, quantity, outputs, law, scale).result()


class _Processing:
    def __init__(
        self, imported: Assessment, quantity: Decimal, outputs: Sequence[Output], law: Law, scale: Scale
    ) -> None:
        self.quantity, self.outputs, self.scale = quantity, outputs, scale
        self.charges, self.errors = charges_of(imported), tuple(errors_of(imported))
        self.entries = tuple(
            entry for key in (QUANTITY_ROUNDING, ROUNDING) if (entry := law.find("values", key)) is not None
        )
        self.roundings = [rounding_of(law, key) for key in (QUANTITY_ROUNDING, ROUNDING)]
        self.act = self.entries[-1].act if self.entries else None

    def result(self) -> InwardProcessing:
        found = list(self._stated())
        contains: dict[str, Decimal] = {}
        steps: list[Step] = []
        if not found:
            for place, each in enumerate(self.outputs):
                contains[each.name] = self._contained(each)
                told = {"name": each.name, "quantity": f"{each.quantity:f}", "amount": f"{contains[each.name]:f}"}
                steps.append(Step(f"inward.{self._how(each)}", told, f"outputs[{place}]", _ACT))
            self._even(contains)
            held = sum(contains.values(), _NOTHING)
            if held > self.quantity:
                told = {"accounted": f"{held:f}", "imported": f"{self.quantity:f}"}
                found.append(Finding("PRC-2", "outputs", told, _ACT))
        if found:
            return InwardProcessing(contains, _NOTHING, {}, {}, {}, {}, tuple(found), tuple(steps), self.entries)
        left = self.quantity - sum(contains.values(), _NOTHING)
        if left:
            told = {"left": f"{left:f}", "imported": f"{self.quantity:f}"}
            found.append(Finding("PRC-4", "outputs", told, _ACT, Severity.WARNING))
            steps.append(Step("inward.unaccounted", {"amount": f"{left:f}"}, "", _ACT))
        own = self._own()
        shares = {
            name: self._shares(contains, left, amount) for name, amount in self.charges.items() if amount is not None
        }
        due, secured, relieved = ({name: share[part] for name, share in shares.items()} for part in range(3))
        for name, amount in due.items():
            told = {"charge": name, "stated": f"{self.charges[name]:f}", "amount": f"{amount:f}"}
            steps.append(Step("inward.due", told, "", self.act))
        return InwardProcessing(contains, left, due, secured, relieved, own, tuple(found), tuple(steps), self.entries)

    def _even(self, contains: dict[str, Decimal]) -> None:
        """What only rounding leaves over or lacks, less than a unit a product, is the last product's."""
        products = [each.name for each in self.outputs if each.kind is Kind.PRODUCT]
        left, rounding = self.quantity - sum(contains.values(), _NOTHING), self.roundings[0]
        if products and rounding is not None and abs(left) < rounding.unit * len(products):
            contains[products[-1]] += left

    def _stated(self) -> Iterator[Finding]:
        """What stands in the way before anything is reckoned."""
        yield from self.errors
        for key, rounding in zip((QUANTITY_ROUNDING, ROUNDING), self.roundings, strict=True):
            if rounding is None:
                yield Finding("PRC-1", "values", {"what": key})
        if not self.charges and not self.errors:
            yield Finding("PRC-1", "imported", {"what": "imported"})
        if self.quantity <= 0:
            yield Finding("PRC-3", "imported", {"name": "-", "field": "quantity"}, _ACT)
        for place, each in enumerate(self.outputs):
            by = "value" if self.scale is Scale.VALUE else "rate_of_yield"
            needed = getattr(each, by) if each.kind is Kind.PRODUCT else Decimal(1)
            if each.name in [other.name for other in self.outputs[:place]]:
                yield Finding("PRC-3", f"outputs[{place}]", {"name": each.name, "field": "name"}, _ACT)
            elif each.quantity < 0:
                yield Finding("PRC-3", f"outputs[{place}]", {"name": each.name, "field": "quantity"}, _ACT)
            elif needed is None or needed <= 0:
                yield Finding("PRC-3", f"outputs[{place}]", {"name": each.name, "field": by}, _ACT)
            elif each.kind is Kind.WASTE and each.fate is Fate.RELEASED and each.own is None:
                yield Finding("PRC-3", f"outputs[{place}]", {"name": each.name, "field": "items"}, _ACT)

    def _how(self, output: Output) -> str:
        if output.kind is not Kind.PRODUCT:
            return output.kind.value
        return "by_value" if self.scale is Scale.VALUE else "by_yield"

    def _contained(self, output: Output) -> Decimal:
        """How much of the imported goods is in an output; by value, what is neither waste nor loss is shared out."""
        rounding = self.roundings[0]
        if output.kind is not Kind.PRODUCT or rounding is None:
            return output.quantity
        if self.scale is Scale.QUANTITY:
            return rounded_ratio(output.quantity, output.rate_of_yield or _NOTHING, rounding)
        products = [each for each in self.outputs if each.kind is Kind.PRODUCT]
        gone = sum((each.quantity for each in self.outputs if each.kind is not Kind.PRODUCT), _NOTHING)
        used, before = max(self.quantity - gone, _NOTHING), _NOTHING
        total = sum((each.value or _NOTHING for each in products), _NOTHING)
        # The difference of two running totals: the parts sum to the whole.
        for each in products:
            if each is output:
                break
            before += each.value or _NOTHING
        until = rounded_ratio(used * (before + (output.value or _NOTHING)), total, rounding)
        return until - rounded_ratio(used * before, total, rounding)

    def _shares(
        self, contains: Mapping[str, Decimal], left: Decimal, amount: Decimal
    ) -> tuple[Decimal, Decimal, Decimal]:
        """What of a charge is due, secured, relieved: due and secured are rounded, the rest is relieved."""
        rounding = self.roundings[1]
        due = left + sum((contains[each.name] for each in self.outputs if _bears(each)), _NOTHING)
        held = (each for each in self.outputs if each.fate is Fate.HELD and each.kind is not Kind.LOSS)
        kept = sum((contains[each.name] for each in held), _NOTHING)
        if rounding is None:
            return _NOTHING, _NOTHING, amount
        first = rounded_ratio(amount * due, self.quantity, rounding)
        second = rounded_ratio(amount * (due + kept), self.quantity, rounding)
        return first, second - first, amount - second

    def _own(self) -> dict[str, Decimal]:
        """The charges on waste that was released, as goods of its own; what is not known is left out."""
        sums: dict[str, Decimal] = {}
        for each in self.outputs:
            if each.own is not None and each.kind is Kind.WASTE and each.fate is Fate.RELEASED:
                for name, amount in charges_of(each.own).items():
                    sums[name] = sums.get(name, _NOTHING) + (amount or _NOTHING)
        return sums


def _bears(output: Output) -> bool:
    """Whether the charges of the imported goods fall due on it: waste that is released bears its own, a loss none."""
    return output.kind is Kind.PRODUCT and output.fate is Fate.RELEASED


def charges_of(assessment: Assessment) -> dict[str, Decimal | None]:
    """What was computed on the items by charge, summed; None where a line has no amount; no fees on the whole."""
    sums: dict[str, Decimal | None] = {}
    for line in assessment.lines:
        if line.item is not None:
            held = sums.get(line.name, _NOTHING)
            sums[line.name] = None if held is None or line.computed is None else held + line.computed
    return sums


def rounding_of(law: Law, key: str) -> Rounding | None:
    """A rounding by its key in `values`; None where it is not known."""
    named = law.value(key)
    return Rounding.parse(named) if isinstance(named, str) and named else None


def rounded_ratio(number: Decimal, divisor: Decimal, rounding: Rounding) -> Decimal:
    """The one division, rounded once; 0 for a divisor of 0."""
    return divided(number, divisor, rounding) if divisor else _NOTHING


def errors_of(*assessments: Assessment) -> Iterator[Finding]:
    """What could not be determined of the goods themselves: said once, in their own words."""
    for assessment in assessments:
        yield from (found for found in assessment.findings if found.severity is Severity.ERROR)
