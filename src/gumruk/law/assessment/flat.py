# SPDX-License-Identifier: Apache-2.0
"""Goods of travellers and of the post: an allowance free of charge, and one flat rate on what goes beyond it.

The flat rate stands in place of all other charges (Kyoto Convention, specific annex J, chapters 1 and 2). The
allowances and rates are the country's law, table `flat_rates`; what nobody knows gives no amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import NamedTuple

from gumruk.law.assessment.model import ItemFacts
from gumruk.law.assessment.plan import Plan, plan_for
from gumruk.law.expression import explain
from gumruk.law.kernel import LEGAL_CONTEXT, UNITS, Finding, HsCode, Money, Rounding, Step
from gumruk.law.lawbook import Entry, Law, Legal
from gumruk.law.tariff import base_quantities, base_quantity
from gumruk.law.tariff.vocabulary import BASE_OF, QUANTITY
from gumruk.law.valuation import Extras, obstacles

ROUNDING = "rounding.flat_rate"
_NOTHING = Decimal(0)
_MOST = Decimal(10) ** QUANTITY.whole


@dataclass(frozen=True, slots=True)
class CarriedGoods:
    """Goods of one kind that a traveller carries or a parcel holds. Mass in kilograms, `quantities` by Rec 20 unit.

    `indivisible`: one thing, of which no part can be free and another not.
    """

    code: HsCode
    price: Money
    mass_kg: Decimal | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    indivisible: bool = False


class Measures(NamedTuple):
    """A value in the country's currency, a mass in kilograms, a quantity in the base unit of its kind.

    Of an allowance: how much is free; None: the law does not measure by it.
    """

    value: Decimal | None
    mass_kg: Decimal | None
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class FlatCharge:
    """The charge under one row of the law on goods that are taken together; `goods` are their places, from 1.

    `over` is what lies beyond the allowance. `amount` None: the law that it needs is not known.
    """

    rate: str
    goods: tuple[int, ...]
    over: Measures
    amount: Decimal | None
    entry: Entry
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FlatAssessment:
    """All flat charges, in the order of the goods; `findings` say what has none. `entries` is the law used."""

    charges: tuple[FlatCharge, ...]
    findings: tuple[Finding, ...]
    currency: str
    entries: tuple[Entry, ...]

    @property
    def total(self) -> Decimal | None:
        """What is to be paid; None where something could not be determined."""
        amounts = [charge.amount for charge in self.charges]
        if self.findings or any(amount is None for amount in amounts):
            return None
        return sum((amount for amount in amounts if amount is not None), _NOTHING)


def flat_assessment(goods: Sequence[CarriedGoods], traffic: str, legal: Legal) -> FlatAssessment:
    """The flat charges on what one person carries, or one parcel holds.

    `traffic` as the table `flat_rates` names it (`traveller`, `post`): free_value and its currency, free_mass_kg,
    free_quantity and its unit, most_quantity, duty; of its rows the one with the longest prefix of the goods' code.
    `values`: rounding.flat_rate. Indivisible goods take of the allowance first, in their order; one that does not fit
    into what is left bears the rate as a whole. What else there is shares what remains, and bears the rate on what
    goes beyond it. Findings: FLT-1 no rate, FLT-2 a mass or quantity is not stated, FLT-3 more than for personal use,
    FLT-4 what cannot be, FLT-5 a rounding or an exchange rate that the rate needs; VAL-1 and VAL-2 as in an
    assessment.
    """
    plan, law = plan_for(legal), legal.of("duty")
    found = [*_impossible(goods)]
    items = tuple(ItemFacts(place, each.code, each.price) for place, each in enumerate(goods, start=1))
    found += obstacles(items, Extras(), plan.valuation)
    rounding = law.find("values", ROUNDING)
    if not law.value(ROUNDING):
        found.append(Finding("FLT-5", "values", {"what": ROUNDING}, rounding.act if rounding else None))
    if found:
        return FlatAssessment((), tuple(found), plan.currency, ())
    rows: dict[str, list[int]] = {}
    for place, each in enumerate(goods):
        entry = _row(law, traffic, each.code)
        if entry is None or not entry.fields.get("duty"):
            told = {"code": each.code.digits, "traffic": traffic}
            found.append(Finding("FLT-1", f"goods[{place}]", told, entry.act if entry else None))
        else:
            rows.setdefault(entry.key, []).append(place)
    charges: list[FlatCharge] = []
    with localcontext(LEGAL_CONTEXT):
        for key, places in rows.items():
            row = _Row(law.table("flat_rates")[key], plan, law)
            faults = tuple(row.faults(goods, places))
            found += faults
            charges += () if faults else row.charges(goods, places)
    found += (
        Finding("FLT-5", "values", {"what": str(charge.entry.fields["duty"])}, charge.entry.act)
        for charge in charges
        if charge.amount is None
    )
    named = {each.price.currency for each in goods}
    rates = (entry for code, entry in plan.valuation.entries.items() if entry.table == "values" or code in named)
    entries = (*(charge.entry for charge in charges), *((rounding,) if rounding else ()), *rates)
    return FlatAssessment(tuple(charges), tuple(found), plan.currency, entries)


def _impossible(goods: Sequence[CarriedGoods]) -> Iterator[Finding]:
    for place, each in enumerate(goods):
        in_base = base_quantities(each.quantities)  # a thousandth of a millilitre is finer than a rate can count
        stated = {"price": each.price.amount, "mass": each.mass_kg, **each.quantities, **in_base}
        for name, number in stated.items():
            fine = number is None or (0 <= number < _MOST and -int(number.as_tuple().exponent) <= QUANTITY.scale)
            if not fine:
                told = {
                    "field": name.removeprefix("quantity."),
                    "found": f"{number:f}"[:40],
                    "scale": str(QUANTITY.scale),
                }
                yield Finding("FLT-4", f"goods[{place}]", told)


def _row(law: Law, traffic: str, code: HsCode) -> Entry | None:
    """Of the rows of a traffic the one with the longest prefix of the code; one that names no codes holds all."""
    best, longest = None, -1
    for entry in law.table("flat_rates").values():
        if entry.fields.get("traffic") == traffic:
            codes = entry.fields.get("codes")
            prefixes = codes if isinstance(codes, tuple) and codes else ("",)
            fitting = max((len(each) for each in prefixes if code.digits.startswith(each)), default=-1)
            if fitting > longest:
                best, longest = entry, fitting
    return best


class _Row:
    """One row of the law, applied to the goods that fall under it."""

    def __init__(self, entry: Entry, plan: Plan, law: Law) -> None:
        self.entry, self.plan = entry, plan
        rounding = law.value(ROUNDING)
        self.rounding = Rounding.parse(rounding) if isinstance(rounding, str) and rounding else None
        self.unit = str(entry.fields.get("unit") or "")
        self.base = BASE_OF.get(self.unit, self.unit)
        value, mass, quantity = (self._decimal(name) for name in ("free_value", "free_mass_kg", "free_quantity"))
        rate = plan.valuation.rates.get(str(entry.fields.get("currency") or plan.currency))
        self.without_rate = value is not None and rate is None
        free = None if value is None or rate is None else plan.valuation.conversion.apply(value * rate)
        self.free = Measures(free, mass, self._in_base(quantity))

    def _decimal(self, name: str) -> Decimal | None:
        found = self.entry.fields.get(name)
        return found if isinstance(found, Decimal) else None

    def _in_base(self, quantity: Decimal | None) -> Decimal | None:
        return None if quantity is None else quantity * (UNITS[self.unit].factor if self.unit in UNITS else 1)

    def faults(self, goods: Sequence[CarriedGoods], places: Sequence[int]) -> Iterator[Finding]:
        """What stands in the way: an allowance in a currency without a rate, a measure not stated, too many goods."""
        act = self.entry.act
        if self.without_rate:
            told = {"currency": str(self.entry.fields.get("currency")), "day": self.plan.valuation.day}
            yield Finding("VAL-1", "values", told, act)
        for place in places:
            measured = self.measured(goods[place])
            asked = (("KGM", self.free.mass_kg, measured.mass_kg), (self.unit, self.free.quantity, measured.quantity))
            for unit, limit, stated in asked:
                if limit is not None and stated is None:
                    yield Finding("FLT-2", f"goods[{place}]", {"rate": self.entry.key, "unit": unit}, act)
        most = self._in_base(self._decimal("most_quantity"))
        whole = sum((self.measured(goods[place]).quantity or _NOTHING for place in places), _NOTHING)
        if most is not None and whole > most:
            told = {"rate": self.entry.key, "most": f"{most:f}", "stated": f"{whole:f}", "unit": self.base}
            yield Finding("FLT-3", f"goods[{places[0]}]", told, act)

    def measured(self, goods: CarriedGoods) -> Measures:
        """The goods' value in the country's currency, and what the row measures of them."""
        valuation = self.plan.valuation
        value = valuation.conversion.apply(goods.price.amount * valuation.rates[goods.price.currency])
        quantity = base_quantity(goods.quantities, self.base) if self.base else None
        return Measures(value, goods.mass_kg, quantity)

    def charges(self, goods: Sequence[CarriedGoods], places: Sequence[int]) -> Iterator[FlatCharge]:
        """One charge for each indivisible thing that does not fit, one for all else that goes beyond the allowance."""
        left, together = self.free, []
        for place in sorted(places, key=lambda each: not goods[each].indivisible):
            stated = self.measured(goods[place])
            if not goods[place].indivisible:
                together.append(place)
            elif any(_over(stated, left)):
                whole = Measures(*(None if free is None else has for has, free in zip(stated, self.free, strict=True)))
                told = Step("flat.whole", {"goods": str(place + 1)}, f"goods[{place}]", self.entry.act)
                yield self._charge((place,), whole, (told, *self._measured(stated, left, whole)))
            else:
                left = Measures(*(_less(free, has) for free, has in zip(left, stated, strict=True)))
        if together:
            stated = Measures(
                *(_sum(each) for each in zip(*(self.measured(goods[at]) for at in together), strict=True))
            )
            over = Measures(*_over(stated, left))
            yield self._charge(tuple(together), over, tuple(self._measured(stated, left, over)))

    def _measured(self, stated: Measures, free: Measures, over: Measures) -> Iterator[Step]:
        units = ("", "", self.base)
        names = ("value", "mass", "quantity")
        for name, unit, has, limit, beyond in zip(names, units, stated, free, over, strict=True):
            if limit is not None and has is not None:
                told = {"stated": f"{has:f}", "free": f"{limit:f}", "amount": f"{beyond or _NOTHING:f}"}
                yield Step(f"flat.{name}", {**told, "unit": unit} if unit else told, "", self.entry.act)

    def _charge(self, places: tuple[int, ...], over: Measures, steps: tuple[Step, ...]) -> FlatCharge:
        numbers, act, duty = tuple(place + 1 for place in places), self.entry.act, str(self.entry.fields["duty"])
        if not any(over):
            return FlatCharge(self.entry.key, numbers, over, _NOTHING, self.entry, (*steps, _step("flat.within", act)))
        checked = self.plan.duty(duty)
        facts = {**self.plan.facts, "value": over.value or _NOTHING, "quantity.KGM": over.mass_kg}
        if self.base:
            facts[f"quantity.{self.base}"] = over.quantity
        told = explain(checked, facts, act=act) if checked else None
        exact = told.value if told else None
        if not isinstance(exact, Decimal) or self.rounding is None or told is None:
            return FlatCharge(self.entry.key, numbers, over, None, self.entry, (*steps, _step("flat.unknown", act)))
        amount = self.rounding.apply(exact)
        rounded = {"amount": f"{exact:f}", "rounded": f"{amount:f}", "rounding": str(self.rounding)}
        rate = Step("flat.rate", {"rate": duty, "status": self.entry.status.value}, "", act)
        final = (*steps, rate, *told.steps, Step("flat.rounded", rounded, "", act))
        return FlatCharge(self.entry.key, numbers, over, amount, self.entry, final)


def _step(code: str, act: str | None) -> Step:
    return Step(code, {}, "", act)


def _over(stated: Measures, free: Measures) -> Iterator[Decimal | None]:
    """What of each measure lies beyond what is free; None where the law does not measure by it."""
    for has, limit in zip(stated, free, strict=True):
        yield None if limit is None else max((has or _NOTHING) - limit, _NOTHING)


def _less(free: Decimal | None, used: Decimal | None) -> Decimal | None:
    return None if free is None else free - (used or _NOTHING)


def _sum(numbers: Sequence[Decimal | None]) -> Decimal | None:
    return (
        None if any(each is None for each in numbers) else sum((each for each in numbers if each is not None), _NOTHING)
    )
