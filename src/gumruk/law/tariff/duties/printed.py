# SPDX-License-Identifier: Apache-2.0
"""A duty in our one notation, which `read_duty` reads again into an equal tree."""

from __future__ import annotations

from decimal import Decimal

from gumruk.law.tariff.duties.tree import (
    AtLeast,
    AtMost,
    Component,
    Condition,
    Conditional,
    Dated,
    DatedRate,
    Duty,
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

_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def printed_duty(duty: Duty) -> str:
    """The duty's text: `10% MIN 0.12 EUR/KGM`, `Free (A,AU); 1.7% (KR)`, `Cond: B cert: N-990(27):`."""
    if isinstance(duty, Sum):
        return f"{printed_duty(duty.left)} {'-' if duty.minus else '+'} {printed_duty(duty.right)}"
    if isinstance(duty, AtLeast):
        return f"{printed_duty(duty.duty)} MIN {printed_duty(duty.floor)}"
    if isinstance(duty, AtMost):
        where = f", but if {duty.where} the total duty shall not exceed" if duty.where else " MAX"
        return f"{printed_duty(duty.duty)}{where} {printed_duty(duty.cap)}"
    if isinstance(duty, Either):
        return f"{printed_duty(duty.first)}, or, if {'higher' if duty.higher else 'lower'}, {printed_duty(duty.second)}"
    if isinstance(duty, Scaled):
        return f"{printed_duty(duty.duty)} for each {duty.measure}"
    if isinstance(duty, Programmes):
        return "; ".join(_programme(rate) for rate in duty.rates)
    if isinstance(duty, Dated):
        return "; ".join(_dated(rate) for rate in duty.rates)
    if isinstance(duty, Seasonal):
        return "; ".join(
            f"{printed_duty(season.duty)} ({_season(season.first)} - {_season(season.last)})" for season in duty.seasons
        )
    if isinstance(duty, Conditional):
        return "Cond: " + "; ".join(_condition(row) for row in duty.conditions)
    return _term(duty)


def _term(duty: Duty) -> str:
    if isinstance(duty, Percent):
        return f"{_number(duty.rate)}%" + _basis(duty.basis)
    if isinstance(duty, Specific):
        unit = f"/{_counted(duty.unit, duty.per, duty.qualifiers)}" if duty.unit else ""
        return f"{_number(duty.amount)} {duty.currency}{unit}{_basis(duty.basis)}"
    if isinstance(duty, Component):
        return duty.code
    if isinstance(duty, Free):
        note = duty.under.lower().startswith("see")
        return "Free" if not duty.under else f"Free ({duty.under})" if note else f"Free, {duty.under}"
    if isinstance(duty, Reference | Nothing):
        return duty.text
    if isinstance(duty, SupplementaryUnit):
        return _counted(duty.unit, Decimal(1), duty.qualifiers)
    if isinstance(duty, Threshold):
        return f"{_number(duty.quantity)} {duty.unit}"
    raise TypeError(f"not a term of a duty: {type(duty).__name__}")


def _number(value: Decimal) -> str:
    return f"{value:f}"


def _basis(basis: str) -> str:
    return f"{'' if basis.startswith(',') else ' '}{basis}" if basis else ""


def _counted(unit: str, per: Decimal, qualifiers: tuple[str, ...]) -> str:
    many = "" if per == 1 else f"{per:f} "
    return many + unit + "".join(f" {qualifier}" for qualifier in qualifiers)


def _programme(rate: ProgrammeRate) -> str:
    listed = f" ({','.join(rate.programmes)})" if rate.programmes else ""
    return printed_duty(rate.duty) + listed


def _dated(rate: DatedRate) -> str:
    first = "" if rate.first is None else f"From {rate.first.isoformat()} "
    last = "" if rate.last is None else f"until {rate.last.isoformat()} "
    where = f" where: {rate.where}" if rate.where else ""
    return f"{first}{last}{printed_duty(rate.duty)}{where}"


def _season(day: tuple[int, int]) -> str:
    return f"{day[1]:02d} {_MONTHS[day[0] - 1]}"


def _condition(row: Condition) -> str:
    certificate = f" cert: {row.certificate[0]}-{row.certificate[1:]}" if row.certificate else ""
    threshold = ""
    if row.threshold is not None:
        money = f" {row.currency}" if row.currency else ""
        unit = f"/{_counted(row.unit, Decimal(1), row.qualifiers)}" if row.unit else ""
        threshold = f" {_number(row.threshold)}{money}{unit}"
    duty = f" {printed_duty(row.duty)}" if row.duty is not None else ""
    return f"{row.code}{certificate}{threshold} ({row.action}):{duty}"
