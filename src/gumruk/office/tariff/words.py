# SPDX-License-Identifier: Apache-2.0
"""A duty in plain words, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from gumruk import texts
from gumruk.law.tariff.duties import Duty
from gumruk.law.tariff.duties.tree import (
    AtLeast,
    AtMost,
    Component,
    Condition,
    Conditional,
    Dated,
    DatedRate,
    Either,
    Free,
    Nothing,
    Percent,
    ProgrammeRate,
    Programmes,
    Reference,
    Scaled,
    Seasonal,
    Specific,
    Sum,
    SupplementaryUnit,
    Threshold,
)
from gumruk.texts import formats


def duty_words(language: str, duty: Duty) -> str:  # noqa: C901, PLR0912 - one line a kind of duty
    """The duty as a person would say it: "10 % of the customs value, but not less than 0.12 EUR per KGM"."""

    def say(name: str, **params: str) -> str:
        return texts.say(language, f"duty.{name}", **params)

    def words(inner: Duty) -> str:
        return duty_words(language, inner)

    match duty:
        case Percent(rate, ""):
            return say("percent", rate=_number(language, rate))
        case Percent(rate, basis):
            return say("percent_of_part", rate=_number(language, rate), basis=basis)
        case Specific():
            return _specific(language, duty)
        case Sum(left, right, minus):
            return say("minus" if minus else "plus", left=words(left), right=words(right))
        case AtLeast(inner, floor):
            return say("at_least", duty=words(inner), floor=words(floor))
        case AtMost(inner, cap, ""):
            return say("at_most", duty=words(inner), cap=words(cap))
        case AtMost(inner, cap, where):
            return say("at_most_where", duty=words(inner), cap=words(cap), where=where)
        case Either(first, second, higher):
            return say("higher" if higher else "lower", first=words(first), second=words(second))
        case Scaled(inner, measure):
            return say("scaled", duty=words(inner), measure=measure)
        case Component(code):
            return say(f"component.{code}")
        case Free(under):
            return say("free_under", under=under) if under else say("free")
        case Nothing(text):
            return say("nothing") if text == "NIHIL" else say("reference", text=text)
        case Reference(text):
            return say("reference", text=text)
        case SupplementaryUnit(unit, qualifiers):
            return say("supplementary", unit=_counted(language, unit, Decimal(1), qualifiers))
        case Threshold(quantity, unit):
            return say("threshold", quantity=_number(language, quantity), unit=unit)
        case Programmes(rates):
            return "; ".join(_programme(language, rate) for rate in rates)
        case Dated(rates):
            return "; ".join(_dated(language, rate) for rate in rates)
        case Seasonal(seasons):
            days = [
                (season, *(f"{day:02d}.{month:02d}" for month, day in (season.first, season.last)))
                for season in seasons
            ]
            return "; ".join(say("season", duty=words(one.duty), first=first, last=last) for one, first, last in days)
        case Conditional(conditions):
            return "; ".join(_condition(language, row) for row in conditions)


def _number(language: str, value: Decimal) -> str:
    trimmed = value.normalize()
    return formats.number(language, trimmed, max(-int(trimmed.as_tuple().exponent), 0))


def _specific(language: str, duty: Specific) -> str:
    amount = f"{_number(language, duty.amount)} {duty.currency}"
    if not duty.unit:
        return amount
    unit = _counted(language, duty.unit, duty.per, duty.qualifiers)
    basis = f" {duty.basis}" if duty.basis else ""
    return texts.say(language, "duty.specific", amount=amount, unit=unit + basis)


def _counted(language: str, unit: str, per: Decimal, qualifiers: tuple[str, ...]) -> str:
    many = "" if per == 1 else f"{_number(language, per)} "
    named = texts.find(language, f"duty.unit.{unit}") or unit
    said = [texts.find(language, f"duty.qualifier.{qualifier}") or qualifier for qualifier in qualifiers]
    return ", ".join([many + named, *said])


def _programme(language: str, rate: ProgrammeRate) -> str:
    words = duty_words(language, rate.duty)
    if not rate.programmes:
        return words
    return texts.say(language, "duty.programme", duty=words, programmes=", ".join(rate.programmes))


def _dated(language: str, rate: DatedRate) -> str:
    parts = [duty_words(language, rate.duty)]
    if rate.first is not None:
        parts.append(texts.say(language, "duty.from", day=formats.day(language, rate.first)))
    if rate.last is not None:
        parts.append(texts.say(language, "duty.until", day=formats.day(language, rate.last)))
    return " ".join([*parts, rate.where] if rate.where else parts)


def _condition(language: str, row: Condition) -> str:
    if row.certificate:
        when = texts.say(language, "duty.condition.document", document=row.certificate)
    elif row.threshold is not None:
        figure = " ".join(part for part in (_number(language, row.threshold), row.currency, row.unit) if part)
        when = texts.say(language, "duty.condition.threshold", code=row.code, figure=figure)
    else:
        when = texts.say(language, "duty.condition.else")
    what = texts.find(language, f"duty.action.{row.action}") or texts.say(
        language, "duty.action.any", action=row.action
    )
    return f"{when}: {what}" + (f", {duty_words(language, row.duty)}" if row.duty is not None else "")
