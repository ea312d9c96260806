# SPDX-License-Identifier: Apache-2.0
"""A duty as an expression: what it comes to for goods whose value, quantities and contents are known.

Fields: `value` (the base, in the country's currency), `quantity.<unit>` (the first unit of its kind, so that a rate per
tonne and a mass in kilograms meet), with a qualifier `quantity.KGM.net_drained`, `part.<name>.value` and
`part.<name>.<unit>` for a part of the goods, `component.<code>`, `measure.<name>`, and `fx.<currency>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, Inexact, InvalidOperation

from gumruk.law.expression import Binary, Call, Field, Node, Number
from gumruk.law.kernel import LEGAL_CONTEXT, UNITS
from gumruk.law.tariff.duties.error import DutyError
from gumruk.law.tariff.duties.tree import (
    AtLeast,
    AtMost,
    Component,
    Condition,
    Conditional,
    Dated,
    Duty,
    Either,
    Free,
    Nothing,
    Percent,
    Programmes,
    Scaled,
    Season,
    Seasonal,
    Specific,
    Sum,
)
from gumruk.law.tariff.vocabulary import BASE_OF, QUALIFIED

#: Units outside Recommendation 20's conversions: their kind's first unit and how many of it they hold.
_FACTORS = {"KLT": ("LTR", Decimal(1000)), "HMT": ("MTR", Decimal(100)), "DAP": ("DAP", Decimal(1))}
_ZERO = Number(Decimal(0))
#: Conditions that compare a price (TARIC's F, L, M, U, V) or a quantity; the goods' own figure is asked for by code.
_SATISFIED = "27"
_APPLIES = frozenset({"01", "11", "27"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a duty's conditions ask for: programme, day, documents, and for each condition code the figure compared."""

    programme: str = ""
    day: date | None = None
    documents: frozenset[str] = frozenset()
    figures: Mapping[str, Decimal] = field(default_factory=dict)


def duty_node(duty: Duty) -> Node:
    """The expression of a duty. Raises DutyError DUTY-12 for what cannot be computed from the goods alone."""
    if isinstance(duty, Sum):
        return Binary("-" if duty.minus else "+", duty_node(duty.left), duty_node(duty.right))
    if isinstance(duty, AtLeast):
        return Call("max", (duty_node(duty.duty), duty_node(duty.floor)))
    if isinstance(duty, AtMost) and not duty.where:
        return Call("min", (duty_node(duty.duty), duty_node(duty.cap)))
    if isinstance(duty, Either):
        return Call("max" if duty.higher else "min", (duty_node(duty.first), duty_node(duty.second)))
    if isinstance(duty, Scaled):
        return Binary("*", duty_node(duty.duty), Field(f"measure.{_slug(duty.measure)}"))
    if isinstance(duty, Percent):
        base = f"part.{_slug(duty.basis)}.value" if duty.basis else "value"
        return Binary("*", Field(base), _exact(duty.rate.scaleb(-2)))
    if isinstance(duty, Specific):
        return _specific(duty)
    if isinstance(duty, Component):
        return Field(f"component.{duty.code}")
    if isinstance(duty, Free) or (isinstance(duty, Nothing) and duty.text == "NIHIL"):
        return Binary("*", Field("value"), _ZERO)
    raise not_computable(duty)


def with_components(duty: Duty, components: Mapping[str, Duty]) -> Duty:
    """The duty with what another table gives in the place of its components, by their codes; others stay.

    A Meursing table gives them by additional code: EA 20.27 EUR/DTN.

    >>> from gumruk.law.tariff.duties.printed import printed_duty
    >>> from gumruk.law.tariff.duties.reader import read_duty
    >>> printed_duty(with_components(read_duty("9% + EA MAX 24.2% + ADSZ"), {"EA": read_duty("20.27 EUR/DTN")}))
    '9% + 20.27 EUR/DTN MAX 24.2% + ADSZ'
    """
    if isinstance(duty, Component):
        return components.get(duty.code, duty)
    if isinstance(duty, Sum):
        return replace(duty, left=with_components(duty.left, components), right=with_components(duty.right, components))
    if isinstance(duty, AtLeast):
        return AtLeast(with_components(duty.duty, components), with_components(duty.floor, components))
    if isinstance(duty, AtMost):
        return replace(duty, duty=with_components(duty.duty, components), cap=with_components(duty.cap, components))
    if isinstance(duty, Either):
        first, second = (with_components(each, components) for each in (duty.first, duty.second))
        return replace(duty, first=first, second=second)
    return duty


def not_computable(duty: Duty) -> DutyError:
    """The error for a duty that asks for more than the goods: another rate, a programme, a day, a document."""
    words = getattr(duty, "text", "") or type(duty).__name__.lower()
    return DutyError("DUTY-12", 0, {"found": words[:120]})


def _specific(duty: Specific) -> Node:
    rate = Field(f"fx.{duty.currency}")
    if not duty.unit:
        return Binary("*", _exact(duty.amount), rate)
    qualifiers = list(duty.qualifiers)
    if duty.unit == "ASV" and qualifiers == ["X"]:  # per cent of alcohol by volume and hectolitre
        strength = Binary("*", Field("quantity.ASV"), Field("quantity.LTR"))
        return Binary("*", Binary("*", strength, _per(duty.amount, duty.per, "HLT")), rate)
    content = None
    if "Z" in qualifiers:  # per cent of sucrose
        qualifiers.remove("Z")
        content = Field("content.sucrose")
    base, number = _counted(duty)
    place = f"part.{_slug(duty.basis)}" if duty.basis else "quantity"
    path = ".".join([place, base, *(QUALIFIED.get(qualifier, qualifier) for qualifier in qualifiers)])
    quantity: Node = Field(path) if content is None else Binary("*", Field(path), content)
    return Binary("*", Binary("*", quantity, number), rate)


def _counted(duty: Specific) -> tuple[str, Number]:
    """The unit whose quantity is asked for, and the amount for one of it: a dozen stays one, a twelfth is not exact."""
    try:
        base = _FACTORS.get(duty.unit, (BASE_OF.get(duty.unit, duty.unit),))[0]
        return base, _per(duty.amount, duty.per, duty.unit)
    except DutyError:
        if duty.per != 1:
            raise
        return duty.unit, _exact(duty.amount)


def _per(amount: Decimal, per: Decimal, unit: str) -> Number:
    factor = UNITS[unit].factor if unit in UNITS else _FACTORS.get(unit, ("", Decimal(1)))[1]
    try:
        return _exact(LEGAL_CONTEXT.divide(amount, LEGAL_CONTEXT.multiply(per, factor)))
    except (Inexact, InvalidOperation, ZeroDivisionError):
        raise DutyError("DUTY-6", 0, {"per": f"{per:f}", "unit": unit}) from None


def _exact(value: Decimal) -> Number:
    try:
        return Number(value)
    except ValueError:  # more digits than an expression holds
        raise DutyError("DUTY-2", 0, {"found": f"{value:f}"}) from None


def _slug(words: str) -> str:
    """The name of a part of the goods: "on the strap, band or bracelet" is `strap_band_or_bracelet`."""
    plain = re.sub(r"^(?:,\s*)?(?:on|of|upon|including)\s+(?:the\s+)?(?:value of (?:the\s+)?)?", "", words.lower())
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    return slug or "whole"


def duty_for(duty: Duty, circumstances: Circumstances) -> Duty:
    """The one rate that holds in the circumstances: by programme, day, season and conditions.

    Raises DutyError: DUTY-13 for a fact that is needed and not given, DUTY-14 where no rate holds.
    """
    if isinstance(duty, Programmes):
        return duty_for(_of_programme(duty, circumstances), circumstances)
    if isinstance(duty, Dated):
        return duty_for(_of_day(duty, circumstances), circumstances)
    if isinstance(duty, Seasonal):
        return duty_for(_of_season(duty, circumstances), circumstances)
    if isinstance(duty, Conditional):
        return _of_conditions(duty, circumstances)
    return duty


def _of_programme(duty: Programmes, circumstances: Circumstances) -> Duty:
    for rate in duty.rates:
        if circumstances.programme in rate.programmes:
            return rate.duty
    for rate in duty.rates:
        if not rate.programmes:
            return rate.duty
    named = ", ".join(code for rate in duty.rates for code in rate.programmes)
    if not circumstances.programme:
        raise DutyError("DUTY-13", 0, {"fact": "programme", "known": named})
    raise DutyError("DUTY-14", 0, {"fact": circumstances.programme, "known": named})


def _day_of(circumstances: Circumstances) -> date:
    if circumstances.day is None:
        raise DutyError("DUTY-13", 0, {"fact": "day", "known": "-"})
    return circumstances.day


def _of_day(duty: Dated, circumstances: Circumstances) -> Duty:
    day = _day_of(circumstances)
    held = [r for r in duty.rates if (r.first is None or r.first <= day) and (r.last is None or day <= r.last)]
    if not held:
        raise DutyError("DUTY-14", 0, {"fact": day.isoformat(), "known": "-"})
    return held[-1].duty


def _of_season(duty: Seasonal, circumstances: Circumstances) -> Duty:
    day = _day_of(circumstances)
    for season in duty.seasons:
        if _in_season((day.month, day.day), season):
            return season.duty
    raise DutyError("DUTY-14", 0, {"fact": day.isoformat(), "known": "-"})


def _in_season(day: tuple[int, int], season: Season) -> bool:
    if season.first <= season.last:
        return season.first <= day <= season.last
    return day >= season.first or day <= season.last


def _of_conditions(duty: Conditional, circumstances: Circumstances) -> Duty:
    """The duty of the last code whose satisfied row applies one. A row that forbids (04, 08, 09 ...) is an error."""
    applied: Duty | None = None
    for code in dict.fromkeys(row.code for row in duty.conditions):
        row = _satisfied([row for row in duty.conditions if row.code == code], circumstances)
        if row.action not in _APPLIES:
            raise DutyError("DUTY-15", 0, {"code": code, "action": row.action})
        if row.duty is not None:
            applied = row.duty
    if applied is None:
        raise DutyError("DUTY-12", 0, {"found": f"action {_SATISFIED}"})
    return applied


def _satisfied(rows: list[Condition], circumstances: Circumstances) -> Condition:
    """The first row that is satisfied: its document is there, its threshold is reached, or it asks for nothing."""
    for row in rows:
        if row.certificate:
            if row.certificate in circumstances.documents:
                return row
        elif row.threshold is None:
            return row
        else:
            figure = circumstances.figures.get(row.code)
            if figure is None:
                known = " / ".join(part for part in (row.currency, row.unit) if part)
                raise DutyError("DUTY-13", 0, {"fact": f"figure {row.code}", "known": known or "-"})
            if figure >= row.threshold:
                return row
    raise DutyError(
        "DUTY-14", 0, {"fact": rows[0].code, "known": ", ".join(r.certificate for r in rows if r.certificate)}
    )
